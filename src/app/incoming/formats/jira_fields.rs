//! Fields of an issue that have no place of their own: those that somebody made, and some that Jira has.

use serde_json::Value;

use super::forgiving::words;
use super::jira::text;
use crate::domain::incoming::{Names, Story};

/// Fields of Jira that say something of what happened, and how they are called.
const KNOWN: [(&str, &str); 11] = [
    ("environment", "Environment"),
    ("components", "Components"),
    ("versions", "Affected versions"),
    ("fixVersions", "Fixed in"),
    ("resolution", "Resolved as"),
    ("issuetype", "Type in Jira"),
    ("duedate", "Due"),
    ("parent", "Part of"),
    ("subtasks", "Sub-tasks"),
    ("issuelinks", "Linked issues"),
    ("attachment", "Attachments"),
];

/// Tells a field. `name` is what it is called, if the file says so.
pub(super) fn tell(
    story: &mut Story,
    names: &Names,
    key: &str,
    name: Option<String>,
    value: &Value,
) {
    let known = KNOWN.iter().find(|(known, _)| *known == key);
    let said = match key {
        "subtasks" | "parent" => issues(value),
        "issuelinks" => links(value),
        "attachment" => attachments(value),
        _ => said(value),
    };
    let said = names.replaced(&said);
    let called = name.or_else(|| known.map(|(_, called)| (*called).to_owned()));
    match (known, called) {
        (Some((_, called)), _) if !said.is_empty() => {
            let is_long = said.contains('\n') || said.starts_with("- ");
            let between = if is_long { "\n\n" } else { " " };
            story.section("notes", &format!("{called}:{between}{said}"));
        }
        (None, Some(called)) if key.starts_with("customfield_") && !is_inner(&said) => {
            story.field(&called, &said);
        }
        (None, None) if key.starts_with("customfield_") && !is_inner(&said) => {
            story.field(key, &said);
        }
        _ => {}
    }
}

/// Learns the people in a field.
pub(super) fn teach(value: &Value, names: &mut Names) {
    match value {
        Value::Array(list) => list.iter().for_each(|item| teach(item, names)),
        Value::Object(object) if is_person(value) => {
            for key in ["displayName", "emailAddress", "name", "key"] {
                names.learn(object.get(key).and_then(Value::as_str));
            }
        }
        Value::Object(object) => {
            if let Some(author) = object.get("author") {
                teach(author, names);
            }
        }
        _ => {}
    }
}

fn is_person(value: &Value) -> bool {
    value.get("displayName").is_some() && value.get("self").is_some()
        || value.get("emailAddress").is_some()
        || value.get("accountId").is_some()
}

/// A field in words. People in it become a role.
fn said(value: &Value) -> String {
    match value {
        Value::Array(list) => {
            let items: Vec<String> = list.iter().map(said).filter(|it| !it.is_empty()).collect();
            items.join(", ")
        }
        _ if is_person(value) => "a responder".to_owned(),
        Value::Object(_) if value.get("type").is_some_and(|kind| kind == "doc") => {
            text(Some(value))
        }
        Value::Object(_) => words(value),
        _ => text(Some(value)),
    }
}

/// What programs keep for themselves: the rank of an issue, the state of a plug-in.
fn is_inner(said: &str) -> bool {
    let ranked = said.len() > 2 && said.get(1..2) == Some("|");
    said.trim().is_empty() || ranked || said.starts_with(['{', '['])
}

fn many(value: &Value) -> &[Value] {
    match value {
        Value::Array(list) => list,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

fn issue(value: &Value) -> String {
    let key = value.get("key").map(words).unwrap_or_default();
    let summary = value.pointer("/fields/summary").map(words);
    let status = value.pointer("/fields/status").map(words);
    let summary = summary.map(|it| format!(" {it}")).unwrap_or_default();
    let status = status.map(|it| format!(" ({it})")).unwrap_or_default();
    format!("{key}{summary}{status}")
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.map(|line| format!("- {line}")).collect();
    lines.join("\n")
}

fn issues(value: &Value) -> String {
    lines(many(value).iter().map(issue))
}

fn links(value: &Value) -> String {
    let link = |link: &Value| {
        let way = |name: &str| link.pointer(&format!("/type/{name}")).map(words);
        let outward = link.get("outwardIssue").map(issue).zip(way("outward"));
        let inward = link.get("inwardIssue").map(issue).zip(way("inward"));
        let (issue, way) = outward.or(inward)?;
        Some(format!("{way} {issue}"))
    };
    lines(many(value).iter().filter_map(link))
}

fn attachments(value: &Value) -> String {
    let name = |file: &Value| file.get("filename").map(words);
    lines(many(value).iter().filter_map(name))
}
