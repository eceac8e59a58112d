//! The servers that are asked: ours as it ships, and the floor.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server of our own making, ended with this value.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts Second Story on a database.
    pub(crate) fn ours(database: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_second-story"));
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--database"])
            .arg(database);
        Self::start(command)
    }

    /// Starts the floor on its own database, with the bytes that it is to answer in a folder.
    pub(crate) fn floor(database: &Path, bodies: &Path) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg(super::floor::FLAG).arg(database).arg(bodies);
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        let mut child = command
            .env("SECOND_STORY_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .find_map(|line| {
                line.unwrap()
                    .strip_prefix("Listening on http://")
                    .map(str::to_owned)
            })
            .unwrap();
        // What is printed later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            child,
            address: address.parse().unwrap(),
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
