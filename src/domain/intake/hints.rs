//! Days, times and zones that do not stand at the start of a line.

use super::columns;
use super::cursor::Cursor;
use super::dates::{self, PartDate};
use super::days::Piece;
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

/// A line that is only a day of the week, or only a day with its number in a count: "Thursday:", "Day 2 (15 October)".
pub(super) fn day_alone(text: &str) -> Option<Piece> {
    let text = text.trim_matches([':', '*', '_', '-', '\u{2013}', '\u{2014}', '=', ' ', '.']);
    if text.len() > 60 || text.is_empty() {
        return None;
    }
    let counted = text
        .strip_prefix("Day ")
        .or_else(|| text.strip_prefix("Tag "));
    if let Some(rest) = counted {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = rest.trim_matches([' ', '(', ')', ':', '-', '\u{2013}', '\u{2014}', ',']);
        let stamp = stamp::read(rest).filter(|stamp| stamp.rest.is_empty() && !stamp.has_time());
        return stamp?.date.map(Piece::Day);
    }
    weekday_named(text).map(Piece::Weekday)
}

/// The day of the week that a text is.
fn weekday_named(text: &str) -> Option<chrono::Weekday> {
    const NAMES: [(&str, chrono::Weekday); 14] = [
        ("montag", chrono::Weekday::Mon),
        ("dienstag", chrono::Weekday::Tue),
        ("mittwoch", chrono::Weekday::Wed),
        ("donnerstag", chrono::Weekday::Thu),
        ("freitag", chrono::Weekday::Fri),
        ("samstag", chrono::Weekday::Sat),
        ("sonntag", chrono::Weekday::Sun),
        ("lundi", chrono::Weekday::Mon),
        ("mardi", chrono::Weekday::Tue),
        ("mercredi", chrono::Weekday::Wed),
        ("jeudi", chrono::Weekday::Thu),
        ("vendredi", chrono::Weekday::Fri),
        ("samedi", chrono::Weekday::Sat),
        ("dimanche", chrono::Weekday::Sun),
    ];
    let lower = text.to_lowercase();
    let foreign = NAMES.iter().find(|(name, _)| *name == lower);
    // "Sat" and "Wed" alone are days as well; "Sun" in a list of words is seldom alone in a line.
    foreign.map(|(_, day)| *day).or_else(|| lower.parse().ok())
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
            .trim_end_matches([':', '-', '\u{2013}', '@', ' ']);
        let whole = stamp.date.is_some_and(|date| date.year.is_some());
        let few = words.split_whitespace().count() <= FEW && stamp.clock.is_some();
        // "Review by 2026-11-01" says what is to be done by then.
        let by = text
            .get(at + 1..)
            .is_some_and(|rest| rest.starts_with("by "));
        let is_plan = by && stamp.clock.is_none();
        let fits = !columns::is_amount(words)
            && !is_plan
            && matches!(stamp.rest, "" | ".")
            && (whole || few)
            && words.chars().any(char::is_alphabetic);
        // "Room 10:32" and "Uptime 12:30" name a number; "Paged 10:32" and "First alert 10:32" tell something.
        let marked = text
            .get(words.len()..at)
            .is_some_and(|joint| !joint.trim().is_empty())
            || text
                .get(at + 1..)
                .is_some_and(|rest| rest.starts_with(['(', '[', '~', '*']));
        let bare = stamp.date.is_none() && stamp.zone.is_none() && !stamp.led && !marked;
        let lower = words.to_lowercase();
        let tells = words.contains(' ') || words.ends_with("ed") || DEEDS.contains(&lower.as_str());
        let fits = fits && (!bare || tells);
        stamp.before = words;
        stamp.rest = "";
        fits.then_some(stamp)
    })
}

/// Single words that tell of something where a time stands behind them.
const DEEDS: [&str; 30] = [
    "alert",
    "alarm",
    "page",
    "start",
    "end",
    "begin",
    "call",
    "deploy",
    "deployment",
    "rollback",
    "restart",
    "fix",
    "failover",
    "recovery",
    "outage",
    "incident",
    "ack",
    "escalation",
    "mitigation",
    "detection",
    "resolution",
    "review",
    "beginn",
    "ende",
    "anruf",
    "ausfall",
    "meldung",
    "entwarnung",
    "neustart",
    "störung",
];

/// A time in brackets between a label and the words: "Detection (10:32): the probe fails".
pub(super) fn inside(text: &str) -> Option<Stamp<'_>> {
    let (label, rest) = text.split_once(['(', '['])?;
    let (typed, words) = rest.split_once([')', ']'])?;
    let words = words
        .trim_start()
        .strip_prefix([':', '-', '\u{2013}', '\u{2014}'])?;
    let mut stamp =
        stamp::read(typed).filter(|stamp| stamp.rest.is_empty() && stamp.clock.is_some())?;
    let few = (1..=5).contains(&label.split_whitespace().count());
    if !few || columns::is_amount(label) || !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    stamp.before = label.trim();
    stamp.rest = words.trim();
    Some(stamp)
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
