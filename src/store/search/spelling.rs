//! The word that was probably meant.
//!
//! **Invariant:** a word is offered only after it was found, in the form in which it is offered, in a text that the reader may
//! read; and nothing else of what is known shows in which one is chosen.

use std::cmp::Reverse;

use diesel::prelude::*;

use super::candidates::{Candidate, candidates, how_many};
use super::planning::by_index;
use super::vocabulary;
use super::wanted::Wanted;
use crate::domain::ids::PersonId;
use crate::domain::search::{Near, SearchQuery, Term, holds_word, initial, near};
use crate::store::schema::search_documents;
use crate::store::{Conn, StoreError};

/// In how many of the newest that hold a form of the word the word itself is looked for.
const LOOKED_AT: usize = 30;
/// How far it is counted how often a word occurs.
const COUNTED: usize = 200;

/// The word nearest to a folded one among what the reader may read: with the fewest slips of the fingers, then the one that
/// stands in most post-mortems, then the first in the alphabet.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn nearest(
    conn: &mut Conn,
    reader: PersonId,
    word: &str,
) -> Result<Option<String>, StoreError> {
    let Some(initial) = initial(word) else {
        return Ok(None);
    };
    let near = near(word, vocabulary::beginning_with(conn, initial)?);
    by_index(conn, |conn| commonest(conn, reader, near))
}

/// The one with the fewest slips that stands in most, of words in the order of their slips.
fn commonest(
    conn: &mut Conn,
    reader: PersonId,
    near: Vec<Near>,
) -> Result<Option<String>, StoreError> {
    let mut best: Option<(usize, Reverse<i64>, String)> = None;
    for Near { slips, word } in near {
        if best.as_ref().is_some_and(|(fewest, ..)| *fewest < slips) {
            break;
        }
        let Some(term) = Term::parse(&word, false) else {
            continue;
        };
        let query = SearchQuery {
            terms: vec![term],
            ..SearchQuery::default()
        };
        if !stands(conn, reader, &query, &word)? {
            continue;
        }
        let many: i64 =
            how_many(conn, reader, &query, &Wanted::all(&query), COUNTED).get_result(conn)?;
        let found = (slips, Reverse(many), word);
        if best.as_ref().is_none_or(|best| found < *best) {
            best = Some(found);
        }
    }
    Ok(best.map(|(.., word)| word))
}

/// Whether the word stands, in this form, in something that the reader may read.
fn stands(
    conn: &mut Conn,
    reader: PersonId,
    query: &SearchQuery,
    word: &str,
) -> Result<bool, StoreError> {
    let holding: Vec<Candidate> =
        candidates(conn, reader, query, &Wanted::all(query), LOOKED_AT).load(conn)?;
    for found in holding {
        let texts: (String, String, String) = search_documents::table
            .filter(search_documents::key.eq(found.key))
            .select((
                search_documents::title,
                search_documents::statements,
                search_documents::body,
            ))
            .first(conn)?;
        if [texts.0, texts.1, texts.2]
            .iter()
            .any(|text| holds_word(text, word))
        {
            return Ok(true);
        }
    }
    Ok(false)
}
