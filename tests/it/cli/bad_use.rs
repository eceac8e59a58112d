//! Every command with what it cannot use: an exit code, a plain sentence, never a panic.

use second_story::store::Store;

use super::{Desk, Ran, run};
use crate::harness::Database;

/// One sentence or a few for a person: no panic, no value as a program prints it, no colours.
#[track_caller]
fn plain(ran: &Ran) {
    assert!(!ran.err.trim().is_empty(), "nothing is said");
    for odd in [
        "panicked",
        "RUST_BACKTRACE",
        "Error(",
        "Error {",
        "Some(",
        "Kind",
        "\u{1b}[",
    ] {
        assert!(!ran.err.contains(odd), "{}", ran.err);
    }
}

#[track_caller]
fn ends(desk: &Desk, code: i32, arguments: &[&str]) {
    let ran = desk.run(arguments).expect(code);
    plain(&ran);
}

#[test]
fn files_that_are_not_there_or_no_files_end_with_two() {
    let desk = Desk::new();
    let (folder, missing) = (desk.folder(), format!("{}/missing", desk.folder()));
    let binary = desk.write("binary.md", [0x93, 0xff, 0x00, 0x80, 0xfe].repeat(400));
    let below = format!("{binary}/below");
    for file in [&missing, &folder, &binary, &below] {
        ends(&desk, 2, &["restore", file]);
        ends(&desk, 2, &["import", "archive", file]);
    }
    for file in [&missing, &binary, &below] {
        ends(&desk, 2, &["import", "markdown", file]);
        plain(&run(&["gate", file]).expect(2));
    }
    for file in [&folder, &binary, &below, &format!("{missing}/below")] {
        ends(&desk, 2, &["backup", file]);
        ends(&desk, 2, &["export", "--out", file]);
    }
    for file in [&missing, &folder, &binary] {
        ends(&desk, 2, &["check", "--config", file]);
    }
    // Nothing to read is no failure, but it is said.
    let empty = format!("{folder}/empty");
    std::fs::create_dir(&empty).unwrap();
    ends(&desk, 0, &["import", "markdown", &empty]);
}

#[test]
fn arguments_that_nobody_can_mean_end_with_two_and_refusals_with_one() {
    let desk = Desk::new();
    ends(&desk, 2, &["export"]);
    ends(&desk, 2, &["export", "nonsense"]);
    ends(&desk, 2, &["export", "PM-1", "--out", "x"]);
    ends(&desk, 2, &["export", "PM-99999999999999999999"]);
    ends(&desk, 1, &["export", "PM-7"]);
    ends(&desk, 2, &["import"]);
    ends(&desk, 2, &["serve", "--listen", "nonsense"]);
    ends(&desk, 2, &["serve", "--listen", "127.0.0.1:99999"]);
    ends(
        &desk,
        1,
        &[
            "token",
            "create",
            "--email",
            "nobody@example.org",
            "--scope",
            "write",
            "--name",
            "x",
        ],
    );
    ends(
        &desk,
        2,
        &[
            "token",
            "create",
            "--email",
            "ada.brandt@example.org",
            "--scope",
            "all",
            "--name",
            "x",
        ],
    );
    ends(
        &desk,
        2,
        &[
            "user",
            "create",
            "--email",
            "x",
            "--name",
            "X",
            "--role",
            "king",
            "--password-stdin",
        ],
    );
    ends(
        &desk,
        2,
        &[
            "user",
            "password",
            "--email",
            "nobody@example.org",
            "--password-stdin",
        ],
    );
}

#[test]
fn a_database_that_cannot_be_used_ends_with_three_and_no_password_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("no-database");
    std::fs::write(
        &file,
        "not a database, and long enough to be looked at as one".repeat(99),
    )
    .unwrap();
    let file = file.display().to_string();
    let addresses = [
        String::new(),
        "sqlite:".to_owned(),
        file.clone(),
        format!("sqlite:{file}"),
        format!("sqlite:{file}/below/it"),
        format!("sqlite:{}", folder.path().display()),
        "postgress://ada:open-sesame@localhost/db".to_owned(),
        "mysql://ada:open-sesame@localhost/db".to_owned(),
        // Nothing listens on port 1.
        "postgres://ada:open-sesame@127.0.0.1:1/db".to_owned(),
        "postgres://ada:open-sesame@127.0.0.1:port/db".to_owned(),
    ];
    for address in addresses {
        let ran = run(&["check", "--database", &address]).expect(3);
        plain(&ran);
        assert!(!ran.err.contains("open-sesame"), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    plain(&run(&["check", "--data", &file]).expect(3));
}

#[test]
fn a_newer_database_and_a_damaged_one_are_refused_by_every_command() {
    use diesel::connection::SimpleConnection as _;
    use diesel::{Connection as _, SqliteConnection};
    let newer = Database::sqlite();
    drop(Store::open(&newer.address).unwrap());
    let path = newer.address.strip_prefix("sqlite:").unwrap();
    SqliteConnection::establish(path)
        .unwrap()
        .batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000000'); PRAGMA wal_checkpoint(TRUNCATE);")
        .unwrap();
    let desk = Desk::new();
    let ran = desk.run(&["restore", path]).expect(2);
    plain(&ran);
    assert!(
        ran.err.contains("newer Second Story")
            && ran.err.matches("cannot be restored").count() == 1,
        "{}",
        ran.err
    );
    let damaged = Database::sqlite();
    drop(Store::open(&damaged.address).unwrap());
    let path = damaged.address.strip_prefix("sqlite:").unwrap();
    SqliteConnection::establish(path)
        .unwrap()
        .batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    std::fs::OpenOptions::new()
        .write(true)
        .open(path)
        .unwrap()
        .set_len(20_000)
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out").display().to_string();
    for database in [&newer, &damaged] {
        for command in [
            &["check"][..],
            &["backup", &out],
            &["export", "--out", &out],
            &["export", "PM-1"],
            &["import", "markdown", "tests/it/cli/mod.rs"],
            &["serve", "--listen", "127.0.0.1:0"],
        ] {
            let mut all = command.to_vec();
            all.extend(["--database", &database.address]);
            let ran = run(&all).expect(3);
            plain(&ran);
            assert!(
                ran.out.is_empty() && !std::path::Path::new(&out).exists(),
                "{command:?}"
            );
        }
    }
}
