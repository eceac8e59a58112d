//! The pool: how connections are made, how many there are, and whether one that rested is still there.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use diesel::connection::{Connection as _, SimpleConnection as _};
use diesel::pg::PgConnection;
use diesel::r2d2::{ManageConnection, NopErrorHandler, Pool, PoolError, R2D2Connection as _};
use diesel::result::ConnectionError;
use diesel::sqlite::SqliteConnection;

use super::Conn;

/// How long a request waits for a connection before it is answered "try again".
const POOL_WAIT: Duration = Duration::from_secs(3);
/// How many connections there are for each core: four for the threads that a worker has for use cases (`cli::serve`), and one for
/// the worker itself, so that a short read waits for no search. SQLite's writer has one more.
const FOR_EACH_CORE: usize = 5;
/// How many there are at most; PostgreSQL has a hundred for everybody.
const POOL_MOST: usize = 40;
/// How long a server of PostgreSQL may take to answer at all.
const CONNECT_SECONDS: u32 = 5;

/// `synchronous=FULL`: with NORMAL a power cut loses commits that were answered with success. Each connection caches pages of
/// its own, four megabytes at most: on two cores all of them together are a third of what the server needs under load.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;";

/// Whoever saves at 100,000 post-mortems reads other pages of the word index each time, so the one that writes caches more.
pub(super) const SQLITE_WRITER: &str = "PRAGMA cache_size = -16384;";

/// A table that somebody locked must not hold requests for ever. Our questions are short: compiling one, or starting processes
/// that share it, takes longer than answering it.
const POSTGRES_SETTINGS: &str = "SET TIME ZONE 'UTC'; SET lock_timeout = '3s'; SET statement_timeout = '30s'; SET client_min_messages = 'warning'; \
     SET jit = off; SET max_parallel_workers_per_gather = 0;";

/// Where the data lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Location {
    Sqlite(PathBuf),
    Postgres(String),
}

/// Opens the pool.
///
/// # Errors
/// What the first connection met.
pub(super) fn open(location: Location) -> Result<Pool<Manager>, PoolError> {
    Pool::builder()
        .max_size(pool_size())
        .min_idle(Some(1))
        .connection_timeout(POOL_WAIT)
        // What goes wrong is told to whoever asked for the connection.
        .error_handler(Box::new(NopErrorHandler))
        .test_on_check_out(matches!(location, Location::Postgres(_)))
        .build(Manager { location })
}

fn pool_size() -> u32 {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    u32::try_from((cores * FOR_EACH_CORE + 1).min(POOL_MOST)).unwrap_or(1)
}

/// A connection of the pool, and when it was last given back.
pub(super) struct Pooled {
    pub(super) conn: Conn,
    rested_since: Instant,
}

/// A connection that rested longer is asked whether it is still there before it is given out. One that was used just now is;
/// this spares two questions with every request, and may cost a refusal in the second in which PostgreSQL is restarted.
const ASKED_AFTER: Duration = Duration::from_secs(1);

impl ManageConnection for Manager {
    type Connection = Pooled;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Pooled, Self::Error> {
        Ok(Pooled {
            conn: self.location.connect()?,
            rested_since: Instant::now(),
        })
    }

    fn is_valid(&self, pooled: &mut Pooled) -> Result<(), Self::Error> {
        if pooled.rested_since.elapsed() < ASKED_AFTER {
            return Ok(());
        }
        let answer = pooled.conn.ping();
        answer.map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        pooled.rested_since = Instant::now();
        std::thread::panicking() || pooled.conn.is_broken()
    }
}

/// Makes connections by the address' scheme. (The derived `establish` tries each kind and hides the real error.)
#[derive(Debug)]
pub(super) struct Manager {
    location: Location,
}

impl Location {
    pub(super) fn connect(&self) -> Result<Conn, diesel::r2d2::Error> {
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

fn sqlite(path: &Path) -> Result<SqliteConnection, ConnectionError> {
    let Some(path) = path.to_str() else {
        return Err(ConnectionError::BadConnection(
            "the path is not UTF-8".into(),
        ));
    };
    SqliteConnection::establish(path)
}
