//! What filters alone leave, where nothing is looked for.

use std::marker::PhantomData;

use super::candidates::limit;
use super::wanted::{fts5_unwanted, tsquery_unwanted};
use crate::domain::ids::PersonId;
use crate::domain::search::SearchQuery;
use crate::store::Conn;
use crate::store::framed::Framed;
use crate::store::narrowing::narrowed;

/// How a query without words begins: with nothing that must not occur, and with something; what follows that.
pub(super) struct Filtered {
    sqlite: [&'static str; 2],
    postgres: [&'static str; 2],
    after: &'static str,
    end: &'static str,
}

macro_rules! sqlite_all {
    () => {
        " FROM postmortems CROSS JOIN search_facts ON search_facts.key = postmortems.key "
    };
}
macro_rules! postgres_all {
    () => {
        " FROM postmortems JOIN search_facts ON search_facts.key = postmortems.key "
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
        "SELECT postmortems.key, search_facts.facts, x'', search_signals.about"
    };
}
macro_rules! postgres_key {
    () => {
        "SELECT postmortems.key, search_facts.facts, ''::bytea, search_signals.about"
    };
}

pub(super) const ALL: Filtered = Filtered {
    sqlite: [
        concat!(
            sqlite_key!(),
            sqlite_all!(),
            "CROSS ",
            "JOIN search_signals ON search_signals.key = postmortems.key ",
            "WHERE "
        ),
        concat!(
            sqlite_key!(),
            sqlite_all!(),
            "CROSS ",
            "JOIN search_signals ON search_signals.key = postmortems.key ",
            "WHERE ",
            sqlite_not!()
        ),
    ],
    postgres: [
        concat!(
            postgres_key!(),
            postgres_all!(),
            "JOIN search_signals ON search_signals.key = postmortems.key ",
            "WHERE "
        ),
        concat!(
            postgres_key!(),
            postgres_all!(),
            "JOIN search_signals ON search_signals.key = postmortems.key ",
            "WHERE ",
            postgres_not!()
        ),
    ],
    after: " ORDER BY postmortems.filed_on DESC, postmortems.id DESC LIMIT ",
    end: "",
};
pub(super) const ALL_COUNTED: Filtered = Filtered {
    sqlite: [
        concat!(
            "SELECT coalesce(group_concat(facts, ' '), '') FROM (SELECT search_facts.facts AS facts ",
            sqlite_all!(),
            "WHERE "
        ),
        concat!(
            "SELECT coalesce(group_concat(facts, ' '), '') FROM (SELECT search_facts.facts AS facts ",
            sqlite_all!(),
            "WHERE ",
            sqlite_not!()
        ),
    ],
    postgres: [
        concat!(
            "SELECT coalesce(string_agg(facts::text, ' '), '') FROM (SELECT search_facts.facts AS facts ",
            postgres_all!(),
            "WHERE "
        ),
        concat!(
            "SELECT coalesce(string_agg(facts::text, ' '), '') FROM (SELECT search_facts.facts AS facts ",
            postgres_all!(),
            "WHERE ",
            postgres_not!()
        ),
    ],
    after: " LIMIT ",
    end: ") AS counted",
};

/// What the filters alone leave, without what must not occur.
pub(super) fn without_words<ST>(
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
