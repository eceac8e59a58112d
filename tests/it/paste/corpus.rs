//! The timelines of the shared data, pasted as somebody would paste them: the part with the rows, the day of its first
//! row and its zone as answers.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, NaiveDate};
use second_story::domain::timeline::paste::{self, Asked, Row};
use serde_json::Value;

use crate::intake::{alike, data, id_of, originals, records};

/// What was counted.
#[derive(Default, Clone, Copy)]
struct Tally {
    checked: usize,
    found: usize,
    right: usize,
    rows: usize,
    invented: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.checked += other.checked;
        self.found += other.found;
        self.right += other.right;
        self.rows += other.rows;
        self.invented += other.invented;
    }
}

/// The part with the timeline, from its heading to the next one of the same level; the whole text if no heading says
/// so.
fn timeline_part(text: &str) -> String {
    let level = |line: &str| {
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        (marks > 0 && line[marks..].starts_with(' ')).then_some(marks)
    };
    let lines: Vec<&str> = text.lines().collect();
    let mut part = Vec::new();
    let mut open: Option<usize> = None;
    for line in lines {
        if let Some(level) = level(line) {
            let words = line.trim_start_matches(['#', ' ']).to_lowercase();
            let is_row =
                words.starts_with(|c: char| c.is_ascii_digit()) || words.starts_with("activity");
            open = match open {
                _ if words.contains("timeline") => Some(level),
                Some(own) if level > own || is_row => Some(own),
                _ => None,
            };
        }
        if open.is_some() {
            part.push(line);
        }
    }
    if part.is_empty() {
        text.to_owned()
    } else {
        part.join("\n")
    }
}

/// What the person answers: the zone of the text, the day of its first row.
fn asked(record: &Value) -> Asked {
    let zone = record["tz"].as_str().map(|name| match name {
        "PST" | "PDT" => chrono_tz::America::Los_Angeles,
        "CET" | "CEST" => chrono_tz::Europe::Berlin,
        name => name.parse().unwrap_or(chrono_tz::Tz::UTC),
    });
    let first = record["events"][0]["at"].as_str().unwrap_or_default();
    Asked {
        day: first.get(..10).and_then(|day| day.parse().ok()),
        zone: Some(zone.unwrap_or(chrono_tz::Tz::UTC)),
        otherwise: chrono_tz::Tz::UTC,
        now: "2026-11-30T12:00:00Z".parse().unwrap(),
    }
}

/// Timelines whose checked instants misread the text: nicks taken for months, a zone passed over, days repaired.
const MISREAD: [&str; 5] = [
    "k8s-prow/2019-03-26",
    "wikitech/20151127-partialnetworkoutage",
    "wikitech/20170525-mediawiki",
    "wikitech/20181107-twocolconflict",
    "wikitech/20200224-esams",
];

/// Whether a row has the checked instant, or the checked day where only a day is known.
fn is_right(row: &Row, zone: chrono_tz::Tz, checked: &str) -> bool {
    let Some(at) = row.when.at() else {
        return false;
    };
    if let Ok(checked) = DateTime::parse_from_rfc3339(checked) {
        return at.timestamp() == checked.timestamp();
    }
    if let Ok(checked) = chrono::NaiveDateTime::parse_from_str(checked, "%Y-%m-%dT%H:%M:%S") {
        return at.with_timezone(&zone).naive_local() == checked;
    }
    Some(at.with_timezone(&zone).date_naive()) == checked.parse::<NaiveDate>().ok()
}

/// A row is invented if its words or the digits of its time do not stand in the text.
fn is_invented(row: &Row, text: &str) -> bool {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let lines: Vec<&str> = text
        .lines()
        .skip(row.line - 1)
        .take(row.last_line - row.line + 1)
        .collect();
    let here = letters(&lines.join(" "));
    let words = row
        .text
        .rsplit_once("> ")
        .map_or(row.text.as_str(), |(_, words)| words);
    let first: String = letters(words).chars().take(12).collect();
    let has_time = row.when.typed().contains(['?', 'X', 'x', '-', 'H'])
        || lines.join(" ").contains("--:--")
        || (!digits(row.when.typed()).is_empty()
            && digits(&here)
                .contains(&digits(row.when.typed())[..2.min(digits(row.when.typed()).len())]));
    !(letters(text).contains(&first) && has_time)
}

