//! Importing what other programs hold: read, plan, show, apply, report. One mechanism for every format.
//!
//! A record is found again by its source and what it is called there. Of what was imported before, only parts that
//! nobody touched since follow the file; everything else is left as it is, and the report says why. The part of the
//! file from which a record was read is kept in its history, whole.

pub mod formats; // one file for each format

mod merge; // a record that is here already
mod parts; // the parts of a record, and their digests
mod same; // which part is which
pub mod webhook; // what programs send by themselves

use super::documents::{self, Start};
use super::editing::{Saved, look, remember};
use super::encodings::bytes;
use super::{Ctx, EditError, ReadError};
use crate::domain::ids::{Number, PostMortemId, RecordId, Version};
use crate::domain::incoming::{Encoding, Incoming, Lies, RESTRICTED, Step, unsure};
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::{Facts, Visibility};
use crate::store::incoming::Record;
use crate::store::{self, Conn, Store, StoreError};
use merge::{Planned, plan};

/// What the history calls the original of an imported record.
const RESOURCE: &str = "import";
/// Why a file that tells another story changes nothing.
const ANOTHER: &str = "the file tells another story than the one that was imported under this name; give it another name and import it again";
/// What is said of a record that is not open to everyone any more.
const OPEN_HERE: &str = "It is not open to everyone where it comes from, but here the whole organisation can still read it. If only few shall, change who may read it under its facts.";
/// The most bytes of an original. The history shows originals, so they stay readable.
const ORIGINAL_BYTES: usize = 8_000_000;

/// What an import does with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Created,
    /// Something of it changed, and follows the file.
    Updated,
    /// Nothing changed.
    Unchanged,
    /// Something changed, and a person decides about all of it.
    Unsure,
    /// It cannot be kept.
    Failed,
}

impl Outcome {
    /// The word for programs.
    #[must_use]
    pub const fn as_code(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Unsure => "unsure",
            Self::Failed => "failed",
        }
    }
}

/// A record that was imported, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What it is called where it comes from, behind its source: `pagerduty:Q3YON8`.
    pub source: String,
    /// What was done, or would be.
    pub outcome: Outcome,
    /// The post-mortem, if there is one.
    pub id: Option<PostMortemId>,
    /// Its number, if it has one.
    pub number: Option<Number>,
    /// The title that was found.
    pub title: String,
    /// How many rows of a timeline were found.
    pub events: usize,
    /// How many statements were found.
    pub statements: usize,
    /// How many follow-up items were found.
    pub actions: usize,
    /// What a person decides about, as sentences.
    pub unsure: Vec<String>,
    /// What was left out or assumed, as sentences; what is the matter with a record that failed.
    pub remarks: Vec<String>,
}

/// Says what [`apply`] would do, and changes nothing.
///
/// # Errors
/// [`EditError`] if the actor may not write or the store refuses.
pub fn preview(store: &Store, ctx: &Ctx, records: &[Incoming]) -> Result<Vec<Report>, EditError> {
    require(&ctx.actor, Permission::Write)?;
    store.read(|conn| {
        records
            .iter()
            .map(
                |incoming| match already(conn, ctx, incoming, Why::ToShow)? {
                    Found::New(_) => Ok(report(incoming, Outcome::Created, None, &[])),
                    Found::Here(known) => Ok(known.report(incoming)),
                },
            )
            .collect()
    })
}

/// Imports one record in one transaction. `waiting`: a program sent it by itself, so somebody is still to tell the story.
///
/// # Errors
/// [`EditError`] if the actor may not write or the store refuses; nothing of the record was kept then.
pub fn apply(
    store: &Store,
    ctx: &Ctx,
    file: &str,
    incoming: &Incoming,
    waiting: bool,
) -> Result<Report, EditError> {
    require(&ctx.actor, Permission::Write)?;
    if incoming.original.len() > ORIGINAL_BYTES {
        let sentence = format!(
            "This record has more than {ORIGINAL_BYTES} bytes, so its original cannot be kept. Choose a shorter window, or divide it."
        );
        return Ok(failed(incoming, sentence));
    }
    store.write(|tx| {
        let lies = incoming.lies.as_ref();
        let held = lies.map_or(incoming.foreign_id.as_str(), Lies::last);
        store::incoming::hold(tx, incoming.source.as_code(), held)?;
        match already(tx, ctx, incoming, Why::ToChange)? {
            Found::New(name) => create(tx, ctx, file, incoming, name, waiting),
            Found::Here(known) => known.apply(tx, ctx, file, incoming),
        }
    })
}

