//! Recurring causes: their words and who may read them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::access::{cause_readable, readable};
use super::connection::{directly, hold};
use super::schema::{causes, postmortems};
use super::sql_types::{code, instant, stored, trusted};
use super::{Conn, StoreError, cause_links, changed_one, fixes};
use crate::domain::causes::{Cause, Home};
use crate::domain::ids::{CauseId, Number, PersonId, PostMortemId, Version};
use crate::domain::postmortem::{Status, Visibility};
use crate::domain::text::{Line, Prose, Title};

#[derive(Queryable, Selectable)]
#[diesel(table_name = causes)]
struct Row {
    id: CauseId,
    statement: String,
    description: String,
    html: String,
    home_id: PostMortemId,
    home_since: NaiveDateTime,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    version: i32,
}

/// The words of a cause.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The condition in one plain sentence.
    pub statement: &'a Line,
    /// What it looks like, Markdown.
    pub description: &'a Prose,
    /// The same as safe HTML.
    pub html: &'a str,
}

/// One cause with all of it that the reader may read.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none, or none that the reader may know of.
pub fn find(conn: &mut Conn, reader: PersonId, id: CauseId) -> Result<Cause, StoreError> {
    let row: Row = causes::table
        .filter(causes::id.eq(id))
        .filter(cause_readable(reader))
        .select(Row::as_select())
        .first(conn)?;
    let home = home(conn, reader, &row)?;
    let (links, taken_back) = cause_links::of_cause(conn, reader, id)?;
    Ok(Cause {
        id: row.id,
        statement: trusted("causes.statement", Line::parse("", &row.statement))?,
        description: trusted("causes.description", Prose::parse("", &row.description))?,
        description_html: row.html,
        home,
        links,
        taken_back,
        fixes: fixes::list(conn, id)?,
        decisions: fixes::decisions(conn, id)?,
        created_at: instant(row.created_at),
        updated_at: instant(row.updated_at),
        version: Version(row.version),
    })
}

/// A cause that is about to change: nobody else changes it until this transaction ends.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none, or none that the reader may know of.
pub fn find_to_change(conn: &mut Conn, reader: PersonId, id: CauseId) -> Result<Cause, StoreError> {
    hold(conn, "causes", id.0)?;
    find(conn, reader, id)
}

/// Keeps a new cause, whose words belong to the readers of `home`.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn insert(
    conn: &mut Conn,
    id: CauseId,
    words: Words<'_>,
    home: PostMortemId,
    maker: PersonId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let values = (
        causes::id.eq(id),
        causes::statement.eq(words.statement.as_str()),
        causes::description.eq(words.description.as_str()),
        causes::html.eq(words.html),
        causes::home_id.eq(home),
        causes::home_since.eq(stored(now)),
        causes::made_by.eq(maker),
        causes::created_at.eq(stored(now)),
        causes::updated_at.eq(stored(now)),
        causes::version.eq(Version::FIRST.0),
    );
    diesel::insert_into(causes::table)
        .values(values)
        .execute(conn)?;
    Ok(())
}

/// Saves the words over the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn update(
    conn: &mut Conn,
    id: CauseId,
    words: Words<'_>,
    expected: Version,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let target = causes::table
        .filter(causes::id.eq(id))
        .filter(causes::version.eq(expected.0));
    let changes = (
        causes::statement.eq(words.statement.as_str()),
        causes::description.eq(words.description.as_str()),
        causes::html.eq(words.html),
        causes::updated_at.eq(stored(now)),
        causes::version.eq(expected.next().0),
    );
    changed_one(diesel::update(target).set(changes).execute(conn)?)
}

/// Notes that something of a cause changed. Not a new version of its words.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn touch(conn: &mut Conn, id: CauseId, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(causes::table.filter(causes::id.eq(id)))
        .set(causes::updated_at.eq(stored(now)))
        .execute(conn)?;
    Ok(())
}

/// Gives the words to the readers of another post-mortem.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn move_home(
    conn: &mut Conn,
    id: CauseId,
    home: PostMortemId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::update(causes::table.filter(causes::id.eq(id)))
        .set((
            causes::home_id.eq(home),
            causes::home_since.eq(stored(now)),
            causes::updated_at.eq(stored(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// The statements of all causes that the reader may know of, oldest first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn, reader: PersonId) -> Result<Vec<(CauseId, Line)>, StoreError> {
    let rows: Vec<(CauseId, String)> = causes::table
        .filter(cause_readable(reader))
        .order((causes::created_at, causes::id))
        .select((causes::id, causes::statement))
        .load(conn)?;
    rows.into_iter().map(named).collect()
}

/// Those of the causes that the reader may know of.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn among(
    conn: &mut Conn,
    reader: PersonId,
    ids: &[CauseId],
) -> Result<Vec<(CauseId, Line)>, StoreError> {
    let rows: Vec<(CauseId, String)> = directly!(
        conn,
        causes::table
            .filter(causes::id.eq_any(ids.to_vec()))
            .filter(cause_readable(reader))
            .order(causes::id)
            .select((causes::id, causes::statement))
            .load(conn)
    )?;
    rows.into_iter().map(named).collect()
}

/// The days by which all post-mortems are filed that the reader may read and that were not withdrawn: the n of counts.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn days(conn: &mut Conn, reader: PersonId) -> Result<Vec<NaiveDate>, StoreError> {
    Ok(postmortems::table
        .filter(postmortems::status.ne(Status::Withdrawn.as_code()))
        .filter(readable(reader))
        .order((postmortems::filed_on, postmortems::id))
        .select(postmortems::filed_on)
        .load(conn)?)
}

fn named((id, statement): (CauseId, String)) -> Result<(CauseId, Line), StoreError> {
    let statement = trusted("causes.statement", Line::parse("", &statement))?;
    Ok((id, statement))
}

fn home(conn: &mut Conn, reader: PersonId, row: &Row) -> Result<Home, StoreError> {
    let (number, title, visibility): (Option<i32>, String, String) = postmortems::table
        .filter(postmortems::id.eq(row.home_id))
        .filter(readable(reader))
        .select((
            postmortems::number,
            postmortems::title,
            postmortems::visibility,
        ))
        .first(conn)?;
    Ok(Home {
        postmortem: row.home_id,
        number: number.map(Number),
        title: trusted("postmortems.title", Title::parse(&title))?,
        visibility: code("postmortems.visibility", &visibility, Visibility::from_code)?,
        since: instant(row.home_since),
    })
}
