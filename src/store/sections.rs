//! Written sections. An empty section that was never saved has no row, and version 0.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::directly;
use super::schema::sections;
use super::sql_types::{instant, stored, trusted};
use super::{Conn, StoreError, changed_one};
use crate::domain::ids::{PostMortemId, SectionId, Version};
use crate::domain::sections::Section;
use crate::domain::text::Prose;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sections)]
struct Row {
    id: SectionId,
    postmortem_id: PostMortemId,
    key: String,
    body: String,
    html: String,
    version: i32,
    updated_at: NaiveDateTime,
}

/// The saved sections of a post-mortem that was read through the choke point.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn, postmortem: PostMortemId) -> Result<Vec<Section>, StoreError> {
    let rows: Vec<Row> = directly!(
        conn,
        sections::table
            .filter(sections::postmortem_id.eq(postmortem))
            .order(sections::id)
            .select(Row::as_select())
            .load(conn)
    )?;
    rows.into_iter().map(Row::into_domain).collect()
}

/// One section, if it was ever saved.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn find(
    conn: &mut Conn,
    postmortem: PostMortemId,
    key: &str,
) -> Result<Option<Section>, StoreError> {
    let row: Option<Row> = sections::table
        .filter(sections::postmortem_id.eq(postmortem))
        .filter(sections::key.eq(key))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(Row::into_domain).transpose()
}

/// Keeps the first version of a section.
///
/// # Errors
/// [`StoreError::Exists`] if somebody else saved one in between.
pub fn insert(
    conn: &mut Conn,
    postmortem: PostMortemId,
    section: &Section,
) -> Result<(), StoreError> {
    diesel::insert_into(sections::table)
        .values(Row::from_domain(postmortem, section))
        .execute(conn)?;
    Ok(())
}

/// Saves a section over the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn update(
    conn: &mut Conn,
    postmortem: PostMortemId,
    section: &Section,
    expected: Version,
) -> Result<(), StoreError> {
    let target = sections::table
        .filter(sections::id.eq(section.id))
        .filter(sections::version.eq(expected.0));
    changed_one(
        diesel::update(target)
            .set(Row::from_domain(postmortem, section))
            .execute(conn)?,
    )
}

impl Row {
    fn from_domain(postmortem: PostMortemId, section: &Section) -> Self {
        Self {
            id: section.id,
            postmortem_id: postmortem,
            key: section.key.clone(),
            body: section.text.as_str().to_owned(),
            html: section.html.clone(),
            version: section.version.0,
            updated_at: stored(section.updated_at),
        }
    }

    fn into_domain(self) -> Result<Section, StoreError> {
        Ok(Section {
            id: self.id,
            key: self.key,
            text: trusted("sections.body", Prose::parse("", &self.body))?,
            html: self.html,
            version: Version(self.version),
            updated_at: instant(self.updated_at),
        })
    }
}
