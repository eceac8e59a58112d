//! Links from recurring causes to factor statements. A link shows only to those who may read its statement.
//!
//! A link that is taken back keeps its row, so that it can be made again with what was written.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::access::readable;
use super::connection::directly;
use super::placed::Placed;
use super::schema::{cause_links, components, postmortems, statements};
use super::sql_types::{stored, trusted};
use super::{Conn, StoreError, causes, changed_one};
use crate::domain::causes::CauseLink;
use crate::domain::ids::{CauseId, CauseLinkId, PersonId, PostMortemId, StatementId};
use crate::domain::postmortem::Status;
use crate::domain::text::{Line, Prose};

/// A link to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewLink<'a> {
    /// The cause.
    pub cause: CauseId,
    /// The statement.
    pub statement: StatementId,
    /// What is the same.
    pub same: &'a Prose,
    /// What is different.
    pub different: &'a Prose,
    /// Who links.
    pub by: PersonId,
}

/// How a statement stands to a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is linked.
    Linked(CauseLinkId),
    /// It was, and the link was taken back.
    TakenBack(CauseLinkId),
    /// It never was.
    Apart,
}

/// The links of a cause which the reader may read: those that hold by day, and those taken back, newest first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn of_cause(
    conn: &mut Conn,
    reader: PersonId,
    cause: CauseId,
) -> Result<(Vec<CauseLink>, Vec<CauseLink>), StoreError> {
    type Row = (CauseLinkId, String, String, Option<NaiveDateTime>, Placed);
    let rows: Vec<Row> = cause_links::table
        .inner_join(statements::table.on(statements::id.eq(cause_links::statement_id)))
        .inner_join(postmortems::table.on(postmortems::id.eq(statements::postmortem_id)))
        .left_join(components::table.on(statements::component_id.eq(components::id.nullable())))
        .filter(cause_links::cause_id.eq(cause))
        .filter(readable(reader))
        .order((postmortems::filed_on, cause_links::id))
        .select((
            cause_links::id,
            cause_links::same,
            cause_links::different,
            cause_links::unlinked_at,
            Placed::as_select(),
        ))
        .load(conn)?;
    let mut links = Vec::new();
    let mut taken_back = Vec::new();
    for (id, same, different, unlinked_at, placed) in rows {
        let link = CauseLink {
            id,
            statement: placed.into_domain()?,
            same: trusted("cause_links.same", Prose::parse("", &same))?,
            different: trusted("cause_links.different", Prose::parse("", &different))?,
        };
        match unlinked_at {
            None => links.push(link),
            Some(at) => taken_back.push((at, link)),
        }
    }
    taken_back.sort_by_key(|(at, link)| std::cmp::Reverse((*at, link.id)));
    Ok((
        links,
        taken_back.into_iter().map(|(_, link)| link).collect(),
    ))
}

/// Where every cause shows, as far as the reader may read and it was not withdrawn: post-mortem and day for each link.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn appearances(
    conn: &mut Conn,
    reader: PersonId,
) -> Result<HashMap<CauseId, Vec<(PostMortemId, NaiveDate)>>, StoreError> {
    let rows: Vec<(CauseId, PostMortemId, NaiveDate)> = cause_links::table
        .inner_join(statements::table.on(statements::id.eq(cause_links::statement_id)))
        .inner_join(postmortems::table.on(postmortems::id.eq(statements::postmortem_id)))
        .filter(cause_links::unlinked_at.is_null())
        .filter(postmortems::status.ne(Status::Withdrawn.as_code()))
        .filter(readable(reader))
        .order(cause_links::id)
        .select((
            cause_links::cause_id,
            postmortems::id,
            postmortems::filed_on,
        ))
        .load(conn)?;
    let mut found: HashMap<CauseId, Vec<(PostMortemId, NaiveDate)>> = HashMap::new();
    for (cause, postmortem, day) in rows {
        found.entry(cause).or_default().push((postmortem, day));
    }
    Ok(found)
}

/// The causes in which something was linked from the first moment until before the second, to a post-mortem that the
/// reader may read too.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn linked_between(
    conn: &mut Conn,
    reader: PersonId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(CauseId, Line)>, StoreError> {
    let ids: Vec<CauseId> = cause_links::table
        .inner_join(statements::table.on(statements::id.eq(cause_links::statement_id)))
        .inner_join(postmortems::table.on(postmortems::id.eq(statements::postmortem_id)))
        .filter(cause_links::unlinked_at.is_null())
        .filter(cause_links::linked_at.ge(stored(from)))
        .filter(cause_links::linked_at.lt(stored(until)))
        .filter(postmortems::status.ne(Status::Withdrawn.as_code()))
        .filter(readable(reader))
        .select(cause_links::cause_id)
        .distinct()
        .order(cause_links::cause_id)
        .load(conn)?;
    causes::among(conn, reader, &ids)
}

