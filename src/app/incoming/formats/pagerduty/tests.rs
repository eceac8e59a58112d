//! Incidents of PagerDuty, with what belongs to them.

use super::*;

const FILE: &str = r#"{"incidents":[{"id":"Q1","title":"Orders stopped","html_url":"https://example.org/incidents/Q1","priority":{"summary":"P2"},"service":{"summary":"Orders","type":"service_reference"},
    "assignments":[{"assignee":{"type":"user_reference","summary":"Mira Vance"}}],
    "log_entries":[
      {"id":"R9","type":"resolve_log_entry","created_at":"2026-10-14T13:00:00Z","summary":"Resolved by Mira Vance.","agent":{"type":"user_reference","summary":"Mira Vance"}},
      {"id":"R4","type":"priority_change_log_entry","created_at":"2026-10-14T12:30:00Z","summary":"Priority set by Mira Vance.","agent":{"type":"user_reference","summary":"Mira Vance"}},
      {"id":"R3","type":"annotate_log_entry","created_at":"2026-10-14T12:20:00Z","summary":"Note by Mira Vance","channel":{"type":"note","summary":"Asked Jon Okada for the disk."},"agent":{"type":"user_reference","summary":"Jon Okada"}},
      {"id":"R2","type":"notify_log_entry","created_at":"2026-10-14T12:01:00Z","summary":"Notified Tove Lind by SMS.","channel":{"type":"auto"}},
      {"id":"R1","type":"trigger_log_entry","created_at":"2026-10-14T12:00:00+00:00","summary":"Triggered","channel":{"type":"api","summary":"Queue is full"},"agent":{"type":"service_reference","summary":"Orders"}},
      {"id":"R0","type":"trigger_log_entry","created_at":null}
    ]}]}"#;

#[test]
fn log_entries_become_rows_in_order_and_nobody_is_named() {
    let file = Text {
        name: "x.json",
        text: FILE.to_owned(),
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
            "An alert opened an incident: Queue is full",
            "A responder was notified by SMS.",
            "Asked a responder for the disk.",
            "Priority set by a responder.",
            "A responder resolved the incident.",
        ]
    );
    assert_eq!(incoming.keys.events, ["R1", "R2", "R3", "R4", "R9"]);
    assert_eq!(incoming.document.events[0].marker, Some(Marker::FirstSign));
    assert_eq!(incoming.document.events[4].marker, Some(Marker::Over));
    assert_eq!(
        incoming.document.severity.map(|it| it.as_code()),
        Some("sev2")
    );
    assert_eq!(
        incoming.document.happened_on.unwrap().to_string(),
        "2026-10-14"
    );
    assert!(
        incoming.original.starts_with("{\"id\":\"Q1\"") && incoming.original.contains("Tove Lind")
    );
    let said = format!("{:?}", incoming.document);
    for name in ["Mira", "Jon Okada", "Tove"] {
        assert!(!said.contains(name), "{name} in {said}");
    }
    assert_eq!(incoming.remarks.len(), 1);
}

#[test]
fn details_of_an_alert_and_updates_are_told_and_a_note_once() {
    let text = r#"{"incidents":[{"id":"Q2","title":"Disk","custom_fields":[{"display_name":"Root cause","value":"A log was never cut"},{"name":"region","value":"east"}],"body":{"details":{"seen":"late"}},
          "notes":[{"id":"N1","content":"Looked","created_at":"2026-10-14T12:20:00Z"},{"id":"N2","content":"Looked again","created_at":null}],
          "log_entries":[
          {"id":"R1","type":"trigger_log_entry","created_at":"2026-10-14T12:00:00Z","channel":{"type":"nagios","summary":"Disk is full","details":{"HOST":"one","inner":{"free":3}}},"event_details":{"description":"Full"}},
          {"id":"R2","type":"annotate_log_entry","created_at":"2026-10-14T12:20:00Z","channel":{"type":"note","summary":"Looked"}},
          {"id":"R3","type":"status_update_log_entry","created_at":"2026-10-14T12:30:00Z","summary":"An update","message":"We clear it"}]}]}"#.to_owned();
    let incoming = read(&[Text { name: "x", text }])
        .unwrap()
        .remove(0)
        .unwrap();
    let rows: Vec<_> = incoming
        .document
        .events
        .iter()
        .map(|event| event.text.as_str())
        .collect();
    assert_eq!(
        rows,
        [
            "An alert opened an incident: Full\nDisk is full\nHOST: one\ninner.free: 3",
            "Looked",
            "A responder told others: We clear it",
            "Looked again"
        ]
    );
    let said = incoming.document.statements[0].text.as_str();
    assert_eq!(said, "A log was never cut");
    let notes = incoming.document.sections.last().unwrap().text.as_str();
    assert_eq!(notes, "seen: late\n\nregion: east");
}

#[test]
fn alerts_links_teams_and_subjects_keep_their_words() {
    let text = r#"{"incidents":[{"id":"Q3","title":"Queue","teams":[{"summary":"Orders team","type":"team_reference"}],"conference_bridge":{"conference_url":"https://example.org/room"},
          "alerts":[{"id":"A1","summary":"Queue is full","created_at":"2026-10-14T12:00:00Z"},{"id":"A2","summary":"Queue is late","created_at":"2026-10-14T12:05:00Z","body":{"details":{"lag":"9 min"}}}],
          "log_entries":[
          {"id":"R1","type":"trigger_log_entry","created_at":"2026-10-14T12:00:00Z","contexts":[{"type":"link","href":"https://example.org/graph","text":"The graph"}],"channel":{"type":"api","summary":"Queue is full","client":"Watcher","client_url":"https://example.org/w"}},
          {"id":"R2","type":"status_update_log_entry","created_at":"2026-10-14T12:30:00Z","message":"We clear it","channel":{"subject":"Orders are late"}}]}]}"#.to_owned();
    let incoming = read(&[Text { name: "x", text }])
        .unwrap()
        .remove(0)
        .unwrap();
    let rows = incoming.document.events.iter();
    let rows: Vec<&str> = rows.map(|event| event.text.as_str()).collect();
    assert_eq!(
        rows,
        [
            "An alert opened an incident: Queue is full\nWatcher https://example.org/w\nThe graph https://example.org/graph",
            "Queue is late\nlag: 9 min",
            "A responder told others: Orders are late\nWe clear it",
        ]
    );
    let notes = incoming.document.sections.last().unwrap().text.as_str();
    assert_eq!(
        notes,
        "Teams: Orders team\n\nconference url: https://example.org/room"
    );
}

#[test]
fn alerts_in_a_file_of_their_own_come_to_their_incident() {
    let text = |text: &str| Text {
        name: "x",
        text: text.to_owned(),
    };
    let incidents =
        r#"{"incidents":[{"id":"Q1","title":"Queue","created_at":"2026-10-14T12:00:00Z"}]}"#;
    let alerts = r#"{"alerts":[{"id":"A1","summary":"Queue is late","created_at":"2026-10-14T12:05:00Z","incident":{"id":"Q1"}},{"id":"A2","summary":"Other","incident":{"id":"Q9"}}]}"#;
    let all = read(&[text(alerts), text(incidents)]).unwrap();
    let incoming = all[0].as_ref().unwrap();
    let rows = incoming.document.events.iter();
    let rows: Vec<&str> = rows.map(|event| event.text.as_str()).collect();
    assert_eq!(rows, ["The incident was opened.", "Queue is late"]);
    let told = incoming.remarks.iter().any(|it| it.contains("alerts"));
    assert!(told, "{:?}", incoming.remarks);
    assert!(read(&[text(alerts)]).is_err());
}
