//! What a text says, before it is known on which day and in which zone that was.

use std::ops::Range;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use super::value::Precision;

/// The whole of a typed text.
#[derive(Debug, Clone)]
pub(super) enum Reading {
    /// "?": nobody knows.
    Unknown,
    /// Seconds or more since 1970, or a Slack permalink.
    Epoch(DateTime<Utc>),
    /// "+5m": so many days and so long after the row above.
    After(After),
    /// One moment, or one day, month or year.
    One(Moment),
    /// From one to another.
    Two(Moment, Moment),
    /// One moment told twice: "19:18 EDT (23:18 UTC)".
    Same(Moment, Moment),
}

/// A distance from the row above.
#[derive(Debug, Clone, Copy)]
pub(super) struct After {
    /// Days on the calendar: two days after 14:30 is 14:30, whatever the clocks did.
    pub(super) days: u64,
    /// Time that passes on top of the days.
    pub(super) passes: TimeDelta,
    pub(super) precision: Precision,
}

/// The parts of one moment, in whatever order they were typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Moment {
    pub(super) about: bool,
    pub(super) weekday: Option<Weekday>,
    pub(super) date: Option<DateText>,
    pub(super) clock: Option<ClockText>,
    pub(super) zone: Option<ZoneText>,
}

impl Moment {
    pub(super) fn has_day(&self) -> bool {
        self.date.is_some() || self.weekday.is_some()
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.has_day() && self.clock.is_none()
    }
}

/// A date as typed; days and months are not checked yet.
#[derive(Debug, Clone)]
pub(super) enum DateText {
    Day {
        year: i32,
        month: u32,
        day: u32,
        /// The year had two digits.
        short_year: bool,
    },
    /// The year is missing.
    MonthDay {
        month: u32,
        day: u32,
    },
    /// A whole month; the year may be missing.
    Month {
        year: Option<i32>,
        month: u32,
    },
    Year(i32),
    Today,
    Yesterday,
    /// Two numbers that could each be the day or the month.
    Ambiguous {
        /// `None` when it is missing.
        year: Option<i32>,
        one: u32,
        two: u32,
        /// Where it stands in the text, in bytes.
        place: Range<usize>,
    },
}

/// A clock time as typed.
#[derive(Debug, Clone, Copy)]
pub(super) enum ClockText {
    Time(Time),
    /// "15:??": the hour is known, the minutes are not.
    Hour(u32),
    /// Four digits that may be a clock time or a year.
    Digits(u32),
    /// "2020-12-21 ??:??": a place holder for the clock time.
    Unknown,
}

/// A clock time. The hour is as typed: see [`Time::hour_of_day`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Time {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: Option<u32>,
    pub(super) micros: u32,
    pub(super) half: Option<Half>,
}

/// Before or after noon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
}

impl Time {
    /// The hour from 0 to 24: 12 am is 0, 12 pm is 12, and the needless mark in "17:14 pm" is
    /// passed over.
    pub(super) fn hour_of_day(&self) -> u32 {
        match self.half {
            Some(Half::Am) if self.hour == 12 => 0,
            Some(Half::Pm) if self.hour < 12 => self.hour + 12,
            _ => self.hour,
        }
    }

    /// Microseconds since midnight.
    pub(super) fn since_midnight(&self) -> TimeDelta {
        let minutes = self.hour_of_day() * 60 + self.minute;
        let seconds = minutes * 60 + self.second.unwrap_or(0);
        TimeDelta::seconds(seconds.into()) + TimeDelta::microseconds(self.micros.into())
    }
}

/// A zone as typed behind a clock time.
#[derive(Debug, Clone)]
pub(super) enum ZoneText {
    Fixed(FixedOffset),
    Named(Tz),
    /// In lower case; what it means depends on the story's zone and the day.
    Abbreviation(String),
}
