//! Reads what machines count with: epoch times and Slack permalinks; and distances from the row
//! above.

use chrono::{DateTime, TimeDelta, Utc};

use super::reading::{After, Reading};
use super::token::Cursor;
use super::value::Precision;

/// A Slack permalink anywhere in a web address: the last part of its path is a `p` and sixteen
/// digits, microseconds since 1970.
pub(super) fn permalink(text: &str) -> Option<Reading> {
    let address = text.strip_prefix("https://")?;
    let path = address.split(['?', '#']).next()?;
    let digits = path.rsplit('/').next()?.strip_prefix('p')?;
    let is_stamp = digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit());
    is_stamp.then(|| of_micros(digits)).flatten()
}

/// Seconds (9 or 10 digits, with or without a fraction), milliseconds (13), microseconds (16)
/// or nanoseconds (19) since 1970, and `p1718271498073800`.
pub(super) fn epoch(cursor: &mut Cursor<'_>) -> Option<Reading> {
    cursor.attempt(|c| {
        if c.word_of(&["p"]).is_some() {
            return of_micros(c.digits(16, 16)?);
        }
        if let Some(seconds) = c.digits(9, 10) {
            let micros = c.attempt(super::clock::fraction).unwrap_or(0);
            return of_micros(&format!("{seconds}{micros:06}"));
        }
        let digits = c.digits(13, 19)?;
        match digits.len() {
            13 => of_micros(&format!("{digits}000")),
            16 => of_micros(digits),
            19 => of_micros(digits.get(..16)?),
            _ => None,
        }
    })
}

fn of_micros(digits: &str) -> Option<Reading> {
    let instant = DateTime::<Utc>::from_timestamp_micros(digits.parse().ok()?)?;
    Some(Reading::Epoch(instant))
}

/// "+5m", "+1h30", "+ 90 s", "+2d" and "5 minutes later".
pub(super) fn after(cursor: &mut Cursor<'_>) -> Option<Reading> {
    cursor.attempt(|c| {
        let plus = c.sign(&['+']).is_some();
        let mut after = After {
            days: 0,
            passes: TimeDelta::zero(),
            // "Two days later" is not meant to the minute.
            precision: Precision::About,
        };
        let mut last = None;
        loop {
            c.space();
            let Some(count) = c.number(1, 6) else { break };
            c.space();
            let unit = match (c.attempt(unit), last) {
                (Some(unit), _) => unit,
                // "1h30".
                (None, Some(Unit::Hours)) => Unit::Minutes,
                (None, _) => return None,
            };
            if last.is_some_and(|last| unit >= last) {
                return None;
            }
            add(&mut after, count, unit);
            last = Some(unit);
        }
        last?;
        let later = c.word_of(&["later", "after"]).is_some();
        (plus || later).then_some(Reading::After(after))
    })
}

/// The finer unit is the smaller one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Seconds,
    Minutes,
    Hours,
    Days,
    Weeks,
}

fn unit(c: &mut Cursor<'_>) -> Option<Unit> {
    Some(match c.word()? {
        "s" | "sec" | "secs" | "second" | "seconds" => Unit::Seconds,
        "m" | "min" | "mins" | "minute" | "minutes" => Unit::Minutes,
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Hours,
        "d" | "day" | "days" => Unit::Days,
        "w" | "week" | "weeks" => Unit::Weeks,
        _ => return None,
    })
}

fn add(after: &mut After, count: u32, unit: Unit) {
    let length = i64::from(count);
    match unit {
        Unit::Seconds => after.passes += TimeDelta::seconds(length),
        Unit::Minutes => after.passes += TimeDelta::minutes(length),
        Unit::Hours => after.passes += TimeDelta::hours(length),
        Unit::Days => after.days += u64::from(count),
        Unit::Weeks => after.days += 7 * u64::from(count),
    }
    match unit {
        Unit::Seconds => after.precision = Precision::Exact,
        Unit::Minutes | Unit::Hours => after.precision = Precision::Minute,
        Unit::Days | Unit::Weeks => {}
    }
}
