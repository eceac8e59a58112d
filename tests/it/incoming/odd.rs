//! Files as programs really write them: odd values, other letters, answers that are errors.

use second_story::app::incoming::formats::{Options, Record};
use second_story::domain::incoming::Format;

use super::read;

#[track_caller]
fn records(format: Format, name: &str, bytes: &[u8]) -> Vec<Record> {
    read(format, &[(name, bytes.to_vec())], &Options::default()).unwrap()
}

#[test]
fn a_dump_with_western_letters_keeps_them() {
    let dump = "SET NAMES latin1;\nINSERT INTO `postmortems` (`id`,`title`,`summary`) VALUES (1,'St\u{f6}rung','gr\u{f6}\u{df}er als \u{80}1');";
    let bytes: Vec<u8> = dump.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let incoming = records(Format::Morgue, "dump.sql", &bytes)
        .remove(0)
        .unwrap();
    assert_eq!(incoming.document.title.as_str(), "Störung");
    let summary = incoming.document.sections[0].text.as_str();
    assert_eq!(summary, "größer als €1");
}

#[test]
fn one_odd_record_fails_alone_in_every_format() {
    for (format, file) in [
        (
            Format::Jira,
            r#"{"issues":[5,{"key":"A-1","fields":{"summary":"x"}}]}"#,
        ),
        (Format::GitHub, r#"[null,{"number":1,"title":"x"}]"#),
        (
            Format::Statuspage,
            r#"{"incidents":[[],{"id":1,"name":"x"}]}"#,
        ),
        (Format::Opsgenie, r#"{"data":["y",{"id":1,"message":"x"}]}"#),
        (
            Format::PagerDuty,
            r#"{"incidents":[true,{"id":1,"title":"x"}]}"#,
        ),
        (
            Format::IncidentIo,
            r#"{"incidents":[1.5,{"id":1,"name":"x","reference":"I-1"}]}"#,
        ),
        (
            Format::Alertmanager,
            r#"[7,{"groupKey":"g","alerts":[{"startsAt":"2026-10-14T12:00:00Z"}]}]"#,
        ),
        (
            Format::Dispatch,
            r#"[7,{"id":1,"title":"x","reported_at":"2026-10-14T12:00:00Z"}]"#,
        ),
    ] {
        let all = records(format, "file.json", file.as_bytes());
        let read = all.iter().filter(|record| record.is_ok()).count();
        assert_eq!((read, all.len()), (1, 2), "{}: {all:?}", format.label());
        let why = all.iter().find_map(|record| record.as_ref().err()).unwrap();
        assert!(why.0.contains("file.json: record 1 is"), "{why}");
    }
}

#[test]
fn half_a_character_and_an_odd_value_cost_no_record() {
    for (format, file) in [
        (
            Format::Jira,
            r#"{"issues":[{"key":"A-1","fields":{"summary":"cut \ud83d","labels":[null,3],"priority":5,"status":{}}}]}"#,
        ),
        (
            Format::GitHub,
            r#"[{"id":1.5,"title":"cut \ud83d","body":7,"user":"me","labels":null,"comments":{}}]"#,
        ),
        (
            Format::Statuspage,
            r#"[{"id":1,"name":"cut \ud83d","impact":3,"incident_updates":{"id":2,"body":"one"}}]"#,
        ),
        (
            Format::Opsgenie,
            r#"[{"id":1,"message":"cut \ud83d","tags":"a","links":"x","responders":{}}]"#,
        ),
        (
            Format::PagerDuty,
            r#"[{"id":1,"title":"cut \ud83d","priority":"P1","service":7,"log_entries":null,"assignments":[null]}]"#,
        ),
        (
            Format::IncidentIo,
            r#"[{"id":1,"name":"cut \ud83d","reference":5,"severity":"Major","creator":"me","incident_timestamp_values":{}}]"#,
        ),
    ] {
        let incoming = records(format, "file.json", file.as_bytes())
            .remove(0)
            .unwrap();
        assert_eq!(
            incoming.document.title.as_str(),
            "cut \u{fffd}",
            "{}",
            format.label()
        );
        assert!(
            incoming.original.contains("\\ud83d"),
            "the original is kept"
        );
    }
}

#[test]
fn an_error_that_an_api_answered_is_called_one() {
    for format in [
        Format::Jira,
        Format::GitHub,
        Format::Statuspage,
        Format::Opsgenie,
        Format::PagerDuty,
        Format::IncidentIo,
        Format::Alertmanager,
    ] {
        let files = [(
            "file.json",
            br#"{"error":"Not found","status":404}"#.to_vec(),
        )];
        let refused = read(format, &files, &Options::default()).unwrap_err();
        assert!(
            refused.0.contains("an error that the API answered") && refused.0.contains("Not found"),
            "{refused}"
        );
    }
}
