//! Alertmanager: what its webhook sends, version 4. One record for each group of alerts.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Utc};
use serde::Deserialize;

use super::json::{instant, records};
use super::{Record, Text, Unreadable};
use crate::domain::incoming::{Format, NewEvent, Story, severity};
use crate::domain::postmortem::Detection;
use crate::domain::timeline::{Lane, Marker};

type Labels = BTreeMap<String, String>;

/// Annotations that say what happened.
const SAID: [&str; 3] = ["summary", "description", "message"];
/// What is told of an alert, or of a group, in a place of its own.
const TOLD: [&str; 3] = ["alertname", "instance", "severity"];
/// Words for people.
const PEOPLE: [&str; 4] = ["owner", "assignee", "contact", "responder"];

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Group {
    group_key: String,
    group_labels: Labels,
    common_labels: Labels,
    common_annotations: Labels,
    #[serde(rename = "externalURL")]
    external_url: Option<String>,
    truncated_alerts: u64,
    alerts: Vec<Alert>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Alert {
    labels: Labels,
    annotations: Labels,
    starts_at: Option<String>,
    ends_at: Option<String>,
    #[serde(rename = "generatorURL")]
    generator_url: Option<String>,
    fingerprint: Option<String>,
}

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let groups = records::<Group>(files, &[])?;
    Ok(groups.told(|group| record(&group.record, group.raw)))
}

fn record(group: &Group, raw: &str) -> Record {
    if group.group_key.trim().is_empty() {
        return Err(Unreadable::new(
            "There is no groupKey in it, so it is no body of the webhook. Take what Alertmanager sends, version 4.",
        ));
    }
    if group.alerts.is_empty() {
        return Err(Unreadable::new(
            "The group has no alerts, so there is nothing to tell.",
        ));
    }
    let labels = [&group.group_labels, &group.common_labels];
    let find = |key: &str| labels.iter().find_map(|labels| labels.get(key));
    let alertname = find("alertname").map_or("Alert", String::as_str);
    let summary = group.common_annotations.get("summary");
    let title = summary.map_or_else(|| alertname.to_owned(), |it| format!("{alertname}: {it}"));
    let mut story = Story::new(Format::Alertmanager, &group.group_key, &title)?;
    story.address(group.external_url.as_deref());
    story.severity(find("severity").and_then(|typed| severity(typed)));
    story.document().detection = Some(Detection::AutomatedAlert);
    if group.truncated_alerts > 0 {
        story.remark(format!(
            "{} more alerts of the group were not sent.",
            group.truncated_alerts
        ));
    }
    common(&mut story, group);
    let instant_of = |alert: &Alert| alert.starts_at.as_deref().and_then(instant);
    let mut alerts: Vec<_> = group.alerts.iter().map(|it| (instant_of(it), it)).collect();
    alerts.sort_by_key(|(at, _)| (at.is_none(), *at));
    for (at, alert) in alerts {
        told(&mut story, group, alert, at);
        for (name, said) in &alert.annotations {
            story.cause(name, said);
        }
    }
    Ok(story.finish(raw))
}

/// What all alerts of a group say alike.
fn common(story: &mut Story, group: &Group) {
    let labels = group.common_labels.iter().chain(&group.group_labels);
    let labels = labels.filter(|(key, _)| !TOLD.contains(&key.as_str()));
    let mut labels: Vec<String> = labels
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    labels.sort();
    labels.dedup();
    if !labels.is_empty() {
        story.section("notes", &format!("Labels: {}", labels.join(", ")));
    }
    let annotations = group.common_annotations.iter();
    for (name, said) in annotations.filter(|(name, _)| !SAID.contains(&name.as_str())) {
        story.field(&name.replace('_', " "), said);
    }
}

/// An alert as a row, and its end as another.
fn told(story: &mut Story, group: &Group, alert: &Alert, at: Option<DateTime<Utc>>) {
    let source = alert.generator_url.as_deref();
    let whole = format!("Alert: {}{}", short(alert), besides(story, group, alert));
    let Some(at) = at else {
        let typed = alert.starts_at.as_deref().unwrap_or("?");
        story.unreadable(key(alert, None), typed, Lane::Saw, &whole);
        return;
    };
    let key = key(alert, Some(at));
    let event = NewEvent::new(key.clone(), at, Lane::Saw, &whole);
    story.event(event.marks(Some(Marker::FirstSign)).seen_at(source));
    // While it fires, the end is written as the year 1.
    let end = alert.ends_at.as_deref().and_then(instant);
    if let Some(end) = end.filter(|end| end.year() > 1 && *end >= at) {
        let over = format!("Alert over: {}", short(alert));
        story.event(NewEvent::new(format!("{key} over"), end, Lane::Saw, &over).seen_at(source));
    }
}

/// What an alert is called: its fingerprint, or its labels where an old sender has none; and when it began.
fn key(alert: &Alert, at: Option<DateTime<Utc>>) -> String {
    let labels = || {
        let pairs = alert
            .labels
            .iter()
            .map(|(key, value)| format!("{key}={value}"));
        pairs.collect::<Vec<_>>().join(",")
    };
    let name = alert
        .fingerprint
        .clone()
        .filter(|it| !it.is_empty())
        .unwrap_or_else(labels);
    match at {
        Some(at) => format!("{name} {}", at.timestamp_millis()),
        None => name,
    }
}

