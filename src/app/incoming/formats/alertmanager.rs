//! Alertmanager: what its webhook sends, version 4. One record for each group of alerts.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Utc};
use serde::Deserialize;

use super::json::{instant, or_default, records};
use super::{Record, Text, Unreadable};
use crate::domain::incoming::{Format, NewEvent, Story, severity};
use crate::domain::postmortem::Detection;
use crate::domain::timeline::{Lane, Marker};

type Labels = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    group_key: String,
    #[serde(default, deserialize_with = "or_default")]
    group_labels: Labels,
    #[serde(default, deserialize_with = "or_default")]
    common_labels: Labels,
    #[serde(default, deserialize_with = "or_default")]
    common_annotations: Labels,
    #[serde(rename = "externalURL")]
    external_url: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    truncated_alerts: u64,
    #[serde(default, deserialize_with = "or_default")]
    alerts: Vec<Alert>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Alert {
    #[serde(default, deserialize_with = "or_default")]
    labels: Labels,
    #[serde(default, deserialize_with = "or_default")]
    annotations: Labels,
    starts_at: Option<String>,
    ends_at: Option<String>,
    #[serde(rename = "generatorURL")]
    generator_url: Option<String>,
    fingerprint: Option<String>,
}

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let mut read = Vec::new();
    for file in files {
        for group in records::<Group>(file, &[])? {
            read.push(record(group.record, group.raw));
        }
    }
    Ok(read)
}

fn record(group: Group, raw: &str) -> Record {
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
    let alerts = group.alerts.iter();
    let mut alerts: Vec<(DateTime<Utc>, &Alert)> = alerts
        .filter_map(|alert| Some((instant(alert.starts_at.as_deref()?)?, alert)))
        .collect();
    alerts.sort_by_key(|(at, _)| *at);
    for (at, alert) in alerts {
        let (key, text) = (key(alert, at), text(alert));
        let source = alert.generator_url.as_deref();
        let firing = format!("Alert: {text}");
        let event = NewEvent::new(key.clone(), at, Lane::Saw, &firing);
        story.event(event.marks(Some(Marker::FirstSign)).seen_at(source));
        // While it fires, the end is written as the year 1.
        let end = alert.ends_at.as_deref().and_then(instant);
        if let Some(end) = end.filter(|end| end.year() > 1 && *end >= at) {
            let over = format!("Alert over: {text}");
            story
                .event(NewEvent::new(format!("{key} over"), end, Lane::Saw, &over).seen_at(source));
        }
    }
    Ok(story.finish(raw))
}

/// What an alert is called: its fingerprint, or its labels where an old sender has none; and when it began.
fn key(alert: &Alert, at: DateTime<Utc>) -> String {
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
    format!("{name} {}", at.timestamp_millis())
}

fn text(alert: &Alert) -> String {
    let name = alert
        .labels
        .get("alertname")
        .map_or("unnamed", String::as_str);
    let instance = alert.labels.get("instance").map(|it| format!(" on {it}"));
    let said = alert
        .annotations
        .get("summary")
        .or_else(|| alert.annotations.get("description"));
    let said = said
        .map(|it| format!(": {}", it.trim()))
        .unwrap_or_default();
    format!("{name}{}{said}", instance.unwrap_or_default())
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
}
