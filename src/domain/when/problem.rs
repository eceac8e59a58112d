//! What is the matter with a typed time, and what the reader took for granted: every case is
//! a plain sentence that says what to do next.

use chrono::{FixedOffset, NaiveDate, TimeDelta, Weekday};

use super::display::{day_text, offset_text};
use super::duration::duration;

/// One possible meaning of a text that has two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What a person reads on the button, for example "the first 02:30 (CEST, UTC+2)".
    pub label: String,
    /// A text with this meaning only, to be read instead of what was typed.
    pub typed: String,
}

/// Why a text could not be read as a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing was typed.
    #[error("There is no time here. Type one, for example 14:32, or ? when nobody knows it.")]
    Empty,
    /// Longer than any time.
    #[error("This is too long for a time. Type the time alone, for example 14:32.")]
    TooLong,
    /// Control characters, or marks that change the direction of writing.
    #[error("There are invisible characters in this time. Type it again by hand.")]
    HiddenCharacters,
    /// No rule fits.
    #[error(
        "“{typed}” could not be read as a time. Type it like 14:32, ~14:30, 14:10-14:25, +5m, \
         2026-10-14 14:31 or Tue 02:10, or ? when nobody knows it."
    )]
    Unreadable {
        /// The text, shortened.
        typed: String,
    },
    /// A day that no calendar has, such as 30 February.
    #[error("There is no such day as {day}. Check the day and the month.")]
    NoSuchDay {
        /// The day as it was understood.
        day: String,
    },
    /// A clock time that no clock shows, such as 14:75.
    #[error("{clock} is not a time of day. Hours go to 24, minutes and seconds to 59.")]
    NoSuchTime {
        /// The clock time as it was understood.
        clock: String,
    },
    /// A clock time alone, with neither a row above nor a day.
    #[error("Which day was that? Type the day too, for example {example}.")]
    NeedsDay {
        /// The same time with a day.
        example: String,
    },
    /// A clock time in a whole month or year.
    #[error("A clock time needs one day, not a month or a year. Type the day too.")]
    NeedsOneDay,
    /// "+5m" without a row above.
    #[error("“{typed}” counts from the row above, and there is none. Type a day and a time.")]
    NeedsRowAbove {
        /// The text, shortened.
        typed: String,
    },
    /// Before the year 1000 or after 2999.
    #[error("Only the years 1000 to 2999 are kept. Check the year.")]
    OutOfRange,
    /// A range whose end lies before its beginning.
    #[error("This range ends before it begins. Swap the two times or add their days.")]
    EndsBeforeStart,
    /// 05/06/2026 is a day in May to some and in June to others.
    #[error("“{typed}” has two meanings. Choose the one that is meant.")]
    AmbiguousDate {
        /// The date as typed.
        typed: String,
        /// The meanings.
        choices: Vec<Choice>,
    },
    /// "19:18 EDT (23:19 UTC)": two times that should be one.
    #[error("The two times here are not the same moment. Choose the one that is meant.")]
    TwoTimes {
        /// The two.
        choices: Vec<Choice>,
    },
    /// The clocks were put forward and never showed this time.
    #[error(
        "The clocks in {zone} never showed {clock}: they were put forward. Choose the time that \
         is meant."
    )]
    Gap {
        /// The zone's name.
        zone: String,
        /// The time or day that was left out.
        clock: String,
        /// The two times nearest to what was typed.
        choices: Vec<Choice>,
    },
    /// The clocks were put back and showed this time twice.
    #[error(
        "The clocks in {zone} showed {clock} twice: they were put back. Choose the first or the \
         second."
    )]
    Fold {
        /// The zone's name.
        zone: String,
        /// The time that came twice.
        clock: String,
        /// The two instants.
        choices: Vec<Choice>,
    },
    /// An abbreviation of no zone that we know.
    #[error(
        "“{name}” is not a time zone that we know. Type the distance to UTC instead, for example \
         +02:00, or leave it out to mean the zone of the story."
    )]
    UnknownZone {
        /// The word as typed.
        name: String,
    },
}

impl Problem {
    /// The meanings to choose from; empty when the problem is not a question.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Problem::AmbiguousDate { choices, .. }
            | Problem::TwoTimes { choices }
            | Problem::Gap { choices, .. }
            | Problem::Fold { choices, .. } => choices,
            _ => &[],
        }
    }

    pub(super) fn unreadable(typed: &str) -> Problem {
        Problem::Unreadable {
            typed: shorten(typed),
        }
    }
}

/// The beginning of a text, for quoting it in a sentence.
pub(super) fn shorten(typed: &str) -> String {
    let mut short: String = typed.chars().take(40).collect();
    if short.len() < typed.len() {
        short.push('…');
    }
    short
}

/// Something the reader took for granted and the person should see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A clock time alone that was taken for the day after the row above.
    RolledPastMidnight {
        /// The day that was taken, in the story's zone.
        day: NaiveDate,
    },
    /// The end of a range was taken for the day after its beginning.
    EndsNextDay {
        /// The day on which the range ends.
        day: NaiveDate,
    },
    /// There is no row above; the day of the story was taken.
    DayAssumed {
        /// The day that was taken.
        day: NaiveDate,
    },
    /// The year was missing or had two digits only.
    YearAssumed {
        /// The year that was taken.
        year: i32,
    },
    /// It lies before the row above.
    OutOfOrder {
        /// How long before.
        by: TimeDelta,
    },
    /// It lies after the present.
    InTheFuture,
    /// The day of the week does not belong to the date; the date was kept.
    WeekdayDiffers {
        /// The day of the week as typed.
        typed: Weekday,
        /// The date, which falls on another one.
        day: NaiveDate,
    },
    /// An abbreviation that the clocks of the story did not show just then.
    OffsetTaken {
        /// The abbreviation, in capitals.
        abbreviation: String,
        /// The distance to UTC that was taken for it.
        offset: FixedOffset,
    },
    /// Four digits that could be a year were taken for a clock time.
    ReadAsClock {
        /// The year they could be.
        year: i32,
    },
    /// Four digits that could be a clock time were taken for a year.
    ReadAsYear {
        /// The year.
        year: i32,
    },
}

impl Note {
    /// The note as a plain sentence, with what to type when it was meant otherwise.
    pub fn sentence(&self) -> String {
        match self {
            Note::RolledPastMidnight { day } => format!(
                "Read as {}, the day after the row above. Type the day when it was another.",
                day_text(*day)
            ),
            Note::EndsNextDay { day } => format!("Ends on the next day, {}.", day_text(*day)),
            Note::DayAssumed { day } => format!(
                "Read as {}, the day of the story. Type the day when it was another.",
                day_text(*day)
            ),
            Note::YearAssumed { year } => {
                format!("Read as the year {year}. Type the year when it was another.")
            }
            Note::OutOfOrder { by } => format!("This is {} before the row above.", duration(*by)),
            Note::InTheFuture => "This lies in the future.".to_owned(),
            Note::WeekdayDiffers { typed, day } => format!(
                "This date is {}, not a {}. Check the date.",
                day_text(*day),
                weekday_name(*typed)
            ),
            Note::OffsetTaken {
                abbreviation,
                offset,
            } => format!(
                "{abbreviation} was read as {}, which the clocks of the story did not show then. \
                 Leave it out to mean the zone of the story.",
                offset_text(*offset)
            ),
            Note::ReadAsClock { year } => {
                format!("Read as a clock time. For the year, type “year {year}”.")
            }
            Note::ReadAsYear { year } => format!(
                "Read as the year {year}. For the clock time, type {:02}:{:02}.",
                year / 100,
                year % 100
            ),
        }
    }
}

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
