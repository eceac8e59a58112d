//! Upkeep by whoever runs commands on the server: backup, restore, check, archives.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::secrets;
use crate::store::{self, Store, StoreError};
use crate::store::{archive, backup};

pub use crate::store::archive::{ArchiveError, Exported, Imported};
pub use crate::store::backup::BackupError;
pub use crate::store::check::Checked;

/// Writes everything to a new file.
///
/// # Errors
/// [`BackupError`]; there is no such file then.
pub fn backup(store: &Store, file: &Path) -> Result<(), BackupError> {
    backup::backup(store, file)
}

/// Puts what a backup holds in the place of everything that is there.
///
/// What was there is written to a backup of its own in `folder` before; its path is the answer, `None` if nobody had an
/// account yet.
///
/// # Errors
/// [`BackupError`]; everything is as it was then.
pub fn restore(
    store: &Store,
    file: &Path,
    folder: &Path,
    now: DateTime<Utc>,
) -> Result<Option<PathBuf>, BackupError> {
    let kept = if store.read(store::people::any)? {
        std::fs::create_dir_all(folder).map_err(|source| BackupError::File {
            path: folder.to_owned(),
            source,
        })?;
        let name = format!("before-restore-{}.sqlite", now.format("%Y%m%dT%H%M%S%.6fZ"));
        let kept = folder.join(name);
        backup::backup(store, &kept)?;
        Some(kept)
    } else {
        None
    };
    backup::restore(store, file)?;
    Ok(kept)
}

/// Writes what the organisation wrote to a new folder.
///
/// # Errors
/// [`ArchiveError`]; there is no such folder then.
pub fn export(store: &Store, folder: &Path) -> Result<Exported, ArchiveError> {
    archive::export(store, folder)
}

/// Brings what [`export`] wrote into a store that nobody has used yet. Nobody has a password afterwards.
///
/// # Errors
/// [`ArchiveError`]; everything is as it was then.
pub fn import(store: &Store, folder: &Path) -> Result<Imported, ArchiveError> {
    archive::import(store, folder, secrets::NOBODY)
}

/// Looks for damage.
///
/// # Errors
/// [`StoreError`] if the database cannot be asked at all.
pub fn check(store: &Store) -> Result<Checked, StoreError> {
    // One transaction that writes: SQLite compares its search index in a statement that looks like a change.
    store.write(store::check::check)
}
