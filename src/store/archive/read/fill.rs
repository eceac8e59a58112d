//! The files of an archive into an empty database, which judges every row.

use std::io::{BufRead as _, Read as _};

use diesel::connection::SimpleConnection as _;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::super::folder::{Folder, file};
use super::super::held;
use super::super::manifest::Entry;
use super::super::{ArchiveError, rows};
use crate::store::backup::copy;
use crate::store::backup::tables::{Column, Table};
use crate::store::{Conn, StoreError};

/// The most bytes of a line: far more than any row has.
const LINE_BYTES: u64 = 16_000_000;

/// The most bytes of a post-mortem's Markdown.
const READABLE_BYTES: u64 = 64_000_000;

/// How many rows, and about how many bytes of them, go into the database at once.
const TOGETHER: usize = 500;
const BYTES_TOGETHER: usize = 4_000_000;

/// Takes away what migrations put into the tables that an archive fills.
pub(super) fn empty(tx: &mut Conn, tables: &[Table]) -> Result<(), ArchiveError> {
    let Conn::Sqlite(inner) = tx else {
        return Ok(());
    };
    for table in tables.iter().rev() {
        let sql = format!("DELETE FROM \"{}\" WHERE {}", table.name, table.rows);
        inner.batch_execute(&sql).map_err(StoreError::from)?;
    }
    Ok(())
}

/// Reads the file of a table.
pub(super) fn table(
    tx: &mut Conn,
    folder: &Folder,
    table: &Table,
    entry: &Entry,
    password_hash: &str,
) -> Result<(), ArchiveError> {
    let mut source = folder.listed(entry)?;
    let mut digest = Sha256::new();
    let mut waiting = Waiting::of(table, password_hash);
    let mut number = 0_u64;
    let mut line = Vec::new();
    loop {
        line.clear();
        source
            .by_ref()
            .take(LINE_BYTES)
            .read_until(b'\n', &mut line)
            .map_err(|error| file(&folder.path(&entry.path), error))?;
        if line.is_empty() {
            break;
        }
        number += 1;
        let refused =
            |reason: String| folder.broken(&entry.path, format!("Line {number}: {reason}."));
        digest.update(&line);
        let Some(line) = line.strip_suffix(b"\n") else {
            return Err(refused(format!(
                "it does not end, or only after more than {LINE_BYTES} bytes"
            )));
        };
        let text = std::str::from_utf8(line).map_err(|_| refused("it is no UTF-8".to_owned()))?;
        waiting.push(rows::row(table, text).map_err(refused)?, line.len());
        if waiting.rows.len() >= TOGETHER || waiting.bytes >= BYTES_TOGETHER {
            waiting.insert(tx, folder, entry, number)?;
        }
    }
    waiting.insert(tx, folder, entry, number)?;
    folder.compare(entry, digest)?;
    if entry.rows == Some(number) {
        Ok(())
    } else {
        Err(folder.broken(
            &entry.path,
            format!("It has {number} lines and the list says otherwise."),
        ))
    }
}

/// Rows that go into the database together.
struct Waiting {
    /// The table with all its columns, those that an archive does not hold among them.
    whole: Table,
    more: Vec<(&'static str, String)>,
    rows: Vec<Value>,
    bytes: usize,
}

impl Waiting {
    fn of(table: &Table, password_hash: &str) -> Self {
        let mut whole = table.clone();
        let mut more = Vec::new();
        for (of, column, _) in held::COLUMNS_LEFT_OUT {
            if of == table.name {
                let value = if column == "password_hash" {
                    password_hash
                } else {
                    ""
                };
                more.push((column, value.to_owned()));
                whole.columns.push(Column {
                    name: column.to_owned(),
                    kind: "TEXT".to_owned(),
                    key: false,
                });
            }
        }
        Self {
            whole,
            more,
            rows: Vec::new(),
            bytes: 0,
        }
    }

    fn push(&mut self, mut row: Map<String, Value>, bytes: usize) {
        for (column, value) in &self.more {
            row.insert((*column).to_owned(), Value::String(value.clone()));
        }
        self.rows.push(Value::Object(row));
        self.bytes += bytes;
    }

    fn insert(
        &mut self,
        tx: &mut Conn,
        folder: &Folder,
        entry: &Entry,
        last: u64,
    ) -> Result<(), ArchiveError> {
        let rows = Value::Array(std::mem::take(&mut self.rows)).to_string();
        self.bytes = 0;
        copy::insert(tx, &self.whole, &rows).map_err(|error| {
            let reason = match &error {
                StoreError::Exists => "two rows have what only one may have".to_owned(),
                StoreError::Database(said) => said.to_string(),
                _ => return error.into(),
            };
            let reason = format!("A row up to line {last} does not fit: {reason}.");
            folder.broken(&entry.path, reason)
        })
    }
}

/// Reads a post-mortem's Markdown, which is there for people: nothing is taken from it, but it must be what was exported.
pub(super) fn readable(folder: &Folder, entry: &Entry) -> Result<(), ArchiveError> {
    if entry.bytes > READABLE_BYTES {
        return Err(folder.broken(
            &entry.path,
            format!("It is longer than {READABLE_BYTES} bytes."),
        ));
    }
    folder.listed(entry)?;
    let mut digest = Sha256::new();
    digest.update(folder.whole(&entry.path, entry.bytes)?);
    folder.compare(entry, digest)
}
