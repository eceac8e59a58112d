//! Signing in and out, and the first administrator.

use chrono::{DateTime, TimeDelta, Utc};

use super::people::{self, NewPerson, PersonError};
use super::secrets;
use crate::domain::ids::PersonId;
use crate::domain::people::EmailAddress;
use crate::store::sessions::SignedIn;
use crate::store::{self, Store, StoreError};

/// How long a session lasts.
const SESSION: TimeDelta = TimeDelta::days(14);

/// Where the digest of the one-time setup secret is kept.
const SETUP: &str = "setup";

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Address or password do not belong together. (Which one is not said.)
    #[error(
        "This e-mail address and this password do not belong together. Try again, or ask an administrator for a new password."
    )]
    Refused,
    /// No secret could be made.
    #[error(transparent)]
    Secret(#[from] secrets::SecretError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Signs a person in; the answer is the session's secret, for their cookie.
///
/// # Errors
/// [`SignInError::Refused`] as long as address and password do not belong together.
pub fn sign_in(
    store: &Store,
    now: DateTime<Utc>,
    email: &str,
    password: &str,
) -> Result<String, SignInError> {
    let found = match EmailAddress::parse(email) {
        Ok(email) => store.read(|conn| store::people::by_email(conn, &email))?,
        Err(_) => None,
    };
    // The hash is compared outside any transaction: it takes long.
    let opens = secrets::verify(password, found.as_ref().map(|(_, hash)| hash.as_str()))?;
    match found {
        Some((person, _)) if opens && person.active => start(store, now, person.id),
        _ => Err(SignInError::Refused),
    }
}

/// Starts a session for a person who has proved who they are.
///
/// # Errors
/// [`SignInError`] if no secret could be made or kept.
pub fn start(store: &Store, now: DateTime<Utc>, person: PersonId) -> Result<String, SignInError> {
    let secret = secrets::random()?;
    store.write(|tx| {
        store::sessions::insert(tx, &secrets::digest(&secret), person, now, now + SESSION)
    })?;
    Ok(secret)
}

/// The person behind a session's secret.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn signed_in(
    store: &Store,
    now: DateTime<Utc>,
    secret: &str,
) -> Result<Option<SignedIn>, StoreError> {
    store.glance(|conn| store::sessions::find(conn, &secrets::digest(secret), now))
}

/// Ends a session.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn sign_out(store: &Store, secret: &str) -> Result<(), StoreError> {
    store.write(|tx| store::sessions::delete(tx, &secrets::digest(secret)))
}

/// What a form has to send back to prove that it came from our page: derived from the session, so it needs no storage.
#[must_use]
pub fn form_token(session_secret: &str) -> String {
    secrets::digest(&format!("form:{session_secret}"))
}

/// Makes a new one-time setup secret, if nobody has an account yet.
///
/// # Errors
/// [`SignInError`] if it could not be made or kept.
pub fn setup_secret(store: &Store) -> Result<Option<String>, SignInError> {
    let secret = secrets::random()?;
    let digest = secrets::digest(&secret);
    let wanted = store.write(|tx| -> Result<bool, StoreError> {
        if store::people::any(tx)? {
            return Ok(false);
        }
        store::settings::put(tx, SETUP, &digest)?;
        Ok(true)
    })?;
    Ok(wanted.then_some(secret))
}

/// Whether a setup secret still opens the setup.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn setup_open(store: &Store, secret: &str) -> Result<bool, StoreError> {
    let digest = secrets::digest(secret);
    store.read(|conn| {
        Ok(
            store::settings::get(conn, SETUP)?.is_some_and(|kept| kept == digest)
                && !store::people::any(conn)?,
        )
    })
}

/// Makes the first administrator with the one-time secret, which stops working.
///
/// # Errors
/// [`PersonError::Forbidden`] if the secret is wrong or was used; otherwise as for any new person.
pub fn set_up(
    store: &Store,
    now: DateTime<Utc>,
    secret: &str,
    organisation: &str,
    person: &NewPerson<'_>,
) -> Result<PersonId, PersonError> {
    let parsed = people::parse(person)?;
    let organisation = crate::domain::text::Line::parse("The organisation's name", organisation)
        .map_err(|problem| {
            PersonError::Invalid(vec![super::FieldProblem::new("organisation", problem)])
        })?;
    let hash = secrets::hash(&parsed.password)?;
    let digest = secrets::digest(secret);
    store.write(|tx| {
        let kept = store::settings::get(tx, SETUP)?;
        if kept.is_none_or(|kept| kept != digest) || store::people::any(tx)? {
            return Err(PersonError::SetupUsed);
        }
        store::settings::remove(tx, SETUP)?;
        store::settings::put(tx, "organisation", organisation.as_str())?;
        store::people::insert(tx, &parsed.person, &hash, now)?;
        store::audit::append(
            tx,
            Some(parsed.person.id),
            "setup",
            "people",
            &parsed.person.id.to_string(),
            now,
        )?;
        Ok(parsed.person.id)
    })
}
