//! Opsgenie: incidents as the API answers them, with their timeline where the export has it.

use serde::Deserialize;

use super::json::{Id, at, or_default, records};
use super::{Record, Text, Unreadable};
use crate::domain::incoming::{Format, NewEvent, Story, severity};
use crate::domain::timeline::{Lane, Marker};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Incident {
    id: Id,
    message: Option<String>,
    description: Option<String>,
    priority: Option<String>,
    status: Option<String>,
    created_at: Option<String>,
    updated_at: Option<String>,
    impact_start_date: Option<String>,
    impact_end_date: Option<String>,
    links: Option<Links>,
    #[serde(default, deserialize_with = "or_default")]
    tags: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    responders: Vec<serde::de::IgnoredAny>,
    #[serde(
        default,
        deserialize_with = "or_default",
        alias = "timelineEntries",
        alias = "entries"
    )]
    timeline: Vec<Entry>,
}

#[derive(Deserialize)]
struct Links {
    web: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    id: Option<Id>,
    #[serde(alias = "createdAt")]
    event_time: Option<String>,
    title: Option<Said>,
    description: Option<Said>,
    #[serde(default)]
    hidden: bool,
}

/// A text, or an object that holds one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Text(String),
    Content { content: Option<String> },
}

impl Said {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Content { content } => content.as_deref().unwrap_or_default(),
        }
    }
}

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let mut read = Vec::new();
    for file in files {
        for incident in records::<Incident>(file, &["data", "incidents"])? {
            read.push(record(&incident.record, incident.raw));
        }
    }
    Ok(read)
}

fn record(incident: &Incident, raw: &str) -> Record {
    if incident.id.0.is_empty() {
        return Err(Unreadable::new(
            "An incident has no id. Export it again with all its fields.",
        ));
    }
    let mut story = Story::new(
        Format::Opsgenie,
        &incident.id.0,
        incident.message.as_deref().unwrap_or_default(),
    )?;
    story.address(
        incident
            .links
            .as_ref()
            .and_then(|links| links.web.as_deref()),
    );
    story.severity(incident.priority.as_deref().and_then(severity));
    story.section(
        "background",
        incident.description.as_deref().unwrap_or_default(),
    );
    if !incident.tags.is_empty() {
        story.section("notes", &format!("Tags: {}", incident.tags.join(", ")));
    }
    if !incident.responders.is_empty() {
        story.remark("Who was called was left out; the original has it. Name the roles that took part instead.");
    }
    let resolved = matches!(incident.status.as_deref(), Some("resolved" | "closed"));
    let ended = incident
        .updated_at
        .as_ref()
        .filter(|_| resolved && incident.impact_end_date.is_none());
    for (key, time, lane, marker, text) in [
        (
            "impact-start",
            incident.impact_start_date.as_ref(),
            Lane::Happened,
            Some(Marker::ImpactBegan),
            "The impact began.",
        ),
        (
            "created",
            incident.created_at.as_ref(),
            Lane::Saw,
            Some(Marker::FirstSign),
            "An incident was opened.",
        ),
        (
            "impact-end",
            incident.impact_end_date.as_ref(),
            Lane::Happened,
            Some(Marker::Over),
            "The impact ended.",
        ),
        (
            "resolved",
            ended,
            Lane::Did,
            None,
            "The incident was closed, at the latest.",
        ),
    ] {
        if let Some(time) = at(time) {
            story.event(NewEvent::new(key, time, lane, text).marks(marker));
        }
    }
    for (place, entry) in incident
        .timeline
        .iter()
        .enumerate()
        .filter(|(_, entry)| !entry.hidden)
    {
        let Some(time) = at(entry.event_time.as_ref()) else {
            continue;
        };
        let parts = [&entry.title, &entry.description]
            .into_iter()
            .flatten()
            .map(Said::text);
        let text = parts
            .filter(|part| !part.trim().is_empty())
            .collect::<Vec<_>>()
            .join(": ");
        let key = entry
            .id
            .as_ref()
            .map_or_else(|| format!("entry-{place}"), |id| id.0.clone());
        story.event(NewEvent::new(key, time, Lane::Saw, &text));
    }
    Ok(story.finish(raw))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_impact_is_marked_and_responders_are_not_named() {
        let text = r#"{"data":[{"id":9007199254740993123,"message":"Mail late","priority":"P1","status":"closed","createdAt":"2026-10-14T12:05:00Z","impactStartDate":"2026-10-14T12:00:00Z","impactEndDate":"2026-10-14T13:00:00Z","responders":[{"type":"user","name":"Mira"}],
          "timeline":[{"id":"t","eventTime":"2026-10-14T12:30:00Z","title":{"content":"Looked"},"description":"at the queue"},{"eventTime":"2026-10-14T12:31:00Z","title":"x","hidden":true}]}]}"#;
        let incoming = read(&[Text {
            name: "x",
            text: text.to_owned(),
        }])
        .unwrap()
        .remove(0)
        .unwrap();
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(
            rows,
            [
                "The impact began.",
                "An incident was opened.",
                "Looked: at the queue",
                "The impact ended."
            ]
        );
        assert_eq!(incoming.foreign_id, "9007199254740993123");
        assert!(!format!("{:?}", incoming.document).contains("Mira"));
    }
}
