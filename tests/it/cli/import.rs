//! Importing files: again and again, without losing what a person wrote.

use std::path::Path;
use std::time::Instant;

use second_story::app::sections::{self, SaveSection};
use second_story::app::{Ctx, people, postmortems};
use second_story::domain::ids::Number;
use second_story::domain::postmortem::Status;
use second_story::store::Store;
use serde_json::Value;

use super::Desk;
use crate::harness::{left_out, now};

const QUEUE: &str = "# Queue stopped\n\nNobody could send.\n\n## Timeline (UTC)\n\n2026-10-14\n\n- 14:05 Alarm\n- 14:20 Quiet\n";

fn counts(summary: &Value) -> [u64; 4] {
    ["created", "updated", "unchanged", "failed"].map(|name| summary[name].as_u64().unwrap())
}

fn import(desk: &Desk, more: &[&str]) -> Value {
    let folder = desk.folder();
    let mut arguments = vec!["import", "markdown", &folder, "--json"];
    arguments.extend_from_slice(more);
    desk.run(&arguments).expect(0).json()
}

#[test]
fn a_folder_is_imported_once_and_changes_are_taken_over() {
    let desk = Desk::new();
    desk.write("one/queue.md", QUEUE);
    desk.write("two/deep/notes.txt", "Disk full\n\nA disk was full.\n");
    desk.write("two/.hidden/no.md", "# No\n");
    desk.write("two/picture.png", "no text");
    let plan = import(&desk, &["--dry-run"]);
    assert_eq!(counts(&plan), [2, 0, 0, 0]);
    let first = import(&desk, &[]);
    assert_eq!(counts(&first), [2, 0, 0, 0], "a dry run changes nothing");
    assert_eq!(first["files"][0]["source"], "one/queue.md");
    assert_eq!(first["files"][0]["events"], 2);
    assert_eq!(first["files"][1]["source"], "two/deep/notes.txt");
    assert_eq!(counts(&import(&desk, &[])), [0, 0, 2, 0]);
    desk.write("one/queue.md", QUEUE.replace("Quiet", "Quiet again"));
    assert_eq!(counts(&import(&desk, &["--dry-run"])), [0, 1, 1, 0]);
    assert_eq!(counts(&import(&desk, &[])), [0, 1, 1, 0]);
    assert_eq!(counts(&import(&desk, &[])), [0, 0, 2, 0]);
    let markdown = desk.run(&["export", "PM-1"]).expect(0).out;
    assert!(
        markdown.contains("Quiet again") && markdown.contains("source: one/queue.md"),
        "{markdown}"
    );
    desk.run(&["export", "PM-3"]).expect(1);
}

#[test]
fn what_a_person_wrote_since_is_never_overwritten() {
    let desk = Desk::new();
    desk.write("queue.md", QUEUE);
    import(&desk, &[]);
    let store = Store::open(desk.address()).unwrap();
    let ctx = Ctx::new(
        people::actor_on_server(&store, None).unwrap().unwrap(),
        now(),
    );
    let id = postmortems::id_of(&store, &ctx, Number(1)).unwrap();
    let input = SaveSection {
        key: "summary",
        text: "Mine.",
        expected: None,
        note: "",
    };
    sections::save(&store, &ctx, id, &input).unwrap();
    desk.write("queue.md", QUEUE.replace("Nobody", "No one"));
    let again = import(&desk, &[]);
    assert_eq!(counts(&again), [0, 0, 1, 0]);
    assert_eq!(again["left_alone"], 1);
    let postmortem = postmortems::read(&store, &ctx, id).unwrap();
    assert_eq!(postmortem.section("summary"), "Mine.");
    assert_eq!(postmortem.facts.status, Status::Archived);
    assert_eq!(postmortem.facts.source.as_deref(), Some("queue.md"));
}

#[test]
fn a_file_that_fails_does_not_stop_the_others_and_broken_bytes_are_told() {
    let desk = Desk::new();
    desk.write("a.md", "---\nkind: disaster\ntier: note\n---\n# A\n");
    desk.write(
        "b.md",
        b"# B\n\nbroken \xff byte, NUL \0 and \x1b[31m colour\n",
    );
    desk.write("c.md", "x".repeat(300_000));
    desk.write("d.md", "");
    let folder = desk.folder();
    let ran = desk
        .run(&["import", "markdown", &folder, "--json"])
        .expect(2);
    let summary = ran.json();
    assert_eq!(counts(&summary), [1, 0, 0, 3]);
    let empty = summary["files"][3]["error"].as_str().unwrap();
    assert!(empty.contains("no word"), "{empty}");
    assert!(
        summary["files"][0]["error"]
            .as_str()
            .unwrap()
            .contains("Line 2")
    );
    assert!(
        summary["files"][1]["remarks"][0]["text"]
            .as_str()
            .unwrap()
            .contains("UTF-8")
    );
    let words = desk.run(&["import", "markdown", &folder]).expect(2);
    assert!(
        words
            .out
            .ends_with("created 0, updated 0, unchanged 1, failed 3\n"),
        "{}",
        words.out
    );
    desk.run(&["import", "markdown", "/no/such/folder"])
        .expect(2);
}