/// What is told about a record that cannot be kept.
#[must_use]
pub fn failed(incoming: &Incoming, sentence: String) -> Report {
    let mut report = report(incoming, Outcome::Failed, None, &[]);
    report.remarks.push(sentence);
    report
}

/// The original of an imported post-mortem: its name and its bytes.
///
/// # Errors
/// [`ReadError`]; what one may not read, and what was not imported, is not found.
pub fn original(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
) -> Result<(String, Vec<u8>), ReadError> {
    store.read(|conn| {
        store::postmortems::find(conn, ctx.actor.person, id)?;
        let last = store::revisions::latest(conn, id, RESOURCE, "")?;
        let last = last.ok_or(StoreError::NotFound)?;
        let kept = kept(conn, id, last.highest_version)?;
        Ok(kept.ok_or(StoreError::NotFound)?)
    })
}

/// One kept original of a post-mortem that was read through the choke point: its name and its bytes.
pub(super) fn kept(
    conn: &mut Conn,
    id: PostMortemId,
    version: i32,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let found = store::revisions::numbered(conn, id, RESOURCE, "", version)?;
    Ok(found.map(|(revision, _)| {
        let (name, encoding) = Encoding::of_note(&revision.note);
        (name.to_owned(), bytes(&revision.body, encoding))
    }))
}

/// A record that was brought in before.
struct Known {
    record: Record,
    facts: Facts,
    steps: Vec<Planned>,
    /// Why nothing of it may change.
    closed: Option<&'static str>,
    /// What a person decides about the whole of it.
    unsure: Vec<String>,
    /// Whether enough rows of the file are rows of the file before.
    tells_the_same: bool,
}

/// Why somebody looks at what stands: only what is to be changed is kept from others meanwhile.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    ToShow,
    ToChange,
}

/// What stands here for a record, if anything does.
enum Found {
    Here(Box<Known>),
    /// Nothing; it is to be known by this name.
    New(String),
}

/// What stands here for a record, and what is to be done with each of its parts.
fn already(conn: &mut Conn, ctx: &Ctx, incoming: &Incoming, why: Why) -> Result<Found, EditError> {
    let source = incoming.source.as_code();
    let mut name = incoming.foreign_id.as_str();
    let names = match &incoming.lies {
        Some(lies) => names(lies),
        None => vec![name.to_owned()],
    };
    let mut records = store::incoming::named(conn, ctx.actor.person, source, &names)?;
    records.sort_by_key(|record| names.iter().position(|name| *name == record.foreign_id));
    for record in records {
        let called = record.foreign_id.clone();
        let mut known = known(conn, ctx, incoming, record, why)?;
        let Some(lies) = &incoming.lies else {
            return Ok(Found::Here(Box::new(known)));
        };
        if known.tells_the_same {
            return Ok(Found::Here(Box::new(known)));
        }
        if lies.is(&called) {
            known.closed = Some(ANOTHER);
            return Ok(Found::Here(Box::new(known)));
        }
        // Another file that only has the same name.
        if called == name {
            name = lies.whole().unwrap_or(name);
        }
    }
    Ok(Found::New(name.to_owned()))
}

/// The names of a file. The first imports of tables left out the folder and the ending.
fn names(lies: &Lies) -> Vec<String> {
    let mut names = lies.names();
    let last = lies.last();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    names.push(stem.to_owned());
    names
}

fn known(
    conn: &mut Conn,
    ctx: &Ctx,
    incoming: &Incoming,
    record: Record,
    why: Why,
) -> Result<Known, EditError> {
    let reader = ctx.actor.person;
    let facts = match why {
        Why::ToShow => store::postmortems::find(conn, reader, record.postmortem)?,
        Why::ToChange => store::postmortems::find_to_change(conn, reader, record.postmortem)?,
    };
    let closed = match look(conn, ctx, facts.id) {
        Ok(_) => unsure(facts.status),
        Err(EditError::Forbidden(_)) => Some("you may read it here, and not change it"),
        Err(error) => return Err(error),
    };
    let plan = plan(conn, ctx, &record, incoming)?;
    let mut unsure = Vec::new();
    let is_restricted = |visibility| visibility == Visibility::Restricted;
    if is_restricted(incoming.document.visibility) && !is_restricted(facts.visibility) {
        unsure.push(OPEN_HERE.to_owned());
    }
    Ok(Known {
        tells_the_same: plan.shared > 0 && plan.shared * 3 >= plan.of,
        record,
        facts,
        steps: plan.steps,
        closed,
        unsure,
    })
}