/// An alert in one line.
fn short(alert: &Alert) -> String {
    let name = alert
        .labels
        .get("alertname")
        .map_or("unnamed", String::as_str);
    let instance = alert.labels.get("instance").map(|it| format!(" on {it}"));
    let said = SAID.iter().find_map(|name| alert.annotations.get(*name));
    let said = said
        .map(|it| format!(": {}", it.trim()))
        .unwrap_or_default();
    format!("{name}{}{said}", instance.unwrap_or_default())
}

/// What else an alert says, and not all of its group.
fn besides(story: &mut Story, group: &Group, alert: &Alert) -> String {
    let mut lines: Vec<String> = Vec::new();
    let said = SAID.iter().filter_map(|name| alert.annotations.get(*name));
    let mut said: Vec<&str> = said.map(|it| it.trim()).collect();
    said.dedup();
    lines.extend(said.iter().skip(1).map(|it| (*it).to_owned()));
    for (name, value) in &alert.annotations {
        let is_common = group.common_annotations.get(name) == Some(value);
        if PEOPLE.contains(&name.to_lowercase().as_str()) {
            story.remark(format!(
                "The annotation “{name}” was left out: people are roles here. The original has it."
            ));
        } else if !is_common && !SAID.contains(&name.as_str()) {
            lines.push(format!("{name}: {value}"));
        }
    }
    let labels = alert.labels.iter().filter(|(name, value)| {
        let common = [&group.common_labels, &group.group_labels];
        let is_common = common.iter().any(|labels| labels.get(*name) == Some(value));
        !is_common && !TOLD.contains(&name.as_str())
    });
    let labels: Vec<String> = labels
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if !labels.is_empty() {
        lines.push(format!("({})", labels.join(", ")));
    }
    lines.into_iter().map(|line| format!("\n{line}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_in_the_year_one_is_open_and_each_alert_is_told_once() {
        let text = r#"{"version":"4","groupKey":"{}:{alertname=\"Disk\"}","status":"firing","groupLabels":{"alertname":"Disk"},"commonLabels":{"alertname":"Disk","severity":"critical"},"commonAnnotations":null,
        "externalURL":"http://alerts.example.org","truncatedAlerts":3,
        "alerts":[
          {"status":"firing","labels":{"alertname":"Disk","instance":"b"},"annotations":{"summary":"Full"},"startsAt":"2026-10-14T14:05:00+02:00","endsAt":"0001-01-01T00:00:00Z","fingerprint":"b1"},
          {"status":"resolved","labels":{"alertname":"Disk","instance":"a"},"annotations":{},"startsAt":"2026-10-14T12:00:00.123456789Z","endsAt":"2026-10-14T12:30:00Z","generatorURL":"http://graph.example.org/1","fingerprint":"a1"},
          {"status":"firing","labels":{"alertname":"Old"},"startsAt":"not a time"}
        ]}"#;
        let file = Text {
            name: "x",
            text: text.to_owned(),
        };
        let incoming = read(&[file]).unwrap().remove(0).unwrap();
        let rows: Vec<_> = incoming
            .document
            .events
            .iter()
            .map(|event| event.text.as_str())
            .collect();
        assert_eq!(
            rows,
            [
                "Alert: Disk on a",
                "Alert: Disk on b: Full",
                "Alert: Old",
                "Alert over: Disk on a"
            ]
        );
        assert_eq!(incoming.document.events[0].marker, Some(Marker::FirstSign));
        assert_eq!(incoming.document.events[1].marker, None);
        assert!(
            incoming.keys.events[0].starts_with("a1 17"),
            "{:?}",
            incoming.keys
        );
        assert_eq!(
            incoming.document.severity.map(|it| it.as_code()),
            Some("sev1")
        );
        assert_eq!(incoming.remarks.len(), 1);
    }

    fn one(text: &str) -> Record {
        let text = text.to_owned();
        read(&[Text { name: "x", text }]).unwrap().remove(0)
    }

    #[test]
    fn every_annotation_and_label_is_told_where_it_belongs() {
        let text = r#"{"groupKey":"g","groupLabels":{"alertname":"Disk"},"commonLabels":{"alertname":"Disk","job":"store"},"commonAnnotations":{"summary":"Full","runbook_url":"https://example.org/r","root_cause":"A log was never cut"},
          "alerts":[{"labels":{"alertname":"Disk","job":"store","pod":7},"annotations":{"summary":"Full","description":"No byte is left","message":"Full","runbook_url":"https://example.org/r","owner":"Mira Vance","hint":"look"},"startsAt":"2026-10-14T12:00:00Z"}]}"#;
        let incoming = one(text).unwrap();
        assert_eq!(
            incoming.document.events[0].text.as_str(),
            "Alert: Disk: Full\nNo byte is left\nFull\nhint: look\n(pod=7)"
        );
        let sections: Vec<_> = incoming
            .document
            .sections
            .iter()
            .map(|section| (section.key.as_str(), section.text.as_str()))
            .collect();
        assert_eq!(
            sections,
            [
                ("causes", "A log was never cut"),
                (
                    "notes",
                    "Labels: job=store\n\nrunbook url: https://example.org/r"
                )
            ]
        );
        assert_eq!(incoming.document.statements.len(), 1);
        assert!(!format!("{:?}", incoming.document).contains("Mira"));
        assert!(incoming.remarks[0].contains("owner"));
    }

    #[test]
    fn a_group_without_alerts_and_what_is_no_group_are_refused() {
        let empty = one(r#"{"groupKey":"g","alerts":[]}"#).unwrap_err();
        assert!(empty.0.contains("no alerts"), "{empty}");
        let other = one(r#"[{"labels":{"alertname":"x"}}]"#).unwrap_err();
        assert!(other.0.contains("no groupKey"), "{other}");
    }
}
