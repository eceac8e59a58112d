//! The timeline as a figure: pure geometry, in the units of its view box of 960 by 236.
//!
//! Names of lanes stand in the left 140 units. Below each other: the length of long pauses, the bar of phases, three
//! lanes with their marks, the ticks. Long pauses are drawn short (see [`View::uncollapsed`]), so that the minutes in
//! which things happened have room. The list of the events is the content; the figure shows where the time went.
//!
//! **Invariant:** every coordinate is a finite number and everything lies within the view box.

mod axis; // instants to places
mod caption; // where the time went, in a sentence
mod labels; // how wide texts are
mod marks; // events in their lanes
mod phases; // not yet seen, responding, recovering
mod ticks; // clock times under the figure

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

pub use caption::caption;
pub use marks::{Mark, Number, Shape};
pub use phases::{Phase, PhaseKind};
pub use ticks::Tick;

use super::{Event, Lane, Marker, marked, pauses, story};
use crate::domain::when::{day_text, duration, minutes};
use axis::Axis;

/// The width of the view box.
pub const WIDTH: f64 = 960.0;
/// The height of the view box.
pub const HEIGHT: f64 = 236.0;
/// Where the lanes begin and end.
const LEFT: f64 = 140.0;
const RIGHT: f64 = 940.0;
/// Where the first and the last instant lie: a mark's half width within the lanes.
const FIRST: f64 = 148.0;
const LAST: f64 = 932.0;
/// The lanes: the top of the first, the way to the next, the height.
const LANES_TOP: f64 = 64.0;
const LANES_STEP: f64 = 46.0;
const LANE_HEIGHT: f64 = 40.0;

/// A length or place in units of the view box, written with at most one decimal.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Px(pub f64);

impl std::fmt::Display for Px {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Whole tenths, because writing a fraction exactly takes ten times as long, and a figure has hundreds.
        #[expect(
            clippy::as_conversions,
            clippy::cast_possible_truncation,
            reason = "a drawing is a few thousand pixels wide"
        )]
        let tenths = (self.0 * 10.0).round() as i64;
        let sign = if tenths < 0 { "-" } else { "" };
        let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        match tenth {
            0 => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{tenth}"),
        }
    }
}

/// Which part of the story is drawn, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View {
    /// Leaves out what ended before.
    pub from: Option<DateTime<Utc>>,
    /// Leaves out what begins after.
    pub to: Option<DateTime<Utc>>,
    /// Draws long pauses at their length.
    pub uncollapsed: bool,
}

/// A part of the story that one may want to look at alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// "Impact only", "First hour".
    pub label: &'static str,
    /// Where it begins.
    pub from: DateTime<Utc>,
    /// Where it ends.
    pub to: DateTime<Utc>,
}

/// A lane of the figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaneRow {
    /// Whose side it tells.
    pub lane: Lane,
    /// Its upper edge.
    pub top: Px,
    /// The baseline of its name.
    pub baseline: Px,
}

/// A long pause that is drawn short.
#[derive(Debug, Clone, PartialEq)]
pub struct Break {
    /// The first dotted line.
    pub from: Px,
    /// The second dotted line.
    pub to: Px,
    /// The middle of its label; `None` where a longer pause needs the room.
    pub label_x: Option<Px>,
    /// How long it is: "6 h 25 min".
    pub length: String,
}

/// The whole figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it shows, with its first and last day and its zone.
    pub title: String,
    /// The lanes, from top to bottom.
    pub lanes: Vec<LaneRow>,
    /// Long pauses, from left to right.
    pub breaks: Vec<Break>,
    /// Phases, from left to right.
    pub phases: Vec<Phase>,
    /// Events, lane by lane.
    pub marks: Vec<Mark>,
    /// Clock times.
    pub ticks: Vec<Tick>,
    /// How many events have no known time and stand in the list only.
    pub undated: usize,
}

/// Draws a timeline. `None` if nothing in the view has a known time.
#[must_use]
pub fn figure(events: &[Event], zone: Tz, view: &View) -> Option<Figure> {
    let shown: Vec<&Event> = events.iter().filter(|event| is_in(event, view)).collect();
    let instants = pauses::instants(shown.iter().copied());
    let (first, last) = (instants.first()?, instants.last()?);
    let axis = Axis::new(&instants, view.uncollapsed);
    let numbers = story::numbers(events);
    Some(Figure {
        title: title(*first, *last, zone),
        lanes: lanes(),
        breaks: breaks(&axis),
        phases: phases::phases(events, &axis),
        marks: marks::marks(&shown, &axis, &numbers, zone),
        ticks: ticks::ticks(&shown, &axis, zone),
        undated: events
            .iter()
            .filter(|event| event.when.at().is_none())
            .count(),
    })
}