fn create(
    tx: &mut Conn,
    ctx: &Ctx,
    file: &str,
    incoming: &Incoming,
    name: String,
    waiting: bool,
) -> Result<Report, EditError> {
    let start = if incoming.finished {
        Start::Archived
    } else {
        Start::Draft
    };
    let mut document = incoming.document.clone();
    if document.source.is_none() {
        document.source = Some(format!("{}:{name}", incoming.source.as_code()));
    }
    let facts = documents::insert(tx, ctx, &document, start, "Imported")?;
    let record = Record {
        id: RecordId::new(),
        postmortem: facts.id,
        source: incoming.source.as_code().to_owned(),
        foreign_id: name,
        waiting,
        imported_at: ctx.now,
    };
    store::incoming::insert(tx, &record)?;
    parts::keep_all(tx, ctx, &record, incoming)?;
    keep_original(tx, ctx, facts.id, file, incoming)?;
    Ok(report(incoming, Outcome::Created, Some(&facts), &[]))
}

impl Known {
    fn report(&self, incoming: &Incoming) -> Report {
        let changes = |step: &Planned| matches!(step.step, Step::Add | Step::Replace);
        let mut unsure = merge::sentences(&self.steps);
        let mut changed = self.steps.iter().any(changes);
        if let Some(why) = self.closed
            && (changed || !unsure.is_empty())
        {
            changed = false;
            unsure = vec![format!("Nothing of it was changed: {why}.")];
        }
        unsure.extend(self.unsure.iter().cloned());
        let outcome = match (changed, unsure.is_empty()) {
            (true, _) => Outcome::Updated,
            (false, true) => Outcome::Unchanged,
            (false, false) => Outcome::Unsure,
        };
        let mut report = report(incoming, outcome, Some(&self.facts), &unsure);
        // That is so when it is new, and may be otherwise by now.
        report.remarks.retain(|remark| remark != RESTRICTED);
        report
    }

    fn apply(
        self,
        tx: &mut Conn,
        ctx: &Ctx,
        file: &str,
        incoming: &Incoming,
    ) -> Result<Report, EditError> {
        let report = self.report(incoming);
        if report.outcome == Outcome::Updated {
            merge::apply(tx, ctx, &self.record, incoming, &self.steps)?;
            keep_original(tx, ctx, self.facts.id, file, incoming)?;
            let untouched = self.record.imported_at == self.facts.updated_at;
            let waiting = self.record.waiting && untouched;
            store::incoming::renew(tx, self.record.id, waiting, ctx.now)?;
        }
        Ok(report)
    }
}

/// Keeps the part of the file from which a record was read.
fn keep_original(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    file: &str,
    incoming: &Incoming,
) -> Result<(), EditError> {
    let last = store::revisions::latest(tx, id, RESOURCE, "")?;
    let version = last.map_or(Version(0), |last| Version(last.highest_version));
    let saved = Saved {
        resource: RESOURCE,
        resource_id: "",
        version: version.next(),
        body: &incoming.original,
    };
    remember(tx, ctx, id, &saved, &incoming.encoding.noted(file))
}

fn name(incoming: &Incoming) -> String {
    format!("{}:{}", incoming.source.as_code(), incoming.foreign_id)
}

fn report(
    incoming: &Incoming,
    outcome: Outcome,
    facts: Option<&Facts>,
    unsure: &[String],
) -> Report {
    Report {
        source: name(incoming),
        outcome,
        id: facts.map(|facts| facts.id),
        number: facts.and_then(|facts| facts.number),
        title: incoming.document.title.as_str().to_owned(),
        events: incoming.document.events.len(),
        statements: incoming.document.statements.len(),
        actions: incoming.document.actions.len(),
        unsure: unsure.to_vec(),
        remarks: incoming.remarks.clone(),
    }
}
