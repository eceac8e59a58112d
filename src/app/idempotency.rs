//! Requests with an `Idempotency-Key`: carried out at most once, answered alike every time.
//!
//! The key is noted before the request is carried out and its answer after. Should the program end in between,
//! the key stays *under way*: the next try is told so, instead of doing it twice or claiming that it was done.

use chrono::{DateTime, TimeDelta, Utc};

use super::secrets::digest;
use crate::store::idempotency::{self, Kept};
use crate::store::{Store, StoreError};

/// How long an answer is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// A key as it is stored: nobody who reads the database learns whose request it was.
#[derive(Debug, Clone)]
pub struct RequestKey {
    key_hash: String,
    request_hash: String,
}

impl RequestKey {
    /// Names a request by who sends it, where to, under which key, and what.
    #[must_use]
    pub fn new(secret: &str, path: &str, key: &str, body: &[u8]) -> Self {
        let body = String::from_utf8_lossy(body);
        Self {
            key_hash: digest(&format!("{secret}\n{path}\n{key}")),
            request_hash: digest(&body),
        }
    }
}

/// What to do with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Carry it out, then call [`finish`].
    Fresh,
    /// It was carried out; this was the answer.
    Answered(Kept),
    /// It is under way, or its end is not known.
    UnderWay,
    /// The key was used for something else.
    Reused,
}

/// Notes that a request begins, unless it is known.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn begin(store: &Store, key: &RequestKey, now: DateTime<Utc>) -> Result<Verdict, StoreError> {
    let begun = store.write(|tx| {
        if let Some(kept) = idempotency::find(tx, &key.key_hash)? {
            return Ok(Some(kept));
        }
        idempotency::begin(tx, &key.key_hash, &key.request_hash, now, now - KEPT)?;
        Ok(None)
    });
    Ok(match begun {
        Ok(None) => Verdict::Fresh,
        Ok(Some(kept)) if kept.request_hash != key.request_hash => Verdict::Reused,
        Ok(Some(kept)) if kept.status == 0 => Verdict::UnderWay,
        Ok(Some(kept)) => Verdict::Answered(kept),
        // On PostgreSQL two may begin at once; the second one's insert tells.
        Err(StoreError::Exists) => Verdict::UnderWay,
        Err(error) => return Err(error),
    })
}

/// Keeps the answer of a request that was carried out, or forgets one that changed nothing.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn finish(
    store: &Store,
    key: &RequestKey,
    answer: Option<(u16, String, Option<String>, Option<String>)>,
) -> Result<(), StoreError> {
    store.write(|tx| match answer {
        None => idempotency::forget(tx, &key.key_hash),
        Some((status, body, location, etag)) => {
            let kept = Kept {
                request_hash: key.request_hash.clone(),
                status: i32::from(status),
                body,
                location,
                etag,
            };
            idempotency::finish(tx, &key.key_hash, &kept)
        }
    })
}
