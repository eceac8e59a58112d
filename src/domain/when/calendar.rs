//! Which day is meant: missing years, days of the week, yesterday.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::problem::{Note, Problem};
use super::reading::{DateText, Moment};

/// What dates are read against, all in the story's zone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Almanac {
    /// The day of the row above.
    pub(super) row: Option<NaiveDate>,
    /// The day of the story.
    pub(super) story: Option<NaiveDate>,
    pub(super) today: NaiveDate,
}

/// The days that a moment means: from the first up to the one that no longer belongs to it.
pub(super) struct DaySpan {
    pub(super) first: NaiveDate,
    pub(super) after: NaiveDate,
}

impl DaySpan {
    pub(super) fn is_one_day(&self) -> bool {
        self.first.succ_opt() == Some(self.after)
    }
}

impl Almanac {
    /// The days of a moment that names any; `fallback` is taken when it does not.
    pub(super) fn days(
        &self,
        moment: &Moment,
        fallback: Option<NaiveDate>,
        notes: &mut Vec<Note>,
    ) -> Result<Option<DaySpan>, Problem> {
        let Some(date) = &moment.date else {
            let day = moment
                .weekday
                .map(|weekday| self.of_weekday(weekday, notes));
            return Ok(day.or(fallback).and_then(one_day));
        };
        let span = self.of_date(date, notes)?;
        if let Some(typed) = moment.weekday
            && span.is_one_day()
            && typed != span.first.weekday()
        {
            let day = span.first;
            notes.push(Note::WeekdayDiffers { typed, day });
        }
        Ok(Some(span))
    }

    /// One date; without a year the nearest.
    pub(super) fn date(
        &self,
        year: Option<i32>,
        month: u32,
        day: u32,
    ) -> Result<NaiveDate, Problem> {
        match year {
            Some(year) => on(year, month, day),
            None => self.nearest(month, day),
        }
    }

    /// How many days a date is away from the row above, the day of the story, or today.
    pub(super) fn distance(&self, date: NaiveDate) -> u64 {
        let near = self.row.or(self.story).unwrap_or(self.today);
        (date - near).num_days().unsigned_abs()
    }

    /// The first such day from the row above on. Without a row, the one in the week of the
    /// story, which begins on Monday; without a story's day, the latest that is not to come.
    fn of_weekday(&self, weekday: Weekday, notes: &mut Vec<Note>) -> NaiveDate {
        if let Some(row) = self.row {
            return row + Days::new(u64::from(weekday.days_since(row.weekday())));
        }
        let day = match self.story {
            Some(day) => {
                let monday = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
                monday + Days::new(u64::from(weekday.num_days_from_monday()))
            }
            None => self.today - Days::new(u64::from(self.today.weekday().days_since(weekday))),
        };
        notes.push(Note::DayAssumed { day });
        day
    }

    fn of_date(&self, date: &DateText, notes: &mut Vec<Note>) -> Result<DaySpan, Problem> {
        let span = match *date {
            DateText::Day {
                year,
                month,
                day,
                short_year,
            } => {
                if short_year {
                    notes.push(Note::YearAssumed { year });
                }
                one_day(on(year, month, day)?)
            }
            DateText::MonthDay { month, day } => one_day(noted(self.nearest(month, day)?, notes)),
            DateText::Month { year, month } => {
                let first = match year {
                    Some(year) => on(year, month, 1)?,
                    None => noted(self.nearest(month, 1)?, notes),
                };
                span(first, first.checked_add_months(Months::new(1)))
            }
            DateText::Year(year) => {
                let first = on(year, 1, 1)?;
                span(first, first.checked_add_months(Months::new(12)))
            }
            DateText::Today => one_day(self.today),
            DateText::Yesterday => self.today.pred_opt().and_then(one_day),
            // Asked about before any day is looked for.
            DateText::Ambiguous { .. } => None,
        };
        span.ok_or(Problem::OutOfRange)
    }

    /// A date without a year: the one nearest to the row above or to the day of the story, and
    /// without either the latest that is not to come. Eight years hold a 29 February.
    fn nearest(&self, month: u32, day: u32) -> Result<NaiveDate, Problem> {
        let near = self.row.or(self.story);
        let around = near.unwrap_or(self.today);
        let years = (around.year() - 8)..=(around.year() + 8);
        let all = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        let found = match near {
            Some(near) => all.min_by_key(|date| (*date - near).num_days().abs()),
            None => all.filter(|date| *date <= self.today).max(),
        };
        found.ok_or_else(|| no_such_day(&day.to_string(), month, ""))
    }
}

/// Notes that the year of a date was not typed.
fn noted(date: NaiveDate, notes: &mut Vec<Note>) -> NaiveDate {
    notes.push(Note::YearAssumed { year: date.year() });
    date
}

fn on(year: i32, month: u32, day: u32) -> Result<NaiveDate, Problem> {
    if !(1000..=2999).contains(&year) {
        return Err(Problem::OutOfRange);
    }
    NaiveDate::from_ymd_opt(year, month, day)
        .ok_or_else(|| no_such_day(&day.to_string(), month, &format!(" {year}")))
}

fn no_such_day(day: &str, month: u32, year: &str) -> Problem {
    let names = NaiveDate::from_ymd_opt(2000, month, 1);
    let month = names.map_or_else(
        || format!("of month {month}"),
        |date| date.format("%B").to_string(),
    );
    Problem::NoSuchDay {
        day: format!("{day} {month}{year}"),
    }
}

fn one_day(day: NaiveDate) -> Option<DaySpan> {
    span(day, day.succ_opt())
}

fn span(first: NaiveDate, after: Option<NaiveDate>) -> Option<DaySpan> {
    after.map(|after| DaySpan { first, after })
}
