//! The axis of time: instants to places, long pauses drawn short.

use chrono::{DateTime, TimeDelta, Utc};

use super::{FIRST, LAST, Px, fraction};
use crate::domain::timeline::pauses;

/// The width of a long pause.
const BREAK: f64 = 54.0;
/// The most that all long pauses together may take of the width; with more of them each becomes narrower.
const BREAKS_SHARE: f64 = 0.7;

/// A long pause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pause {
    pub(super) from: Px,
    pub(super) to: Px,
    pub(super) length: TimeDelta,
}

/// Where instants lie. Knots are the story's instants in order of time, with their places.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    knots: Vec<(DateTime<Utc>, f64)>,
    pub(super) pauses: Vec<Pause>,
}

impl Axis {
    /// Lays out an axis over instants that are in order and distinct. `uncollapsed` draws long pauses at their
    /// length.
    pub(super) fn new(instants: &[DateTime<Utc>], uncollapsed: bool) -> Self {
        let width = LAST - FIRST;
        let cap = match uncollapsed {
            true => TimeDelta::MAX,
            false => pauses::cap(instants),
        };
        let steps: Vec<TimeDelta> = instants
            .iter()
            .zip(instants.iter().skip(1))
            .map(|(one, other)| *other - *one)
            .collect();
        let long = steps.iter().filter(|step| **step > cap).count();
        let narrow = BREAK.min(BREAKS_SHARE * width / fraction(long).max(1.0));
        let short: TimeDelta = steps.iter().filter(|step| **step <= cap).sum();
        let scale = match short.as_seconds_f64() {
            seconds if seconds > 0.0 => (width - narrow * fraction(long)) / seconds,
            _ => 0.0,
        };
        // A story of one instant stands in the middle.
        let mut x = if steps.is_empty() {
            f64::midpoint(FIRST, LAST)
        } else {
            FIRST
        };
        let mut axis = Self {
            knots: instants.first().map(|at| (*at, x)).into_iter().collect(),
            pauses: Vec::new(),
        };
        for (step, at) in steps.into_iter().zip(instants.iter().skip(1)) {
            let from = x;
            if step > cap {
                x += narrow;
                axis.pauses.push(Pause {
                    from: Px(from),
                    to: Px(x),
                    length: step,
                });
            } else {
                x += step.as_seconds_f64() * scale;
            }
            // Sums of fractions may end a hair beyond the end.
            x = x.min(LAST);
            axis.knots.push((*at, x));
        }
        axis
    }

    /// The place of an instant; beyond the ends it is the end.
    pub(super) fn x(&self, at: DateTime<Utc>) -> f64 {
        let above = self.knots.partition_point(|(knot, _)| *knot <= at);
        let before = above.checked_sub(1).and_then(|index| self.knots.get(index));
        match (before, self.knots.get(above)) {
            (Some((start, from)), Some((end, to))) => {
                let whole = (*end - *start).as_seconds_f64();
                let part = (at - *start).as_seconds_f64();
                if whole > 0.0 {
                    from + (to - from) * part / whole
                } else {
                    *from
                }
            }
            (Some((_, x)), None) | (None, Some((_, x))) => *x,
            (None, None) => f64::midpoint(FIRST, LAST),
        }
    }

    /// Whether an instant lies before the first one.
    pub(super) fn is_before(&self, at: DateTime<Utc>) -> bool {
        self.knots.first().is_some_and(|(first, _)| at < *first)
    }

    /// Whether an instant lies before the first or behind the last one.
    pub(super) fn is_beyond(&self, at: DateTime<Utc>) -> bool {
        self.is_before(at) || self.knots.last().is_some_and(|(last, _)| at > *last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timeline::samples::times;

    fn places(rows: &str, uncollapsed: bool) -> Vec<String> {
        let instants = pauses::instants(&times(rows));
        let axis = Axis::new(&instants, uncollapsed);
        let place = |at: &DateTime<Utc>| Px(axis.x(*at)).to_string();
        instants.iter().map(place).collect()
    }

    #[test]
    fn long_pauses_take_54_pixels_and_the_rest_shares_the_width() {
        assert_eq!(
            places("14:00 14:05 14:10 20:00", false),
            ["148", "513", "878", "932"]
        );
    }

    #[test]
    fn an_uncollapsed_axis_is_true_to_time() {
        assert_eq!(places("14:00 14:30 20:00", true), ["148", "213.3", "932"]);
    }

    #[test]
    fn a_story_of_one_instant_stands_in_the_middle() {
        assert_eq!(places("14:00", false), ["540"]);
        assert_eq!(places("14:00 14:00", false), ["540"]);
        let empty = Axis::new(&[], false);
        assert_eq!(empty.x(DateTime::UNIX_EPOCH), 540.0);
    }

    #[test]
    fn many_long_pauses_become_narrower_and_leave_room_for_the_rest() {
        let days = (1..=28).map(|day| format!("2026-10-{day:02}T08:00 2026-10-{day:02}T08:01"));
        let rows: Vec<String> = days.collect();
        let instants = pauses::instants(&times(&rows.join(" ")));
        let axis = Axis::new(&instants, false);
        assert_eq!(axis.pauses.len(), 27);
        let first = axis.pauses.first().unwrap();
        assert!(first.to.0 - first.from.0 < 21.0 && first.to.0 - first.from.0 > 20.0);
        assert!(axis.x(*instants.last().unwrap()) > 931.9);
    }
}
