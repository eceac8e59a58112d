//! Moments as people read them: in a zone, in English, and never more precise than they are.

use chrono::{
    DateTime, Datelike, FixedOffset, Month, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc,
};
use chrono_tz::Tz;

use super::local::{Doubt, Frame, abbreviation_at, local_day, midnight, offset_at};
use super::value::{Precision, When};

/// The time of a row: "14:32", "14:32:05", "~14:30", "14:10–14:25", "15:??" as typed, "?".
///
/// A whole day, month or year is shown as "28 Feb 2017", "Feb 2017" and "2017". Where the clocks
/// showed the time twice, the abbreviation tells which one it was: "02:30 CEST".
pub fn clock(when: &When, zone: Tz) -> String {
    let Some(at) = when.at() else {
        return "?".to_owned();
    };
    let Some(until) = when.until() else {
        return time_of(when, at, zone);
    };
    if let Some(whole) = whole(at, until, zone) {
        return format!("{}{whole}", about_mark(when));
    }
    if let Some(hour) = hour_as_typed(when, at, until, zone) {
        return hour;
    }
    let (first, last) = (local(at, zone).date(), local(until, zone).date());
    let (from, to) = ends(at, until, zone);
    let mark = about_mark(when);
    if first == last {
        return format!("{mark}{from}–{to}");
    }
    if first.succ_opt() == Some(last) {
        return format!("{mark}{from}–{to} (+1 day)");
    }
    let format = match first.year() == last.year() {
        true => "%-d %b",
        false => "%-d %b %Y",
    };
    format!(
        "{mark}{} {} – {} {}",
        first.format(format),
        from.trim(),
        last.format(format),
        to.trim()
    )
}

/// The heading under which a row stands: "Wed 14 Oct 2026", or "Feb 2017" and "2017" for a whole
/// month and year. `None` when nobody knows.
pub fn day(when: &When, zone: Tz) -> Option<String> {
    let at = when.at()?;
    if let Some(until) = when.until()
        && let Some(Whole::Month(text) | Whole::Year(text)) = whole_kind(at, until, zone)
    {
        return Some(text);
    }
    Some(day_text(local_day(zone, at)))
}

/// Day, time and zone in one line: "Wed 14 Oct 2026 14:32 CEST, UTC+2". A whole day, month or
/// year is shown as such, without a zone.
pub fn full(when: &When, zone: Tz) -> String {
    let Some(at) = when.at() else {
        return "Time unknown".to_owned();
    };
    let first_day = day_text(local_day(zone, at));
    let Some(until) = when.until() else {
        let time = time_alone(when, at, zone);
        return format!("{first_day} {time} {}", zone_text(zone, at));
    };
    if let Some(whole) = whole(at, until, zone) {
        return format!("{}{whole}", about_mark(when));
    }
    let (first, last) = (local(at, zone), local(until, zone));
    let same_offset = offset_at(zone, at) == offset_at(zone, until);
    if let Some(hour) = hour_as_typed(when, at, until, zone) {
        return format!("{first_day} {hour} {}", zone_text(zone, at));
    }
    let (from, to) = (time_in_range(first, last), time_in_range(last, first));
    let from = format!("{}{from}", about_mark(when));
    if first.date() == last.date() && same_offset {
        return format!("{first_day} {from}–{to} {}", zone_text(zone, at));
    }
    let early_zone = match same_offset {
        true => String::new(),
        false => format!(" {}", zone_text(zone, at)),
    };
    format!(
        "{first_day} {from}{early_zone} – {} {to} {}",
        day_text(last.date()),
        zone_text(zone, until)
    )
}

/// An instant as machines read it, for `<time datetime>` and exports:
/// "2026-10-14T12:32:00Z", with a fraction only if there is one.
pub fn iso(instant: DateTime<Utc>) -> String {
    format!("{:?}Z", instant.naive_utc())
}

/// "Wed 14 Oct 2026".
pub fn day_text(day: NaiveDate) -> String {
    // Written without a format string, here and below: reading one takes longer than everything else, and a page of a
    // long story shows hundreds.
    format!("{} {} {:04}", day.weekday(), day_in_year(day), day.year())
}

/// "14 Oct".
pub(in crate::domain) fn day_in_year(day: NaiveDate) -> String {
    let month = u8::try_from(day.month()).ok();
    let month = month.and_then(|month| Month::try_from(month).ok());
    let name = month.and_then(|month| month.name().get(..3));
    format!("{} {}", day.day(), name.unwrap_or_default())
}

/// "14:32".
pub(in crate::domain) fn minutes(clocks: NaiveDateTime) -> String {
    format!("{:02}:{:02}", clocks.hour(), clocks.minute())
}

/// "CEST, UTC+2" as the clocks of a zone stand at an instant; "UTC" for UTC, and the distance
/// alone where the zone has no abbreviation.
pub fn zone_text(zone: Tz, at: DateTime<Utc>) -> String {
    let distance = offset_text(offset_at(zone, at));
    match abbreviation_at(zone, at) {
        Some(utc) if utc == "UTC" => utc,
        Some(short) => format!("{short}, {distance}"),
        None => distance,
    }
}

