//! Reads zones behind a clock time: distances to UTC, abbreviations and names.

use chrono::FixedOffset;

use super::reading::ZoneText;
use super::token::{Cursor, Kind};
use super::zone;

/// What stands before the zone, which decides whether a minus sign begins one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    /// There is a date.
    pub(super) date: bool,
    /// The clock time follows a T, or has seconds: a machine wrote it.
    pub(super) machine: bool,
}

/// Reads one zone at the cursor.
///
/// In "14:10-14:25" the minus sign makes a range, in "2026-10-14T14:10-05:00" it belongs to the
/// zone. It belongs to the zone when a machine wrote the time, and behind a date when a space
/// stands before it and none after it, as git and PostgreSQL write.
pub(super) fn zone_text(cursor: &mut Cursor<'_>, before: Before) -> Option<ZoneText> {
    cursor.attempt(|c| {
        let spaced = c.space();
        if let Some(bracketed) = c.attempt(|c| enclosed(c, '(', ')')) {
            return Some(bracketed);
        }
        if let Some(bracketed) = c.attempt(|c| enclosed(c, '[', ']')) {
            return Some(bracketed);
        }
        let minus = before.machine || (before.date && spaced);
        if let Some(offset) = c.attempt(|c| distance(c, minus)) {
            return Some(ZoneText::Fixed(offset));
        }
        named(c)
    })
}

fn enclosed(c: &mut Cursor<'_>, open: char, close: char) -> Option<ZoneText> {
    c.sign(&[open])?;
    let zone = named(c)?;
    c.sign(&[close])?;
    Some(zone)
}

/// "+02:00", "+0200", "+02", "-05:30" and, for days long ago, "+00:53:28".
fn distance(c: &mut Cursor<'_>, minus: bool) -> Option<FixedOffset> {
    let sign = c.sign(if minus { &['+', '-'] } else { &['+'] })?;
    let (hours, minutes, seconds) = match c.number(4, 4) {
        Some(both) => (both / 100, both % 100, 0),
        None => {
            let hours = c.number(1, 2)?;
            let mut next = || {
                c.attempt(|c| {
                    c.sign(&[':'])?;
                    c.number(2, 2)
                })
            };
            let minutes = next().unwrap_or(0);
            (hours, minutes, next().unwrap_or(0))
        }
    };
    // Seconds are there for the sun time of old: nobody has used them since 1972.
    let most = if sign == '-' && seconds == 0 { 12 } else { 15 };
    if hours > most || minutes > 59 || seconds > 59 {
        return None;
    }
    let east = i32::try_from(hours * 3600 + minutes * 60 + seconds).ok()?;
    FixedOffset::east_opt(if sign == '-' { -east } else { east })
}

/// "UTC", "UTC+2", "CEST", "Europe/Berlin".
fn named(c: &mut Cursor<'_>) -> Option<ZoneText> {
    if let Some(tz) = c.attempt(area_and_city) {
        return Some(tz);
    }
    let word = c.word()?;
    if matches!(word, "utc" | "gmt" | "z" | "ut") {
        let offset = match c.attempt(|c| distance(c, true)) {
            Some(offset) => offset,
            None => FixedOffset::east_opt(0)?,
        };
        return Some(ZoneText::Fixed(offset));
    }
    let fits = (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
    let fits = fits && !NOT_ZONES.contains(&word) && c.may_be_zone(word);
    fits.then(|| ZoneText::Abbreviation(word.to_owned()))
}

/// Words that join two moments.
const NOT_ZONES: [&str; 6] = ["to", "and", "until", "till", "or", "later"];

fn area_and_city(c: &mut Cursor<'_>) -> Option<ZoneText> {
    let mut name = c.word()?.to_owned();
    while let Some(sign) = c.sign(&['/', '-']) {
        name.push(sign);
        match c.take()? {
            Kind::Word(part) | Kind::Number(part) => name.push_str(part),
            _ => return None,
        }
    }
    if !name.contains('/') {
        return None;
    }
    zone::find(&name).map(ZoneText::Named)
}
