//! Dispatch: its tables, each as a JSON file of rows, or all of them in a dump of PostgreSQL.

use serde_json::Value;

use super::json::{at, records};
use super::morgue::shown;
use super::sql::{Row, Tables, copied};
use super::{Record, Text, Unreadable};
use crate::domain::incoming::{Format, Names, NewAction, NewEvent, Story, severity};
use crate::domain::timeline::{Lane, Marker};

/// What an incident says before anybody wrote how it was resolved.
const NO_RESOLUTION: &str = "Description of the actions taken to resolve the incident.";

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let mut tables = Tables::new();
    for file in files {
        if file.text.trim_start().starts_with(['[', '{']) {
            let rows = rows(file)?;
            tables
                .entry(table(file, rows.first()))
                .or_default()
                .extend(rows);
        } else {
            copied(&file.text, &mut tables);
        }
    }
    let incidents = tables.get("incident").map_or(&[][..], Vec::as_slice);
    Ok(incidents.iter().map(|row| record(row, &tables)).collect())
}

/// Rows of a JSON file: what a database keeps as a number may be one, or text.
fn rows(file: &Text<'_>) -> Result<Vec<Row>, Unreadable> {
    let read = records::<serde_json::Map<String, Value>>(file, &["items"])?;
    let cell = |value: Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    };
    let row = |record: serde_json::Map<String, Value>| {
        let cells = record.into_iter();
        cells
            .filter_map(|(column, value)| Some((column, cell(value)?)))
            .collect()
    };
    Ok(read.into_iter().map(|read| row(read.record)).collect())
}

/// Which table a file holds: what its rows have, otherwise what it is called.
fn table(file: &Text<'_>, row: Option<&Row>) -> String {
    let has = |column: &str| row.is_some_and(|row| row.contains_key(column));
    if has("reported_at") || has("incident_priority_id") {
        return "incident".to_owned();
    }
    if has("resolve_by") {
        return "task".to_owned();
    }
    if has("started_at") && has("source") {
        return "event".to_owned();
    }
    let last = file.name.rsplit(['/', '\\']).next().unwrap_or(file.name);
    last.split('.').next().unwrap_or(last).to_owned()
}

fn value<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).map_or("", |value| value.trim())
}

fn of<'a>(tables: &'a Tables, table: &str, id: &str) -> Vec<&'a Row> {
    let rows = tables.get(table).map_or(&[][..], Vec::as_slice);
    rows.iter()
        .filter(|row| value(row, "incident_id") == id)
        .collect()
}

fn named<'a>(tables: &'a Tables, table: &str, id: &str) -> Option<&'a str> {
    let rows = tables.get(table)?;
    rows.iter()
        .find(|row| !id.is_empty() && value(row, "id") == id)
        .map(|row| value(row, "name"))
}

fn record(row: &Row, tables: &Tables) -> Record {
    let id = value(row, "id");
    let name = Some(value(row, "name"))
        .filter(|name| !name.is_empty())
        .unwrap_or(id);
    if name.is_empty() {
        return Err(Unreadable::new(
            "An incident has no id. Export its table with all columns.",
        ));
    }
    let events = of(tables, "event", id);
    let tasks = of(tables, "task", id);
    let mut names = Names::default();
    events
        .iter()
        .for_each(|event| names.learn(person(value(event, "description"))));
    let mut story = Story::new(Format::Dispatch, name, value(row, "title"))?;
    if value(row, "visibility") == "Restricted" {
        story.restricted();
    }
    let severities = [
        ("incident_severity", "incident_severity_id"),
        ("incident_priority", "incident_priority_id"),
    ];
    let grave = severities
        .iter()
        .find_map(|(table, column)| severity(named(tables, table, value(row, column))?));
    story.severity(grave);
    story.section("background", &names.replaced(value(row, "description")));
    story.section("summary", &names.replaced(value(row, "summary")));
    let resolution = value(row, "resolution");
    if resolution != NO_RESOLUTION {
        story.section("response", &names.replaced(resolution));
    }
    for (column, marker, text) in [
        ("reported_at", Some(Marker::FirstSign), "It was reported."),
        (
            "stable_at",
            Some(Marker::Mitigated),
            "It was called stable.",
        ),
        ("closed_at", Some(Marker::Over), "It was closed."),
    ] {
        if let Some(time) = at(row.get(column)) {
            story.event(NewEvent::new(column, time, Lane::Did, text).marks(marker));
        }
    }
    let mut kept = 0;
    for event in events.iter().filter(|event| !is_housekeeping(event)) {
        if let Some(time) = at(event.get("started_at")) {
            let text = names.replaced(value(event, "description"));
            story.event(NewEvent::new(
                value(event, "id"),
                time,
                Lane::Happened,
                &text,
            ));
            kept += 1;
        }
    }
    if kept < events.len() {
        story.remark(format!("{} rows about channels, documents and who was added were left out; the original has them.", events.len() - kept));
    }
    for task in &tasks {
        if !value(task, "owner_id").is_empty() {
            story.remark(
                "Owners were left out: here a team or a role owns an action, never a person.",
            );
        }
        let text = names.replaced(value(task, "description"));
        let done = value(task, "status") == "Resolved" || task.contains_key("resolved_at");
        let tracker = task.get("weblink").map(String::as_str);
        story.action(NewAction {
            key: value(task, "id").to_owned(),
            title: &text,
            done,
            tracker,
            ..NewAction::default()
        });
    }
    let mut original = shown("incident", row);
    events
        .iter()
        .for_each(|event| original.push_str(&shown("event", event)));
    tasks
        .iter()
        .for_each(|task| original.push_str(&shown("task", task)));
    Ok(story.finish(&original))
}

