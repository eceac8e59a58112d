//! Clock times under the figure: as many as there is room for, the first behind each long pause among them.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;

use super::axis::Axis;
use super::{Px, labels};
use crate::domain::timeline::Event;
use crate::domain::when::{day_in_year, minutes};

/// The least distance between two ticks.
const APART: f64 = 52.0;
/// The least distance between the labels of two ticks.
const SPACE: f64 = 6.0;
/// Seconds are shown in stories up to this length in which something happened twice within a minute.
const SECONDS: TimeDelta = TimeDelta::hours(1);

/// A clock time under the lanes.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Its place.
    pub x: Px,
    /// "05:06", or "14 Oct" where the year changes or only a day is known.
    pub text: String,
    /// "14 Oct" or "2026", where it is not that of the tick before.
    pub below: Option<String>,
}

/// An instant that may get a tick.
struct Candidate {
    x: f64,
    local: chrono::NaiveDateTime,
    /// Only the day is known.
    whole_day: bool,
    /// The first of all, or behind a long pause.
    wanted: bool,
}

/// Chooses the ticks from left to right. The date is shown at the first tick and after midnight.
pub(super) fn ticks(events: &[&Event], axis: &Axis, zone: Tz) -> Vec<Tick> {
    let candidates = candidates(events, axis, zone);
    let seconds = need_seconds(&candidates);
    let years = match (candidates.first(), candidates.last()) {
        (Some(first), Some(last)) => first.local.year() != last.local.year(),
        _ => false,
    };
    let mut ticks: Vec<Tick> = Vec::new();
    let mut taken: Option<(f64, f64, NaiveDate)> = None; // place, half width, day of the last tick
    for (index, candidate) in candidates.iter().enumerate() {
        let before = taken.map(|(_, _, day)| day);
        let tick = tick(candidate, before, seconds, years);
        let half = half_width(&tick);
        let reach = |x: f64, width: f64| (half + width + SPACE).max(APART) + x;
        if taken.is_some_and(|(x, width, _)| candidate.x < reach(x, width)) {
            continue;
        }
        let rest = candidates.iter().skip(index + 1);
        let next = rest
            .filter(|other| other.wanted)
            .map(|other| other.x)
            .next();
        if !candidate.wanted
            && next.is_some_and(|x| candidate.x + APART.max(2.0 * half + SPACE) > x)
        {
            continue;
        }
        if ticks.last().is_some_and(|last| last.text == tick.text) && tick.below.is_none() {
            continue;
        }
        taken = Some((candidate.x, half, candidate.local.date()));
        ticks.push(tick);
    }
    ticks
}

fn candidates(events: &[&Event], axis: &Axis, zone: Tz) -> Vec<Candidate> {
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
    let midnight = |at: DateTime<Utc>| local(at).time() == NaiveTime::MIN;
    let mut instants: Vec<(DateTime<Utc>, bool)> = Vec::new();
    for event in events {
        let (Some(at), until) = (event.when.at(), event.when.until()) else {
            continue;
        };
        let whole_day = midnight(at) && until.is_some_and(midnight);
        instants.push((at, whole_day));
        instants.extend(until.filter(|_| !whole_day).map(|until| (until, false)));
    }
    instants.sort_unstable();
    instants.dedup_by_key(|(at, _)| *at);
    let mut candidates: Vec<Candidate> = Vec::new();
    for (at, whole_day) in instants {
        let x = axis.x(at);
        let before = candidates.last().map(|candidate| candidate.x);
        let behind_pause = before.is_none_or(|before| {
            let mut pauses = axis.pauses.iter();
            pauses.any(|pause| before <= pause.from.0 && pause.to.0 <= x)
        });
        candidates.push(Candidate {
            x,
            local: local(at),
            whole_day,
            wanted: behind_pause,
        });
    }
    candidates
}

fn need_seconds(candidates: &[Candidate]) -> bool {
    let span = match (candidates.first(), candidates.last()) {
        (Some(first), Some(last)) => last.local - first.local,
        _ => TimeDelta::zero(),
    };
    let minute = |candidate: &Candidate| candidate.local.with_second(0);
    let mut pairs = candidates.iter().zip(candidates.iter().skip(1));
    span <= SECONDS && pairs.any(|(one, other)| minute(one) == minute(other))
}

fn tick(candidate: &Candidate, before: Option<NaiveDate>, seconds: bool, years: bool) -> Tick {
    let local = candidate.local;
    let new_day = before != Some(local.date());
    let new_year = before.map(|day| day.year()) != Some(local.year());
    let day = || day_in_year(local.date());
    let (text, below) = if candidate.whole_day || (years && new_year) {
        (day(), new_year.then(|| local.year().to_string()))
    } else if seconds {
        (local.format("%H:%M:%S").to_string(), new_day.then(day))
    } else {
        (minutes(local), new_day.then(day))
    };
    Tick {
        x: Px(candidate.x),
        text,
        below,
    }
}

fn half_width(tick: &Tick) -> f64 {
    let below = tick.below.as_deref().unwrap_or_default();
    labels::small(&tick.text).max(labels::small(below)) / 2.0
}
