//! Actions of a post-mortem: add, change, end, move, remove, take a removal back.

mod input;
mod listing;
mod record;

pub use input::{ActionInput, StateInput};
pub use listing::{ActionListError, ActionPage, ListInput, find_listed, list};

use super::editing::{Saved, edit, gone, remember};
use super::wording::keep_along;
use super::{Conflict, Ctx, EditError, ReadError};
use crate::domain::actions::Action;
use crate::domain::ids::{ActionId, PostMortemId, Version};
use crate::domain::order::{Place, moved};
use crate::domain::wording::of_action;
use crate::store::{self, Conn, Store, StoreError};

/// What the history calls an action.
const RESOURCE: &str = "action";

/// One action of a post-mortem.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none that one may read.
pub fn read(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    action: ActionId,
) -> Result<Action, ReadError> {
    store.read(|conn| {
        store::postmortems::find(conn, ctx.actor.person, id)?;
        Ok(find(conn, id, action)?)
    })
}

/// Adds an idea or a commitment at the end of the list.
///
/// A commitment may lack what makes it complete: a draft owes nothing, and the gate says what is missing.
///
/// # Errors
/// [`EditError`] with every field to mend.
pub fn add(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    input: &ActionInput,
) -> Result<Action, EditError> {
    edit(store, ctx, id, |tx, _| {
        let position = store::actions::list(tx, id)?
            .last()
            .map_or(0, |last| last.position.saturating_add(1));
        let action =
            input::parse(tx, id, input)?.into_action(ActionId::new(), position, Version::FIRST);
        store::actions::insert(tx, id, &action)?;
        keep(tx, ctx, id, &action, "")?;
        keep_along(tx, ctx, id, &input.keeps, &of_action(&action))?;
        Ok(action)
    })
}

/// Changes an action over the version that the writer saw; `None` is "whatever stands".
///
/// # Errors
/// [`EditError::Conflict`] with both texts if somebody saved in between; otherwise what to mend.
pub fn change(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    action: ActionId,
    input: &ActionInput,
    expected: Option<Version>,
    note: &str,
) -> Result<Action, EditError> {
    edit(store, ctx, id, |tx, _| {
        change_in(tx, ctx, id, action, input, (expected, note))
    })
}

/// The same within a transaction that somebody else settles.
pub(super) fn change_in(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    action: ActionId,
    input: &ActionInput,
    (expected, note): (Option<Version>, &str),
) -> Result<Action, EditError> {
    let current = find(tx, id, action)?;
    let changed =
        input::parse(tx, id, input)?.into_action(action, current.position, current.version.next());
    keep_along(tx, ctx, id, &input.keeps, &of_action(&changed))?;
    save(tx, ctx, id, (&current, &changed), expected, note)
}

/// Changes how an action stands, and nothing else of it.
///
/// # Errors
/// [`EditError::Invalid`] if declining or accepting has no reason, or handing over no address; otherwise as [`change`].
pub fn set_state(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    action: ActionId,
    input: &StateInput,
    expected: Option<Version>,
) -> Result<Action, EditError> {
    edit(store, ctx, id, |tx, _| {
        let current = find(tx, id, action)?;
        let changed = input::parse_state(input)?.applied_to(&current);
        save(tx, ctx, id, (&current, &changed), expected, "")
    })
}

/// Moves the day by which an action is promised, with a reason for the history, and changes nothing else of it.
///
/// # Errors
/// [`EditError::Invalid`] if the day cannot be read or the reason is missing; otherwise as [`change`].
pub fn set_due(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    action: ActionId,
    (due_on, reason): (&str, &str),
    expected: Option<Version>,
) -> Result<Action, EditError> {
    let (due_on, reason) = input::parse_due(due_on, reason)?;
    edit(store, ctx, id, |tx, _| {
        let current = find(tx, id, action)?;
        let changed = Action {
            due_on: Some(due_on),
            version: current.version.next(),
            ..current.clone()
        };
        save(tx, ctx, id, (&current, &changed), expected, &reason)
    })
}

