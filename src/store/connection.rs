//! Two databases behind one connection type; the pool; transactions; migrations.

use std::path::PathBuf;
use std::sync::Arc;

use diesel::RunQueryDsl as _;
use diesel::connection::{
    AnsiTransactionManager, Connection, SimpleConnection, TransactionManager,
};
use diesel::pg::PgConnection;
use diesel::r2d2::{Pool, PooledConnection, R2D2Connection as _};
use diesel::result::QueryResult;
use diesel::sqlite::SqliteConnection;
use parking_lot::FairMutex;

use pool::{Location, Manager};

use super::StoreError;

mod migrations;
mod pool;

/// A connection to either database. (SQLite stands last: its `establish` accepts any string.)
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// PostgreSQL 15 or newer.
    Postgres(PgConnection),
    /// The bundled SQLite.
    Sqlite(SqliteConnection),
}

/// Answers a query on the connection that is there: `directly!(conn, table.filter(..).load(conn))`.
///
/// A query on [`Conn`] is written out as SQL four times before its prepared statement is found; on the database's own
/// connection the statement is found by the query's type. So the ways that everybody goes (who is signed in, a reading
/// page, a list) say `directly!`. A condition that is put together at run time has no type of its own, and gains nothing.
macro_rules! directly {
    ($conn:ident, $query:expr) => {
        match $conn {
            $crate::store::Conn::Sqlite($conn) => $query,
            $crate::store::Conn::Postgres($conn) => $query,
        }
    };
}

pub(in crate::store) use directly;

/// The backend that stands for both databases in queries.
pub(in crate::store) type Backend = <Conn as Connection>::Backend;
type Transactions = <Conn as Connection>::TransactionManager;

/// The store: a pool of connections to one database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: Pool<Manager>,
    /// SQLite has one writer at a time. Without a fair queue one of sixteen writers got one commit in five seconds. All write
    /// over the same connection: its pages stay good, while those of any other are stale after each commit.
    writer: Option<Arc<FairMutex<Option<PooledConnection<Manager>>>>>,
}

/// Why the store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is of neither kind.
    #[error("\"{0}\" is not a database address. Use sqlite:PATH or postgres://USER@HOST/DATABASE.")]
    Address(String),
    /// The folder cannot be made or written.
    #[error("The data folder {} cannot be used: {source}. Check that it exists and that this user may write to it.", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// No connection.
    #[error("The database {address} cannot be opened: {reason}")]
    Connect {
        /// The address, without a password.
        address: String,
        /// What the database said.
        reason: String,
    },
    /// A bundled SQLite with a known fault.
    #[error(
        "SQLite {0} can corrupt a database that is written and checkpointed at once. Build with 3.51.3 or newer."
    )]
    OldSqlite(String),
    /// Migrations failed.
    #[error("The database could not be brought up to date: {0}")]
    Migration(String),
    /// Made by a newer program.
    #[error(
        "The database was made by a newer Second Story (it knows {0}). Run that version, or restore a backup made by this one."
    )]
    Newer(String),
}

impl Store {
    /// Opens a database by its address (`sqlite:PATH`, `postgres://...`) and brings it up to date.
    ///
    /// # Errors
    /// [`OpenError`], with what to do next.
    pub fn open(address: &str) -> Result<Self, OpenError> {
        let location = locate(address)?;
        migrations::run(&location)?;
        let writer =
            matches!(location, Location::Sqlite(_)).then(|| Arc::new(FairMutex::new(None)));
        let pool = pool::open(location).map_err(|error| OpenError::Connect {
            address: without_password(address),
            reason: one_line(&error),
        })?;
        Ok(Self { pool, writer })
    }

    /// Reads in one transaction: everything the closure sees belongs to one moment.
    ///
    /// # Errors
    /// What the closure returns, or [`StoreError`] if the database cannot be reached.
    pub fn read<T, E: From<StoreError>>(
        &self,
        body: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        let conn = &mut self.connection()?.conn;
        begin(
            conn,
            "BEGIN DEFERRED",
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        )?;
        finish(conn, body)
    }

    /// Asks one question. Its answer belongs to one moment without a transaction, which takes as long as a short answer.
    ///
    /// # Errors
    /// What the closure returns, or [`StoreError`] if the database cannot be reached.
    pub fn glance<T, E: From<StoreError>>(
        &self,
        body: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        body(&mut self.connection()?.conn)
    }

    /// Writes in one transaction: all of it is kept and durable when this returns `Ok`, nothing of it otherwise.
    ///
    /// # Errors
    /// What the closure returns, or [`StoreError`] if the database cannot be reached or refuses to commit.
    pub fn write<T, E: From<StoreError>>(
        &self,
        body: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        let Some(writer) = &self.writer else {
            return write_over(&mut self.connection()?.conn, body);
        };
        let mut turn = writer.lock();
        // Whoever panics takes the connection along, and the pool drops it.
        let mut held = turn.take().map_or_else(|| self.writing(), Ok)?;
        let result = write_over(&mut held.conn, body);
        if !held.conn.is_broken() {
            *turn = Some(held);
        }
        result
    }

