//! Names of people: which stand for which roles, and which stay in a post-mortem.
//!
//! **Invariant:** nothing here says in which post-mortems a name stands, and no query looks for a name in several.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::hold;
use super::own_words::faster;
use super::schema::{name_answers, name_roles};
use super::sql_types::{code, instant, stored, trusted};
use super::{Conn, StoreError, changed_one};
use crate::domain::ids::{PostMortemId, RevisionId, Version};
use crate::domain::names::{Mapped, NameAnswer, NameReason, key, mapping, read_mapping};
use crate::domain::text::Line;

/// The id of the one row, the same in every store: archives name rows by ids.
const ROW: RevisionId = RevisionId(Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0002));

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = name_roles)]
struct RolesRow {
    id: RevisionId,
    mapping: String,
    version: i32,
    updated_at: NaiveDateTime,
}

/// What an organisation remembers, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRoles {
    /// Each person on a line.
    pub mapped: Vec<Mapped>,
    /// Counts its saved versions; 0 if nothing was ever remembered.
    pub version: Version,
}

/// Which names stand for which roles.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn roles(conn: &mut Conn) -> Result<KeptRoles, StoreError> {
    let row: Option<RolesRow> = name_roles::table
        .filter(name_roles::id.eq(ROW))
        .select(RolesRow::as_select())
        .first(conn)
        .optional()?;
    row.map_or_else(
        || {
            Ok(KeptRoles {
                mapped: Vec::new(),
                version: Version(0),
            })
        },
        |row| {
            Ok(KeptRoles {
                mapped: trusted("name_roles.mapping", read_mapping(&row.mapping))?,
                version: Version(row.version),
            })
        },
    )
}

/// The same for somebody who is about to change it; nobody else changes it meanwhile.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn roles_to_change(conn: &mut Conn) -> Result<KeptRoles, StoreError> {
    hold(conn, "name_roles", ROW.0)?;
    roles(conn)
}

/// Saves the mapping over the version that was read.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody was faster.
pub fn put_roles(
    conn: &mut Conn,
    mapped: &[Mapped],
    expected: Version,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = RolesRow {
        id: ROW,
        mapping: mapping(mapped),
        version: expected.next().0,
        updated_at: stored(now),
    };
    if expected == Version(0) {
        return match diesel::insert_into(name_roles::table)
            .values(row)
            .execute(conn)
        {
            Ok(_) => Ok(()),
            Err(error) => Err(faster(error.into())),
        };
    }
    let target = name_roles::table
        .filter(name_roles::id.eq(ROW))
        .filter(name_roles::version.eq(expected.0));
    changed_one(diesel::update(target).set(row).execute(conn)?)
}

/// What the audit calls the mapping.
#[must_use]
pub fn roles_id() -> String {
    ROW.to_string()
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = name_answers)]
struct AnswerRow {
    id: RevisionId,
    postmortem_id: PostMortemId,
    name: String,
    reason: String,
    answered_at: NaiveDateTime,
}

/// The answers about names of a post-mortem that was read through the choke point.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn answers(conn: &mut Conn, postmortem: PostMortemId) -> Result<Vec<NameAnswer>, StoreError> {
    let rows: Vec<AnswerRow> = name_answers::table
        .filter(name_answers::postmortem_id.eq(postmortem))
        .order(name_answers::id)
        .select(AnswerRow::as_select())
        .load(conn)?;
    rows.into_iter().map(AnswerRow::into_domain).collect()
}

/// Keeps an answer in the place of one to the same name.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put_answer(
    conn: &mut Conn,
    postmortem: PostMortemId,
    answer: &NameAnswer,
) -> Result<(), StoreError> {
    delete_answer(conn, postmortem, answer.name.as_str())?;
    let row = AnswerRow {
        id: RevisionId::new(),
        postmortem_id: postmortem,
        name: answer.name.as_str().to_owned(),
        reason: answer.reason.as_code().to_owned(),
        answered_at: stored(answer.at),
    };
    diesel::insert_into(name_answers::table)
        .values(row)
        .execute(conn)?;
    Ok(())
}

/// Takes an answer back; whether there was one.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn delete_answer(
    conn: &mut Conn,
    postmortem: PostMortemId,
    name: &str,
) -> Result<bool, StoreError> {
    let same: Vec<RevisionId> = name_answers::table
        .filter(name_answers::postmortem_id.eq(postmortem))
        .select((name_answers::id, name_answers::name))
        .load::<(RevisionId, String)>(conn)?
        .into_iter()
        .filter(|(_, other)| key(other) == key(name))
        .map(|(id, _)| id)
        .collect();
    let gone = diesel::delete(name_answers::table.filter(name_answers::id.eq_any(&same)));
    Ok(gone.execute(conn)? > 0)
}

impl AnswerRow {
    fn into_domain(self) -> Result<NameAnswer, StoreError> {
        Ok(NameAnswer {
            name: trusted("name_answers.name", Line::parse("", &self.name))?,
            reason: code("name_answers.reason", &self.reason, NameReason::from_code)?,
            at: instant(self.answered_at),
        })
    }
}
