//! Saved versions of every text of a post-mortem, the losing side of a conflict included.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::schema::{people, revisions};
use super::sql_types::{instant, stored};
use super::{Conn, StoreError, changed_one};
use crate::domain::ids::{PersonId, PostMortemId, RevisionId};

/// One saved version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The record.
    pub id: RevisionId,
    /// What was saved: `section`, `event`, `statement`, `action`, `account`, `facts`.
    pub resource: String,
    /// Which one: a section's key, otherwise an id.
    pub resource_id: String,
    /// The version that it became; 0 for a text that was not used.
    pub version: i32,
    /// The text, or its fields as lines.
    pub body: String,
    /// What the writer said about the change; empty if nothing.
    pub note: String,
    /// Who saved it, by name.
    pub author: String,
    /// When.
    pub saved_at: DateTime<Utc>,
}

/// A version to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewRevision<'a> {
    /// The post-mortem.
    pub postmortem: PostMortemId,
    /// What was saved.
    pub resource: &'a str,
    /// Which one.
    pub resource_id: &'a str,
    /// The version that it became; 0 for a text that was not used.
    pub version: i32,
    /// The text.
    pub body: &'a str,
    /// What the writer said about the change.
    pub note: &'a str,
    /// Who saved it.
    pub author: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps a version.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn append(conn: &mut Conn, revision: &NewRevision<'_>) -> Result<(), StoreError> {
    let values = (
        revisions::id.eq(RevisionId::new()),
        revisions::postmortem_id.eq(revision.postmortem),
        revisions::resource.eq(revision.resource),
        revisions::resource_id.eq(revision.resource_id),
        revisions::version.eq(revision.version),
        revisions::body.eq(revision.body),
        revisions::note.eq(revision.note),
        revisions::author_id.eq(revision.author),
        revisions::saved_at.eq(stored(revision.at)),
    );
    diesel::insert_into(revisions::table)
        .values(values)
        .execute(conn)?;
    Ok(())
}

/// The newest versions of a post-mortem that was read through the choke point, newest first, at most `most`.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(
    conn: &mut Conn,
    postmortem: PostMortemId,
    most: i64,
) -> Result<Vec<Revision>, StoreError> {
    let rows: Vec<Row> = revisions::table
        .inner_join(people::table)
        .filter(revisions::postmortem_id.eq(postmortem))
        .order((revisions::saved_at.desc(), revisions::id.desc()))
        .limit(most)
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(into_domain).collect())
}

/// One version of a post-mortem that was read through the choke point.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none in this post-mortem.
pub fn find(
    conn: &mut Conn,
    postmortem: PostMortemId,
    id: RevisionId,
) -> Result<Revision, StoreError> {
    let row: Row = revisions::table
        .inner_join(people::table)
        .filter(revisions::postmortem_id.eq(postmortem))
        .filter(revisions::id.eq(id))
        .select(COLUMNS)
        .first(conn)?;
    Ok(into_domain(row))
}

/// The kept text of one version number of one resource, if there is one.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn text_of(
    conn: &mut Conn,
    postmortem: PostMortemId,
    resource: &str,
    resource_id: &str,
    version: i32,
) -> Result<Option<String>, StoreError> {
    Ok(revisions::table
        .filter(revisions::postmortem_id.eq(postmortem))
        .filter(revisions::resource.eq(resource))
        .filter(revisions::resource_id.eq(resource_id))
        .filter(revisions::version.eq(version))
        .order(revisions::id)
        .select(revisions::body)
        .first(conn)
        .optional()?)
}

/// What the history knows about a resource that may be gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    /// The highest version that it had.
    pub highest_version: i32,
    /// The text that was kept last, as it was removed.
    pub body: String,
    /// When that was.
    pub saved_at: DateTime<Utc>,
}

/// The last kept text of one resource, and its highest version; `None` if it was never kept.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn latest(
    conn: &mut Conn,
    postmortem: PostMortemId,
    resource: &str,
    resource_id: &str,
) -> Result<Option<Latest>, StoreError> {
    let rows: Vec<(i32, String, NaiveDateTime)> = revisions::table
        .filter(revisions::postmortem_id.eq(postmortem))
        .filter(revisions::resource.eq(resource))
        .filter(revisions::resource_id.eq(resource_id))
        .order((revisions::saved_at.desc(), revisions::id.desc()))
        .select((revisions::version, revisions::body, revisions::saved_at))
        .load(conn)?;
    let highest_version = rows.iter().map(|(version, ..)| *version).max();
    Ok(highest_version.zip(rows.into_iter().next()).map(
        |(highest_version, (_, body, saved_at))| Latest {
            highest_version,
            body,
            saved_at: instant(saved_at),
        },
    ))
}

/// The version that stands in the history under a number, if there is one, and who saved it.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn numbered(
    conn: &mut Conn,
    postmortem: PostMortemId,
    resource: &str,
    resource_id: &str,
    version: i32,
) -> Result<Option<(Revision, PersonId)>, StoreError> {
    let row: Option<(Row, PersonId)> = revisions::table
        .inner_join(people::table)
        .filter(revisions::postmortem_id.eq(postmortem))
        .filter(revisions::resource.eq(resource))
        .filter(revisions::resource_id.eq(resource_id))
        .filter(revisions::version.eq(version))
        .order(revisions::id)
        .select((COLUMNS, revisions::author_id))
        .first(conn)
        .optional()?;
    Ok(row.map(|(row, author)| (into_domain(row), author)))
}

/// Lets a newer text take the place of one in the history.
///
/// # Errors
/// [`StoreError::Conflict`] if it is gone.
pub fn replace(
    conn: &mut Conn,
    id: RevisionId,
    version: i32,
    body: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let values = (
        revisions::version.eq(version),
        revisions::body.eq(body),
        revisions::saved_at.eq(stored(at)),
    );
    changed_one(
        diesel::update(revisions::table.find(id))
            .set(values)
            .execute(conn)?,
    )
}

type Row = (
    RevisionId,
    String,
    String,
    i32,
    String,
    String,
    String,
    NaiveDateTime,
);
type Columns = (
    revisions::id,
    revisions::resource,
    revisions::resource_id,
    revisions::version,
    revisions::body,
    revisions::note,
    people::name,
    revisions::saved_at,
);

const COLUMNS: Columns = (
    revisions::id,
    revisions::resource,
    revisions::resource_id,
    revisions::version,
    revisions::body,
    revisions::note,
    people::name,
    revisions::saved_at,
);

fn into_domain(
    (id, resource, resource_id, version, body, note, author, saved_at): Row,
) -> Revision {
    Revision {
        id,
        resource,
        resource_id,
        version,
        body,
        note,
        author,
        saved_at: instant(saved_at),
    }
}
