//! Four digits alone: 1432 is a clock time, 2017 could be one or a year.
//!
//! They are a year when no clock shows them (1868, 1999). Otherwise they are a clock time where
//! one can stand: behind a date, or alone when there is a row above or a day of the story. Those
//! from 1900 to 1959 and from 2000 to 2059 could be meant as years, too: they are years when
//! there is neither a row nor a day, or when the row above is itself the beginning of a month,
//! which is how a row "2016" or "June 2016" looks. A note says which was taken and how to say
//! the other. "year 2017" and "20:17" have one meaning.

use chrono::Datelike;

use super::Context;
use super::clock::time_of_digits;
use super::local::{Frame, midnight};
use super::problem::Note;
use super::reading::{ClockText, DateText, Moment, Reading};

/// Settles what four digits in a reading are.
pub(super) fn settle(reading: Reading, context: &Context, notes: &mut Vec<Note>) -> Reading {
    match reading {
        Reading::One(mut moment) => {
            let as_clock = is_clock(&[&moment], context);
            apply(&mut moment, as_clock, notes);
            Reading::One(moment)
        }
        Reading::Two(mut first, mut second) => {
            let as_clock = is_clock(&[&first, &second], context);
            apply(&mut first, as_clock, notes);
            let mut again = Vec::new();
            apply(&mut second, as_clock, &mut again);
            Reading::Two(first, second)
        }
        // A zone stands in one of them, so these are clock times.
        Reading::Same(mut first, mut second) => {
            let mut needless = Vec::new();
            apply(&mut first, true, &mut needless);
            apply(&mut second, true, &mut needless);
            Reading::Same(first, second)
        }
        other => other,
    }
}

/// Both ends of a range are the same kind of thing.
fn is_clock(moments: &[&Moment], context: &Context) -> bool {
    let mut all = moments.iter().filter_map(|moment| digits_of(moment));
    if all.clone().any(|digits| time_of_digits(digits).is_none()) {
        return false;
    }
    let has_day = moments.iter().any(|moment| moment.has_day());
    let has_clock = |moment: &&Moment| matches!(moment.clock, Some(ClockText::Time(_)));
    if has_day || moments.iter().any(has_clock) || moments.iter().any(|m| m.zone.is_some()) {
        return true;
    }
    let may_be_year = all.all(|digits| year_of(digits).is_some());
    match context.previous {
        Some(row) => {
            let clocks = Frame::Zone(context.zone).clocks_at(row);
            let is_month = clocks == midnight(clocks.date()) && clocks.day() == 1;
            !(may_be_year && is_month)
        }
        None => context.day.is_some() || !may_be_year,
    }
}

fn apply(moment: &mut Moment, as_clock: bool, notes: &mut Vec<Note>) {
    let Some(digits) = digits_of(moment) else {
        return;
    };
    let year = i32::try_from(digits).unwrap_or(0);
    let alone = !moment.has_day() && moment.zone.is_none();
    if as_clock && let Some(time) = time_of_digits(digits) {
        moment.clock = Some(ClockText::Time(time));
        if alone && year_of(digits).is_some() {
            notes.push(Note::ReadAsClock { year });
        }
    } else if alone {
        moment.clock = None;
        moment.date = Some(DateText::Year(year));
        if time_of_digits(digits).is_some() {
            notes.push(Note::ReadAsYear { year });
        }
    }
}

fn digits_of(moment: &Moment) -> Option<u32> {
    match moment.clock {
        Some(ClockText::Digits(digits)) => Some(digits),
        _ => None,
    }
}

/// The year of four digits that people would write so.
fn year_of(digits: u32) -> Option<u32> {
    (1900..=2099).contains(&digits).then_some(digits)
}
