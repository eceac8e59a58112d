//! Asks about dates with two meanings.

use std::cmp::Reverse;
use std::ops::Range;

use chrono::NaiveDate;

use super::calendar::Almanac;
use super::display::day_text;
use super::problem::{Choice, Problem};
use super::reading::{DateText, Moment};

/// Is a question when any of the moments has a date like 05/06/2026. Each choice is the whole
/// text with all such dates replaced; the one nearer to the row above or to the day of the
/// story comes first.
pub(super) fn about_dates(
    typed: &str,
    moments: &[Option<&Moment>],
    almanac: &Almanac,
) -> Result<(), Problem> {
    let mut found: Vec<&DateText> = moments
        .iter()
        .flatten()
        .filter_map(|m| m.date.as_ref())
        .collect();
    // A range may have given its first end the date of the second: once is enough. From the end
    // of the text on, so that the places of earlier dates stay where they are.
    found.sort_by_key(|date| Reverse(start(date)));
    found.dedup_by_key(|date| start(date));
    let mut meanings = [typed.to_owned(), typed.to_owned()];
    let mut first = None;
    for date in found {
        let DateText::Ambiguous {
            year,
            one,
            two,
            place,
        } = date
        else {
            continue;
        };
        let dates = [
            almanac.date(*year, *two, *one)?,
            almanac.date(*year, *one, *two)?,
        ];
        for (text, date) in meanings.iter_mut().zip(dates) {
            replace(text, place.clone(), &date.to_string());
        }
        first = Some((typed.get(place.clone()).unwrap_or(typed), dates));
    }
    let Some((quoted, dates)) = first else {
        return Ok(());
    };
    let mut choices: Vec<(NaiveDate, String)> = dates.into_iter().zip(meanings).collect();
    choices.sort_by_key(|(date, _)| almanac.distance(*date));
    let choices = choices.into_iter().map(|(date, typed)| Choice {
        label: day_text(date),
        typed,
    });
    Err(Problem::AmbiguousDate {
        typed: quoted.to_owned(),
        choices: choices.collect(),
    })
}

/// Where a date with two meanings begins; all others are the same here.
fn start(date: &DateText) -> Option<usize> {
    match date {
        DateText::Ambiguous { place, .. } => Some(place.start),
        _ => None,
    }
}

fn replace(text: &mut String, place: Range<usize>, by: &str) {
    if text.get(place.clone()).is_some() {
        text.replace_range(place, by);
    }
}