/// Removes an action. It is kept in the history, and [`restore`] brings it back.
///
/// # Errors
/// [`EditError::Conflict`] if somebody saved in between.
pub fn remove(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    action: ActionId,
    expected: Option<Version>,
) -> Result<(), EditError> {
    edit(store, ctx, id, |tx, _| {
        let current = find(tx, id, action)?;
        if expected.is_some_and(|expected| expected != current.version) {
            return Err(conflict(tx, id, expected, (&current, &current))?);
        }
        let statements = store::factors::list(tx, id)?;
        let saved = Saved {
            resource: RESOURCE,
            resource_id: &action.to_string(),
            version: Version(0),
            body: &record::removed(&current, &statements),
        };
        remember(tx, ctx, id, &saved, "Removed")?;
        store::actions::delete(tx, action, current.version)?;
        Ok(())
    })
}

/// Takes a removal back: the action stands where it stood.
///
/// # Errors
/// [`EditError::State`] if it is still there, [`StoreError::NotFound`] if there never was one.
pub fn restore(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    action: ActionId,
) -> Result<Action, EditError> {
    edit(store, ctx, id, |tx, _| {
        gone(find(tx, id, action), "This action is still there.")?;
        let latest = store::revisions::latest(tx, id, RESOURCE, &action.to_string())?
            .ok_or(StoreError::NotFound)?;
        let statements = store::factors::list(tx, id)?;
        let kept = record::read(&latest.body, &statements);
        let version = Version(latest.highest_version).next();
        let restored =
            input::parse(tx, id, &kept.input)?.into_action(action, kept.position, version);
        store::actions::insert(tx, id, &restored)?;
        keep(tx, ctx, id, &restored, "Brought back")?;
        Ok(restored)
    })
}

/// Moves an action within the list. Not a new version.
///
/// # Errors
/// [`StoreError::NotFound`] if there is no such action.
pub fn place(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    action: ActionId,
    to: Place,
) -> Result<(), EditError> {
    edit(store, ctx, id, |tx, _| {
        let ids: Vec<ActionId> = store::actions::list(tx, id)?
            .iter()
            .map(|other| other.id)
            .collect();
        let order = moved(&ids, action, to).ok_or(StoreError::NotFound)?;
        store::actions::arrange(tx, id, &order)?;
        Ok(())
    })
}

fn find(tx: &mut Conn, id: PostMortemId, action: ActionId) -> Result<Action, StoreError> {
    store::actions::list(tx, id)?
        .into_iter()
        .find(|other| other.id == action)
        .ok_or(StoreError::NotFound)
}

/// Saves the changed over the current one, unless they say the same or somebody was faster.
fn save(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    (current, changed): (&Action, &Action),
    expected: Option<Version>,
    note: &str,
) -> Result<Action, EditError> {
    if expected.is_some_and(|expected| expected != current.version) {
        return Err(conflict(tx, id, expected, (current, changed))?);
    }
    if record::same(current, changed) {
        return Ok(current.clone());
    }
    store::actions::update(tx, id, changed, current.version)?;
    keep(tx, ctx, id, changed, note)?;
    Ok(changed.clone())
}

/// Keeps a version in the history.
pub(super) fn keep(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    action: &Action,
    note: &str,
) -> Result<(), EditError> {
    let statements = store::factors::list(tx, id)?;
    let saved = Saved {
        resource: RESOURCE,
        resource_id: &action.id.to_string(),
        version: action.version,
        body: &record::text(action, &statements),
    };
    remember(tx, ctx, id, &saved, note)
}

fn conflict(
    tx: &mut Conn,
    id: PostMortemId,
    expected: Option<Version>,
    (current, yours): (&Action, &Action),
) -> Result<EditError, StoreError> {
    let statements = store::factors::list(tx, id)?;
    let key = current.id.to_string();
    let base = match expected {
        Some(expected) => store::revisions::text_of(tx, id, RESOURCE, &key, expected.0)?,
        None => None,
    };
    Ok(EditError::Conflict(Box::new(Conflict {
        current: current.version,
        theirs: record::text(current, &statements),
        yours: record::text(yours, &statements),
        base,
    })))
}
