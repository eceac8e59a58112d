//! How fast the blameless checker reads, beside the Markdown parser alone on the same bytes.
//!
//! `cargo bench --bench language` reads the shared texts beside the checkout if they are there, and a made-up report
//! otherwise; `-- FILE...` reads files.

use std::path::{Path, PathBuf};
use std::time::Instant;

use pulldown_cmark::{Options, Parser};
use second_story::domain::language::{Words, findings, lint};

const REPORT: &str = "## What happened\n\n- 09:42 The job that copies invoices stopped. It *should* have restarted by \
itself, and `retry = 0` kept it down.\n- 09:55 The on-call engineer saw a green board and looked at the network first.\n\n\
The engineer should have looked at the queue. Two people could see parts of the picture; nobody could see both.\n\n";

fn main() {
    let named: Vec<PathBuf> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .map(PathBuf::from)
        .collect();
    let mut texts = if named.is_empty() {
        shared()
    } else {
        read(&named)
    };
    if texts.is_empty() {
        println!("the shared texts are not beside the checkout: a made-up report is read instead");
        texts = vec![REPORT.repeat(4_000)];
    }
    let own = Words::new();
    let _ = findings("The first call reads the rules.", &own);
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} texts, {bytes} bytes", texts.len());
    let parser = best(bytes, || {
        texts
            .iter()
            .map(|text| {
                Parser::new_ext(text, Options::all())
                    .into_offset_iter()
                    .count()
            })
            .sum()
    });
    let checker = best(bytes, || {
        texts.iter().map(|text| findings(text, &own).len()).sum()
    });
    println!("pulldown-cmark alone {parser:.1} MB/s");
    println!(
        "checker              {checker:.1} MB/s ({:.2} of it)",
        checker / parser
    );
    hard(&own);
}

/// The best of nine runs, in MB/s.
fn best(bytes: usize, run: impl Fn() -> usize) -> f64 {
    let seconds = (0..9)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min);
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e6 / seconds
}

/// Texts that nobody writes and somebody sends.
fn hard(own: &Words) {
    let nested = format!("{}{}", "*A ".repeat(300_000), "A*".repeat(300_000));
    let comment =
        "They failed to act. <!-- second-story keep: omission, because it is quoted -->\n";
    let cases = [
        (
            "5 MB in one line",
            "the engineer should have had the key and ".repeat(125_000),
        ),
        ("5 MB without a space", "a".repeat(5_000_000)),
        ("5 MB of quotation marks", "\"a 'b ".repeat(750_000)),
        ("100,000 nested quotations", ">".repeat(100_000)),
        ("50,000 open brackets", "[".repeat(50_000)),
        ("300,000 nested emphases", nested),
        (
            "1 MB of comments",
            comment.repeat(1_000_000 / comment.len()),
        ),
        ("1 MB of names", "Kofi Anan failed to ".repeat(50_000)),
    ];
    for (name, text) in cases {
        time(name, &text, own);
    }
    let pieces = [
        "should have asked ",
        "the engineer's error ",
        "nobody checked ",
        "was caused by Ada ",
        "they never tested ",
        "simply needed to ",
        "be more careful ",
        "ignored the runbook ",
        "obviously wrong ",
        "would have prevented ",
        "mistakes were made ",
        "the root cause was ",
    ];
    for piece in pieces {
        time(
            &format!("1 MB of “{piece}”"),
            &piece.repeat(1_000_000 / piece.len()),
            own,
        );
    }
    let page = REPORT.repeat(50_000 / REPORT.len());
    let speed = best(page.len(), || findings(&page, own).len());
    let bytes = f64::from(u32::try_from(page.len()).unwrap_or(u32::MAX));
    println!("50 KB: {:.2} ms", bytes / 1e3 / speed);
}

fn time(name: &str, text: &str, own: &Words) {
    let start = Instant::now();
    let found = lint(text, own).len();
    println!(
        "{name}: {:.0} ms, {found} findings",
        start.elapsed().as_secs_f64() * 1e3
    );
}

fn read(paths: &[PathBuf]) -> Vec<String> {
    paths
        .iter()
        .filter_map(|path| std::fs::read(path).ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect()
}

fn shared() -> Vec<String> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folders = [data.join("raw"), data.join("ccbysa/raw")];
    let list = |folder: PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths: Vec<PathBuf> = folders
        .into_iter()
        .flat_map(list)
        .flat_map(|folder| list(folder.path()))
        .map(|file| file.path())
        .collect();
    read(&paths)
}
