//! Tables as people write them.

use super::*;
use crate::domain::incoming::Incoming;

fn read_one(name: &str, text: &str, map: &[(&str, &str)]) -> Result<Incoming, Unreadable> {
    let options = Options {
        zone: Some(Tz::Europe__Berlin),
        map: map
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
        ..Options::default()
    };
    let text = text.to_owned();
    read(&[Text { name, text }], &options)?.remove(0)
}

#[test]
fn a_timeline_is_read_against_the_row_above_and_its_zone() {
    let text = "Datum;Uhrzeit;Ereignis\n2026-10-14;23:50;Alarm\n;00:10;Quiet, then noise\n;later;Nobody knows\n2026-10-15;00:20;Over;and done\n";
    let incoming = read_one("a/queue stops.csv", text, &[]).unwrap();
    let rows: Vec<String> = incoming
        .document
        .events
        .iter()
        .map(|event| {
            format!(
                "{} {}",
                event.when.at().map(when::iso).unwrap_or_default(),
                event.text.as_str()
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "2026-10-14T21:50:00Z Alarm",
            "2026-10-14T22:10:00Z Quiet, then noise",
            " Nobody knows",
            "2026-10-14T22:20:00Z Over, and done",
        ]
    );
    assert_eq!(incoming.foreign_id, "a/queue stops.csv");
    assert_eq!(incoming.document.title.as_str(), "queue stops");
    assert_eq!(incoming.remarks.len(), 2, "{:?}", incoming.remarks);
    assert_eq!(incoming.original, text);
}

#[test]
fn columns_can_be_named_and_a_wrong_name_is_refused() {
    let text = "Moment,Gist\n2026-10-14 10:00,Alarm\n";
    let refused = read_one("x.csv", text, &[]).unwrap_err();
    assert!(
        refused.0.contains("when=Time") && refused.0.contains("Moment, Gist"),
        "{refused}"
    );
    let map = [("when", "moment"), ("what", "Gist")];
    assert_eq!(
        read_one("x.csv", text, &map).unwrap().document.events.len(),
        1
    );
    assert!(
        read_one("x.csv", text, &[("when", "Nope")])
            .unwrap_err()
            .0
            .contains("no column")
    );
    assert!(
        read_one("x.csv", text, &[("whence", "Gist")])
            .unwrap_err()
            .0
            .contains("nothing that a column")
    );
}

#[test]
fn actions_have_teams_and_no_people() {
    let text = "Action,Owner,Team,Due date,Status,Link\nEnlarge the queue,Mira Vance,Platform,2026-12-01,已完成,https://example.org/1\nTell support,,,soon,,\n";
    let incoming = read_one("actions.csv", text, &[]).unwrap();
    let actions = &incoming.document.actions;
    assert_eq!(actions[0].owner.as_ref().unwrap().as_str(), "Platform");
    assert_eq!(actions[0].state.as_code(), "done");
    assert_eq!(actions[0].due_on.unwrap().to_string(), "2026-12-01");
    assert_eq!(actions[1].owner, None);
    assert!(!format!("{:?}", incoming.document).contains("Mira"));
    assert_eq!(incoming.remarks.len(), 2, "{:?}", incoming.remarks);
}

fn texts(incoming: &Incoming) -> Vec<&str> {
    let events = incoming.document.events.iter();
    events.map(|event| event.text.as_str()).collect()
}

#[test]
fn heads_are_known_as_people_write_them() {
    for head in [
        "Time (UTC),What",
        "Timestamp (UTC);Activity",
        "Zeitstempel;Was",
        "Datum/Uhrzeit;Ereignis",
        "Start time,Notes",
        "created_at,Comment",
        "time_utc,Update",
        "sep=;\nTime;What",
        "Outage of the queue;\nprinted on Friday;\nTime;What",
    ] {
        let sign = if head.contains(';') { ';' } else { ',' };
        let text = format!("{head}\n2026-10-14 10:00{sign}Alarm\n");
        let incoming =
            read_one("x.csv", &text, &[]).unwrap_or_else(|error| panic!("{head}: {error}"));
        assert_eq!(texts(&incoming), ["Alarm"], "{head}");
        let hour = if head.to_lowercase().contains("utc") {
            "10"
        } else {
            "08"
        };
        let at = when::iso(incoming.document.events[0].when.at().unwrap());
        assert!(at.contains(&format!("T{hour}:00")), "{head}: {at}");
        assert_eq!(
            incoming.remarks.len(),
            usize::from(head.contains("Friday")),
            "{head}"
        );
    }
    for head in ["Action items", "Corrective action", "Maßnahme"] {
        let text = format!("{head},Due\nLimit the queue,31.12.2026\n");
        let incoming = read_one("x.csv", &text, &[]).unwrap();
        assert_eq!(incoming.document.actions.len(), 1, "{head}");
    }
}

#[test]
fn no_word_of_a_column_is_lost_but_names() {
    let text = "#,When,What,Ticket,Kommentar,What,Author,Lane\n1,2026-10-14 10:00,Alarm,OPS-1,zu spät,again,Mira Vance,saw\n2,2026-10-14 10:05,Quiet,,,,Mira Vance,sideways\n";
    let incoming = read_one("x.csv", text, &[]).unwrap();
    assert_eq!(
        texts(&incoming),
        [
            "Alarm (Ticket: OPS-1; Kommentar: zu spät; What: again)",
            "Quiet (Lane: sideways)"
        ]
    );
    assert_eq!(incoming.document.events[0].lane, Lane::Saw);
    assert_eq!(incoming.remarks.len(), 1, "{:?}", incoming.remarks);
    assert!(incoming.remarks[0].contains("Author"));
    let text = "Action,Ticket\nLimit the queue,OPS-2\n";
    let incoming = read_one("y.csv", text, &[]).unwrap();
    let section = &incoming.document.sections[0];
    assert_eq!(section.text.as_str(), "- Limit the queue (Ticket: OPS-2)");
}

#[test]
fn an_open_quotation_mark_is_told() {
    let open =
        "When,What\n2026-10-14 10:00,Alarm\n2026-10-14 10:05,\"Quiet\n2026-10-14 10:10,Over\n";
    let incoming = read_one("x.csv", open, &[]).unwrap();
    assert!(
        incoming
            .remarks
            .iter()
            .any(|it| it.contains("Row 3") && it.contains("not closed"))
    );
    let inches = "When,What\n2026-10-14 10:00,A 5\" disk\n2026-10-14 10:05,Quiet\n";
    let read = read_one("x.csv", inches, &[]).unwrap();
    assert!(read.remarks.is_empty(), "{:?}", read.remarks);
}

#[test]
fn days_are_read_as_spreadsheets_write_them() {
    let text = "Action,Due\na,31.12.2026\nb,12/31/2026\nc,46387\nd,31.12.26\ne,2026-12-31\n";
    let incoming = read_one("x.csv", text, &[]).unwrap();
    for action in &incoming.document.actions {
        let due = action.due_on.map(|day| day.to_string());
        assert_eq!(
            due.as_deref(),
            Some("2026-12-31"),
            "{}",
            action.title.as_str()
        );
    }
    let text = "When,What\n15.10.26 0:02,one\n46310.5,two\n";
    let incoming = read_one("x.csv", text, &[]).unwrap();
    let at = |place: usize| when::iso(incoming.document.events[place].when.at().unwrap());
    assert_eq!(at(0), "2026-10-14T22:02:00Z");
    assert_eq!(at(1), "2026-10-15T10:00:00Z");
    assert_eq!(incoming.remarks.len(), 1, "{:?}", incoming.remarks);
}

#[test]
fn a_source_that_is_no_address_stands_in_its_row() {
    let text = "Time,What,Source\n2026-10-14 10:00,Alarm,https://example.org/1\n2026-10-14 10:05,Looked,the chat\nlater,Quiet,https://example.org/2\n";
    let incoming = read_one("x.csv", text, &[]).unwrap();
    let rows = incoming.document.events.iter();
    let rows: Vec<&str> = rows.map(|event| event.text.as_str()).collect();
    assert_eq!(
        rows,
        [
            "Alarm",
            "Looked (Source: the chat)",
            "Quiet (https://example.org/2)"
        ]
    );
    let actions = "Action,Source\nLimit the queue,OPS-1\n";
    let incoming = read_one("y.csv", actions, &[]).unwrap();
    let written = incoming.document.sections.last().unwrap();
    assert_eq!(written.text.as_str(), "- Limit the queue (Source: OPS-1)");
}
