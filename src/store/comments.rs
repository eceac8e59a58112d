//! Comments of a post-mortem that was read through the choke point.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::connection::directly;
use super::schema::{comments, people, revisions};
use super::sql_types::{instant, stored, trusted};
use super::{Conn, StoreError};
use crate::domain::comments::{About, Comment};
use crate::domain::ids::{CommentId, PersonId, PostMortemId, Version};
use crate::domain::text::{Line, Prose};

#[derive(Queryable, Selectable)]
#[diesel(table_name = comments)]
struct Row {
    id: CommentId,
    about: String,
    author_id: PersonId,
    text: String,
    html: String,
    written_at: NaiveDateTime,
    edited_at: Option<NaiveDateTime>,
    resolved_at: Option<NaiveDateTime>,
    version: i32,
}

/// The comments of a post-mortem, in the order in which they were said.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn, postmortem: PostMortemId) -> Result<Vec<Comment>, StoreError> {
    let rows: Vec<(Row, String)> = directly!(
        conn,
        comments::table
            .inner_join(people::table)
            .filter(comments::postmortem_id.eq(postmortem))
            .order((comments::written_at, comments::id))
            .select((Row::as_select(), people::name))
            .load(conn)
    )?;
    rows.into_iter().map(into_domain).collect()
}

/// One comment.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none in this post-mortem.
pub fn find(
    conn: &mut Conn,
    postmortem: PostMortemId,
    id: CommentId,
) -> Result<Comment, StoreError> {
    let row: (Row, String) = comments::table
        .inner_join(people::table)
        .filter(comments::postmortem_id.eq(postmortem))
        .filter(comments::id.eq(id))
        .select((Row::as_select(), people::name))
        .first(conn)?;
    into_domain(row)
}

/// Keeps a new comment.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn insert(
    conn: &mut Conn,
    postmortem: PostMortemId,
    comment: &Comment,
) -> Result<(), StoreError> {
    let values = (
        comments::id.eq(comment.id),
        comments::postmortem_id.eq(postmortem),
        comments::about.eq(comment.about.to_string()),
        comments::author_id.eq(comment.author),
        comments::text.eq(comment.text.as_str()),
        comments::html.eq(&comment.html),
        comments::written_at.eq(stored(comment.written_at)),
        comments::edited_at.eq(comment.edited_at.map(stored)),
        comments::resolved_at.eq(comment.resolved_at.map(stored)),
        comments::version.eq(comment.version.0),
    );
    diesel::insert_into(comments::table)
        .values(values)
        .execute(conn)?;
    Ok(())
}

/// Saves other words over a version.
///
/// # Errors
/// [`StoreError::Conflict`] if another version stands.
pub fn update(conn: &mut Conn, comment: &Comment, before: Version) -> Result<(), StoreError> {
    let target = comments::table
        .filter(comments::id.eq(comment.id))
        .filter(comments::version.eq(before.0));
    let values = (
        comments::text.eq(comment.text.as_str()),
        comments::html.eq(&comment.html),
        comments::edited_at.eq(comment.edited_at.map(stored)),
        comments::version.eq(comment.version.0),
    );
    if diesel::update(target).set(values).execute(conn)? == 0 {
        return Err(StoreError::Conflict);
    }
    Ok(())
}

/// Takes a comment away, and its earlier words out of the history.
///
/// # Errors
/// [`StoreError::Conflict`] if another version stands.
pub fn delete(
    conn: &mut Conn,
    postmortem: PostMortemId,
    id: CommentId,
    version: Version,
    resource: &str,
) -> Result<(), StoreError> {
    let target = comments::table
        .filter(comments::id.eq(id))
        .filter(comments::version.eq(version.0));
    if diesel::delete(target).execute(conn)? == 0 {
        return Err(StoreError::Conflict);
    }
    let words = revisions::table
        .filter(revisions::postmortem_id.eq(postmortem))
        .filter(revisions::resource.eq(resource))
        .filter(revisions::resource_id.eq(id.to_string()));
    diesel::delete(words).execute(conn)?;
    Ok(())
}

/// Resolves what was said about something, or takes that back.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn resolve(
    conn: &mut Conn,
    postmortem: PostMortemId,
    about: &About,
    at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    let thread = comments::table
        .filter(comments::postmortem_id.eq(postmortem))
        .filter(comments::about.eq(about.to_string()));
    diesel::update(thread)
        .set(comments::resolved_at.eq(at.map(stored)))
        .execute(conn)?;
    Ok(())
}

fn into_domain((row, name): (Row, String)) -> Result<Comment, StoreError> {
    Ok(Comment {
        id: row.id,
        about: About::parse(&row.about).ok_or(StoreError::Corrupt("comments.about"))?,
        author: row.author_id,
        name: trusted("people.name", Line::parse("", &name))?,
        text: trusted("comments.text", Prose::parse("", &row.text))?,
        html: row.html,
        written_at: instant(row.written_at),
        edited_at: row.edited_at.map(instant),
        resolved_at: row.resolved_at.map(instant),
        version: Version(row.version),
    })
}
