//! Opsgenie: incidents as the API answers them, with their timeline where the export has it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::json::{Id, Read, Records, at, row};
use super::{Record, Text, Unreadable, joined, remark};
use crate::domain::incoming::{Format, Names, NewEvent, Story, severity};
use crate::domain::timeline::{Lane, Marker};

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
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
    tags: Vec<String>,
    actions: Vec<String>,
    source: Option<String>,
    extra_properties: BTreeMap<String, String>,
    details: BTreeMap<String, String>,
    responders: Vec<serde::de::IgnoredAny>,
    #[serde(alias = "timelineEntries", alias = "entries")]
    timeline: Vec<Entry>,
    notes: Vec<Entry>,
    // What stands alone in a file: a note, an entry of the log or of the timeline.
    note: Option<String>,
    log: Option<String>,
    event_time: Option<String>,
    title: Option<String>,
    owner: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Links {
    web: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Entry {
    id: Option<Id>,
    event_time: Option<String>,
    created_at: Option<String>,
    title: Option<String>,
    note: Option<String>,
    log: Option<String>,
    description: Option<String>,
    owner: Option<String>,
    hidden: bool,
}

impl Incident {
    /// Whether it is a note or an entry of an incident, and no incident.
    fn is_part(&self) -> bool {
        // Some versions of an incident have the note with which it was opened.
        if self.message.is_some() {
            return false;
        }
        let says = self.note.is_some() || self.log.is_some() || self.event_time.is_some();
        says || (self.id.0.is_empty() && !(self.timeline.is_empty() && self.notes.is_empty()))
    }

    /// The entries of such a part.
    fn parts(&mut self) -> Vec<Entry> {
        let mut parts = std::mem::take(&mut self.timeline);
        parts.append(&mut self.notes);
        let title = [self.note.take(), self.log.take(), self.title.take()];
        if let Some(title) = title.into_iter().flatten().next() {
            parts.push(Entry {
                id: Some(self.id.clone()).filter(|id| !id.0.is_empty()),
                event_time: self.event_time.take().or_else(|| self.created_at.take()),
                title: Some(title),
                description: self.description.take(),
                owner: self.owner.take(),
                ..Entry::default()
            });
        }
        parts
    }
}

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let mut all = Records::<Incident>::default();
    for file in files {
        all.add(file, &["data", "incidents"])?;
    }
    let (mut parts, mut incidents): (Vec<_>, Vec<_>) =
        all.found.into_iter().partition(|it| it.record.is_part());
    let mut raws: Vec<&str> = Vec::new();
    // A note does not say to which incident it belongs.
    if let [only] = incidents.as_mut_slice() {
        for mut part in parts.drain(..) {
            only.record.timeline.extend(part.record.parts());
            raws.push(part.raw);
        }
    }
    let tell = |incident: Read<'_, Incident>| {
        let raws: Vec<&str> = [incident.raw].into_iter().chain(raws.clone()).collect();
        record(&incident.record, &joined(&raws))
    };
    let mut told: Vec<Record> = incidents.into_iter().map(tell).chain(all.failed).collect();
    if !parts.is_empty() {
        let sentence = format!(
            "Notes and entries do not say to which incident they belong, and were left out ({} of them). Import each incident together with its own.",
            parts.len()
        );
        remark(&mut told, sentence);
    }
    Ok(told)
}

fn record(incident: &Incident, raw: &str) -> Record {
    if incident.id.0.is_empty() {
        return Err(Unreadable::new(
            "An incident has no id. Export it again with all its fields.",
        ));
    }
    let mut names = Names::default();
    for entry in incident.timeline.iter().chain(&incident.notes) {
        names.learn(entry.owner.as_deref());
    }
    names.learn(incident.owner.as_deref());
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
    story.text(&names.replaced(incident.description.as_deref().unwrap_or_default()));
    for (name, list) in [("Tags", &incident.tags), ("Actions", &incident.actions)] {
        if !list.is_empty() {
            story.section("notes", &format!("{name}: {}", list.join(", ")));
        }
    }
    if let Some(note) = &incident.note {
        story.section("notes", &names.replaced(note));
    }
    if let Some(source) = &incident.source {
        story.section("notes", &format!("Source: {source}"));
    }
    for (name, said) in incident.extra_properties.iter().chain(&incident.details) {
        story.field(name, &names.replaced(said));
    }
    if !incident.responders.is_empty() {
        story.remark("Who was called was left out; the original has it. Name the roles that took part instead.");
    }
    moments(&mut story, incident);
    for (place, entry) in incident.timeline.iter().chain(&incident.notes).enumerate() {
        if entry.hidden {
            story.remark("Entries that were hidden there were left out; the original has them.");
            continue;
        }
        let parts = [&entry.title, &entry.note, &entry.log, &entry.description];
        let parts = parts.into_iter().flatten();
        let parts = parts.filter(|part| !part.trim().is_empty());
        let text = parts.map(String::as_str).collect::<Vec<_>>().join(": ");
        let key = entry
            .id
            .as_ref()
            .map_or_else(|| format!("entry-{place}"), |id| id.0.clone());
        let text = names.replaced(&text);
        let time = entry.event_time.as_ref().or(entry.created_at.as_ref());
        row(&mut story, key, time, &text, None);
    }
    Ok(story.finish(raw))
}

/// The moments that an incident itself knows.
fn moments(story: &mut Story, incident: &Incident) {
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

    #[test]
    fn causes_properties_and_notes_of_the_only_incident_come_in() {
        let text = |text: &str| Text {
            name: "x",
            text: text.to_owned(),
        };
        let incident = r#"{"data":{"id":"o1","message":"Cache down","note":"opened by hand","description":"It was slow.\n\nRoot cause: the cache was full","extraProperties":{"region":"east","Root cause":"DNS"},"tags":["a",null]}}"#;
        let notes = r#"{"data":[{"note":"mira@example.org restarts","owner":"mira@example.org","createdAt":"2026-10-14T12:30:00Z"}],"took":1}"#;
        let timeline = r#"{"data":{"entries":[{"id":"e1","eventTime":"2026-10-14T12:31:00Z","title":{"content":"Back"}}]}}"#;
        let mut all = read(&[text(incident), text(notes), text(timeline)]).unwrap();
        assert_eq!(all.len(), 1);
        let incoming = all.remove(0).unwrap();
        let said: Vec<_> = incoming
            .document
            .statements
            .iter()
            .map(|it| it.text.as_str())
            .collect();
        assert_eq!(said, ["the cache was full", "DNS"]);
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(rows, ["a responder restarts", "Back"]);
        assert!(incoming.original.contains("restarts"));
        let notes_section = incoming.document.sections.last().unwrap();
        assert!(notes_section.text.as_str().contains("opened by hand"));
        let two = r#"{"data":[{"id":"o1"},{"id":"o2"}]}"#;
        let all = read(&[text(two), text(notes)]).unwrap();
        let remarks = &all[0].as_ref().unwrap().remarks;
        assert!(remarks[0].contains("(1 of them)"), "{remarks:?}");
        assert!(read(&[text(notes)]).unwrap()[0].is_err());
    }
}
