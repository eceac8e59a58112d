//! Factor statements: add, change, move, remove, take a removal back.

mod input;
mod record;

pub use input::{ScaleInput, StatementInput, evidence_text};

use super::editing::{Saved, edit, gone, remember};
use super::wording::keep_along;
use super::{Conflict, Ctx, EditError, ReadError};
use crate::domain::factors::Statement;
use crate::domain::ids::{PostMortemId, StatementId, Version};
use crate::domain::order::{Place, moved};
use crate::domain::wording::of_statement;
use crate::store::{self, Conn, Store, StoreError};

/// What the history calls a statement.
const RESOURCE: &str = "statement";

/// One statement of a post-mortem.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none that one may read.
pub fn read(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    statement: StatementId,
) -> Result<Statement, ReadError> {
    store.read(|conn| {
        store::postmortems::find(conn, ctx.actor.person, id)?;
        Ok(find(conn, id, statement)?)
    })
}

/// Adds a statement at the end of the list.
///
/// # Errors
/// [`EditError`] with every field to mend.
pub fn add(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    input: &StatementInput,
) -> Result<Statement, EditError> {
    edit(store, ctx, id, |tx, _| {
        let parsed = input::parse(tx, id, input)?;
        let position = store::factors::list(tx, id)?
            .last()
            .map_or(0, |last| last.position.saturating_add(1));
        let statement = parsed.into_new(tx, StatementId::new(), position, Version::FIRST)?;
        store::factors::insert(tx, id, &statement, ctx.now)?;
        keep(tx, ctx, id, &statement, "")?;
        keep_along(tx, ctx, id, &input.keeps, &of_statement(&statement))?;
        Ok(statement)
    })
}

/// Changes a statement over the version that the writer saw; `None` is "whatever stands".
///
/// # Errors
/// [`EditError::Conflict`] with both texts if somebody saved in between; otherwise what to mend.
pub fn change(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    statement: StatementId,
    input: &StatementInput,
    expected: Option<Version>,
    note: &str,
) -> Result<Statement, EditError> {
    edit(store, ctx, id, |tx, _| {
        change_in(tx, ctx, id, statement, input, (expected, note))
    })
}

/// The same within a transaction that somebody else settles.
pub(super) fn change_in(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    statement: StatementId,
    input: &StatementInput,
    (expected, note): (Option<Version>, &str),
) -> Result<Statement, EditError> {
    let current = find(tx, id, statement)?;
    let changed = input::parse(tx, id, input)?.into_changed(tx, &current)?;
    if expected.is_some_and(|expected| expected != current.version) {
        return Err(conflict(tx, id, expected, &current, &changed)?);
    }
    keep_along(tx, ctx, id, &input.keeps, &of_statement(&changed))?;
    if record::same(&current, &changed) {
        return Ok(current);
    }
    store::factors::update(tx, id, &changed, current.version, ctx.now)?;
    keep(tx, ctx, id, &changed, note)?;
    Ok(changed)
}

/// Removes a statement. It is kept in the history, and [`restore`] brings it back.
///
/// # Errors
/// [`EditError::State`] while it belongs to a recurring cause, [`EditError::Conflict`] if somebody saved in between.
pub fn remove(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    statement: StatementId,
    expected: Option<Version>,
) -> Result<(), EditError> {
    edit(store, ctx, id, |tx, _| {
        let current = find(tx, id, statement)?;
        if expected.is_some_and(|expected| expected != current.version) {
            return Err(conflict(tx, id, expected, &current, &current)?);
        }
        if store::cause_links::in_a_cause(tx, ctx.actor.person, statement)? {
            return Err(EditError::State(
                "This finding belongs to a recurring cause. Take that link back first, so that what was written about it is not lost.",
            ));
        }
        let actions = store::actions::list(tx, id)?;
        let events = store::timeline::list(tx, id)?;
        let body = record::removed(&current, &events, &actions);
        let saved = Saved {
            resource: RESOURCE,
            resource_id: &statement.to_string(),
            version: Version(0),
            body: &body,
        };
        remember(tx, ctx, id, &saved, "Removed")?;
        store::factors::delete(tx, statement, current.version)?;
        Ok(())
    })
}

/// Takes a removal back: the statement stands where it stood, and the actions that addressed it do so again.
///
/// Evidence that was removed in the meantime stays away.
///
/// # Errors
/// [`EditError::State`] if it is still there, [`StoreError::NotFound`] if there never was one.
pub fn restore(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    statement: StatementId,
) -> Result<Statement, EditError> {
    edit(store, ctx, id, |tx, _| {
        gone(find(tx, id, statement), "This finding is still there.")?;
        let latest = store::revisions::latest(tx, id, RESOURCE, &statement.to_string())?
            .ok_or(StoreError::NotFound)?;
        let events = store::timeline::list(tx, id)?;
        let kept = record::read(&latest.body, &events);
        let restored = input::parse(tx, id, &kept.input)?.into_new(
            tx,
            statement,
            kept.position,
            Version(latest.highest_version).next(),
        )?;
        store::factors::insert(tx, id, &restored, ctx.now)?;
        store::actions::address(tx, id, &kept.actions, statement)?;
        keep(tx, ctx, id, &restored, "Brought back")?;
        Ok(restored)
    })
}

/// Moves a statement within the list. Not a new version.
///
/// # Errors
/// [`StoreError::NotFound`] if there is no such statement.
pub fn place(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    statement: StatementId,
    to: Place,
) -> Result<(), EditError> {
    edit(store, ctx, id, |tx, _| {
        let ids: Vec<StatementId> = store::factors::list(tx, id)?
            .iter()
            .map(|other| other.id)
            .collect();
        let order = moved(&ids, statement, to).ok_or(StoreError::NotFound)?;
        store::factors::arrange(tx, id, &order)?;
        Ok(())
    })
}

fn find(tx: &mut Conn, id: PostMortemId, statement: StatementId) -> Result<Statement, StoreError> {
    store::factors::list(tx, id)?
        .into_iter()
        .find(|other| other.id == statement)
        .ok_or(StoreError::NotFound)
}

/// Keeps a version in the history.
pub(super) fn keep(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    statement: &Statement,
    note: &str,
) -> Result<(), EditError> {
    let events = store::timeline::list(tx, id)?;
    let saved = Saved {
        resource: RESOURCE,
        resource_id: &statement.id.to_string(),
        version: statement.version,
        body: &record::text(statement, &events),
    };
    remember(tx, ctx, id, &saved, note)
}

fn conflict(
    tx: &mut Conn,
    id: PostMortemId,
    expected: Option<Version>,
    current: &Statement,
    yours: &Statement,
) -> Result<EditError, StoreError> {
    let events = store::timeline::list(tx, id)?;
    let key = current.id.to_string();
    let base = match expected {
        Some(expected) => store::revisions::text_of(tx, id, RESOURCE, &key, expected.0)?,
        None => None,
    };
    Ok(EditError::Conflict(Box::new(Conflict {
        current: current.version,
        theirs: record::text(current, &events),
        yours: record::text(yours, &events),
        base,
    })))
}
