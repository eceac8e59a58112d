//! Rows for the tests of the timeline.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{Event, Lane, Marker};
use crate::domain::ids::{EventId, Version};
use crate::domain::text::Prose;
use crate::domain::when::{self, Context};

pub(in crate::domain::timeline) const ZONE: Tz = chrono_tz::Europe::Vienna;

/// A row at a time on 14 October 2026 in Vienna, or at a time with its own day.
pub(in crate::domain::timeline) fn event(typed: &str) -> Event {
    let context = Context {
        zone: ZONE,
        previous: None,
        day: NaiveDate::from_ymd_opt(2026, 10, 14),
        now: "2026-11-22T12:00:00Z".parse::<DateTime<Utc>>().unwrap(),
    };
    Event {
        id: EventId::new(),
        position: 0,
        when: when::parse(typed, &context).unwrap().when,
        lane: Lane::Happened,
        marker: None,
        text: Prose::parse("", typed).unwrap(),
        role: None,
        source: None,
        effect: None,
        known_at_the_time: None,
        version: Version::FIRST,
    }
}

/// Rows at times that are separated by spaces.
pub(in crate::domain::timeline) fn times(typed: &str) -> Vec<Event> {
    typed.split_whitespace().map(event).collect()
}

/// A row with a marker.
pub(in crate::domain::timeline) fn marked(typed: &str, marker: Marker) -> Event {
    Event {
        marker: Some(marker),
        ..event(typed)
    }
}

/// The billing story: fourteen rows over a night, five of them marked.
pub(in crate::domain::timeline) fn billing() -> Vec<Event> {
    use Lane::{Did, Happened, Saw};
    let rows: [(&str, Lane, Option<Marker>); 14] = [
        ("2026-10-13 22:41", Happened, None),
        ("05:06", Happened, Some(Marker::ImpactBegan)),
        ("05:08", Saw, None),
        ("05:13", Happened, None),
        ("05:16", Saw, Some(Marker::FirstSign)),
        ("05:24", Saw, Some(Marker::SomeoneKnew)),
        ("05:27", Did, None),
        ("~05:30", Did, None),
        ("05:36", Saw, None),
        ("05:41-05:47", Did, None),
        ("05:49", Did, Some(Marker::Mitigated)),
        ("06:10", Did, None),
        ("06:35", Happened, None),
        ("07:30", Happened, Some(Marker::Over)),
    ];
    rows.into_iter()
        .map(|(typed, lane, marker)| Event {
            lane,
            marker,
            ..event(typed)
        })
        .collect()
}
