//! What may be shown for a search: the one file with two SQL texts.

use std::marker::PhantomData;

use diesel::sql_types::{BigInt, Binary, Integer, Text};

use crate::domain::ids::PersonId;
use crate::domain::search::{SearchQuery, Term};
use crate::store::Conn;
use crate::store::framed::Framed;
use crate::store::narrowing::narrowed;

/// Key; kind, status, system, severity and day; what ranking knows of it.
pub(super) type Candidate = (i32, String, Vec<u8>);
type Candidates = Framed<(Integer, Text, Binary)>;

/// What is looked for in the index: any of these sets, each of which must occur whole.
#[derive(Debug, Clone)]
pub(super) struct Wanted<'a> {
    pub(super) sets: Vec<Vec<&'a Term>>,
    pub(super) within: Within,
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Titles,
    Everything,
}

impl<'a> Wanted<'a> {
    /// Everything that a search looks for, anywhere.
    pub(super) fn all(query: &'a SearchQuery) -> Self {
        let terms: Vec<&Term> = query.terms.iter().collect();
        Self {
            sets: if terms.is_empty() {
                Vec::new()
            } else {
                vec![terms]
            },
            within: Within::Everything,
        }
    }

    /// The same in another place.
    pub(super) fn within(mut self, within: Within) -> Self {
        self.within = within;
        self
    }
}

/// What the facets are counted by.
macro_rules! facts {
    ($day:literal) => {
        concat!(
            "postmortems.kind || ' ' || postmortems.status || ' ' || postmortems.system || ' ' || ",
            "coalesce(postmortems.severity, '') || ' ' || ",
            $day
        )
    };
}
macro_rules! day {
    () => {
        facts!("CAST(postmortems.filed_on AS TEXT)")
    };
}
macro_rules! year {
    () => {
        facts!("substr(CAST(postmortems.filed_on AS TEXT), 1, 4)")
    };
}
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
macro_rules! signals {
    () => {
        "JOIN search_signals ON search_signals.key = postmortems.key "
    };
}

/// How a query begins, what stands before the condition, and its order, for each database.
struct Frames {
    sqlite: [&'static str; 3],
    postgres: [&'static str; 3],
    end: &'static str,
}

const RANKED: Frames = Frames {
    sqlite: [
        concat!(
            "SELECT search_index.rowid, ",
            day!(),
            ", search_signals.counts",
            sqlite_from!(),
            "CROSS ",
            signals!(),
            "WHERE search_index MATCH "
        ),
        " AND ",
        " ORDER BY search_index.rowid DESC LIMIT ",
    ],
    postgres: [
        concat!(
            "SELECT postmortems.key, ",
            day!(),
            ", search_signals.counts",
            postgres_from!()
        ),
        concat!(postgres_joins!(), signals!(), "WHERE "),
        " ORDER BY postmortems.key DESC LIMIT ",
    ],
    end: "",
};

const COUNTED: Frames = Frames {
    sqlite: [
        concat!(
            "SELECT facts, count(*) FROM (SELECT ",
            year!(),
            " AS facts",
            sqlite_from!(),
            "WHERE search_index MATCH "
        ),
        " AND ",
        " ORDER BY search_index.rowid DESC LIMIT ",
    ],
    postgres: [
        concat!(
            "SELECT facts, count(*) FROM (SELECT ",
            year!(),
            " AS facts",
            postgres_from!()
        ),
        concat!(postgres_joins!(), "WHERE "),
        " ORDER BY postmortems.key DESC LIMIT ",
    ],
    end: ") AS counted GROUP BY facts",
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
    ],
    postgres: [
        concat!("SELECT count(*) FROM (SELECT 1", postgres_from!()),
        concat!(postgres_joins!(), "WHERE "),
        " LIMIT ",
    ],
    end: ") AS counted",
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
        return without_words(conn, reader, query, most);
    }
    framed(conn, reader, query, wanted, most, &RANKED)
}

