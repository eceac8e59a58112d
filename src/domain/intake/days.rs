//! Which day a row belongs to: its own, a heading's, the day after midnight, the day of the incident.

use chrono::{Datelike as _, Duration, NaiveDate, NaiveDateTime, Weekday};

use super::clock::Clock;
use super::dates::PartDate;
use super::zones::Zone;
use super::{Flag, IntakeEvent};

/// A row of a timeline before its day is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Row {
    pub(super) date: Option<PartDate>,
    /// The day of the week, where no date says it better.
    pub(super) weekday: Option<Weekday>,
    pub(super) clock: Option<Clock>,
    pub(super) until_date: Option<PartDate>,
    pub(super) until: Option<Clock>,
    pub(super) zone: Option<Zone>,
    pub(super) about: bool,
    pub(super) unreadable: bool,
    pub(super) typed: String,
    pub(super) text: String,
    pub(super) line: usize,
}

/// What a timeline is made of, in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// A day that holds for what follows.
    Day(PartDate),
    /// A day of the week that holds for what follows.
    Weekday(Weekday),
    /// A zone that holds for what follows.
    Zone(Zone),
    /// The end of a table: a zone of its head holds no longer.
    TableEnds,
    /// A row.
    Row(Row),
}

/// The clock must go back this far for midnight to lie between two rows; less is a row out of order.
const MIDNIGHT: u32 = 6 * 3600;

/// So many days ahead something may be told that is planned; what lies further ahead has happened a year before.
const SOON: i64 = 60;

/// Carries the day from row to row.
pub(super) struct Days {
    base: Option<NaiveDate>,
    zone: Option<Zone>,
    day: Option<NaiveDate>,
    /// The zone of the rows to come: of a heading, a table's head, or the first row.
    row_zone: Option<Zone>,
    /// The zone of the last row, if it is of this row only.
    passing: Option<Zone>,
    /// Whether a row with a time was read since the timeline began.
    begun: bool,
    /// Whether a row with a date was read.
    dated: bool,
    last: Option<NaiveDateTime>,
    fresh: bool,
    /// The day after which nothing that is told can have happened, if it is known.
    latest: Option<NaiveDate>,
}

impl Days {
    /// `base` is the day of the incident, `zone` the zone of the whole text.
    pub(super) fn new(base: Option<NaiveDate>, zone: Option<Zone>) -> Self {
        Self {
            base,
            zone,
            day: base,
            row_zone: None,
            passing: None,
            begun: false,
            dated: false,
            last: None,
            fresh: true,
            latest: None,
        }
    }

    /// The same, for a text that tells what has happened by a day.
    pub(super) fn until(self, latest: NaiveDate) -> Self {
        Self {
            latest: Some(latest),
            ..self
        }
    }

    /// A new timeline begins: the day is the incident's again.
    pub(super) fn begin(&mut self) {
        *self = Self {
            latest: self.latest,
            ..Self::new(self.base, self.zone)
        };
    }

    /// Gives a row its day; nothing for a piece that only sets the day or the zone.
    pub(super) fn place(&mut self, piece: Piece) -> Option<IntakeEvent> {
        match piece {
            Piece::Day(date) => {
                self.day = self.resolve(date).or(self.day);
                self.fresh = true;
                None
            }
            Piece::Weekday(weekday) => {
                self.day = self.of_weekday(weekday).or(self.day);
                self.fresh = true;
                None
            }
            Piece::Zone(zone) => {
                self.row_zone = Some(zone);
                None
            }
            Piece::TableEnds => {
                (self.row_zone, self.passing, self.begun) = (None, None, false);
                None
            }
            Piece::Row(row) => Some(self.row(row)),
        }
    }

    fn row(&mut self, row: Row) -> IntakeEvent {
        let mut flags = Vec::new();
        let day = self.day_of(&row, &mut flags);
        let zone = self.zone_of(&row, &mut flags);
        let local = day.zip(row.clock).and_then(|(day, clock)| clock.on(day));
        if row.about {
            flags.push(Flag::About);
        }
        if row.unreadable {
            flags.push(Flag::Unreadable);
        }
        if row.date.is_some_and(|date| date.is_ambiguous()) {
            flags.push(Flag::DayMonthOrder);
        }
        if local
            .zip(self.last)
            .is_some_and(|(now, before)| now < before)
        {
            flags.push(Flag::OutOfOrder);
        }
        if local
            .zip(zone)
            .is_some_and(|(local, zone)| zone.is_winter_name_in_summer(local))
        {
            flags.push(Flag::WinterNameInSummer);
        }
        self.last = local.or(self.last);
        let until = until(&row, day, local);
        IntakeEvent {
            typed: row.typed,
            day,
            clock: row.clock,
            until,
            zone,
            text: row.text,
            line: row.line,
            flags,
        }
    }

