//! Removing an event, and bringing it back from the history.

use super::record::{self, Kept};
use super::{EventInput, RESOURCE, Rows, SavedEvent, conflict, keep};
use crate::app::editing::{Saved, edit, remember};
use crate::app::{Ctx, EditError, ReadError};
use crate::domain::ids::{EventId, PostMortemId, Version};
use crate::domain::timeline::marked;
use crate::store::{self, Conn, Store, StoreError};

/// Removes an event in the version that the writer saw; `None` is "whatever stands". It is kept in the history, and
/// [`restore`] brings it back. Findings that rest on it lose this evidence until then.
///
/// # Errors
/// [`EditError::Conflict`] with the text that stands now if somebody saved in between.
pub fn remove(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    event: EventId,
    expected: Option<Version>,
) -> Result<(), EditError> {
    edit(store, ctx, id, |tx, _| {
        let mut rows = Rows::open(tx, id)?;
        let (place, row) = rows.take(event).ok_or(StoreError::NotFound)?;
        if expected.is_some_and(|expected| expected != row.version) {
            return Err(conflict(tx, id, Some(&row), String::new(), expected)?);
        }
        let statements = store::factors::list(tx, id)?;
        let saved = Saved {
            resource: RESOURCE,
            resource_id: &event.to_string(),
            version: Version(0),
            body: &record::removed(&row, place, &statements),
        };
        remember(tx, ctx, id, &saved, "Removed")?;
        store::timeline::delete(tx, event, row.version)?;
        rows.keep_order(tx)
    })
}

/// Takes a removal back: the event stands where it stood, and the findings that rested on it do so again. A marker
/// that another event carries by now stays there; a note says so.
///
/// # Errors
/// [`EditError::State`] if it is still there, [`StoreError::NotFound`] if there never was one.
pub fn restore(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    event: EventId,
) -> Result<SavedEvent, EditError> {
    edit(store, ctx, id, |tx, _| {
        let mut rows = Rows::open(tx, id)?;
        if rows.events.iter().any(|row| row.id == event) {
            return Err(EditError::State("This event is still there."));
        }
        let kept = kept(tx, id, event)?;
        let mut row = kept.event;
        let mut notes = Vec::new();
        if let Some(marker) = row.marker
            && marked(&rows.events, marker).is_some()
        {
            row.marker = None;
            notes.push(format!(
                "“{}” stands on another event by now and was left there.",
                marker.label()
            ));
        }
        let (row, _) = rows.put(row, Some(kept.place), &[]);
        store::timeline::insert(tx, id, &row)?;
        rows.keep_order(tx)?;
        store::timeline::cite(tx, id, event, &kept.statements)?;
        keep(tx, ctx, id, &row, "Brought back")?;
        Ok(SavedEvent { event: row, notes })
    })
}

/// An event that was removed, as it was typed last: what a change of it was made from.
///
/// # Errors
/// [`ReadError`] with *not found* if no such event was ever removed, or none that one may know of.
pub fn remembered(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    event: EventId,
) -> Result<EventInput, ReadError> {
    store.read(|conn| {
        store::postmortems::find(conn, ctx.actor.person, id)?;
        Ok(EventInput::from(&kept(conn, id, event)?.event))
    })
}

/// What the history kept of an event that was removed, with the version that follows its last one.
pub(super) fn kept(tx: &mut Conn, id: PostMortemId, event: EventId) -> Result<Kept, StoreError> {
    let latest = store::revisions::latest(tx, id, RESOURCE, &event.to_string())?
        .ok_or(StoreError::NotFound)?;
    let version = Version(latest.highest_version).next();
    record::read(&latest.body, event, version).ok_or(StoreError::Corrupt("revisions.body"))
}
