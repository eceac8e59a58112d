//! From what a row says to a moment that is kept.

use chrono::{DateTime, Days, FixedOffset, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use super::{Flag, IntakeEvent, Zone};
use crate::domain::when::{PartsProblem, Precision, When};

/// What stands for a text that cannot be kept, and for a row without one.
const NOT_KNOWN: &str = "unknown";
/// The most characters a typed time may have.
const TYPED: usize = 200;

impl IntakeEvent {
    /// Day and time of day as on a clock at the place, if both are known.
    #[must_use]
    pub fn local(&self) -> Option<NaiveDateTime> {
        self.clock?.on(self.day?)
    }

    /// The moment, if day and time are known; `otherwise` is the zone to take where the text says none.
    #[must_use]
    pub fn instant(&self, otherwise: Zone) -> Option<DateTime<FixedOffset>> {
        self.zone.unwrap_or(otherwise).instant(self.local()?)
    }

    /// The moment as it is kept: a day alone is a range, a row without a day keeps its place only.
    /// `otherwise` is the zone to take where the text says none.
    ///
    /// # Errors
    /// [`PartsProblem`] if no part of the row can be kept; a row without a readable moment is none.
    pub fn when(&self, otherwise: Tz) -> Result<When, PartsProblem> {
        let typed = one_line(&self.typed);
        let zone = self.zone.unwrap_or(Zone::Place(otherwise));
        let (at, until, precision) = self.parts(zone);
        When::from_parts(&typed, at, until, precision)
            .or_else(|_| When::from_parts(&typed, None, None, Precision::Unknown))
            .or_else(|_| When::from_parts(NOT_KNOWN, None, None, Precision::Unknown))
    }

    fn parts(&self, zone: Zone) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>, Precision) {
        let instant = |local: NaiveDateTime| zone.instant(local).map(|found| found.to_utc());
        let begin = self
            .local()
            .or_else(|| self.day.map(|day| day.and_time(NaiveTime::MIN)));
        let end = self.until.or_else(|| self.whole_day());
        let at = begin.and_then(instant);
        let until = end
            .and_then(instant)
            .filter(|end| at.is_some_and(|at| *end > at));
        let precision = match (at, until) {
            (None, _) => Precision::Unknown,
            (Some(_), Some(_)) => Precision::Range,
            _ if self.flags.contains(&Flag::About) => Precision::About,
            _ if self.clock.is_some_and(|clock| clock.to_the_second) => Precision::Exact,
            _ => Precision::Minute,
        };
        (at, until, precision)
    }

    /// The end of the day of a row without a time.
    fn whole_day(&self) -> Option<NaiveDateTime> {
        let next = self
            .day
            .filter(|_| self.clock.is_none())?
            .checked_add_days(Days::new(1))?;
        Some(next.and_time(NaiveTime::MIN))
    }
}

/// A text that fits where moments are kept: one line, not too long, not empty.
fn one_line(typed: &str) -> String {
    let line: String = typed
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|character| !character.is_control())
        .take(TYPED)
        .collect();
    if line.trim().is_empty() {
        NOT_KNOWN.to_owned()
    } else {
        line
    }
}
