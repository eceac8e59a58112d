//! Jira: issues as the API answers them, and as a table.

use chrono::{DateTime, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use serde_json::Value;

use super::actors::Actor;
use super::json::{Id, Read, at, instant, or_default, records};
use super::table::{self, Row, Table};
use super::wiki::{adf, markdown};
use super::{Options, Record, Text, Unreadable};
use crate::domain::incoming::{Format, Names, NewEvent, Story, severity};
use crate::domain::timeline::Lane;

#[derive(Deserialize)]
struct Issue {
    #[serde(default)]
    id: Id,
    key: Option<String>,
    #[serde(rename = "self")]
    address: Option<String>,
    fields: Option<Fields>,
    changelog: Option<Changelog>,
}

#[derive(Deserialize)]
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
    #[serde(default, deserialize_with = "or_default")]
    labels: Vec<String>,
    comment: Option<Comments>,
    security: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Comments {
    #[serde(default, deserialize_with = "or_default")]
    comments: Vec<Comment>,
}

#[derive(Deserialize)]
struct Comment {
    id: Id,
    body: Option<Value>,
    created: Option<String>,
    author: Option<Actor>,
}

#[derive(Deserialize)]
struct Changelog {
    #[serde(default, deserialize_with = "or_default")]
    histories: Vec<History>,
}

#[derive(Deserialize)]
struct History {
    id: Id,
    created: Option<String>,
    author: Option<Actor>,
    #[serde(default, deserialize_with = "or_default")]
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
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
            let issues = records::<Issue>(file, &["issues", "values"])?;
            read.extend(issues.iter().map(record));
        } else {
            let table = table::read(file)?;
            let rows = table.rows.iter();
            read.extend(rows.map(|row| of_row(&table, row, options)));
        }
    }
    Ok(read)
}

fn record(read: &Read<'_, Issue>) -> Record {
    let issue = &read.record;
    let id = issue
        .key
        .as_deref()
        .filter(|key| !key.is_empty())
        .unwrap_or(&issue.id.0);
    let Some(fields) = &issue.fields else {
        return Err(Unreadable::new(format!(
            "The record {id} has no fields, so it is no issue. Export issues with their fields."
        )));
    };
    let comments = fields.comment.as_ref().map_or(&[][..], |it| &it.comments);
    let histories = issue.changelog.as_ref().map_or(&[][..], |it| &it.histories);
    let mut names = Names::default();
    let people = [&fields.assignee, &fields.reporter, &fields.creator]
        .into_iter()
        .flatten();
    let writers = comments.iter().filter_map(|it| it.author.as_ref());
    let changers = histories.iter().filter_map(|it| it.author.as_ref());
    people
        .chain(writers)
        .chain(changers)
        .for_each(|actor| actor.teach(&mut names));
    let mut story = Story::new(
        Format::Jira,
        id,
        fields.summary.as_deref().unwrap_or_default(),
    )?;
    story.address(web(issue).as_deref());
    if fields.security.is_some() {
        story.restricted();
    }
    story.severity(
        fields
            .priority
            .as_ref()
            .and_then(|it| severity(it.name.as_deref()?)),
    );
    story.text(&names.replaced(&text(fields.description.as_ref())));
    if !fields.labels.is_empty() {
        story.section("notes", &format!("Labels: {}", fields.labels.join(", ")));
    }
    if let Some(status) = fields.status.as_ref().and_then(|it| it.name.as_deref()) {
        story.section("notes", &format!("Status in Jira: {status}"));
    }
    if fields.assignee.is_some() {
        story.remark("The assignee was left out; the original names them.");
    }
    opened_and_closed(
        &mut story,
        at(fields.created.as_ref()),
        at(fields.resolutiondate.as_ref()),
    );
    for comment in comments {
        if let Some(time) = at(comment.created.as_ref()) {
            let text = names.replaced(&text(comment.body.as_ref()));
            story.event(NewEvent::new(
                format!("comment-{}", comment.id.0),
                time,
                Lane::Saw,
                &text,
            ));
        }
    }
    for history in histories {
        let Some(time) = at(history.created.as_ref()) else {
            continue;
        };
        for item in history
            .items
            .iter()
            .filter(|item| item.field.as_deref() == Some("status"))
        {
            let from = item.from_string.as_deref().unwrap_or("nothing");
            let text = format!(
                "Status changed from {from} to {}.",
                item.to.as_deref().unwrap_or("nothing")
            );
            story.event(NewEvent::new(
                format!("history-{}", history.id.0),
                time,
                Lane::Did,
                &text,
            ));
        }
    }
    Ok(story.finish(read.raw))
}

fn text(body: Option<&Value>) -> String {
    match body {
        Some(Value::String(text)) => markdown(text),
        Some(value @ Value::Object(_)) => adf(value),
        _ => String::new(),
    }
}

/// The address that people open: the API's own leads to JSON.
fn web(issue: &Issue) -> Option<String> {
    let (host, _) = issue.address.as_deref()?.split_once("/rest/")?;
    Some(format!("{host}/browse/{}", issue.key.as_deref()?))
}

