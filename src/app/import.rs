//! Importing post-mortems from files: what was finished elsewhere lands as *archived*.
//!
//! An import may be run again at any time. The text of each file is kept in the history as it was, so that a second run
//! knows what changed; what a person wrote here since is never overwritten.

use std::borrow::Cow;

use super::documents::{self, Start};
use super::editing::{Saved, look, remember};
use super::encodings::decode;
use super::incoming::kept as original;
use super::{Ctx, EditError};
use crate::domain::document::{self, Document, DocumentProblem, DocumentSection};
use crate::domain::ids::{Number, PersonId, Version};
use crate::domain::incoming::{Encoding, Lies, shared_lines};
use crate::domain::intake::Remark;
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::{Facts, PostMortem};
use crate::domain::templates;
use crate::domain::text::{PROSE_BYTES, Prose};
use crate::store::revisions::Latest;
use crate::store::{self, Conn, Store};

/// What the history calls the text of an imported file.
const RESOURCE: &str = "import";

/// A file to be imported.
#[derive(Debug, Clone, Copy, Default)]
pub struct File<'a> {
    /// What it is called: the path as given, relative to the folder that was named.
    pub source: &'a str,
    /// Its whole path, if somebody knows it. By these two the record is found again.
    pub whole: Option<&'a str>,
    /// The text.
    pub text: &'a str,
    /// What is kept of the file, and how it is written, where that is not its text in UTF-8.
    pub kept: Option<(&'a str, Encoding)>,
}

/// Why a file that tells another story changes nothing.
const ANOTHER: &str = "The file tells another story than the one that was imported under this name, and nothing was changed. Give it another name and import it again.";

/// What an import does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Created,
    /// It changed since the last import.
    Updated,
    /// It did not change.
    Unchanged,
    /// It changed, and what stands here is left as it is; the sentence says why.
    LeftAlone(&'static str),
}

/// A file that was imported, or would be.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// What was done, or would be.
    pub outcome: Outcome,
    /// The record's number, if there is a record.
    pub number: Option<Number>,
    /// The title that was found.
    pub title: String,
    /// How many rows of a timeline were found.
    pub events: usize,
    /// How many statements were found.
    pub statements: usize,
    /// How many follow-up items were found.
    pub actions: usize,
    /// What was not understood, or had to be assumed.
    pub remarks: Vec<Remark>,
}

/// A file that cannot be imported: it says that it is in our format and is not, or it is too long.
#[derive(Debug, thiserror::Error)]
#[error("{}", sentences(.0))]
pub struct Unreadable(pub Vec<DocumentProblem>);

impl Unreadable {
    fn new(sentence: String) -> Self {
        Self(vec![DocumentProblem { line: 1, sentence }])
    }
}

fn sentences(problems: &[DocumentProblem]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("Line {}: {}", problem.line, problem.sentence))
        .collect();
    lines.join(" ")
}

/// What is to be done with a file.
enum Plan {
    /// Under this name.
    Create(String),
    Update(Box<PostMortem>),
    Nothing(Outcome, Box<Facts>),
}

