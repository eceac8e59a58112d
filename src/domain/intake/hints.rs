//! Days, times and zones that do not stand at the start of a line.

use super::cursor::Cursor;
use super::dates::{self, PartDate};
use super::stamp::{self, Stamp};
use super::zones::{self, Zone};

/// Whether a line only says which zone all times are in: "All times in UTC".
pub(super) fn is_zone_line(text: &str) -> bool {
    const PHRASES: [&str; 7] = [
        "times ",
        "timestamps",
        "time zone",
        "timezone",
        "timelines",
        "events are",
        "time is",
    ];
    let lower = text
        .get(..stamp::boundary(text, 160))
        .unwrap_or_default()
        .to_lowercase();
    text.len() < 160
        && PHRASES.iter().any(|phrase| lower.contains(phrase))
        && zones::stated(text).is_some()
        && stamp::read(text).is_none_or(|stamp| !stamp.has_time())
}

/// The first day in a line, even one without a year.
pub(super) fn date_in(text: &str) -> Option<PartDate> {
    let mut inside = false;
    text.char_indices().take(400).find_map(|(at, character)| {
        let begins = !inside && character.is_alphanumeric();
        inside = character.is_alphanumeric();
        begins
            .then(|| dates::date(&mut Cursor::new(text.get(at..)?)))
            .flatten()
    })
}

/// A time behind the words it belongs to: "Incident declared: 2022-11-15 16:05".
pub(super) fn trailing(text: &str) -> Option<Stamp<'_>> {
    /// So many words may stand in front.
    const WORDS: usize = 14;
    /// So many, if the time has no day: "Detected at 14:05".
    const FEW: usize = 4;
    text.match_indices(' ').take(WORDS).find_map(|(at, _)| {
        let mut stamp = stamp::read(text.get(at + 1..)?)?;
        let words = text
            .get(..at)?
            .trim()
            .trim_end_matches([':', '-', '\u{2013}', ' ']);
        let whole = stamp.date.is_some_and(|date| date.year.is_some());
        let few = words.split_whitespace().count() <= FEW && stamp.clock.is_some();
        let fits =
            stamp.rest.is_empty() && (whole || few) && words.chars().any(char::is_alphabetic);
        stamp.before = words;
        fits.then_some(stamp)
    })
}

/// The zones that stand behind times of day anywhere in a line.
pub(super) fn zones_behind_times(text: &str) -> Vec<Zone> {
    let mut found = Vec::new();
    let mut inside = false;
    for (at, character) in text.char_indices().take(4_000) {
        let begins = !inside && character.is_ascii_digit();
        inside = character.is_alphanumeric() || matches!(character, ':' | '.' | '-');
        let end = stamp::boundary(text, at + 200);
        let Some(rest) = text.get(at..end).filter(|_| begins) else {
            continue;
        };
        if let Some(Stamp {
            clock: Some(_),
            zone: Some(zone),
            ..
        }) = stamp::read(rest)
        {
            found.push(zone);
        }
    }
    found
}
