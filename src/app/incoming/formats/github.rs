//! GitHub: issues and their comments, as the API and the command line give them. Pull requests are left out.

use serde::Deserialize;

use super::actors::Actor;
use super::json::{Id, Read, Records, at, row};
use super::{Record, Text, Unreadable, left_over};
use crate::domain::incoming::{Format, Names, NewEvent, Story, severity};
use crate::domain::timeline::Lane;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Issue {
    id: Id,
    number: Id,
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
    assignees: Vec<Actor>,
    labels: Vec<Label>,
    milestone: Option<Milestone>,
    pull_request: Option<serde::de::IgnoredAny>,
    /// Which there are, or only how many.
    comments: Vec<Issue>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Label {
    name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Milestone {
    #[serde(alias = "name")]
    title: Option<String>,
}

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let mut all = Records::<Issue>::default();
    for file in files {
        all.add(file, &["items", "issues"])?;
    }
    // A comment names the issue that it belongs to; an issue names none.
    let (comments, issues): (Vec<_>, Vec<_>) = all
        .found
        .into_iter()
        .partition(|read| read.record.issue_url.is_some());
    let (pulls, issues): (Vec<_>, Vec<_>) = issues
        .into_iter()
        .partition(|read| read.record.pull_request.is_some());
    if issues.is_empty() && all.failed.is_empty() {
        return Err(Unreadable::new(if pulls.is_empty() {
            "There are comments in it, and no issues. Choose the file with the issues too."
        } else {
            "There are only pull requests in it. Export the issues."
        }));
    }
    let mut told: Vec<Record> = issues
        .iter()
        .map(|issue| record(issue, &comments))
        .chain(all.failed)
        .collect();
    // Comments on pull requests are left out with them.
    let known = |address: &str| {
        let mut all = issues.iter().chain(&pulls);
        let number = address.rsplit('/').next();
        all.any(|it| {
            it.record.url.as_deref() == Some(address)
                || (it.record.pull_request.is_some() && Some(it.record.number.0.as_str()) == number)
        })
    };
    let strangers = comments
        .iter()
        .filter_map(|it| it.record.issue_url.as_deref());
    left_over(
        &mut told,
        "comments",
        strangers.filter(|address| !known(address)),
    );
    Ok(told)
}

fn record(read: &Read<'_, Issue>, comments: &[Read<'_, Issue>]) -> Record {
    let issue = &read.record;
    let own: Vec<&Read<'_, Issue>> = comments
        .iter()
        .filter(|it| it.record.issue_url.is_some() && it.record.issue_url == issue.url)
        .collect();
    let inside = issue.comments.iter().filter(|it| it.body.is_some());
    let mut names = Names::default();
    let outside = own.iter().map(|read| &read.record);
    for writer in outside.clone().chain(inside.clone()).chain([issue]) {
        writer
            .user
            .iter()
            .chain(&writer.assignees)
            .for_each(|actor| actor.teach(&mut names));
    }
    let addresses = [&issue.html_url, &issue.url].into_iter().flatten();
    let ids = [&issue.id.0]
        .into_iter()
        .chain(addresses)
        .chain([&issue.number.0]);
    let Some(id) = ids.into_iter().find(|id| !id.is_empty()) else {
        return Err(Unreadable::new(
            "An issue has no id, no address and no number. Export it again with one of them.",
        ));
    };
    let mut story = Story::new(
        Format::GitHub,
        id,
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
    if let Some(title) = issue.milestone.as_ref().and_then(|it| it.title.as_ref()) {
        story.section("notes", &format!("Milestone: {title}"));
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
        let text = names.replaced(comment.body.as_deref().unwrap_or_default());
        let source = comment.html_url.as_deref();
        row(
            &mut story,
            comment.id.0.clone(),
            comment.created_at.as_ref(),
            &text,
            source,
        );
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

    #[test]
    fn what_the_command_line_gives_needs_no_id_and_odd_values_cost_nothing() {
        let text = |text: &str| Text {
            name: "x",
            text: text.to_owned(),
        };
        let issues = text(
            r#"[{"number":7,"title":12,"body":"Root cause: the queue had no limit","url":"https://example.org/issues/7","labels":[null,{"name":"a"},"b"],"comments":[{"body":"No id","createdAt":"2026-10-16T08:00:00Z"},{"body":"No time"}]},
              {"number":8,"title":null,"url":"https://example.org/issues/8"},{}, 5]"#,
        );
        let stray =
            text(r#"[{"id":1,"issue_url":"https://api.example.org/issues/99","body":"lost"}]"#);
        let all = read(&[issues, stray]).unwrap();
        let said: Vec<bool> = all.iter().map(Result::is_ok).collect();
        assert_eq!(said, [true, true, false, false]);
        let incoming = all[0].clone().unwrap();
        assert_eq!(incoming.foreign_id, "https://example.org/issues/7");
        assert_eq!(incoming.document.title.as_str(), "12");
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(rows, ["No id", "No time"]);
        let statement = incoming.document.statements[0].text.as_str();
        assert_eq!(statement, "the queue had no limit");
        let stray = "left out: 1, of https://api.example.org/issues/99.";
        assert!(
            incoming.remarks[0].contains(stray),
            "{:?}",
            incoming.remarks
        );
    }
}
