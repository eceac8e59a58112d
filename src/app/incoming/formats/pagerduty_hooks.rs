//! What the webhooks of PagerDuty send: version 3, one event in each body, and version 2, several messages.

use serde::Deserialize;
use serde_json::Value;

use super::actors::Actor;
use super::forgiving;
use super::json::{Id, Records};
use super::pagerduty::{Held, Incident};
use super::pagerduty_log::{Channel, Entry};
use super::{Record, Text, Unreadable};

/// Events of version 3, and which entry of the log says the same. (Those of version 2 are called the same or shorter.)
const KINDS: [(&str, &str); 16] = [
    ("triggered", "trigger"),
    ("trigger", "trigger"),
    ("acknowledged", "acknowledge"),
    ("acknowledge", "acknowledge"),
    ("unacknowledged", "unacknowledge"),
    ("unacknowledge", "unacknowledge"),
    ("resolved", "resolve"),
    ("resolve", "resolve"),
    ("escalated", "escalate"),
    ("escalate", "escalate"),
    ("reassigned", "assign"),
    ("assign", "assign"),
    ("delegated", "delegate"),
    ("delegate", "delegate"),
    ("annotated", "annotate"),
    ("annotate", "annotate"),
];

/// An event of version 3, or a message of version 2.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Hook {
    id: Id,
    event_type: Option<String>,
    occurred_at: Option<String>,
    created_on: Option<String>,
    agent: Option<Actor>,
    data: Value,
    event: Value,
    incident: Value,
    log_entries: Vec<Entry>,
}

/// Reads a file of such bodies; each tells more of its incident.
pub(super) fn read<'a>(
    file: &'a Text<'_>,
    held: &mut Vec<Held<'a>>,
    failed: &mut Vec<Record>,
) -> Result<(), Unreadable> {
    let mut hooks = Records::<Hook>::default();
    hooks.add(file, &["messages"])?;
    failed.extend(hooks.failed);
    for hook in hooks.found {
        let raw = hook.raw;
        // A list of bodies holds each event in an object of its own.
        let hook = match &hook.record.event {
            Value::Object(_) => reread(&hook.record.event).unwrap_or_default(),
            _ => hook.record,
        };
        match told(hook) {
            Ok(incident) => add(held, incident, raw),
            Err(why) => failed.push(Err(why)),
        }
    }
    Ok(())
}

fn reread<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
    forgiving::read(&value.to_string()).ok()
}

/// The incident of an event, with the event as an entry of its log.
fn told(hook: Hook) -> Result<Incident, Unreadable> {
    let name = hook.event_type.clone();
    let name = name.or_else(|| hook.event.as_str().map(str::to_owned));
    let name = name.unwrap_or_default();
    let about = [
        hook.data.get("incident"),
        Some(&hook.data),
        Some(&hook.incident),
    ];
    let mut about = about.into_iter().flatten().filter(|it| it.is_object());
    let incident = about.next().filter(|_| name.starts_with("incident"));
    let incident = incident.and_then(reread::<Incident>);
    let Some(mut incident) = incident.filter(|it| !it.id.0.is_empty()) else {
        let name = crate::domain::text::excerpt(&name);
        return Err(Unreadable::new(format!(
            "A webhook of the kind \"{name}\" tells of no incident, so it was left out."
        )));
    };
    if hook.log_entries.is_empty() {
        let entry = entry(&name, &hook);
        incident.log_entries.push(entry);
    } else {
        incident.log_entries.extend(hook.log_entries);
    }
    Ok(incident)
}

fn entry(name: &str, hook: &Hook) -> Entry {
    let last = name.rsplit('.').next().unwrap_or(name);
    let known = KINDS.iter().find(|(event, _)| *event == last);
    let said = |key: &str| hook.data.get(key).map(forgiving::words);
    let kind = match known {
        Some((_, kind)) => kind,
        None if last.starts_with("status_update") => "status_update",
        None => "other",
    };
    Entry {
        id: hook.id.clone(),
        kind: format!("{kind}_log_entry"),
        summary: Some(format!("The program said: {}.", last.replace('_', " "))),
        message: said("message"),
        created_at: hook.occurred_at.clone().or_else(|| hook.created_on.clone()),
        agent: hook.agent.clone(),
        channel: said("content").map(|content| Channel {
            summary: Some(content),
            ..Channel::default()
        }),
        ..Entry::default()
    }
}

