//! Reads a whole text: the parts of a moment in any order, and ranges of two moments.

use super::clock;
use super::date;
use super::epoch;
use super::offset::{self, Before};
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
    let found = match epoch::epoch(&mut cursor).or_else(|| epoch::after(&mut cursor)) {
        Some(found) => Some(found),
        None => moments(&mut cursor)?,
    };
    cursor.space();
    cursor.sign(&['.', ',', ':']);
    match found {
        Some(found) if cursor.is_at_end() => Ok(found),
        _ => Err(Problem::unreadable(text)),
    }
}

/// "?", "unknown" and place holders that nobody filled in.
fn is_unknown(text: &str) -> bool {
    let words = ["unknown", "n/a", "-", "–", "—", "--", "tbd", "time unknown"];
    words.contains(&text)
        || text.chars().all(|c| c == '?')
        || ["--:--", "??:??", "?:??", "xx:xx", "hh:mm", "__:__"].contains(&text)
}

/// One moment, or two with a word or a dash between them.
fn moments(c: &mut Cursor<'_>) -> Result<Option<Reading>, Problem> {
    c.word_of(&["between", "from"]);
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
    let first = match (&second.clock, &second.date) {
        (Some(ClockText::Time(time)), None) if time.half.is_some() && bare <= 12 => Moment {
            clock: Some(ClockText::Time(Time {
                hour: bare,
                ..Time::default()
            })),
            ..Moment::default()
        },
        (None, Some(date)) => match with_day(date, bare) {
            Some(date) => Moment {
                date: Some(date),
                ..Moment::default()
            },
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
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
    c.word_of(&["st", "nd", "rd", "th"]);
    if c.sign(&[':', '.']).is_some() {
        return None;
    }
    c.sign(&[',']);
    c.space();
    // "1 June - 15 June" has two dates.
    if date::month_of(&mut c.clone()).is_some() {
        return None;
    }
    let year = date::late_year(c);
    let of = |date| Moment {
        date: Some(date),
        ..Moment::default()
    };
    let first = complete(first, year);
    let second = with_day(&first, day)?;
    Some(Reading::Two(of(first), of(second)))
}

fn with_day(date: &DateText, day: u32) -> Option<DateText> {
    match *date {
        DateText::Day {
            year,
            month,
            short_year,
            ..
        } => Some(DateText::Day {
            year,
            month,
            day,
            short_year,
        }),
        DateText::MonthDay { month, .. } => Some(DateText::MonthDay { month, day }),
        _ => None,
    }
}

/// Gives a date the year that it lacks.
pub(super) fn complete(date: DateText, year: Option<i32>) -> DateText {
    match (date, year) {
        (DateText::MonthDay { month, day }, Some(year)) => DateText::Day {
            year,
            month,
            day,
            short_year: false,
        },
        (DateText::Month { year: None, month }, year) => DateText::Month { year, month },
        (date, _) => date,
    }
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

/// The parts of one moment in any order, each at most once.
fn moment(c: &mut Cursor<'_>) -> Result<Option<Moment>, Problem> {
    let mut found = Moment::default();
    let mut joined = false;
    loop {
        let mut ahead = *c;
        if !(zone(&mut ahead, &mut found, joined) || part(&mut ahead, &mut found, &mut joined)?) {
            break;
        }
        *c = ahead;
    }
    Ok((!found.is_empty()).then_some(found))
}

fn zone(c: &mut Cursor<'_>, found: &mut Moment, joined: bool) -> bool {
    if found.zone.is_some() || found.clock.is_none() {
        return false;
    }
    let has_seconds = matches!(found.clock, Some(ClockText::Time(t)) if t.second.is_some());
    let before = Before {
        date: found.date.is_some(),
        machine: joined || (has_seconds && found.date.is_some()),
    };
    // A word may be a month, a day of the week or "about" instead.
    let mut ahead = *c;
    ahead.space();
    if about(&mut ahead) || date::date(&mut ahead.clone()).is_some() {
        return false;
    }
    if date::weekday(&mut ahead).is_some() || filler(&mut ahead) {
        return false;
    }
    found.zone = offset::zone_text(c, before);
    found.zone.is_some()
}

fn part(c: &mut Cursor<'_>, found: &mut Moment, joined: &mut bool) -> Result<bool, Problem> {
    while filler(c) {}
    if found.date.is_some() && found.clock.is_none() {
        // "14/Oct/2026:14:31:05"
        c.sign(&[':']);
    }
    if about(c) {
        found.about = true;
        return Ok(true);
    }
    if found.weekday.is_none()
        && let Some(weekday) = date::weekday(c)
    {
        found.weekday = Some(weekday);
        return Ok(true);
    }
    if found.date.is_none()
        && let Some(date) = date::date(c)
    {
        found.date = Some(date);
        *joined = c.word_of(&["t"]).is_some();
        return Ok(true);
    }
    if let Some(DateText::MonthDay { .. } | DateText::Month { year: None, .. }) = found.date
        && let Some(year) = date::late_year(c)
    {
        found.date = found.date.take().map(|date| complete(date, Some(year)));
        return Ok(true);
    }
    if found.clock.is_none()
        && let Some(clock) = clock::clock(c, *joined)?
    {
        found.clock = Some(clock);
        if c.word_of(&["ish"]).is_some() {
            found.about = true;
        }
        c.attempt(|c| {
            c.space();
            c.word_of(&["uhr", "hrs", "hours"])
        });
        return Ok(true);
    }
    Ok(false)
}

/// Spaces, commas and small words between the parts.
fn filler(c: &mut Cursor<'_>) -> bool {
    c.space()
        || c.sign(&[',', '@']).is_some()
        || c.word_of(&["at", "on", "the"]).is_some()
        // "February 15, 2024: 1:15pm"
        || c.attempt(|c| {
            c.sign(&[':'])?;
            c.space().then_some(())
        })
        .is_some()
}

fn about(c: &mut Cursor<'_>) -> bool {
    let words = [
        "about",
        "around",
        "approximately",
        "circa",
        "roughly",
        "approx",
        "ca",
    ];
    if c.sign(&['~', '≈', '∼']).is_some() {
        return true;
    }
    let found = c.word_of(&words).is_some()
        || c.attempt(|c| {
            c.word_of(&["c"])?;
            c.sign(&['.'])
        })
        .is_some();
    if found {
        c.sign(&['.']);
    }
    found
}