    /// A connection over which all of SQLite's writing goes from now on.
    fn writing(&self) -> Result<PooledConnection<Manager>, StoreError> {
        let mut held = self.connection()?;
        only_sqlite(&mut held.conn, pool::SQLITE_WRITER)?;
        Ok(held)
    }

    /// Whether the database is a file, which this process reads itself.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.writer.is_some()
    }

    /// Whether a short question is answered without waiting for anybody: the database is a file, whose readers wait for no
    /// writer, and a connection is free.
    #[must_use]
    pub fn is_at_hand(&self) -> bool {
        self.is_file() && self.pool.state().idle_connections > 0
    }

    /// Asks the database whether it answers.
    ///
    /// # Errors
    /// [`StoreError`] if it does not.
    pub fn ping(&self) -> Result<(), StoreError> {
        self.connection()?.conn.ping().map_err(StoreError::from)
    }

    /// Runs statements that refuse to run in a transaction.
    pub(in crate::store) fn bare<T>(
        &self,
        body: impl FnOnce(&mut Conn) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        body(&mut self.connection()?.conn)
    }

    fn connection(&self) -> Result<PooledConnection<Manager>, StoreError> {
        self.pool
            .get()
            .map_err(|error| StoreError::Unavailable(Box::new(error)))
    }
}

fn write_over<T, E: From<StoreError>>(
    conn: &mut Conn,
    body: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    begin(conn, "BEGIN IMMEDIATE", "BEGIN")?;
    finish(conn, body)
}

fn begin(conn: &mut Conn, sqlite: &str, postgres: &str) -> Result<(), StoreError> {
    match conn {
        Conn::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, sqlite),
        Conn::Postgres(inner) => AnsiTransactionManager::begin_transaction_sql(inner, postgres),
    }
    .map_err(StoreError::from)
}

fn finish<T, E: From<StoreError>>(
    conn: &mut Conn,
    body: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    match body(conn) {
        Ok(value) => {
            Transactions::commit_transaction(conn).map_err(StoreError::from)?;
            Ok(value)
        }
        Err(error) => {
            // The first error is the one to report; a rollback that fails too leaves a connection the pool drops.
            if let Err(rollback) = Transactions::rollback_transaction(conn) {
                tracing::warn!(error = %rollback, "a transaction could not be rolled back");
            }
            Err(error)
        }
    }
}

fn locate(address: &str) -> Result<Location, OpenError> {
    if let Some(path) = address.strip_prefix("sqlite:") {
        let path = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
        if path.as_os_str().is_empty() {
            return Err(OpenError::Address(address.to_owned()));
        }
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder).map_err(|source| OpenError::Folder {
                path: folder.to_owned(),
                source,
            })?;
        }
        return Ok(Location::Sqlite(path));
    }
    if address.starts_with("postgres://") || address.starts_with("postgresql://") {
        return Ok(Location::Postgres(address.to_owned()));
    }
    Err(OpenError::Address(without_password(address)))
}

/// An address that may be printed: the password between `:` and `@` is hidden.
fn without_password(address: &str) -> String {
    match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, rest)), Some((_, host))) => {
            let user = rest.split([':', '@']).next().unwrap_or_default();
            format!("{scheme}://{user}@{host}")
        }
        _ => address.to_owned(),
    }
}

/// What a database said, which likes to use several lines, as one.
fn one_line(said: &impl ToString) -> String {
    let said = said.to_string();
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Keeps everybody else from changing a row until this transaction ends. (SQLite has one writer at a time anyway.)
pub(in crate::store) fn hold(conn: &mut Conn, table: &str, id: uuid::Uuid) -> QueryResult<()> {
    if let Conn::Postgres(inner) = conn {
        // Rows that point at this one can still be made, which `FOR UPDATE` would prevent.
        let sql = format!("SELECT 1 FROM {table} WHERE id = $1 FOR NO KEY UPDATE");
        diesel::sql_query(sql)
            .bind::<diesel::sql_types::Uuid, _>(id)
            .execute(inner)?;
    }
    Ok(())
}

/// Keeps everybody else who holds the same name waiting until this transaction ends, whether or not a row has it yet.
/// (SQLite has one writer at a time anyway.)
pub(in crate::store) fn hold_name(conn: &mut Conn, name: &str) -> QueryResult<()> {
    if let Conn::Postgres(inner) = conn {
        diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind::<diesel::sql_types::Text, _>(name)
            .execute(inner)?;
    }
    Ok(())
}

/// Runs statements that belong to one database only; the other one answers `Ok` without doing anything.
pub(in crate::store) fn only_sqlite(conn: &mut Conn, sql: &str) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(inner) => inner.batch_execute(sql),
        Conn::Postgres(_) => Ok(()),
    }
}
