//! An archive into a store, or nothing of it.
//!
//! It goes into an empty database first, where every value is judged, then from there in one transaction to where it is
//! wanted, as a backup does.

mod fill; // the files into the empty database
mod made; // what is made again: HTML, the search index

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::folder::{Folder, hexadecimal};
use super::held::TABLES_ADDED;
use super::manifest::{self, Entry, Manifest, NAME};
use super::write::lines;
use super::{ArchiveError, Blank};
use crate::store::backup::copy;
use crate::store::{Conn, Store, check, people};

/// The most bytes that the list of files may have: hundreds of thousands of post-mortems.
const LIST_BYTES: u64 = 64_000_000;

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Whether anything changed; not if everything was there already.
    pub changed: bool,
    /// How many post-mortems the archive holds.
    pub postmortems: usize,
}

/// Brings an archive into a store that nobody has used yet, in one transaction. A store that holds just what the archive
/// holds stays as it is.
///
/// Archives hold no passwords: `password_hash` is given to everybody, and should be one that no password fits.
///
/// # Errors
/// [`ArchiveError`]; nothing was changed then.
pub fn import(store: &Store, path: &Path, password_hash: &str) -> Result<Imported, ArchiveError> {
    let folder = Folder::at(path);
    let list = folder.whole(NAME, LIST_BYTES)?;
    let manifest = Manifest::read(&list).map_err(|reason| folder.broken(NAME, reason))?;
    let blank = Blank::make()?;
    let tables = entries(&folder, &blank, &manifest)?;
    blank.store.write(|tx| {
        fill::empty(tx, &blank.tables)?;
        for (table, entry) in blank.tables.iter().zip(&tables) {
            if let Some(entry) = entry {
                fill::table(tx, &folder, table, entry, password_hash)?;
            }
        }
        Ok::<_, ArchiveError>(())
    })?;
    for entry in manifest.files.iter().filter(|entry| entry.rows.is_none()) {
        fill::readable(&folder, entry)?;
    }
    let refused = |reason| folder.broken(NAME, reason);
    blank.store.write(|tx| made::again(tx, refused))?;
    let checked = blank.store.write(check::check)?;
    if let Some(finding) = checked.findings.first() {
        return Err(folder.broken(NAME, finding.clone()));
    }
    let changed = settle(&blank, store, &tables)?;
    Ok(Imported {
        changed,
        postmortems: checked.postmortems,
    })
}

/// The list's entries for the tables, in the order of the tables; refuses a list that lacks one or has another. A table
/// that came later may be missing.
fn entries(
    folder: &Folder,
    blank: &Blank,
    manifest: &Manifest,
) -> Result<Vec<Option<Entry>>, ArchiveError> {
    let mut listed: Vec<&Entry> = manifest
        .files
        .iter()
        .filter(|entry| entry.path.starts_with("tables/"))
        .collect();
    let mut entries = Vec::new();
    for table in &blank.tables {
        let path = manifest::of_table(&table.name);
        let place = listed.iter().position(|entry| entry.path == path);
        let entry = place.map(|place| listed.swap_remove(place).clone());
        let entry = entry.filter(|entry| entry.rows.is_some());
        if entry.is_none() && !TABLES_ADDED.contains(&table.name.as_str()) {
            return Err(folder.broken(NAME, format!("It does not list {path}.")));
        }
        entries.push(entry);
    }
    match listed.first() {
        Some(entry) => Err(folder.broken(
            NAME,
            format!(
                "It lists {}, which this program does not know or has read already.",
                entry.path
            ),
        )),
        None => Ok(entries),
    }
}

/// Moves everything to where it is wanted, unless it is there already.
fn settle(blank: &Blank, store: &Store, entries: &[Option<Entry>]) -> Result<bool, ArchiveError> {
    blank.store.read(|from| {
        store.write(|to| {
            if !people::any(to)? {
                copy::replace(from, to)?;
                return Ok(true);
            }
            if same(to, blank, entries)? {
                Ok(false)
            } else {
                Err(ArchiveError::NotEmpty)
            }
        })
    })
}

/// Whether a store would be exported as these files.
fn same(conn: &mut Conn, blank: &Blank, entries: &[Option<Entry>]) -> Result<bool, ArchiveError> {
    for (table, entry) in blank.tables.iter().zip(entries) {
        let mut digest = Sha256::new();
        lines(conn, table, |line| {
            digest.update(line.as_bytes());
            Ok(())
        })?;
        let held = entry.as_ref().map(|entry| entry.sha256.clone());
        if hexadecimal(digest) != held.unwrap_or_else(|| hexadecimal(Sha256::new())) {
            return Ok(false);
        }
    }
    Ok(true)
}
