//! One file with everything: an SQLite database, whichever database the data lies in.
//!
//! From SQLite it is a compacted copy, from PostgreSQL every row of every table as of one moment. So a backup can be
//! restored into either database, and opened as a database of its own.

pub(in crate::store) mod copy; // rows from one database to another
pub(in crate::store) mod tables; // what is copied, in which order

use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::{Conn, OpenError, Store, StoreError};

/// Why there is no backup, or why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file is there already, and a backup never replaces one.
    #[error("{} is there already, and a backup never replaces a file. Choose another name.", .0.display())]
    Exists(PathBuf),
    /// The file cannot be made, read or written.
    #[error("{} cannot be used: {source}.", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no backup, or one of a newer program.
    #[error("{} cannot be restored: {reason}", path.display())]
    NoBackup {
        /// The file.
        path: PathBuf,
        /// What is the matter.
        reason: String,
    },
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes everything to a new file that only its owner may read: password hashes are in it.
///
/// The file is complete and on the disk when this returns; if it fails, it is removed again.
///
/// # Errors
/// [`BackupError`], [`BackupError::Exists`] among it.
pub fn backup(store: &Store, file: &Path) -> Result<(), BackupError> {
    create(file)?;
    let written = write(store, file).and_then(|()| synced(file));
    if written.is_err()
        && let Err(error) = std::fs::remove_file(file)
    {
        tracing::warn!(%error, "an unfinished backup could not be removed");
    }
    written
}

fn write(store: &Store, file: &Path) -> Result<(), BackupError> {
    let path = utf8(file)?;
    let copied = store.bare(|conn| match conn {
        Conn::Sqlite(inner) => {
            let sql = diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(path);
            sql.execute(inner)?;
            Ok(true)
        }
        Conn::Postgres(_) => Ok(false),
    })?;
    if !copied {
        copy::all(store, &open(file, path)?)?;
        gather(path)?;
    }
    Ok(())
}

/// Gathers what was written into the one file of a database that nobody has open any more, and leaves nothing beside it.
fn gather(path: &str) -> Result<(), StoreError> {
    let unavailable = |error| StoreError::Unavailable(Box::new(error));
    let mut conn = SqliteConnection::establish(path).map_err(unavailable)?;
    // The pool that was dropped may still be closing a connection.
    conn.batch_execute("PRAGMA busy_timeout = 10000; PRAGMA journal_mode = DELETE;")?;
    Ok(())
}

/// Puts what a backup holds in the place of everything that is there, in one transaction.
///
/// The backup itself stays as it is: it is brought up to date in a copy.
///
/// # Errors
/// [`BackupError`]; everything is as it was then.
pub fn restore(store: &Store, file: &Path) -> Result<(), BackupError> {
    let failed = |source| BackupError::File {
        path: file.to_owned(),
        source,
    };
    let folder = tempfile::tempdir().map_err(failed)?;
    let copied = folder.path().join("backup.sqlite");
    std::fs::copy(file, &copied).map_err(failed)?;
    let refused = |reason: String| BackupError::NoBackup {
        path: file.to_owned(),
        reason,
    };
    sound(&copied).map_err(&refused)?;
    let address = format!("sqlite:{}", utf8(&copied)?);
    let source = Store::open(&address).map_err(|error: OpenError| refused(error.to_string()))?;
    copy::all(&source, store)
}

/// Refuses a file that is no database, or not one of ours, before anything is changed in it.
fn sound(file: &Path) -> Result<(), String> {
    let path = file.to_string_lossy();
    let unreadable = |_| "it is not a backup of Second Story.".to_owned();
    let mut conn = SqliteConnection::establish(&path).map_err(|error| error.to_string())?;
    let ours: i64 = diesel::dsl::sql::<diesel::sql_types::BigInt>(
        "SELECT count(*) FROM sqlite_master WHERE name IN ('postmortems', 'people')",
    )
    .get_result(&mut conn)
    .map_err(unreadable)?;
    if ours != 2 {
        return Err("it is not a backup of Second Story.".to_owned());
    }
    let verdict: String = diesel::dsl::sql::<Text>("PRAGMA quick_check(1)")
        .get_result(&mut conn)
        .map_err(|error| error.to_string())?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(format!("it is damaged ({verdict})."))
    }
}

fn open(file: &Path, path: &str) -> Result<Store, BackupError> {
    Store::open(&format!("sqlite:{path}")).map_err(|error: OpenError| BackupError::NoBackup {
        path: file.to_owned(),
        reason: error.to_string(),
    })
}

fn utf8(file: &Path) -> Result<&str, BackupError> {
    file.to_str().ok_or_else(|| BackupError::File {
        path: file.to_owned(),
        source: std::io::Error::other("the path is not UTF-8"),
    })
}

/// Makes an empty file that nobody else may read.
fn create(file: &Path) -> Result<(), BackupError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(BackupError::Exists(file.to_owned()))
        }
        Err(source) => Err(BackupError::File {
            path: file.to_owned(),
            source,
        }),
    }
}

/// Waits until a file is on the disk.
fn synced(file: &Path) -> Result<(), BackupError> {
    std::fs::File::open(file)
        .and_then(|opened| opened.sync_all())
        .map_err(|source| BackupError::File {
            path: file.to_owned(),
            source,
        })
}
