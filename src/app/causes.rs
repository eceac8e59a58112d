//! Recurring causes: make one from a factor statement, change its words, say who may read them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::input::Fields;
use super::similar::{self, SimilarStatement};
use super::{Conflict, Ctx, EditError, FieldProblem, ReadError};
use crate::domain::causes::{Cause, CauseSummary};
use crate::domain::ids::{CauseId, PersonId, PostMortemId, RevisionId, StatementId, Version};
use crate::domain::markdown;
use crate::domain::permissions::{Permission, require};
use crate::domain::placed::PlacedStatement;
use crate::domain::text::{Line, Prose};
use crate::store::cause_links::NewLink;
use crate::store::cause_revisions::{CauseRevision, NewCauseRevision};
use crate::store::causes::Words;
use crate::store::{self, Conn, Store, StoreError};

/// How many saved versions a history shows.
const HISTORY: i64 = 100;

/// How many statements a search beside a cause shows.
const FOUND: usize = 10;

/// The words of a cause as typed.
#[derive(Debug, Clone, Copy)]
pub struct CauseInput<'a> {
    /// The condition in one plain sentence.
    pub statement: &'a str,
    /// What it looks like and how to tell it from its neighbours, Markdown.
    pub description: &'a str,
}

struct Parsed {
    statement: Line,
    description: Prose,
    html: String,
}

/// Makes a cause from a factor statement, which becomes its first link. Its words belong to the readers of the
/// post-mortem in which that statement stands.
///
/// # Errors
/// [`EditError`] with every field to mend; a statement that one may not read is not found.
pub fn create(
    store: &Store,
    ctx: &Ctx,
    input: CauseInput<'_>,
    first: StatementId,
) -> Result<Cause, EditError> {
    store.write(|tx| {
        let id = create_in(tx, ctx, input, first, [&Prose::default(); 2])?;
        Ok(store::causes::find(tx, ctx.actor.person, id)?)
    })
}

/// The same within a transaction, with what is the same and what is different in the first link.
pub(super) fn create_in(
    tx: &mut Conn,
    ctx: &Ctx,
    input: CauseInput<'_>,
    first: StatementId,
    [same, different]: [&Prose; 2],
) -> Result<CauseId, EditError> {
    let reader = ctx.actor.person;
    let placed = store::placed::find(tx, reader, first)?;
    require(&ctx.actor, Permission::Write)?;
    let parsed = parse(input)?;
    let id = CauseId::new();
    store::causes::insert(tx, id, parsed.words(), placed.postmortem, reader, ctx.now)?;
    let link = NewLink {
        cause: id,
        statement: first,
        same,
        different,
        by: reader,
    };
    store::cause_links::insert(tx, link, ctx.now)?;
    remember_words(tx, ctx, id, Version::FIRST, &parsed)?;
    note(tx, ctx, id, "cause")?;
    Ok(id)
}

/// A cause and what its page shows beside it.
#[derive(Debug, Clone)]
pub struct CausePage {
    /// The cause.
    pub cause: Cause,
    /// The days by which all post-mortems are filed that the reader may read: the n of every count.
    pub days: Vec<NaiveDate>,
    /// Statements that might be linked as well, each with the reason.
    pub suggestions: Vec<SimilarStatement>,
    /// Statements found by the words that were searched for.
    pub found: Vec<SimilarStatement>,
    /// The statement that is about to be linked.
    pub candidate: Option<PlacedStatement>,
}

/// What to look for beside a cause.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// Words to search statements by.
    pub words: &'a str,
    /// A statement that is about to be linked.
    pub candidate: Option<StatementId>,
}

/// One cause with all of it that the reader may read.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn read(store: &Store, ctx: &Ctx, id: CauseId) -> Result<Cause, ReadError> {
    Ok(store.read(|conn| store::causes::find(conn, ctx.actor.person, id))?)
}

