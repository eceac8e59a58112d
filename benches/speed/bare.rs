//! The same work as bare SQL on the same database, on this thread: what the database itself costs.
//!
//! Written once, with `?1` for what is bound; `:id` and `:other` are bound ids, and `:made` makes one.

use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::cpu;
use second_story::domain::ids::PostMortemId;

/// A connection with the settings that the program uses.
pub(crate) enum Bare {
    Sqlite(SqliteConnection),
    Postgres {
        conn: PgConnection,
        /// The server's process and the user's name, if the process is on this machine.
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

/// The facts that every post-mortem has.
const FACTS: &str = "title, kind, tier, system, visibility, zone, shepherd_id, template_version, impacts, unknown_markers, no_commitments_because, over_limit_because, filed_on, created_at, updated_at, version";

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

const SQLITE_FROM: &str = "search_index :join WHERE search_index MATCH ?1 :also";
const SQLITE_SEARCH: &str = "SELECT snippet(search_index, -1, '[', ']', '…', 24) AS value FROM :from ORDER BY rank LIMIT 20";
const POSTGRES_FROM: &str = "to_tsquery('second_story', ?1) AS q JOIN search_documents AS d ON d.document @@ q :join WHERE true :also";
const POSTGRES_SEARCH: &str = "SELECT ts_headline('second_story', body, q) AS value FROM (SELECT d.body, q FROM :from ORDER BY ts_rank_cd(d.document, q) DESC LIMIT 20) AS best";

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
        let one = |bare: &mut Self, sql: &str| bare.texts(sql, &[]).pop().flatten().unwrap();
        let folder = one(self, "SELECT current_setting('data_directory') AS value");
        let user = one(self, "SELECT CAST(current_user AS TEXT) AS value");
        let file = std::fs::read_to_string(format!("{folder}/postmaster.pid")).ok()?;
        Some((file.lines().next()?.trim().parse().ok()?, user))
    }

    /// CPU time so far of the database's own processes for us; nothing where it runs in the process that asks.
    pub(crate) fn cpu(&self) -> Duration {
        match self {
            Self::Postgres {
                backends: Some((server, user)),
                ..
            } => cpu::of_backends(*server, user),
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
        self.texts(sql, &[])
            .pop()
            .flatten()
            .unwrap()
            .parse()
            .unwrap()
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
        self.texts(sql, &[]).pop().flatten().unwrap()
    }

    /// Reads everything that the reading page shows.
    pub(crate) fn page(&mut self, id: PostMortemId) -> usize {
        let id = id.to_string();
        let mut rows = self.rows(
            "SELECT title AS value FROM postmortems WHERE id = :id",
            &[&id],
        );
        for (table, column) in PARTS {
            let sql = format!(
                "SELECT CAST({column} AS TEXT) AS value FROM {table} WHERE postmortem_id = :id"
            );
            rows += self.rows(&sql, &[&id]);
        }
        rows + self.rows(
            "SELECT CAST(e.event_id AS TEXT) AS value FROM evidence e JOIN statements s ON s.id = e.statement_id WHERE s.postmortem_id = :id",
            &[&id],
        )
    }

    /// Reads the newest fifty.
    pub(crate) fn list(&mut self) -> usize {
        self.rows("SELECT title AS value FROM postmortems WHERE visibility = ?1 ORDER BY filed_on DESC, id DESC LIMIT 50", &["organisation"])
    }

    /// The engine's own ranking and snippets, as its manual shows them, and a count.
    pub(crate) fn search(&mut self, [fts5, tsquery]: [&str; 2], narrowed: Option<&str>) -> usize {
        let (found, of, words) = match self {
            Self::Sqlite(_) => (SQLITE_SEARCH, SQLITE_FROM, fts5),
            Self::Postgres { .. } => (POSTGRES_SEARCH, POSTGRES_FROM, tsquery),
        };
        let with = |sql: &str| {
            let (join, also) = narrowed.map_or((String::new(), String::new()), |condition| {
                let key = if of == SQLITE_FROM {
                    "search_index.rowid"
                } else {
                    "d.key"
                };
                (
                    format!("JOIN postmortems ON postmortems.key = {key}"),
                    format!("AND {condition}"),
                )
            });
            sql.replace(":from", of)
                .replace(":join", &join)
                .replace(":also", &also)
        };
        let rows = self.rows(&with(found), &[words]);
        let sql = with("SELECT count(*) AS count FROM :from");
        rows + usize::try_from(self.count(&sql, words)).unwrap().min(1)
    }

    /// Makes one with its facts alone, durably.
    pub(crate) fn create(&mut self, like: PostMortemId) -> usize {
        let sql = format!(
            "INSERT INTO postmortems (key, id, status, {FACTS}) SELECT (SELECT max(key) + 1 FROM postmortems), :other, 'draft', {FACTS} FROM postmortems WHERE id = :id"
        );
        let made = PostMortemId::new().to_string();
        self.written(&[(&sql, &[&like.to_string(), &made])])
    }

    /// Saves a section with its history and its words, durably.
    pub(crate) fn save(&mut self, id: PostMortemId, text: &str) -> usize {
        let id = id.to_string();
        self.written(&[
            ("UPDATE sections SET body = ?2, html = ?2, version = version + 1 WHERE postmortem_id = :id AND key = 'summary'", &[&id, text]),
            (
                "INSERT INTO revisions SELECT :made, id, 'section', 'summary', 1, ?2, '', shepherd_id, updated_at FROM postmortems WHERE id = :id",
                &[&id, text],
            ),
            ("UPDATE search_documents SET body = ?2 || substr(body, 1 + length(?2)) WHERE postmortem_id = :id", &[&id, text]),
        ])
    }

    /// Marks one as published, durably.
    pub(crate) fn publish(&mut self, id: PostMortemId) -> usize {
        let sql = "UPDATE postmortems SET status = ?2, version = version + 1 WHERE id = :id";
        self.written(&[(sql, &[&id.to_string(), "published"])])
    }

    /// Runs statements in one transaction.
    fn written(&mut self, statements: &[(&str, &[&str])]) -> usize {
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

    fn count(&mut self, sql: &str, words: &str) -> i64 {
        let sql = self.dialect(sql);
        let found: Count = match self {
            Self::Sqlite(conn) => bound!(sql, &[words], get_result, conn),
            Self::Postgres { conn, .. } => bound!(sql, &[words], get_result, conn),
        }
        .unwrap();
        found.count
    }

    fn rows(&mut self, sql: &str, values: &[&str]) -> usize {
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
