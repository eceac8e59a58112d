//! The formats: each reads files to [`Incoming`] records, and decides nothing else.
//!
//! The structs in which a format's fields are read stand here and not in the domain, which knows no serialisation.

mod actors; // fields for people
mod columns; // how people call the columns of a table
mod days; // days as spreadsheets write them
mod detect; // which format a file has
mod html; // text with marks of web pages
mod json; // records of a JSON file
mod forgiving; // fields with odd values
mod sql; // rows of a database's dump
mod table; // rows and columns
mod wiki; // text as Jira keeps it
mod zip; // archives that are read with care

mod alertmanager; // groups of alerts
mod csv; // timelines and actions as tables
mod dispatch; // tables of Dispatch
mod github; // issues and comments
mod incident_io; // incidents and what belongs to them
mod jira; // issues
mod jira_days; // dates of their tables
mod jira_fields; // fields that an issue has besides
mod jira_table; // issues as a table
mod markdown; // texts, one by one or in an archive
mod morgue; // finished post-mortems
mod opsgenie; // incidents
mod pagerduty; // incidents with log entries
mod pagerduty_hooks; // what its webhooks send
mod pagerduty_log; // an entry in words
mod slack; // a channel and a window of time
mod slack_text; // a message in words
mod statuspage; // incidents and updates

use std::collections::HashSet;
use std::io::{Read, Seek};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

pub use detect::{detect, detect_archive};
pub use markdown::texts_of;

use crate::app::encodings::{Decoded, decode};
use crate::domain::incoming::{Encoding, Format, Incoming, Lies};
use crate::domain::text::{TextProblem, excerpt};

/// The most bytes that the files of one import may have together. (A zip is read piece by piece, and may be larger.)
pub const BYTES: u64 = 64_000_000;

/// A file that can be read from any place.
pub trait Input: Read + Seek {}
impl<T: Read + Seek> Input for T {}

/// A file to be imported.
pub struct File<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it holds.
    pub input: &'a mut dyn Input,
}

/// What the person who imports says about the files.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The channel of a Slack export.
    pub channel: String,
    /// Where the window begins.
    pub from: Option<DateTime<Utc>>,
    /// Where the window ends.
    pub to: Option<DateTime<Utc>>,
    /// The zone of times that name none.
    pub zone: Option<Tz>,
    /// The title of what becomes one post-mortem.
    pub title: String,
    /// Columns of a table by what they hold: `when=Time`.
    pub map: Vec<(String, String)>,
    /// The present, for years that are not written.
    pub now: DateTime<Utc>,
    /// The whole paths of files, by the names that they are given under.
    pub whole: Vec<(String, String)>,
}

impl Options {
    /// Where a file lies.
    fn lies(&self, name: &str) -> Lies {
        let whole = self.whole.iter().find(|(known, _)| known == name);
        Lies::new(name, whole.map(|(_, whole)| whole.as_str()))
    }
}

/// Why a file, or a record of it, cannot be read: a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

impl Unreadable {
    fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl From<TextProblem> for Unreadable {
    fn from(problem: TextProblem) -> Self {
        Self(problem.to_string())
    }
}

/// A record that was read, or why one of a file could not be.
pub type Record = Result<Incoming, Unreadable>;

/// A whole file as text.
struct Text<'a> {
    name: &'a str,
    text: String,
}

