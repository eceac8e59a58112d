//! Archives: everything that was written, out of one database and into the other, byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diesel::sql_types::Text;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection};
use second_story::app::listing::FiltersInput;
use second_story::app::own_words::{self, WordsInput};
use second_story::app::search::{self, SearchInput};
use second_story::app::{Ctx, demo, documents, names, people, postmortems};
use second_story::domain::ids::Number;
use second_story::store::Store;
use second_story::store::archive::{COLUMNS_LEFT_OUT, TABLES_LEFT_OUT};
use serde_json::Value;

use super::{Desk, Ran, run, run_with};
use crate::harness::{Database, left_out, now, postgres};

/// Runs a command on a database.
pub(super) fn on(database: &Database, arguments: &[&str]) -> Ran {
    let mut all = arguments.to_vec();
    all.extend(["--database", &database.address]);
    run(&all)
}

/// Every file of a folder, by its path within it.
pub(super) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// A database with the demonstration in it.
pub(super) fn demonstration(database: &Database) {
    let store = Store::open(&database.address).unwrap();
    demo::load(&store, now()).unwrap();
    with_words_and_names(&store);
}

/// What the demonstration has none of: own words, a name that stands for a role, a name that stays.
fn with_words_and_names(store: &Store) {
    let ctx = Ctx::new(
        people::actor_on_server(store, None).unwrap().unwrap(),
        now(),
    );
    let words = WordsInput {
        people: "wombat".to_owned(),
        systems: "marta\npilot".to_owned(),
        names: "Siobhán".to_owned(),
    };
    own_words::change(store, &ctx, &words, None).unwrap();
    names::change_roles(store, &ctx, "Mara O'Neill, @mara = the nurse", None).unwrap();
    let kept = (1..=25).find_map(|number| {
        let id = postmortems::id_of(store, &ctx, Number(number)).unwrap();
        let (_, found) = names::list(store, &ctx, id).unwrap();
        let name = found.first()?;
        Some(names::keep(store, &ctx, id, &name.name, "source").unwrap())
    });
    assert!(kept.is_some(), "the demonstration names somebody");
}

/// From one database to the next to the last: each export has the bytes of the first.
fn travels(stations: &[Database]) {
    let folder = tempfile::tempdir().unwrap();
    let place = |station: usize| folder.path().join(format!("archive-{station}"));
    let text = |station: usize| place(station).display().to_string();
    demonstration(&stations[0]);
    on(&stations[0], &["export", "--out", &text(0)]).expect(0);
    let first = files(&place(0));
    for (before, station) in stations.iter().skip(1).enumerate() {
        let imported = on(station, &["import", "archive", &text(before), "--json"]).expect(0);
        assert_eq!(
            imported.json(),
            serde_json::json!({"changed": true, "postmortems": 25})
        );
        on(station, &["export", "--out", &text(before + 1)]).expect(0);
        let again = files(&place(before + 1));
        assert_eq!(
            again.keys().collect::<Vec<_>>(),
            first.keys().collect::<Vec<_>>()
        );
        for (name, bytes) in &first {
            assert!(
                again[name] == *bytes,
                "{name} differs after {} moves",
                before + 1
            );
        }
    }
    let last = stations.last().unwrap();
    assert_eq!(
        on(last, &["check", "--json"]).expect(0).json()["findings"],
        serde_json::json!([])
    );
    let words = on(last, &["words", "export"]).expect(0);
    assert!(
        words.out.starts_with("people = [\"wombat\"]\n"),
        "{}",
        words.out
    );
    whole(&stations[0], last);
    goes_on(last);
}

