//! Where a clock time of a zone lies on the line of instants: once, twice or nowhere.

use chrono::offset::LocalResult;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta};
use chrono::{TimeZone, Utc};
use chrono_tz::{OffsetName, Tz};

/// What a clock time is read against.
#[derive(Debug, Clone, Copy)]
pub(super) enum Frame {
    Zone(Tz),
    Fixed(FixedOffset),
}

/// Why a clock time is not one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// The clocks were put forward over it.
    Gap,
    /// The clocks were put back and showed it twice.
    Fold,
}

/// The instants of a clock time: one, or two in doubt, the earlier first.
#[derive(Debug, Clone)]
pub(super) struct Located {
    pub(super) doubt: Option<Doubt>,
    pub(super) instants: Vec<DateTime<Utc>>,
}

impl Frame {
    pub(super) fn offset_at(&self, instant: DateTime<Utc>) -> FixedOffset {
        match self {
            Frame::Zone(tz) => offset_at(*tz, instant),
            Frame::Fixed(offset) => *offset,
        }
    }

    /// What the clocks show at an instant.
    pub(super) fn clocks_at(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant
            .with_timezone(&self.offset_at(instant))
            .naive_local()
    }

    /// The instants at which the clocks show this.
    ///
    /// In a gap these are the two that come from reading the time with the distance to UTC of
    /// before and of after: in Berlin 02:30 becomes 03:30 summer time and 01:30 winter time.
    pub(super) fn locate(&self, clocks: NaiveDateTime) -> Located {
        let tz = match self {
            Frame::Fixed(offset) => {
                return Located {
                    doubt: None,
                    instants: vec![at_offset(clocks, *offset)],
                };
            }
            Frame::Zone(tz) => tz,
        };
        let (doubt, mut instants) = match tz.from_local_datetime(&clocks) {
            LocalResult::Single(one) => (None, vec![one.to_utc()]),
            LocalResult::Ambiguous(one, other) => {
                (Some(Doubt::Fold), vec![one.to_utc(), other.to_utc()])
            }
            LocalResult::None => {
                let day = TimeDelta::days(1);
                let near = [clocks - day, clocks + day];
                let offsets = near.map(|clocks| offset_at(*tz, clocks.and_utc()));
                let instants = offsets.map(|offset| at_offset(clocks, offset));
                (Some(Doubt::Gap), instants.to_vec())
            }
        };
        instants.sort();
        Located { doubt, instants }
    }

    /// All the time during which the clocks show `from` or later, but not yet `to`. `None` when
    /// they never do, as on 30 December 2011 in Apia.
    ///
    /// An hour that comes twice is two hours long, and a day may have 23 or 25.
    pub(super) fn stretch(
        &self,
        from: NaiveDateTime,
        to: NaiveDateTime,
    ) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let start = match self.locate(from) {
            Located {
                doubt: Some(Doubt::Gap),
                ..
            } => self.first_from(from),
            located => *located.instants.first()?,
        };
        let tick = TimeDelta::microseconds(1);
        let last = to - tick;
        let end = match self.locate(last) {
            Located {
                doubt: Some(Doubt::Gap),
                ..
            } => self.first_from(last),
            located => *located.instants.last()? + tick,
        };
        (start < end).then_some((start, end))
    }

    /// The first instant at which the clocks show this or later, when they jump over it: found
    /// by halving the two days around it, to the second.
    fn first_from(&self, clocks: NaiveDateTime) -> DateTime<Utc> {
        let mut before = (clocks - TimeDelta::days(1)).and_utc().timestamp();
        let mut after = (clocks + TimeDelta::days(1)).and_utc().timestamp();
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            let shown = DateTime::from_timestamp(middle, 0).map(|at| self.clocks_at(at));
            if shown.is_some_and(|shown| shown >= clocks) {
                after = middle;
            } else {
                before = middle;
            }
        }
        DateTime::from_timestamp(after, 0).unwrap_or_default()
    }
}

pub(super) fn offset_at(tz: Tz, instant: DateTime<Utc>) -> FixedOffset {
    tz.offset_from_utc_datetime(&instant.naive_utc()).fix()
}

/// "CEST"; `None` where a zone has only numbers for names.
pub(super) fn abbreviation_at(tz: Tz, instant: DateTime<Utc>) -> Option<String> {
    let offset = tz.offset_from_utc_datetime(&instant.naive_utc());
    offset.abbreviation().map(str::to_owned)
}

/// The day in this zone on which an instant lies.
pub(super) fn local_day(tz: Tz, instant: DateTime<Utc>) -> NaiveDate {
    Frame::Zone(tz).clocks_at(instant).date()
}

pub(super) fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

fn at_offset(clocks: NaiveDateTime, offset: FixedOffset) -> DateTime<Utc> {
    (clocks - TimeDelta::seconds(offset.local_minus_utc().into())).and_utc()
}
