//! incident.io: incidents, updates, follow-ups and actions, as the API answers each of them.

use serde::Deserialize;

use super::actors::Actor;
use super::json::{Id, Read, Records, at, row};
use super::{Record, Text, Unreadable, left_over};
use crate::domain::incoming::{Format, Names, NewAction, NewEvent, Story, severity};
use crate::domain::timeline::{Lane, Marker};

/// Any of the records: they are told apart by their fields.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Any {
    id: Id,
    incident_id: Option<Id>,
    name: Option<String>,
    reference: Option<String>,
    summary: Option<String>,
    permalink: Option<String>,
    visibility: Option<String>,
    severity: Option<Named>,
    incident_status: Option<Named>,
    incident_type: Option<Named>,
    slack_channel_name: Option<String>,
    postmortem_document_url: Option<String>,
    call_url: Option<String>,
    incident_timestamp_values: Vec<Timestamp>,
    incident_role_assignments: Vec<Assignment>,
    custom_field_entries: Vec<Entry>,
    creator: Option<By>,
    updater: Option<By>,
    assignee: Option<Actor>,
    created_at: Option<String>,
    completed_at: Option<String>,
    timestamp: Option<String>,
    evidence: Option<String>,
    message: Option<String>,
    new_incident_status: Option<Named>,
    new_severity: Option<Named>,
    title: Option<String>,
    description: Option<String>,
    external_issue_reference: Option<Issue>,
    labels: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Named {
    name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Timestamp {
    incident_timestamp: Option<Named>,
    value: Option<Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Value {
    value: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Assignment {
    assignee: Option<Actor>,
}

/// A field that somebody made, with its values.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Entry {
    custom_field: Named,
    values: Vec<Choice>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Choice {
    value_text: Option<String>,
    value_option: Option<String>,
    value_numeric: Option<String>,
    value_link: Option<String>,
    value_timestamp: Option<String>,
    value_catalog_entry: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct By {
    user: Option<Actor>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Issue {
    issue_name: Option<String>,
    issue_permalink: Option<String>,
}

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    const LISTS: [&str; 7] = [
        "incidents",
        "incident",
        "incident_updates",
        "follow_ups",
        "actions",
        "timeline_items",
        "incident_timestamps",
    ];
    let mut all = Records::<Any>::default();
    for file in files {
        all.add(file, &LISTS)?;
    }
    let (belonging, incidents): (Vec<_>, Vec<_>) = all
        .found
        .into_iter()
        .partition(|read| read.record.incident_id.is_some());
    // Lists of severities, roles and the like are exported too; they hold no incident.
    let incidents: Vec<_> = incidents
        .into_iter()
        .filter(|read| is_incident(&read.record))
        .collect();
    let mut told: Vec<Record> = incidents
        .iter()
        .map(|incident| record(incident, &belonging))
        .chain(all.failed)
        .collect();
    let strangers = belonging
        .iter()
        .filter_map(|it| it.record.incident_id.as_ref());
    let strangers = strangers.filter(|id| incidents.iter().all(|it| it.record.id != **id));
    left_over(
        &mut told,
        "updates, follow-ups and actions",
        strangers.map(|id| id.0.as_str()),
    );
    Ok(told)
}

fn is_incident(it: &Any) -> bool {
    it.incident_status.is_some()
        || it.reference.is_some()
        || it.permalink.is_some()
        || it.visibility.is_some()
        || it.severity.is_some()
}

fn record(read: &Read<'_, Any>, belonging: &[Read<'_, Any>]) -> Record {
    let incident = &read.record;
    let own: Vec<&Read<'_, Any>> = belonging
        .iter()
        .filter(|it| it.record.incident_id.as_ref() == Some(&incident.id))
        .collect();
    let mut names = Names::default();
    for one in own.iter().map(|read| &read.record).chain([incident]) {
        people(one, &mut names);
    }
    if incident.id.0.is_empty() {
        return Err(Unreadable::new(
            "An incident has no id. Export it again with all its fields.",
        ));
    }
    let mut story = Story::new(
        Format::IncidentIo,
        &incident.id.0,
        incident.name.as_deref().unwrap_or_default(),
    )?;
    story.address(incident.permalink.as_deref());
    let called = |it: &Option<Named>| it.as_ref().and_then(|it| it.name.clone());
    story.severity(called(&incident.severity).and_then(|it| severity(&it)));
    if incident.visibility.as_deref() == Some("private") {
        story.restricted();
    }
    story.section(
        "summary",
        &names.replaced(incident.summary.as_deref().unwrap_or_default()),
    );
    for entry in &incident.custom_field_entries {
        let name = entry.custom_field.name.as_deref().unwrap_or("Custom field");
        story.field(name, &names.replaced(&chosen(entry)));
    }
    for (name, said) in [
        ("Reference", incident.reference.clone()),
        ("Type in incident.io", called(&incident.incident_type)),
        ("Status in incident.io", called(&incident.incident_status)),
        ("Slack channel", incident.slack_channel_name.clone()),
        (
            "Post-mortem there",
            incident.postmortem_document_url.clone(),
        ),
        ("Call", incident.call_url.clone()),
        (
            "Ticket there",
            incident.external_issue_reference.as_ref().map(issue),
        ),
    ] {
        story.field(name, said.as_deref().unwrap_or_default());
    }
    for stamp in &incident.incident_timestamp_values {
        let name = stamp
            .incident_timestamp
            .as_ref()
            .and_then(|it| it.name.as_deref());
        let time = stamp.value.as_ref().and_then(|it| at(it.value.as_ref()));
        if let (Some(name), Some(time)) = (name, time) {
            let text = name.strip_suffix(" at").unwrap_or(name);
            let event = NewEvent::new(format!("timestamp-{name}"), time, Lane::Happened, text);
            story.event(event.marks(marker(name)));
        }
    }
    for one in own.iter().map(|read| &read.record) {
        belongs(&mut story, one, &names);
    }
    let raws: Vec<&str> = std::iter::once(read.raw)
        .chain(own.iter().map(|read| read.raw))
        .collect();
    Ok(story.finish(&super::joined(&raws)))
}

fn people(one: &Any, names: &mut Names) {
    let by = [&one.creator, &one.updater]
        .into_iter()
        .flatten()
        .filter_map(|by| by.user.as_ref());
    let assigned = one
        .incident_role_assignments
        .iter()
        .filter_map(|it| it.assignee.as_ref());
    by.chain(assigned)
        .chain(&one.assignee)
        .for_each(|actor| actor.teach(names));
}

/// What was chosen or written in a field.
fn chosen(entry: &Entry) -> String {
    let values = entry.values.iter().flat_map(|choice| {
        [
            &choice.value_text,
            &choice.value_option,
            &choice.value_numeric,
            &choice.value_link,
            &choice.value_timestamp,
            &choice.value_catalog_entry,
        ]
    });
    let values: Vec<&str> = values.flatten().map(String::as_str).collect();
    values.join(", ")
}

fn issue(issue: &Issue) -> String {
    let parts = [&issue.issue_name, &issue.issue_permalink];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(" ")
}

fn marker(name: &str) -> Option<Marker> {
    Some(match name {
        "Impact started at" => Marker::ImpactBegan,
        "Reported at" => Marker::FirstSign,
        "Identified at" => Marker::SomeoneKnew,
        "Fixed at" => Marker::Mitigated,
        "Resolved at" => Marker::Over,
        _ => return None,
    })
}

/// An update, a follow-up, or something that was to be done while it lasted.
fn belongs(story: &mut Story, one: &Any, names: &Names) {
    let id = &one.id.0;
    let is_update =
        one.new_incident_status.is_some() || one.new_severity.is_some() || one.message.is_some();
    let created = at(one.created_at.as_ref());
    if one.timestamp.is_some() {
        let parts = [&one.title, &one.description, &one.evidence];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        let text = names.replaced(&parts.join("\n"));
        row(story, id.clone(), one.timestamp.as_ref(), &text, None);
    } else if is_update {
        let named = |it: &Option<Named>| it.as_ref().and_then(|it| it.name.clone());
        let status = named(&one.new_incident_status).map(|it| format!("Status: {it}."));
        let severity = named(&one.new_severity).map(|it| format!("Severity: {it}."));
        let message = one.message.as_ref().map(|it| names.replaced(it));
        let text = [message, status, severity]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ");
        row(story, id.clone(), one.created_at.as_ref(), &text, None);
    } else if let Some(title) = &one.title {
        let title = names.replaced(title);
        if one.assignee.is_some() {
            story.remark(
                "Owners were left out: here a team or a role owns an action, never a person.",
            );
        }
        let tracker = one
            .external_issue_reference
            .as_ref()
            .and_then(|it| it.issue_permalink.as_deref());
        story.action(NewAction {
            key: id.clone(),
            title: &title,
            done: one.completed_at.is_some(),
            tracker,
            ..NewAction::default()
        });
        let labels = one.labels.join(", ");
        let ticket = one.external_issue_reference.as_ref();
        let ticket = ticket.and_then(|it| it.issue_name.as_deref());
        let more = [one.description.as_deref(), Some(&labels), ticket];
        let more = more.into_iter().flatten().map(str::trim);
        let more: Vec<&str> = more.filter(|it| !it.is_empty()).collect();
        if !more.is_empty() {
            let more = names.replaced(&more.join("; "));
            story.section("follow-up", &format!("- {title}: {more}"));
        }
    } else if let Some(description) = &one.description {
        let text = names.replaced(description);
        if created.is_none() {
            story.unreadable(id.clone(), "?", Lane::Did, &format!("To be done: {text}"));
        }
        for (key, time, text) in [
            (id.clone(), created, format!("To be done: {text}")),
            (
                format!("{id} done"),
                at(one.completed_at.as_ref()),
                format!("Done: {text}"),
            ),
        ] {
            if let Some(time) = time {
                story.event(NewEvent::new(key, time, Lane::Did, &text));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_all_lists_come_together_and_a_private_one_stays_so() {
        let text = |text: &str| Text {
            name: "x",
            text: text.to_owned(),
        };
        let incidents = text(
            r#"{"incidents":[{"id":"I1","name":"Mail late","visibility":"private","severity":{"name":"Major"},"incident_status":{"name":"Closed"},"creator":{"user":{"name":"Mira Vance"}},
          "incident_timestamp_values":[{"incident_timestamp":{"name":"Reported at"},"value":{"value":"2026-10-14T12:00:00Z"}},{"incident_timestamp":{"name":"Fixed at"},"value":null}]}],"pagination_meta":{}}"#,
        );
        let updates = text(
            r#"[{"id":"U1","incident_id":"I1","created_at":"2026-10-14T12:10:00Z","message":"Mira Vance looks","new_incident_status":{"name":"Fixing"}},{"id":"U9","incident_id":"other","message":"no"}]"#,
        );
        let more = text(
            r#"[{"id":"F1","incident_id":"I1","title":"Limit the queue","completed_at":"2026-10-20T00:00:00Z","assignee":{"name":"Jon Okada"},"labels":["queue","soon"],"external_issue_reference":{"issue_name":"OPS-1","issue_permalink":"https://example.org/1"}},{"id":"A1","incident_id":"I1","description":"Call the vendor","created_at":"2026-10-14T12:20:00Z","completed_at":null}]"#,
        );
        let severities =
            text(r#"[{"id":"S1","name":"Major","created_at":"2026-01-01T00:00:00Z"}]"#);
        let mut read = read(&[updates, incidents, severities, more]).unwrap();
        assert_eq!(read.len(), 1);
        let incoming = read.remove(0).unwrap();
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(
            rows,
            [
                "Reported",
                "a responder looks Status: Fixing.",
                "To be done: Call the vendor"
            ]
        );
        assert_eq!(incoming.document.visibility.as_code(), "restricted");
        assert_eq!(incoming.document.actions[0].state.as_code(), "done");
        let more = incoming
            .document
            .sections
            .iter()
            .find(|it| it.key == "follow-up");
        assert_eq!(
            more.unwrap().text.as_str(),
            "- Limit the queue: queue, soon; OPS-1"
        );
        assert!(!format!("{:?}", incoming.document).contains("Okada"));
    }
}
