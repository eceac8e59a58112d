//! What an organisation wrote, as a folder of readable files that goes into either database.
//!
//! `archive.json` lists every file with its size and digest; `tables/` has a file for each table, one row to a line;
//! `postmortems/` has each post-mortem as Markdown, for people. The same data gives the same bytes on both databases.
//! `docs/decisions/0016-an-archive-lets-nobody-in.md` says what is in it and what is not.

mod held; // which tables and columns
mod manifest; // archive.json
mod rows; // one row as a line, and back
mod folder; // files that are written and read with care
mod write; // export
mod read; // import

use std::path::PathBuf;

use super::backup::tables::Table;
use super::{OpenError, Store, StoreError};

pub use held::{COLUMNS_LEFT_OUT, ROWS_LEFT_OUT, TABLES_LEFT_OUT};
pub use read::{Imported, import};
pub use rows::TEXTS;
pub use write::{Exported, export};

/// Why there is no archive, or why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Something is there already, and an export never replaces anything.
    #[error("{} is there already and is no empty folder. Choose another name.", .0.display())]
    Exists(PathBuf),
    /// A file or folder cannot be made, read or written.
    #[error("{} cannot be used: {source}.", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of the archive is not what an export wrote.
    #[error("{} cannot be imported: {reason} Nothing was changed.", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is the matter with it, as sentences.
        reason: String,
    },
    /// The store holds something else.
    #[error(
        "This database has people in it already, and not what the archive holds. Import into a new database (--database or --data). Nothing was changed."
    )]
    NotEmpty,
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An empty database that goes when this is dropped: what an archive must fit into.
struct Blank {
    store: Store,
    tables: Vec<Table>,
    // The store lets go of the file before the folder is removed.
    _folder: tempfile::TempDir,
}

impl Blank {
    fn make() -> Result<Self, ArchiveError> {
        let folder = tempfile::tempdir().map_err(|source| ArchiveError::File {
            path: std::env::temp_dir(),
            source,
        })?;
        let path = folder.path().join("archive.sqlite");
        let store = Store::open(&format!("sqlite:{}", path.display()))
            .map_err(|error: OpenError| StoreError::Unavailable(Box::new(error)))?;
        let tables = store.bare(held::tables_of)?;
        Ok(Self {
            store,
            tables,
            _folder: folder,
        })
    }
}
