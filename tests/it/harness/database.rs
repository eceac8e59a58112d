//! Fresh databases: a file of SQLite, or a schema of the PostgreSQL database that `TEST_DATABASE_URL` names.

use std::sync::Once;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

use super::left_out;

/// A database of one test, removed when this is dropped.
pub(crate) struct Database {
    /// What `--database` takes.
    pub(crate) address: String,
    place: Place,
}

enum Place {
    Sqlite(#[expect(dead_code, reason = "kept so that the folder lives as long")] TempDir),
    Postgres { server: String, schema: String },
}

/// The PostgreSQL database to test with, if one was named.
pub(crate) fn postgres() -> Option<String> {
    std::env::var("TEST_DATABASE_URL")
        .ok()
        .filter(|url| !url.is_empty())
}

impl Database {
    /// A fresh database, of the kind that this run tests.
    pub(crate) fn fresh() -> Self {
        static SAID: Once = Once::new();
        postgres().map_or_else(
            || {
                SAID.call_once(|| {
                    left_out("the same tests on PostgreSQL", "set TEST_DATABASE_URL");
                });
                Self::sqlite()
            },
            |server| Self::postgres(&server),
        )
    }

    /// A fresh file of SQLite, whatever this run tests.
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        Self {
            address: format!("sqlite:{}", folder.path().join("test.sqlite").display()),
            place: Place::Sqlite(folder),
        }
    }

    /// A fresh schema of a PostgreSQL database.
    pub(crate) fn postgres(server: &str) -> Self {
        let schema = format!("test_{}", Uuid::now_v7().simple());
        run(server, &format!("CREATE SCHEMA {schema}"));
        let joint = if server.contains('?') { '&' } else { '?' };
        Self {
            address: format!("{server}{joint}options=--search_path%3D{schema}"),
            place: Place::Postgres {
                server: server.to_owned(),
                schema,
            },
        }
    }

    /// Whether this is PostgreSQL.
    pub(crate) const fn is_postgres(&self) -> bool {
        matches!(self.place, Place::Postgres { .. })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        match &self.place {
            // The folder removes itself.
            Place::Sqlite(_) => {}
            Place::Postgres { server, schema } => {
                run(server, &format!("DROP SCHEMA {schema} CASCADE"));
            }
        }
    }
}

fn run(server: &str, sql: &str) {
    let mut conn = PgConnection::establish(server).unwrap_or_else(|error| {
        panic!("the database that TEST_DATABASE_URL names cannot be reached: {error}")
    });
    conn.batch_execute(&format!("SET client_min_messages = 'warning'; {sql}"))
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}
