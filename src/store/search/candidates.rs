//! What may be shown for a search: the one file with two SQL texts.

use std::marker::PhantomData;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Integer, Text};

use super::filtered::{ALL, ALL_COUNTED, without_words};
use super::wanted::{Wanted, Within, fts5, tsquery};
use crate::domain::ids::PersonId;
use crate::domain::listing::Filters;
use crate::domain::search::SearchQuery;
use crate::store::Conn;
use crate::store::framed::Framed;
use crate::store::narrowing::{narrowed, readable_found};

/// A post-mortem that holds what is looked for.
#[derive(Queryable)]
pub(in crate::store) struct Candidate {
    pub(in crate::store) key: i32,
    /// What is counted of it, as one number.
    pub(super) facts: i64,
    /// What ranking knows of it.
    pub(in crate::store) counts: Vec<u8>,
    /// Which factors and components it names.
    pub(super) about: String,
}
type Candidates = Framed<(Integer, BigInt, Binary, Text)>;

/// How a query begins, what stands before the condition, and its order, for each database.
struct Frames {
    sqlite: [&'static str; 4],
    postgres: [&'static str; 4],
}

// What was found is joined to its facts, which say whether everybody may read it, and only where filters ask for more to the
// post-mortem itself: its row is long, and thousands are looked at. `CROSS JOIN` keeps SQLite from walking one of these tables and
// asking the index about each row. On PostgreSQL the facts stand in the row that holds the words.
macro_rules! sqlite_from {
    (alone) => {
        " FROM search_index CROSS JOIN search_facts ON search_facts.key = search_index.rowid "
    };
    (narrowed) => {
        concat!(
            sqlite_from!(alone),
            "CROSS JOIN postmortems ON postmortems.key = search_index.rowid "
        )
    };
}
macro_rules! postgres_joins {
    (alone) => {
        ""
    };
    (narrowed) => {
        "JOIN postmortems ON postmortems.key = search_facts.key "
    };
}
macro_rules! anywhere {
    () => {
        ") AS wanted JOIN search_documents AS search_facts ON search_facts.document @@ wanted "
    };
}
macro_rules! in_titles {
    () => {
        ") AS wanted JOIN search_documents AS search_facts ON to_tsvector('second_story', search_words(search_facts.title)) @@ wanted "
    };
}
// What must not occur must not occur anywhere. Words that stand in a title need not be looked for in the whole text once more,
// which is long.
macro_rules! in_titles_without {
    () => {
        concat!(in_titles!(), "AND search_facts.document @@ wanted ")
    };
}
macro_rules! wanted {
    () => {
        " FROM to_tsquery('second_story', "
    };
}

/// What ranking knows of each. It is long: where ranking asks for nothing, it is not read.
macro_rules! sqlite_known {
    (known) => {
        ", search_signals.counts, search_signals.about"
    };
    (unread) => {
        ", x'', ''"
    };
}
macro_rules! sqlite_signals {
    (known) => {
        "CROSS JOIN search_signals ON search_signals.key = search_index.rowid "
    };
    (unread) => {
        ""
    };
}
// PostgreSQL reads it of those that are left.
macro_rules! postgres_known {
    (known) => {
        "SELECT best.key, best.facts, search_signals.counts, search_signals.about FROM "
    };
    (unread) => {
        "SELECT best.key, best.facts, ''::bytea, '' FROM "
    };
}
macro_rules! postgres_signals {
    (known) => {
        "JOIN search_signals ON search_signals.key = best.key "
    };
    (unread) => {
        ""
    };
}

/// The newest, with what ranking knows of them.
macro_rules! ranked {
    ($tables:ident, $within:ident, $signals:ident) => {
        Frames {
            sqlite: [
                concat!(
                    "SELECT search_index.rowid, search_facts.facts",
                    sqlite_known!($signals),
                    sqlite_from!($tables),
                    sqlite_signals!($signals),
                    "WHERE search_index MATCH "
                ),
                " AND ",
                " ORDER BY search_index.rowid DESC LIMIT ",
                "",
            ],
            postgres: [
                concat!(
                    postgres_known!($signals),
                    "(SELECT search_facts.key, search_facts.facts",
                    wanted!()
                ),
                concat!($within!(), postgres_joins!($tables), "WHERE "),
                " ORDER BY search_facts.key DESC LIMIT ",
                concat!(
                    ") AS best ",
                    postgres_signals!($signals),
                    "ORDER BY best.key DESC"
                ),
            ],
        }
    };
}
macro_rules! either {
    ($within:ident, $signals:ident) => {
        Either {
            alone: ranked!(alone, $within, $signals),
            narrowed: ranked!(narrowed, $within, $signals),
        }
    };
}

/// What is counted of each, as one text of all numbers: as rows of their own they would cost more than finding them, and grouped
/// by the database twice that. In whatever order the index holds them: the newest first would cost as much again.
macro_rules! counted {
    ($tables:ident) => {
        Frames {
            sqlite: [
                concat!(
                    "SELECT coalesce(group_concat(facts, ' '), '') FROM (SELECT search_facts.facts AS facts ",
                    sqlite_from!($tables),
                    "WHERE search_index MATCH "
                ),
                " AND ",
                " LIMIT ",
                ") AS counted",
            ],
            postgres: [
                concat!(
                    "SELECT coalesce(string_agg(facts::text, ' '), '') FROM (SELECT search_facts.facts AS facts ",
                    wanted!()
                ),
                concat!(anywhere!(), postgres_joins!($tables), "WHERE "),
                " LIMIT ",
                ") AS counted",
            ],
        }
    };
}

/// How many there are.
macro_rules! how_many {
    ($tables:ident) => {
        Frames {
            sqlite: [
                concat!(
                    "SELECT count(*) FROM (SELECT 1",
                    sqlite_from!($tables),
                    "WHERE search_index MATCH "
                ),
                " AND ",
                " LIMIT ",
                ") AS counted",
            ],
            postgres: [
                concat!("SELECT count(*) FROM (SELECT 1", wanted!()),
                concat!(anywhere!(), postgres_joins!($tables), "WHERE "),
                " LIMIT ",
                ") AS counted",
            ],
        }
    };
}

/// A query over what was found alone, and over post-mortems that filters narrow.
struct Either {
    alone: Frames,
    narrowed: Frames,
}

const RANKED: Either = either!(anywhere, known);
const RANKED_UNREAD: Either = either!(anywhere, unread);
const TITLED: Either = either!(in_titles, known);
const TITLED_UNREAD: Either = either!(in_titles, unread);
const TITLED_WITHOUT: Either = either!(in_titles_without, known);
const COUNTED: Either = Either {
    alone: counted!(alone),
    narrowed: counted!(narrowed),
};
const HOW_MANY: Either = Either {
    alone: how_many!(alone),
    narrowed: how_many!(narrowed),
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
    let frames = match (wanted.within, wanted.unread) {
        (Within::Titles, true) if query.without.is_empty() => &TITLED_UNREAD,
        (Within::Titles, false) if query.without.is_empty() => &TITLED,
        (Within::Titles, _) => &TITLED_WITHOUT,
        (Within::Everything, true) => &RANKED_UNREAD,
        (Within::Everything, false) => &RANKED,
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
    either: &Either,
) -> Framed<ST> {
    let (frames, condition) = if query.filters == Filters::default() {
        (&either.alone, readable_found(reader))
    } else {
        let condition = narrowed(reader, &query.filters, &query.stems());
        (&either.narrowed, condition)
    };
    let ([before, between, after, end], text) = match conn {
        Conn::Sqlite(_) => (frames.sqlite, fts5(wanted, &query.without)),
        Conn::Postgres(_) => (frames.postgres, tsquery(wanted, &query.without)),
    };
    Framed {
        before,
        text: Some(text),
        between,
        condition,
        after,
        limit: limit(most),
        end,
        columns: PhantomData,
    }
}

pub(super) fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
