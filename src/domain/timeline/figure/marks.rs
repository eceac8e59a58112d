//! Events as marks in their lanes: ●, ▲, ■ for moments, a bar for an interval.

use chrono_tz::Tz;

use super::axis::Axis;
use super::{FIRST, LAST, Px, RIGHT, WIDTH, fraction, labels, middle};
use crate::domain::ids::EventId;
use crate::domain::timeline::{Event, Lane, story};
use crate::domain::when::{Precision, clock};

/// Marks nearer than this, centre to centre, would be taken for one.
const NEAR: f64 = 9.0;
/// How far two marks of one sub-row stand apart: each is seen whole where it is crowded.
const APART: f64 = 15.0;
/// How far the two sub-rows lie above and below the middle of a lane.
const SUB_ROW: f64 = 7.0;
/// More marks than this in one place become one mark with their count.
const MOST: usize = 4;
/// How far the upper and lower edge of a lane lie from its middle, for bars that make way for marks.
const EDGE: f64 = 17.0;
/// Half the height of a bar.
const HALF_BAR: f64 = 3.0;

/// What a mark looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// ● of radius 6: happened.
    Circle,
    /// ▲ of width 14 and height 12.5: people saw.
    Triangle,
    /// ■ of side 12: people did.
    Square,
    /// A bar of height 6: an interval, from `x` to `x + width`.
    Bar {
        /// Its length.
        width: Px,
    },
}

/// The numbers of key moments, and how many events a mark stands for if they are several.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// "3", "1, 2", "×6", "3 ×2".
    pub text: String,
    /// The place of the text along the axis.
    pub x: Px,
    /// The baseline.
    pub y: Px,
    /// The value of `text-anchor`: "middle", "start" or "end".
    pub anchor: &'static str,
}

/// One mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The lane it lies in.
    pub lane: Lane,
    /// What it looks like.
    pub shape: Shape,
    /// The centre; of a bar, its beginning.
    pub x: Px,
    /// The centre.
    pub y: Px,
    /// Whether the time is only approximately known.
    pub hollow: bool,
    /// Number and count, if it has one of them.
    pub number: Option<Number>,
    /// The events it stands for, in order of time.
    pub events: Vec<EventId>,
    /// The times and texts of its events, a line each.
    pub words: String,
}

impl Mark {
    /// The left edge of a square, its upper edge, and so on: the corner of the box that is half as wide and high
    /// as given.
    #[must_use]
    pub fn left(&self, half: f64) -> Px {
        Px(self.x.0 - half)
    }

    /// See [`Mark::left`].
    #[must_use]
    pub fn top(&self, half: f64) -> Px {
        Px(self.y.0 - half)
    }
}

/// Where in its lane a mark stands. `Middle` touches both other rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SubRow {
    Middle,
    Upper,
    Lower,
}

/// One or more events in one place.
struct Group<'a> {
    events: Vec<&'a Event>,
    x: f64,
    row: SubRow,
}

/// Draws the events of a figure, lane by lane. All of them have an instant.
pub(super) fn marks(
    events: &[&Event],
    axis: &Axis,
    numbers: &[(EventId, usize)],
    zone: Tz,
) -> Vec<Mark> {
    let mut marks = Vec::new();
    for lane in Lane::ALL {
        let mut rows: Vec<(&Event, f64)> = events
            .iter()
            .filter(|event| event.lane == *lane)
            .filter_map(|event| Some((*event, axis.x(event.when.at()?))))
            .collect();
        rows.sort_by(|(_, one), (_, other)| one.total_cmp(other));
        let (bars, points): (Vec<_>, Vec<_>) = rows
            .into_iter()
            .partition(|(event, _)| event.when.until().is_some());
        let groups = spread(gather(points));
        let pen = Pen {
            lane: *lane,
            numbers,
            zone,
        };
        marks.extend(lay(&bars, &groups, axis, &pen));
        marks.extend(groups.iter().map(|group| pen.point(group)));
    }
    marks
}

/// Takes more than [`MOST`] moments that lie nearer than [`NEAR`] together; the rest stay alone.
fn gather(points: Vec<(&Event, f64)>) -> Vec<Group<'_>> {
    let mut windows: Vec<Vec<(&Event, f64)>> = Vec::new();
    for (event, x) in points {
        match windows.last_mut() {
            Some(window) if window.first().is_some_and(|(_, start)| x - start < NEAR) => {
                window.push((event, x));
            }
            _ => windows.push(vec![(event, x)]),
        }
    }
    let mut groups = Vec::new();
    for window in windows {
        if window.len() > MOST {
            let sum: f64 = window.iter().map(|(_, x)| x).sum();
            groups.push(Group {
                x: sum / fraction(window.len()),
                events: window.into_iter().map(|(event, _)| event).collect(),
                row: SubRow::Middle,
            });
        } else {
            groups.extend(window.into_iter().map(|(event, x)| Group {
                events: vec![event],
                x,
                row: SubRow::Middle,
            }));
        }
    }
    groups
}

