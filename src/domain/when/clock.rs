//! Reads clock times.

use super::problem::Problem;
use super::reading::{ClockText, Half, Time};
use super::token::Cursor;

/// Reads one clock time at the cursor.
///
/// `joined` says that a date and a T stand right before it, where `143105` is a clock time too.
///
/// # Errors
///
/// [`Problem::NoSuchTime`] when it looks like a clock time and is none, such as 14:75.
pub(super) fn clock(cursor: &mut Cursor<'_>, joined: bool) -> Result<Option<ClockText>, Problem> {
    if joined && let Some(time) = cursor.attempt(compact) {
        return checked(time);
    }
    let rules = [colon, dot, letter_h, hour_and_half, noon];
    if let Some(time) = rules.into_iter().find_map(|rule| cursor.attempt(rule)) {
        return checked(time);
    }
    if let Some(hour) = cursor.attempt(hour_only) {
        if hour > 24 {
            return Err(no_such_time(hour, "??"));
        }
        return Ok(Some(ClockText::Hour(hour)));
    }
    if cursor.attempt(place_holder).is_some() {
        return Ok(Some(ClockText::Unknown));
    }
    Ok(cursor.attempt(four_digits))
}

/// Whether four digits are a clock time: 1432 is, 1868 is not, 2400 is.
pub(super) fn time_of_digits(digits: u32) -> Option<Time> {
    let time = Time {
        hour: digits / 100,
        minute: digits % 100,
        ..Time::default()
    };
    is_time(&time).then_some(time)
}

fn checked(time: Time) -> Result<Option<ClockText>, Problem> {
    if is_time(&time) {
        return Ok(Some(ClockText::Time(time)));
    }
    Err(no_such_time(time.hour, &format!("{:02}", time.minute)))
}

fn no_such_time(hour: u32, minute: &str) -> Problem {
    Problem::NoSuchTime {
        clock: format!("{hour}:{minute}"),
    }
}

fn is_time(time: &Time) -> bool {
    let second = time.second.unwrap_or(0);
    let is_midnight_after = time.minute == 0 && second == 0 && time.micros == 0;
    let hour_fits = match (time.half, time.hour) {
        (Some(Half::Am), hour) => hour <= 12,
        (Some(Half::Pm), hour) => (1..24).contains(&hour),
        (None, 24) => is_midnight_after,
        (None, hour) => hour < 24,
    };
    hour_fits && time.minute < 60 && second < 60
}

/// "14:32", "14:32:05", "14:32:05.123", "2:32pm".
fn colon(c: &mut Cursor<'_>) -> Option<Time> {
    let hour = c.number(1, 2)?;
    c.sign(&[':'])?;
    let minute = c.number(2, 2)?;
    let second = c.attempt(|c| {
        c.sign(&[':'])?;
        c.number(2, 2)
    });
    let micros = match second {
        Some(_) => c.attempt(fraction).unwrap_or(0),
        None => 0,
    };
    Some(Time {
        hour,
        minute,
        second,
        micros,
        half: c.attempt(half),
    })
}

/// "14.32" and "2.32pm"; not the beginning of "14.32.05", which could be a date.
fn dot(c: &mut Cursor<'_>) -> Option<Time> {
    let hour = c.number(1, 2)?;
    c.sign(&['.'])?;
    let minute = c.number(2, 2).filter(|m| *m < 60)?;
    let goes_on = c.attempt(|c| {
        c.sign(&['.'])?;
        c.digits(1, 4)
    });
    if goes_on.is_some() || hour > 24 {
        return None;
    }
    Some(Time {
        hour,
        minute,
        half: c.attempt(half),
        ..Time::default()
    })
}

/// "14h32", "14h" and "1432h".
fn letter_h(c: &mut Cursor<'_>) -> Option<Time> {
    if let Some(digits) = c.attempt(|c| {
        let digits = c.number(4, 4)?;
        c.space();
        c.word_of(&["h", "hrs", "hours"])?;
        Some(digits)
    }) {
        return time_of_digits(digits);
    }
    let hour = c.number(1, 2)?;
    c.word_of(&["h"])?;
    let minute = c.number(2, 2).unwrap_or(0);
    Some(Time {
        hour,
        minute,
        ..Time::default()
    })
}

/// "2 pm".
fn hour_and_half(c: &mut Cursor<'_>) -> Option<Time> {
    let hour = c.number(1, 2)?;
    let half = half(c)?;
    Some(Time {
        hour,
        half: Some(half),
        ..Time::default()
    })
}

/// "noon". There is no "midnight", because nobody agrees on which day it belongs to.
fn noon(c: &mut Cursor<'_>) -> Option<Time> {
    c.word_of(&["noon"])?;
    Some(Time {
        hour: 12,
        ..Time::default()
    })
}

/// "143105" and "1431" behind a T.
fn compact(c: &mut Cursor<'_>) -> Option<Time> {
    if let Some(number) = c.number(4, 4) {
        return Some(Time {
            hour: number / 100,
            minute: number % 100,
            ..Time::default()
        });
    }
    let number = c.number(6, 6)?;
    Some(Time {
        hour: number / 10_000,
        minute: number / 100 % 100,
        second: Some(number % 100),
        micros: c.attempt(fraction).unwrap_or(0),
        half: None,
    })
}

/// "15:??", "22:XX", "9:xx" and "22:XX:XX".
fn hour_only(c: &mut Cursor<'_>) -> Option<u32> {
    let hour = c.number(1, 2)?;
    c.sign(&[':', '.'])?;
    blank(c)?;
    c.attempt(|c| {
        c.sign(&[':'])?;
        blank(c)
    });
    Some(hour)
}

/// "??:??", "--:--", "xx:xx" and a template's "HH:mm" that nobody filled in.
fn place_holder(c: &mut Cursor<'_>) -> Option<()> {
    if c.word_of(&["hh", "xx"]).is_none() {
        let sign = c.sign(&['?', '-', '_'])?;
        c.sign(&[sign])?;
    }
    c.sign(&[':'])?;
    blank(c)?;
    c.attempt(|c| {
        c.sign(&[':'])?;
        blank(c)
    });
    Some(())
}

fn blank(c: &mut Cursor<'_>) -> Option<()> {
    if c.word_of(&["x", "xx", "mm", "ss", "__"]).is_some() {
        return Some(());
    }
    let sign = c.sign(&['?', '-'])?;
    c.sign(&[sign]);
    Some(())
}

fn four_digits(c: &mut Cursor<'_>) -> Option<ClockText> {
    c.number(4, 4).map(ClockText::Digits)
}

/// A fraction of a second in microseconds; what is finer is cut off.
pub(super) fn fraction(c: &mut Cursor<'_>) -> Option<u32> {
    c.sign(&['.', ','])?;
    let digits = c.digits(1, 12)?;
    let six: String = digits.chars().chain("000000".chars()).take(6).collect();
    six.parse().ok()
}

/// "pm", "p.m." and " PM".
pub(super) fn half(c: &mut Cursor<'_>) -> Option<Half> {
    c.space();
    let word = c.word_of(&["am", "pm", "a", "p"])?;
    if word.len() == 1 {
        c.sign(&['.'])?;
        c.word_of(&["m"])?;
        c.sign(&['.']);
    }
    Some(if word.starts_with('a') {
        Half::Am
    } else {
        Half::Pm
    })
}