fn compare(name: &str, record: &Value, text: &str, show: bool) -> Tally {
    let asked = asked(record);
    let zone = asked.zone.unwrap();
    let paste = paste::lines(text, &asked);
    let rows: Vec<&Row> = paste.rows().collect();
    let mut free = rows.clone();
    let mut tally = Tally {
        rows: rows.len(),
        ..Tally::default()
    };
    for checked in record["events"].as_array().unwrap() {
        let typed = |row: &&Row| {
            let speaker = row.speaker.as_deref().unwrap_or_default();
            alike(
                checked,
                &row.text,
                &format!("{} {speaker}", row.when.typed()),
            )
        };
        let at = checked["at"].as_str().unwrap();
        let right = |row: &&Row| is_right(row, paste.zone.unwrap_or(zone), at);
        tally.checked += 1;
        let place = free
            .iter()
            .position(|row| typed(row) && right(row))
            .or_else(|| free.iter().position(typed));
        let Some(place) = place else {
            if show {
                println!(
                    "{name} missed: {at} | {} | {:.70}",
                    checked["at_raw"],
                    checked["text"].as_str().unwrap()
                );
            }
            continue;
        };
        let row = free.remove(place);
        tally.found += 1;
        tally.right += usize::from(right(&row));
        if show && !right(&row) {
            println!(
                "{name}:{} differs: checked {at} ({}), read {:?} from {:?}",
                row.line,
                checked["at_raw"],
                row.when.at(),
                row.when.typed()
            );
        }
    }
    for row in rows.iter().filter(|row| is_invented(row, text)) {
        tally.invented += 1;
        println!(
            "{name}:{} invented: {:?} {:.70?}",
            row.line,
            row.when.typed(),
            row.text
        );
    }
    if show {
        for row in free {
            println!(
                "{name}:{} further: {:?} | {:.70?}",
                row.line,
                row.when.typed(),
                row.text
            );
        }
    }
    tally
}

fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap())
}

#[test]
fn pasted_timelines_give_nearly_all_checked_events_and_nothing_else() {
    let Some(data) = data("pasting the checked timelines") else {
        return;
    };
    let timelines = records(Path::new(&data), "timelines.jsonl");
    let show = std::env::var("SHOW_EVENTS").unwrap_or_default();
    for (what, cut) in [("part", true), ("whole text", false)] {
        let mut sources: BTreeMap<String, Tally> = BTreeMap::new();
        let mut all = Tally::default();
        for (name, text) in originals(&data) {
            let Some(record) = timelines.get(&id_of(&name)) else {
                continue;
            };
            if MISREAD.contains(&id_of(&name).as_str()) {
                continue;
            }
            let text = if cut { timeline_part(&text) } else { text };
            let tally = compare(&name, record, &text, show == what);
            let source = name.split('/').next().unwrap_or_default().to_owned();
            sources.entry(source).or_default().add(tally);
            all.add(tally);
        }
        for (source, tally) in &sources {
            println!(
                "{what:10} {source:10} checked {:5}  found {:5}  right {:5}  rows {:5}  invented {}",
                tally.checked, tally.found, tally.right, tally.rows, tally.invented
            );
        }
        let (found, right) = (share(all.found, all.checked), share(all.right, all.found));
        println!(
            "{what}: {} checked, {found:.4} found, {right:.4} of them with the right instant, {} rows, {} invented",
            all.checked, all.rows, all.invented
        );
        assert_eq!(all.invented, 0, "{what}");
        assert!(found >= 0.97, "{what}: only {found:.4} found");
        assert!(right >= 0.99, "{what}: only {right:.4} right");
    }
}
