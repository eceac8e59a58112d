//! What may be shown for a search: the one file with two SQL texts.

use std::marker::PhantomData;

use diesel::sql_types::{BigInt, Binary, Integer, Text};

use super::wanted::{Wanted, Within, fts5, fts5_unwanted, tsquery, tsquery_unwanted};
use crate::domain::ids::PersonId;
use crate::domain::search::SearchQuery;
use crate::store::Conn;
use crate::store::framed::Framed;
use crate::store::narrowing::narrowed;

/// Key; what is counted of it, as one number; what ranking knows of it.
pub(super) type Candidate = (i32, i64, Vec<u8>);
type Candidates = Framed<(Integer, BigInt, Binary)>;

// `CROSS JOIN` keeps SQLite from walking `postmortems` and asking the index about each row.
macro_rules! sqlite_from {
    () => {
        " FROM search_index CROSS JOIN postmortems ON postmortems.key = search_index.rowid "
    };
}
macro_rules! postgres_from {
    () => {
        " FROM to_tsquery('second_story', "
    };
}
macro_rules! postgres_joins {
    () => {
        ") AS wanted JOIN search_documents AS found ON found.document @@ wanted JOIN postmortems ON postmortems.key = found.key "
    };
}
macro_rules! postgres_titles {
    () => {
        ") AS wanted JOIN search_documents AS found ON to_tsvector('second_story', search_words(found.title)) @@ wanted AND found.document @@ wanted JOIN postmortems ON postmortems.key = found.key "
    };
}
macro_rules! facts {
    () => {
        "JOIN search_facts ON search_facts.key = postmortems.key "
    };
}
macro_rules! signals {
    () => {
        "JOIN search_signals ON search_signals.key = postmortems.key "
    };
}
macro_rules! ranked {
    () => {
        ", search_facts.facts, search_signals.counts"
    };
}
macro_rules! postgres_best {
    () => {
        "SELECT best.key, best.facts, search_signals.counts FROM (SELECT postmortems.key, search_facts.facts"
    };
}
macro_rules! postgres_signals {
    () => {
        ") AS best JOIN search_signals ON search_signals.key = best.key ORDER BY best.key DESC"
    };
}
// One text of all numbers: as rows of their own they would cost more than finding them, and grouped by the database twice
// that.
macro_rules! sqlite_counted {
    () => {
        "SELECT coalesce(group_concat(facts, ' '), '') FROM (SELECT search_facts.facts AS facts "
    };
}
macro_rules! postgres_counted {
    () => {
        "SELECT coalesce(string_agg(facts::text, ' '), '') FROM (SELECT search_facts.facts AS facts "
    };
}

