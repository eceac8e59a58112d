//! Asks a server and counts what it took.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::asked::Request;
use super::client::{Answer, Client};

/// One line of the report, of one round.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure {
    /// CPU time of one request.
    pub(crate) cpu: Duration,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    /// How many requests were answered in a second.
    pub(crate) per_second: f64,
    pub(crate) bytes: usize,
}

/// How requests are sent: to where, over how many connections, and how the CPU time so far is read.
pub(crate) struct Way<'a> {
    pub(crate) address: std::net::SocketAddr,
    pub(crate) connections: usize,
    pub(crate) cpu: &'a dyn Fn() -> Duration,
}

impl Way<'_> {
    /// Sends a number of requests, told apart by their number, and says what each took.
    pub(crate) fn ask(&self, times: usize, request: &(dyn Fn(usize) -> Request + Sync)) -> Figure {
        let next = AtomicUsize::new(0);
        let mut clients: Vec<Client> = (0..self.connections)
            .map(|_| Client::new(self.address))
            .collect();
        let (before, start) = ((self.cpu)(), Instant::now());
        let answers: Vec<(Duration, usize)> = std::thread::scope(|scope| {
            let asking: Vec<_> = (clients.iter_mut())
                .map(|client| scope.spawn(|| in_turn(client, &next, times, request)))
                .collect();
            asking
                .into_iter()
                .flat_map(|thread| thread.join().unwrap())
                .collect()
        });
        let (all, cpu) = (start.elapsed(), (self.cpu)().saturating_sub(before));
        let bytes = answers.iter().map(|(_, bytes)| bytes).sum::<usize>() / times;
        let took = answers.into_iter().map(|(took, _)| took).collect();
        figure(cpu, all, took, bytes)
    }
}

/// Sends what is next, until all is sent.
fn in_turn(
    client: &mut Client,
    next: &AtomicUsize,
    times: usize,
    request: &(dyn Fn(usize) -> Request + Sync),
) -> Vec<(Duration, usize)> {
    let mut took = Vec::new();
    loop {
        let turn = next.fetch_add(1, Ordering::Relaxed);
        if turn >= times {
            return took;
        }
        let answer = one(client, &request(turn));
        took.push((answer.took, answer.body.len()));
    }
}

/// One answer, which must be a good one.
pub(crate) fn one(client: &mut Client, request: &Request) -> Answer {
    let answer = client.ask(request);
    let said = String::from_utf8_lossy(&answer.body);
    assert!(
        answer.status < 300,
        "{} answered {}: {said}",
        request.path,
        answer.status
    );
    answer
}

/// CPU time and wall time of one call on this thread (and of what else `cpu` counts), over many.
pub(crate) fn timed(
    times: usize,
    cpu: &dyn Fn() -> Duration,
    mut call: impl FnMut(usize) -> usize,
) -> Figure {
    let (before, begin) = (cpu(), Instant::now());
    let mut took = Vec::with_capacity(times);
    let mut read = 0;
    for turn in 0..times {
        let start = Instant::now();
        read += call(turn);
        took.push(start.elapsed());
    }
    assert!(read > 0, "bare SQL read nothing");
    figure(cpu().saturating_sub(before), begin.elapsed(), took, 0)
}

/// A figure from the CPU time and the wall time of all requests, and the wall time of each.
pub(crate) fn figure(
    cpu: Duration,
    all: Duration,
    mut took: Vec<Duration>,
    bytes: usize,
) -> Figure {
    took.sort_unstable();
    let times = u32::try_from(took.len()).unwrap();
    Figure {
        cpu: cpu / times,
        p50: took[took.len() / 2],
        p99: took[took.len() * 99 / 100],
        per_second: f64::from(times) / all.as_secs_f64(),
        bytes,
    }
}