/// Imports files in one transaction; a file that cannot be read does not stop the others.
///
/// # Errors
/// [`EditError`] if the actor may not write or the store refuses; nothing of these files was kept then.
pub fn import(
    store: &Store,
    ctx: &Ctx,
    files: &[File<'_>],
) -> Result<Vec<Result<Imported, Unreadable>>, EditError> {
    require(&ctx.actor, Permission::Write)?;
    let read: Vec<_> = files.iter().map(Readable::read).collect();
    store.write(|tx| {
        read.into_iter()
            .map(|read| match read {
                Ok(file) => Ok(Ok(file.import(tx, ctx)?)),
                Err(unreadable) => Ok(Err(unreadable)),
            })
            .collect()
    })
}

/// Says what [`import`] would do, and changes nothing.
///
/// # Errors
/// [`EditError`] where the import would be refused.
pub fn preview(
    store: &Store,
    ctx: &Ctx,
    files: &[File<'_>],
) -> Result<Vec<Result<Imported, Unreadable>>, EditError> {
    require(&ctx.actor, Permission::Write)?;
    let read: Vec<_> = files.iter().map(Readable::read).collect();
    store.read(|conn| {
        read.into_iter()
            .map(|read| match read {
                Ok(file) => Ok(Ok(file.preview(conn, ctx)?)),
                Err(unreadable) => Ok(Err(unreadable)),
            })
            .collect()
    })
}

/// A file that was read.
struct Readable<'a> {
    lies: Lies,
    text: Cow<'a, str>,
    kept: (Cow<'a, str>, Encoding),
    document: Document,
    remarks: Vec<Remark>,
}

impl<'a> Readable<'a> {
    fn read(file: &File<'a>) -> Result<Self, Unreadable> {
        if file.text.len() > PROSE_BYTES {
            return Err(Unreadable::new(format!(
                "The file is longer than {PROSE_BYTES} bytes. Cut it into one file for each post-mortem."
            )));
        }
        if !file.text.chars().any(char::is_alphanumeric) {
            return Err(Unreadable::new(
                "There is no word in the file. Look whether it is the one that you mean."
                    .to_owned(),
            ));
        }
        let text = storable(file.text);
        let (mut document, remarks) = document::read(file.source, &text).map_err(Unreadable)?;
        // The record is found again by where the file lies; where its facts come from stays readable.
        if let Some(source) = document.source.take() {
            note(&mut document, &format!("Source: {source}"));
        }
        let kept = match file.kept {
            Some((kept, encoding)) => (storable(kept), encoding),
            None => (text.clone(), Encoding::Utf8),
        };
        Ok(Self {
            lies: Lies::new(file.source, file.whole),
            text,
            kept,
            document,
            remarks,
        })
    }

    fn import(self, tx: &mut Conn, ctx: &Ctx) -> Result<Imported, EditError> {
        let reader = ctx.actor.person;
        for facts in self.candidates(tx, reader)? {
            // Nobody may write into it between the plan and what is done by it.
            store::postmortems::find_to_change(tx, reader, facts.id)?;
        }
        let called = |source| Document {
            source,
            ..self.document.clone()
        };
        let (outcome, facts) = match self.plan(tx, ctx)? {
            Plan::Create(name) => {
                let document = called(Some(name));
                let facts = documents::insert(tx, ctx, &document, Start::Archived, "Imported")?;
                self.keep(tx, ctx, &facts)?;
                (Outcome::Created, facts)
            }
            Plan::Update(before) => {
                let document = called(before.facts.source.clone());
                let facts = documents::replace(tx, ctx, &before, &document, "Imported again")?;
                self.keep(tx, ctx, &facts)?;
                (Outcome::Updated, facts)
            }
            Plan::Nothing(outcome, facts) => (outcome, *facts),
        };
        Ok(self.imported(outcome, facts.number))
    }

    fn preview(self, conn: &mut Conn, ctx: &Ctx) -> Result<Imported, EditError> {
        let (outcome, number) = match self.plan(conn, ctx)? {
            Plan::Create(_) => (Outcome::Created, None),
            Plan::Update(before) => (Outcome::Updated, before.facts.number),
            Plan::Nothing(outcome, facts) => (outcome, facts.number),
        };
        Ok(self.imported(outcome, number))
    }

    /// What may have been made of this file before, the most telling first.
    fn candidates(&self, conn: &mut Conn, reader: PersonId) -> Result<Vec<Facts>, EditError> {
        let names = self.lies.names();
        let mut found = store::postmortems::by_sources(conn, reader, &names)?;
        let place = |facts: &Facts| {
            let source = facts.source.as_ref();
            names.iter().position(|name| Some(name) == source)
        };
        found.sort_by_key(place);
        Ok(found)
    }

    fn plan(&self, conn: &mut Conn, ctx: &Ctx) -> Result<Plan, EditError> {
        let mut name = self.lies.name();
        for facts in self.candidates(conn, ctx.actor.person)? {
            let source = facts.source.clone().unwrap_or_default();
            let is_it = self.lies.is(&source);
            let leave = |facts, why| Ok(Plan::Nothing(Outcome::LeftAlone(why), Box::new(facts)));
            let last = store::revisions::latest(conn, facts.id, RESOURCE, "")?;
            match last {
                None if is_it => {
                    return leave(
                        facts,
                        "A post-mortem with this source was written here, not imported.",
                    );
                }
                Some(last)
                    if last.body == self.kept.0 || self.tells_the_same(conn, &facts, &last)? =>
                {
                    return self.follow(conn, ctx, facts, &last);
                }
                Some(_) if is_it => return leave(facts, ANOTHER),
                // Another file that only has the same name.
                _ if source == name => name = self.lies.whole().unwrap_or(name),
                _ => {}
            }
        }
        Ok(Plan::Create(name.to_owned()))
    }

    /// Whether the file tells what the last imported one told, changed as one changes a text.
    fn tells_the_same(
        &self,
        conn: &mut Conn,
        facts: &Facts,
        last: &Latest,
    ) -> Result<bool, EditError> {
        let kept = original(conn, facts.id, last.highest_version)?;
        let before = decode(kept.map(|(_, bytes)| bytes).unwrap_or_default()).text;
        let (shared, of) = shared_lines(&before, &self.text);
        let Ok((before, _)) = document::read(self.lies.name(), &storable(&before)) else {
            return Ok(shared > 0);
        };
        let days = (before.happened_on, self.document.happened_on);
        let other_day = matches!(days, (Some(one), Some(other)) if one != other);
        let same_title = before.title == self.document.title;
        Ok(match (same_title, other_day) {
            (true, false) => true,
            (false, true) => shared > 0 && shared * 4 >= of * 3,
            _ => shared > 0 && shared * 2 >= of,
        })
    }

    /// What becomes of a post-mortem that was made of this file.
    fn follow(
        &self,
        conn: &mut Conn,
        ctx: &Ctx,
        facts: Facts,
        last: &Latest,
    ) -> Result<Plan, EditError> {
        let (reader, id) = (ctx.actor.person, facts.id);
        let leave = |facts, why| Ok(Plan::Nothing(Outcome::LeftAlone(why), Box::new(facts)));
        if last.body == self.kept.0 {
            return Ok(Plan::Nothing(Outcome::Unchanged, Box::new(facts)));
        }
        if facts.updated_at != last.saved_at {
            return leave(
                facts,
                "The file changed, and so did somebody's text here; that text was left as it is.",
            );
        }
        if let Err(EditError::Forbidden(_)) = look(conn, ctx, id) {
            return leave(
                facts,
                "The file changed, and this person may not change what stands here.",
            );
        }
        let before = store::aggregate::load(conn, reader, id)?;
        for statement in &before.statements {
            if store::cause_links::in_a_cause(conn, reader, statement.id)? {
                return leave(
                    facts,
                    "The file changed, and a finding of it belongs to a recurring cause here; it was left as it is.",
                );
            }
        }
        Ok(Plan::Update(Box::new(before)))
    }

    /// Keeps the file as it was, so that the next import knows what changed.
    fn keep(&self, tx: &mut Conn, ctx: &Ctx, facts: &Facts) -> Result<(), EditError> {
        let last = store::revisions::latest(tx, facts.id, RESOURCE, "")?;
        let version = last.map_or(Version(0), |last| Version(last.highest_version));
        let saved = Saved {
            resource: RESOURCE,
            resource_id: "",
            version: version.next(),
            body: &self.kept.0,
        };
        let note = self.kept.1.noted(self.lies.name());
        remember(tx, ctx, facts.id, &saved, &note)
    }

    fn imported(self, outcome: Outcome, number: Option<Number>) -> Imported {
        Imported {
            outcome,
            number,
            title: self.document.title.as_str().to_owned(),
            events: self.document.events.len(),
            statements: self.document.statements.len(),
            actions: self.document.actions.len(),
            remarks: self.remarks,
        }
    }
}

/// PostgreSQL keeps no NUL; the sign for "not a character" stands for it.
fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}").into()
    } else {
        text.into()
    }
}

/// Adds a paragraph to the further notes, if it fits.
fn note(document: &mut Document, text: &str) {
    const NOTES: &str = "notes";
    let old = document
        .sections
        .iter()
        .position(|section| section.key == NOTES);
    let before = old.and_then(|place| document.sections.get(place));
    let text = before.map_or_else(
        || text.to_owned(),
        |section| format!("{}\n\n{text}", section.text.as_str()),
    );
    let Ok(text) = Prose::parse("Further notes", &text) else {
        return;
    };
    document.sections.retain(|section| section.key != NOTES);
    document.sections.push(DocumentSection {
        key: NOTES.to_owned(),
        text,
    });
    document
        .sections
        .sort_by_key(|section| templates::core().place(&section.key));
}
