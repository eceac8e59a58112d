//! PagerDuty: incidents with their log entries, as `GET /incidents` and `GET /incidents/{id}/log_entries` answer them.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::actors::Actor;
use super::forgiving::{lines, pairs};
use super::json::{Id, Records, instant, member, row, top_keys};
use super::pagerduty_log::{Entry, Reference, details, told};
use super::{Record, Text, Unreadable, left_over, pagerduty_hooks};
use crate::domain::incoming::{Format, Names, NewEvent, Story, severity};
use crate::domain::timeline::{Lane, Marker};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Incident {
    pub(super) id: Id,
    title: Option<String>,
    description: Option<String>,
    summary: Option<String>,
    html_url: Option<String>,
    pub(super) created_at: Option<String>,
    service: Option<Actor>,
    priority: Option<Actor>,
    body: Option<Body>,
    resolve_reason: Option<String>,
    assignments: Vec<Assignment>,
    custom_fields: Vec<Custom>,
    first_trigger_log_entry: Option<Entry>,
    pub(super) log_entries: Vec<Entry>,
    notes: Vec<Note>,
    alerts: Vec<Alert>,
    teams: Vec<Actor>,
    conference_bridge: Option<Value>,
}

/// An alert that belongs to the incident.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Alert {
    id: Id,
    summary: Option<String>,
    created_at: Option<String>,
    body: Option<Body>,
    incident: Option<Reference>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Body {
    details: Option<Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Assignment {
    assignee: Option<Actor>,
}

/// A field that somebody made.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Custom {
    display_name: Option<String>,
    name: Option<String>,
    value: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Note {
    id: Id,
    content: Option<String>,
    created_at: Option<String>,
    user: Option<Actor>,
}

impl Incident {
    /// Takes what an older state of the same incident says besides.
    pub(super) fn follow(&mut self, old: Self) {
        self.log_entries.extend(old.log_entries);
        self.notes.extend(old.notes);
        self.alerts.extend(old.alerts);
        // A part that names the incident has fewer fields than the incident.
        self.title = self.title.take().or(old.title);
        self.html_url = self.html_url.take().or(old.html_url);
        self.created_at = self.created_at.take().or(old.created_at);
        self.service = self.service.take().or(old.service);
        self.priority = self.priority.take().or(old.priority);
        self.body = self.body.take().or(old.body);
        self.custom_fields.extend(old.custom_fields);
    }
}

impl Alert {
    /// What it said, and what was said of it.
    fn told(&self) -> String {
        let details = self.body.as_ref().and_then(|body| body.details.as_ref());
        let details = details.map(pairs).unwrap_or_default();
        let parts = [self.summary.clone().unwrap_or_default(), lines(&details)];
        let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
        parts.collect::<Vec<_>>().join("\n")
    }
}

/// An incident with the parts of the files that tell of it.
pub(super) struct Held<'a> {
    pub(super) incident: Incident,
    pub(super) raws: Vec<&'a str>,
}

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let mut held: Vec<Held<'_>> = Vec::new();
    let mut alone: Vec<Entry> = Vec::new();
    let mut notes: Vec<Note> = Vec::new();
    let mut alerts: Vec<Alert> = Vec::new();
    let mut failed: Vec<Record> = Vec::new();
    for file in files {
        let has = |key: &str| file.text.contains(&format!("\"{key}\""));
        if (has("event_type") && has("occurred_at"))
            || top_keys(file)?.iter().any(|it| it == "messages")
        {
            pagerduty_hooks::read(file, &mut held, &mut failed)?;
        } else if alone_in(file, "log_entries")? {
            let mut read = Records::<Entry>::default();
            read.add(file, &["log_entries"])?;
            alone.extend(read.found.into_iter().map(|read| read.record));
            failed.extend(read.failed);
        } else if alone_in(file, "notes")? {
            notes.extend(member::<Vec<Note>>(file, "notes"));
        } else if alone_in(file, "alerts")? {
            alerts.extend(member::<Vec<Alert>>(file, "alerts"));
        } else {
            let mut read = Records::<Incident>::default();
            read.add(file, &["incidents", "incident"])?;
            held.extend(read.found.into_iter().map(|read| Held {
                incident: read.record,
                raws: vec![read.raw],
            }));
            failed.extend(read.failed);
        }
    }
    if held.is_empty()
        && failed.is_empty()
        && !(alone.is_empty() && notes.is_empty() && alerts.is_empty())
    {
        return Err(Unreadable::new(
            "There are log entries, notes or alerts in it, and no incidents. Choose the file with the incidents too.",
        ));
    }
    for held in &mut held {
        let incident = &mut held.incident;
        let own = |entry: &mut Entry| {
            entry
                .incident
                .as_ref()
                .is_some_and(|it| it.id == incident.id)
        };
        incident.log_entries.extend(alone.extract_if(.., own));
        let own = |alert: &mut Alert| {
            alert
                .incident
                .as_ref()
                .is_some_and(|it| it.id == incident.id)
        };
        incident.alerts.extend(alerts.extract_if(.., own));
    }
    if let [only] = held.as_mut_slice() {
        only.incident.notes.append(&mut notes);
    }
    let mut told: Vec<Record> = held.into_iter().map(record).chain(failed).collect();
    let strangers = alone
        .iter()
        .map(|it| it.incident.as_ref().map_or("?", |it| &it.id.0));
    left_over(&mut told, "log entries", strangers);
    left_over(
        &mut told,
        "alerts",
        alerts.iter().map(|it| it.id.0.as_str()),
    );
    left_over(&mut told, "notes", notes.iter().map(|it| it.id.0.as_str()));
    Ok(told)
}

