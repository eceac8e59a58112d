//! How much a request costs, beside what the same work costs without us.
//!
//! `cargo bench --bench speed` fills a database with generated post-mortems, starts the release server on it and asks it, signed
//! in, with the access filter on. CPU time is that of the server process, and of the PostgreSQL processes that work for it, to the
//! microsecond, so a busy machine changes it little. Beside each figure stands the same SQL run bare on the same database in the
//! same run, and the plainest server that answers the same bytes.
//!
//! Options:
//! - `--database sqlite:PATH|postgres://...`: where to fill; a database that holds post-mortems already is asked as it is. A
//!   temporary SQLite file if left out (and for `sqlite`).
//! - `--postmortems N` (5000): more than there are generated ones are copies of these, with other ids and titles.
//! - `--corpus FOLDER` (`../shared/data`) with the generator, or `--corpus FILE`, one generated post-mortem as JSON a line.
//! - `--connections 1,16`, `--rounds N` (3).

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a measuring program may stop at the first surprise"
)]

mod fill; // generated post-mortems, into the database
mod rows; // one of them, as rows
mod multiply; // many of a few
mod floor; // the plainest server
mod bare; // bare SQL on the same database
mod work; // the same work as bare SQL
mod asked; // what is asked
mod searches; // what is searched for
mod server; // the servers that are asked
mod client; // one connection
mod cpu; // what the kernel counts
mod measure; // asks and counts
mod beside; // one who reads while others search
mod report; // the rounds
mod print; // the table

use std::path::PathBuf;

/// What was asked for on the command line.
pub(crate) struct Options {
    database: String,
    postmortems: usize,
    corpus: PathBuf,
    connections: Vec<usize>,
    rounds: usize,
    scratch: PathBuf,
}

fn main() {
    if std::env::args().any(|argument| argument == floor::FLAG) {
        floor::serve();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let options = options(folder.path().to_owned());
    let Some(corpus) = fill::corpus(&options) else {
        println!(
            "left out: the benchmark needs a corpus. Give --corpus FILE, one generated post-mortem as JSON a line."
        );
        return;
    };
    let filled = fill::fill(&options, &corpus);
    report::run(&options, &filled);
}

fn options(scratch: PathBuf) -> Options {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |flag: &str| {
        let at = arguments.iter().position(|argument| argument == flag);
        at.and_then(|at| arguments.get(at + 1)).cloned()
    };
    let number = |flag: &str, usual: usize| after(flag).map_or(usual, |text| text.parse().unwrap());
    let database = after("--database").filter(|address| address != "sqlite");
    let connections = after("--connections").unwrap_or_else(|| "1,16".to_owned());
    Options {
        database: database
            .unwrap_or_else(|| format!("sqlite:{}", scratch.join("speed.sqlite").display())),
        postmortems: number("--postmortems", 5_000),
        corpus: PathBuf::from(after("--corpus").unwrap_or_else(|| "../shared/data".to_owned())),
        connections: connections
            .split(',')
            .map(|count| count.parse().unwrap())
            .collect(),
        rounds: number("--rounds", 3),
        scratch,
    }
}
