//! Finds the instants of a reading, or the question to ask.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::ask;
use super::calendar::Almanac;
use super::digits;
use super::local::{Frame, local_day};
use super::moment::complete;
use super::problem::{Choice, Note, Problem, shorten};
use super::reading::{After, ClockText, DateText, Moment, Reading};
use super::roll::{day_of, own_day};
use super::spot::{Place, Spot, spot};
use super::value::{Precision, When, is_out_of_range};
use super::{Context, Read};

/// Finds the instants of a reading. `typed` is the cleaned text.
///
/// # Errors
///
/// Every [`Problem`] but those of the text itself.
pub(super) fn resolve(reading: Reading, typed: &str, context: &Context) -> Result<Read, Problem> {
    let resolver = Resolver {
        typed,
        context,
        almanac: Almanac {
            row: context.previous.map(|at| local_day(context.zone, at)),
            story: context.day,
            today: local_day(context.zone, context.now),
        },
    };
    let mut notes = Vec::new();
    match digits::settle(reading, context, &mut notes) {
        Reading::Unknown => resolver.read(None, None, Precision::Unknown, notes),
        Reading::Epoch(at) => resolver.read(Some(at), None, Precision::Exact, notes),
        Reading::After(after) => resolver.after(after),
        Reading::One(moment) => resolver.one(&moment, None, notes),
        Reading::Same(moment, other) => resolver.one(&moment, Some(&other), notes),
        Reading::Two(first, second) => resolver.two(first, second, notes),
    }
}

struct Resolver<'a> {
    typed: &'a str,
    context: &'a Context,
    almanac: Almanac,
}

