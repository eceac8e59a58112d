//! Reads a whole text: one moment, a range of two, or the same one in two zones.

use super::clock;
use super::date;
use super::epoch;
use super::moment::{complete, moment};
use super::problem::Problem;
use super::reading::{ClockText, DateText, Half, Moment, Reading, Time};
use super::token::{self, Cursor};

/// Reads a text that was cleaned and is in lower case.
///
/// # Errors
///
/// [`Problem::Unreadable`] when no rule fits, [`Problem::NoSuchTime`] for 14:75.
pub(super) fn reading(text: &str) -> Result<Reading, Problem> {
    if is_unknown(text) {
        return Ok(Reading::Unknown);
    }
    if let Some(link) = epoch::permalink(text) {
        return Ok(link);
    }
    let tokens = token::tokens(text);
    let mut cursor = Cursor::new(text, &tokens);
    let found = beginning(&mut cursor)?;
    cursor.space();
    cursor.sign(&['.', ',', ':']);
    match found {
        Some(found) if cursor.is_at_end() => Ok(found),
        _ => Err(Problem::unreadable(text)),
    }
}

/// Reads the time with which a text begins.
pub(super) fn beginning(cursor: &mut Cursor<'_>) -> Result<Option<Reading>, Problem> {
    match epoch::epoch(cursor).or_else(|| epoch::after(cursor)) {
        Some(found) => Ok(Some(found)),
        None => moments(cursor),
    }
}

/// "?", "unknown" and place holders that nobody filled in.
pub(super) fn is_unknown(text: &str) -> bool {
    let words = ["unknown", "time unknown", "n/a", "tbd", "-", "–", "—", "--"];
    let blanks = ["--:--", "??:??", "?:??", "xx:xx", "hh:mm", "__:__"];
    words.contains(&text) || blanks.contains(&text) || text.chars().all(|c| c == '?')
}

fn moments(c: &mut Cursor<'_>) -> Result<Option<Reading>, Problem> {
    c.attempt(|c| {
        c.word_of(&["between", "from"])?;
        c.space().then_some(())
    });
    if let Some(two) = short_range(c)? {
        return Ok(Some(two));
    }
    let Some(first) = moment(c)? else {
        return Ok(None);
    };
    let mut ahead = *c;
    if separator(&mut ahead)
        && let Some(second) = moment(&mut ahead)?
    {
        *c = ahead;
        return Ok(Some(Reading::Two(share_half(first, &second), second)));
    }
    let mut ahead = *c;
    if let Some((sign, second)) = aside(&mut ahead)? {
        *c = ahead;
        return Ok(Some(with_aside(first, sign, second)));
    }
    Ok(Some(Reading::One(first)))
}

fn separator(c: &mut Cursor<'_>) -> bool {
    c.space();
    let dots = c.attempt(|c| {
        c.sign(&['.'])?;
        c.sign(&['.'])
    });
    let found = dots.is_some()
        || c.sign(&['-', '–', '—', '‒', '−', '→']).is_some()
        || c.word_of(&["to", "and", "until", "till"]).is_some();
    c.sign(&['>']);
    c.space();
    found
}

/// "(23:18 UTC)", "/ 23:18 UTC" and "= 23:18 UTC" behind a moment.
fn aside(c: &mut Cursor<'_>) -> Result<Option<(char, Moment)>, Problem> {
    c.space();
    let Some(sign) = c.sign(&['(', '/', '=']) else {
        return Ok(None);
    };
    c.space();
    let found = moment(c)?;
    let is_closed = sign != '(' || c.sign(&[')']).is_some();
    Ok(found.filter(|_| is_closed).map(|found| (sign, found)))
}

/// "00:08 (2018-04-03)" is one moment in two pieces, "19:18 EDT (23:18 UTC)" one told twice,
/// "2016-06-01/2016-06-15" a range as ISO 8601 has it.
fn with_aside(mut first: Moment, sign: char, second: Moment) -> Reading {
    if sign == '/' && second.has_day() {
        return Reading::Two(first, second);
    }
    if second.clock.is_none() && !first.has_day() {
        first.date = second.date;
        first.weekday = second.weekday;
        return Reading::One(first);
    }
    Reading::Same(first, second)
}

/// "2-3pm", "14-16 October 2026" and "Oct 14-16, 2026", where one side is a bare number.
fn short_range(c: &mut Cursor<'_>) -> Result<Option<Reading>, Problem> {
    if let Some(two) = c.attempt(month_and_days) {
        return Ok(Some(two));
    }
    let mut ahead = *c;
    let Some(bare) = ahead.number(1, 2) else {
        return Ok(None);
    };
    if !separator(&mut ahead) {
        return Ok(None);
    }
    let Some(second) = moment(&mut ahead)? else {
        return Ok(None);
    };
    let mut first = Moment::default();
    match (second.clock, &second.date) {
        (Some(ClockText::Time(time)), None) if time.half.is_some() && bare <= 12 => {
            first.clock = Some(ClockText::Time(Time {
                hour: bare,
                ..Time::default()
            }));
        }
        (None, Some(date)) => first.date = with_day(date, bare),
        _ => return Ok(None),
    }
    if first.is_empty() {
        return Ok(None);
    }
    *c = ahead;
    Ok(Some(Reading::Two(share_half(first, &second), second)))
}

/// "Oct 14-16, 2026" and "Oct 14 to 16".
fn month_and_days(c: &mut Cursor<'_>) -> Option<Reading> {
    let first = date::date(c)?;
    if !matches!(first, DateText::MonthDay { .. }) || !separator(c) {
        return None;
    }
    let day = c.number(1, 2)?;
    date::ordinal(c);
    // "Oct 14 - 16:30"; "1 June - 15 June" has two dates.
    if c.sign(&[':', '.']).is_some() || clock::half(&mut c.clone()).is_some() {
        return None;
    }
    let mut ahead = *c;
    ahead.space();
    if date::month_of(&mut ahead).is_some() {
        return None;
    }
    let year = c.attempt(|c| {
        date::comma(c);
        date::late_year(c)
    });
    let first = match year {
        Some(year) => complete(first, year),
        None => first,
    };
    let second = with_day(&first, day)?;
    let of = |date| Moment {
        date: Some(date),
        ..Moment::default()
    };
    Some(Reading::Two(of(first), of(second)))
}

fn with_day(date: &DateText, of_month: u32) -> Option<DateText> {
    let mut date = date.clone();
    match &mut date {
        DateText::Day { day, .. } | DateText::MonthDay { day, .. } => *day = of_month,
        _ => return None,
    }
    Some(date)
}

/// In "2:15-2:30pm" the mark belongs to both; in "11:50-12:10pm" the first is before noon.
fn share_half(mut first: Moment, second: &Moment) -> Moment {
    let (Some(ClockText::Time(early)), Some(ClockText::Time(late))) =
        (&mut first.clock, &second.clock)
    else {
        return first;
    };
    if early.half.is_some() || late.half.is_none() || early.hour > 12 || early.hour == 0 {
        return first;
    }
    early.half = late.half;
    if early.since_midnight() > late.since_midnight() {
        early.half = match late.half {
            Some(Half::Pm) => Some(Half::Am),
            _ => Some(Half::Pm),
        };
    }
    first
}
