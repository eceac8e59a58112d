//! An event as lines of text: what the history keeps, what a conflict shows, and from what a removed event comes back.

use chrono::{DateTime, Utc};

use super::{Effect, Event, Lane, Marker};
use crate::domain::ids::{EventId, StatementId, Version};
use crate::domain::text::{Line, Prose};
use crate::domain::when::{Precision, When, iso};

/// What was removed with an event and comes back with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// The place that the event had in the list.
    pub place: usize,
    /// The factor statements that rested on it.
    pub cited_by: Vec<StatementId>,
}

/// The fields of an event, one to a line; the text stands last, because it may have lines of its own.
#[must_use]
pub fn render(event: &Event) -> String {
    lines(event, None)
}

/// The same with what a removal takes away.
#[must_use]
pub fn render_removed(event: &Event, surroundings: &Surroundings) -> String {
    lines(event, Some(surroundings))
}

fn lines(event: &Event, surroundings: Option<&Surroundings>) -> String {
    let mut fields: Vec<(&str, String)> = vec![
        ("When", event.when.typed().to_owned()),
        ("Known", event.when.precision().as_code().to_owned()),
    ];
    fields.extend(event.when.at().map(|at| ("At", iso(at))));
    fields.extend(event.when.until().map(|until| ("Until", iso(until))));
    fields.push(("Lane", event.lane.as_code().to_owned()));
    fields.extend(event.marker.map(|it| ("Marks", it.as_code().to_owned())));
    let role = event.role.as_ref();
    fields.extend(role.map(|role| ("Role", role.as_str().to_owned())));
    fields.extend(event.source.clone().map(|source| ("Source", source)));
    fields.extend(event.effect.map(|it| ("Effect", it.as_code().to_owned())));
    let known = event.known_at_the_time;
    fields.extend(known.map(|known| {
        let answer = if known { "yes" } else { "no" };
        ("Known at the time", answer.to_owned())
    }));
    if let Some(surroundings) = surroundings {
        fields.push(("Place", surroundings.place.to_string()));
        let cited = surroundings.cited_by.iter();
        fields.extend(cited.map(|id| ("Evidence for", id.to_string())));
    }
    fields.push(("Text", event.text.as_str().to_owned()));
    let fields = fields
        .iter()
        .map(|(name, value)| format!("{name}: {value}"));
    fields.collect::<Vec<_>>().join("\n")
}

/// Reads what [`render`] or [`render_removed`] wrote; `None` for any other text.
#[must_use]
pub fn read(text: &str, id: EventId, version: Version) -> Option<(Event, Surroundings)> {
    let (head, body) = match text.strip_prefix("Text: ") {
        Some(body) => ("", body),
        None => text.split_once("\nText: ")?,
    };
    let fields: Vec<(&str, &str)> = head
        .lines()
        .map(|line| line.split_once(": "))
        .collect::<Option<_>>()?;
    let field = |name: &str| {
        let mut found = fields.iter().filter(|(other, _)| *other == name);
        found.next().map(|(_, value)| *value)
    };
    let at = instant(field("At"))?;
    let until = instant(field("Until"))?;
    let precision = Precision::from_code(field("Known")?)?;
    let event = Event {
        id,
        position: 0,
        when: When::from_parts(field("When")?, at, until, precision).ok()?,
        lane: Lane::from_code(field("Lane")?)?,
        marker: optional(field("Marks"), Marker::from_code)?,
        text: Prose::parse("", body).ok()?,
        role: optional(field("Role"), |role| Line::parse("", role).ok())?,
        source: field("Source").map(str::to_owned),
        effect: optional(field("Effect"), Effect::from_code)?,
        known_at_the_time: field("Known at the time").map(|answer| answer == "yes"),
        version,
    };
    let cited = fields.iter().filter(|(name, _)| *name == "Evidence for");
    let surroundings = Surroundings {
        place: optional(field("Place"), |place| place.parse().ok())?.unwrap_or(usize::MAX),
        cited_by: cited
            .map(|(_, id)| StatementId::parse(id))
            .collect::<Option<_>>()?,
    };
    Some((event, surroundings))
}

/// A field that may be missing, but not wrong: the outer `None` is "wrong".
fn optional<T>(value: Option<&str>, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(value) => read(value).map(Some),
    }
}

fn instant(value: Option<&str>) -> Option<Option<DateTime<Utc>>> {
    optional(value, |value| value.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::super::samples::{billing, event};
    use super::*;

    #[test]
    fn every_event_comes_back_from_its_record() {
        let mut rows = billing();
        rows.push(Event {
            role: Line::optional("", "On-call engineer").unwrap(),
            source: Some("https://wiki.example.org/stop#4".to_owned()),
            effect: Some(Effect::Worse),
            known_at_the_time: Some(false),
            text: Prose::parse("", "First line.\nText: a second\n\nWhen: a third").unwrap(),
            ..event("?")
        });
        for row in rows {
            let place = Surroundings {
                place: 3,
                cited_by: vec![StatementId::new(), StatementId::new()],
            };
            let text = render_removed(&row, &place);
            assert_eq!(
                read(&text, row.id, row.version),
                Some((row, place)),
                "{text}"
            );
        }
    }

    #[test]
    fn a_record_reads_like_a_form() {
        let row = Event {
            marker: Some(Marker::FirstSign),
            ..event("~05:30")
        };
        assert_eq!(
            render(&row),
            "When: ~05:30\nKnown: about\nAt: 2026-10-14T03:30:00Z\nLane: happened\nMarks: first-sign\nText: ~05:30"
        );
    }

    #[test]
    fn other_texts_are_no_records() {
        for text in [
            "",
            "Text: alone",
            "When: 05:30\nText: no lane",
            "a\nText: b",
        ] {
            assert_eq!(read(text, EventId::new(), Version::FIRST), None, "{text}");
        }
    }
}
