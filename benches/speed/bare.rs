//! The same work as bare SQL against the same file, on this thread: what the database itself costs.

use std::path::Path;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::cpu;
use second_story::domain::ids::PostMortemId;

/// A connection with the settings that the program uses.
pub(crate) struct Bare {
    conn: SqliteConnection,
}

/// One column of any row, so that every row is really read.
#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Nullable<Text>)]
    value: Option<String>,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// The tables of one post-mortem, each with the column that weighs most.
const PARTS: [(&str, &str); 8] = [
    ("sections", "html"),
    ("accounts", "html"),
    ("events", "body"),
    ("statements", "body"),
    ("actions", "title"),
    ("members", "role"),
    ("approvals", "approved_at"),
    ("postmortem_links", "relation"),
];

impl Bare {
    pub(crate) fn open(database: &Path) -> Self {
        let mut conn = SqliteConnection::establish(database.to_str().unwrap()).unwrap();
        conn.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;").unwrap();
        Self { conn }
    }

    /// The Markdown of one post-mortem of usual length.
    pub(crate) fn document(&mut self) -> String {
        let rows: Vec<Column> = diesel::sql_query("SELECT group_concat(body, char(10) || char(10)) AS value FROM sections GROUP BY postmortem_id HAVING sum(length(body)) BETWEEN 4000 AND 5000 LIMIT 1")
            .load(&mut self.conn)
            .unwrap();
        rows[0].value.clone().unwrap()
    }

    /// Reads everything that the reading page shows.
    pub(crate) fn page(&mut self, id: PostMortemId) -> usize {
        let mut rows = self.rows(
            "SELECT title AS value FROM postmortems WHERE id = ?1",
            &id.to_string(),
        );
        for (table, column) in PARTS {
            rows += self.rows(
                &format!("SELECT {column} AS value FROM {table} WHERE postmortem_id = ?1"),
                &id.to_string(),
            );
        }
        rows + self.rows(
            "SELECT e.event_id AS value FROM evidence e JOIN statements s ON s.id = e.statement_id WHERE s.postmortem_id = ?1",
            &id.to_string(),
        )
    }

    /// Reads the newest fifty.
    pub(crate) fn list(&mut self) -> usize {
        self.rows("SELECT title AS value FROM postmortems WHERE visibility = ?1 ORDER BY filed_on DESC, id DESC LIMIT 50", "organisation")
    }

    /// The engine's own ranking and snippets, as its manual shows them, and a count.
    pub(crate) fn search(&mut self, words: &str) -> usize {
        let found = self.rows(
            "SELECT snippet(search_index, -1, '[', ']', '…', 24) AS value FROM search_index WHERE search_index MATCH ?1 ORDER BY rank LIMIT 20",
            words,
        );
        let count = diesel::sql_query(
            "SELECT count(*) AS count FROM search_index WHERE search_index MATCH ?1",
        )
        .bind::<Text, _>(words)
        .get_result::<Count>(&mut self.conn)
        .unwrap();
        found + usize::try_from(count.count).unwrap().min(1)
    }

    /// Saves a section with its history and its words, durably.
    pub(crate) fn save(&mut self, id: PostMortemId, text: &str) -> usize {
        let id = id.to_string();
        self.conn.batch_execute("BEGIN IMMEDIATE").unwrap();
        self.run("UPDATE sections SET body = ?2, html = ?2, version = version + 1 WHERE postmortem_id = ?1 AND key = 'summary'", &id, text);
        self.run(
            "INSERT INTO revisions SELECT lower(hex(randomblob(16))), id, 'section', 'summary', 1, ?2, '', shepherd_id, updated_at \
             FROM postmortems WHERE id = ?1",
            &id,
            text,
        );
        self.run("UPDATE search_documents SET body = ?2 || substr(body, 1 + length(?2)) WHERE postmortem_id = ?1", &id, text);
        self.conn.batch_execute("COMMIT").unwrap();
        1
    }

    /// Marks one as published, durably.
    pub(crate) fn publish(&mut self, id: PostMortemId) -> usize {
        self.conn.batch_execute("BEGIN IMMEDIATE").unwrap();
        self.run(
            "UPDATE postmortems SET status = ?2, version = version + 1 WHERE id = ?1",
            &id.to_string(),
            "published",
        );
        self.conn.batch_execute("COMMIT").unwrap();
        1
    }

    fn run(&mut self, sql: &str, first: &str, second: &str) {
        diesel::sql_query(sql)
            .bind::<Text, _>(first)
            .bind::<Text, _>(second)
            .execute(&mut self.conn)
            .unwrap();
    }

    fn rows(&mut self, sql: &str, value: &str) -> usize {
        let rows: Vec<Column> = diesel::sql_query(sql)
            .bind::<Text, _>(value)
            .load(&mut self.conn)
            .unwrap();
        rows.iter()
            .map(|row| usize::from(row.value.is_some()))
            .sum()
    }
}

/// CPU time and wall time of one call, over many.
pub(crate) fn timed(
    times: usize,
    mut call: impl FnMut(usize) -> usize,
) -> (Duration, Vec<Duration>) {
    let before = cpu::of_this_thread();
    let mut took = Vec::with_capacity(times);
    let mut read = 0;
    for turn in 0..times {
        let start = Instant::now();
        read += call(turn);
        took.push(start.elapsed());
    }
    assert!(read > 0, "bare SQL read nothing");
    let each = (cpu::of_this_thread() - before) / u32::try_from(times).unwrap();
    (each, took)
}
