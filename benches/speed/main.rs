//! How much a request costs, beside what the same work costs without us.
//!
//! `cargo bench` fills a fresh SQLite database with generated post-mortems, starts the release server on it and asks it, signed in,
//! over one connection. CPU time is that of the server process, to the microsecond, so a busy machine changes it little. Beside each
//! figure stands the same SQL run bare against the same file in the same run, and the plainest server that answers the same bytes.
//!
//! Options: `--postmortems N` (5000), `--corpus FILE` (a JSONL file of generated post-mortems), `--rounds N` (3).

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a measuring program may stop at the first surprise"
)]

mod bare;
mod client;
mod cpu;
mod fill;
mod floor;
mod report;
mod server;

use std::path::PathBuf;

/// What was asked for on the command line.
struct Options {
    postmortems: usize,
    corpus: PathBuf,
    rounds: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.iter().any(|argument| argument == floor::FLAG) {
        floor::serve();
        return;
    }
    let after = |flag: &str| {
        arguments
            .iter()
            .position(|argument| argument == flag)
            .and_then(|at| arguments.get(at + 1))
            .cloned()
    };
    let options = Options {
        postmortems: after("--postmortems").map_or(5_000, |number| number.parse().unwrap()),
        corpus: after("--corpus").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from),
        rounds: after("--rounds").map_or(3, |number| number.parse().unwrap()),
    };
    let folder = tempfile::tempdir().unwrap();
    let Some(corpus) = fill::corpus(&options.corpus, options.postmortems, folder.path()) else {
        println!(
            "left out: the benchmark needs a corpus. Give --corpus FILE, one generated post-mortem as JSON a line."
        );
        return;
    };
    let database = folder.path().join("speed.sqlite");
    let filled = fill::fill(&database, &corpus);
    report::run(&database, &filled, options.rounds);
}
