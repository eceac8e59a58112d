//! The bar of phases: not yet seen, responding, recovering. Where a marker is missing an edge stays open.

use chrono::{DateTime, Utc};

use super::axis::Axis;
use super::{LEFT, Px, RIGHT, labels};
use crate::domain::timeline::{Event, Marker, marked};

/// The moments between which the phases lie, in their order.
pub(super) const BOUNDARIES: [Marker; 4] = [
    Marker::ImpactBegan,
    Marker::FirstSign,
    Marker::Mitigated,
    Marker::Over,
];
/// The length of a stub whose other end is not known.
const STUB: f64 = 28.0;
/// The least width that carries a label.
const LABELLED: f64 = 64.0;

/// What went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhaseKind {
    /// Signs were there before any harm was done.
    Warned,
    /// Harm was done and nobody could see it.
    Unseen,
    /// From the first sign until it was mitigated.
    Responding,
    /// Until it was over.
    Recovering,
    /// Several of these, with no known moment between them.
    Undivided,
}

/// A stretch of the bar. An edge is drawn only where its moment is known and in view.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// What went on.
    pub kind: PhaseKind,
    /// Where it begins.
    pub x: Px,
    /// How long it is.
    pub width: Px,
    /// Whether its beginning is known and in view.
    pub starts: bool,
    /// Whether its end is known and in view.
    pub ends: bool,
    /// Its name and half the width of the plate behind it, where there is room.
    pub label: Option<(String, Px)>,
}

impl Phase {
    /// Where its label stands.
    #[must_use]
    pub fn middle(&self) -> Px {
        Px(self.x.0 + self.width.0 / 2.0)
    }

    /// The left edge of the plate behind its label.
    #[must_use]
    pub fn plate(&self) -> Px {
        let half = self.label.as_ref().map_or(0.0, |(_, half)| half.0);
        Px(self.middle().0 - half)
    }

    /// The width of the plate behind its label.
    #[must_use]
    pub fn plate_width(&self) -> Px {
        Px(self.label.as_ref().map_or(0.0, |(_, half)| half.0 * 2.0))
    }

    /// Where it ends.
    #[must_use]
    pub fn end(&self) -> Px {
        Px(self.x.0 + self.width.0)
    }
}

/// The known boundaries: which one, and its instant.
pub(super) type Known = Vec<(usize, DateTime<Utc>)>;

/// The places of the first two boundaries. A sign may come before the harm: an early warning.
const IMPACT: usize = 0;
const SIGN: usize = 1;

/// The boundaries that are marked on events of known time, in their order; a sign that came before the harm stands first.
pub(super) fn known(events: &[Event]) -> Known {
    let boundaries = BOUNDARIES.into_iter().enumerate();
    let mut known: Known = boundaries
        .filter_map(|(index, marker)| Some((index, marked(events, marker)?.when.at()?)))
        .collect();
    if let [(IMPACT, began), (SIGN, seen), ..] = known.as_slice()
        && seen < began
    {
        known.swap(0, 1);
    }
    known
}

/// Whether the first sign came before the harm.
pub(super) fn is_warned(known: &[(usize, DateTime<Utc>)]) -> bool {
    matches!(known, [(SIGN, _), (IMPACT, _), ..])
}

/// The first boundary that lies before one which it can only follow.
pub(super) fn reversed(known: &[(usize, DateTime<Utc>)]) -> Option<(usize, usize)> {
    let mut pairs = known.iter().zip(known.iter().skip(1));
    let found = pairs.find(|((_, one), (_, other))| other < one);
    found.map(|((before, _), (after, _))| (*after, *before))
}

/// Draws the bar; nothing if no moment is marked, or if the marked moments contradict each other.
pub(super) fn phases(events: &[Event], axis: &Axis) -> Vec<Phase> {
    let known = known(events);
    if reversed(&known).is_some() {
        return Vec::new();
    }
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return Vec::new();
    };
    let warned = is_warned(&known);
    // What was seen before is answered from the moment when the harm begins.
    let since = |from: usize| if warned && from == IMPACT { SIGN } else { from };
    let mut phases = Vec::new();
    let inside = |at: DateTime<Utc>| !axis.is_beyond(at);
    if let Some(before) = first.0.checked_sub(1)
        && !warned
        && inside(first.1)
    {
        let end = axis.x(first.1);
        let start = (end - STUB).max(LEFT);
        phases.extend(phase(kind(before, first.0), start, end, (false, true)));
    }
    for ((from, start), (to, end)) in known.iter().zip(known.iter().skip(1)) {
        let edges = (inside(*start), inside(*end));
        let left = if edges.0 {
            axis.x(*start)
        } else {
            edge(axis, *start)
        };
        let right = if edges.1 {
            axis.x(*end)
        } else {
            edge(axis, *end)
        };
        let (kind, name) = match (from, to) {
            (&SIGN, &IMPACT) => (PhaseKind::Warned, "signs before harm".to_owned()),
            _ => (kind(since(*from), *to), name(since(*from), *to)),
        };
        phases.extend(phase(kind, left, right, edges).map(|phase| named(phase, name)));
    }
    if last.0 + 1 < BOUNDARIES.len() && inside(last.1) {
        let start = axis.x(last.1);
        let end = (start + STUB).min(RIGHT);
        let from = since(last.0);
        phases.extend(phase(kind(from, from + 1), start, end, (true, false)));
    }
    phases
}

/// The edge of the lanes beyond which an instant lies.
fn edge(axis: &Axis, at: DateTime<Utc>) -> f64 {
    if axis.is_before(at) { LEFT } else { RIGHT }
}

fn phase(kind: PhaseKind, from: f64, to: f64, (starts, ends): (bool, bool)) -> Option<Phase> {
    (to > from).then_some(Phase {
        kind,
        x: Px(from),
        width: Px(to - from),
        starts,
        ends,
        label: None,
    })
}

fn kind(from: usize, to: usize) -> PhaseKind {
    match (from, to) {
        (0, 1) => PhaseKind::Unseen,
        (1, 2) => PhaseKind::Responding,
        (2, 3) => PhaseKind::Recovering,
        _ => PhaseKind::Undivided,
    }
}

/// What happens between two boundaries.
fn name(from: usize, to: usize) -> String {
    let names = ["not yet seen", "responding", "recovering"];
    let names: Vec<&str> = names.into_iter().take(to).skip(from).collect();
    names.join(", then ")
}

/// Writes the name into a phase that has room for it.
fn named(mut phase: Phase, name: String) -> Phase {
    let half = labels::usual(&name) / 2.0 + 6.0;
    if phase.width.0 >= LABELLED.max(half * 2.0) {
        phase.label = Some((name, Px(half)));
    }
    phase
}
