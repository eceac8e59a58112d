//! Archives from elsewhere, read with care: entry by entry, never written to a disk, within limits.
//!
//! What is wrong with an archive is looked for before anything of it is read: how many entries it says it has, and where
//! their names lead. The rest is seen while an entry is read.

use std::io::{self, Read, SeekFrom};

use ::zip::ZipArchive;
use ::zip::result::ZipError;

use super::{Input, Unreadable};

/// The most entries: a day of a channel is one.
const ENTRIES: u64 = 100_000;
/// The most bytes that the list of entries may have.
const LIST_BYTES: u64 = 64_000_000;
/// The most bytes of one entry.
const ENTRY_BYTES: u64 = 64_000_000;
/// The most bytes of all entries that are read.
const ALL_BYTES: u64 = 20_000_000_000;
/// How many bytes one byte may become; text is pressed to a tenth or a thirtieth.
const RATIO: u64 = 200;
/// Below so many bytes no ratio does harm.
const HARMLESS: u64 = 1_000_000;

/// An archive whose list was looked through.
pub(super) struct Archive<'a> {
    zip: ZipArchive<&'a mut dyn Input>,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    pub(super) fn open(name: &str, input: &'a mut dyn Input) -> Result<Self, Unreadable> {
        let (entries, list_bytes) = announced(input).map_err(|error| unread(name, &error))?;
        if entries > ENTRIES || list_bytes > LIST_BYTES {
            return Err(Unreadable::new(format!(
                "{name} says that it has {entries} entries; at most {ENTRIES} are read. Export less at a time."
            )));
        }
        let zip = ZipArchive::new(input).map_err(|error| broken(name, &error))?;
        if u64::try_from(zip.len()).is_ok_and(|known| known < entries) {
            return Err(Unreadable::new(format!(
                "{name} holds two files of the same name, and nobody can tell which one is meant. Make the archive again; nothing of it was read."
            )));
        }
        let archive = Self {
            zip,
            left: ALL_BYTES,
        };
        let outside = archive.names().find(|entry| leads_outside(entry));
        let refused = outside.map(|entry| {
            Unreadable::new(format!(
                "{name} names a file outside itself: \"{}\". No export does that; nothing of it was read.",
                crate::domain::text::excerpt(entry)
            ))
        });
        match refused {
            Some(refused) => Err(refused),
            None => Ok(archive),
        }
    }

    /// The names of the entries.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        (0..self.zip.len()).filter_map(|index| self.zip.name_for_index(index))
    }

    /// Reads one entry through to its checksum.
    pub(super) fn read<T>(
        &mut self,
        name: &str,
        body: impl FnOnce(&mut dyn Read) -> Result<T, Unreadable>,
    ) -> Result<T, Unreadable> {
        let entry = self
            .zip
            .by_name(name)
            .map_err(|error| broken(name, &error))?;
        let (size, pressed) = (entry.size(), entry.compressed_size().max(1));
        if size > ENTRY_BYTES || (size > HARMLESS && size / pressed > RATIO) {
            return Err(bomb(name));
        }
        if size > self.left {
            return Err(Unreadable::new(
                "The archive has too many bytes to be read at once. Export less at a time.",
            ));
        }
        self.left -= size;
        // One more than was said: an entry that is longer than it says is no export either.
        let mut reader = entry.take(size + 1);
        let value = body(&mut reader);
        let rest = io::copy(&mut reader, &mut io::sink());
        match (value, rest) {
            (_, Err(error)) => Err(unread(name, &error)),
            (_, Ok(_)) if reader.limit() == 0 => Err(bomb(name)),
            (value, Ok(_)) => value,
        }
    }
}

fn bomb(name: &str) -> Unreadable {
    Unreadable::new(format!(
        "{name} would become far larger than it is here. No export does that; nothing more of the archive was read."
    ))
}

fn broken(name: &str, error: &ZipError) -> Unreadable {
    match error {
        ZipError::FileNotFound => Unreadable::new(format!(
            "The archive has no {name}. It is no export of Slack."
        )),
        _ => Unreadable::new(format!(
            "{name} cannot be read as a zip archive: {error}. Export it again."
        )),
    }
}

fn unread(name: &str, error: &io::Error) -> Unreadable {
    Unreadable::new(format!(
        "{name} is damaged and cannot be read: {error}. Export it again."
    ))
}

/// Whether a name leads out of the folder that it would be unpacked to.
fn leads_outside(name: &str) -> bool {
    name.starts_with('/')
        || name.contains(['\\', ':', '\0'])
        || name.split('/').any(|part| part == "..")
}

/// How many entries an archive says it has, and how many bytes their list has, read from its end.
fn announced(input: &mut dyn Input) -> io::Result<(u64, u64)> {
    const END: [u8; 4] = *b"PK\x05\x06";
    const WIDE: [u8; 4] = *b"PK\x06\x07";
    let length = input.seek(SeekFrom::End(0))?;
    let start = length.saturating_sub(66_000);
    input.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    input.take(66_000).read_to_end(&mut tail)?;
    let not = || io::Error::new(io::ErrorKind::InvalidData, "it is no zip archive");
    let end = tail
        .windows(4)
        .rposition(|four| four == END)
        .ok_or_else(not)?;
    let small = |at: usize, bytes: usize| number(&tail, end + at, bytes).ok_or_else(not);
    let (entries, list_bytes) = (small(10, 2)?, small(12, 4)?);
    let locator = end.checked_sub(20);
    let wide = locator.filter(|at| tail.get(*at..*at + 4) == Some(&WIDE));
    let Some(offset) = wide.and_then(|at| number(&tail, at + 8, 8)) else {
        return Ok((entries, list_bytes));
    };
    input.seek(SeekFrom::Start(offset.min(length)))?;
    let mut record = Vec::new();
    input.take(56).read_to_end(&mut record)?;
    let wide = |at: usize| number(&record, at, 8).ok_or_else(not);
    Ok((wide(32)?.max(entries), wide(40)?))
}

/// A number as zip archives write one, the least byte first.
fn number(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    Some(
        bytes
            .iter()
            .rev()
            .fold(0, |number, byte| (number << 8) | u64::from(*byte)),
    )
}