impl Resolver<'_> {
    fn spot(&self, moment: &Moment, fallback: Option<NaiveDate>) -> Result<Spot, Problem> {
        spot(moment, fallback, &self.almanac, self.context.zone)
    }

    /// One moment; `other` is the same one told in another way.
    fn one(
        &self,
        moment: &Moment,
        other: Option<&Moment>,
        mut notes: Vec<Note>,
    ) -> Result<Read, Problem> {
        ask::about_dates(self.typed, &[Some(moment), other], &self.almanac)?;
        let fallback = match moment.has_day() {
            true => None,
            false => {
                let on = |day| self.spot(moment, Some(day))?.latest();
                Some(day_of(moment, self.typed, self.context, &mut notes, on)?)
            }
        };
        let mut spot = self.spot(moment, fallback)?;
        notes.append(&mut spot.notes);
        if let Some(other) = other {
            self.compare(&mut spot, other, &mut notes)?;
        }
        let mark = if moment.about { "~" } else { "" };
        let [place] = spot.places.as_slice() else {
            let choices = spot.places.iter().map(|place| Choice {
                label: place.choice.label.clone(),
                typed: format!("{mark}{}", place.choice.typed),
            });
            return Err(spot.question(choices.collect()));
        };
        let precision = match (place.until, moment.about, moment.clock) {
            (Some(_), _, _) => Precision::Range,
            (None, true, _) => Precision::About,
            (None, false, Some(ClockText::Time(time))) if time.second.is_some() => Precision::Exact,
            _ => Precision::Minute,
        };
        self.read(Some(place.start), place.until, precision, notes)
    }

    /// Keeps of the places only those that the second telling names too. It may settle which
    /// 01:30 is meant; when there is none left, the two contradict each other.
    fn compare(
        &self,
        spot: &mut Spot,
        other: &Moment,
        notes: &mut Vec<Note>,
    ) -> Result<(), Problem> {
        let Some(start) = spot.places.first().map(|place| place.start) else {
            return Ok(());
        };
        let day = own_day(other, start, self.context)?;
        let mut twin = self.spot(other, Some(day))?;
        let is_told_twice = |place: &&Place| twin.places.iter().any(|t| t.start == place.start);
        let same: Vec<Place> = spot.places.iter().filter(is_told_twice).cloned().collect();
        if same.is_empty() {
            let both = spot.places.iter().chain(&twin.places);
            let choices = both.map(|place| place.choice.clone()).collect();
            return Err(Problem::TwoTimes { choices });
        }
        spot.places = same;
        notes.append(&mut twin.notes);
        Ok(())
    }

    fn two(
        &self,
        mut first: Moment,
        mut second: Moment,
        mut notes: Vec<Note>,
    ) -> Result<Read, Problem> {
        share(&mut first, &mut second);
        ask::about_dates(self.typed, &[Some(&first), Some(&second)], &self.almanac)?;
        let fallback = match first.has_day() {
            true => None,
            false => {
                let on = |day| {
                    let (early, late) = self.ends(&first, &second, Some(day))?;
                    Ok((early.latest()?.0, late.latest()?.1))
                };
                Some(day_of(&first, self.typed, self.context, &mut notes, on)?)
            }
        };
        let (mut early, mut late) = self.ends(&first, &second, fallback)?;
        notes.append(&mut early.notes);
        notes.append(&mut late.notes);
        let mut pairs: Vec<(&Place, &Place)> = Vec::new();
        for one in &early.places {
            let later = late.places.iter().filter(|other| other.end() >= one.start);
            pairs.extend(later.map(|other| (one, other)));
        }
        match pairs.as_slice() {
            [] => Err(Problem::EndsBeforeStart),
            [(one, other)] if one.start == other.end() => {
                self.read(Some(one.start), None, Precision::Minute, notes)
            }
            [(one, other)] => {
                self.read(Some(one.start), Some(other.end()), Precision::Range, notes)
            }
            _ => {
                let doubtful = if early.doubt.is_some() { &early } else { &late };
                let choices = pairs.iter().map(|(one, other)| Choice {
                    label: format!("{} to {}", one.choice.label, other.choice.label),
                    typed: format!("{} - {}", one.choice.typed, other.choice.typed),
                });
                Err(doubtful.question(choices.collect()))
            }
        }
    }

    /// The two ends of a range. An end without a day lies on the first day, or on the next one
    /// when it would come before the beginning: "23:50-00:10".
    fn ends(
        &self,
        first: &Moment,
        second: &Moment,
        fallback: Option<NaiveDate>,
    ) -> Result<(Spot, Spot), Problem> {
        let early = self.spot(first, fallback)?;
        if second.has_day() {
            return Ok((early, self.spot(second, None)?));
        }
        let Some(start) = early.places.first().map(|place| place.start) else {
            return Err(Problem::EndsBeforeStart);
        };
        let day = own_day(second, start, self.context)?;
        let same_day = self.spot(second, Some(day))?;
        if same_day.latest()?.1 >= start {
            return Ok((early, same_day));
        }
        let mut late = self.spot(second, day.succ_opt())?;
        let (end, _) = late.latest()?;
        late.notes.push(Note::EndsNextDay {
            day: local_day(self.context.zone, end),
        });
        Ok((early, late))
    }

    /// "+5m" and "+2d".
    fn after(&self, after: After) -> Result<Read, Problem> {
        let Some(row) = self.context.previous else {
            return Err(Problem::NeedsRowAbove {
                typed: shorten(self.typed),
            });
        };
        let mut start = row;
        if after.days > 0 {
            let frame = Frame::Zone(self.context.zone);
            let clocks = frame.clocks_at(row);
            let day = clocks.date().checked_add_days(Days::new(after.days));
            let day = day.ok_or(Problem::OutOfRange)?;
            // In a gap or a fold the first instant will do: days later is not meant to the hour.
            let located = frame.locate(day.and_time(clocks.time()));
            start = *located.instants.first().ok_or(Problem::OutOfRange)?;
        }
        let at = start.checked_add_signed(after.passes);
        let at = at.ok_or(Problem::OutOfRange)?;
        self.read(Some(at), None, after.precision, Vec::new())
    }

    fn read(
        &self,
        at: Option<DateTime<Utc>>,
        until: Option<DateTime<Utc>>,
        precision: Precision,
        mut notes: Vec<Note>,
    ) -> Result<Read, Problem> {
        if [at, until].into_iter().flatten().any(is_out_of_range) {
            return Err(Problem::OutOfRange);
        }
        if let (Some(at), Some(row)) = (at, self.context.previous)
            && until.unwrap_or(at + slack(precision)) < row
        {
            notes.push(Note::OutOfOrder { by: row - at });
        }
        if at.is_some_and(|at| at > self.context.now + TimeDelta::minutes(5)) {
            notes.push(Note::InTheFuture);
        }
        let when = When::from_parts(self.typed, at, until, precision);
        let when = when.map_err(|_| Problem::unreadable(self.typed))?;
        Ok(Read { when, notes })
    }
}

/// How much later than its instant a moment may really have been.
fn slack(precision: Precision) -> TimeDelta {
    match precision {
        Precision::Minute => TimeDelta::minutes(1),
        Precision::About => TimeDelta::minutes(30),
        _ => TimeDelta::zero(),
    }
}

/// What was typed at one end of a range holds for the other: "14:10-14:25 UTC",
/// "14 Oct - 16 Oct 2026", "14:10 to 14:25 on 14 Oct 2026".
fn share(first: &mut Moment, second: &mut Moment) {
    if first.zone.is_none() {
        first.zone = second.zone.clone();
    } else if second.zone.is_none() {
        second.zone = first.zone.clone();
    }
    if !first.has_day() && second.date.is_some() && second.clock.is_some() {
        first.date = second.date.clone();
    }
    let year = match second.date {
        Some(DateText::Day { year, .. }) => Some(year),
        Some(DateText::Month { year, .. }) => year,
        _ => None,
    };
    if let Some(year) = year {
        first.date = first.date.take().map(|date| complete(date, year));
    }
}