fn opened_and_closed(
    story: &mut Story,
    opened: Option<DateTime<Utc>>,
    closed: Option<DateTime<Utc>>,
) {
    if let Some(opened) = opened {
        story.event(NewEvent::new(
            "created",
            opened,
            Lane::Did,
            "The issue was opened.",
        ));
    }
    if let Some(closed) = closed {
        story.event(NewEvent::new(
            "resolved",
            closed,
            Lane::Did,
            "The issue was resolved.",
        ));
    }
}

/// An issue that is a row of a table.
fn of_row(table: &Table, row: &Row, options: &Options) -> Record {
    let cell = |names: &[&str]| row.cell(table.column(names));
    let id = cell(&["Issue key", "Key", "Vorgangsschlüssel", "问题关键字"]);
    if id.is_empty() {
        return Err(Unreadable::new(format!(
            "Row {} has no issue key. A table of Jira has a column \"Issue key\".",
            row.line
        )));
    }
    let zone = options.zone.unwrap_or(Tz::UTC);
    let time = |typed: &str| moment(typed, zone);
    let mut names = Names::default();
    for person in ["Assignee", "Reporter", "Creator"] {
        names.learn(Some(cell(&[person])));
    }
    let comments: Vec<Vec<&str>> = table
        .columns("Comment")
        .into_iter()
        .map(|column| row.cell(Some(column)).splitn(3, ';').collect())
        .collect();
    for comment in &comments {
        names.learn(comment.get(1).copied());
    }
    let mut story = Story::new(
        Format::Jira,
        id,
        cell(&["Summary", "Zusammenfassung", "概要"]),
    )?;
    story.zone(options.zone.map(Tz::name));
    story.severity(severity(cell(&["Priority", "Priorität", "优先级"])));
    story.text(&names.replaced(&markdown(cell(&["Description", "Beschreibung", "描述"]))));
    let labels: Vec<&str> = table
        .columns("Labels")
        .into_iter()
        .map(|column| row.cell(Some(column)))
        .filter(|it| !it.is_empty())
        .collect();
    if !labels.is_empty() {
        story.section("notes", &format!("Labels: {}", labels.join(", ")));
    }
    let status = cell(&["Status", "状态"]);
    if !status.is_empty() {
        story.section("notes", &format!("Status in Jira: {status}"));
    }
    let surplus = row.surplus();
    if !surplus.is_empty() {
        story.remark(format!(
            "Row {} has more cells than the head; what was too much stands in the notes.",
            row.line
        ));
        story.section("notes", &surplus.join("\n\n"));
    }
    opened_and_closed(
        &mut story,
        time(cell(&["Created", "Erstellt", "创建时间"])),
        time(cell(&["Resolved", "Erledigt"])),
    );
    for (place, comment) in comments.iter().enumerate() {
        let [when, _, said] = comment.as_slice() else {
            continue;
        };
        let text = names.replaced(&markdown(said));
        match time(when) {
            Some(time) => story.event(NewEvent::new(
                format!("comment-{place}"),
                time,
                Lane::Saw,
                &text,
            )),
            None => story.unreadable(format!("comment-{place}"), when, Lane::Saw, &text),
        }
    }
    let cells = table.head.iter().enumerate();
    let lines = cells.filter(|(place, _)| !row.cell(Some(*place)).is_empty());
    let original: String = lines
        .map(|(place, name)| format!("{name}: {}\n", row.cell(Some(place))))
        .collect();
    Ok(story.finish(&original))
}

/// Moments as tables of Jira write them.
fn moment(typed: &str, zone: Tz) -> Option<DateTime<Utc>> {
    const FORMATS: [&str; 6] = [
        "%d/%b/%y %I:%M %p",
        "%d/%b/%Y %I:%M %p",
        "%d/%b/%y %H:%M",
        "%Y-%m-%d %H:%M",
        "%Y/%m/%d %H:%M",
        "%d.%m.%Y %H:%M",
    ];
    let typed = typed.trim();
    let local = FORMATS
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(typed, format).ok());
    match local {
        Some(local) => zone
            .from_local_datetime(&local)
            .earliest()
            .map(|at| at.with_timezone(&Utc)),
        None => instant(typed),
    }
}

#[cfg(test)]
mod tests {
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
    fn a_table_has_comments_in_columns_and_rows_that_are_too_wide() {
        let text = "Summary,Issue key,Status,Created,Resolved,Assignee,Comment,Comment\nQueue,OPS-1,已完成,12/Feb/20 11:45 AM,,mira.v,12/Feb/20 11:51 AM;mira.v;Told; and told again,soon;x;No time,one too many\n,,,,,,,\nNo key,,,,,,,\n";
        let options = Options {
            zone: Some(Tz::Europe__Berlin),
            ..Options::default()
        };
        let all = read(
            &[Text {
                name: "x",
                text: text.to_owned(),
            }],
            &options,
        )
        .unwrap();
        assert_eq!(all.len(), 2);
        let incoming = all[0].clone().unwrap();
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(
            rows,
            ["The issue was opened.", "Told; and told again", "No time"]
        );
        assert_eq!(
            incoming.document.events[0].when.at().unwrap().to_rfc3339(),
            "2020-02-12T10:45:00+00:00"
        );
        assert!(incoming.remarks.iter().any(|it| it.contains("more cells")));
        assert!(!format!("{:?}", incoming.document).contains("mira"));
        assert!(all[1].clone().unwrap_err().0.contains("Row 4"));
    }
}
