//! What is made from the documents of an older program, which has left none of it: what ranking knows, and the words of all.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};

use super::{about, vocabulary};
use crate::domain::search::indexed;
use crate::store::schema::{search_documents, search_signals};
use crate::store::{Conn, StoreError, settings};

/// How many documents of an older program are read at once for what ranking knows of them.
const STEP: i64 = 200;
/// The setting that says for which form of what ranking knows it is complete.
const NOTE: &str = "search-signals";
/// The form in which it is written. Another number makes all of it anew at the next start.
const FORMULA: &str = "1";

/// Does what [`complete`] does, unless a note says that it was done: a start looks through nothing.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn complete_once(conn: &mut Conn) -> Result<(), StoreError> {
    let known = settings::get(conn, NOTE)?;
    if known.as_deref() != Some(FORMULA) {
        if known.is_some() {
            diesel::delete(search_signals::table).execute(conn)?;
        }
        complete_signals(conn)?;
    }
    vocabulary::complete_once(conn)
}

/// Takes from the documents of an older program what it has not left.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn complete(conn: &mut Conn) -> Result<(), StoreError> {
    complete_signals(conn)?;
    vocabulary::complete(conn)
}

fn complete_signals(conn: &mut Conn) -> Result<(), StoreError> {
    loop {
        // The keys alone, which an index holds: every start asks for them, and the texts are long.
        let keys: Vec<i32> = search_documents::table
            .left_join(search_signals::table.on(search_signals::key.eq(search_documents::key)))
            .filter(search_signals::key.is_null())
            .limit(STEP)
            .select(search_documents::key)
            .load(conn)?;
        if keys.is_empty() {
            return settings::put(conn, NOTE, FORMULA);
        }
        let mut named = about::of(conn, &keys)?;
        let lacking: Vec<(i32, String, String, String)> = search_documents::table
            .filter(search_documents::key.eq_any(keys))
            .select((
                search_documents::key,
                search_documents::title,
                search_documents::statements,
                search_documents::body,
            ))
            .load(conn)?;
        for (key, title, statements, body) in lacking {
            let made = diesel::insert_into(search_signals::table)
                .values((
                    search_signals::key.eq(key),
                    search_signals::counts.eq(indexed(&title, &statements, &body).signals),
                    search_signals::about.eq(named.remove(&key).unwrap_or_default()),
                ))
                .execute(conn);
            match made {
                // Another program that starts at the same time has made them.
                Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {}
                made => drop(made?),
            }
        }
    }
}
