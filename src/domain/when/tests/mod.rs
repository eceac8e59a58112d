//! Whole texts, from typing to display.

mod abbreviations; // abbreviations, and moments told in two zones
mod clocks; // clock times alone, ranges, distances
mod dates; // dates, months, years
mod machines; // ISO, epoch, logs, permalinks
mod numbers; // years or clock times, days or months
mod properties; // what holds for every text
mod shown; // how moments are shown
mod zones; // gaps, folds, missing days

use super::*;

/// A story in `zone`, with a row above at `previous`, filed under `day`. Now is the evening of
/// 15 October 2026.
fn context(zone: &str, previous: &str, day: &str) -> Context {
    Context {
        zone: zone.parse().unwrap(),
        previous: previous.parse().ok(),
        day: day.parse().ok(),
        now: "2026-10-15T20:00:00Z".parse().unwrap(),
    }
}

/// A story in Berlin whose row above is on Wednesday, 14 October 2026 at 14:00 summer time.
fn berlin() -> Context {
    context("Europe/Berlin", "2026-10-14T12:00:00Z", "2026-10-14")
}

/// What came of a text, in one line: precision, instants, notes; or the problem's name.
fn outcome(typed: &str, context: &Context) -> String {
    let read = match parse(typed, context) {
        Ok(read) => read,
        Err(problem) => {
            let name = format!("{problem:?}");
            let end = name.find([' ', '{', '(']).unwrap_or(name.len());
            return name[..end].to_owned();
        }
    };
    let when = &read.when;
    assert_eq!(when.typed(), typed.trim());
    let mut line = when.precision().as_code().to_owned();
    for instant in [when.at(), when.until()].into_iter().flatten() {
        line += &format!(" {}", iso(instant));
    }
    for note in &read.notes {
        assert!(note.sentence().ends_with('.'), "{note:?}");
        let name = format!("{note:?}");
        let end = name.find([' ', '{', '(']).unwrap_or(name.len());
        line += &format!(" [{}]", &name[..end]);
    }
    line
}
