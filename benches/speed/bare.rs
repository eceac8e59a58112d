//! A connection for bare SQL on the same database.
//!
//! Written once, with `?1` for what is bound; `:id` and `:other` are bound ids, and `:made` makes one.

use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::cpu;

/// A connection with the settings that the program uses.
pub(crate) enum Bare {
    Sqlite(SqliteConnection),
    Postgres {
        conn: PgConnection,
        /// The server's process, and the names of the user and the database, if the process is on this machine.
        backends: Option<(u32, String)>,
    },
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

const SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;";

/// Binds one text after the other, and asks.
macro_rules! bound {
    ($sql:expr, $values:expr, $ask:ident, $conn:expr) => {{
        let mut query = diesel::sql_query(&$sql).into_boxed();
        for value in $values.iter() {
            query = query.bind::<Text, _>((*value).to_owned());
        }
        query.$ask($conn)
    }};
}

impl Bare {
    /// Connects by an address as the program takes it.
    pub(crate) fn open(database: &str) -> Self {
        let Some(path) = database.strip_prefix("sqlite:") else {
            let conn = PgConnection::establish(database).unwrap();
            let mut bare = Self::Postgres {
                conn,
                backends: None,
            };
            let found = bare.server();
            if let Self::Postgres { backends, .. } = &mut bare {
                *backends = found;
            }
            return bare;
        };
        let mut conn = SqliteConnection::establish(path).unwrap();
        conn.batch_execute(SETTINGS).unwrap();
        Self::Sqlite(conn)
    }

    /// The process of the server and who we are to it, if this machine runs it and we may look.
    fn server(&mut self) -> Option<(u32, String)> {
        let folder = self.one("SELECT current_setting('data_directory') AS value");
        let whose = self.one("SELECT current_user || ' ' || current_database() AS value");
        let file = std::fs::read_to_string(format!("{folder}/postmaster.pid")).ok()?;
        Some((file.lines().next()?.trim().parse().ok()?, whose))
    }

    /// CPU time so far of the database's own processes for us; nothing where it runs in the process that asks.
    pub(crate) fn cpu(&self) -> Duration {
        match self {
            Self::Postgres {
                backends: Some((server, whose)),
                ..
            } => cpu::of_backends(*server, whose),
            _ => Duration::ZERO,
        }
    }

    /// What the figures count.
    pub(crate) fn counted(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "CPU of the server process, which holds SQLite",
            Self::Postgres {
                backends: Some(_), ..
            } => "CPU of the server process and of PostgreSQL's processes for its connections",
            Self::Postgres { .. } => "CPU of the server process alone, without PostgreSQL",
        }
    }

    /// Bytes on disk.
    pub(crate) fn size(&mut self) -> u64 {
        let sql = match self {
            Self::Sqlite(_) => {
                "SELECT CAST(page_count * page_size AS TEXT) AS value FROM pragma_page_count(), pragma_page_size()"
            }
            Self::Postgres { .. } => {
                "SELECT CAST(pg_database_size(current_database()) AS TEXT) AS value"
            }
        };
        self.one(sql).parse().unwrap()
    }

    /// Ids of post-mortems of a status, oldest first.
    pub(crate) fn ids(&mut self, status: &str) -> Vec<String> {
        let sql =
            "SELECT CAST(id AS TEXT) AS value FROM postmortems WHERE status = ?1 ORDER BY key";
        self.texts(sql, &[status]).into_iter().flatten().collect()
    }

    /// The Markdown of one post-mortem of usual length.
    pub(crate) fn document(&mut self) -> String {
        let sql = match self {
            Self::Sqlite(_) => {
                "SELECT group_concat(body, char(10) || char(10)) AS value FROM sections GROUP BY postmortem_id HAVING sum(length(body)) BETWEEN 4000 AND 5000 LIMIT 1"
            }
            Self::Postgres { .. } => {
                "SELECT string_agg(body, chr(10) || chr(10)) AS value FROM sections GROUP BY postmortem_id HAVING sum(length(body)) BETWEEN 4000 AND 5000 LIMIT 1"
            }
        };
        self.one(sql)
    }