/// What is not in the archive was made again: a search finds the same, and pages show the same.
fn whole(first: &Database, last: &Database) {
    let (one, other) = (
        Store::open(&first.address).unwrap(),
        Store::open(&last.address).unwrap(),
    );
    let told = |store: &Store| {
        let ctx = Ctx::new(
            people::actor_on_server(store, None).unwrap().unwrap(),
            now(),
        );
        let mut told = Vec::new();
        for number in 1..=25 {
            let id = postmortems::id_of(store, &ctx, Number(number)).unwrap();
            told.push(format!("{:?}", postmortems::read(store, &ctx, id).unwrap()));
            told.push(documents::markdown(store, &ctx, id).unwrap());
        }
        told
    };
    assert_eq!(told(&one), told(&other));
    let found = |store: &Store| {
        let ctx = Ctx::new(
            people::actor_on_server(store, None).unwrap().unwrap(),
            now(),
        );
        let input = SearchInput {
            q: "database".to_owned(),
            filters: FiltersInput::default(),
            ..SearchInput::default()
        };
        let answer = search::search(store, &ctx, &input).unwrap();
        let mut found: Vec<String> = answer
            .found
            .hits
            .iter()
            .map(|hit| format!("{:?}", hit.title))
            .collect();
        found.sort();
        found
    };
    assert!(!found(&one).is_empty());
    assert_eq!(found(&one), found(&other));
}

/// What is made next does not collide with what was brought, and people get in when they are given a password.
fn goes_on(database: &Database) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("more.md");
    std::fs::write(&file, "# One more\n\nA few words.\n").unwrap();
    let made = on(
        database,
        &["import", "markdown", file.to_str().unwrap(), "--json"],
    )
    .expect(0);
    assert_eq!(made.json()["files"][0]["number"], "PM-26");
    let arguments = [
        "user",
        "password",
        "--email",
        "noor@example.org",
        "--password-stdin",
        "--database",
        &database.address,
    ];
    run_with(&arguments, "another long sentence\n").expect(0);
    let store = Store::open(&database.address).unwrap();
    let sign_in =
        |email, password| second_story::app::sessions::sign_in(&store, now(), email, password);
    assert!(sign_in("noor@example.org", "another long sentence").is_ok());
    assert!(sign_in("mika@example.org", "").is_err());
    assert!(sign_in("mika@example.org", "this is not a hash of anything!!").is_err());
}

#[test]
fn an_archive_travels_within_one_kind_of_database_and_keeps_every_byte() {
    travels(&[Database::fresh(), Database::fresh()]);
}

#[test]
fn an_archive_travels_to_the_other_kind_of_database_and_back_and_keeps_every_byte() {
    let Some(server) = postgres() else {
        left_out(
            "archives from SQLite to PostgreSQL and back",
            "set TEST_DATABASE_URL",
        );
        return;
    };
    travels(&[
        Database::sqlite(),
        Database::postgres(&server),
        Database::sqlite(),
    ]);
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    column: String,
}

/// The tables and columns of a database, asked of it by somebody who knows nothing of the program.
fn schema(database: &Database) -> BTreeMap<String, BTreeSet<String>> {
    let columns: Vec<Column> = match database.address.strip_prefix("sqlite:") {
        Some(path) => diesel::sql_query(
            r#"SELECT t.name AS "table", c.name AS "column" FROM sqlite_schema t, pragma_table_info(t.name) c
               WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'search_index%'"#,
        )
        .load(&mut SqliteConnection::establish(path).unwrap()),
        None => diesel::sql_query(
            r#"SELECT table_name::text AS "table", column_name::text AS "column" FROM information_schema.columns
               WHERE table_schema = current_schema() AND is_generated = 'NEVER'"#,
        )
        .load(&mut PgConnection::establish(&database.address).unwrap()),
    }
    .unwrap();
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Column { table, column } in columns {
        tables.entry(table).or_default().insert(column);
    }
    tables.remove("__diesel_schema_migrations");
    tables
}