/// One cause with what its page shows beside it.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn page(
    store: &Store,
    ctx: &Ctx,
    id: CauseId,
    beside: Beside<'_>,
) -> Result<CausePage, ReadError> {
    let reader = ctx.actor.person;
    Ok(store.read(|conn| {
        let cause = store::causes::find(conn, reader, id)?;
        let candidate = beside
            .candidate
            .map(|statement| store::placed::find(conn, reader, statement))
            .transpose()?;
        Ok::<_, StoreError>(CausePage {
            days: store::causes::days(conn, reader)?,
            suggestions: similar::to_cause(ctx, conn, &cause, similar::USUAL)?,
            found: similar::to_words(ctx, conn, beside.words, FOUND)?,
            candidate,
            cause,
        })
    })?)
}

/// The causes to which statements of a post-mortem are linked, as far as the reader may know of them.
///
/// # Errors
/// [`ReadError`]; a post-mortem that one may not read is not found.
pub fn of_postmortem(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
) -> Result<Vec<(StatementId, CauseId, Line)>, ReadError> {
    let reader = ctx.actor.person;
    Ok(store.read(|conn| {
        store::postmortems::find(conn, reader, id)?;
        store::cause_links::of_postmortem(conn, reader, id)
    })?)
}

/// The causes to which a statement is linked, as far as the reader may know of them.
///
/// # Errors
/// [`ReadError`]; a statement that one may not read is not found.
pub fn of_statement(
    store: &Store,
    ctx: &Ctx,
    id: StatementId,
) -> Result<Vec<(CauseId, Line)>, ReadError> {
    let reader = ctx.actor.person;
    let linked = store.read(|conn| {
        store::placed::find(conn, reader, id)?;
        store::cause_links::of_statements(conn, reader, &[id])
    })?;
    Ok(linked
        .into_iter()
        .map(|(_, id, words)| (id, words))
        .collect())
}

/// All causes that the reader may know of: those seen last come first.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn list(store: &Store, ctx: &Ctx) -> Result<Vec<CauseSummary>, ReadError> {
    Ok(store.read(|conn| list_in(conn, ctx.actor.person))?)
}

/// The same within a transaction.
pub(super) fn list_in(conn: &mut Conn, reader: PersonId) -> Result<Vec<CauseSummary>, StoreError> {
    let known = store::causes::list(conn, reader)?;
    let ids: Vec<CauseId> = known.iter().map(|(id, _)| *id).collect();
    let mut seen = store::cause_links::appearances(conn, reader)?;
    let fixes = store::fixes::counts(conn, &ids)?;
    let decisions = store::fixes::standing_decisions(conn, &ids)?;
    let mut summaries: Vec<CauseSummary> = known
        .into_iter()
        .map(|(id, statement)| {
            let places = seen.remove(&id).unwrap_or_default();
            let days: BTreeSet<_> = places.iter().map(|(_, day)| *day).collect();
            let postmortems: BTreeSet<_> = places.iter().map(|(place, _)| *place).collect();
            CauseSummary {
                id,
                statement,
                statements: places.len(),
                postmortems: postmortems.len(),
                seen: days.first().copied().zip(days.last().copied()),
                fixes: fixes.get(&id).copied().unwrap_or_default(),
                decision: decisions.get(&id).copied(),
            }
        })
        .collect();
    summaries.sort_by_key(|cause| {
        let last = cause.seen.map(|(_, last)| last);
        std::cmp::Reverse((last, cause.id))
    });
    Ok(summaries)
}

/// The statement from which a cause could be made.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn statement(store: &Store, ctx: &Ctx, id: StatementId) -> Result<PlacedStatement, ReadError> {
    Ok(store.read(|conn| store::placed::find(conn, ctx.actor.person, id))?)
}

/// Saves the words over the version that the writer saw; `None` is "whatever stands".
///
/// # Errors
/// [`EditError::Conflict`] with both texts if somebody saved in between; otherwise what to mend.
pub fn change(
    store: &Store,
    ctx: &Ctx,
    id: CauseId,
    input: CauseInput<'_>,
    expected: Option<Version>,
) -> Result<Cause, EditError> {
    store.write(|tx| {
        let before = open(tx, ctx, id)?;
        let parsed = parse(input)?;
        if expected.is_some_and(|expected| expected != before.version) {
            return Err(EditError::Conflict(Box::new(Conflict {
                current: before.version,
                theirs: joined(&before.statement, &before.description),
                yours: joined(&parsed.statement, &parsed.description),
                base: None,
            })));
        }
        if before.statement == parsed.statement && before.description == parsed.description {
            return Ok(before);
        }
        store::causes::update(tx, id, parsed.words(), before.version, ctx.now)?;
        remember_words(tx, ctx, id, before.version.next(), &parsed)?;
        Ok(store::causes::find(tx, ctx.actor.person, id)?)
    })
}