/// Gives marks that are near to each other the two sub-rows. Where both are full, a mark moves a little to the right,
/// and where that does not help either it joins the one before it.
fn spread(groups: Vec<Group<'_>>) -> Vec<Group<'_>> {
    let mut placed: Vec<Group<'_>> = Vec::new();
    for mut group in groups {
        let near = |other: &Group<'_>| group.x - other.x < NEAR;
        if !placed.iter().any(near) {
            placed.push(group);
            continue;
        }
        // The one before leaves the middle; nothing stood near it until now.
        if let Some(mut other) = placed.pop_if(|other| other.row == SubRow::Middle) {
            other.row = free(&placed, other.x).map_or(SubRow::Upper, |(row, _)| row);
            placed.push(other);
        }
        match free(&placed, group.x) {
            Some((row, x)) => {
                (group.row, group.x) = (row, x);
                placed.push(group);
            }
            None => {
                if let Some(last) = placed.last_mut() {
                    last.events.append(&mut group.events);
                }
            }
        }
    }
    placed
}

/// The sub-row in which a mark has room, and its place there.
fn free(placed: &[Group<'_>], x: f64) -> Option<(SubRow, f64)> {
    let ends = [SubRow::Upper, SubRow::Lower].map(|row| {
        // A mark in the middle touches both sub-rows.
        let mut taken = placed.iter().rev();
        let last = taken.find(|group| group.row == row || group.row == SubRow::Middle);
        (row, last.map_or(f64::NEG_INFINITY, |group| group.x))
    });
    if let Some((row, _)) = ends.iter().find(|(_, end)| x - end >= APART) {
        return Some((*row, x));
    }
    let (row, end) = ends
        .into_iter()
        .min_by(|(_, one), (_, other)| one.total_cmp(other))?;
    let moved = end + APART;
    (moved - x <= APART).then_some((row, moved))
}

/// Draws the bars of a lane. A bar lies in the middle, or at the edge of the lane where marks or bars lie there.
fn lay(bars: &[(&Event, f64)], groups: &[Group<'_>], axis: &Axis, pen: &Pen<'_>) -> Vec<Mark> {
    let mut ends = [f64::NEG_INFINITY; 2]; // where the last bar ends: middle, lower edge
    let mut marks = Vec::new();
    for (event, start) in bars {
        let from = start.clamp(FIRST, LAST);
        let end = event.when.until().map_or(from, |until| axis.x(until));
        let to = end.max(from + 2.0 * HALF_BAR);
        let [centre, lower] = &mut ends;
        let crowded = groups
            .iter()
            .any(|group| group.x > from - NEAR && group.x < to + NEAR);
        let shift = if !crowded && from > *centre {
            *centre = to;
            0.0
        } else if from > *lower {
            *lower = to;
            EDGE
        } else {
            -EDGE
        };
        marks.push(pen.bar(event, from, to, shift));
    }
    marks
}

/// What drawing a mark needs to know besides its place.
struct Pen<'a> {
    lane: Lane,
    numbers: &'a [(EventId, usize)],
    zone: Tz,
}

impl Pen<'_> {
    fn point(&self, group: &Group<'_>) -> Mark {
        let centre = middle(self.lane);
        let count = (group.events.len() > 1).then(|| format!("×{}", group.events.len()));
        let parts: Vec<String> = self.key(&group.events).into_iter().chain(count).collect();
        let label = (!parts.is_empty()).then(|| parts.join(" "));
        // A mark alone makes room for its number; in the sub-rows it stands outside of the lane.
        let (y, number_y) = match group.row {
            SubRow::Middle if label.is_some() => (centre + 4.0, centre - 6.0),
            SubRow::Middle => (centre, centre),
            SubRow::Upper => (centre - SUB_ROW, centre - SUB_ROW - 8.0),
            SubRow::Lower => (centre + SUB_ROW, centre + SUB_ROW + 16.0),
        };
        let x = group.x;
        let number = label.map(|text| {
            let half = labels::small(&text) / 2.0;
            number(text, x.clamp(half, WIDTH - half), number_y, "middle")
        });
        Mark {
            lane: self.lane,
            shape: match self.lane {
                Lane::Happened => Shape::Circle,
                Lane::Saw => Shape::Triangle,
                Lane::Did => Shape::Square,
            },
            x: Px(x),
            y: Px(y),
            hollow: group.events.iter().all(|event| is_about(event)),
            number,
            events: group.events.iter().map(|event| event.id).collect(),
            words: self.words(&group.events),
        }
    }

    fn bar(&self, event: &Event, from: f64, to: f64, shift: f64) -> Mark {
        let y = middle(self.lane) + shift;
        let key = self.key(&[event]).map(|text| {
            if shift == 0.0 {
                number(text, from + HALF_BAR, y - 6.0, "middle")
            } else if to + 14.0 < RIGHT {
                number(text, to + 4.0, y + 4.0, "start")
            } else {
                number(text, from - 4.0, y + 4.0, "end")
            }
        });
        Mark {
            lane: self.lane,
            shape: Shape::Bar {
                width: Px(to - from),
            },
            x: Px(from),
            y: Px(y),
            hollow: false,
            number: key,
            events: vec![event.id],
            words: self.words(&[event]),
        }
    }

    /// The numbers of the key moments among some events.
    fn key(&self, events: &[&Event]) -> Option<String> {
        let found: Vec<String> = events
            .iter()
            .filter_map(|event| story::number_of(self.numbers, event.id))
            .map(|number| number.to_string())
            .collect();
        (!found.is_empty()).then(|| found.join(", "))
    }

    fn words(&self, events: &[&Event]) -> String {
        let line = |event: &&Event| {
            let text = event.text.as_str();
            let end = text
                .char_indices()
                .nth(120)
                .map_or(text.len(), |(at, _)| at);
            let beginning = text.get(..end).unwrap_or(text).split_whitespace();
            let text = beginning.collect::<Vec<_>>().join(" ");
            format!("{} {text}", clock(&event.when, self.zone))
        };
        let lines: Vec<String> = events.iter().take(12).map(line).collect();
        lines.join("\n")
    }
}

fn number(text: String, x: f64, y: f64, anchor: &'static str) -> Number {
    Number {
        text,
        x: Px(x),
        y: Px(y),
        anchor,
    }
}

fn is_about(event: &Event) -> bool {
    event.when.precision() == Precision::About
}
