//! The history of a post-mortem: every saved version of every text, and the difference between any two.

use super::{Ctx, ReadError};
use crate::domain::diff::{self, Piece};
use crate::domain::ids::{PostMortemId, RevisionId};
use crate::domain::postmortem::Facts;
use crate::store::revisions::Revision;
use crate::store::{self, Store};

/// How many versions one page of the history holds.
const MOST: i64 = 200;

/// Two versions and what lies between them.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The older side.
    pub from: Revision,
    /// The newer side.
    pub to: Revision,
    /// From one to the other.
    pub pieces: Vec<Piece>,
}

/// The newest versions of a post-mortem.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn list(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
) -> Result<(Facts, Vec<Revision>), ReadError> {
    store.read(|conn| {
        let facts = store::postmortems::find(conn, ctx.actor.person, id)?;
        let revisions = store::revisions::list(conn, id, MOST)?;
        Ok((facts, revisions))
    })
}

/// Compares any two versions of one post-mortem.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn compare(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    from: RevisionId,
    to: RevisionId,
) -> Result<Comparison, ReadError> {
    let (from, to) = store.read(|conn| -> Result<_, ReadError> {
        store::postmortems::find(conn, ctx.actor.person, id)?;
        Ok((
            store::revisions::find(conn, id, from)?,
            store::revisions::find(conn, id, to)?,
        ))
    })?;
    let pieces = diff::words(&from.body, &to.body);
    Ok(Comparison { from, to, pieces })
}
