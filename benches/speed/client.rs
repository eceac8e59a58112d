//! The plainest client: one kept-alive connection, so that what is measured is the server.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use super::asked::Request;

/// One connection to a server.
pub(crate) struct Client {
    stream: TcpStream,
}

/// An answer: status, bytes of the body, and how long it took.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    pub(crate) took: Duration,
}

impl Client {
    /// Connects.
    pub(crate) fn new(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream }
    }

    /// Sends a request and reads the whole answer.
    pub(crate) fn ask(&mut self, request: &Request) -> Answer {
        let Request {
            method,
            path,
            headers,
            body,
        } = request;
        let text = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\n{headers}content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let start = Instant::now();
        self.stream.write_all(text.as_bytes()).unwrap();
        let mut bytes = Vec::with_capacity(64 * 1024);
        let mut piece = [0_u8; 64 * 1024];
        let (mut head_end, mut length) = (0, 0);
        loop {
            let read = self.stream.read(&mut piece).unwrap();
            assert!(read > 0, "the server closed the connection");
            bytes.extend_from_slice(&piece[..read]);
            if head_end == 0
                && let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n")
            {
                head_end = at + 4;
                let head = String::from_utf8_lossy(&bytes[..at]).to_lowercase();
                length = head
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: "))
                    .map_or(0, |number| number.trim().parse().unwrap());
            }
            if head_end > 0 && bytes.len() >= head_end + length {
                break;
            }
        }
        let took = start.elapsed();
        let status = String::from_utf8_lossy(&bytes[9..12]).parse().unwrap();
        Answer {
            status,
            body: bytes.split_off(head_end),
            took,
        }
    }
}
