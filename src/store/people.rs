//! People with an account.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::people;
use super::sql_types::{code, stored, trusted};
use super::{Conn, StoreError};
use crate::domain::ids::PersonId;
use crate::domain::people::{EmailAddress, Person, Role};
use crate::domain::text::Line;

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
struct Row {
    id: PersonId,
    email: String,
    name: String,
    role: String,
    active: bool,
}

/// Everyone, by name.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn) -> Result<Vec<Person>, StoreError> {
    let rows: Vec<Row> = people::table
        .order((people::name, people::id))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::into_domain).collect()
}

/// One person.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn find(conn: &mut Conn, id: PersonId) -> Result<Person, StoreError> {
    people::table
        .filter(people::id.eq(id))
        .select(Row::as_select())
        .first(conn)
        .map_err(StoreError::from)
        .and_then(Row::into_domain)
}

/// The person with this address, and the hash of their password.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn by_email(
    conn: &mut Conn,
    email: &EmailAddress,
) -> Result<Option<(Person, String)>, StoreError> {
    let found: Option<(Row, String)> = people::table
        .filter(people::email.eq(email.as_str()))
        .select((Row::as_select(), people::password_hash))
        .first(conn)
        .optional()?;
    found
        .map(|(row, hash)| Ok((row.into_domain()?, hash)))
        .transpose()
}

/// Whether anybody has an account.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn any(conn: &mut Conn) -> Result<bool, StoreError> {
    Ok(people::table
        .select(people::id)
        .first::<PersonId>(conn)
        .optional()?
        .is_some())
}

/// Keeps a new person.
///
/// # Errors
/// [`StoreError::Exists`] if the address is taken.
pub fn insert(
    conn: &mut Conn,
    person: &Person,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let values = (
        people::id.eq(person.id),
        people::email.eq(person.email.as_str()),
        people::name.eq(person.name.as_str()),
        people::role.eq(person.role.as_code()),
        people::password_hash.eq(password_hash),
        people::active.eq(person.active),
        people::created_at.eq(stored(now)),
        people::version.eq(1),
    );
    diesel::insert_into(people::table)
        .values(values)
        .execute(conn)?;
    Ok(())
}

/// Saves name, role and whether the person may sign in.
///
/// # Errors
/// [`StoreError::NotFound`] if there is no such person.
pub fn update(conn: &mut Conn, person: &Person) -> Result<(), StoreError> {
    let values = (
        people::name.eq(person.name.as_str()),
        people::role.eq(person.role.as_code()),
        people::active.eq(person.active),
        people::version.eq(people::version + 1),
    );
    let changed = diesel::update(people::table.filter(people::id.eq(person.id)))
        .set(values)
        .execute(conn)?;
    if changed == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}

/// Replaces the hash of a person's password.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn set_password(conn: &mut Conn, id: PersonId, password_hash: &str) -> Result<(), StoreError> {
    diesel::update(people::table.filter(people::id.eq(id)))
        .set(people::password_hash.eq(password_hash))
        .execute(conn)?;
    Ok(())
}

impl Row {
    fn into_domain(self) -> Result<Person, StoreError> {
        Ok(Person {
            id: self.id,
            email: trusted("people.email", EmailAddress::parse(&self.email))?,
            name: trusted("people.name", Line::parse("", &self.name))?,
            role: code("people.role", &self.role, Role::from_code)?,
            active: self.active,
        })
    }
}
