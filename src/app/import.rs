//! Importing post-mortems from files: what was finished elsewhere lands as *archived*.
//!
//! An import may be run again at any time. The text of each file is kept in the history as it was, so that a second run
//! knows what changed; what a person wrote here since is never overwritten.

use std::borrow::Cow;

use super::documents::{self, Start};
use super::editing::{Saved, open, remember};
use super::{Ctx, EditError};
use crate::domain::document::{self, Document, DocumentProblem, DocumentSection};
use crate::domain::ids::{Number, Version};
use crate::domain::intake::Remark;
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::{Facts, PostMortem};
use crate::domain::templates;
use crate::domain::text::{PROSE_BYTES, Prose};
use crate::store::{self, Conn, Store, StoreError};

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

/// Why a file was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file says that it is in our format, and is not, or it is too long.
    #[error("{}", sentences(.0))]
    Unreadable(Vec<DocumentProblem>),
    /// The store or a permission refused.
    #[error(transparent)]
    Refused(#[from] EditError),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
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
    Create,
    Update(Box<PostMortem>),
    Nothing(Outcome, Box<Facts>),
}

/// Imports one file in one transaction.
///
/// # Errors
/// [`ImportError`]; nothing of the file was kept then.
pub fn import(store: &Store, ctx: &Ctx, file: &File<'_>) -> Result<Imported, ImportError> {
    require(&ctx.actor, Permission::Write).map_err(EditError::from)?;
    let text = storable(file.text);
    let file = &File {
        text: &text,
        ..*file
    };
    let (document, remarks) = read(file)?;
    store.write(|tx| match plan(tx, ctx, file)? {
        Plan::Create => {
            let facts = documents::insert(tx, ctx, &document, Start::Archived, "Imported")?;
            keep(tx, ctx, &facts, file)?;
            Ok(imported(Outcome::Created, facts.number, &document, remarks))
        }
        Plan::Update(before) => {
            let facts = documents::replace(tx, ctx, &before, &document, "Imported again")?;
            keep(tx, ctx, &facts, file)?;
            Ok(imported(Outcome::Updated, facts.number, &document, remarks))
        }
        Plan::Nothing(outcome, facts) => Ok(imported(outcome, facts.number, &document, remarks)),
    })
}

/// Says what [`import`] would do, and changes nothing.
///
/// # Errors
/// [`ImportError`] where the import would fail.
pub fn preview(store: &Store, ctx: &Ctx, file: &File<'_>) -> Result<Imported, ImportError> {
    require(&ctx.actor, Permission::Write).map_err(EditError::from)?;
    let text = storable(file.text);
    let file = &File {
        text: &text,
        ..*file
    };
    let (document, remarks) = read(file)?;
    let plan = store.read(|conn| plan(conn, ctx, file))?;
    let (outcome, number) = match plan {
        Plan::Create => (Outcome::Created, None),
        Plan::Update(before) => (Outcome::Updated, before.facts.number),
        Plan::Nothing(outcome, facts) => (outcome, facts.number),
    };
    Ok(imported(outcome, number, &document, remarks))
}

/// PostgreSQL keeps no NUL; the sign for "not a character" stands for it.
fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}").into()
    } else {
        text.into()
    }
}

fn read(file: &File<'_>) -> Result<(Document, Vec<Remark>), ImportError> {
    if file.text.len() > PROSE_BYTES {
        return Err(ImportError::Unreadable(vec![DocumentProblem {
            line: 1,
            sentence: format!(
                "The file is longer than {PROSE_BYTES} bytes. Cut it into one file for each post-mortem."
            ),
        }]));
    }
    let (mut document, remarks) =
        document::read(file.source, file.text).map_err(ImportError::Unreadable)?;
    // The record is found again by where the file lies; where its facts come from stays readable.
    if let Some(source) = document.source.replace(file.source.to_owned()) {
        note(&mut document, &format!("Source: {source}"));
    }
    Ok((document, remarks))
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

fn plan(conn: &mut Conn, ctx: &Ctx, file: &File<'_>) -> Result<Plan, EditError> {
    let Some(facts) = store::postmortems::by_source(conn, ctx.actor.person, file.source)? else {
        return Ok(Plan::Create);
    };
    let facts = Box::new(facts);
    let Some(last) = store::revisions::latest(conn, facts.id, RESOURCE, "")? else {
        return Ok(Plan::Nothing(
            Outcome::LeftAlone("A post-mortem with this source was written here, not imported."),
            facts,
        ));
    };
    if last.body == file.text {
        return Ok(Plan::Nothing(Outcome::Unchanged, facts));
    }
    if facts.updated_at != last.saved_at {
        return Ok(Plan::Nothing(
            Outcome::LeftAlone(
                "The file changed, and so did somebody's text here; that text was left as it is.",
            ),
            facts,
        ));
    }
    open(conn, ctx, facts.id)?;
    let before = store::aggregate::load(conn, ctx.actor.person, facts.id)?;
    for statement in &before.statements {
        if store::cause_links::in_a_cause(conn, ctx.actor.person, statement.id)? {
            return Ok(Plan::Nothing(
                Outcome::LeftAlone(
                    "The file changed, and a finding of it belongs to a recurring cause here; it was left as it is.",
                ),
                facts,
            ));
        }
    }
    Ok(Plan::Update(Box::new(before)))
}

/// Keeps the file as it was, so that the next import knows what changed.
fn keep(tx: &mut Conn, ctx: &Ctx, facts: &Facts, file: &File<'_>) -> Result<(), EditError> {
    let last = store::revisions::latest(tx, facts.id, RESOURCE, "")?;
    let version = last.map_or(Version(0), |last| Version(last.highest_version));
    let saved = Saved {
        resource: RESOURCE,
        resource_id: "",
        version: version.next(),
        body: file.text,
    };
    remember(tx, ctx, facts.id, &saved, file.source)
}

fn imported(
    outcome: Outcome,
    number: Option<Number>,
    document: &Document,
    remarks: Vec<Remark>,
) -> Imported {
    Imported {
        outcome,
        number,
        title: document.title.as_str().to_owned(),
        events: document.events.len(),
        statements: document.statements.len(),
        actions: document.actions.len(),
        remarks,
    }
}
