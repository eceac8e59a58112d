//! PagerDuty: incidents with their log entries, as `GET /incidents` and `GET /incidents/{id}/log_entries` answer them.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::actors::Actor;
use super::json::{Id, Read, instant, or_default, records};
use super::{Record, Text, Unreadable};
use crate::domain::incoming::{Format, Names, NewEvent, Story, severity};
use crate::domain::timeline::{Lane, Marker};

#[derive(Deserialize)]
struct Incident {
    id: Id,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    summary: Option<String>,
    html_url: Option<String>,
    created_at: Option<String>,
    service: Option<Actor>,
    priority: Option<Actor>,
    body: Option<Body>,
    #[serde(default, deserialize_with = "or_default")]
    assignments: Vec<Assignment>,
    #[serde(default, deserialize_with = "or_default")]
    log_entries: Vec<Entry>,
    #[serde(default, deserialize_with = "or_default")]
    notes: Vec<Note>,
}

#[derive(Deserialize)]
struct Body {
    details: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Assignment {
    assignee: Option<Actor>,
}

#[derive(Deserialize)]
struct Note {
    id: Id,
    content: Option<String>,
    created_at: Option<String>,
    user: Option<Actor>,
}

#[derive(Deserialize)]
struct Entry {
    id: Id,
    #[serde(rename = "type", default)]
    kind: String,
    summary: Option<String>,
    created_at: Option<String>,
    html_url: Option<String>,
    agent: Option<Actor>,
    user: Option<Actor>,
    channel: Option<Channel>,
    incident: Option<Reference>,
    #[serde(default, deserialize_with = "or_default")]
    assignees: Vec<Actor>,
    event_details: Option<Details>,
}

#[derive(Deserialize)]
struct Reference {
    id: Id,
}

#[derive(Deserialize)]
struct Details {
    description: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Channel {
    #[serde(rename = "type")]
    kind: Option<String>,
    summary: Option<String>,
    details: Option<serde_json::Value>,
    notification: Option<Notification>,
}

#[derive(Deserialize)]
struct Notification {
    #[serde(rename = "type")]
    kind: Option<String>,
}

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let mut incidents: Vec<Read<'_, Incident>> = Vec::new();
    let mut alone: Vec<Entry> = Vec::new();
    for file in files {
        if file.text.contains("\"log_entries\"")
            && !file.text.contains("\"incidents\"")
            && !file.text.contains("\"incident_number\"")
        {
            alone.extend(
                records(file, &["log_entries"])?
                    .into_iter()
                    .map(|read| read.record),
            );
        } else {
            incidents.extend(records(file, &["incidents", "incident"])?);
        }
    }
    let mut read = Vec::new();
    for mut incident in incidents {
        let own = |entry: &mut Entry| {
            entry
                .incident
                .as_ref()
                .is_some_and(|it| it.id == incident.record.id)
        };
        let entries: Vec<Entry> = alone.extract_if(.., own).collect();
        incident.record.log_entries.extend(entries);
        read.push(record(incident));
    }
    Ok(read)
}

fn record(read: Read<'_, Incident>) -> Record {
    let incident = read.record;
    if incident.id.0.is_empty() {
        return Err(Unreadable::new(
            "An incident has no id. Export it again with all its fields.",
        ));
    }
    let title = [&incident.title, &incident.description, &incident.summary];
    let title = title
        .into_iter()
        .flatten()
        .next()
        .map_or("", String::as_str);
    let mut names = Names::default();
    people(&incident, &mut names);
    let mut story = Story::new(Format::PagerDuty, &incident.id.0, &names.replaced(title))?;
    story.address(incident.html_url.as_deref());
    let priority = incident
        .priority
        .as_ref()
        .and_then(|it| it.summary.as_deref().or(it.name.as_deref()));
    story.severity(priority.and_then(severity));
    if let Some(service) = incident
        .service
        .as_ref()
        .and_then(|it| it.summary.as_deref())
    {
        story.section("notes", &format!("Service: {service}"));
    }
    if let Some(details) = incident
        .body
        .as_ref()
        .and_then(|body| body.details.as_ref())
        .and_then(|it| it.as_str())
    {
        story.section("notes", &names.replaced(details));
    }
    let mut entries: Vec<(DateTime<Utc>, &Entry)> = incident
        .log_entries
        .iter()
        .filter_map(|entry| Some((instant(entry.created_at.as_deref()?)?, entry)))
        .collect();
    // The API answers the newest first.
    entries.sort_by(|one, other| (one.0, &one.1.id).cmp(&(other.0, &other.1.id)));
    if entries.len() < incident.log_entries.len() {
        story.remark("Log entries without a time were left out. The original has them.");
    }
    let no_entries = entries.is_empty();
    for (at, entry) in entries {
        let (lane, marker, text) = told(entry, &names);
        story.event(NewEvent {
            key: entry.id.0.clone(),
            at,
            lane,
            marker,
            text: &text,
            source: entry.html_url.as_deref(),
        });
    }
    for note in &incident.notes {
        if let (Some(at), Some(content)) =
            (super::json::at(note.created_at.as_ref()), &note.content)
        {
            let text = names.replaced(content);
            let key = format!("note-{}", note.id.0);
            story.event(NewEvent {
                key,
                at,
                lane: Lane::Saw,
                marker: None,
                text: &text,
                source: None,
            });
        }
    }
    if no_entries {
        story.remark("There are no log entries in the file, so there is no timeline. Export the incident with its log entries.");
        if let Some(at) = super::json::at(incident.created_at.as_ref()) {
            let text = "The incident was opened.";
            story.event(NewEvent {
                key: "created".to_owned(),
                at,
                lane: Lane::Saw,
                marker: Some(Marker::FirstSign),
                text,
                source: None,
            });
        }
    }
    Ok(story.finish(read.raw))
}

fn people(incident: &Incident, names: &mut Names) {
    let assigned = incident
        .assignments
        .iter()
        .filter_map(|it| it.assignee.as_ref());
    let entries = incident.log_entries.iter();
    let agents = entries.flat_map(|entry| {
        entry
            .agent
            .iter()
            .chain(&entry.user)
            .chain(&entry.assignees)
    });
    let writers = incident.notes.iter().filter_map(|note| note.user.as_ref());
    for person in assigned.chain(agents).chain(writers) {
        person.teach(names);
    }
    // A notified person stands in the sentence alone.
    for entry in &incident.log_entries {
        let summary = entry.summary.as_deref().unwrap_or_default();
        let named = summary
            .strip_prefix("Notified ")
            .and_then(|rest| rest.rsplit_once(" by "));
        names.learn(named.map(|(name, _)| name));
    }
}

/// An entry in words without people: whose side it tells, which moment it marks, what happened.
fn told(entry: &Entry, names: &Names) -> (Lane, Option<Marker>, String) {
    let person = entry.agent.as_ref().is_none_or(Actor::is_person);
    let who = if person { "A responder" } else { "A program" };
    let channel = entry.channel.as_ref();
    let way = channel
        .and_then(|it| it.kind.as_deref())
        .unwrap_or_default();
    let summary = || names.replaced(entry.summary.as_deref().unwrap_or_default());
    let said = || {
        channel
            .and_then(|it| it.summary.as_deref())
            .map(|it| names.replaced(it))
    };
    let kind = entry
        .kind
        .trim_end_matches("_reference")
        .trim_end_matches("_log_entry");
    match kind {
        "trigger" => {
            let by = match way {
                "website" | "web_trigger" => "An incident was opened through the website",
                "email" => "A mail opened an incident",
                _ => "An alert opened an incident",
            };
            let details = entry
                .event_details
                .as_ref()
                .and_then(|it| it.description.clone());
            let details = details.or_else(said).filter(|it| !it.is_empty());
            let text = details.map_or_else(|| format!("{by}."), |it| format!("{by}: {it}"));
            (Lane::Saw, Some(Marker::FirstSign), text)
        }
        "acknowledge" => (
            Lane::Did,
            Some(Marker::SomeoneKnew),
            format!("{who} acknowledged the incident."),
        ),
        "unacknowledge" => (
            Lane::Happened,
            None,
            "The acknowledgement ran out.".to_owned(),
        ),
        "resolve" => (
            Lane::Did,
            Some(Marker::Over),
            format!("{who} resolved the incident."),
        ),
        "escalate" => (Lane::Did, None, "The incident was escalated.".to_owned()),
        "assign" | "delegate" => (
            Lane::Did,
            None,
            "The incident was assigned to somebody else.".to_owned(),
        ),
        "notify" => {
            let by = channel
                .and_then(|it| it.notification.as_ref())
                .and_then(|it| it.kind.clone());
            let by = by.or_else(|| {
                let (_, by) = entry
                    .summary
                    .as_deref()?
                    .trim_end_matches('.')
                    .rsplit_once(" by ")?;
                Some(by.to_owned())
            });
            let by = by
                .map(|by| format!(" by {}", by.replace('_', " ")))
                .unwrap_or_default();
            (Lane::Saw, None, format!("A responder was notified{by}."))
        }
        "annotate" => {
            let details = channel
                .and_then(|it| it.details.as_ref())
                .and_then(|it| it.as_str());
            let text = said().or_else(|| details.map(|it| names.replaced(it)));
            (
                Lane::Saw,
                None,
                text.filter(|it| !it.is_empty()).unwrap_or_else(summary),
            )
        }
        "snooze" => (Lane::Did, None, format!("{who} put the incident off.")),
        _ => (Lane::Happened, None, summary()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"incidents":[{"id":"Q1","title":"Orders stopped","html_url":"https://example.org/incidents/Q1","priority":{"summary":"P2"},"service":{"summary":"Orders","type":"service_reference"},
    "assignments":[{"assignee":{"type":"user_reference","summary":"Mira Vance"}}],
    "log_entries":[
      {"id":"R9","type":"resolve_log_entry","created_at":"2026-10-14T13:00:00Z","summary":"Resolved by Mira Vance.","agent":{"type":"user_reference","summary":"Mira Vance"}},
      {"id":"R4","type":"priority_change_log_entry","created_at":"2026-10-14T12:30:00Z","summary":"Priority set by Mira Vance.","agent":{"type":"user_reference","summary":"Mira Vance"}},
      {"id":"R3","type":"annotate_log_entry","created_at":"2026-10-14T12:20:00Z","summary":"Note by Mira Vance","channel":{"type":"note","summary":"Asked Jon Okada for the disk."},"agent":{"type":"user_reference","summary":"Jon Okada"}},
      {"id":"R2","type":"notify_log_entry","created_at":"2026-10-14T12:01:00Z","summary":"Notified Tove Lind by SMS.","channel":{"type":"auto"}},
      {"id":"R1","type":"trigger_log_entry","created_at":"2026-10-14T12:00:00+00:00","summary":"Triggered","channel":{"type":"api","summary":"Queue is full"},"agent":{"type":"service_reference","summary":"Orders"}},
      {"id":"R0","type":"trigger_log_entry","created_at":null}
    ]}]}"#;

    #[test]
    fn log_entries_become_rows_in_order_and_nobody_is_named() {
        let file = Text {
            name: "x.json",
            text: FILE.to_owned(),
        };
        let incoming = read(&[file]).unwrap().remove(0).unwrap();
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(
            rows,
            [
                "An alert opened an incident: Queue is full",
                "A responder was notified by SMS.",
                "Asked a responder for the disk.",
                "Priority set by a responder.",
                "A responder resolved the incident.",
            ]
        );
        assert_eq!(incoming.keys.events, ["R1", "R2", "R3", "R4", "R9"]);
        assert_eq!(incoming.document.events[0].marker, Some(Marker::FirstSign));
        assert_eq!(incoming.document.events[4].marker, Some(Marker::Over));
        assert_eq!(
            incoming.document.severity.map(|it| it.as_code()),
            Some("sev2")
        );
        assert_eq!(
            incoming.document.happened_on.unwrap().to_string(),
            "2026-10-14"
        );
        assert!(
            incoming.original.starts_with("{\"id\":\"Q1\"")
                && incoming.original.contains("Tove Lind")
        );
        let said = format!("{:?}", incoming.document);
        for name in ["Mira", "Jon Okada", "Tove"] {
            assert!(!said.contains(name), "{name} in {said}");
        }
        assert_eq!(incoming.remarks.len(), 1);
    }
}