/// Whether a file holds a list of what belongs to incidents, and no incident.
fn alone_in(file: &Text<'_>, key: &str) -> Result<bool, Unreadable> {
    let keys = top_keys(file)?;
    let has = |key: &str| keys.iter().any(|it| it == key);
    Ok(has(key) && !has("id") && !has("incident") && !has("incidents"))
}

fn record(held: Held<'_>) -> Record {
    let mut incident = held.incident;
    if incident.id.0.is_empty() {
        return Err(Unreadable::new(
            "An incident has no id. Export it again with all its fields.",
        ));
    }
    if let Some(first) = incident.first_trigger_log_entry.take()
        && first.created_at.is_some()
        && incident
            .log_entries
            .iter()
            .all(|entry| entry.id != first.id)
    {
        incident.log_entries.push(first);
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
    facts(&mut story, &incident, title, &names);
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
    let mut said: Vec<String> = Vec::new();
    for (at, entry) in entries {
        let (lane, marker, text) = told(entry, &names);
        let event = NewEvent::new(entry.id.0.clone(), at, lane, &text);
        story.event(event.marks(marker).seen_at(entry.html_url.as_deref()));
        for (name, value) in details(entry) {
            story.cause(&name, &names.replaced(&value));
        }
        said.push(text);
    }
    for note in &incident.notes {
        let text = names.replaced(note.content.as_deref().unwrap_or_default());
        // A note is an entry of the log too.
        if !said.iter().any(|it| it.trim() == text.trim()) {
            let key = format!("note-{}", note.id.0);
            row(&mut story, key, note.created_at.as_ref(), &text, None);
        }
    }
    for alert in &incident.alerts {
        let text = names.replaced(&alert.told());
        // The entry that opened the incident often says the same.
        if !said.iter().any(|it| it.contains(text.trim())) {
            let key = format!("alert-{}", alert.id.0);
            row(&mut story, key, alert.created_at.as_ref(), &text, None);
        }
    }
    if no_entries {
        story.remark("There are no log entries in the file, so there is no timeline. Export the incident with its log entries.");
        if let Some(at) = super::json::at(incident.created_at.as_ref()) {
            let event = NewEvent::new("created", at, Lane::Saw, "The incident was opened.");
            story.event(event.marks(Some(Marker::FirstSign)));
        }
    }
    Ok(story.finish(&super::joined(&held.raws)))
}

/// What the incident says of itself.
fn facts(story: &mut Story, incident: &Incident, title: &str, names: &Names) {
    story.address(incident.html_url.as_deref());
    let priority = incident
        .priority
        .as_ref()
        .and_then(|it| it.summary.as_deref().or(it.name.as_deref()));
    story.severity(priority.and_then(severity));
    if let Some(service) = incident
        .service
        .as_ref()
        .and_then(|it| it.summary.as_deref().or(it.name.as_deref()))
    {
        story.section("notes", &format!("Service: {service}"));
    }
    let teams = incident.teams.iter();
    let teams: Vec<&str> = teams
        .filter_map(|team| team.summary.as_deref().or(team.name.as_deref()))
        .collect();
    story.field("Teams", &teams.join(", "));
    let bridge = incident.conference_bridge.as_ref().map(pairs);
    for (name, said) in bridge.unwrap_or_default() {
        story.field(&name.replace('_', " "), &said);
    }
    if let Some(said) = incident.description.as_deref().filter(|it| *it != title) {
        story.section("notes", &names.replaced(said));
    }
    let body = incident
        .body
        .as_ref()
        .and_then(|body| body.details.as_ref());
    let body = body.map(pairs).unwrap_or_default();
    story.section("notes", &names.replaced(&lines(&body)));
    for (name, value) in &body {
        story.cause(name, &names.replaced(value));
    }
    for field in &incident.custom_fields {
        let name = field.display_name.as_ref().or(field.name.as_ref());
        let value = names.replaced(field.value.as_deref().unwrap_or_default());
        story.field(name.map_or("Custom field", String::as_str), &value);
    }
    if let Some(reason) = &incident.resolve_reason {
        story.section("notes", &format!("Resolved because: {reason}"));
    }
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

#[cfg(test)]
mod tests;
