//! Dispatch: its tables, each as a JSON file of rows, or all of them in a dump of PostgreSQL.

use std::collections::HashSet;

use serde_json::Value;

use super::forgiving::{lines, pairs, words};
use super::json::{at, records};
use super::morgue::shown;
use super::sql::{Dialect, Dump, Row, Tables};
use super::{Record, Text, Unreadable, remark};
use crate::domain::incoming::{Format, Names, NewAction, NewEvent, Story, severity};
use crate::domain::timeline::{Lane, Marker};

/// What an incident says before anybody wrote how it was resolved.
const NO_RESOLUTION: &str = "Description of the actions taken to resolve the incident.";
/// So many people are looked for in every text; of more, those who took part.
const FEW: usize = 300;
/// Lists that the API answers within an incident, and the tables that hold the same.
const WITHIN: [(&str, &str); 2] = [("events", "event"), ("tasks", "task")];

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let mut dump = Dump::default();
    let mut failed: Vec<Record> = Vec::new();
    let is_json = |file: &&Text<'_>| file.text.trim_start().starts_with(['[', '{']);
    let dumps = || files.iter().filter(|file| !is_json(file));
    dumps().for_each(|file| dump.created(&file.text));
    for file in dumps() {
        dump.copied(&file.text);
        dump.inserted(&file.text, Dialect::PostgreSql)?;
    }
    for file in files.iter().filter(is_json) {
        rows(file, &mut dump.tables, &mut failed)?;
    }
    let tables = &dump.tables;
    let incidents = tables.get("incident").map_or(&[][..], Vec::as_slice);
    let told = incidents.iter().map(|row| record(row, tables));
    let mut told: Vec<Record> = told.chain(failed).collect();
    for sentence in dump.odd {
        remark(&mut told, sentence);
    }
    Ok(told)
}

/// Rows of a JSON file: what a database keeps as a number may be one, or text.
fn rows(file: &Text<'_>, tables: &mut Tables, failed: &mut Vec<Record>) -> Result<(), Unreadable> {
    let files = std::slice::from_ref(file);
    let read = records::<serde_json::Map<String, Value>>(files, &["items"])?;
    failed.extend(read.failed);
    let mut own = Vec::new();
    for mut record in read.found.into_iter().map(|read| read.record) {
        let id = record.get("id").map(words).unwrap_or_default();
        for (key, table) in WITHIN {
            let Some(Value::Array(list)) = record.remove(key) else {
                continue;
            };
            let belonging = list.into_iter().filter_map(|item| match item {
                Value::Object(object) => Some(row(object)),
                _ => None,
            });
            let belonging = belonging.map(|mut row| {
                row.entry("incident_id".to_owned())
                    .or_insert_with(|| id.clone());
                row
            });
            tables
                .entry(table.to_owned())
                .or_default()
                .extend(belonging);
        }
        own.push(row(record));
    }
    let table = table(file, own.first());
    tables.entry(table).or_default().extend(own);
    Ok(())
}

fn row(object: serde_json::Map<String, Value>) -> Row {
    let cell = |value: Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    };
    let cells = object.into_iter();
    cells
        .filter_map(|(column, value)| Some((column, cell(value)?)))
        .collect()
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

/// Who is named in a sentence of Dispatch, and whom the tables of people name.
fn people(id: &str, events: &[&Row], tables: &Tables) -> Names {
    let mut names = Names::default();
    events
        .iter()
        .for_each(|event| names.learn(person(value(event, "description"))));
    let took_part = of(tables, "participant", id);
    let took_part = took_part
        .iter()
        .map(|it| value(it, "individual_contact_id"));
    let wrote = events.iter().map(|event| value(event, "individual_id"));
    let involved: HashSet<&str> = took_part.chain(wrote).collect();
    // Those of teams and services are named in a text as they are.
    for table in ["individual_contact", "dispatch_user"] {
        let contacts = tables.get(table).map_or(&[][..], Vec::as_slice);
        for contact in contacts {
            if contacts.len() <= FEW || involved.contains(value(contact, "id")) {
                names.learn(Some(value(contact, "name")));
                names.learn(Some(value(contact, "email")));
            }
        }
    }
    names
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
    let names = people(id, &events, tables);
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
    let named = |column: &str| {
        let cell = serde_json::from_str(value(row, column)).ok()?;
        severity(&words(&cell))
    };
    story.severity(
        grave.or_else(|| named("incident_severity").or_else(|| named("incident_priority"))),
    );
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
    for (column, name) in [("status", "Status in Dispatch"), ("tags", "Tags")] {
        let said = value(row, column);
        if said.chars().any(char::is_alphabetic) && !said.starts_with('[') {
            story.section("notes", &format!("{name}: {said}"));
        }
    }
    for (column, said) in row {
        story.cause(column, &names.replaced(said));
    }
    let mut kept = 0;
    for event in events.iter().filter(|event| !is_housekeeping(event)) {
        if told(&mut story, event, &names) {
            kept += 1;
        }
    }
    if kept < events.len() {
        story.remark(format!("Rows about channels, documents and who was added were left out ({} in all); the original has them.", events.len() - kept));
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

/// Adds a row with its details: what a report of the people says of conditions, actions and needs.
fn told(story: &mut Story, event: &Row, names: &Names) -> bool {
    let details: Value = serde_json::from_str(value(event, "details")).unwrap_or_default();
    let details = pairs(&details);
    let parts = [value(event, "description").to_owned(), lines(&details)];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|it| !it.trim().is_empty())
        .collect();
    let text = names.replaced(&parts.join("\n"));
    let key = value(event, "id");
    match at(event.get("started_at")) {
        Some(time) => story.event(NewEvent::new(key, time, Lane::Happened, &text)),
        None if text.is_empty() => return false,
        None => story.unreadable(key.to_owned(), "?", Lane::Happened, &text),
    }
    for (name, said) in &details {
        story.cause(name, &names.replaced(said));
    }
    true
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

    #[test]
    fn reports_are_told_with_their_details_and_contacts_are_not_named() {
        let text = "COPY x.incident (id, name, title, reported_at, status) FROM stdin;\n7\td-7\tSearch down\t2026-10-14 12:00:00\tClosed\n\\.\nCOPY x.event (id, started_at, source, description, details, incident_id) FROM stdin;\n1\t2026-10-14 12:01:00\tDispatch Core App\tMira Vance created tactical report\t{\"conditions\": \"bad\", \"actions\": \"restart\", \"needs\": \"Jon Okada\"}\t7\n2\t2026-10-14 12:02:00\tSlack message\tcold cache\tnull\t7\n\\.\nCOPY x.individual_contact (id, name, email) FROM stdin;\n3\tMira Vance\tmira@example.org\n4\tJon Okada\t\\N\n";
        let text = text.to_owned();
        let incoming = read(&[Text {
            name: "x.sql",
            text,
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
                "It was reported.",
                "a responder created tactical report\nactions: restart\nconditions: bad\nneeds: a responder",
                "cold cache"
            ]
        );
        assert!(
            incoming.remarks[0].contains("breaks off"),
            "{:?}",
            incoming.remarks
        );
    }

    #[test]
    fn incidents_of_the_api_and_statements_of_insert_are_read() {
        let api = r#"{"items":[{"id":9,"name":"d-9","title":"Slow","reported_at":"2026-10-14T12:00:00Z","incident_priority":{"name":"High"},"events":[{"id":1,"started_at":"2026-10-14T12:05:00Z","source":"s","description":"cold cache"}]}]}"#;
        let dump = "INSERT INTO x.incident (id,name,title,description) VALUES (8,'d-8','Late','it''s \\ slow');";
        let file = |name, text: &str| Text {
            name,
            text: text.to_owned(),
        };
        let all = read(&[file("a.json", api), file("b.sql", dump)]).unwrap();
        let told: Vec<_> = all.into_iter().map(Result::unwrap).collect();
        assert_eq!(told[0].document.sections[0].text.as_str(), "it's \\ slow");
        assert_eq!(told[1].document.events[1].text.as_str(), "cold cache");
        assert_eq!(
            told[1].document.severity.map(|it| it.as_code()),
            Some("sev2")
        );
    }
}
