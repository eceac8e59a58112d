//! The timeline: events in lanes, markers, and what follows from them.

pub mod figure; // the timeline as a figure
mod order; // the order of the rows
pub mod paste; // many rows at once
mod pauses; // which stretches without events are long
#[cfg(test)]
mod samples;
mod spans; // durations derived from markers
pub mod story; // the timeline as one reads it

pub use order::{fits_at, last_instant, place_in_time, sorted};
pub use spans::{Span, spans};

use super::codes::coded;
use super::ids::{EventId, Version};
use super::text::{Line, Prose};
use super::when::When;

coded! {
    /// Whose side of the story an event tells.
    Lane {
        /// The system, the world.
        Happened = "happened", "Happened";
        /// What people saw or were told.
        Saw = "saw", "People saw";
        /// What people did.
        Did = "did", "People did";
    }
}

coded! {
    /// A moment from which durations are derived; each at most once in a timeline.
    Marker {
        /// Harm began.
        ImpactBegan = "impact-began", "Impact began";
        /// The first sign that somebody could have seen. (Not: that somebody understood.)
        FirstSign = "first-sign", "First sign";
        /// Somebody knew.
        SomeoneKnew = "someone-knew", "Someone knew";
        /// The harm was contained.
        Mitigated = "mitigated", "Mitigated";
        /// It was over.
        Over = "over", "Over";
    }
}

coded! {
    /// What an event did to the course of things.
    Effect {
        /// It helped.
        Helped = "helped", "Helped";
        /// It made things worse.
        Worse = "worse", "Made it worse";
    }
}

/// One row of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The record.
    pub id: EventId,
    /// Its place in the list, counted from 0.
    pub position: i32,
    /// When, as typed and as read.
    pub when: When,
    /// Whose side it tells.
    pub lane: Lane,
    /// Which moment it marks.
    pub marker: Option<Marker>,
    /// What happened, in plain words.
    pub text: Prose,
    /// The role concerned; never a name.
    pub role: Option<Line>,
    /// Where it can be seen: the address of a message, a graph, a ticket.
    pub source: Option<String>,
    /// What it did to the course of things.
    pub effect: Option<Effect>,
    /// Whether it was known at the time; `None` if nobody said.
    pub known_at_the_time: Option<bool>,
    /// Counts its saved versions.
    pub version: Version,
}

/// The event that carries a marker.
#[must_use]
pub fn marked(events: &[Event], marker: Marker) -> Option<&Event> {
    events.iter().find(|event| event.marker == Some(marker))
}

/// The first pair of neighbours in which the later row lies before the earlier one.
///
/// Rows without an instant keep their place and are skipped.
#[must_use]
pub fn out_of_order(events: &[Event]) -> Option<(&Event, &Event)> {
    let dated: Vec<&Event> = events
        .iter()
        .filter(|event| event.when.at().is_some())
        .collect();
    dated.windows(2).find_map(|pair| match pair {
        [earlier, later] if later.when.at() < earlier.when.at() => Some((*earlier, *later)),
        _ => None,
    })
}