/// "UTC+2", "UTC-3:30", "UTC+0:53:28", "UTC+0".
pub(super) fn offset_text(offset: FixedOffset) -> String {
    let seconds = offset.local_minus_utc();
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    let mut text = format!("UTC{sign}{}", seconds / 3600);
    if seconds % 3600 != 0 {
        text.push_str(&format!(":{:02}", seconds / 60 % 60));
    }
    if seconds % 60 != 0 {
        text.push_str(&format!(":{:02}", seconds % 60));
    }
    text
}

fn local(at: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    Frame::Zone(zone).clocks_at(at)
}

/// One end of a range: with seconds if either end has any.
fn time_in_range(this: NaiveDateTime, other: NaiveDateTime) -> String {
    if this.second() == 0 && other.second() == 0 {
        return minutes(this);
    }
    this.format("%H:%M:%S").to_string()
}

/// The clock times at the ends of a range, with abbreviations where one came twice.
fn ends(at: DateTime<Utc>, until: DateTime<Utc>, zone: Tz) -> (String, String) {
    let (first, last) = (local(at, zone), local(until, zone));
    let (from, to) = (time_in_range(first, last), time_in_range(last, first));
    let (one, other) = (short_zone(zone, at), short_zone(zone, until));
    match (
        came_twice(at, zone) || came_twice(until, zone),
        one == other,
    ) {
        (false, _) => (from, to),
        (true, true) => (from, format!("{to} {other}")),
        (true, false) => (format!("{from} {one} "), format!(" {to} {other}")),
    }
}

fn came_twice(at: DateTime<Utc>, zone: Tz) -> bool {
    let frame = Frame::Zone(zone);
    frame.locate(frame.clocks_at(at)).doubt == Some(Doubt::Fold)
}

/// "CEST", or "UTC+5:45" where the zone has no abbreviation.
fn short_zone(zone: Tz, at: DateTime<Utc>) -> String {
    abbreviation_at(zone, at).unwrap_or_else(|| offset_text(offset_at(zone, at)))
}

/// The clock time at its precision.
fn time_alone(when: &When, at: DateTime<Utc>, zone: Tz) -> String {
    let clocks = local(at, zone);
    match when.precision() {
        Precision::Exact => clocks.time().to_string(),
        Precision::About => format!("~{}", minutes(clocks)),
        _ => minutes(clocks),
    }
}

/// The clock time at its precision, with the abbreviation where it came twice.
fn time_of(when: &When, at: DateTime<Utc>, zone: Tz) -> String {
    let time = time_alone(when, at, zone);
    if came_twice(at, zone) {
        return format!("{time} {}", short_zone(zone, at));
    }
    time
}

enum Whole {
    Days(String),
    Month(String),
    Year(String),
}

fn whole(at: DateTime<Utc>, until: DateTime<Utc>, zone: Tz) -> Option<String> {
    match whole_kind(at, until, zone)? {
        Whole::Days(text) | Whole::Month(text) | Whole::Year(text) => Some(text),
    }
}

/// Whether a range is made of whole days in this zone, and how these are called.
fn whole_kind(at: DateTime<Utc>, until: DateTime<Utc>, zone: Tz) -> Option<Whole> {
    let first = local(at, zone).date();
    let last = local(until - TimeDelta::microseconds(1), zone).date();
    let after = last.succ_opt()?;
    let stretch = Frame::Zone(zone).stretch(midnight(first), midnight(after));
    if stretch != Some((at, until)) {
        return None;
    }
    let begins_month = first.day() == 1;
    let ends_month = after.day() == 1;
    if begins_month && ends_month && first.month() == 1 && after.month() == 1 {
        return Some(Whole::Year(pair(first, last, "%Y")));
    }
    if begins_month && ends_month {
        return Some(Whole::Month(pair(first, last, "%b %Y")));
    }
    Some(Whole::Days(pair(first, last, "%-d %b %Y")))
}

/// "2016" or "2016 – 2018".
fn pair(first: NaiveDate, last: NaiveDate, format: &str) -> String {
    let (one, other) = (
        first.format(format).to_string(),
        last.format(format).to_string(),
    );
    if one == other {
        return one;
    }
    format!("{one} – {other}")
}

/// "~" when the text said that a day or a year was a guess; the precision cannot say so.
fn about_mark(when: &When) -> &'static str {
    let words = [
        "~", "≈", "about", "around", "approx", "ca", "c.", "circa", "roughly",
    ];
    let typed = when.typed().to_ascii_lowercase();
    let is_guess = words.iter().any(|word| typed.starts_with(word));
    if is_guess { "~" } else { "" }
}

/// "15:??" when only the hour was typed.
fn hour_as_typed(when: &When, at: DateTime<Utc>, until: DateTime<Utc>, zone: Tz) -> Option<String> {
    let typed = when.typed().to_ascii_lowercase();
    let is_blank = ["?", ":x", ":-", ".x", "_"]
        .iter()
        .any(|mark| typed.contains(mark));
    let first = local(at, zone);
    let hour = first.hour();
    let from = first.date().and_hms_opt(hour, 0, 0)?;
    let to = from + TimeDelta::hours(1);
    let is_hour = Frame::Zone(zone).stretch(from, to) == Some((at, until));
    (is_blank && is_hour).then(|| format!("{hour:02}:??"))
}
