//! How long somebody waits who reads while others search.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::asked::Asked;
use super::client::Client;
use super::measure::{Figure, figure, one};
use super::server::Server;

/// How many pages are read.
const PAGES: usize = 300;

/// One connection reads pages while so many others search without a pause. What a page takes of the CPU cannot be told from
/// what the searches take, so that is left at zero.
pub(crate) fn page_beside_searches(
    server: &Server,
    searchers: usize,
    page: &Asked<'_>,
    search: &Asked<'_>,
) -> Figure {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..searchers {
            scope.spawn(|| {
                let mut client = Client::new(server.address);
                while !over.load(Ordering::Relaxed) {
                    one(&mut client, &(search.request)(0));
                }
            });
        }
        let mut client = Client::new(server.address);
        let start = Instant::now();
        let answers = (0..PAGES).map(|turn| one(&mut client, &(page.request)(turn)));
        let (took, bytes): (Vec<Duration>, Vec<usize>) = answers
            .map(|answer| (answer.took, answer.body.len()))
            .unzip();
        over.store(true, Ordering::Relaxed);
        figure(Duration::ZERO, start.elapsed(), took, bytes[0])
    })
}