/// The parts of a story that are worth a link of their own; none if they would be the whole.
#[must_use]
pub fn windows(events: &[Event]) -> Vec<Window> {
    let instants = pauses::instants(events);
    let (Some(first), Some(last)) = (instants.first().copied(), instants.last().copied()) else {
        return Vec::new();
    };
    let moment = |marker| marked(events, marker).and_then(|event| event.when.at());
    let mut windows = Vec::new();
    if let (Some(from), Some(to)) = (moment(Marker::ImpactBegan), moment(Marker::Over))
        && from < to
        && (from, to) != (first, last)
    {
        windows.push(Window {
            label: "Impact only",
            from,
            to,
        });
    }
    let hour = first + TimeDelta::hours(1);
    if hour < last && instants.iter().any(|at| *at > first && *at <= hour) {
        windows.push(Window {
            label: "First hour",
            from: first,
            to: hour,
        });
    }
    windows
}

/// Whether any pause of a story is long enough to be drawn short.
#[must_use]
pub fn has_breaks(events: &[Event]) -> bool {
    let instants = pauses::instants(events);
    let cap = pauses::cap(&instants);
    let mut steps = instants.iter().zip(instants.iter().skip(1));
    steps.any(|(one, other)| *other - *one > cap)
}

fn is_in(event: &Event, view: &View) -> bool {
    let Some(at) = event.when.at() else {
        return false;
    };
    let end = event.when.until().unwrap_or(at);
    view.from.is_none_or(|from| end >= from) && view.to.is_none_or(|to| at <= to)
}

fn title(first: DateTime<Utc>, last: DateTime<Utc>, zone: Tz) -> String {
    let moment = |at: DateTime<Utc>| {
        let local = at.with_timezone(&zone);
        format!(
            "{} {}",
            day_text(local.date_naive()),
            minutes(local.naive_local())
        )
    };
    let zone = zone.name();
    if first == last {
        return format!("Timeline, {}, {zone}", moment(first));
    }
    format!("Timeline, {} to {}, {zone}", moment(first), moment(last))
}

fn lanes() -> Vec<LaneRow> {
    let rows = Lane::ALL.iter().enumerate();
    rows.map(|(index, lane)| {
        let top = LANES_TOP + LANES_STEP * fraction(index);
        LaneRow {
            lane: *lane,
            top: Px(top),
            baseline: Px(top + 24.5),
        }
    })
    .collect()
}

/// The middle of a lane.
fn middle(lane: Lane) -> f64 {
    let index = Lane::ALL.iter().position(|other| *other == lane);
    LANES_TOP + LANES_STEP * fraction(index.unwrap_or_default()) + LANE_HEIGHT / 2.0
}

fn breaks(axis: &Axis) -> Vec<Break> {
    let mut breaks: Vec<(TimeDelta, Break)> = axis
        .pauses
        .iter()
        .map(|pause| {
            let (from, to) = (pause.from.0, pause.to.0);
            let (middle, sixth) = (f64::midpoint(from, to), (to - from) / 6.0);
            let drawn = Break {
                from: Px(middle - sixth),
                to: Px(middle + sixth),
                label_x: None,
                length: duration(pause.length),
            };
            (pause.length, drawn)
        })
        .collect();
    label(&mut breaks);
    breaks.into_iter().map(|(_, drawn)| drawn).collect()
}

/// Labels the longest pauses first, as far as there is room.
fn label(breaks: &mut [(TimeDelta, Break)]) {
    let mut order: Vec<&mut (TimeDelta, Break)> = breaks.iter_mut().collect();
    order.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for (_, drawn) in order {
        let half = labels::small(&drawn.length) / 2.0;
        let middle = f64::midpoint(drawn.from.0, drawn.to.0).clamp(LEFT + half, RIGHT - half);
        let (from, to) = (middle - half - 3.0, middle + half + 3.0);
        if taken
            .iter()
            .all(|(start, end)| to <= *start || from >= *end)
        {
            taken.push((from, to));
            drawn.label_x = Some(Px(middle));
        }
    }
}

/// A count as a factor.
fn fraction(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests;
