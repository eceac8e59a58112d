//! The texts that are searched: public post-mortems, read where they lie, and generated ones.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use second_story::app::Ctx;
use second_story::app::import::{File, import};
use second_story::domain::ids::PersonId;
use second_story::domain::people::{Actor, EmailAddress, Person, Role, name};
use second_story::store::{self, Store, StoreError};
use serde_json::Value;

use crate::harness::{Database, left_out, now};

/// How many are imported in one transaction.
const BATCH: usize = 500;

/// A store with many texts.
pub(super) struct Library {
    pub(super) store: Store,
    pub(super) reader: Ctx,
    _database: Database,
}

impl Library {
    /// Fills a fresh database; `None`, and it says why, if the texts are not there.
    pub(super) fn filled(shared: &Path, generated: usize) -> Option<Self> {
        if !shared.join("queries.jsonl").is_file() {
            left_out(
                "judging the search by public post-mortems",
                "put the shared data in ../shared/data",
            );
            return None;
        }
        let database = Database::fresh();
        let store = Store::open(&database.address).unwrap();
        let reader = keeper(&store);
        let library = Self {
            store,
            reader,
            _database: database,
        };
        let started = Instant::now();
        let mut texts = originals(shared);
        texts.extend(made(shared, generated));
        for batch in texts.chunks(BATCH) {
            let files: Vec<File<'_>> = batch
                .iter()
                .map(|(source, text)| File {
                    source,
                    text,
                    ..File::default()
                })
                .collect();
            let done = import(&library.store, &library.reader, &files).unwrap();
            assert!(done.iter().all(Result::is_ok));
        }
        eprintln!("{} texts in {:?}", texts.len(), started.elapsed());
        Some(library)
    }
}

fn keeper(store: &Store) -> Ctx {
    let person = Person {
        id: PersonId::new(),
        email: EmailAddress::parse("kit@example.org").unwrap(),
        name: name("Kit Moreau").unwrap(),
        role: Role::Keeper,
        active: true,
    };
    let kept: Result<(), StoreError> =
        store.write(|tx| store::people::insert(tx, &person, "no password", now()));
    kept.unwrap();
    let actor = Actor {
        person: person.id,
        role: person.role,
        read_only: false,
    };
    Ctx::new(actor, now())
}

/// The public ones, by their path below the folder of originals.
fn originals(shared: &Path) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for folder in ["raw", "ccbysa/raw"] {
        let folder = shared.join(folder);
        let mut open: Vec<PathBuf> = vec![folder.clone()];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(path.read_dir().unwrap().map(|entry| entry.unwrap().path()));
            } else {
                let source = path.strip_prefix(&folder).unwrap().to_str().unwrap();
                let text = std::fs::read(&path).unwrap();
                texts.push((
                    source.to_owned(),
                    String::from_utf8_lossy(&text).into_owned(),
                ));
            }
        }
    }
    texts.sort();
    texts
}

/// Generated ones, as Markdown.
fn made(shared: &Path, count: usize) -> Vec<(String, String)> {
    let scratch = tempfile::tempdir().unwrap();
    let (texts, truth) = (
        scratch.path().join("texts.jsonl"),
        scratch.path().join("truth.jsonl"),
    );
    let status = Command::new("python3")
        .arg(shared.join("gen_corpus.py"))
        .arg("corpus")
        .arg(shared.join("gen_model.json.gz"))
        .args([&texts, &truth])
        .args(["-n", &count.to_string(), "--seed", "7"])
        .status();
    if !status.is_ok_and(|status| status.success()) {
        left_out("mixing generated post-mortems in", "it needs python3");
        return Vec::new();
    }
    let lines = std::fs::read_to_string(&texts).unwrap();
    lines.lines().map(markdown).collect()
}

fn markdown(line: &str) -> (String, String) {
    let json: Value = serde_json::from_str(line).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut lines = vec![format!("# {}", text(&json["title"]))];
    for section in json["sections"].as_array().unwrap() {
        lines.push(format!("## {}", text(&section["heading"])));
        lines.push(text(&section["markdown"]));
    }
    lines.push("## Timeline".to_owned());
    for event in json["timeline"].as_array().unwrap() {
        lines.push(format!("- {} {}", text(&event["at"]), text(&event["text"])));
    }
    (format!("{}.md", text(&json["id"])), lines.join("\n\n"))
}
