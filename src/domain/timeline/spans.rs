//! Durations derived from markers; a missing marker is named, never invented.

use chrono::TimeDelta;

use super::{Event, Marker, marked};
use crate::domain::when::Precision;

/// A stretch between two markers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What the stretch means, as people say it.
    pub label: &'static str,
    /// Where it starts.
    pub from: Marker,
    /// Where it ends.
    pub to: Marker,
    /// How long it was, or which markers have no known moment.
    pub length: Result<TimeDelta, Vec<Marker>>,
    /// Whether either end is only approximately known.
    pub about: bool,
}

/// The stretches people ask about, in order of time.
const ASKED: [(&str, Marker, Marker); 4] = [
    (
        "until there was a first sign",
        Marker::ImpactBegan,
        Marker::FirstSign,
    ),
    (
        "from the first sign until someone knew",
        Marker::FirstSign,
        Marker::SomeoneKnew,
    ),
    (
        "until it was mitigated",
        Marker::FirstSign,
        Marker::Mitigated,
    ),
    ("from beginning to end", Marker::ImpactBegan, Marker::Over),
];

/// Derives every asked stretch from the markers of a timeline.
///
/// A stretch that would run backwards is reported as missing both ends, because nothing lasts a negative time: either
/// it did not happen in this order (a first sign before impact began is a warning), or a marker stands elsewhere.
#[must_use]
pub fn spans(events: &[Event]) -> Vec<Span> {
    ASKED
        .into_iter()
        .map(|(label, from, to)| span(events, label, from, to))
        .collect()
}

fn span(events: &[Event], label: &'static str, from: Marker, to: Marker) -> Span {
    let (start, end) = (marked(events, from), marked(events, to));
    let instant = |event: Option<&Event>| event.and_then(|event| event.when.at());
    let length = match (instant(start), instant(end)) {
        (Some(start), Some(end)) if end >= start => Ok(end - start),
        (Some(_), Some(_)) => Err(vec![from, to]),
        (start, end) => Err([(start, from), (end, to)]
            .into_iter()
            .filter_map(|(at, marker)| at.is_none().then_some(marker))
            .collect()),
    };
    let vague = |event: Option<&Event>| {
        event.is_some_and(|event| {
            matches!(event.when.precision(), Precision::About | Precision::Range)
        })
    };
    Span {
        label,
        from,
        to,
        length,
        about: vague(start) || vague(end),
    }
}
