//! Links between post-mortems. A link shows only to those who may read both ends.

use diesel::prelude::*;

use super::access::readable;
use super::connection::directly;
use super::schema::{postmortem_links, postmortems};
use super::sql_types::{code, trusted};
use super::{Conn, StoreError};
use crate::domain::ids::{LinkId, Number, PersonId, PostMortemId};
use crate::domain::postmortem::{Link, Relation};
use crate::domain::text::Title;

/// The links of a post-mortem to others that the reader may read too.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(
    conn: &mut Conn,
    reader: PersonId,
    from: PostMortemId,
) -> Result<Vec<Link>, StoreError> {
    let rows: Vec<(LinkId, String, PostMortemId, Option<i32>, String)> = directly!(
        conn,
        postmortem_links::table
            .inner_join(postmortems::table.on(postmortems::id.eq(postmortem_links::to_id)))
            .filter(postmortem_links::postmortem_id.eq(from))
            .filter(readable(reader))
            .order(postmortem_links::id)
            .select((
                postmortem_links::id,
                postmortem_links::relation,
                postmortems::id,
                postmortems::number,
                postmortems::title,
            ))
            .load(conn)
    )?;
    rows.into_iter()
        .map(|(id, relation, to, number, title)| {
            Ok(Link {
                id,
                relation: code("postmortem_links.relation", &relation, Relation::from_code)?,
                to,
                number: number.map(Number),
                title: trusted("postmortems.title", Title::parse(&title))?,
            })
        })
        .collect()
}

/// Keeps a link. Both ends were read through the choke point.
///
/// # Errors
/// [`StoreError::Exists`] if it is there already.
pub fn insert(
    conn: &mut Conn,
    from: PostMortemId,
    to: PostMortemId,
    relation: Relation,
) -> Result<LinkId, StoreError> {
    let id = LinkId::new();
    let values = (
        postmortem_links::id.eq(id),
        postmortem_links::postmortem_id.eq(from),
        postmortem_links::to_id.eq(to),
        postmortem_links::relation.eq(relation.as_code()),
    );
    diesel::insert_into(postmortem_links::table)
        .values(values)
        .execute(conn)?;
    Ok(id)
}

/// Removes a link.
///
/// # Errors
/// [`StoreError::NotFound`] if it is not there.
pub fn delete(conn: &mut Conn, from: PostMortemId, id: LinkId) -> Result<(), StoreError> {
    let target = postmortem_links::table
        .filter(postmortem_links::id.eq(id))
        .filter(postmortem_links::postmortem_id.eq(from));
    if diesel::delete(target).execute(conn)? == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}
