//! Quarters of the calendar year, by which post-mortems are counted.

use std::fmt;

use chrono::{Datelike as _, NaiveDate};

/// A quarter. Quarters are ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quarter {
    year: i32,
    /// From 0 to 3.
    place: u32,
}

impl Quarter {
    /// The quarter of a day.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            place: day.month0() / 3,
        }
    }

    /// Reads `2026-Q3`, or a day, a month or a year, which stands for the quarter in which it begins.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let Some((year, place)) = typed.split_once("-Q").or_else(|| typed.split_once("-q")) else {
            return crate::domain::listing::first_day(typed).map(Self::of);
        };
        let place: u32 = place.parse().ok()?;
        let day = crate::domain::listing::first_day(year)?;
        (1..=4).contains(&place).then(|| Self {
            place: place - 1,
            ..Self::of(day)
        })
    }

    /// The quarter after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self.place {
            3 => Self {
                year: self.year + 1,
                place: 0,
            },
            place => Self {
                place: place + 1,
                ..self
            },
        }
    }

    /// The quarter so many before this one.
    #[must_use]
    pub fn back(self, quarters: u32) -> Self {
        (0..quarters).fold(self, |quarter, _| match quarter.place {
            0 => Self {
                year: quarter.year - 1,
                place: 3,
            },
            place => Self {
                place: place - 1,
                ..quarter
            },
        })
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.place * 3 + 1, 1).unwrap_or(NaiveDate::MIN)
    }

    /// How it stands in addresses: `2026-Q3`.
    #[must_use]
    pub fn code(self) -> String {
        format!("{:04}-Q{}", self.year, self.place + 1)
    }

    /// The quarters from this one to another, both included; none if the other comes before.
    #[must_use]
    pub fn through(self, last: Self) -> Vec<Self> {
        std::iter::successors(Some(self), |quarter| Some(quarter.next()))
            .take_while(|quarter| *quarter <= last)
            .collect()
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Q{} {}", self.place + 1, self.year)
    }
}

#[cfg(test)]
mod tests {
    use super::Quarter;

    #[test]
    fn quarters_are_read_as_people_and_programs_write_them() {
        for (typed, read) in [
            ("2026-Q3", Some("2026-Q3")),
            ("2026-q1", Some("2026-Q1")),
            ("2026-07-14", Some("2026-Q3")),
            ("2026-12", Some("2026-Q4")),
            ("2026", Some("2026-Q1")),
            ("2026-Q5", None),
            ("2026-Q0", None),
            ("soon", None),
        ] {
            let quarter = Quarter::parse(typed).map(Quarter::code);
            assert_eq!(quarter.as_deref(), read, "{typed}");
        }
    }

    #[test]
    fn a_year_ends_after_its_fourth_quarter() {
        let last = Quarter::parse("2025-Q4").unwrap();
        assert_eq!(last.next().code(), "2026-Q1");
        assert_eq!(last.back(5).code(), "2024-Q3");
        assert_eq!(last.next().first_day().to_string(), "2026-01-01");
        assert_eq!(last.back(5).through(last).len(), 6);
        assert!(last.through(last.back(1)).is_empty());
    }
}
