//! Who is signed in. The store keeps only a hash of the session's secret.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::connection::directly;
use super::schema::{people, sessions};
use super::sql_types::{code, stored, trusted};
use super::{Conn, StoreError};
use crate::domain::ids::PersonId;
use crate::domain::people::Role;
use crate::domain::text::Line;

/// The person behind a request, as every page needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: Line,
    /// Their role.
    pub role: Role,
}

/// Keeps a session.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn insert(
    conn: &mut Conn,
    hash: &str,
    person: PersonId,
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> Result<(), StoreError> {
    let values = (
        sessions::id_hash.eq(hash),
        sessions::person_id.eq(person),
        sessions::created_at.eq(stored(now)),
        sessions::expires_at.eq(stored(expires)),
    );
    diesel::insert_into(sessions::table)
        .values(values)
        .execute(conn)?;
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(stored(now)))).execute(conn)?;
    Ok(())
}

/// The active person with this session, unless it has expired.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn find(
    conn: &mut Conn,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<SignedIn>, StoreError> {
    let row: Option<(PersonId, String, String)> = directly!(
        conn,
        sessions::table
            .inner_join(people::table)
            .filter(sessions::id_hash.eq(hash))
            .filter(sessions::expires_at.gt(stored(now)))
            .filter(people::active.eq(true))
            .select((people::id, people::name, people::role))
            .first(conn)
            .optional()
    )?;
    row.map(signed_in).transpose()
}

/// Ends a session.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn delete(conn: &mut Conn, hash: &str) -> Result<(), StoreError> {
    diesel::delete(sessions::table.filter(sessions::id_hash.eq(hash))).execute(conn)?;
    Ok(())
}

/// Ends every session of a person: after a change of password or role.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn delete_of(conn: &mut Conn, person: PersonId) -> Result<(), StoreError> {
    diesel::delete(sessions::table.filter(sessions::person_id.eq(person))).execute(conn)?;
    Ok(())
}

pub(in crate::store) fn signed_in(
    (person, name, role): (PersonId, String, String),
) -> Result<SignedIn, StoreError> {
    Ok(SignedIn {
        person,
        name: trusted("people.name", Line::parse("", &name))?,
        role: code("people.role", &role, Role::from_code)?,
    })
}
