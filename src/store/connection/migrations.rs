//! Brings a database up to date before anything else uses it.

use diesel::QueryableByName;
use diesel::connection::SimpleConnection as _;
use diesel::migration::MigrationSource;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Conn, Location, OpenError, one_line, only_sqlite, without_password};
use crate::store::search;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// An arbitrary number that no other program uses for its advisory lock.
const LOCK: i64 = 5_245_902_411;

/// The first SQLite without the fault that can corrupt a database in WAL mode.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// Runs the pending migrations on a connection of their own.
pub(super) fn run(location: &Location) -> Result<(), OpenError> {
    let address = match location {
        Location::Sqlite(path) => format!("sqlite:{}", path.display()),
        Location::Postgres(address) => without_password(address),
    };
    let mut conn = location.connect().map_err(|error| OpenError::Connect {
        address,
        reason: one_line(&error),
    })?;
    check_version(&mut conn)?;
    // SQLite changes tables by copying them, during which references would be checked against half a table.
    only_sqlite(&mut conn, "PRAGMA foreign_keys = OFF").map_err(failed)?;
    locked(&mut conn)
}

/// Two instances may start at once, and the runner takes no lock of its own: the second one waits, and then finds
/// nothing left to do.
fn locked(conn: &mut Conn) -> Result<(), OpenError> {
    match conn {
        // Usually there is nothing to do, and somebody else's long transaction need not be waited for.
        Conn::Sqlite(inner) => {
            if pending(inner, SQLITE)? {
                inner.immediate_transaction(|inner| {
                    inner.run_pending_migrations(SQLITE).map_err(failed)?;
                    check_references(inner)
                })?;
            }
        }
        Conn::Postgres(inner) => {
            inner
                .batch_execute("SET lock_timeout = 0; SET statement_timeout = 0;")
                .map_err(failed)?;
            inner
                .batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))
                .map_err(failed)?;
            // An error ends the connection, and with it the lock.
            if pending(inner, POSTGRES)? {
                inner.run_pending_migrations(POSTGRES).map_err(failed)?;
            }
        }
    }
    // What migrations cannot compute. A program may have ended in the middle of it, so it is noted when it is done; on
    // PostgreSQL still under the lock.
    search::complete_once(conn).map_err(failed)?;
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(inner) => inner
            .batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))
            .map_err(failed),
    }
}

/// References were not checked while tables were copied.
fn check_references(conn: &mut SqliteConnection) -> Result<(), OpenError> {
    #[derive(QueryableByName)]
    struct Broken {
        #[diesel(sql_type = Text)]
        table: String,
    }
    let broken: Vec<Broken> =
        diesel::sql_query(r#"SELECT DISTINCT "table" FROM pragma_foreign_key_check"#).load(conn)?;
    match broken.first() {
        None => Ok(()),
        Some(Broken { table }) => Err(OpenError::Migration(format!(
            "the table {table} points to rows that are not there; nothing was changed"
        ))),
    }
}

/// Whether there is anything to run; refuses a database that knows more than this program.
fn pending<C, DB>(conn: &mut C, source: EmbeddedMigrations) -> Result<bool, OpenError>
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let known: Vec<String> = MigrationSource::<DB>::migrations(&source)
        .map_err(failed)?
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    let applied = conn.applied_migrations().map_err(failed)?;
    if let Some(newer) = applied
        .iter()
        .map(ToString::to_string)
        .find(|version| !known.contains(version))
    {
        return Err(OpenError::Newer(newer));
    }
    conn.has_pending_migration(source).map_err(failed)
}

fn check_version(conn: &mut Conn) -> Result<(), OpenError> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        version: String,
    }
    let Conn::Sqlite(inner) = conn else {
        return Ok(());
    };
    let row: Row = diesel::sql_query("SELECT sqlite_version() AS version")
        .get_result(inner)
        .map_err(failed)?;
    let numbers: Vec<u32> = row
        .version
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect();
    if numbers.as_slice() < OLDEST_SQLITE.as_slice() {
        Err(OpenError::OldSqlite(row.version))
    } else {
        Ok(())
    }
}

fn failed(error: impl std::fmt::Display) -> OpenError {
    OpenError::Migration(error.to_string())
}

impl From<diesel::result::Error> for OpenError {
    fn from(error: diesel::result::Error) -> Self {
        failed(error)
    }
}
