//! An entry of PagerDuty's log, in words without people.

use serde::Deserialize;
use serde_json::Value;

use super::actors::Actor;
use super::forgiving::{lines, pairs, words};
use super::json::Id;
use crate::domain::incoming::Names;
use crate::domain::timeline::{Lane, Marker};

/// An entry of the log.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Entry {
    pub(super) id: Id,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) summary: Option<String>,
    pub(super) message: Option<String>,
    pub(super) created_at: Option<String>,
    pub(super) html_url: Option<String>,
    pub(super) agent: Option<Actor>,
    pub(super) user: Option<Actor>,
    pub(super) channel: Option<Channel>,
    pub(super) incident: Option<Reference>,
    pub(super) assignees: Vec<Actor>,
    pub(super) event_details: Option<Value>,
    /// Links and pictures that a program sent along.
    pub(super) contexts: Vec<Context>,
}

/// What an entry belongs to.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Reference {
    pub(super) id: Id,
}

/// By which way an entry came, and what it said.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Channel {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) description: Option<String>,
    pub(super) details: Option<Value>,
    pub(super) notification: Option<Notification>,
    /// The program that sent it.
    pub(super) client: Option<String>,
    pub(super) client_url: Option<String>,
    pub(super) contexts: Vec<Context>,
}

/// A link or a picture beside an alert.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Context {
    text: Option<String>,
    alt: Option<String>,
    href: Option<String>,
    src: Option<String>,
}

/// How somebody was called.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Notification {
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// An entry in words without people: whose side it tells, which moment it marks, what happened.
pub(super) fn told(entry: &Entry, names: &Names) -> (Lane, Option<Marker>, String) {
    let person = entry.agent.as_ref().is_none_or(Actor::is_person);
    let who = if person { "A responder" } else { "A program" };
    let channel = entry.channel.as_ref();
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
        "trigger" => (Lane::Saw, Some(Marker::FirstSign), began(entry, names)),
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
            let text = format!("A responder was notified{}.", notified_by(entry));
            (Lane::Saw, None, text)
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
        "status_update" => {
            let message = entry
                .message
                .as_deref()
                .or_else(|| channel?.summary.as_deref());
            let subject = channel.and_then(|it| it.subject.as_deref());
            let said = [subject, message].into_iter().flatten().collect::<Vec<_>>();
            let text = (!said.is_empty()).then(|| {
                format!(
                    "A responder told others: {}",
                    names.replaced(&said.join("\n"))
                )
            });
            (Lane::Did, None, text.unwrap_or_else(summary))
        }
        "snooze" => (Lane::Did, None, format!("{who} put the incident off.")),
        _ => {
            let message = entry.message.as_deref().map(|it| names.replaced(it));
            let details = names.replaced(&lines(&details(entry)));
            let parts = [Some(summary()), said(), message, Some(details)];
            let parts = parts
                .into_iter()
                .flatten()
                .filter(|it| !it.trim().is_empty());
            let mut parts: Vec<String> = parts.collect();
            parts.dedup();
            (Lane::Happened, None, parts.join("\n"))
        }
    }
}

/// What opened an incident, with everything that was said of it.
fn began(entry: &Entry, names: &Names) -> String {
    let channel = entry.channel.as_ref();
    let by = match channel.and_then(|it| it.kind.as_deref()) {
        Some("website" | "web_trigger") => "An incident was opened through the website",
        Some("email") => "A mail opened an incident",
        _ => "An alert opened an incident",
    };
    let of_channel =
        |part: fn(&Channel) -> &Option<String>| channel.and_then(|it| part(it).clone());
    let mut parts: Vec<String> = Vec::new();
    for part in [
        entry.event_details.as_ref().map(words),
        of_channel(|it| &it.summary),
        of_channel(|it| &it.subject),
        of_channel(|it| &it.description),
        Some(lines(&details(entry))),
        Some(beside(entry)),
    ] {
        let part = names.replaced(&part.unwrap_or_default());
        if !part.trim().is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    match parts.as_slice() {
        [] => format!("{by}."),
        parts => format!("{by}: {}", parts.join("\n")),
    }
}

/// The program that sent an alert, and its links, a line each.
fn beside(entry: &Entry) -> String {
    let channel = entry.channel.as_ref();
    let mut lines: Vec<String> = Vec::new();
    if let Some(channel) = channel {
        lines.push(joined([&channel.client, &channel.client_url]));
    }
    let contexts = channel.map(|it| it.contexts.as_slice()).unwrap_or_default();
    for context in contexts.iter().chain(&entry.contexts) {
        lines.push(joined([
            &context.text,
            &context.alt,
            &context.href,
            &context.src,
        ]));
    }
    lines.retain(|line| !line.trim().is_empty());
    lines.dedup();
    lines.join("\n")
}

fn joined<const N: usize>(parts: [&Option<String>; N]) -> String {
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(" ")
}

/// By which way somebody was called.
fn notified_by(entry: &Entry) -> String {
    let channel = entry.channel.as_ref();
    let by = channel
        .and_then(|it| it.notification.as_ref())
        .and_then(|it| it.kind.clone());
    let by = by.or_else(|| {
        let summary = entry.summary.as_deref()?.trim_end_matches('.');
        let (_, by) = summary.rsplit_once(" by ")?;
        Some(by.to_owned())
    });
    by.map(|by| format!(" by {}", by.replace('_', " ")))
        .unwrap_or_default()
}

/// What a program said of an alert, by its names for it.
pub(super) fn details(entry: &Entry) -> Vec<(String, String)> {
    let channel = entry.channel.as_ref();
    let details = channel.and_then(|it| it.details.as_ref());
    details.map(pairs).unwrap_or_default()
}
