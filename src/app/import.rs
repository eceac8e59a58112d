//! Importing post-mortems from files: what was finished elsewhere lands as *archived*.
//!
//! An import may be run again at any time. The text of each file is kept in the history as it was, so that a second run
//! knows what changed; what a person wrote here since is never overwritten.

use std::borrow::Cow;

use super::documents::{self, Start};
use super::editing::{Saved, look, remember};
use super::{Ctx, EditError};
use crate::domain::document::{self, Document, DocumentProblem, DocumentSection};
use crate::domain::ids::{Number, Version};
use crate::domain::intake::Remark;
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::{Facts, PostMortem};
use crate::domain::templates;
use crate::domain::text::{PROSE_BYTES, Prose};
use crate::store::{self, Conn, Store};

/// What the history calls the text of an imported file.
const RESOURCE: &str = "import";

/// A file to be imported.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// By what the record is found again: the path as given, relative to the folder that was named.
    pub source: &'a str,
    /// The text.
    pub text: &'a str,
}

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

fn sentences(problems: &[DocumentProblem]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("Line {}: {}", problem.line, problem.sentence))
        .collect();
    lines.join(" ")
}

/// What is to be done with a file.
enum Plan {
    Create,
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
    source: &'a str,
    text: Cow<'a, str>,
    document: Document,
    remarks: Vec<Remark>,
}

impl<'a> Readable<'a> {
    fn read(file: &File<'a>) -> Result<Self, Unreadable> {
        if file.text.len() > PROSE_BYTES {
            return Err(Unreadable(vec![DocumentProblem {
                line: 1,
                sentence: format!(
                    "The file is longer than {PROSE_BYTES} bytes. Cut it into one file for each post-mortem."
                ),
            }]));
        }
        let text = storable(file.text);
        let (mut document, remarks) = document::read(file.source, &text).map_err(Unreadable)?;
        // The record is found again by where the file lies; where its facts come from stays readable.
        if let Some(source) = document.source.replace(file.source.to_owned()) {
            note(&mut document, &format!("Source: {source}"));
        }
        Ok(Self {
            source: file.source,
            text,
            document,
            remarks,
        })
    }

    fn import(self, tx: &mut Conn, ctx: &Ctx) -> Result<Imported, EditError> {
        let document = &self.document;
        let reader = ctx.actor.person;
        if let Some(facts) = store::postmortems::by_source(tx, reader, self.source)? {
            // Nobody may write into it between the plan and what is done by it.
            store::postmortems::find_to_change(tx, reader, facts.id)?;
        }
        let (outcome, facts) = match self.plan(tx, ctx)? {
            Plan::Create => {
                let facts = documents::insert(tx, ctx, document, Start::Archived, "Imported")?;
                self.keep(tx, ctx, &facts)?;
                (Outcome::Created, facts)
            }
            Plan::Update(before) => {
                let facts = documents::replace(tx, ctx, &before, document, "Imported again")?;
                self.keep(tx, ctx, &facts)?;
                (Outcome::Updated, facts)
            }
            Plan::Nothing(outcome, facts) => (outcome, *facts),
        };
        Ok(self.imported(outcome, facts.number))
    }

    fn preview(self, conn: &mut Conn, ctx: &Ctx) -> Result<Imported, EditError> {
        let (outcome, number) = match self.plan(conn, ctx)? {
            Plan::Create => (Outcome::Created, None),
            Plan::Update(before) => (Outcome::Updated, before.facts.number),
            Plan::Nothing(outcome, facts) => (outcome, facts.number),
        };
        Ok(self.imported(outcome, number))
    }

    fn plan(&self, conn: &mut Conn, ctx: &Ctx) -> Result<Plan, EditError> {
        let reader = ctx.actor.person;
        let Some(facts) = store::postmortems::by_source(conn, reader, self.source)? else {
            return Ok(Plan::Create);
        };
        let id = facts.id;
        let leave = |facts, why| Ok(Plan::Nothing(Outcome::LeftAlone(why), Box::new(facts)));
        let Some(last) = store::revisions::latest(conn, id, RESOURCE, "")? else {
            return leave(
                facts,
                "A post-mortem with this source was written here, not imported.",
            );
        };
        if last.body == self.text {
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
            body: &self.text,
        };
        remember(tx, ctx, facts.id, &saved, self.source)
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