/// How many there are, counted to a limit, by kind, status, system, severity and year.
pub(super) fn counted(
    conn: &Conn,
    reader: PersonId,
    query: &SearchQuery,
    wanted: &Wanted<'_>,
    most: usize,
) -> Framed<(Text, BigInt)> {
    if wanted.sets.is_empty() {
        let all = without_words(conn, reader, query, most);
        return Framed {
            before: match (conn, query.without.is_empty()) {
                (_, true) => ALL_COUNTED,
                (Conn::Sqlite(_), false) => SQLITE_WITHOUT_COUNTED,
                (Conn::Postgres(_), false) => POSTGRES_WITHOUT_COUNTED,
            },
            text: all.text,
            between: all.between,
            condition: all.condition,
            after: all.after,
            limit: all.limit,
            end: COUNTED.end,
            columns: PhantomData,
        };
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
    let ([before, between, after], text) = match conn {
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
        end: frames.end,
        columns: PhantomData,
    }
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

const NEWEST: &str = " ORDER BY postmortems.filed_on DESC, postmortems.id DESC LIMIT ";
const SQLITE_WITHOUT: &str = concat!(
    "SELECT postmortems.key, ",
    day!(),
    ", x'' FROM postmortems WHERE postmortems.key NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH "
);
const POSTGRES_WITHOUT: &str = concat!(
    "SELECT postmortems.key, ",
    day!(),
    ", ''::bytea FROM postmortems WHERE postmortems.key NOT IN (SELECT key FROM search_documents WHERE document @@ to_tsquery('second_story', "
);
const SQLITE_ALL: &str = concat!(
    "SELECT postmortems.key, ",
    day!(),
    ", x'' FROM postmortems WHERE "
);
const POSTGRES_ALL: &str = concat!(
    "SELECT postmortems.key, ",
    day!(),
    ", ''::bytea FROM postmortems WHERE "
);
const ALL_COUNTED: &str = concat!(
    "SELECT facts, count(*) FROM (SELECT ",
    year!(),
    " AS facts FROM postmortems WHERE "
);
const SQLITE_WITHOUT_COUNTED: &str = concat!(
    "SELECT facts, count(*) FROM (SELECT ",
    year!(),
    " AS facts FROM postmortems WHERE postmortems.key NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH "
);
const POSTGRES_WITHOUT_COUNTED: &str = concat!(
    "SELECT facts, count(*) FROM (SELECT ",
    year!(),
    " AS facts FROM postmortems WHERE postmortems.key NOT IN (SELECT key FROM search_documents WHERE document @@ to_tsquery('second_story', "
);

/// What the filters alone leave, without what must not occur, newest first.
fn without_words(conn: &Conn, reader: PersonId, query: &SearchQuery, most: usize) -> Candidates {
    let unwanted = !query.without.is_empty();
    let (before, between) = match (conn, unwanted) {
        (Conn::Sqlite(_), false) => (SQLITE_ALL, ""),
        (Conn::Postgres(_), false) => (POSTGRES_ALL, ""),
        (Conn::Sqlite(_), true) => (SQLITE_WITHOUT, ") AND "),
        (Conn::Postgres(_), true) => (POSTGRES_WITHOUT, ")) AND "),
    };
    let text = match conn {
        Conn::Sqlite(_) => joined(&query.without, fts5_term, " OR "),
        Conn::Postgres(_) => joined(&query.without, |term| tsquery_term(term, ""), " | "),
    };
    Framed {
        before,
        text: unwanted.then_some(text),
        between,
        condition: narrowed(reader, &query.filters, &[]),
        after: NEWEST,
        limit: limit(most),
        end: "",
        columns: PhantomData,
    }
}

/// What is looked for, as FTS5 reads it. Words hold letters and digits only, and every one is quoted.
fn fts5(wanted: &Wanted<'_>, without: &[Term]) -> String {
    let set =
        |terms: &Vec<&Term>| format!("({})", joined(terms.iter().copied(), fts5_term, " AND "));
    let sets = joined(&wanted.sets, set, " OR ");
    let sets = match wanted.within {
        Within::Titles => format!("{{title}} : ({sets})"),
        Within::Everything => format!("({sets})"),
    };
    if without.is_empty() {
        return sets;
    }
    format!("{sets} NOT ({})", joined(without, fts5_term, " OR "))
}

fn fts5_term(term: &Term) -> String {
    let way = |(words, _, beginning): (&[String], bool, bool)| {
        let star = if beginning { " *" } else { "" };
        format!("\"{}\"{star}", words.join(" "))
    };
    let ways: Vec<String> = term.ways().map(way).collect();
    format!("({})", ways.join(" OR "))
}

/// What is looked for, as PostgreSQL reads it. Words hold letters and digits only, and every one is quoted.
fn tsquery(wanted: &Wanted<'_>, without: &[Term]) -> String {
    let labels = match wanted.within {
        Within::Titles => "A",
        Within::Everything => "",
    };
    let set = |terms: &Vec<&Term>| {
        let terms = terms.iter().copied();
        format!(
            "({})",
            joined(terms, |term| tsquery_term(term, labels), " & ")
        )
    };
    let sets = joined(&wanted.sets, set, " | ");
    if without.is_empty() {
        return sets;
    }
    let without = joined(without, |term| tsquery_term(term, ""), " | ");
    format!("({sets}) & !({without})")
}

fn tsquery_term(term: &Term, labels: &str) -> String {
    let way = |(words, _, beginning): (&[String], bool, bool)| {
        let last = words.len().saturating_sub(1);
        let words: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(place, word)| {
                let star = if beginning && place == last { "*" } else { "" };
                let colon = if labels.is_empty() && star.is_empty() {
                    ""
                } else {
                    ":"
                };
                format!("'{word}'{colon}{star}{labels}")
            })
            .collect();
        format!("({})", words.join(" <-> "))
    };
    let ways: Vec<String> = term.ways().map(way).collect();
    format!("({})", ways.join(" | "))
}

fn joined<T>(
    terms: impl IntoIterator<Item = T>,
    write: impl Fn(T) -> String,
    between: &str,
) -> String {
    terms
        .into_iter()
        .map(write)
        .collect::<Vec<_>>()
        .join(between)
}
