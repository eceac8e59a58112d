//! Personal API tokens.

use chrono::{DateTime, TimeDelta, Utc};

use super::input::{Fields, all_codes};
use super::{Ctx, FieldProblem, secrets};
use crate::domain::ids::{PersonId, TokenId};
use crate::domain::people::{Actor, EmailAddress, Scope};
use crate::domain::text::Line;
use crate::store::tokens::Token;
use crate::store::{self, Store, StoreError};

/// How a token begins, so that a leaked one is recognised.
const PREFIX: &str = "sst_";
/// How long a token works, unless it is asked for less.
const DAYS: i64 = 90;

/// Why no token was made.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Fields that cannot be kept as they are typed.
    #[error("Some fields need another look.")]
    Invalid(Vec<FieldProblem>),
    /// Nobody has this address.
    #[error("Nobody with this e-mail address has an account.")]
    Nobody,
    /// No secret could be made.
    #[error(transparent)]
    Secret(#[from] secrets::SecretError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a token for oneself; the answer is its secret, shown once.
///
/// # Errors
/// [`TokenError`] with what to mend.
pub fn create(
    store: &Store,
    ctx: &Ctx,
    name: &str,
    scope: &str,
    days: Option<i64>,
) -> Result<String, TokenError> {
    insert(
        store,
        ctx.actor.person,
        ctx.now,
        name,
        scope,
        days.unwrap_or(DAYS),
    )
}

/// Makes a token for a person, asked by somebody who runs commands on the server.
///
/// # Errors
/// [`TokenError`] with what to mend.
pub fn create_on_server(
    store: &Store,
    now: DateTime<Utc>,
    email: &str,
    name: &str,
    scope: &str,
) -> Result<String, TokenError> {
    let email = EmailAddress::parse(email).map_err(|_| TokenError::Nobody)?;
    let found = store.read(|conn| store::people::by_email(conn, &email))?;
    let (person, _) = found.ok_or(TokenError::Nobody)?;
    insert(store, person.id, now, name, scope, DAYS)
}

fn insert(
    store: &Store,
    person: PersonId,
    now: DateTime<Utc>,
    name: &str,
    scope: &str,
    days: i64,
) -> Result<String, TokenError> {
    let mut fields = Fields::new();
    let name = fields.take("name", Line::parse("The token's name", name));
    let scope = fields.code("scope", scope, Scope::from_code, all_codes!(Scope));
    if !(1..=366).contains(&days) {
        fields.problem(FieldProblem::new(
            "days",
            "A token works for 1 to 366 days.",
        ));
    }
    fields.finish().map_err(TokenError::Invalid)?;
    let (Some(name), Some(scope)) = (name, scope) else {
        return Err(TokenError::Invalid(Vec::new()));
    };
    let secret = format!("{PREFIX}{}", secrets::random()?);
    let token = Token {
        id: TokenId::new(),
        name,
        scope,
        created_at: now,
        expires_at: now + TimeDelta::days(days),
    };
    store.write(|tx| -> Result<(), StoreError> {
        store::tokens::insert(tx, person, &token, &secrets::digest(&secret))?;
        store::audit::append(
            tx,
            Some(person),
            "token",
            "api_tokens",
            &token.id.to_string(),
            now,
        )
    })?;
    Ok(secret)
}

/// One's own tokens, newest first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(store: &Store, ctx: &Ctx) -> Result<Vec<Token>, StoreError> {
    store.read(|conn| store::tokens::list(conn, ctx.actor.person))
}

/// Revokes one of one's own tokens.
///
/// # Errors
/// [`StoreError::NotFound`] if one has no such token.
pub fn revoke(store: &Store, ctx: &Ctx, id: TokenId) -> Result<(), StoreError> {
    store.write(|tx| {
        store::tokens::delete(tx, ctx.actor.person, id)?;
        store::audit::append(
            tx,
            Some(ctx.actor.person),
            "token-revoked",
            "api_tokens",
            &id.to_string(),
            ctx.now,
        )
    })
}

/// Who acts with this token; `None` if it is unknown, revoked or expired.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn actor(store: &Store, now: DateTime<Utc>, secret: &str) -> Result<Option<Actor>, StoreError> {
    let found = store.glance(|conn| store::tokens::find(conn, &secrets::digest(secret), now))?;
    Ok(found.map(|(signed_in, scope)| Actor {
        person: signed_in.person,
        role: signed_in.role,
        read_only: scope == Scope::Read,
    }))
}
