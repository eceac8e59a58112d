//! A record of every format, out of one database and into the other.

use diesel::sql_types::Text;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _};
use second_story::domain::incoming::Format;
use second_story::store::archive::TEXTS;

use super::Desk;
use super::archive::{files, on};
use crate::harness::{Database, left_out, postgres};
use crate::incoming::zipped;

const DAY: &str =
    r#"[{"type":"message","user":"U1","text":"The queue is full","ts":"1760443800.000200"}]"#;
const PAGERDUTY: &str = r#"{"incidents":[{"id":"Q1","title":"Orders stopped","log_entries":[{"id":"R1","type":"trigger_log_entry","created_at":"2026-10-14T12:00:00Z","summary":"Triggered"}]}]}"#;
const ALERTS: &str = r#"{"version":"4","groupKey":"{}:{alertname=\"Disk\"}","status":"firing","groupLabels":{"alertname":"Disk"},"alerts":[{"status":"firing","labels":{"alertname":"Disk"},"startsAt":"2026-10-14T12:00:00Z","fingerprint":"b1"}]}"#;
const STATUSPAGE: &str = r#"[{"id":"i1","name":"Orders late","impact":"major","incident_updates":[{"id":"u1","status":"resolved","body":"Done.","created_at":"2026-10-14T14:00:00Z"}]}]"#;
const OPSGENIE: &str = r#"{"data":[{"id":"9007199254740993123","message":"Mail late","priority":"P1","createdAt":"2026-10-14T12:05:00Z"}]}"#;
const JIRA: &str = r#"{"issues":[{"id":"1","key":"OPS-7","fields":{"summary":"Queue stopped","description":"Root cause: no limit on the queue","created":"2026-10-14T08:00:00.000+0000"}}]}"#;
const GITHUB: &str = r###"[{"id":7,"number":7,"url":"https://api.example.org/issues/7","title":"Queue","body":"## Action items\n\n- Limit it","created_at":"2026-10-15T08:00:00Z","comments":0}]"###;
const INCIDENT_IO: &str = r#"{"incidents":[{"id":"I1","name":"Mail late","visibility":"private","incident_status":{"name":"Closed"},"incident_timestamp_values":[{"incident_timestamp":{"name":"Reported at"},"value":{"value":"2026-10-14T12:00:00Z"}}]}]}"#;
const DISPATCH: &str = r#"[{"id":"4","name":"d-1","title":"Mail late","visibility":"Open","reported_at":"2026-10-14 12:00:00.5","incident_priority_id":"1"}]"#;
const MORGUE: &str = "INSERT INTO `postmortems` (`id`,`title`,`summary`,`why_surprised`,`tldr`,`starttime`,`endtime`,`statustime`,`detecttime`,`severity`) VALUES (7,'Late','It was late.','','',1575415800,1575419400,0,0,1);";
const TABLE: &[u8] = b"Zeit;Ereignis\n2026-10-14 12:00;Gr\xf6\xdfe erreicht\n";
const TEXT: &str = "# Queue stopped\n\n## Timeline (UTC)\n\n2026-10-14\n\n- 14:05 Alarm\n";

