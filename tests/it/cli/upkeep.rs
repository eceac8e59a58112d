//! Backup, restore and check: one file with everything, from and into either database.

use second_story::app::{Ctx, demo, documents, people, postmortems};
use second_story::domain::ids::Number;
use second_story::store::Store;

use super::Desk;
use crate::harness::{Database, left_out, now, postgres};

/// Everything of the first and the last post-mortem, as one may read it.
fn told(store: &Store) -> String {
    let ctx = Ctx::new(
        people::actor_on_server(store, None).unwrap().unwrap(),
        now(),
    );
    let mut told = String::new();
    for number in [1, 25] {
        let id = postmortems::id_of(store, &ctx, Number(number)).unwrap();
        told.push_str(&documents::markdown(store, &ctx, id).unwrap());
        told.push_str(&format!(
            "{:?}",
            postmortems::read(store, &ctx, id).unwrap()
        ));
    }
    told
}

fn run_on(database: &Database, command: &str, file: &str) -> super::Ran {
    super::run(&[
        command,
        file,
        "--database",
        &database.address,
        "--data",
        &format!("{file}-data"),
    ])
}

/// A backup of one database restored into another says the same, and so does a backup of that.
fn moves(from: &Database, to: &Database) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let store = Store::open(&from.address).unwrap();
    demo::load(&store, now()).unwrap();
    let before = told(&store);
    run_on(from, "backup", &path("one")).expect(0);
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(names.len(), 1, "nothing lies beside the backup: {names:?}");
    run_on(to, "restore", &path("one")).expect(0);
    let restored = Store::open(&to.address).unwrap();
    assert_eq!(told(&restored), before);
    // What is made next does not collide with what was brought.
    let ctx = Ctx::new(
        people::actor_on_server(&restored, None).unwrap().unwrap(),
        now(),
    );
    let text = "# One more\n\nA few words.\n";
    let one_more = second_story::app::import::File {
        source: "more.md",
        text,
        ..Default::default()
    };
    let made = second_story::app::import::import(&restored, &ctx, &[one_more]).unwrap();
    assert_eq!(made[0].as_ref().unwrap().number, Some(Number(26)));
    // What was there is kept when something else is restored over it.
    let again = run_on(to, "restore", &path("one")).expect(0);
    assert!(again.err.contains("before-restore-"), "{}", again.err);
    assert_eq!(told(&restored), before);
    let check = super::run(&["check", "--json", "--database", &to.address])
        .expect(0)
        .json();
    assert_eq!(
        (
            &check["postmortems"],
            check["findings"].as_array().unwrap().len()
        ),
        (&25.into(), 0)
    );
    // A backup is a database of its own.
    let itself = Store::open(&format!("sqlite:{}", path("one"))).unwrap();
    assert_eq!(told(&itself), before);
}

#[test]
fn a_backup_is_restored_into_the_same_kind_of_database() {
    moves(&Database::fresh(), &Database::fresh());
}

#[test]
fn a_backup_moves_the_house_from_one_kind_of_database_to_the_other() {
    let Some(server) = postgres() else {
        left_out(
            "moving between SQLite and PostgreSQL",
            "set TEST_DATABASE_URL",
        );
        return;
    };
    moves(&Database::sqlite(), &Database::postgres(&server));
    moves(&Database::postgres(&server), &Database::sqlite());
}

#[test]
fn a_backup_replaces_no_file_and_restore_takes_no_other_file() {
    let desk = Desk::new();
    let there = desk.write("there.sqlite", "something of value");
    desk.run(&["backup", &there]).expect(2);
    assert_eq!(
        std::fs::read_to_string(&there).unwrap(),
        "something of value"
    );
    assert!(
        desk.run(&["restore", &there])
            .expect(2)
            .err
            .contains("not a backup of Second Story")
    );
    desk.run(&["restore", "/no/such/file"]).expect(2);
    let elsewhere = format!("{}/no/such/folder/file", desk.folder());
    desk.run(&["backup", &elsewhere]).expect(2);
    desk.run(&["check"]).expect(0);
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_a_backup() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let file = format!("{}/backup.sqlite", desk.folder());
    desk.run(&["backup", &file]).expect(0);
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_value_that_cannot_have_been_written_is_found() {
    use diesel::connection::SimpleConnection as _;
    use diesel::{Connection as _, SqliteConnection};
    let database = Database::sqlite();
    let store = Store::open(&database.address).unwrap();
    demo::load(&store, now()).unwrap();
    let path = database.address.strip_prefix("sqlite:").unwrap();
    let mut conn = SqliteConnection::establish(path).unwrap();
    conn.batch_execute("UPDATE postmortems SET severity = 'sev9' WHERE number = 7; UPDATE fixes SET strength = 'iron'; PRAGMA foreign_keys = OFF; DELETE FROM people WHERE name LIKE 'Mika%';")
        .unwrap();
    let ran = super::run(&["check", "--database", &database.address]).expect(1);
    assert!(ran.out.contains("PM-7 cannot be read"), "{}", ran.out);
    assert!(ran.out.contains("The recurring cause "), "{}", ran.out);
    assert!(ran.out.contains("points at nothing"), "{}", ran.out);
}
