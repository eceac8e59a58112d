//! Two databases behind one connection type; the pool; transactions; migrations.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use diesel::RunQueryDsl as _;
use diesel::connection::{
    AnsiTransactionManager, Connection, SimpleConnection, TransactionManager,
};
use diesel::pg::PgConnection;
use diesel::r2d2::{ManageConnection, NopErrorHandler, Pool, PooledConnection, R2D2Connection};
use diesel::result::{ConnectionError, QueryResult};
use diesel::sqlite::SqliteConnection;
use parking_lot::FairMutex;

use super::StoreError;

mod migrations;

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

/// How long a request waits for a connection before it is answered "try again".
const POOL_WAIT: Duration = Duration::from_secs(3);
/// How many connections there are for each core: four for the threads that a worker has for use cases (`cli::serve`), and one for
/// the worker itself, so that a short read waits for no search.
const FOR_EACH_CORE: usize = 5;
/// How many there are at most; PostgreSQL has a hundred for everybody.
const POOL_MOST: usize = 40;
/// How long a server of PostgreSQL may take to answer at all.
const CONNECT_SECONDS: u32 = 5;

/// Where the data lies.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Location {
    Sqlite(PathBuf),
    Postgres(String),
}

/// The store: a pool of connections to one database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: Pool<Manager>,
    /// SQLite has one writer at a time. Without a fair queue one of sixteen writers got one commit in five seconds.
    writer: Option<Arc<FairMutex<()>>>,
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
        let writer = matches!(location, Location::Sqlite(_)).then(|| Arc::new(FairMutex::new(())));
        let pool = Pool::builder()
            .max_size(pool_size())
            .min_idle(Some(1))
            .connection_timeout(POOL_WAIT)
            // What goes wrong is told to whoever asked for the connection.
            .error_handler(Box::new(NopErrorHandler))
            .test_on_check_out(matches!(location, Location::Postgres(_)))
            .build(Manager { location })
            .map_err(|error| OpenError::Connect {
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
        let mut conn = self.connection()?;
        begin(
            &mut conn,
            "BEGIN DEFERRED",
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        )?;
        finish(&mut conn, body)
    }

    /// Asks one question. Its answer belongs to one moment without a transaction, which takes as long as a short answer.
    ///
    /// # Errors
    /// What the closure returns, or [`StoreError`] if the database cannot be reached.
    pub fn glance<T, E: From<StoreError>>(
        &self,
        body: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        body(&mut *self.connection()?)
    }

    /// Writes in one transaction: all of it is kept and durable when this returns `Ok`, nothing of it otherwise.
    ///
    /// # Errors
    /// What the closure returns, or [`StoreError`] if the database cannot be reached or refuses to commit.
    pub fn write<T, E: From<StoreError>>(
        &self,
        body: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.writer.as_ref().map(|writer| writer.lock());
        let mut conn = self.connection()?;
        begin(&mut conn, "BEGIN IMMEDIATE", "BEGIN")?;
        finish(&mut conn, body)
    }

    /// Whether a short question is answered without waiting for anybody: the database is a file, whose readers wait for no
    /// writer, and a connection is free.
    #[must_use]
    pub fn is_at_hand(&self) -> bool {
        self.writer.is_some() && self.pool.state().idle_connections > 0
    }

    /// Asks the database whether it answers.
    ///
    /// # Errors
    /// [`StoreError`] if it does not.
    pub fn ping(&self) -> Result<(), StoreError> {
        let mut conn = self.connection()?;
        conn.ping().map_err(StoreError::from)
    }

    /// Runs statements that refuse to run in a transaction.
    pub(in crate::store) fn bare<T>(
        &self,
        body: impl FnOnce(&mut Conn) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        body(&mut *self.connection()?)
    }

    fn connection(&self) -> Result<PooledConnection<Manager>, StoreError> {
        self.pool
            .get()
            .map_err(|error| StoreError::Unavailable(Box::new(error)))
    }
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

/// Makes connections by the address' scheme. (The derived `establish` tries each kind and hides the real error.)
#[derive(Debug)]
struct Manager {
    location: Location,
}

impl Location {
    fn connect(&self) -> Result<Conn, diesel::r2d2::Error> {
        let query = diesel::r2d2::Error::QueryError;
        match self {
            Self::Sqlite(path) => {
                let mut conn = sqlite(path).map_err(diesel::r2d2::Error::ConnectionError)?;
                conn.batch_execute(SQLITE_SETTINGS).map_err(query)?;
                Ok(Conn::Sqlite(conn))
            }
            Self::Postgres(address) => {
                let mut conn = PgConnection::establish(&impatient(address))
                    .map_err(diesel::r2d2::Error::ConnectionError)?;
                conn.batch_execute(POSTGRES_SETTINGS).map_err(query)?;
                Ok(Conn::Postgres(conn))
            }
        }
    }
}

/// An address by which a server that does not answer is given up in the end; whoever wrote a limit of their own keeps it.
fn impatient(address: &str) -> String {
    if address.contains("connect_timeout") {
        return address.to_owned();
    }
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}connect_timeout={CONNECT_SECONDS}")
}

/// What a database said, which likes to use several lines, as one.
fn one_line(said: &impl ToString) -> String {
    let said = said.to_string();
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sqlite(path: &Path) -> Result<SqliteConnection, ConnectionError> {
    let Some(path) = path.to_str() else {
        return Err(ConnectionError::BadConnection(
            "the path is not UTF-8".into(),
        ));
    };
    SqliteConnection::establish(path)
}

fn pool_size() -> u32 {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    u32::try_from((cores * FOR_EACH_CORE).min(POOL_MOST)).unwrap_or(1)
}

/// `synchronous=FULL`: with NORMAL a power cut loses commits that were answered with success. Each connection caches pages of
/// its own, four megabytes at most: on two cores all of them together are a third of what the server needs under load.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;";

/// A table that somebody locked must not hold requests for ever. Our questions are short: compiling one, or starting processes
/// that share it, takes longer than answering it.
const POSTGRES_SETTINGS: &str = "SET TIME ZONE 'UTC'; SET lock_timeout = '3s'; SET statement_timeout = '30s'; SET client_min_messages = 'warning'; \
     SET jit = off; SET max_parallel_workers_per_gather = 0;";

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        self.location.connect()
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.ping().map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
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
fn only_sqlite(conn: &mut Conn, sql: &str) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(inner) => inner.batch_execute(sql),
        Conn::Postgres(_) => Ok(()),
    }
}
