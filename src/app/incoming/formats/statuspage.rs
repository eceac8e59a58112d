//! Statuspage: incidents with their updates, as the API answers them and as the webhook sends them.

use serde::Deserialize;

use super::html::markdown;
use super::json::{Id, at, records};
use super::{Record, Text, Unreadable};
use crate::domain::incoming::{Format, NewEvent, Story, severity};
use crate::domain::timeline::{Lane, Marker};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Incident {
    id: Id,
    name: Option<String>,
    impact: Option<String>,
    shortlink: Option<String>,
    started_at: Option<String>,
    created_at: Option<String>,
    resolved_at: Option<String>,
    scheduled_for: Option<String>,
    scheduled_until: Option<String>,
    postmortem_body: Option<String>,
    postmortem_published_at: Option<String>,
    incident_updates: Vec<Update>,
    components: Vec<Component>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Update {
    id: Option<Id>,
    status: Option<String>,
    body: Option<String>,
    custom_tweet: Option<String>,
    display_at: Option<String>,
    created_at: Option<String>,
    affected_components: Vec<Component>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Component {
    name: Option<String>,
    description: Option<String>,
    old_status: Option<String>,
    new_status: Option<String>,
}

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    const LISTS: [&str; 4] = [
        "incidents",
        "incident",
        "scheduled_maintenances",
        "scheduled_maintenance",
    ];
    let incidents = records::<Incident>(files, &LISTS)?;
    Ok(incidents.told(|incident| record(&incident.record, incident.raw)))
}

fn record(incident: &Incident, raw: &str) -> Record {
    if incident.id.0.is_empty() {
        return Err(Unreadable::new(
            "An incident has no id. Export it again with all its fields.",
        ));
    }
    let mut story = Story::new(
        Format::Statuspage,
        &incident.id.0,
        incident.name.as_deref().unwrap_or_default(),
    )?;
    story.address(incident.shortlink.as_deref());
    story.severity(incident.impact.as_deref().and_then(severity));
    if let Some(from) = &incident.scheduled_for {
        story.remark("It was announced as planned work.");
        let until = incident.scheduled_until.as_ref();
        let until = until
            .map(|until| format!(" until {until}"))
            .unwrap_or_default();
        story.section("notes", &format!("Planned from {from}{until}."));
    }
    for component in &incident.components {
        let name = component.name.as_deref().unwrap_or_default();
        let more = component.description.as_deref().filter(|it| !it.is_empty());
        let more = more.map(|it| format!(": {it}")).unwrap_or_default();
        story.section("notes", &markdown(&format!("Component: {name}{more}")));
    }
    if let Some(start) = at(incident.started_at.as_ref()) {
        let event = NewEvent::new("started", start, Lane::Happened, "The incident began.");
        story.event(event.marks(Some(Marker::ImpactBegan)));
    }
    let time =
        |update: &Update| at(update.display_at.as_ref()).or_else(|| at(update.created_at.as_ref()));
    let updates = incident.incident_updates.iter();
    let (timed, untimed): (Vec<_>, Vec<_>) = updates.partition(|update| time(update).is_some());
    let timed = timed.into_iter();
    let mut updates: Vec<_> = timed
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
        let published = incident.postmortem_body.as_deref();
        let text = said(status, update, published);
        story.event(NewEvent::new(key, *time, Lane::Saw, &text).marks(marker));
    }
    for update in untimed {
        let text = said(update.status.as_deref().unwrap_or("update"), update, None);
        story.unreadable("untimed".to_owned(), "?", Lane::Saw, &text);
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
        story.text(&markdown(text));
        if incident.postmortem_published_at.is_some() {
            story.finished();
        }
    }
    Ok(story.finish(raw))
}

/// An update in words; one that only repeats the published text says that there is one.
fn said(status: &str, update: &Update, published: Option<&str>) -> String {
    let mut text = format!("Status page, {}", status.replace('_', " "));
    if let Some(body) = update
        .body
        .as_deref()
        .filter(|body| !body.trim().is_empty())
        .filter(|body| !published.is_some_and(|text| text.contains(body.trim())))
    {
        text.push_str(": ");
        text.push_str(markdown(body).trim());
    }
    if let Some(tweet) = update.custom_tweet.as_deref().filter(|it| !it.is_empty()) {
        text.push_str(&format!("\n\nAlso said: {}", markdown(tweet)));
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
          {"id":"u2","status":"resolved","body":"Done &amp; over.<br />Sorry.","created_at":"2026-10-14T14:00:00Z","affected_components":[{"name":"API","old_status":"partial_outage","new_status":"operational"}]},
          {"id":"u1","status":"identified","body":"Found.","created_at":"2026-10-14T13:30:00Z","display_at":"2026-10-14T13:00:00Z","affected_components":null,"custom_tweet":"We look."}]},
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
                "Status page, identified: Found.\n\nAlso said: We look.",
                "Status page, resolved: Done & over.\nSorry.\n\nAPI: partial outage to operational"
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

    #[test]
    fn planned_work_and_odd_values_are_read() {
        let text = r#"{"page":{"id":"p"},"incidents":[],"scheduled_maintenances":[{"id":5,"name":"Upgrade","scheduled_for":"2026-10-20T01:00:00Z","scheduled_until":"2026-10-20T03:00:00Z","components":[{"name":"API","description":"for apps"}],"incident_updates":[{"id":1,"status":"completed","body":7,"created_at":"2026-10-20T02:30:00Z"},{"body":"No time"}]},{"name":"no id"}]}"#.to_owned();
        let all = read(&[Text { name: "x", text }]).unwrap();
        let incoming = all[0].clone().unwrap();
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(
            rows,
            ["Status page, completed: 7", "Status page, update: No time"]
        );
        assert_eq!(
            incoming.document.sections[0].text.as_str(),
            "Planned from 2026-10-20T01:00:00Z until 2026-10-20T03:00:00Z.\n\nComponent: API: for apps"
        );
        assert!(all[1].clone().unwrap_err().0.contains("no id"));
    }
}