/// Reads files of a format. `progress` is told how many bytes of how many were read.
///
/// # Errors
/// [`Unreadable`] if a file is not of the format at all.
pub fn read(
    format: Format,
    files: &mut [File<'_>],
    options: &Options,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Vec<Record>, Unreadable> {
    if format == Format::Slack {
        return slack::read(files, options, progress);
    }
    let mut decoded = texts(files, progress)?;
    let texts: Vec<Text<'_>> = decoded
        .iter_mut()
        .map(|(name, decoded)| Text {
            name,
            text: std::mem::take(&mut decoded.text),
        })
        .collect();
    let mut records = match format {
        Format::Alertmanager => alertmanager::read(&texts)?,
        Format::Csv => csv::read(&texts, options)?,
        Format::Dispatch => dispatch::read(&texts)?,
        Format::GitHub => github::read(&texts)?,
        Format::IncidentIo => incident_io::read(&texts)?,
        Format::Jira => jira::read(&texts, options)?,
        Format::Morgue => morgue::read(&texts)?,
        Format::Opsgenie => opsgenie::read(&texts)?,
        Format::PagerDuty => pagerduty::read(&texts)?,
        Format::Statuspage => statuspage::read(&texts)?,
        // The first is read piece by piece; the other has a door of its own.
        Format::Slack | Format::Markdown => Vec::new(),
    };
    for record in records.iter_mut().flatten() {
        written(record, &texts, &decoded);
    }
    let records = once(records);
    if records.is_empty() {
        return Err(Unreadable::new(format!(
            "There is no record of the format {} in it. Check the file, or choose another format.",
            format.label()
        )));
    }
    Ok(records)
}

/// Of records with the same name the last one: an export may hold an older state too.
fn once(records: Vec<Record>) -> Vec<Record> {
    let mut seen = HashSet::new();
    let mut kept: Vec<Record> = records
        .into_iter()
        .rev()
        .filter(|record| {
            record
                .as_ref()
                .map_or(true, |it| seen.insert(it.foreign_id.clone()))
        })
        .collect();
    kept.reverse();
    kept
}

/// Says to the person who imports what belongs to records that are not in the files.
fn left_over<'a>(told: &mut Vec<Record>, what: &str, owners: impl Iterator<Item = &'a str>) {
    let owners: Vec<&str> = owners.collect();
    if owners.is_empty() {
        return;
    }
    let mut names: Vec<&str> = Vec::new();
    for owner in owners.iter().take(1_000) {
        if !names.contains(owner) && names.len() < 5 {
            names.push(owner);
        }
    }
    let names: Vec<String> = names.into_iter().map(excerpt).collect();
    let sentence = format!(
        "Some {what} belong to records that are not in the files, and were left out: {}, of {}. Import these records together with them.",
        owners.len(),
        names.join(", ")
    );
    remark(told, sentence);
}

/// Says something about the files as a whole, at the first record that could be read.
fn remark(told: &mut Vec<Record>, sentence: String) {
    match told.iter_mut().find_map(|record| record.as_mut().ok()) {
        Some(first) => first.remarks.push(sentence),
        None => told.push(Err(Unreadable::new(sentence))),
    }
}

/// Parts of files that belong to one record, as one list.
fn joined(raws: &[&str]) -> String {
    match raws {
        [only] => (*only).to_owned(),
        many => format!("[{}]", many.join(",\n")),
    }
}

/// Says how the files were written, and keeps it with the original of a record.
fn written(record: &mut Incoming, texts: &[Text<'_>], files: &[(&str, Decoded)]) {
    let is_whole = |text: &str| {
        record.original.len() >= text.len() && record.original == text.replace('\0', "\u{fffd}")
    };
    let is_whole = texts.iter().any(|text| is_whole(&text.text));
    for (name, decoded) in files {
        if let Some(remark) = decoded.remark() {
            let sentence = match files {
                [_] => remark.to_owned(),
                _ => format!("{name}: {remark}"),
            };
            record.remarks.push(sentence);
        }
    }
    let mut encodings = files.iter().map(|(_, decoded)| decoded.encoding);
    let first = encodings.next().unwrap_or(Encoding::Utf8);
    match files {
        // The whole of one file; both databases keep every letter of it but one.
        [(_, decoded)] if decoded.bytes.is_some() && is_whole => {
            let (kept, encoding) = decoded.kept();
            record.original = kept.into_owned();
            record.encoding = encoding;
        }
        _ if first != Encoding::Bytes && encodings.all(|other| other == first) => {
            record.encoding = match first {
                // The mark is the file's, and a part of it has none.
                Encoding::Utf8Marked if !is_whole => Encoding::Utf8,
                other => other,
            };
        }
        _ => {}
    }
}

fn texts<'a>(
    files: &mut [File<'a>],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Vec<(&'a str, Decoded)>, Unreadable> {
    let mut left = BYTES;
    let mut texts = Vec::new();
    for file in files {
        let failed = |error: std::io::Error| {
            Unreadable::new(format!("{} cannot be read: {error}.", file.name))
        };
        let mut bytes = Vec::new();
        let read = (&mut file.input)
            .take(left + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        let read = u64::try_from(read).unwrap_or(u64::MAX);
        if read > left {
            return Err(Unreadable::new(format!(
                "The files have more than {BYTES} bytes together. Export fewer records at a time."
            )));
        }
        left -= read;
        progress(BYTES - left, BYTES);
        texts.push((file.name, decoded(file.name, bytes)?));
    }
    Ok(texts)
}

/// Bytes as text, unless they are none.
fn decoded(name: &str, bytes: Vec<u8>) -> Result<Decoded, Unreadable> {
    let decoded = decode(bytes);
    if decoded.is_no_text() {
        return Err(Unreadable::new(format!(
            "{name} is no text: too many of its bytes are no letters. Export it again, or choose another format."
        )));
    }
    Ok(decoded)
}
