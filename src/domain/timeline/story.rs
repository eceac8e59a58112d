//! The timeline as one reads it: the rows with a heading where the day changes and a line where long time passes.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Event, pauses};
use crate::domain::ids::EventId;
use crate::domain::when::{self, Precision};

/// One line of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry<'a> {
    /// The day of the rows below: "Wed 14 Oct 2026".
    Day(String),
    /// "6 h 25 min pass"
    Gap(String),
    /// An event.
    Row(Row<'a>),
}

/// An event as it stands in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
    /// The event.
    pub event: &'a Event,
    /// Its number among the key moments, the same as in the figure.
    pub number: Option<usize>,
    /// The time in the zone of the story: "14:32", "~14:30", "14:10–14:25", "?".
    pub clock: String,
    /// The time with its day and zone.
    pub full: String,
    /// The instant for machines; `None` when nobody knows it.
    pub datetime: Option<String>,
}

/// The key moments: events with a marker, numbered from 1 in the order of the list.
#[must_use]
pub fn numbers(events: &[Event]) -> Vec<(EventId, usize)> {
    let marked = events.iter().filter(|event| event.marker.is_some());
    marked
        .zip(1..)
        .map(|(event, number)| (event.id, number))
        .collect()
}

/// The number of a key moment.
#[must_use]
pub fn number_of(numbers: &[(EventId, usize)], id: EventId) -> Option<usize> {
    let found = numbers.iter().find(|(other, _)| *other == id);
    found.map(|(_, number)| *number)
}

/// Lays out the list, in the order of the rows. Times and days are those of `zone`.
#[must_use]
pub fn story(events: &[Event], zone: Tz) -> Vec<Entry<'_>> {
    let numbers = numbers(events);
    let cap = pauses::cap(&pauses::instants(events));
    let mut entries = Vec::new();
    let mut heading: Option<String> = None;
    let mut latest: Option<&Event> = None;
    for event in events {
        if let (Some(at), Some(before)) = (event.when.at(), latest)
            && let Some(passed) = end(before).map(|end| at - end)
            && passed > cap
        {
            entries.push(Entry::Gap(pass(passed, before, event)));
        }
        let day = when::day(&event.when, zone);
        if let Some(day) = day.filter(|day| heading.as_ref() != Some(day)) {
            entries.push(Entry::Day(day.clone()));
            heading = Some(day);
        }
        if event.when.at().is_some() && end(event) >= latest.and_then(end) {
            latest = Some(event);
        }
        entries.push(Entry::Row(Row {
            event,
            number: number_of(&numbers, event.id),
            clock: when::clock(&event.when, zone),
            full: when::full(&event.when, zone),
            datetime: event.when.at().map(when::iso),
        }));
    }
    entries
}

/// When an event is over: at its end, or at once.
fn end(event: &Event) -> Option<DateTime<Utc>> {
    event.when.until().or(event.when.at())
}

fn pass(passed: chrono::TimeDelta, before: &Event, after: &Event) -> String {
    let length = when::duration(passed);
    let vague = |event: &Event| event.when.precision() == Precision::About;
    let about = if vague(before) || vague(after) {
        "about "
    } else {
        ""
    };
    // "1 h" and "1 day" are one thing, everything else is many.
    let verb = match length.as_str() {
        "1 h" | "1 day" => "passes",
        _ => "pass",
    };
    format!("{about}{length} {verb}")
}

#[cfg(test)]
mod tests {
    use super::super::samples::{ZONE, billing, times};
    use super::*;

    /// The list as lines: days, gaps, and the clocks of the rows with their numbers.
    fn lines(events: &[Event]) -> Vec<String> {
        let entries = story(events, ZONE).into_iter();
        let line = entries.map(|entry| match entry {
            Entry::Day(day) => format!("# {day}"),
            Entry::Gap(gap) => format!("... {gap}"),
            Entry::Row(Row {
                number: Some(number),
                clock,
                ..
            }) => format!("{clock} ({number})"),
            Entry::Row(row) => row.clock,
        });
        line.collect()
    }

    #[test]
    fn a_night_is_told_with_its_days_and_its_long_pauses() {
        assert_eq!(
            lines(&billing()),
            [
                "# Tue 13 Oct 2026",
                "22:41",
                "... 6 h 25 min pass",
                "# Wed 14 Oct 2026",
                "05:06 (1)",
                "05:08",
                "05:13",
                "05:16 (2)",
                "05:24 (3)",
                "05:27",
                "~05:30",
                "05:36",
                "05:41–05:47",
                "05:49 (4)",
                "... 21 min pass",
                "06:10",
                "... 25 min pass",
                "06:35",
                "... 55 min pass",
                "07:30 (5)",
            ]
        );
    }

    #[test]
    fn a_pause_next_to_an_approximate_time_is_approximate() {
        let rows = lines(&times("14:00 14:01 14:02 ? ~15:02"));
        assert_eq!(rows.last().unwrap(), "~15:02");
        assert!(
            rows.contains(&"... about 1 h passes".to_owned()),
            "{rows:?}"
        );
    }

    #[test]
    fn what_lies_within_an_interval_is_no_pause() {
        let rows = lines(&times("14:00 14:01 14:02 14:03-16:00 14:10 16:01"));
        assert!(!rows.iter().any(|line| line.contains("pass")), "{rows:?}");
    }

    #[test]
    fn rows_out_of_order_have_no_pause_between_them() {
        let rows = lines(&times("14:00 14:01 14:02 12:00 14:03"));
        assert!(!rows.iter().any(|line| line.contains("pass")), "{rows:?}");
    }

    #[test]
    fn a_story_of_unknown_times_has_no_days() {
        assert_eq!(lines(&times("? ?")), ["?", "?"]);
        assert!(lines(&[]).is_empty());
    }
}