/// Imports one record of every format.
fn import_all(database: &Database, folder: &std::path::Path) {
    let export = zipped(&[
        ("channels.json", br#"[{"id":"C1","name":"ops"}]"#),
        ("users.json", b"[]"),
        ("ops/2025-10-14.json", DAY.as_bytes()),
    ]);
    for format in Format::ALL {
        let (name, bytes): (&str, &[u8]) = match format {
            Format::Slack => ("export.zip", &export),
            Format::PagerDuty => ("pagerduty.json", PAGERDUTY.as_bytes()),
            Format::Alertmanager => ("alerts.json", ALERTS.as_bytes()),
            Format::Statuspage => ("statuspage.json", STATUSPAGE.as_bytes()),
            Format::Opsgenie => ("opsgenie.json", OPSGENIE.as_bytes()),
            Format::Jira => ("jira.json", JIRA.as_bytes()),
            Format::GitHub => ("github.json", GITHUB.as_bytes()),
            Format::IncidentIo => ("incidents.json", INCIDENT_IO.as_bytes()),
            Format::Dispatch => ("incident.json", DISPATCH.as_bytes()),
            Format::Morgue => ("morgue.sql", MORGUE.as_bytes()),
            Format::Csv => ("timeline.csv", TABLE),
            Format::Markdown => ("queue.md", TEXT.as_bytes()),
        };
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut arguments = vec!["import", format.as_code(), path.to_str().unwrap(), "--json"];
        if *format == Format::Slack {
            arguments.extend([
                "--channel",
                "ops",
                "--from",
                "2025-10-14",
                "--to",
                "2025-10-15",
            ]);
        }
        let made = on(database, &arguments).expect(0).json();
        assert_eq!(made["created"], 1, "{format:?}: {made}");
        let again = on(database, &arguments).expect(0).json();
        assert_eq!(again["unchanged"], 1, "{format:?}: {again}");
    }
}

fn travels(stations: &[Database]) {
    let folder = tempfile::tempdir().unwrap();
    let place = |station: usize| folder.path().join(format!("archive-{station}"));
    let first = stations.first().unwrap();
    let arguments = [
        "user",
        "create",
        "--email",
        "ada@example.org",
        "--name",
        "Ada Brandt",
        "--role",
        "administrator",
        "--password-stdin",
        "--database",
        &first.address,
    ];
    super::run_with(&arguments, "a long enough sentence\n").expect(0);
    import_all(first, folder.path());
    for (number, station) in stations.iter().enumerate() {
        if let Some(before) = number.checked_sub(1) {
            let archive = place(before);
            let told = on(
                station,
                &["import", "archive", archive.to_str().unwrap(), "--json"],
            );
            assert_eq!(told.expect(0).json()["postmortems"], Format::ALL.len());
            let checked = on(station, &["check", "--json"]).expect(0).json();
            assert_eq!(checked["findings"], serde_json::json!([]));
        }
        on(
            station,
            &["export", "--out", place(number).to_str().unwrap()],
        )
        .expect(0);
        let (one, other) = (files(&place(0)), files(&place(number)));
        assert_eq!(
            one.keys().collect::<Vec<_>>(),
            other.keys().collect::<Vec<_>>()
        );
        for (name, bytes) in &one {
            assert!(other[name] == *bytes, "{name} differs after {number} moves");
        }
    }
    // And a record is known again where it came to.
    let last = stations.last().unwrap();
    let path = folder.path().join("jira.json");
    let again = on(last, &["import", "jira", path.to_str().unwrap(), "--json"]);
    assert_eq!(again.expect(0).json()["unchanged"], 1);
}

#[test]
fn a_record_of_every_format_travels_and_keeps_every_byte() {
    travels(&[Database::fresh(), Database::fresh()]);
}

#[test]
fn a_record_of_every_format_travels_to_the_other_kind_of_database_and_back() {
    let Some(server) = postgres() else {
        left_out(
            "imported records from SQLite to PostgreSQL and back",
            "set TEST_DATABASE_URL",
        );
        return;
    };
    travels(&[
        Database::sqlite(),
        Database::postgres(&server),
        Database::sqlite(),
    ]);
    travels(&[Database::postgres(&server), Database::sqlite()]);
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    column: String,
}

#[test]
fn what_an_archive_takes_for_an_id_is_one_in_postgresql() {
    let Some(server) = postgres() else {
        left_out("the ids of an archive", "set TEST_DATABASE_URL");
        return;
    };
    let database = Database::postgres(&server);
    drop(second_story::store::Store::open(&database.address).unwrap());
    let texts: Vec<Column> = diesel::sql_query(
        r#"SELECT table_name::text AS "table", column_name::text AS "column" FROM information_schema.columns
           WHERE table_schema = current_schema() AND data_type <> 'uuid'
           AND (column_name = 'id' OR column_name LIKE '%\_id') AND table_name NOT LIKE 'search\_%'"#,
    )
    .load(&mut PgConnection::establish(&database.address).unwrap())
    .unwrap();
    let mut texts: Vec<(&str, &str)> = texts
        .iter()
        .map(|it| (it.table.as_str(), it.column.as_str()))
        .collect();
    let mut known = TEXTS.to_vec();
    texts.sort_unstable();
    known.sort_unstable();
    assert_eq!(texts, known);
}

#[test]
fn an_original_comes_back_byte_for_byte() {
    let desk = Desk::new();
    let wide: Vec<u8> = "\u{feff}Time\tWhat\r\n2026-10-14 12:00\tGröße\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let tables: [(&str, &[u8]); 4] = [
        ("german.csv", TABLE),
        ("wide.csv", &wide),
        (
            "marked.csv",
            b"\xef\xbb\xbfTime,What\n2026-10-14 12:00,Gr\xc3\xb6\xc3\x9fe\n",
        ),
        (
            "mixed.csv",
            b"Time,What\n2026-10-14 12:00,Gr\xc3\xb6\xc3\x9fe f\xfcr\0\n",
        ),
    ];
    for (number, (name, bytes)) in (1..).zip(tables) {
        let path = desk.write(name, bytes);
        let made = desk
            .run(&["import", "csv", &path, "--json"])
            .expect(0)
            .json();
        let remarks = made["records"][0]["remarks"].to_string();
        assert_eq!(remarks.contains("UTF-"), name != "marked.csv", "{remarks}");
        original(&desk, number, name, bytes);
    }
    let texts: [(&str, &[u8]); 2] = [
        (
            "small.md",
            b"# Gr\xf6\xdfe\n\nDie Platte war f\xfcr alle zu klein.\n",
        ),
        ("wide.md", &wide),
    ];
    for (number, (name, bytes)) in (5..).zip(texts) {
        let path = desk.write(name, bytes);
        let made = desk
            .run(&["import", "markdown", &path, "--json"])
            .expect(0)
            .json();
        assert!(
            made["files"][0]["remarks"].to_string().contains("UTF-"),
            "{made}"
        );
        original(&desk, number, name, bytes);
        let shown = desk.run(&["export", &format!("PM-{number}")]).expect(0).out;
        assert!(shown.contains("Größe"), "{shown}");
        let again = desk.run(&["import", "markdown", &path, "--json"]).expect(0);
        assert_eq!(again.json()["unchanged"], 1);
    }
}

fn original(desk: &Desk, number: i32, name: &str, bytes: &[u8]) {
    use second_story::app::{Ctx, incoming, people, postmortems};
    let store = second_story::store::Store::open(desk.address()).unwrap();
    let actor = people::actor_on_server(&store, None).unwrap().unwrap();
    let ctx = Ctx::new(actor, crate::harness::now());
    let number = second_story::domain::ids::Number(number);
    let id = postmortems::id_of(&store, &ctx, number).unwrap();
    let (called, kept) = incoming::original(&store, &ctx, id).unwrap();
    assert!(called.ends_with(name), "{called}");
    assert!(kept == bytes, "{name}: {kept:?}");
}
