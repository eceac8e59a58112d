//! Archives that were broken or made to do harm: refused with a sentence, and nothing is stored.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Desk;
use super::archive::{files, on};
use crate::harness::Database;

/// A good archive, and a database that stays empty however it is broken.
struct Bench {
    good: BTreeMap<String, Vec<u8>>,
    target: Database,
    folder: tempfile::TempDir,
    copies: usize,
}

const FILE: &str = "---\nroles: [Storekeeper]\n---\n# The lift stood still\n\n## Summary\n\nIt stood <script>alert(1)</script> for an hour.\n\n## Timeline (UTC)\n\n2026-10-14\n\n- 14:05 Alarm\n- 14:20 Quiet\n";

impl Bench {
    fn new() -> Self {
        let desk = Desk::new();
        let file = desk.write("lift.md", FILE);
        desk.run(&["import", "markdown", &file]).expect(0);
        let place = format!("{}/archive", desk.folder());
        desk.run(&["export", "--out", &place]).expect(0);
        Self {
            good: files(Path::new(&place)),
            target: Database::fresh(),
            folder: tempfile::tempdir().unwrap(),
            copies: 0,
        }
    }

    /// A copy of the good archive.
    fn copy(&mut self) -> PathBuf {
        self.copies += 1;
        let place = self.folder.path().join(self.copies.to_string());
        for (name, bytes) in &self.good {
            let path = place.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        place
    }

    /// Breaks a copy and demands that it is refused with these words, soon.
    fn refuses(&mut self, words: &str, harm: impl FnOnce(&Path)) {
        let place = self.copy();
        harm(&place);
        let started = Instant::now();
        let ran = on(
            &self.target,
            &["import", "archive", place.to_str().unwrap()],
        )
        .expect(2);
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
        assert!(
            ran.err.contains("Nothing was changed.") && ran.err.lines().count() == 1,
            "{}",
            ran.err
        );
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "{words}: {:?}",
            started.elapsed()
        );
    }

    /// The same for a change in one file that the list agrees with.
    fn refuses_in(&mut self, file: &str, words: &str, old: &str, new: &str) {
        self.refuses(words, |place| {
            let path = place.join(file);
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(old), "{text}");
            fs::write(&path, text.replacen(old, new, 1)).unwrap();
            sign(place, file);
        });
    }
}

/// Changes the list.
fn relist(place: &Path, change: impl FnOnce(&mut Vec<Value>)) {
    let path = place.join("archive.json");
    let mut list: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(list["files"].as_array_mut().unwrap());
    fs::write(path, list.to_string()).unwrap();
}

/// Makes the list agree with what a file holds now.
fn sign(place: &Path, file: &str) {
    let bytes = fs::read(place.join(file)).unwrap();
    let digest: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let rows = bytes.iter().filter(|byte| **byte == b'\n').count();
    relist(place, |files| {
        let entry = files
            .iter_mut()
            .find(|entry| entry["path"] == file)
            .unwrap();
        entry["bytes"] = json!(bytes.len());
        entry["sha256"] = json!(digest);
        entry["rows"] = json!(rows);
    });
}

const PEOPLE: &str = "tables/people.jsonl";
const EVENTS: &str = "tables/events.jsonl";

fn broken_files(bench: &mut Bench) {
    bench.refuses("It is missing", |place| {
        fs::remove_file(place.join("archive.json")).unwrap()
    });
    bench.refuses("It is missing", |place| {
        fs::remove_file(place.join(PEOPLE)).unwrap()
    });
    bench.refuses("not copied whole", |place| {
        fs::write(place.join(PEOPLE), "").unwrap();
    });
    bench.refuses("Its digest is not that of the list", |place| {
        let text = fs::read_to_string(place.join(EVENTS)).unwrap();
        fs::write(place.join(EVENTS), text.replace("Quiet", "Noisy")).unwrap();
    });
    bench.refuses("Its digest is not that of the list", |place| {
        let path = place.join("postmortems/PM-1.md");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replace("Quiet", "Noisy")).unwrap();
    });
}

