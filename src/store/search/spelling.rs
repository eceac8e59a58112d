//! The word that was probably meant.
//!
//! All words of all texts are kept in memory, brought up to date by what changed since the last question, as
//! [`similar`](crate::store::similar) does it. **Invariant:** a word is offered only after it was found, in the form in which
//! it is offered, in a text that the reader may read; and nothing else of what is kept shows in which one is chosen.

use std::cmp::Reverse;

use diesel::prelude::*;
use parking_lot::Mutex;

use super::candidates::{Candidate, candidates};
use super::count;
use super::wanted::Wanted;
use crate::domain::ids::PersonId;
use crate::domain::search::{Near, SearchQuery, Term, Vocabulary, holds_word};
use crate::store::schema::{search_documents, text_changes};
use crate::store::{Conn, StoreError};

/// How many changes are read at once.
const STEP: usize = 500;
/// In how many of the newest that hold a form of the word the word itself is looked for.
const LOOKED_AT: usize = 30;
/// How far it is counted how often a word occurs.
const COUNTED: usize = 200;

/// The words of one process, none until the first question.
#[derive(Debug, Default)]
pub struct Words {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    seen: i32,
    words: Vocabulary,
}

/// The word nearest to a folded one among what the reader may read: with the fewest slips of the fingers, then the one that
/// stands in most post-mortems, then the first in the alphabet.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn nearest(
    conn: &mut Conn,
    memory: &Words,
    reader: PersonId,
    word: &str,
) -> Result<Option<String>, StoreError> {
    let near = {
        let mut known = memory.known.lock();
        refresh(conn, &mut known)?;
        known.words.near(word)
    };
    let mut best: Option<(usize, Reverse<usize>, String)> = None;
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
        let found = (slips, Reverse(count(conn, reader, &query, COUNTED)?), word);
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
    for (key, ..) in holding {
        let texts: (String, String, String) = search_documents::table
            .filter(search_documents::key.eq(key))
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

/// Takes in what changed. For the memory only: nobody's right to read it is asked here.
fn refresh(conn: &mut Conn, known: &mut Known) -> Result<(), StoreError> {
    loop {
        let changes: Vec<i32> = text_changes::table
            .filter(text_changes::change.gt(known.seen))
            .order((text_changes::change, text_changes::subject_id))
            .limit(i64::try_from(STEP).unwrap_or(i64::MAX))
            .select(text_changes::change)
            .load(conn)?;
        let Some(last) = changes.last() else {
            return Ok(());
        };
        let texts: Vec<(String, String, String)> = search_documents::table
            .inner_join(
                text_changes::table
                    .on(text_changes::subject_id.eq(search_documents::postmortem_id)),
            )
            .filter(text_changes::change.gt(known.seen))
            .filter(text_changes::change.le(*last))
            .select((
                search_documents::title,
                search_documents::statements,
                search_documents::body,
            ))
            .load(conn)?;
        for (title, statements, body) in texts {
            for text in [title, statements, body] {
                known.words.add(&text);
            }
        }
        known.seen = *last;
    }
}