fn add<'a>(held: &mut Vec<Held<'a>>, incident: Incident, raw: &'a str) {
    let known = held.iter_mut().find(|it| it.incident.id == incident.id);
    let Some(known) = known else {
        held.push(Held {
            incident,
            raws: vec![raw],
        });
        return;
    };
    known.raws.push(raw);
    let old = std::mem::replace(&mut known.incident, incident);
    known.incident.follow(old);
}

#[cfg(test)]
mod tests {
    use super::super::pagerduty::read;
    use super::*;

    fn rows(bodies: &[&str]) -> (Vec<String>, Vec<Record>) {
        let files: Vec<Text<'_>> = bodies
            .iter()
            .map(|text| Text {
                name: "hook.json",
                text: (*text).to_owned(),
            })
            .collect();
        let all = read(&files).unwrap();
        let events = all[0].as_ref().unwrap().document.events.iter();
        let rows = events.map(|event| event.text.as_str().to_owned()).collect();
        (rows, all)
    }

    #[test]
    fn bodies_of_version_three_come_together_by_their_incident() {
        let body = |id: &str, kind: &str, at: u8, data: &str| {
            format!(
                r#"{{"event":{{"id":"{id}","event_type":"{kind}","resource_type":"incident","occurred_at":"2026-10-14T12:0{at}:00Z","agent":{{"type":"user_reference","summary":"Mira Vance"}},"data":{data}}}}}"#
            )
        };
        let incident = r#"{"id":"Q3","type":"incident","title":"Disk","html_url":"https://example.org/Q3","priority":{"summary":"P2"}}"#;
        let note = r#"{"incident":{"id":"Q3","type":"incident_reference","summary":"Disk"},"id":"N1","content":"Mira Vance looked"}"#;
        let update = r#"{"incident":{"id":"Q3"},"id":"S1","message":"We look"}"#;
        let bodies = [
            body("E3", "incident.resolved", 3, incident),
            body("E1", "incident.triggered", 0, incident),
            body("E2", "incident.annotated", 1, note),
            body("E4", "incident.status_update_published", 2, update),
            body("E5", "pagey.ping", 4, r#"{"message":"hello"}"#),
        ];
        let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
        let (rows, all) = rows(&bodies);
        assert_eq!(
            rows,
            [
                "An alert opened an incident.",
                "a responder looked",
                "A responder told others: We look",
                "A responder resolved the incident."
            ]
        );
        assert_eq!(all.len(), 2);
        let incoming = all[0].as_ref().unwrap();
        assert_eq!(incoming.document.title.as_str(), "Disk");
        assert_eq!(
            incoming.document.severity.map(|it| it.as_code()),
            Some("sev2")
        );
        assert!(incoming.original.contains("\"E4\""));
        assert!(all[1].as_ref().unwrap_err().0.contains("\"pagey.ping\""));
    }

    #[test]
    fn messages_of_version_two_are_read() {
        let body = r#"{"messages":[{"id":"M1","event":"incident.trigger","created_on":"2026-10-14T12:00:00Z","incident":{"id":"Q4","title":"Queue"},"log_entries":[{"id":"R1","type":"trigger_log_entry","created_at":"2026-10-14T12:00:00Z","channel":{"summary":"Full"}}]},
          {"id":"M2","event":"incident.acknowledge","created_on":"2026-10-14T12:01:00Z","incident":{"id":"Q4","title":"Queue"}}]}"#;
        let (rows, all) = rows(&[body]);
        assert_eq!(
            rows,
            [
                "An alert opened an incident: Full",
                "A responder acknowledged the incident."
            ]
        );
        assert_eq!(all.len(), 1);
    }
}
