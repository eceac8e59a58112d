//! What every change inside a post-mortem has in common: permission, history, the gate of a published one.

use super::{Ctx, EditError, publication};
use crate::domain::ids::{PostMortemId, Version};
use crate::domain::postmortem::{Facts, Status};
use crate::domain::publication::Standing;
use crate::store::revisions::NewRevision;
use crate::store::{self, Conn, Store, StoreError};

/// A text as it is kept in the history.
pub(super) struct Saved<'a> {
    /// What was saved: `section`, `event`, `statement`, `action`, `account`, `facts`.
    pub(super) resource: &'a str,
    /// Which one.
    pub(super) resource_id: &'a str,
    /// The version that it became; 0 for a removal or a text that was not used.
    pub(super) version: Version,
    /// The text.
    pub(super) body: &'a str,
}

/// Changes something inside a post-mortem in one transaction.
///
/// The closure gets the facts as they are; what it saves is checked against the gate if the post-mortem is published,
/// filed, and indexed for search.
pub(super) fn edit<T>(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    change: impl FnOnce(&mut Conn, &Facts) -> Result<T, EditError>,
) -> Result<T, EditError> {
    store.write(|tx| {
        let facts = open(tx, ctx, id)?;
        let before = standing(tx, ctx, &facts)?;
        let value = change(tx, &facts)?;
        settle(tx, ctx, id, &before)?;
        Ok(value)
    })
}

/// The facts of a post-mortem that the actor is about to change; nobody else changes anything of it meanwhile.
pub(super) fn open(tx: &mut Conn, ctx: &Ctx, id: PostMortemId) -> Result<Facts, EditError> {
    let facts = store::postmortems::find_to_change(tx, ctx.actor.person, id)?;
    allowed(tx, ctx, facts)
}

/// The facts of a post-mortem that the actor may change, for somebody who only looks now.
pub(super) fn look(conn: &mut Conn, ctx: &Ctx, id: PostMortemId) -> Result<Facts, EditError> {
    let facts = store::postmortems::find(conn, ctx.actor.person, id)?;
    allowed(conn, ctx, facts)
}

fn allowed(conn: &mut Conn, ctx: &Ctx, facts: Facts) -> Result<Facts, EditError> {
    let access = store::members::access(conn, facts.id, ctx.actor.person)?;
    facts.require_editor(&ctx.actor, access)?;
    Ok(facts)
}

/// How a post-mortem stands before a change, if that is promised to its readers.
pub(super) fn standing(tx: &mut Conn, ctx: &Ctx, facts: &Facts) -> Result<Standing, StoreError> {
    if facts.status != Status::Published {
        return Ok(Standing::default());
    }
    let postmortem = store::aggregate::load(tx, ctx.actor.person, facts.id)?;
    let checks = publication::evaluate(tx, &postmortem)?;
    Ok(Standing::of(&postmortem, &checks))
}

/// What follows from any change: the filing day, the search index, and the promise of a published post-mortem, which
/// the change may not break.
pub(super) fn settle(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    before: &Standing,
) -> Result<(), EditError> {
    let postmortem = store::aggregate::load(tx, ctx.actor.person, id)?;
    store::postmortems::touch(
        tx,
        id,
        ctx.now,
        postmortem.facts.filing_day(&postmortem.events),
    )?;
    store::search::index(tx, &postmortem)?;
    if postmortem.facts.status == Status::Published {
        let checks = publication::evaluate(tx, &postmortem)?;
        if before.is_broken_by(&postmortem, &checks) {
            return Err(EditError::Broken(checks));
        }
    }
    Ok(())
}

/// Passes if something was looked for and is not there, so that it may be brought back. A database that cannot answer
/// does not say so.
///
/// # Errors
/// [`EditError::State`] with the sentence if it is there; [`EditError::Store`] if nobody knows.
pub(super) fn gone<T>(found: Result<T, StoreError>, still: &'static str) -> Result<(), EditError> {
    match found {
        Ok(_) => Err(EditError::State(still)),
        Err(StoreError::NotFound) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Keeps a version in the history.
pub(super) fn remember(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    saved: &Saved<'_>,
    note: &str,
) -> Result<(), EditError> {
    store::revisions::append(
        tx,
        &NewRevision {
            postmortem: id,
            resource: saved.resource,
            resource_id: saved.resource_id,
            version: saved.version.0,
            body: saved.body,
            note,
            author: ctx.actor.person,
            at: ctx.now,
        },
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_not_found_is_gone() {
        assert!(gone::<()>(Err(StoreError::NotFound), "It is there.").is_ok());
        let there = gone(Ok(()), "It is there.");
        assert!(matches!(there, Err(EditError::State("It is there."))));
        let unknown = gone::<()>(Err(StoreError::Conflict), "It is there.");
        assert!(matches!(unknown, Err(EditError::Store(_))));
    }
}
