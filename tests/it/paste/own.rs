//! Our own texts of all kinds, each with the rows that a careful reader finds in it.

use chrono::{DateTime, Utc};
use second_story::domain::timeline::paste::{self, Asked, Row};
use second_story::domain::when::Precision;

/// A text with what is expected of it.
struct Sample {
    name: String,
    asked: Asked,
    text: String,
    rows: Vec<Expected>,
}

struct Expected {
    at: String,
    speaker: String,
    text: String,
}

fn samples() -> Vec<Sample> {
    let all = include_str!("own.txt");
    let blocks = all
        .split("\n=== ")
        .skip(1)
        .filter(|block| !block.starts_with("name |"));
    blocks.map(sample).collect()
}

fn sample(block: &str) -> Sample {
    let (head, rest) = block.split_once('\n').unwrap();
    let (text, rows) = rest.split_once("\n>>>\n").unwrap_or_else(|| {
        let text = rest.trim_end().strip_suffix("\n>>>").unwrap();
        (text, "")
    });
    let parts: Vec<&str> = head.split(" | ").collect();
    let rows = rows.lines().filter(|line| !line.trim().is_empty());
    Sample {
        name: parts[0].to_owned(),
        asked: Asked {
            day: parts[1].parse().ok(),
            zone: parts[2].parse().ok(),
            otherwise: chrono_tz::Tz::UTC,
            now: "2026-11-30T12:00:00Z".parse().unwrap(),
        },
        text: text.to_owned(),
        rows: rows.map(expected).collect(),
    }
}

fn expected(line: &str) -> Expected {
    let mut parts = line.splitn(3, " | ");
    let mut next = || parts.next().unwrap().to_owned();
    Expected {
        at: next(),
        speaker: next(),
        text: next(),
    }
}

/// The moment of a row in the notation of the samples, to the second.
fn moment(row: &Row) -> String {
    let iso = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    match (row.when.at(), row.when.until()) {
        (None, _) => "?".to_owned(),
        (Some(at), Some(until)) => format!("{}..{}", iso(at), iso(until)),
        (Some(at), None) if row.when.precision() == Precision::About => format!("~{}", iso(at)),
        (Some(at), None) => iso(at),
    }
}

/// The notation with seconds everywhere.
fn whole(at: &str) -> String {
    let ends = at.split("..").map(|end| match end.strip_suffix('Z') {
        Some(end) if end.matches(':').count() == 1 => format!("{end}:00Z"),
        _ => end.to_owned(),
    });
    ends.collect::<Vec<_>>().join("..")
}

#[test]
fn our_own_texts_are_read_as_a_careful_reader_reads_them() {
    let (mut expected, mut found, mut right, mut said, mut more) = (0, 0, 0, 0, 0);
    let mut wrong = Vec::new();
    for sample in samples() {
        let paste = paste::lines(&sample.text, &sample.asked);
        let rows: Vec<&Row> = paste.rows().collect();
        let mut free: Vec<&Row> = rows.clone();
        for row in &sample.rows {
            expected += 1;
            let place = free
                .iter()
                .position(|other| words(&other.text).starts_with(&words(&row.text)));
            let Some(place) = place else {
                wrong.push(format!("{}: not found: {}", sample.name, row.text));
                continue;
            };
            let other = free.remove(place);
            found += 1;
            let speaker = other.speaker.as_deref().unwrap_or("-");
            said += usize::from(speaker == row.speaker);
            right += usize::from(moment(other) == whole(&row.at));
            if speaker != row.speaker || moment(other) != whole(&row.at) {
                wrong.push(format!(
                    "{}: {} | {speaker} | {}",
                    sample.name,
                    moment(other),
                    row.text
                ));
            }
        }
        more += free.len();
        for row in free {
            wrong.push(format!(
                "{}: invented: {:?} {:?}",
                sample.name,
                row.when.typed(),
                row.text
            ));
        }
    }
    println!(
        "own texts: {} with {expected} rows; {found} found, {right} with the right instant, {said} with the right speaker, {more} invented",
        samples().len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
