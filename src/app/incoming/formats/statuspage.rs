//! Statuspage: incidents with their updates, as the API answers them and as the webhook sends them.

use serde::Deserialize;

use super::json::{Id, at, or_default, records};
use super::{Record, Text, Unreadable};
use crate::domain::incoming::{Format, NewEvent, Story, severity};
use crate::domain::timeline::{Lane, Marker};

#[derive(Deserialize)]
struct Incident {
    id: Id,
    name: Option<String>,
    impact: Option<String>,
    shortlink: Option<String>,
    started_at: Option<String>,
    created_at: Option<String>,
    resolved_at: Option<String>,
    scheduled_for: Option<String>,
    postmortem_body: Option<String>,
    postmortem_published_at: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    incident_updates: Vec<Update>,
}

#[derive(Deserialize)]
struct Update {
    id: Option<Id>,
    status: Option<String>,
    body: Option<String>,
    display_at: Option<String>,
    created_at: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    affected_components: Vec<Component>,
}

#[derive(Deserialize)]
struct Component {
    name: Option<String>,
    old_status: Option<String>,
    new_status: Option<String>,
}

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let mut read = Vec::new();
    for file in files {
        for incident in records::<Incident>(file, &["incidents", "incident"])? {
            read.push(record(&incident.record, incident.raw));
        }
    }
    Ok(read)
}

fn record(incident: &Incident, raw: &str) -> Record {
    let mut story = Story::new(
        Format::Statuspage,
        &incident.id.0,
        incident.name.as_deref().unwrap_or_default(),
    )?;
    story.address(incident.shortlink.as_deref());
    story.severity(incident.impact.as_deref().and_then(severity));
    if incident.scheduled_for.is_some() {
        story.remark("It was announced as planned work.");
    }
    if let Some(start) = at(incident.started_at.as_ref()) {
        let event = NewEvent::new("started", start, Lane::Happened, "The incident began.");
        story.event(event.marks(Some(Marker::ImpactBegan)));
    }
    let time =
        |update: &Update| at(update.display_at.as_ref()).or_else(|| at(update.created_at.as_ref()));
    let updates = incident.incident_updates.iter();
    let mut updates: Vec<_> = updates
        .filter_map(|update| Some((time(update)?, update)))
        .collect();
    updates.sort_by_key(|(at, _)| *at);
    for (place, (time, update)) in updates.iter().enumerate() {
        let status = update.status.as_deref().unwrap_or("update");
        let marker = match status {
            "identified" => Some(Marker::SomeoneKnew),
            "monitoring" => Some(Marker::Mitigated),
            "resolved" => Some(Marker::Over),
            _ => None,
        };
        let key = update
            .id
            .as_ref()
            .map_or_else(|| format!("update-{place}"), |id| id.0.clone());
        let text = said(status, update);
        story.event(NewEvent::new(key, *time, Lane::Saw, &text).marks(marker));
    }
    if updates.is_empty() {
        for (key, time, text) in [
            (
                "created",
                &incident.created_at,
                "The incident was opened on the status page.",
            ),
            (
                "resolved",
                &incident.resolved_at,
                "The incident was called resolved on the status page.",
            ),
        ] {
            if let Some(time) = at(time.as_ref()) {
                story.event(NewEvent::new(key, time, Lane::Saw, text));
            }
        }
    }
    if let Some(text) = &incident.postmortem_body {
        story.text(text);
        if incident.postmortem_published_at.is_some() {
            story.finished();
        }
    }
    Ok(story.finish(raw))
}

fn said(status: &str, update: &Update) -> String {
    let mut text = format!("Status page, {}", status.replace('_', " "));
    if let Some(body) = update
        .body
        .as_deref()
        .filter(|body| !body.trim().is_empty())
    {
        text.push_str(": ");
        text.push_str(body.trim());
    }
    for component in &update.affected_components {
        let (Some(name), Some(new)) = (&component.name, &component.new_status) else {
            continue;
        };
        let old = component.old_status.as_deref().unwrap_or(new);
        if old != new {
            text.push_str(&format!(
                "\n\n{name}: {} to {}",
                old.replace('_', " "),
                new.replace('_', " ")
            ));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_are_rows_and_a_published_text_makes_it_finished() {
        let text = r###"[{"id":"i1","name":"Orders late","impact":"major","created_at":"2026-10-14T12:00:00Z","incident_updates":[
          {"id":"u2","status":"resolved","body":"Done.","created_at":"2026-10-14T14:00:00Z","affected_components":[{"name":"API","old_status":"partial_outage","new_status":"operational"}]},
          {"id":"u1","status":"identified","body":"Found.","created_at":"2026-10-14T13:30:00Z","display_at":"2026-10-14T13:00:00Z","affected_components":null}]},
          {"id":"i2","name":"","postmortem_body":"## Root cause\n\n- A queue had no limit\n\n## Action items\n\n- Limit it","postmortem_published_at":"2026-10-20T00:00:00Z"}]"###;
        let read = read(&[Text {
            name: "x",
            text: text.to_owned(),
        }])
        .unwrap();
        let [first, second] = [0, 1].map(|at| read[at].clone().unwrap());
        let rows: Vec<_> = first
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(
            rows,
            [
                "Status page, identified: Found.",
                "Status page, resolved: Done.\n\nAPI: partial outage to operational"
            ]
        );
        assert!(!first.finished && second.finished);
        assert_eq!(second.document.title.as_str(), "statuspage i2");
        assert_eq!(
            second.document.statements[0].text.as_str(),
            "A queue had no limit"
        );
        assert_eq!(second.document.statements[0].factor, None);
        assert_eq!(second.document.actions[0].title.as_str(), "Limit it");
    }
}
