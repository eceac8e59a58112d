//! Requests that must not be carried out twice, and how they were answered.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::idempotency_keys as keys;
use super::sql_types::stored;
use super::{Conn, StoreError};

/// A request that is under way, or was answered.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Kept {
    /// The digest of what was sent.
    pub request_hash: String,
    /// The status it was answered with; 0 while nobody knows.
    pub status: i32,
    /// The answer's body.
    pub body: String,
    /// The answer's `Location`.
    pub location: Option<String>,
    /// The answer's `ETag`.
    pub etag: Option<String>,
}

/// What is kept under a key.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn find(conn: &mut Conn, key_hash: &str) -> Result<Option<Kept>, StoreError> {
    Ok(keys::table
        .filter(keys::key_hash.eq(key_hash))
        .select((
            keys::request_hash,
            keys::status,
            keys::body,
            keys::location,
            keys::etag,
        ))
        .first(conn)
        .optional()?)
}

/// Notes that a request is under way, and forgets those from before `expired`.
///
/// # Errors
/// [`StoreError::Exists`] if the same key is under way already.
pub fn begin(
    conn: &mut Conn,
    key_hash: &str,
    request_hash: &str,
    now: DateTime<Utc>,
    expired: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::delete(keys::table.filter(keys::created_at.lt(stored(expired)))).execute(conn)?;
    let values = (
        keys::key_hash.eq(key_hash),
        keys::request_hash.eq(request_hash),
        keys::status.eq(0),
        keys::body.eq(""),
        keys::created_at.eq(stored(now)),
    );
    diesel::insert_into(keys::table)
        .values(values)
        .execute(conn)?;
    Ok(())
}

/// Keeps how a request was answered.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn finish(conn: &mut Conn, key_hash: &str, kept: &Kept) -> Result<(), StoreError> {
    let values = (
        keys::status.eq(kept.status),
        keys::body.eq(&kept.body),
        keys::location.eq(&kept.location),
        keys::etag.eq(&kept.etag),
    );
    diesel::update(keys::table.filter(keys::key_hash.eq(key_hash)))
        .set(values)
        .execute(conn)?;
    Ok(())
}

/// Forgets a request that changed nothing, so that it may be sent again.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn forget(conn: &mut Conn, key_hash: &str) -> Result<(), StoreError> {
    diesel::delete(keys::table.filter(keys::key_hash.eq(key_hash))).execute(conn)?;
    Ok(())
}
