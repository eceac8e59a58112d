//! Everything that is held, into a new folder, as of one moment.

use std::path::Path;

use diesel::prelude::*;

use super::folder::Folder;
use super::manifest::{self, Entry, FORMAT, Manifest, NAME, VERSION};
use super::{ArchiveError, Blank, rows};
use crate::domain::document::{self, Document};
use crate::domain::ids::{Number, PersonId, PostMortemId};
use crate::store::backup::copy;
use crate::store::backup::tables::Table;
use crate::store::schema::postmortems;
use crate::store::{Conn, Store, StoreError, aggregate};

/// What was exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// How many post-mortems.
    pub postmortems: usize,
}

/// Writes everything that an archive holds to a new folder that only its owner may read: restricted post-mortems are in
/// it.
///
/// The folder is complete and on the disk when this returns; if it fails, what was written is removed again.
///
/// # Errors
/// [`ArchiveError`], [`ArchiveError::Exists`] among it.
pub fn export(store: &Store, path: &Path) -> Result<Exported, ArchiveError> {
    let blank = Blank::make()?;
    let folder = Folder::create(path)?;
    let written = everything(store, &blank.tables, &folder);
    if written.is_err() {
        folder.clear();
    }
    written
}

fn everything(store: &Store, tables: &[Table], folder: &Folder) -> Result<Exported, ArchiveError> {
    let mut files = Vec::new();
    let postmortems = store.read(|conn| -> Result<usize, ArchiveError> {
        for table in tables {
            files.push(self::table(conn, folder, table)?);
        }
        let readable = readable(conn, folder)?;
        let postmortems = readable.len();
        files.extend(readable);
        Ok(postmortems)
    })?;
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        files,
    };
    // Last: a folder without it is no archive.
    let text = serde_json::to_string_pretty(&manifest)
        .map_err(|_| StoreError::Corrupt("the list of files"))?;
    let mut sink = folder.begin(NAME)?;
    sink.write(&text)?;
    sink.write("\n")?;
    sink.finish(None)?;
    Ok(Exported { postmortems })
}

fn table(conn: &mut Conn, folder: &Folder, table: &Table) -> Result<Entry, ArchiveError> {
    let mut sink = folder.begin(&manifest::of_table(&table.name))?;
    let mut written = 0;
    lines(conn, table, |line| {
        written += 1;
        sink.write(line)
    })?;
    sink.finish(Some(written))
}

/// Hands over the rows of a table as lines of its file.
pub(super) fn lines(
    conn: &mut Conn,
    table: &Table,
    mut each: impl FnMut(&str) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    copy::pages(conn, table, |page| {
        page.iter()
            .try_for_each(|row| each(&rows::line(table, row)?))
    })
}

/// Every post-mortem as Markdown, as its shepherd reads it.
fn readable(conn: &mut Conn, folder: &Folder) -> Result<Vec<Entry>, ArchiveError> {
    let all: Vec<(PostMortemId, Option<i32>, PersonId)> = postmortems::table
        .order(postmortems::key)
        .select((
            postmortems::id,
            postmortems::number,
            postmortems::shepherd_id,
        ))
        .load(conn)
        .map_err(StoreError::from)?;
    let mut files = Vec::new();
    for (id, number, shepherd) in all {
        let postmortem = aggregate::load(conn, shepherd, id)?;
        let name = number.map_or_else(|| id.to_string(), |number| Number(number).to_string());
        let mut sink = folder.begin(&manifest::of_postmortem(&name))?;
        sink.write(&document::write(&Document::of(&postmortem)))?;
        files.push(sink.finish(None)?);
    }
    Ok(files)
}
