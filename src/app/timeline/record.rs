//! An event as lines of text, and back.

use chrono::{DateTime, Utc};

use crate::app::lines::{Lines, Record, mark, marked};
use crate::domain::factors::{Evidence, Statement};
use crate::domain::ids::{EventId, StatementId, Version};
use crate::domain::text::{Line, Prose};
use crate::domain::timeline::{Effect, Event, Lane, Marker};
use crate::domain::when::{Precision, When, iso};

/// An event as lines, with the instants that its time was read as.
pub(super) fn text(event: &Event) -> String {
    let mut lines = Lines::new();
    lines.put("When", event.when.typed());
    lines.put("Known", event.when.precision().as_code());
    lines.put("At", &event.when.at().map(iso).unwrap_or_default());
    lines.put("Until", &event.when.until().map(iso).unwrap_or_default());
    said(&mut lines, event);
    lines.into_text()
}

/// An event as a person typed it, to be compared by one.
pub(super) fn typed(event: &Event) -> String {
    let mut lines = Lines::new();
    lines.put("When", event.when.typed());
    said(&mut lines, event);
    lines.into_text()
}

/// An event that is being removed: its lines, where it stood, and the findings that rest on it.
pub(super) fn removed(event: &Event, place: usize, statements: &[Statement]) -> String {
    let mut lines = Lines::new();
    lines.put("Place", &place.saturating_add(1).to_string());
    let rests = |statement: &&Statement| statement.evidence.contains(&Evidence::Event(event.id));
    for statement in statements.iter().filter(rests) {
        let words: String = statement.text.as_str().chars().take(80).collect();
        let words = words.lines().next().unwrap_or_default();
        lines.put("Evidence for", &marked(words, "statement", statement.id));
    }
    format!("{}\n{}", text(event), lines.into_text())
}

fn said(lines: &mut Lines, event: &Event) {
    lines.put("Lane", event.lane.label());
    lines.put("Marks", event.marker.map_or("", Marker::label));
    lines.put("Text", event.text.as_str());
    lines.put("Role", event.role.as_ref().map_or("", Line::as_str));
    lines.put("Source", event.source.as_deref().unwrap_or_default());
    lines.put("Effect", event.effect.map_or("", Effect::label));
    let known = match event.known_at_the_time {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    lines.put("Known at the time", known);
}

/// What the history kept of an event.
pub(super) struct Kept {
    pub(super) event: Event,
    pub(super) place: usize,
    pub(super) statements: Vec<StatementId>,
}

/// Reads the lines of an event again; `None` if they are none.
pub(super) fn read(body: &str, id: EventId, version: Version) -> Option<Kept> {
    let record = Record::read(body);
    let value = |name| record.first(name);
    let at = optional(value("At"), instant)?;
    let until = optional(value("Until"), instant)?;
    let precision = Precision::from_code(&value("Known")?)?;
    let event = Event {
        id,
        position: 0,
        when: When::from_parts(&value("When")?, at, until, precision).ok()?,
        lane: labelled(&value("Lane")?, Lane::ALL, Lane::label)?,
        marker: optional(value("Marks"), |it| {
            labelled(it, Marker::ALL, Marker::label)
        })?,
        text: Prose::parse("", &value("Text")?).ok()?,
        role: optional(value("Role"), |role| Line::parse("", role).ok())?,
        source: value("Source"),
        effect: optional(value("Effect"), |it| {
            labelled(it, Effect::ALL, Effect::label)
        })?,
        known_at_the_time: value("Known at the time").map(|known| known == "yes"),
        version,
    };
    let place = value("Place").and_then(|place| place.parse::<usize>().ok());
    let statements = record
        .all("Evidence for")
        .filter_map(|statement| mark(statement, "statement"))
        .filter_map(StatementId::parse)
        .collect();
    Some(Kept {
        event,
        place: place.map_or(usize::MAX, |place| place.saturating_sub(1)),
        statements,
    })
}

/// A value that may be missing, but not wrong: the outer `None` is "wrong".
fn optional<T>(value: Option<String>, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(value) => read(&value).map(Some),
    }
}

fn labelled<T: Copy>(label: &str, all: &[T], label_of: fn(T) -> &'static str) -> Option<T> {
    all.iter().copied().find(|value| label_of(*value) == label)
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(typed: &str, at: Option<&str>, until: Option<&str>, precision: Precision) -> Event {
        let at = at.map(|at| at.parse().unwrap());
        let until = until.map(|until| until.parse().unwrap());
        Event {
            id: EventId::new(),
            position: 0,
            when: When::from_parts(typed, at, until, precision).unwrap(),
            lane: Lane::Saw,
            marker: None,
            text: Prose::parse("", "The page turned green").unwrap(),
            role: None,
            source: None,
            effect: None,
            known_at_the_time: None,
            version: Version(3),
        }
    }

    #[test]
    fn every_event_comes_back_from_its_lines() {
        let at = Some("2026-10-14T03:30:00.25Z");
        let plain = event("~05:30", at, None, Precision::About);
        let full = Event {
            marker: Some(Marker::FirstSign),
            role: Line::optional("", "On-call engineer").unwrap(),
            source: Some("https://wiki.example.org/stop#4".to_owned()),
            effect: Some(Effect::Worse),
            known_at_the_time: Some(false),
            text: Prose::parse("", "First line.\nText: a second\n\n  When: a third").unwrap(),
            ..event("5:30-6", at, Some("2026-10-14T04:00:00Z"), Precision::Range)
        };
        for event in [plain, full, event("?", None, None, Precision::Unknown)] {
            let text = removed(&event, 3, &[]);
            let kept = read(&text, event.id, event.version).unwrap();
            assert_eq!(kept.event, event, "{text}");
            assert_eq!(kept.place, 3);
        }
    }

    #[test]
    fn the_lines_read_like_a_form() {
        let at = Some("2026-10-14T03:30:00Z");
        let row = event("~05:30", at, None, Precision::About);
        assert_eq!(
            text(&row),
            "When: ~05:30\nKnown: about\nAt: 2026-10-14T03:30:00Z\nLane: People saw\nText: The page turned green"
        );
        assert_eq!(
            typed(&row),
            "When: ~05:30\nLane: People saw\nText: The page turned green"
        );
    }

    #[test]
    fn other_texts_are_no_events() {
        for text in ["", "Text: alone", "When: 05:30\nText: no lane"] {
            assert!(
                read(text, EventId::new(), Version::FIRST).is_none(),
                "{text}"
            );
        }
    }
}
