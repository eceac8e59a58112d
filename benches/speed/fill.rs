//! Fills a database with generated post-mortems.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, Utc};
use second_story::app::listing::{ListInput, list};
use second_story::app::people::{NewPerson, create_on_server};
use second_story::app::{Ctx, sessions, tokens};
use second_story::domain::ids::{PersonId, PostMortemId};
use second_story::domain::language::{self, FindingSeverity, Words};
use second_story::domain::people::{Actor, EmailAddress, Role};
use second_story::domain::postmortem::Status;
use second_story::store::{self, Store, StoreError};
use serde_json::Value;

use super::Options;
use super::asked::PUBLISHED;
use super::bare::Bare;
use super::multiply::multiply;
use super::rows::insert;

/// What was filled, and how to ask for it.
pub(crate) struct Filled {
    /// The header line with a token of the person who asks.
    pub(crate) token: String,
    /// The header line with a session of theirs.
    pub(crate) cookie: String,
    /// Ids of published post-mortems.
    pub(crate) ids: Vec<PostMortemId>,
    /// Ids of drafts that pass the gate of a note, to be published.
    pub(crate) publishable: Vec<PostMortemId>,
    /// Ids of drafts to be written on.
    pub(crate) drafts: Vec<PostMortemId>,
    /// Where the hundredth page of fifty begins.
    pub(crate) far_cursor: String,
    /// The Markdown of one post-mortem of usual length.
    pub(crate) text: String,
    /// Bytes of text that were put in, and the database's bytes with them.
    pub(crate) sizes: (u64, u64),
}

impl Filled {
    /// One of the published, another for every number.
    pub(crate) fn some(&self, turn: usize) -> PostMortemId {
        self.ids[turn * 7_919 % self.ids.len()]
    }

    /// A draft to be written on.
    pub(crate) fn draft(&self, turn: usize) -> PostMortemId {
        self.drafts[turn % self.drafts.len()]
    }

    /// A section's text of usual length that was never saved before.
    pub(crate) fn changed(&self, run: usize, turn: usize) -> String {
        let usual: String = self.text.chars().take(700).collect();
        format!("Saved {run} {turn}. {usual}")
    }
}

/// How many are generated at most.
const GENERATED: usize = 5_200;
const EMAIL: &str = "speed@example.org";
/// How many drafts there are to be written on.
const DRAFTS: usize = 200;

/// The file with generated post-mortems: given, or made by the generator in a folder.
pub(crate) fn corpus(options: &Options) -> Option<PathBuf> {
    let given = &options.corpus;
    if given.is_file() {
        return Some(given.to_owned());
    }
    let generator = given.join("gen_corpus.py");
    if !generator.is_file() {
        return None;
    }
    let texts = options.scratch.join("corpus.jsonl");
    // More are copies of these.
    let count = options.postmortems.min(GENERATED);
    let status = Command::new("python3")
        .arg(&generator)
        .arg("corpus")
        .arg(given.join("gen_model.json.gz"))
        .args([&texts, &options.scratch.join("truth.jsonl")])
        .args(["-n", &count.to_string(), "--seed", "7"])
        .status()
        .ok()?;
    status.success().then_some(texts)
}

/// Post-mortems as JSON, one after the other.
pub(crate) fn lines(corpus: &Path) -> impl Iterator<Item = String> {
    BufReader::new(File::open(corpus).unwrap())
        .lines()
        .map(Result::unwrap)
}

/// Fills a database, unless it holds post-mortems already, and makes what the questions need.
pub(crate) fn fill(options: &Options, corpus: &Path) -> Filled {
    let store = Store::open(&options.database).unwrap();
    let mut bare = Bare::open(&options.database);
    let writer = person(&store);
    if bare.ids("published").is_empty() {
        published(&store, writer, corpus);
        multiply(&mut bare, options.postmortems);
    }
    let ids = bare
        .ids("published")
        .iter()
        .map(|id| PostMortemId(id.parse().unwrap()))
        .collect();
    let sizes = (std::fs::metadata(corpus).unwrap().len(), bare.size());
    let mut drafts = drafts(
        &store,
        writer,
        corpus,
        options.rounds * options.connections.len(),
    );
    // They must outlive the real clock, which is what the server reads.
    let now = real_now();
    let token = tokens::create_on_server(&store, now, EMAIL, "speed", "write").unwrap();
    let session = sessions::start(&store, now, writer).unwrap();
    let actor = Actor {
        person: writer,
        role: Role::Writer,
        read_only: false,
    };
    Filled {
        token: format!("authorization: Bearer {token}\r\n"),
        cookie: format!("cookie: second-story={session}\r\n"),
        ids,
        publishable: drafts.split_off(DRAFTS),
        drafts,
        far_cursor: far_cursor(&store, &Ctx::new(actor, now)),
        text: bare.document(),
        sizes,
    }
}