    /// The zone of a row. Later rows take it over only from the first one: further down it may be somebody's who
    /// writes from far away.
    fn zone_of(&mut self, row: &Row, flags: &mut Vec<Flag>) -> Option<Zone> {
        let around = self.row_zone.or(self.zone);
        if row.zone.is_some() && (!self.begun || self.row_zone.is_some()) {
            self.row_zone = row.zone;
        } else if row.zone.is_none() && row.clock.is_some() && self.passing.is_some() {
            flags.push(Flag::ZoneAbove);
        }
        self.passing = row
            .zone
            .filter(|zone| self.row_zone.or(self.zone) != Some(*zone));
        self.begun |= row.clock.is_some();
        row.zone.or(around)
    }

    /// The day of a date. One without a year is the nearest, but not one that is still to come.
    fn resolve(&self, date: PartDate) -> Option<NaiveDate> {
        let near = self.day.or(self.base).or(self.latest);
        let found = date.resolve(near)?;
        let (Some(latest), None) = (self.latest, date.year) else {
            return Some(found);
        };
        let other = |years: i32| {
            let year = chrono::Datelike::year(&found) + years;
            PartDate {
                year: Some(year),
                ..date
            }
            .resolve(None)
        };
        let is_told_later = |day: &NaiveDate| *day <= latest && self.dated;
        Some(
            if found > latest && near.is_some_and(|near| (found - near).num_days() > SOON) {
                other(-1).unwrap_or(found)
            } else if near.is_some_and(|near| (near - found).num_days() > SOON) {
                other(1).filter(is_told_later).unwrap_or(found)
            } else {
                found
            },
        )
    }

    /// The first such day from the last row on; without a row, the one in the week of the incident.
    fn of_weekday(&self, weekday: Weekday) -> Option<NaiveDate> {
        let day = self.day.or(self.base)?;
        let from = if self.last.is_some() || self.dated {
            day
        } else {
            day - Duration::days(i64::from(day.weekday().num_days_from_monday()))
        };
        from.checked_add_signed(Duration::days(i64::from(
            weekday.days_since(from.weekday()),
        )))
    }

    fn day_of(&mut self, row: &Row, flags: &mut Vec<Flag>) -> Option<NaiveDate> {
        if let Some(date) = row.date {
            if date.year.is_none() {
                flags.push(Flag::YearAssumed);
            }
            let found = self.resolve(date);
            self.dated = true;
            self.day = found.or(self.day);
            self.fresh = row.clock.is_none();
            return found;
        }
        // A row whose own day cannot be read ("2022-05-??") must not get the day of the row above.
        if row.unreadable
            && row.typed.bytes().take(4).all(|byte| byte.is_ascii_digit())
            && row.typed.len() > 7
        {
            return None;
        }
        flags.push(Flag::DayFromContext);
        if let Some(weekday) = row.weekday {
            flags.push(Flag::WeekdayOnly);
            self.day = self.of_weekday(weekday).or(self.day);
            self.dated = true;
            self.fresh = row.clock.is_none();
            return self.day;
        }
        let day = self.day?;
        if let (Some(clock), Some(before), false) = (row.clock, self.last, self.fresh) {
            let seconds = (before - day.and_time(chrono::NaiveTime::MIN)).num_seconds();
            if i64::from(clock.seconds + MIDNIGHT) < seconds {
                flags.push(Flag::MidnightAssumed);
                self.day = day.checked_add_signed(Duration::days(1));
            }
        }
        self.fresh &= row.clock.is_none();
        self.day
    }
}

/// Where a row's range ends; past midnight if it would end before it began.
fn until(row: &Row, day: Option<NaiveDate>, local: Option<NaiveDateTime>) -> Option<NaiveDateTime> {
    let day = row.until_date.and_then(|date| date.resolve(day)).or(day)?;
    let Some(until) = row.until else {
        // "Between 2023-07-10 to 2023-07-16": to the end of that day.
        return row
            .until_date
            .filter(|_| row.clock.is_none())
            .and_then(|_| day.succ_opt())
            .map(|next| next.and_time(chrono::NaiveTime::MIN));
    };
    let end = until.on(day)?;
    if row.until_date.is_none() && local.is_some_and(|local| end < local) {
        return end.checked_add_signed(Duration::days(1));
    }
    Some(end)
}
