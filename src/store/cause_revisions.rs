//! Saved words of recurring causes: what was overwritten or removed is never lost.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::schema::cause_revisions;
use super::sql_types::{instant, stored};
use super::{Conn, StoreError};
use crate::domain::ids::{CauseId, PersonId, RevisionId};

/// A saved version of something of a cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseRevision {
    /// The record.
    pub id: RevisionId,
    /// What was saved: `cause` or `fix`.
    pub resource: String,
    /// The version that it became; 0 for a removal.
    pub version: i32,
    /// The text.
    pub body: String,
    /// When.
    pub saved_at: DateTime<Utc>,
}

/// A version to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewCauseRevision<'a> {
    /// The cause.
    pub cause: CauseId,
    /// What was saved: `cause`, `fix` or `link`.
    pub resource: &'a str,
    /// Which one.
    pub resource_id: RevisionId,
    /// The version that it became; 0 for a removal.
    pub version: i32,
    /// The text.
    pub body: &'a str,
    /// Who saved it.
    pub author: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps a version.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn append(conn: &mut Conn, revision: &NewCauseRevision<'_>) -> Result<(), StoreError> {
    let values = (
        cause_revisions::id.eq(RevisionId::new()),
        cause_revisions::cause_id.eq(revision.cause),
        cause_revisions::resource.eq(revision.resource),
        cause_revisions::resource_id.eq(revision.resource_id),
        cause_revisions::version.eq(revision.version),
        cause_revisions::body.eq(revision.body),
        cause_revisions::author_id.eq(revision.author),
        cause_revisions::saved_at.eq(stored(revision.at)),
    );
    diesel::insert_into(cause_revisions::table)
        .values(values)
        .execute(conn)?;
    Ok(())
}

/// The saved words and fixes of a cause that was read through the choke point, newest first, at most `most`.
///
/// Only those since the words belong to the readers of the present home: older ones were written for others. Words of
/// links are none of them, because a link shows only to those who may read its statement.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(
    conn: &mut Conn,
    cause: CauseId,
    since: DateTime<Utc>,
    most: i64,
) -> Result<Vec<CauseRevision>, StoreError> {
    let rows: Vec<(RevisionId, String, i32, String, NaiveDateTime)> = cause_revisions::table
        .filter(cause_revisions::cause_id.eq(cause))
        .filter(cause_revisions::resource.ne("link"))
        .filter(cause_revisions::saved_at.ge(stored(since)))
        .order((cause_revisions::saved_at.desc(), cause_revisions::id.desc()))
        .limit(most)
        .select((
            cause_revisions::id,
            cause_revisions::resource,
            cause_revisions::version,
            cause_revisions::body,
            cause_revisions::saved_at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, resource, version, body, saved_at)| CauseRevision {
            id,
            resource,
            version,
            body,
            saved_at: instant(saved_at),
        })
        .collect())
}
