//! A few values of the organisation, by name.

use diesel::prelude::*;

use super::schema::settings;
use super::{Conn, StoreError};

/// The value of a setting, if it was ever set.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn get(conn: &mut Conn, name: &str) -> Result<Option<String>, StoreError> {
    Ok(settings::table
        .filter(settings::name.eq(name))
        .select(settings::value)
        .first(conn)
        .optional()?)
}

/// Sets a value.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put(conn: &mut Conn, name: &str, value: &str) -> Result<(), StoreError> {
    if diesel::update(settings::table.filter(settings::name.eq(name)))
        .set(settings::value.eq(value))
        .execute(conn)?
        == 0
    {
        diesel::insert_into(settings::table)
            .values((settings::name.eq(name), settings::value.eq(value)))
            .execute(conn)?;
    }
    Ok(())
}

/// Forgets a value.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn remove(conn: &mut Conn, name: &str) -> Result<(), StoreError> {
    diesel::delete(settings::table.filter(settings::name.eq(name))).execute(conn)?;
    Ok(())
}