/// The causes to which statements are linked, as far as the reader may know of them. The statements were read through the
/// choke point.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn of_statements(
    conn: &mut Conn,
    reader: PersonId,
    ids: &[StatementId],
) -> Result<Vec<(StatementId, CauseId, Line)>, StoreError> {
    let rows: Vec<(StatementId, CauseId)> = cause_links::table
        .filter(cause_links::statement_id.eq_any(ids.to_vec()))
        .filter(cause_links::unlinked_at.is_null())
        .order(cause_links::id)
        .select((cause_links::statement_id, cause_links::cause_id))
        .load(conn)?;
    known(conn, reader, rows)
}

/// The same for all statements of a post-mortem that was read through the choke point.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn of_postmortem(
    conn: &mut Conn,
    reader: PersonId,
    postmortem: PostMortemId,
) -> Result<Vec<(StatementId, CauseId, Line)>, StoreError> {
    let rows = directly!(
        conn,
        cause_links::table
            .inner_join(statements::table.on(statements::id.eq(cause_links::statement_id)))
            .filter(statements::postmortem_id.eq(postmortem))
            .filter(cause_links::unlinked_at.is_null())
            .order(cause_links::id)
            .select((cause_links::statement_id, cause_links::cause_id))
            .load(conn)
    )?;
    known(conn, reader, rows)
}

/// Those of the links whose cause the reader may know of, with its words.
fn known(
    conn: &mut Conn,
    reader: PersonId,
    rows: Vec<(StatementId, CauseId)>,
) -> Result<Vec<(StatementId, CauseId, Line)>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<CauseId> = rows.iter().map(|(_, cause)| *cause).collect();
    let known: HashMap<CauseId, Line> = causes::among(conn, reader, &ids)?.into_iter().collect();
    Ok(rows
        .into_iter()
        .filter_map(|(statement, cause)| Some((statement, cause, known.get(&cause)?.clone())))
        .collect())
}

/// Whether a statement belongs to a cause that the reader may know of. Another one must neither hinder nor betray itself:
/// its link goes with the statement, and what was written about it stays in the saved words.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn in_a_cause(
    conn: &mut Conn,
    reader: PersonId,
    statement: StatementId,
) -> Result<bool, StoreError> {
    Ok(!of_statements(conn, reader, &[statement])?.is_empty())
}

/// How a statement stands to a cause. Both were read through the choke point.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn standing(
    conn: &mut Conn,
    cause: CauseId,
    statement: StatementId,
) -> Result<Standing, StoreError> {
    let row: Option<(CauseLinkId, Option<NaiveDateTime>)> = cause_links::table
        .filter(cause_links::cause_id.eq(cause))
        .filter(cause_links::statement_id.eq(statement))
        .select((cause_links::id, cause_links::unlinked_at))
        .first(conn)
        .optional()?;
    Ok(match row {
        None => Standing::Apart,
        Some((id, None)) => Standing::Linked(id),
        Some((id, Some(_))) => Standing::TakenBack(id),
    })
}

/// Keeps a new link.
///
/// # Errors
/// [`StoreError::Exists`] if the statement was ever linked to this cause.
pub fn insert(
    conn: &mut Conn,
    link: NewLink<'_>,
    now: DateTime<Utc>,
) -> Result<CauseLinkId, StoreError> {
    let id = CauseLinkId::new();
    let values = (
        cause_links::id.eq(id),
        cause_links::cause_id.eq(link.cause),
        cause_links::statement_id.eq(link.statement),
        cause_links::same.eq(link.same.as_str()),
        cause_links::different.eq(link.different.as_str()),
        cause_links::linked_by.eq(link.by),
        cause_links::linked_at.eq(stored(now)),
    );
    diesel::insert_into(cause_links::table)
        .values(values)
        .execute(conn)?;
    Ok(id)
}

/// Makes a link that was taken back hold again, in the words given.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else did so already.
pub fn restore(
    conn: &mut Conn,
    id: CauseLinkId,
    link: NewLink<'_>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let target = cause_links::table
        .filter(cause_links::id.eq(id))
        .filter(cause_links::unlinked_at.is_not_null());
    let changes = (
        cause_links::same.eq(link.same.as_str()),
        cause_links::different.eq(link.different.as_str()),
        cause_links::linked_by.eq(link.by),
        cause_links::linked_at.eq(stored(now)),
        cause_links::unlinked_at.eq(None::<NaiveDateTime>),
    );
    changed_one(diesel::update(target).set(changes).execute(conn)?)
}

/// Takes a link back; its words stay.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else did so already.
pub fn take_back(conn: &mut Conn, id: CauseLinkId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let target = cause_links::table
        .filter(cause_links::id.eq(id))
        .filter(cause_links::unlinked_at.is_null());
    changed_one(
        diesel::update(target)
            .set(cause_links::unlinked_at.eq(stored(now)))
            .execute(conn)?,
    )
}
