//! The places on the line of instants that one moment may mean.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::abbreviation;
use super::calendar::{Almanac, DaySpan};
use super::display::{day_text, zone_text};
use super::local::{Doubt, Frame, midnight, offset_at};
use super::problem::{Choice, Note, Problem};
use super::reading::{ClockText, Moment, Time, ZoneText};
use super::roll::Extent;

/// One moment, on a day: a single place, or two to choose from.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) doubt: Option<Doubt>,
    /// The zone's name and the time as a person typed it, for the question.
    pub(super) zone: String,
    pub(super) shown: String,
    /// Never empty; the earlier first.
    pub(super) places: Vec<Place>,
    pub(super) notes: Vec<Note>,
}

/// An instant, or a stretch of time.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) start: DateTime<Utc>,
    pub(super) until: Option<DateTime<Utc>>,
    pub(super) choice: Choice,
}

impl Place {
    /// The end of a stretch, or the instant itself.
    pub(super) fn end(&self) -> DateTime<Utc> {
        self.until.unwrap_or(self.start)
    }
}

impl Spot {
    /// The latest beginning and end that may be meant.
    pub(super) fn latest(&self) -> Result<Extent, Problem> {
        let last = self.places.last().ok_or(Problem::OutOfRange)?;
        Ok((last.start, last.end()))
    }

    /// The question to ask when there is more than one place.
    pub(super) fn question(&self, choices: Vec<Choice>) -> Problem {
        let (zone, clock) = (self.zone.clone(), self.shown.clone());
        match self.doubt {
            Some(Doubt::Gap) => Problem::Gap {
                zone,
                clock,
                choices,
            },
            Some(Doubt::Fold) | None => Problem::Fold {
                zone,
                clock,
                choices,
            },
        }
    }
}

/// Places a moment; `fallback` is its day when it names none.
pub(super) fn spot(
    moment: &Moment,
    fallback: Option<NaiveDate>,
    almanac: &Almanac,
    story: Tz,
) -> Result<Spot, Problem> {
    let mut notes = Vec::new();
    let days = almanac.days(moment, fallback, &mut notes)?;
    let days = days.ok_or(Problem::OutOfRange)?;
    let mut spot = match moment.clock {
        None | Some(ClockText::Unknown | ClockText::Digits(_)) => whole_days(&days, story)?,
        Some(_) if !days.is_one_day() => return Err(Problem::NeedsOneDay),
        Some(ClockText::Hour(hour)) => {
            let from = midnight(days.first) + TimeDelta::hours(hour.into());
            let (frame, note) = frame(moment, from, story)?;
            notes.extend(note);
            whole_hour(from, frame, story)
        }
        Some(ClockText::Time(time)) => {
            let clocks = midnight(days.first) + time.since_midnight();
            let (frame, note) = frame(moment, clocks, story)?;
            notes.extend(note);
            one_time(clocks, &time, frame, story)
        }
    };
    spot.notes = notes;
    Ok(spot)
}

/// What a moment's clock time is read against.
pub(super) fn frame(
    moment: &Moment,
    clocks: NaiveDateTime,
    story: Tz,
) -> Result<(Frame, Option<Note>), Problem> {
    match &moment.zone {
        None => Ok((Frame::Zone(story), None)),
        Some(ZoneText::Fixed(offset)) => Ok((Frame::Fixed(*offset), None)),
        Some(ZoneText::Named(tz)) => Ok((Frame::Zone(*tz), None)),
        Some(ZoneText::Abbreviation(short)) => abbreviation::settle(short, clocks, story),
    }
}

fn zone_name(frame: Frame, story: Tz) -> Tz {
    match frame {
        Frame::Zone(tz) => tz,
        Frame::Fixed(_) => story,
    }
}

/// A clock time: its instants in that frame.
fn one_time(clocks: NaiveDateTime, time: &Time, frame: Frame, story: Tz) -> Spot {
    let located = frame.locate(clocks);
    let tz = zone_name(frame, story);
    let pattern = match (time.second, time.micros) {
        (None, _) => "%H:%M",
        (Some(_), 0) => "%H:%M:%S",
        (Some(_), _) => "%H:%M:%S%.6f",
    };
    let shown = clocks.format(pattern).to_string();
    let place = |(rank, start): (usize, &DateTime<Utc>)| {
        let offset = offset_at(tz, *start);
        let local = start.with_timezone(&offset).naive_local();
        let time = local.format(pattern).to_string();
        let zone = zone_text(tz, *start);
        let label = match located.doubt {
            Some(Doubt::Fold) if rank == 0 => format!("the first {time} ({zone})"),
            Some(Doubt::Fold) => format!("the second {time} ({zone})"),
            _ if local.date() == clocks.date() => format!("{time} ({zone})"),
            _ => format!("{} {time} ({zone})", day_text(local.date())),
        };
        let typed = format!("{} {time} {offset}", local.date());
        Place {
            start: *start,
            until: None,
            choice: Choice { label, typed },
        }
    };
    Spot {
        doubt: located.doubt,
        zone: tz.name().to_owned(),
        shown: format!("{shown} on {}", day_text(clocks.date())),
        places: located.instants.iter().enumerate().map(place).collect(),
        notes: Vec::new(),
    }
}

/// An hour whose minutes are not known. An hour that came twice is two hours long; one that the
/// clocks left out is asked about.
fn whole_hour(from: NaiveDateTime, frame: Frame, story: Tz) -> Spot {
    let tz = zone_name(frame, story);
    let hour = TimeDelta::hours(1);
    let place = |start: DateTime<Utc>, until: DateTime<Utc>| {
        let offset = frame.offset_at(start);
        let local = start.with_timezone(&offset).naive_local();
        let text = local.format("%H:??").to_string();
        Place {
            start,
            until: Some(until),
            choice: Choice {
                label: format!("{text} ({})", zone_text(tz, start)),
                typed: format!("{} {text} {offset}", local.date()),
            },
        }
    };
    let (doubt, places) = match frame.stretch(from, from + hour) {
        Some((start, until)) => (None, vec![place(start, until)]),
        None => {
            let instants = frame.locate(from).instants;
            let places = instants.into_iter().map(|start| place(start, start + hour));
            (Some(Doubt::Gap), places.collect())
        }
    };
    Spot {
        doubt,
        zone: tz.name().to_owned(),
        shown: format!("{} on {}", from.format("%H:??"), day_text(from.date())),
        places,
        notes: Vec::new(),
    }
}

/// Days, a month or a year in the story's zone. A day that the zone left out, as Apia did when
/// it crossed the date line, is asked about.
fn whole_days(days: &DaySpan, story: Tz) -> Result<Spot, Problem> {
    let frame = Frame::Zone(story);
    let place = |first: NaiveDate, after: NaiveDate| {
        let (start, until) = frame.stretch(midnight(first), midnight(after))?;
        let choice = Choice {
            label: day_text(first),
            typed: first.to_string(),
        };
        Some(Place {
            start,
            until: Some(until),
            choice,
        })
    };
    let (doubt, places) = match place(days.first, days.after) {
        Some(place) => (None, vec![place]),
        None => {
            let before = days.first.pred_opt().and_then(|day| place(day, days.first));
            let next = days.after.succ_opt();
            let after = next.and_then(|next| place(days.after, next));
            (Some(Doubt::Gap), before.into_iter().chain(after).collect())
        }
    };
    if places.is_empty() {
        return Err(Problem::OutOfRange);
    }
    Ok(Spot {
        doubt,
        zone: story.name().to_owned(),
        shown: day_text(days.first),
        places,
        notes: Vec::new(),
    })
}