/// Gives the words, the ledger and the decisions of a cause to the readers of another post-mortem in which it shows.
///
/// # Errors
/// [`EditError::State`] if it does not show there as far as the actor may read.
pub fn move_home(
    store: &Store,
    ctx: &Ctx,
    id: CauseId,
    home: PostMortemId,
) -> Result<Cause, EditError> {
    store.write(|tx| {
        let before = open(tx, ctx, id)?;
        if before.home.postmortem == home {
            return Ok(before);
        }
        let shows = before.links.iter().any(|link| link.statement.postmortem == home);
        if !shows {
            return Err(EditError::State(
                "The words of a cause can only be given to the readers of a post-mortem in which it shows. Link a statement of it first.",
            ));
        }
        store::causes::move_home(tx, id, home, ctx.now)?;
        let parsed = Parsed {
            statement: before.statement,
            description: before.description,
            html: before.description_html,
        };
        // Older versions stay with the readers of that time; the history begins anew with what everybody now reads.
        remember_words(tx, ctx, id, before.version, &parsed)?;
        note(tx, ctx, id, "cause-readers")?;
        Ok(store::causes::find(tx, ctx.actor.person, id)?)
    })
}

/// The saved words and fixes of a cause, newest first.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn history(
    store: &Store,
    ctx: &Ctx,
    id: CauseId,
) -> Result<(Cause, Vec<CauseRevision>), ReadError> {
    store.read(|conn| {
        let cause = store::causes::find(conn, ctx.actor.person, id)?;
        let saved = store::cause_revisions::list(conn, id, cause.home.since, HISTORY)?;
        Ok((cause, saved))
    })
}

/// A cause that the actor may change. What they may not know of is not found, whatever their role.
pub(super) fn open(tx: &mut Conn, ctx: &Ctx, id: CauseId) -> Result<Cause, EditError> {
    let cause = store::causes::find_to_change(tx, ctx.actor.person, id)?;
    require(&ctx.actor, Permission::Write)?;
    Ok(cause)
}

/// Notes in the audit what was done to a cause, and that it changed.
pub(super) fn note(tx: &mut Conn, ctx: &Ctx, id: CauseId, action: &str) -> Result<(), StoreError> {
    store::causes::touch(tx, id, ctx.now)?;
    let subject = id.to_string();
    store::audit::append(
        tx,
        Some(ctx.actor.person),
        action,
        "causes",
        &subject,
        ctx.now,
    )
}

fn remember_words(
    tx: &mut Conn,
    ctx: &Ctx,
    id: CauseId,
    version: Version,
    parsed: &Parsed,
) -> Result<(), StoreError> {
    store::cause_revisions::append(
        tx,
        &NewCauseRevision {
            cause: id,
            resource: "cause",
            resource_id: RevisionId(id.0),
            version: version.0,
            body: &joined(&parsed.statement, &parsed.description),
            author: ctx.actor.person,
            at: ctx.now,
        },
    )
}

fn parse(input: CauseInput<'_>) -> Result<Parsed, Vec<FieldProblem>> {
    let mut fields = Fields::new();
    let statement = fields.take("statement", Line::parse("The statement", input.statement));
    let description = fields.prose("description", "The description", Some(input.description));
    fields.finish()?;
    let (Some(statement), Some(description)) = (statement, description) else {
        return Err(Vec::new());
    };
    Ok(Parsed {
        html: markdown::to_html(description.as_str()),
        statement,
        description,
    })
}

fn joined(statement: &Line, description: &Prose) -> String {
    format!("{}\n\n{}", statement.as_str(), description.as_str())
        .trim_end()
        .to_owned()
}

impl Parsed {
    fn words(&self) -> Words<'_> {
        Words {
            statement: &self.statement,
            description: &self.description,
            html: &self.html,
        }
    }
}
