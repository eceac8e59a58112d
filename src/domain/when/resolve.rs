//! Finds the instants of a reading: the day of a clock time alone, ranges, and what to ask.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::calendar::Almanac;
use super::digits;
use super::local::{Frame, local_day, midnight};
use super::problem::{Choice, Note, Problem, shorten};
use super::reading::{After, ClockText, DateText, Moment, Reading};
use super::spot::{Place, Spot, frame, spot};
use super::value::{Precision, When, is_out_of_range};
use super::{Context, Read};

/// How far before the row above a clock time alone may lie and still be taken for one that is
/// merely out of order. Among 2,500 rows of published timelines, those that were out of order
/// lay up to five and a half hours back, nearly all under three; those of the next morning that
/// carried no date began at six hours. Longer ways back lead to the next day.
const OUT_OF_ORDER: TimeDelta = TimeDelta::hours(6);

/// How far back over midnight: 23:50 behind 00:10 belongs to the evening before.
const OVER_MIDNIGHT: TimeDelta = TimeDelta::hours(1);

/// Finds the instants of a reading. `typed` is the cleaned text.
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
        Reading::One(moment) => resolver.one(&moment, notes),
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

    fn one(&self, moment: &Moment, mut notes: Vec<Note>) -> Result<Read, Problem> {
        self.ask_for_date(&[moment])?;
        let fallback = self.day_of(moment, &mut notes, |day| {
            Ok(self.spot(moment, Some(day))?.latest())
        })?;
        let mut spot = self.spot(moment, fallback)?;
        notes.append(&mut spot.notes);
        let mark = if moment.about { "~" } else { "" };
        let [place] = spot.places.as_slice() else {
            let choices = spot.places.iter().map(|place| Choice {
                label: place.choice.label.clone(),
                typed: format!("{mark}{}", place.choice.typed),
            });
            let question = spot.question(choices.collect());
            return Err(question.unwrap_or_else(|| Problem::unreadable(self.typed)));
        };
        let precision = match (place.until, moment.about, &moment.clock) {
            (Some(_), _, _) => Precision::Range,
            (None, true, _) => Precision::About,
            (None, false, Some(ClockText::Time(time))) if time.second.is_some() => Precision::Exact,
            _ => Precision::Minute,
        };
        self.read(Some(place.start), place.until, precision, notes)
    }

    fn two(
        &self,
        mut first: Moment,
        mut second: Moment,
        mut notes: Vec<Note>,
    ) -> Result<Read, Problem> {
        share(&mut first, &mut second);
        self.ask_for_date(&[&first, &second])?;
        let fallback = self.day_of(&first, &mut notes, |day| {
            Ok(self.ends(&first, &second, Some(day))?.1.latest())
        })?;
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
                let question = if early.doubt.is_some() { &early } else { &late };
                let choices = pairs.iter().map(|(one, other)| Choice {
                    label: format!("{} to {}", one.choice.label, other.choice.label),
                    typed: format!("{} - {}", one.choice.typed, other.choice.typed),
                });
                let question = question.question(choices.collect());
                Err(question.unwrap_or(Problem::EndsBeforeStart))
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
        let day = self.own_day(second, start)?;
        let same_day = self.spot(second, Some(day))?;
        if same_day.latest().is_some_and(|end| end >= start) {
            return Ok((early, same_day));
        }
        let mut late = self.spot(second, day.succ_opt())?;
        let end = late.latest().unwrap_or(start);
        late.notes.push(Note::EndsNextDay {
            day: local_day(self.context.zone, end),
        });
        Ok((early, late))
    }

    /// The day of a moment that names none; `None` for one that does. `end` tells when the
    /// whole would end on a given day.
    ///
    /// It is the first day on which it does not lie too far before the row above, starting with
    /// the day before the row's own: see [`OVER_MIDNIGHT`] and [`OUT_OF_ORDER`].
    fn day_of(
        &self,
        moment: &Moment,
        notes: &mut Vec<Note>,
        end: impl Fn(NaiveDate) -> Result<Option<DateTime<Utc>>, Problem>,
    ) -> Result<Option<NaiveDate>, Problem> {
        if moment.has_day() {
            return Ok(None);
        }
        let Some(row) = self.context.previous else {
            let day = self.story_day(&end)?;
            notes.extend(self.context.day.map(|day| Note::DayAssumed { day }));
            return Ok(Some(day));
        };
        let same = self.own_day(moment, row)?;
        let reaches = |day: Option<NaiveDate>, back: TimeDelta| {
            let Some(day) = day else { return Ok(None) };
            let fits = end(day)?.is_some_and(|at| at + back >= row);
            Ok(fits.then_some(day))
        };
        if let Some(day) = reaches(same.pred_opt(), OVER_MIDNIGHT)? {
            return Ok(Some(day));
        }
        if let Some(day) = reaches(Some(same), OUT_OF_ORDER)? {
            return Ok(Some(day));
        }
        let next = same.succ_opt().ok_or(Problem::OutOfRange)?;
        let at = end(next)?.unwrap_or(row);
        notes.push(Note::RolledPastMidnight {
            day: local_day(self.context.zone, at),
        });
        Ok(Some(next))
    }

    /// Without a row above: the day of the story. A time typed in another zone is taken on the
    /// day there that brings it onto the story's day here.
    fn story_day(
        &self,
        end: impl Fn(NaiveDate) -> Result<Option<DateTime<Utc>>, Problem>,
    ) -> Result<NaiveDate, Problem> {
        let Some(day) = self.context.day else {
            let today = self.almanac.today;
            return Err(Problem::NeedsDay {
                example: format!("{today} {}", shorten(self.typed)),
            });
        };
        let near = [Some(day), day.pred_opt(), day.succ_opt()];
        for there in near.into_iter().flatten() {
            let tick = TimeDelta::microseconds(1);
            let here = end(there)?.map(|at| local_day(self.context.zone, at - tick));
            if here == Some(day) {
                return Ok(there);
            }
        }
        Ok(day)
    }

    /// The day on which an instant lies where a moment's clock stands.
    fn own_day(&self, moment: &Moment, at: DateTime<Utc>) -> Result<NaiveDate, Problem> {
        let clocks = Frame::Zone(self.context.zone).clocks_at(at);
        let (frame, _) = frame(moment, clocks, self.context.zone)?;
        Ok(frame.clocks_at(at).date())
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
            let days = Days::new(after.days.unsigned_abs());
            let day = clocks.date().checked_add_days(days);
            let day = day.filter(|day| midnight(*day).and_utc() < DateTime::<Utc>::MAX_UTC);
            let day = day.ok_or(Problem::OutOfRange)?;
            // In a gap or a fold the first instant will do: days later is not meant to the hour.
            let located = frame.locate(day.and_time(clocks.time()));
            start = *located.instants.first().ok_or(Problem::OutOfRange)?;
        }
        let at = start.checked_add_signed(after.passes);
        let at = at.ok_or(Problem::OutOfRange)?;
        self.read(Some(at), None, after.precision, Vec::new())
    }

    /// 05/06/2026: both meanings, the one nearer to the row above or to the story's day first.
    fn ask_for_date(&self, moments: &[&Moment]) -> Result<(), Problem> {
        let mut meanings = [(self.typed.to_owned(), None), (self.typed.to_owned(), None)];
        let mut typed = None;
        for moment in moments.iter().rev() {
            let Some(DateText::Ambiguous {
                year,
                one,
                two,
                place,
            }) = &moment.date
            else {
                continue;
            };
            typed = self.typed.get(place.clone()).map(str::to_owned);
            for ((text, date), (month, day)) in
                meanings.iter_mut().zip([(*two, *one), (*one, *two)])
            {
                *date = NaiveDate::from_ymd_opt(*year, month, day);
                let date = date.ok_or(Problem::OutOfRange)?;
                if text.get(place.clone()).is_some() {
                    text.replace_range(place.clone(), &date.to_string());
                }
            }
        }
        let Some(typed) = typed else { return Ok(()) };
        let near = self.almanac.row.or(self.almanac.story);
        let near = near.unwrap_or(self.almanac.today);
        let mut found: Vec<(String, NaiveDate)> = Vec::new();
        for (text, date) in meanings {
            found.extend(date.map(|date| (text, date)));
        }
        found.sort_by_key(|(_, date)| (*date - near).num_days().abs());
        let choices = found.into_iter().map(|(typed, date)| Choice {
            label: super::display::day_text(date),
            typed,
        });
        Err(Problem::AmbiguousDate {
            typed,
            choices: choices.collect(),
        })
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
    if let Some(
        DateText::Day { year, .. }
        | DateText::Month {
            year: Some(year), ..
        },
    ) = second.date
    {
        let date = first.date.take();
        first.date = date.map(|date| super::parse::complete(date, Some(year)));
    }
}
