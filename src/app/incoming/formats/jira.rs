//! Jira: issues as the API answers them, and as a table.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::actors::Actor;
use super::forgiving::words;
use super::json::{Id, Read, Records, at, member, row};
use super::wiki::{adf, markdown};
use super::{Options, Record, Text, Unreadable, jira_fields, jira_table};
use crate::domain::incoming::{Format, Names, NewEvent, Story, severity};
use crate::domain::timeline::Lane;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Issue {
    id: Id,
    key: Option<String>,
    #[serde(rename = "self")]
    address: Option<String>,
    fields: Option<Fields>,
    changelog: Changelog,
    /// What the fields are called, if that was asked for.
    names: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Fields {
    summary: Option<String>,
    description: Option<Value>,
    created: Option<String>,
    resolutiondate: Option<String>,
    priority: Option<Actor>,
    status: Option<Actor>,
    assignee: Option<Actor>,
    reporter: Option<Actor>,
    creator: Option<Actor>,
    labels: Vec<String>,
    comment: Comments,
    worklog: Worklogs,
    security: Option<serde::de::IgnoredAny>,
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Comments {
    comments: Vec<Comment>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Worklogs {
    worklogs: Vec<Comment>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Comment {
    id: Id,
    body: Option<Value>,
    created: Option<String>,
    // Work is written in fields of other names.
    comment: Option<Value>,
    started: Option<String>,
    author: Option<Actor>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Changelog {
    histories: Vec<History>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct History {
    id: Id,
    created: Option<String>,
    author: Option<Actor>,
    items: Vec<Item>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Item {
    field: Option<String>,
    from_string: Option<String>,
    #[serde(rename = "toString")]
    to: Option<String>,
}

pub(super) fn read(files: &[Text<'_>], options: &Options) -> Result<Vec<Record>, Unreadable> {
    let mut read = Vec::new();
    for file in files {
        if file.text.trim_start().starts_with(['{', '[']) {
            let mut issues = Records::<Issue>::default();
            issues.add(file, &["issues", "values"])?;
            let named: BTreeMap<String, String> = member(file, "names");
            read.extend(issues.told(|issue| record(&issue, &named)));
        } else {
            read.extend(jira_table::read(file, options)?);
        }
    }
    Ok(read)
}

fn record(read: &Read<'_, Issue>, named: &BTreeMap<String, String>) -> Record {
    let issue = &read.record;
    let id = issue
        .key
        .as_deref()
        .filter(|key| !key.is_empty())
        .unwrap_or(&issue.id.0);
    let Some(fields) = issue.fields.as_ref().filter(|_| !id.is_empty()) else {
        let named = if id.is_empty() {
            "A record".to_owned()
        } else {
            format!("The record {id}")
        };
        return Err(Unreadable::new(format!(
            "{named} has no key or no fields, so it is no issue. Export issues with their fields."
        )));
    };
    let names = people(issue, fields);
    let mut story = Story::new(
        Format::Jira,
        id,
        fields.summary.as_deref().unwrap_or_default(),
    )?;
    story.address(web(issue).as_deref());
    if fields.security.is_some() {
        story.restricted();
    }
    let called = |actor: &Option<Actor>| actor.as_ref().and_then(|it| it.name.clone());
    story.severity(called(&fields.priority).and_then(|it| severity(&it)));
    story.text(&names.replaced(&text(fields.description.as_ref())));
    if !fields.labels.is_empty() {
        story.section("notes", &format!("Labels: {}", fields.labels.join(", ")));
    }
    if let Some(status) = called(&fields.status) {
        story.section("notes", &format!("Status in Jira: {status}"));
    }
    if fields.assignee.is_some() {
        story.remark("The assignee was left out; the original names them.");
    }
    let name = |key: &str| issue.names.get(key).or_else(|| named.get(key)).cloned();
    for (key, value) in &fields.others {
        jira_fields::tell(&mut story, &names, key, name(key), value);
    }
    for (key, typed, text) in [
        ("created", &fields.created, "The issue was opened."),
        (
            "resolved",
            &fields.resolutiondate,
            "The issue was resolved.",
        ),
    ] {
        if let Some(time) = at(typed.as_ref()) {
            story.event(NewEvent::new(key, time, Lane::Did, text));
        }
    }
    let comments = fields.comment.comments.iter().map(|it| ("comment", it));
    let work = fields.worklog.worklogs.iter().map(|it| ("worklog", it));
    for (kind, comment) in comments.chain(work) {
        let text = names.replaced(&text(comment.body.as_ref().or(comment.comment.as_ref())));
        let key = format!("{kind}-{}", comment.id.0);
        let time = comment.started.as_ref().or(comment.created.as_ref());
        row(&mut story, key, time, &text, None);
    }
    for history in &issue.changelog.histories {
        changed(&mut story, history, &names);
    }
    Ok(story.finish(read.raw))
}

/// Everybody whom a field for people names.
fn people(issue: &Issue, fields: &Fields) -> Names {
    let mut names = Names::default();
    let people = [&fields.assignee, &fields.reporter, &fields.creator];
    let comments = fields.comment.comments.iter();
    let writers = comments
        .chain(&fields.worklog.worklogs)
        .map(|it| &it.author);
    let changers = issue.changelog.histories.iter().map(|it| &it.author);
    let all = people.into_iter().chain(writers).chain(changers);
    all.flatten().for_each(|actor| actor.teach(&mut names));
    for value in fields.others.values() {
        jira_fields::teach(value, &mut names);
    }
    names
}

/// A change of the status.
fn changed(story: &mut Story, history: &History, names: &Names) {
    let status = |item: &&Item| item.field.as_deref() == Some("status");
    if history.items.iter().any(|item| !status(&item)) {
        story.remark("Changes of other fields than the status are in the original alone.");
    }
    for item in history.items.iter().filter(status) {
        let from = item.from_string.as_deref().unwrap_or("nothing");
        let to = item.to.as_deref().unwrap_or("nothing");
        let text = names.replaced(&format!("Status changed from {from} to {to}."));
        let key = format!("history-{}", history.id.0);
        if let Some(time) = at(history.created.as_ref()) {
            story.event(NewEvent::new(key, time, Lane::Did, &text));
        } else {
            story.unreadable(key, "?", Lane::Did, &text);
        }
    }
}

pub(super) fn text(body: Option<&Value>) -> String {
    match body {
        Some(Value::String(text)) => markdown(text),
        Some(value @ Value::Object(_)) => adf(value),
        Some(other) => words(other),
        None => String::new(),
    }
}

/// The address that people open: the API's own leads to JSON.
fn web(issue: &Issue) -> Option<String> {
    let (host, _) = issue.address.as_deref()?.split_once("/rest/")?;
    Some(format!("{host}/browse/{}", issue.key.as_deref()?))
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;

    fn one(text: &str) -> Record {
        let options = Options {
            zone: Some(Tz::Europe__Berlin),
            ..Options::default()
        };
        read(
            &[Text {
                name: "x",
                text: text.to_owned(),
            }],
            &options,
        )?
        .remove(0)
    }

    #[test]
    fn an_issue_of_the_api_is_read_in_both_ways_of_writing() {
        let text = r#"{"issues":[{"id":"1","key":"OPS-7","self":"https://jira.example.org/rest/api/2/issue/1","fields":{"summary":"队列停止","status":{"name":"已完成"},"priority":{"name":"Highest"},
          "description":{"type":"doc","content":[{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"Root cause"}]},{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"No limit on the queue"}]}]}]}]},
          "created":"2026-10-14T08:00:00.000+0800","resolutiondate":null,"assignee":{"displayName":"Mira Vance"},
          "comment":{"comments":[{"id":"3","created":"2026-10-14T09:00:00.000+0800","body":"h2. Note\n[~accountid:5ecf] and Mira Vance {quote}saw it{quote}"}]}},
          "changelog":{"histories":[{"id":"9","created":"2026-10-14T10:00:00.000+0800","items":[{"field":"status","fromString":"新建","toString":"已完成"},{"field":"assignee","toString":"Mira Vance"}]}]}}]}"#;
        let incoming = one(text).unwrap();
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(
            rows,
            [
                "The issue was opened.",
                "## Note\na responder and a responder saw it",
                "Status changed from 新建 to 已完成."
            ]
        );
        assert_eq!(
            incoming.document.statements[0].text.as_str(),
            "No limit on the queue"
        );
        assert_eq!(
            incoming.document.source.as_deref(),
            Some("https://jira.example.org/browse/OPS-7")
        );
        assert_eq!(
            incoming.document.severity.map(|it| it.as_code()),
            Some("sev1")
        );
    }

    #[test]
    fn fields_that_somebody_made_are_told_by_their_names() {
        let text = r#"{"names":{"customfield_1":"Root cause","customfield_2":"Impact","customfield_3":"Commander"},"issues":[{"id":1,"key":"OPS-8","names":{"customfield_4":"Region"},"fields":{"summary":7,"status":"Open","labels":["a",null],
          "customfield_1":{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"No limit on the queue"}]}]},"customfield_2":"Letters waited","customfield_3":[{"self":"x","displayName":"Mira Vance"}],
          "customfield_4":[{"value":"east"},{"value":"west"}],"customfield_5":"said by Mira Vance","customfield_6":"0|i0006n:","customfield_7":null,"customfield_8":{},
          "environment":"one","issuelinks":[{"type":{"outward":"blocks"},"outwardIssue":{"key":"OPS-9","fields":{"summary":"Disk"}}}],"subtasks":[{"key":"OPS-10","fields":{"summary":"Look","status":{"name":"Open"}}}],
          "comment":{"comments":[{"body":"No id, no time"},{"id":4,"body":"","created":"2026-10-14T09:00:00.000+0800"}]},
          "worklog":{"worklogs":[{"id":"5","comment":"worked","created":"2026-10-15T09:00:00.000+0800","started":"2026-10-14T09:00:00.000+0800"}]}}},{"key":"","fields":{}}]}"#;
        let options = Options::default();
        let name = "x";
        let text = text.to_owned();
        let all = read(&[Text { name, text }], &options).unwrap();
        assert!(all[1].clone().unwrap_err().0.contains("no key"));
        let incoming = all[0].clone().unwrap();
        assert_eq!(incoming.document.title.as_str(), "7");
        let sections: Vec<_> = incoming
            .document
            .sections
            .iter()
            .map(|section| (section.key.as_str(), section.text.as_str()))
            .collect();
        assert_eq!(
            sections,
            [
                ("impact", "Letters waited"),
                ("causes", "No limit on the queue"),
                (
                    "notes",
                    "Labels: a\n\nStatus in Jira: Open\n\nRegion: east, west\n\ncustomfield_5: said by a responder\n\nEnvironment: one\n\nLinked issues:\n\n- blocks OPS-9 Disk\n\nSub-tasks:\n\n- OPS-10 Look (Open)"
                )
            ]
        );
        let said = incoming.document.statements[0].text.as_str();
        assert_eq!(said, "No limit on the queue");
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(rows, ["No id, no time", "worked"]);
        assert_eq!(incoming.remarks.len(), 1, "{:?}", incoming.remarks);
    }
}