    /// The columns of a table that are not made from others.
    pub(crate) fn columns(&mut self, table: &str) -> Vec<String> {
        let sql = match self {
            Self::Sqlite(_) => "SELECT name AS value FROM pragma_table_info(?1)",
            Self::Postgres { .. } => {
                "SELECT CAST(column_name AS TEXT) AS value FROM information_schema.columns WHERE table_name = ?1 AND table_schema = current_schema() AND is_generated = 'NEVER'"
            }
        };
        self.texts(sql, &[table]).into_iter().flatten().collect()
    }

    /// An id with another number in its middle, as SQL.
    pub(crate) fn other_id(&self, column: &str, number: usize) -> String {
        match self {
            Self::Sqlite(_) => {
                format!("substr({column}, 1, 19) || '{number:04x}' || substr({column}, 24)")
            }
            Self::Postgres { .. } => format!(
                "CAST(overlay(CAST({column} AS TEXT) placing '{number:04x}' from 20 for 4) AS UUID)"
            ),
        }
    }

    /// Lets the next post-mortem have the next number.
    pub(crate) fn numbered(&mut self) {
        let sql = "UPDATE counters SET value = (SELECT max(number) FROM postmortems) WHERE name = 'postmortem'";
        self.written(&[(sql, &[])]);
        if let Self::Postgres { conn, .. } = self {
            let key = "pg_get_serial_sequence('postmortems', 'key')";
            let next = format!("SELECT setval({key}, (SELECT max(key) FROM postmortems)); ANALYZE");
            conn.batch_execute(&next).unwrap();
        }
    }

    /// What a question without anything bound is answered with.
    pub(crate) fn one(&mut self, sql: &str) -> String {
        self.texts(sql, &[]).pop().flatten().unwrap()
    }

    /// Runs statements in one transaction.
    pub(crate) fn written(&mut self, statements: &[(&str, &[&str])]) -> usize {
        match self {
            Self::Sqlite(conn) => conn.batch_execute("BEGIN IMMEDIATE"),
            Self::Postgres { conn, .. } => conn.batch_execute("BEGIN"),
        }
        .unwrap();
        for (sql, values) in statements {
            let sql = self.dialect(sql);
            match self {
                Self::Sqlite(conn) => bound!(sql, values, execute, conn),
                Self::Postgres { conn, .. } => bound!(sql, values, execute, conn),
            }
            .unwrap();
        }
        match self {
            Self::Sqlite(conn) => conn.batch_execute("COMMIT"),
            Self::Postgres { conn, .. } => conn.batch_execute("COMMIT"),
        }
        .unwrap();
        1
    }

    pub(crate) fn count(&mut self, sql: &str, words: &str) -> i64 {
        let sql = self.dialect(sql);
        let found: Count = match self {
            Self::Sqlite(conn) => bound!(sql, &[words], get_result, conn),
            Self::Postgres { conn, .. } => bound!(sql, &[words], get_result, conn),
        }
        .unwrap();
        found.count
    }

    pub(crate) fn rows(&mut self, sql: &str, values: &[&str]) -> usize {
        let texts = self.texts(sql, values);
        texts.iter().map(|text| usize::from(text.is_some())).sum()
    }

    fn texts(&mut self, sql: &str, values: &[&str]) -> Vec<Option<String>> {
        let sql = self.dialect(sql);
        let rows: Vec<Column> = match self {
            Self::Sqlite(conn) => bound!(sql, values, load, conn),
            Self::Postgres { conn, .. } => bound!(sql, values, load, conn),
        }
        .unwrap();
        rows.into_iter().map(|row| row.value).collect()
    }

    /// Writes a statement for this database.
    fn dialect(&self, sql: &str) -> String {
        match self {
            Self::Sqlite(_) => sql
                .replace(":id", "?1")
                .replace(":other", "?2")
                .replace(":made", "lower(hex(randomblob(16)))"),
            Self::Postgres { .. } => sql
                .replace(":id", "$1::uuid")
                .replace(":other", "$2::uuid")
                .replace(":made", "gen_random_uuid()")
                .replace('?', "$"),
        }
    }
}