#[test]
fn every_table_and_column_is_in_the_archive_or_left_out_for_a_reason() {
    let database = Database::fresh();
    demonstration(&database);
    let folder = tempfile::tempdir().unwrap();
    let timeline = folder.path().join("timeline.csv");
    std::fs::write(&timeline, "Time,What\n2026-10-14 14:05,Alarm\n").unwrap();
    on(&database, &["import", "csv", timeline.to_str().unwrap()]).expect(0);
    let place = folder.path().join("archive");
    on(&database, &["export", "--out", place.to_str().unwrap()]).expect(0);
    let files = files(&place);
    let mut empty = Vec::new();
    for (table, mut columns) in schema(&database) {
        let path = format!("tables/{table}.jsonl");
        if TABLES_LEFT_OUT.iter().any(|(name, _)| *name == table) {
            assert!(!files.contains_key(&path), "{table} is in the archive");
            continue;
        }
        let Some(rows) = files.get(&path) else {
            panic!("the archive misses the table {table}; hold it, or say why not");
        };
        for (of, column, _) in COLUMNS_LEFT_OUT {
            if of == table {
                assert!(columns.remove(column), "{table}.{column} is no column");
            }
        }
        match std::str::from_utf8(rows).unwrap().lines().next() {
            Some(row) => {
                let row: BTreeMap<String, Value> = serde_json::from_str(row).unwrap();
                assert_eq!(row.into_keys().collect::<BTreeSet<_>>(), columns, "{table}");
            }
            None => empty.push(table),
        }
    }
    // Nobody is named in the demonstration, and nothing in it points at another post-mortem.
    assert_eq!(
        empty,
        ["members", "postmortem_links"],
        "what the demonstration does not cover"
    );
}

#[test]
fn an_archive_from_before_a_table_was_added_goes_in() {
    let (old, new) = (Database::fresh(), Database::fresh());
    demonstration(&old);
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("archive");
    let text = place.to_str().unwrap();
    on(&old, &["export", "--out", text]).expect(0);
    std::fs::remove_file(place.join("tables/wording_answers.jsonl")).unwrap();
    let list = place.join("archive.json");
    let mut said: Value = serde_json::from_slice(&std::fs::read(&list).unwrap()).unwrap();
    let files = said["files"].as_array_mut().unwrap();
    let before = files.len();
    files.retain(|file| file["path"] != "tables/wording_answers.jsonl");
    assert_eq!(files.len(), before - 1);
    std::fs::write(&list, said.to_string()).unwrap();
    for changed in [true, false] {
        let imported = on(&new, &["import", "archive", text, "--json"]).expect(0);
        let told = serde_json::json!({"changed": changed, "postmortems": 25});
        assert_eq!(imported.json(), told);
    }
}

#[test]
fn an_archive_lets_nobody_in_and_nobody_else_reads_it() {
    let desk = Desk::new();
    let arguments = [
        "token",
        "create",
        "--email",
        "ada.brandt@example.org",
        "--scope",
        "write",
        "--name",
        "x",
    ];
    let token = desk.run(&arguments).expect(0).out;
    let place = format!("{}/archive", desk.folder());
    desk.run(&["export", "--out", &place]).expect(0);
    for (name, bytes) in files(Path::new(&place)) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            !text.contains("$argon2") && !text.contains(token.trim()),
            "{name}"
        );
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &str| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(
            (mode(&place), mode(&format!("{place}/tables/people.jsonl"))),
            (0o700, 0o600)
        );
    }
}

#[test]
fn an_archive_goes_into_an_empty_database_only_and_twice_does_no_harm() {
    let desk = Desk::new();
    let place = format!("{}/archive", desk.folder());
    desk.write("one.md", "# One\n\nWords.\n");
    let folder = desk.folder();
    desk.run(&["import", "markdown", &folder]).expect(0);
    desk.run(&["export", "--out", &place]).expect(0);
    // What is there already is not touched: not even the passwords, which the archive does not hold.
    let same = desk.run(&["import", "archive", &place]).expect(0);
    assert!(same.out.contains("nothing was changed"), "{}", same.out);
    let store = Store::open(desk.address()).unwrap();
    let password = "a long enough sentence";
    assert!(
        second_story::app::sessions::sign_in(&store, now(), "ada.brandt@example.org", password)
            .is_ok()
    );
    let other = Desk::new();
    let refused = other.run(&["import", "archive", &place]).expect(1);
    assert!(
        refused.err.contains("people in it already"),
        "{}",
        refused.err
    );
    assert!(other.run(&["export", "PM-1"]).expect(1).out.is_empty());
    // What was exported is not exported over.
    let taken = desk.run(&["export", "--out", &place]).expect(2);
    assert!(taken.err.contains("no empty folder"), "{}", taken.err);
    let empty = format!("{}/empty", desk.folder());
    std::fs::create_dir(&empty).unwrap();
    desk.run(&["export", "--out", &empty]).expect(0);
    assert_eq!(files(Path::new(&empty)), files(Path::new(&place)));
}
