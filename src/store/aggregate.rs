//! One post-mortem with all that belongs to it.

use super::{
    Conn, StoreError, accounts, actions, factors, links, members, own_words, postmortems, sections,
    timeline, wording,
};
use crate::domain::ids::{PersonId, PostMortemId};
use crate::domain::postmortem::PostMortem;
use crate::domain::templates;

/// Loads a whole post-mortem.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none, or none that the reader may know of.
pub fn load(conn: &mut Conn, reader: PersonId, id: PostMortemId) -> Result<PostMortem, StoreError> {
    let facts = postmortems::find(conn, reader, id)?;
    let mut sections = sections::list(conn, id)?;
    sections.sort_by_key(|section| templates::core().place(&section.key));
    Ok(PostMortem {
        facts,
        sections,
        accounts: accounts::list(conn, id)?,
        events: timeline::list(conn, id)?,
        statements: factors::list(conn, id)?,
        actions: actions::list(conn, id)?,
        members: members::list(conn, id)?,
        approvals: members::approvals(conn, id)?,
        links: links::list(conn, reader, id)?,
        answers: wording::list(conn, id)?,
        words: own_words::find(conn)?.words.words(),
    })
}
