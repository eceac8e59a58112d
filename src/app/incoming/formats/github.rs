//! GitHub: issues and their comments, as the API and the command line give them. Pull requests are left out.

use serde::Deserialize;

use super::actors::Actor;
use super::json::{Id, Read, at, or_default, records};
use super::{Record, Text, Unreadable};
use crate::domain::incoming::{Format, Names, NewEvent, Story, severity};
use crate::domain::timeline::Lane;

#[derive(Deserialize)]
struct Issue {
    id: Id,
    number: Option<u64>,
    title: Option<String>,
    body: Option<String>,
    url: Option<String>,
    html_url: Option<String>,
    issue_url: Option<String>,
    #[serde(alias = "createdAt")]
    created_at: Option<String>,
    #[serde(alias = "closedAt")]
    closed_at: Option<String>,
    #[serde(alias = "author")]
    user: Option<Actor>,
    #[serde(default, deserialize_with = "or_default")]
    assignees: Vec<Actor>,
    #[serde(default, deserialize_with = "or_default")]
    labels: Vec<Label>,
    pull_request: Option<serde::de::IgnoredAny>,
    comments: Option<Comments>,
}

#[derive(Deserialize)]
struct Label {
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Comments {
    Count(#[expect(dead_code, reason = "the API says how many there are, not which")] u64),
    List(Vec<Issue>),
}

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let mut all: Vec<Read<'_, Issue>> = Vec::new();
    for file in files {
        all.extend(records(file, &["items", "issues"])?);
    }
    // A comment names the issue that it belongs to; an issue names none.
    let (comments, issues): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|read| read.record.issue_url.is_some());
    let count = issues.len();
    let issues: Vec<_> = issues
        .into_iter()
        .filter(|read| read.record.pull_request.is_none())
        .collect();
    if issues.is_empty() {
        return Err(Unreadable::new(if count > 0 {
            "There are only pull requests in it. Export the issues."
        } else {
            "There are comments in it, and no issues. Choose the file with the issues too."
        }));
    }
    Ok(issues
        .iter()
        .map(|issue| record(issue, &comments))
        .collect())
}

fn record(read: &Read<'_, Issue>, comments: &[Read<'_, Issue>]) -> Record {
    let issue = &read.record;
    let own: Vec<&Read<'_, Issue>> = comments
        .iter()
        .filter(|it| it.record.issue_url.is_some() && it.record.issue_url == issue.url)
        .collect();
    let inside: &[Issue] = match &issue.comments {
        Some(Comments::List(list)) => list,
        _ => &[],
    };
    let mut names = Names::default();
    let outside = own.iter().map(|read| &read.record);
    for writer in outside.clone().chain(inside).chain([issue]) {
        writer
            .user
            .iter()
            .chain(&writer.assignees)
            .for_each(|actor| actor.teach(&mut names));
    }
    let id = if issue.id.0.is_empty() {
        issue
            .number
            .map(|number| number.to_string())
            .unwrap_or_default()
    } else {
        issue.id.0.clone()
    };
    let mut story = Story::new(
        Format::GitHub,
        &id,
        issue.title.as_deref().unwrap_or_default(),
    )?;
    story.address(issue.html_url.as_deref().or(issue.url.as_deref()));
    story.text(&names.replaced(issue.body.as_deref().unwrap_or_default()));
    let labels: Vec<&str> = issue
        .labels
        .iter()
        .filter_map(|label| label.name.as_deref())
        .collect();
    let last = |label: &&str| severity(label.rsplit(['/', ':']).next().unwrap_or(label));
    story.severity(labels.iter().find_map(last));
    if !labels.is_empty() {
        story.section("notes", &format!("Labels: {}", labels.join(", ")));
    }
    for (key, time, text) in [
        ("opened", &issue.created_at, "The issue was opened."),
        ("closed", &issue.closed_at, "The issue was closed."),
    ] {
        if let Some(time) = at(time.as_ref()) {
            story.event(NewEvent::new(key, time, Lane::Did, text));
        }
    }
    for comment in outside.chain(inside) {
        if let (Some(time), Some(body)) = (at(comment.created_at.as_ref()), &comment.body) {
            let text = names.replaced(body);
            let event = NewEvent::new(comment.id.0.clone(), time, Lane::Saw, &text);
            story.event(event.seen_at(comment.html_url.as_deref()));
        }
    }
    let raws: Vec<&str> = std::iter::once(read.raw)
        .chain(own.iter().map(|read| read.raw))
        .collect();
    Ok(story.finish(&super::joined(&raws)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUES: &str = r###"[{"id":9007199254740993,"number":7,"url":"https://api.example.org/issues/7","html_url":"https://example.org/issues/7","title":"Post-mortem: queue","body":"Found by @mira-v.\n\n## Timeline (UTC)\n\n2026-10-14\n- 12:00 Alarm","created_at":"2026-10-15T08:00:00Z","closed_at":null,"user":{"login":"mira-v","type":"User"},"labels":[{"name":"severity/high"}],"comments":2},
      {"id":8,"number":8,"url":"https://api.example.org/issues/8","title":"A change","pull_request":{},"comments":0}]"###;
    const COMMENTS: &str = r#"[{"id":55,"issue_url":"https://api.example.org/issues/7","html_url":"https://example.org/issues/7#c55","body":"Ask mira-v again","created_at":"2026-10-16T08:00:00Z","user":{"login":"jon-o"}}]"#;

    #[test]
    fn issues_take_their_comments_and_pull_requests_are_left_out() {
        let text = |text: &str| Text {
            name: "x",
            text: text.to_owned(),
        };
        let mut read_all = read(&[text(COMMENTS), text(ISSUES)]).unwrap();
        assert_eq!(read_all.len(), 1);
        let incoming = read_all.remove(0).unwrap();
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(
            rows,
            ["Alarm", "The issue was opened.", "Ask a responder again"]
        );
        assert_eq!(incoming.foreign_id, "9007199254740993");
        assert_eq!(
            incoming.document.severity.map(|it| it.as_code()),
            Some("sev2")
        );
        assert!(incoming.original.contains("\"id\":55"));
        let only = ISSUES.replace("\"comments\":2}", "\"pull_request\":{}}");
        assert!(
            read(&[text(&only)])
                .unwrap_err()
                .0
                .contains("pull requests")
        );
    }
}
