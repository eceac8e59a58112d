//! One week: what was published in it, and what it brings back. Weeks are those of ISO 8601, in UTC.

use std::fmt;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, Utc, Weekday};

use super::ids::CauseId;
use super::listing::Card;
use super::reading_list::Chosen;
use super::text::Line;

/// A week from Monday to Sunday. Weeks are ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Week(NaiveDate);

/// 52 weeks back is the same weekday, and one day off the same date (two after a leap day).
const YEAR: Days = Days::new(364);

impl Week {
    /// The week of a day.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self(day.week(Weekday::Mon).checked_first_day().unwrap_or(day))
    }

    /// Reads `2026-W48`; `None` for anything else and for weeks that a year does not have.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let (year, week) = typed.trim().split_once("-W")?;
        let digits = |text: &str, count| {
            text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(year, 4) || !digits(week, 2) {
            return None;
        }
        let monday =
            NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Mon)?;
        (1000..=2999)
            .contains(&monday.year())
            .then_some(Self(monday))
    }

    /// Its Monday.
    #[must_use]
    pub const fn first_day(self) -> NaiveDate {
        self.0
    }

    /// Its Sunday.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.0.checked_add_days(Days::new(6)).unwrap_or(self.0)
    }

    /// The week before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.checked_sub_days(Days::new(7)).unwrap_or(self.0))
    }

    /// The week after.
    #[must_use]
    pub fn after(self) -> Self {
        Self(self.0.checked_add_days(Days::new(7)).unwrap_or(self.0))
    }

    /// The week 52 weeks before.
    #[must_use]
    pub fn year_ago(self) -> Self {
        Self(self.0.checked_sub_days(YEAR).unwrap_or(self.0))
    }

    /// Its first moment, and the first moment after it.
    #[must_use]
    pub fn moments(self) -> (DateTime<Utc>, DateTime<Utc>) {
        let begins = |week: Self| week.0.and_time(NaiveTime::MIN).and_utc();
        (begins(self), begins(self.after()))
    }

    /// Which of so many things has its turn this week, counted from 0; the same for everybody, another one each week.
    #[must_use]
    pub fn turn(self, of: usize) -> usize {
        let weeks = self.0.num_days_from_ce().div_euclid(7);
        usize::try_from(weeks)
            .unwrap_or_default()
            .checked_rem(of)
            .unwrap_or_default()
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let week = self.0.iso_week();
        write!(f, "{:04}-W{:02}", week.year(), week.week())
    }
}

/// What a week has to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The week.
    pub week: Week,
    /// What was published in it, first one first.
    pub published: Vec<Card>,
    /// Recurring causes in which something was linked in it.
    pub recurring: Vec<(CauseId, Line)>,
    /// What is filed under the same week a year ago.
    pub year_ago: Vec<Card>,
    /// The post-mortem of the reading list that has its turn.
    pub again: Option<Chosen>,
}

impl Digest {
    /// Whether anything is new in it; what it brings back is not.
    #[must_use]
    pub const fn is_quiet(&self) -> bool {
        self.published.is_empty() && self.recurring.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_reads_back_and_anything_else_is_none() {
        for (on, code, first, last) in [
            ("2026-11-30", "2026-W49", "2026-11-30", "2026-12-06"),
            ("2027-01-03", "2026-W53", "2026-12-28", "2027-01-03"),
            ("2024-12-30", "2025-W01", "2024-12-30", "2025-01-05"),
        ] {
            let week = Week::of(day(on));
            assert_eq!(week.to_string(), code);
            assert_eq!(Week::parse(code), Some(week));
            assert_eq!((week.first_day(), week.last_day()), (day(first), day(last)));
        }
        for other in [
            "", "2026-W54", "2026-W00", "2025-W53", "26-W1", "2026-49", "-W-1", "9999-W01",
        ] {
            assert_eq!(Week::parse(other), None, "{other}");
        }
    }

    #[test]
    fn weeks_follow_each_other_and_a_year_ago_is_a_monday_too() {
        let week = Week::of(day("2026-11-30"));
        assert_eq!(week.before().after(), week);
        assert_eq!(week.year_ago().first_day(), day("2025-12-01"));
        let (from, until) = week.moments();
        assert_eq!((until - from).num_days(), 7);
        assert_eq!(week.after().moments().0, until);
    }

    #[test]
    fn everything_on_the_list_has_its_turn() {
        let weeks =
            std::iter::successors(Some(Week::of(day("2026-01-05"))), |week| Some(week.after()));
        let turns: Vec<usize> = weeks.take(3).map(|week| week.turn(3)).collect();
        let mut sorted = turns.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [0, 1, 2], "{turns:?}");
        assert_eq!(Week::of(day("2026-01-05")).turn(0), 0);
    }
}