#[test]
fn a_file_is_one_however_its_path_is_typed() {
    let desk = Desk::new();
    let file = desk.write("md/queue.md", QUEUE);
    let folder = desk.folder();
    let ways = [
        file.clone(),
        format!("{folder}/md"),
        format!("{folder}/md/../md/queue.md"),
        folder.clone(),
        format!("{folder}/./md/"),
    ];
    for (number, way) in ways.iter().enumerate() {
        let ran = desk.run(&["import", "markdown", way, "--json"]).expect(0);
        let expected = if number == 0 {
            [1, 0, 0, 0]
        } else {
            [0, 0, 1, 0]
        };
        assert_eq!(counts(&ran.json()), expected, "{way}");
    }
    desk.write("md/queue.md", QUEUE.replace("Quiet", "Quiet again"));
    assert_eq!(counts(&import(&desk, &[])), [0, 1, 0, 0]);
}

#[test]
fn another_story_under_a_known_name_is_never_merged() {
    let other = "# The disk was full\n\nNobody could read.\n\n## Timeline (UTC)\n\n2026-11-02\n\n- 09:05 The first error\n";
    let desk = Desk::new();
    desk.write("one/pm.md", QUEUE);
    desk.write("two/pm.md", other);
    for folder in ["one", "two"] {
        let path = format!("{}/{folder}", desk.folder());
        let ran = desk.run(&["import", "markdown", &path, "--json"]).expect(0);
        assert_eq!(counts(&ran.json()), [1, 0, 0, 0], "{folder}");
    }
    assert_eq!(counts(&import(&desk, &[])), [0, 0, 2, 0]);
    desk.write("one/pm.md", other);
    assert_eq!(counts(&import(&desk, &[])), [1, 0, 1, 0], "its own");
    desk.write("one/pm.md", QUEUE);
    assert_eq!(counts(&import(&desk, &[])), [0, 0, 2, 0]);
    let shown = desk.run(&["export", "PM-1"]).expect(0).out;
    assert!(shown.contains("Nobody could send"), "{shown}");
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_read_and_no_link_is_followed() {
    let desk = Desk::new();
    desk.write("elsewhere/secret.md", "# Secret\n\nNot to be read.\n");
    desk.write("in/queue.md", QUEUE);
    let (folder, out) = (desk.folder(), desk.folder());
    let link = |name: &str, to: &str| {
        std::os::unix::fs::symlink(to, format!("{folder}/in/{name}")).unwrap();
    };
    link("file.md", &format!("{out}/elsewhere/secret.md"));
    link("folder", &format!("{out}/elsewhere"));
    link("endless.md", "/dev/zero");
    let path = format!("{folder}/in");
    let ran = desk.run(&["import", "markdown", &path, "--json"]).expect(0);
    assert_eq!(counts(&ran.json()), [1, 0, 0, 0]);
    assert!(ran.err.contains("file.md: It is a link"), "{}", ran.err);
    let pipe = format!("{folder}/pipe.md");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .unwrap();
    assert!(made.success());
    let started = Instant::now();
    for path in [pipe.as_str(), "/dev/zero"] {
        for format in ["markdown", "csv", "jira"] {
            let ran = desk.run(&["import", format, path]).expect(2);
            assert!(ran.err.contains("no regular file"), "{}", ran.err);
        }
        desk.run(&["gate", path]).expect(2);
    }
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn somebody_imports_and_it_must_be_somebody_who_may() {
    let desk = Desk::new();
    desk.person("Rea Lindqvist", "reader");
    let file = desk.write("queue.md", QUEUE);
    desk.run(&[
        "import",
        "markdown",
        &file,
        "--as",
        "rea.lindqvist@example.org",
    ])
    .expect(1);
    desk.run(&["import", "markdown", &file, "--as", "nobody@example.org"])
        .expect(1);
    let named = desk
        .run(&["import", "markdown", &file, "--json"])
        .expect(0)
        .json();
    assert_eq!(
        named["files"][0]["source"], file,
        "a file keeps its path as given"
    );
}

#[test]
fn every_original_of_the_shared_data_is_imported_without_a_failure() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !shared.is_dir() {
        left_out(
            "importing the originals of the shared data",
            "it is not in ../shared",
        );
        return;
    }
    let desk = Desk::new();
    let (one, other) = (shared.join("raw"), shared.join("ccbysa/raw"));
    let started = Instant::now();
    let ran = desk
        .run(&[
            "import",
            "markdown",
            one.to_str().unwrap(),
            other.to_str().unwrap(),
            "--json",
        ])
        .expect(0);
    let took = started.elapsed();
    let summary = ran.json();
    assert_eq!(counts(&summary), [437, 0, 0, 0]);
    let again = desk
        .run(&[
            "import",
            "markdown",
            one.to_str().unwrap(),
            other.to_str().unwrap(),
            "--json",
        ])
        .expect(0);
    assert_eq!(counts(&again.json()), [0, 0, 437, 0]);
    eprintln!("437 files were imported in {took:?}");
}