/// How a query begins, what stands before the condition, and its order, for each database.
struct Frames {
    sqlite: [&'static str; 4],
    postgres: [&'static str; 4],
}

const RANKED: Frames = Frames {
    sqlite: [
        concat!(
            "SELECT search_index.rowid",
            ranked!(),
            sqlite_from!(),
            "CROSS ",
            facts!(),
            "CROSS ",
            signals!(),
            "WHERE search_index MATCH "
        ),
        " AND ",
        " ORDER BY search_index.rowid DESC LIMIT ",
        "",
    ],
    // What ranking knows is long: it is read of those that are left.
    postgres: [
        concat!(postgres_best!(), postgres_from!()),
        concat!(postgres_joins!(), facts!(), "WHERE "),
        " ORDER BY postmortems.key DESC LIMIT ",
        postgres_signals!(),
    ],
};

/// The same in titles.
const TITLED: Frames = Frames {
    postgres: [
        concat!(postgres_best!(), postgres_from!()),
        concat!(postgres_titles!(), facts!(), "WHERE "),
        " ORDER BY postmortems.key DESC LIMIT ",
        postgres_signals!(),
    ],
    ..RANKED
};

// In whatever order the index holds them: the newest first would cost as much again.
const COUNTED: Frames = Frames {
    sqlite: [
        concat!(
            sqlite_counted!(),
            sqlite_from!(),
            "CROSS ",
            facts!(),
            "WHERE search_index MATCH "
        ),
        " AND ",
        " LIMIT ",
        ") AS counted",
    ],
    postgres: [
        concat!(postgres_counted!(), postgres_from!()),
        concat!(postgres_joins!(), facts!(), "WHERE "),
        " LIMIT ",
        ") AS counted",
    ],
};

const HOW_MANY: Frames = Frames {
    sqlite: [
        concat!(
            "SELECT count(*) FROM (SELECT 1",
            sqlite_from!(),
            "WHERE search_index MATCH "
        ),
        " AND ",
        " LIMIT ",
        ") AS counted",
    ],
    postgres: [
        concat!("SELECT count(*) FROM (SELECT 1", postgres_from!()),
        concat!(postgres_joins!(), "WHERE "),
        " LIMIT ",
        ") AS counted",
    ],
};

/// What the words and the filters leave, newest first.
pub(super) fn candidates(
    conn: &Conn,
    reader: PersonId,
    query: &SearchQuery,
    wanted: &Wanted<'_>,
    most: usize,
) -> Candidates {
    if wanted.sets.is_empty() {
        return without_words(conn, reader, query, most, &ALL);
    }
    let frames = match wanted.within {
        Within::Titles => &TITLED,
        Within::Everything => &RANKED,
    };
    framed(conn, reader, query, wanted, most, frames)
}

/// What is counted of each there is, to a limit: the numbers with a space between, in no order.
pub(super) fn counted(
    conn: &Conn,
    reader: PersonId,
    query: &SearchQuery,
    wanted: &Wanted<'_>,
    most: usize,
) -> Framed<Text> {
    if wanted.sets.is_empty() {
        return without_words(conn, reader, query, most, &ALL_COUNTED);
    }
    framed(conn, reader, query, wanted, most, &COUNTED)
}

/// How many there are, counted to a limit.
pub(super) fn how_many(
    conn: &Conn,
    reader: PersonId,
    query: &SearchQuery,
    wanted: &Wanted<'_>,
    most: usize,
) -> Framed<BigInt> {
    framed(conn, reader, query, wanted, most, &HOW_MANY)
}

fn framed<ST>(
    conn: &Conn,
    reader: PersonId,
    query: &SearchQuery,
    wanted: &Wanted<'_>,
    most: usize,
    frames: &Frames,
) -> Framed<ST> {
    let ([before, between, after, end], text) = match conn {
        Conn::Sqlite(_) => (frames.sqlite, fts5(wanted, &query.without)),
        Conn::Postgres(_) => (frames.postgres, tsquery(wanted, &query.without)),
    };
    Framed {
        before,
        text: Some(text),
        between,
        condition: narrowed(reader, &query.filters, &query.stems()),
        after,
        limit: limit(most),
        end,
        columns: PhantomData,
    }
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

/// How a query without words begins: with nothing that must not occur, and with something; what follows that.
struct Filtered {
    sqlite: [&'static str; 2],
    postgres: [&'static str; 2],
    after: &'static str,
    end: &'static str,
}

macro_rules! sqlite_all {
    () => {
        " FROM postmortems CROSS JOIN search_facts ON search_facts.key = postmortems.key WHERE "
    };
}
macro_rules! postgres_all {
    () => {
        " FROM postmortems JOIN search_facts ON search_facts.key = postmortems.key WHERE "
    };
}
macro_rules! sqlite_not {
    () => {
        "postmortems.key NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH "
    };
}
macro_rules! postgres_not {
    () => {
        "postmortems.key NOT IN (SELECT key FROM search_documents WHERE document @@ to_tsquery('second_story', "
    };
}
macro_rules! sqlite_key {
    () => {
        "SELECT postmortems.key, search_facts.facts, x''"
    };
}
macro_rules! postgres_key {
    () => {
        "SELECT postmortems.key, search_facts.facts, ''::bytea"
    };
}

const ALL: Filtered = Filtered {
    sqlite: [
        concat!(sqlite_key!(), sqlite_all!()),
        concat!(sqlite_key!(), sqlite_all!(), sqlite_not!()),
    ],
    postgres: [
        concat!(postgres_key!(), postgres_all!()),
        concat!(postgres_key!(), postgres_all!(), postgres_not!()),
    ],
    after: " ORDER BY postmortems.filed_on DESC, postmortems.id DESC LIMIT ",
    end: "",
};
const ALL_COUNTED: Filtered = Filtered {
    sqlite: [
        concat!(sqlite_counted!(), sqlite_all!()),
        concat!(sqlite_counted!(), sqlite_all!(), sqlite_not!()),
    ],
    postgres: [
        concat!(postgres_counted!(), postgres_all!()),
        concat!(postgres_counted!(), postgres_all!(), postgres_not!()),
    ],
    after: " LIMIT ",
    end: ") AS counted",
};

/// What the filters alone leave, without what must not occur.
fn without_words<ST>(
    conn: &Conn,
    reader: PersonId,
    query: &SearchQuery,
    most: usize,
    frames: &Filtered,
) -> Framed<ST> {
    let unwanted = !query.without.is_empty();
    let ([all, without], text, closing) = match conn {
        Conn::Sqlite(_) => (frames.sqlite, fts5_unwanted(&query.without), ") AND "),
        Conn::Postgres(_) => (frames.postgres, tsquery_unwanted(&query.without), ")) AND "),
    };
    Framed {
        before: if unwanted { without } else { all },
        text: unwanted.then_some(text),
        between: if unwanted { closing } else { "" },
        condition: narrowed(reader, &query.filters, &[]),
        after: frames.after,
        limit: limit(most),
        end: frames.end,
        columns: PhantomData,
    }
}
