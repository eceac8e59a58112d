//! What a time and a day are as the whole of a text, and which of them programs write.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::leads;
use crate::domain::when::{self, Context, Precision};

/// What any time is cut out against: only its form counts here.
pub(super) fn anywhere() -> Context {
    Context {
        zone: Tz::UTC,
        previous: None,
        day: NaiveDate::from_ymd_opt(2026, 7, 1),
        now: DateTime::<Utc>::UNIX_EPOCH,
    }
}

/// The text as it can be read, if it is a time of day as a whole, with or without a day.
pub(super) fn time_of(text: &str) -> Option<String> {
    let text = text.trim();
    let read = leads::whole(text).unwrap_or_else(|| spelled(text));
    let (typed, rest) = when::split(&read, &anywhere())?;
    let is_time = rest.is_empty() && typed.trim().len() == read.trim().len() && has_clock(typed);
    is_time.then(|| read.clone())
}

/// The text as it can be read, if it is a day as a whole.
pub(super) fn day_of(text: &str) -> Option<String> {
    let text = text.trim();
    let read = leads::whole(text).unwrap_or_else(|| spelled(text));
    let lower = read.to_ascii_lowercase();
    let is_word = read.chars().all(|c| c.is_alphabetic() || c == ',');
    let has_month = !is_word || lower.contains("day");
    let parsed = when::parse(&read, &anywhere());
    let is_day = match &parsed {
        Ok(found) => {
            found.when.precision() == Precision::Range
                && found
                    .when
                    .at()
                    .zip(found.when.until())
                    .is_some_and(|(at, until)| (20..=28).contains(&(until - at).num_hours()))
        }
        Err(when::Problem::AmbiguousDate { .. }) => true,
        Err(_) => false,
    };
    (is_day && has_month && !has_clock(&read)).then_some(read)
}

/// Digits with a colon, a dot or an am between them, or the count of an epoch.
pub(super) fn has_clock(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let colon = lower.match_indices(':').any(|(at, _)| {
        let before = lower.get(..at).unwrap_or_default();
        before.ends_with(|c: char| c.is_ascii_digit() || c == '?' || c == '-')
    });
    let digits = lower.bytes().filter(u8::is_ascii_digit).count();
    let dotted = lower.split_once('.').is_some_and(|(hour, minute)| {
        hour.len() <= 2 && minute.len() >= 2 && !minute.contains('.')
    });
    let half =
        lower.trim_end_matches('.').ends_with('m') && lower.contains(|c: char| c.is_ascii_digit());
    colon
        || dotted
        || half
        || (digits >= 9 && lower.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// Puts a day with two digits for the year in a form that has no second meaning: `14.10.26, 10:32`.
pub(super) fn spelled(text: &str) -> String {
    let end = text.find([',', ' ']).unwrap_or(text.len());
    let (day, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let parts: Vec<&str> = day.split('.').collect();
    let digits = |part: &&str| {
        !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())
    };
    match parts.as_slice() {
        [of_month, month, year] if parts.iter().all(digits) && year.len() == 2 => {
            format!("{of_month}.{month}.20{year}{rest}")
        }
        _ => text.to_owned(),
    }
}

/// Whether a program wrote it: a day and seconds, or the count of an epoch.
pub(super) fn is_machine(typed: &str) -> bool {
    let digits = typed.bytes().filter(u8::is_ascii_digit).count();
    let word: String = typed.chars().take(3).flat_map(char::to_lowercase).collect();
    let named = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon",
        "tue", "wed", "thu", "fri", "sat", "sun",
    ];
    let month = named.contains(&word.as_str());
    let colons = typed.matches(':').count();
    (colons >= 2 && (digits >= 12 || (month && digits >= 7)))
        || (digits >= 9 && typed.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// Where the time at the beginning of a text ends, in bytes.
pub(super) fn end(text: &str) -> Option<usize> {
    when::split(text, &anywhere()).map(|(typed, _)| typed.len())
}