/// The person in a sentence of Dispatch.
fn person(description: &str) -> Option<&str> {
    let added = description
        .split_once(" added to incident")
        .map(|(name, _)| name);
    let by = description.split_once(" created by ").map(|(_, name)| name);
    let to = description
        .split_once(" has been assigned")
        .map(|(name, _)| name);
    let found = added
        .filter(|_| description.ends_with(" role"))
        .or(by)
        .or(to)?;
    // Names of things that Dispatch adds are plain words in lower case behind the first.
    found
        .split_whitespace()
        .nth(1)?
        .chars()
        .next()?
        .is_uppercase()
        .then_some(found)
}

/// What Dispatch does by itself: channels, documents, groups, and who was added to them.
fn is_housekeeping(event: &Row) -> bool {
    let text = value(event, "description");
    let status = text.contains("status") || text.contains("priority") || text.contains("severity");
    let own = value(event, "source").contains("Plugin")
        || text.contains("added to incident")
        || text.ends_with("notifications sent")
        || text.ends_with(" created");
    own && !status && text != "Incident created"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_together_and_nobody_is_named() {
        let text = |name: &'static str, text: &str| Text {
            name,
            text: text.to_owned(),
        };
        let incident = text(
            "a.json",
            r#"[{"id":9007199254740993123,"name":"d-1","title":"Mail late","visibility":"Restricted","reported_at":"2026-10-14 12:00:00.5","stable_at":null,"incident_priority_id":"1","resolution":"Description of the actions taken to resolve the incident."}]"#,
        );
        let events = text(
            "b.json",
            r#"[{"id":"1","started_at":"2026-10-14 12:01:00","source":"Dispatch Core App","description":"Mira Vance added to incident with Reporter role","incident_id":"9007199254740993123"},{"id":"2","started_at":"2026-10-14 12:02:00","source":"Incident Participant","description":"Mira Vance restarted the queue","incident_id":"9007199254740993123"}]"#,
        );
        let dump = text(
            "c.sql",
            "COPY x.task (id, resolve_by, owner_id, incident_id, description, status) FROM stdin;\n7\t\\N\t2\t9007199254740993123\tLimit the queue\tResolved\n\\.\nCOPY x.incident_priority (id, name) FROM stdin;\n1\tHigh\n\\.\n",
        );
        let incoming = read(&[incident, events, dump]).unwrap().remove(0).unwrap();
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(
            rows,
            ["It was reported.", "a responder restarted the queue"]
        );
        assert_eq!(incoming.document.visibility.as_code(), "restricted");
        assert_eq!(
            incoming.document.severity.map(|it| it.as_code()),
            Some("sev2")
        );
        assert_eq!(incoming.document.actions[0].state.as_code(), "done");
        assert_eq!(incoming.document.sections.len(), 0);
        assert!(!format!("{:?}", incoming.document).contains("Mira"));
    }
}
