//! Exports of a workspace: one channel, one window of time, message by message.

use chrono::{DateTime, Utc};
use second_story::app::incoming::formats::Options;
use second_story::domain::incoming::{Format, Incoming};

use super::{read, zipped};

fn options(channel: &str, from: &str, to: &str) -> Options {
    let at = |typed: &str| typed.parse::<DateTime<Utc>>().ok();
    Options {
        channel: channel.to_owned(),
        from: at(from),
        to: at(to),
        ..Options::default()
    }
}

/// A day of messages, one each minute from an hour on.
fn day(date: &str, hour: u32, messages: u32) -> String {
    let start: DateTime<Utc> = format!("{date}T{hour:02}:00:00Z").parse().unwrap();
    let lines: Vec<String> = (0..messages)
        .map(|minute| {
            let at = start.timestamp() + i64::from(minute) * 60;
            format!(r#"{{"type":"message","user":"U{minute}","text":"message {date} {minute}","ts":"{at}.000100"}}"#)
        })
        .collect();
    format!("[{}]", lines.join(","))
}

fn one(zip: Vec<u8>, options: &Options) -> Result<Incoming, String> {
    let mut records = read(Format::Slack, &[("export.zip", zip)], options).map_err(|it| it.0)?;
    records.remove(0).map_err(|it| it.0)
}

#[test]
fn a_window_of_a_channel_becomes_one_timeline() {
    let (first, second) = (day("2025-10-14", 22, 100), day("2025-10-15", 0, 30));
    let zip = zipped(&[
        ("export/channels.json", br#"[{"id":"C1","name":"ops"}]"#),
        ("export/users.json", b"[]"),
        ("export/ops/2025-10-14.json", first.as_bytes()),
        ("export/ops/2025-10-15.json", second.as_bytes()),
        ("export/ops/2019-01-01.json", b"this day is never read"),
        ("export/secret/2025-10-14.json", first.as_bytes()),
    ]);
    let window = options("#ops", "2025-10-14T23:30:00Z", "2025-10-15T00:10:30Z");
    let incoming = one(zip.clone(), &window).unwrap();
    let rows = &incoming.document.events;
    // The first day's file goes on past midnight: what stands at the same instant is one message.
    assert_eq!(rows.first().unwrap().text.as_str(), "message 2025-10-14 90");
    assert!(
        rows.last()
            .unwrap()
            .when
            .at()
            .unwrap()
            .to_rfc3339()
            .starts_with("2025-10-15T00:10:00")
    );
    assert_eq!(incoming.foreign_id, "ops 2025-10-14T23:30:00Z");
    assert_eq!(incoming.document.visibility.as_code(), "organisation");
    let private = one(
        zip.clone(),
        &Options {
            channel: "secret".to_owned(),
            ..window.clone()
        },
    )
    .unwrap();
    assert_eq!(
        private.document.visibility.as_code(),
        "restricted",
        "it is not in the list of open channels"
    );
    let unknown = one(zip.clone(), &options("no", "", "")).unwrap_err();
    assert!(
        unknown.contains("no channel \"no\" in it. Choose another one.")
            && unknown.contains("ops (3 days)")
            && unknown.contains("secret (1 day)"),
        "{unknown}"
    );
    let unsaid = one(zip.clone(), &options("", "", "")).unwrap_err();
    assert!(unsaid.starts_with("Say which channel"), "{unsaid}");
    let empty = one(
        zip,
        &options("C1", "2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"),
    )
    .unwrap_err();
    assert!(empty.contains("no message in ops"), "{empty}");
}

#[test]
fn a_window_that_nobody_would_read_is_refused() {
    let days: Vec<(String, String)> = (10..20)
        .map(|date| {
            (
                format!("ops/2025-10-{date}.json"),
                day(&format!("2025-10-{date}"), 0, 400),
            )
        })
        .collect();
    let mut files: Vec<(&str, &[u8])> = vec![("channels.json", br#"[{"name":"ops"}]"#)];
    files.extend(
        days.iter()
            .map(|(name, text)| (name.as_str(), text.as_bytes())),
    );
    let refused = one(zipped(&files), &options("ops", "", "")).unwrap_err();
    assert!(refused.contains("more than 2000 messages"), "{refused}");
    let narrow = options("ops", "2025-10-12T00:00:00Z", "2025-10-12T01:00:00Z");
    assert_eq!(
        one(zipped(&files), &narrow).unwrap().document.events.len(),
        60
    );
}
