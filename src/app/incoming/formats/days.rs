//! Days and moments as spreadsheets write them.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::Options;
use crate::domain::text::day;
use crate::domain::when::{self, Context, Precision};

/// A moment that a spreadsheet wrote as a number: days since the end of 1899, and a part of a day.
pub(super) fn serial(typed: &str) -> Option<String> {
    const DAYS: std::ops::Range<f64> = 25_000.0..80_000.0;
    let (days, part) = typed.split_once(['.', ',']).unwrap_or((typed, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if days.len() != 5 || !digits(days) || !digits(part) {
        return None;
    }
    let number: f64 = format!("{days}.{part}").parse().ok()?;
    let start = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_hms_opt(0, 0, 0)?;
    let seconds = TimeDelta::try_milliseconds(rounded(number * 86_400.0)?.checked_mul(1_000)?)?;
    let at = start.checked_add_signed(seconds)?;
    let form = if part.bytes().all(|byte| byte == b'0') {
        "%Y-%m-%d"
    } else if at.format("%S").to_string() == "00" {
        "%Y-%m-%d %H:%M"
    } else {
        "%Y-%m-%d %H:%M:%S"
    };
    DAYS.contains(&number).then(|| at.format(form).to_string())
}

/// A number without its part behind the point.
fn rounded(number: f64) -> Option<i64> {
    format!("{number:.0}").parse().ok()
}

/// A day by which something is to be done, in any spelling that times have too.
pub(super) fn due_day(typed: &str, zone: Tz, options: &Options) -> Option<NaiveDate> {
    if let Ok(day) = day(typed) {
        return Some(day);
    }
    if let Ok(day) = NaiveDate::parse_from_str(typed, "%d.%m.%y") {
        return Some(day);
    }
    let typed = serial(typed).unwrap_or_else(|| typed.to_owned());
    let context = Context {
        zone,
        previous: None,
        day: None,
        now: options.now,
    };
    let read = when::parse(&typed, &context).ok()?.when;
    let at = read.at()?;
    let is_day = read
        .until()
        .is_none_or(|until| until - at <= TimeDelta::hours(25));
    let at = Some(at).filter(|_| is_day && read.precision() != Precision::Unknown)?;
    Some(at.with_timezone(&zone).date_naive())
}