/// The person who asks.
fn person(store: &Store) -> PersonId {
    let email = EmailAddress::parse(EMAIL).unwrap();
    let known = store
        .read(|conn| store::people::by_email(conn, &email))
        .unwrap();
    let new = NewPerson {
        email: EMAIL,
        name: "Speed Example",
        role: "writer",
        password: "correct horse battery",
    };
    known.map_or_else(
        || create_on_server(store, past(), &new).unwrap(),
        |(person, _)| person.id,
    )
}

/// When everything was written.
fn past() -> DateTime<Utc> {
    DateTime::<Utc>::from_timestamp(1_790_000_000, 0).unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the server that is asked reads the real clock"
)]
fn real_now() -> DateTime<Utc> {
    Utc::now()
}

/// Inserts all of them as published, some hundred in one transaction.
fn published(store: &Store, writer: PersonId, corpus: &Path) {
    let (mut all, mut filled) = (lines(corpus).peekable(), 0);
    while all.peek().is_some() {
        let batch: Vec<String> = all.by_ref().take(500).collect();
        let one = |tx: &mut store::Conn, line: &String| {
            let json: Value = serde_json::from_str(line).unwrap();
            insert(tx, writer, &json, Status::Published, past()).map(drop)
        };
        store
            .write(|tx| batch.iter().try_for_each(|line| one(tx, line)))
            .map_err(|error: StoreError| error)
            .unwrap();
        filled += batch.len();
        eprint!("\rfilled {filled}");
    }
    eprintln!();
    store.write(analyse).unwrap();
}

/// What a database does in its own time after so much was put in.
fn analyse(tx: &mut store::Conn) -> Result<(), StoreError> {
    use diesel::connection::SimpleConnection as _;
    if let store::Conn::Postgres(_) = tx {
        tx.batch_execute("ANALYZE").unwrap();
    }
    Ok(())
}

/// Fresh drafts of texts in which the gate finds no wording to answer: some to write on, the rest to be published.
fn drafts(store: &Store, writer: PersonId, corpus: &Path, runs: usize) -> Vec<PostMortemId> {
    let wanted = DRAFTS + runs * PUBLISHED;
    let calm: Vec<Value> = lines(corpus)
        .map(|line| serde_json::from_str(&line).unwrap())
        .filter(is_calm)
        .take(wanted)
        .collect();
    let one = |tx: &mut store::Conn, json| insert(tx, writer, json, Status::Draft, past());
    store
        .write(|tx| {
            calm.iter()
                .cycle()
                .take(wanted)
                .map(|json| one(tx, json))
                .collect()
        })
        .map_err(|error: StoreError| error)
        .unwrap()
}

/// Whether the gate would find no wording to answer in what was generated.
fn is_calm(value: &Value) -> bool {
    let calm = |text: &str| {
        let found = language::findings(text, &Words::new());
        found
            .iter()
            .all(|finding| finding.severity == FindingSeverity::Hint)
    };
    match value {
        Value::String(text) => calm(text),
        Value::Array(values) => values.iter().all(is_calm),
        Value::Object(fields) => fields.values().all(is_calm),
        _ => true,
    }
}

/// Where the page begins that follows ninety-nine pages of fifty.
fn far_cursor(store: &Store, ctx: &Ctx) -> String {
    let mut input = ListInput {
        limit: Some(198),
        ..ListInput::default()
    };
    for _ in 0..25 {
        let page = list(store, ctx, &input).unwrap();
        input.cursor = page.next.map(|next| next.to_string()).or(input.cursor);
    }
    input.cursor.unwrap_or_default()
}
