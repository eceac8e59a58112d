//! Personal API tokens. The store keeps only a hash of a token.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::connection::directly;
use super::schema::{api_tokens, people};
use super::sessions::{SignedIn, signed_in};
use super::sql_types::{code, instant, stored, trusted};
use super::{Conn, StoreError};
use crate::domain::ids::{PersonId, TokenId};
use crate::domain::people::Scope;
use crate::domain::text::Line;

/// A token as its owner sees it; never the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The record.
    pub id: TokenId,
    /// What its owner calls it.
    pub name: Line,
    /// What it may do.
    pub scope: Scope,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
}

/// The tokens of a person, newest first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn, person: PersonId) -> Result<Vec<Token>, StoreError> {
    let rows: Vec<(TokenId, String, String, NaiveDateTime, NaiveDateTime)> = api_tokens::table
        .filter(api_tokens::person_id.eq(person))
        .order(api_tokens::id.desc())
        .select((
            api_tokens::id,
            api_tokens::name,
            api_tokens::scope,
            api_tokens::created_at,
            api_tokens::expires_at,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(id, name, scope, created_at, expires_at)| {
            Ok(Token {
                id,
                name: trusted("api_tokens.name", Line::parse("", &name))?,
                scope: code("api_tokens.scope", &scope, Scope::from_code)?,
                created_at: instant(created_at),
                expires_at: instant(expires_at),
            })
        })
        .collect()
}

/// Keeps a token.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn insert(
    conn: &mut Conn,
    person: PersonId,
    token: &Token,
    hash: &str,
) -> Result<(), StoreError> {
    let values = (
        api_tokens::id.eq(token.id),
        api_tokens::person_id.eq(person),
        api_tokens::name.eq(token.name.as_str()),
        api_tokens::token_hash.eq(hash),
        api_tokens::scope.eq(token.scope.as_code()),
        api_tokens::created_at.eq(stored(token.created_at)),
        api_tokens::expires_at.eq(stored(token.expires_at)),
    );
    diesel::insert_into(api_tokens::table)
        .values(values)
        .execute(conn)?;
    Ok(())
}

/// The active person with this token and what it may do, unless it has expired.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn find(
    conn: &mut Conn,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<(SignedIn, Scope)>, StoreError> {
    let row: Option<(PersonId, String, String, String)> = directly!(
        conn,
        api_tokens::table
            .inner_join(people::table)
            .filter(api_tokens::token_hash.eq(hash))
            .filter(api_tokens::expires_at.gt(stored(now)))
            .filter(people::active.eq(true))
            .select((people::id, people::name, people::role, api_tokens::scope))
            .first(conn)
            .optional()
    )?;
    row.map(|(id, name, role, scope)| {
        Ok((
            signed_in((id, name, role))?,
            code("api_tokens.scope", &scope, Scope::from_code)?,
        ))
    })
    .transpose()
}

/// Revokes a token of this person.
///
/// # Errors
/// [`StoreError::NotFound`] if they have no such token.
pub fn delete(conn: &mut Conn, person: PersonId, id: TokenId) -> Result<(), StoreError> {
    let target = api_tokens::table
        .filter(api_tokens::id.eq(id))
        .filter(api_tokens::person_id.eq(person));
    if diesel::delete(target).execute(conn)? == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}