fn lists_that_lie(bench: &mut Bench) {
    let nested = "[".repeat(100_000);
    for (words, list) in [
        ("It is no archive list", "{"),
        ("It is no archive list", nested.as_str()),
        (
            "not the list of an archive",
            r#"{"format":"zip","version":1,"files":[]}"#,
        ),
        (
            "the format 2",
            r#"{"format":"second-story archive","version":2}"#,
        ),
        (
            "does not list tables/",
            r#"{"format":"second-story archive","version":1,"files":[]}"#,
        ),
    ] {
        bench.refuses(words, |place| {
            fs::write(place.join("archive.json"), list).unwrap()
        });
    }
    for path in [
        "../people.jsonl",
        "/etc/passwd",
        "tables/../../people.jsonl",
        "postmortems/../../x.md",
    ] {
        bench.refuses("which no export writes", |place| {
            relist(place, |files| files[0]["path"] = json!(path));
        });
    }
    bench.refuses("does not know", |place| {
        relist(place, |files| {
            files.push(
                json!({"path": "tables/api_tokens.jsonl", "rows": 0, "bytes": 0, "sha256": ""}),
            );
        });
    });
    bench.refuses("the list says otherwise", |place| {
        relist(place, |files| files[0]["rows"] = json!(77));
    });
}

fn rows_that_do_not_fit(bench: &mut Bench) {
    let people = [
        ("Line 1: it is no JSON object", "{\"id\"", "{{"),
        (
            "has a field \"html\" too many",
            "{\"id\"",
            "{\"html\":\"<script>\",\"id\"",
        ),
        ("email is missing", "\"email\"", "\"mail\""),
        ("the value of name", "Ada Brandt", "Ada\\u0000Brandt"),
        ("the value of id", "{\"id\":\"", "{\"id\":\"x"),
        (
            "the value of active",
            "\"active\":true",
            "\"active\":\"yes\"",
        ),
        ("does not fit", "administrator", "king"),
    ];
    for (words, old, new) in people {
        bench.refuses_in(PEOPLE, words, old, new);
    }
    bench.refuses_in(
        EVENTS,
        "does not fit",
        "\"postmortem_id\":\"0",
        "\"postmortem_id\":\"1",
    );
    bench.refuses_in(
        "tables/postmortems.jsonl",
        "PM-1 cannot be read",
        "The lift stood still",
        "",
    );
    bench.refuses("two rows have what only one may have", |place| {
        let text = fs::read_to_string(place.join(PEOPLE)).unwrap();
        fs::write(place.join(PEOPLE), text.repeat(2)).unwrap();
        sign(place, PEOPLE);
    });
}

/// A gigabyte of zeros that takes no room on the disk.
fn gigabyte(path: &Path) {
    fs::File::create(path).unwrap().set_len(1 << 30).unwrap();
}

fn floods(bench: &mut Bench) {
    bench.refuses("is longer than", |place| {
        gigabyte(&place.join("archive.json"))
    });
    bench.refuses("it does not end", |place| {
        gigabyte(&place.join(EVENTS));
        relist(place, |files| {
            let entry = files
                .iter_mut()
                .find(|entry| entry["path"] == EVENTS)
                .unwrap();
            entry["bytes"] = json!(1 << 30);
        });
    });
    bench.refuses("is longer than", |place| {
        gigabyte(&place.join("postmortems/PM-1.md"));
        relist(place, |files| {
            let entry = files
                .iter_mut()
                .find(|entry| entry["path"] == "postmortems/PM-1.md")
                .unwrap();
            entry["bytes"] = json!(1 << 30);
        });
    });
}

#[cfg(unix)]
fn links(bench: &mut Bench) {
    use std::os::unix::fs::symlink;
    bench.refuses("It is a link", |place| {
        fs::remove_file(place.join(PEOPLE)).unwrap();
        symlink("/etc/passwd", place.join(PEOPLE)).unwrap();
    });
    bench.refuses("It is a link", |place| {
        fs::rename(place.join("tables"), place.join("elsewhere")).unwrap();
        symlink("elsewhere", place.join("tables")).unwrap();
    });
}

#[test]
fn a_broken_archive_is_refused_with_a_sentence_and_nothing_of_it_is_stored() {
    let mut bench = Bench::new();
    broken_files(&mut bench);
    lists_that_lie(&mut bench);
    rows_that_do_not_fit(&mut bench);
    floods(&mut bench);
    #[cfg(unix)]
    links(&mut bench);
    // The database is still empty, so the good archive goes in.
    let place = bench.copy();
    on(
        &bench.target,
        &["import", "archive", place.to_str().unwrap()],
    )
    .expect(0);
    let markdown = on(&bench.target, &["export", "PM-1"]).expect(0).out;
    assert!(markdown.contains("The lift stood still"), "{markdown}");
}
