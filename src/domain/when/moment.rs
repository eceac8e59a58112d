//! Reads one moment: its parts in any order, each at most once.

use super::clock;
use super::date;
use super::offset::{self, Before};
use super::problem::Problem;
use super::reading::{ClockText, DateText, Moment};
use super::token::Cursor;

/// Reads one moment at the cursor, as far as it goes.
///
/// # Errors
///
/// [`Problem::NoSuchTime`] for 14:75.
pub(super) fn moment(c: &mut Cursor<'_>) -> Result<Option<Moment>, Problem> {
    let mut found = Moment::default();
    let mut joined = false;
    loop {
        let mut ahead = *c;
        while filler(&mut ahead) {}
        // "About" belongs to what follows; alone it is left for whoever reads on.
        let is_about = about(&mut ahead);
        while filler(&mut ahead) {}
        let found_one = match zone(c, &mut found, joined) {
            true => Some(*c),
            false => part(&mut ahead, &mut found, &mut joined)?.then_some(ahead),
        };
        let Some(behind) = found_one else { break };
        found.about |= is_about;
        *c = behind;
    }
    // "Sat down" begins no Saturday.
    let is_word = c.in_prose() && found.date.is_none() && found.clock.is_none();
    Ok((!found.is_empty() && !is_word).then_some(found))
}

fn zone(c: &mut Cursor<'_>, found: &mut Moment, joined: bool) -> bool {
    let (None, Some(clock)) = (&found.zone, found.clock) else {
        return false;
    };
    // A word may be a month, a day of the week or "about" instead.
    let mut ahead = *c;
    ahead.space();
    if about(&mut ahead) || filler(&mut ahead) {
        return false;
    }
    if date::date(&mut ahead).is_some() || date::weekday(&mut ahead).is_some() {
        return false;
    }
    let has_seconds = matches!(clock, ClockText::Time(time) if time.second.is_some());
    let has_date = found.date.is_some();
    let before = Before {
        date: has_date,
        machine: joined || (has_seconds && has_date),
    };
    found.zone = offset::zone_text(c, before);
    found.zone.is_some()
}

/// One part that is still missing.
fn part(c: &mut Cursor<'_>, found: &mut Moment, joined: &mut bool) -> Result<bool, Problem> {
    let behind_clock = found.clock.is_some();
    if found.weekday.is_none()
        && !(behind_clock && c.in_prose())
        && let Some(weekday) = date::weekday(c)
    {
        found.weekday = Some(weekday);
        return Ok(true);
    }
    if found.date.is_none()
        && let Some(date) = c.attempt(|c| date::date(c).filter(|d| fits(d, c, behind_clock)))
    {
        found.date = Some(date);
        *joined = c.word_of(&["t"]).is_some();
        if found.clock.is_none() {
            // "14/Oct/2026:14:31:05"
            c.attempt(|c| {
                c.sign(&[':'])?;
                c.clone().number(1, 2)
            });
        }
        return Ok(true);
    }
    if let Some(DateText::MonthDay { .. } | DateText::Month { year: None, .. }) = found.date
        && let Some(year) = date::late_year(c)
    {
        found.date = found.date.take().map(|date| complete(date, year));
        return Ok(true);
    }
    if found.clock.is_none()
        && let Some(clock) = clock::clock(c, *joined)?
    {
        found.clock = Some(clock);
        found.about |= c.word_of(&["ish"]).is_some();
        c.attempt(|c| {
            c.space();
            c.word_of(&["uhr", "hrs", "hours"])
        });
        return Ok(true);
    }
    Ok(false)
}

/// Whether a date may stand here. Where a sentence goes on behind the time, "may" is seldom a
/// month: "14:32 May have been the cache", "14:32 2 May release was rolled back".
fn fits(date: &DateText, c: &Cursor<'_>, behind_clock: bool) -> bool {
    if !c.in_prose() {
        return true;
    }
    match date {
        DateText::Month { year: None, .. } => false,
        DateText::Day { .. } | DateText::Ambiguous { .. } => true,
        _ => !behind_clock,
    }
}

/// Gives a date the year that it lacks.
pub(super) fn complete(date: DateText, year: i32) -> DateText {
    match date {
        DateText::MonthDay { month, day } => DateText::Day {
            year,
            month,
            day,
            short_year: false,
        },
        DateText::Month { year: None, month } => DateText::Month {
            year: Some(year),
            month,
        },
        date => date,
    }
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

/// "~", "about", "ca." and the like, with the space behind them.
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
    let found = c.sign(&['~', '≈', '∼']).is_some()
        || c.word_of(&words).is_some()
        || c.attempt(|c| {
            c.word_of(&["c"])?;
            c.sign(&['.'])
        })
        .is_some();
    if found {
        c.sign(&['.']);
        c.space();
    }
    found
}
