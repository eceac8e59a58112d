//! What may be shown for a search, ranked: the one file with two SQL texts.

use std::marker::PhantomData;

use diesel::sql_types::{Double, Integer, Text};

use crate::domain::ids::PersonId;
use crate::domain::search::{SearchQuery, Term};
use crate::store::Conn;
use crate::store::framed::Framed;
use crate::store::narrowing::narrowed;

/// Ranked are only the newest ones: ranking is what costs, and a word that occurs in more of them finds nothing.
pub(super) const CANDIDATES: usize = 2_000;

/// Key, score (the lowest is the best), kind, status.
pub(super) type Candidate = (i32, f64, String, String);
type Candidates = Framed<(Integer, Double, Text, Text)>;

/// What the words and the filters leave, newest first.
pub(super) fn candidates(
    conn: &Conn,
    reader: PersonId,
    query: &SearchQuery,
    most: usize,
) -> Candidates {
    let wanted = !query.terms.is_empty();
    let unwanted = !query.without.is_empty();
    let (before, between, after) = match (conn, wanted, unwanted) {
        (Conn::Sqlite(_), true, _) => (
            SQLITE_RANKED,
            " AND ",
            " ORDER BY search_index.rowid DESC LIMIT ",
        ),
        (Conn::Postgres(_), true, _) => (
            POSTGRES_RANKED.0,
            POSTGRES_RANKED.1,
            " ORDER BY postmortems.key DESC LIMIT ",
        ),
        (Conn::Sqlite(_), false, true) => (SQLITE_WITHOUT, ") AND ", NEWEST),
        (Conn::Postgres(_), false, true) => (POSTGRES_WITHOUT, ")) AND ", NEWEST),
        (_, false, false) => (ALL, "", NEWEST),
    };
    let text = (wanted || unwanted).then(|| match conn {
        Conn::Sqlite(_) => fts5(query),
        Conn::Postgres(_) => tsquery(query),
    });
    Framed {
        before,
        text,
        between,
        condition: narrowed(reader, &query.filters, &query.stems()),
        after,
        limit: i64::try_from(most).unwrap_or(i64::MAX),
        end: "",
        columns: PhantomData,
    }
}

/// `CROSS JOIN` keeps SQLite from walking `postmortems` and asking the index about each row.
const SQLITE_RANKED: &str = "SELECT search_index.rowid, bm25(search_index, 8.0, 3.0, 1.0), postmortems.kind, \
     postmortems.status FROM search_index CROSS JOIN postmortems ON postmortems.key = search_index.rowid \
     WHERE search_index MATCH ";
const POSTGRES_RANKED: (&str, &str) = (
    "SELECT postmortems.key, (-ts_rank('{0.1, 0.125, 0.375, 1.0}', found.document, wanted, 1))::float8, \
     postmortems.kind, postmortems.status FROM to_tsquery('second_story', ",
    ") AS wanted JOIN search_documents AS found ON found.document @@ wanted \
     JOIN postmortems ON postmortems.key = found.key WHERE ",
);
const SQLITE_WITHOUT: &str = "SELECT postmortems.key, 0.0, postmortems.kind, postmortems.status FROM postmortems \
     WHERE postmortems.key NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH ";
const POSTGRES_WITHOUT: &str = "SELECT postmortems.key, 0.0::float8, postmortems.kind, postmortems.status FROM postmortems \
     WHERE postmortems.key NOT IN (SELECT key FROM search_documents WHERE document @@ to_tsquery('second_story', ";
const ALL: &str = "SELECT postmortems.key, 0.0 * postmortems.key, postmortems.kind, postmortems.status FROM postmortems WHERE ";
const NEWEST: &str = " ORDER BY postmortems.filed_on DESC, postmortems.id DESC LIMIT ";

/// What is looked for, as FTS5 reads it. Words hold letters and digits only, and every one is quoted.
fn fts5(query: &SearchQuery) -> String {
    let term = |term: &Term| {
        let star = if term.is_beginning() { " *" } else { "" };
        format!("\"{}\"{star}", term.words().join(" "))
    };
    let without = joined(&query.without, term, " OR ");
    if query.terms.is_empty() {
        return without;
    }
    let wanted = joined(&query.terms, term, if query.any { " OR " } else { " AND " });
    if without.is_empty() {
        return wanted;
    }
    format!("({wanted}) NOT ({without})")
}

/// What is looked for, as PostgreSQL reads it. Words hold letters and digits only, and every one is quoted.
fn tsquery(query: &SearchQuery) -> String {
    let term = |term: &Term| {
        let words: Vec<String> = term
            .words()
            .iter()
            .map(|word| format!("'{word}'"))
            .collect();
        let star = if term.is_beginning() { ":*" } else { "" };
        format!("({}{star})", words.join(" <-> "))
    };
    let without = joined(&query.without, term, " | ");
    if query.terms.is_empty() {
        return without;
    }
    let wanted = joined(&query.terms, term, if query.any { " | " } else { " & " });
    if without.is_empty() {
        return wanted;
    }
    format!("({wanted}) & !({without})")
}

fn joined(terms: &[Term], write: impl Fn(&Term) -> String, between: &str) -> String {
    terms.iter().map(write).collect::<Vec<_>>().join(between)
}
