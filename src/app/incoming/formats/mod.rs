//! The formats: each reads files to [`Incoming`] records, and decides nothing else.
//!
//! The structs in which a format's fields are read stand here and not in the domain, which knows no serialisation.

mod actors; // fields for people
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

use crate::domain::incoming::{Format, Incoming};
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
    let texts = texts(files, progress)?;
    let records = match format {
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

fn texts<'a>(
    files: &mut [File<'a>],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Vec<Text<'a>>, Unreadable> {
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
        texts.push(Text {
            name: file.name,
            text: decoded(bytes),
        });
    }
    Ok(texts)
}

/// Letters of Windows-1252 that lie elsewhere in Unicode, from the byte 0x80 on.
const WESTERN: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// Bytes of old databases and spreadsheets as text: one letter each.
fn western(bytes: &[u8]) -> String {
    let letter = |byte: &u8| match byte {
        0x80..=0x9f => WESTERN
            .chars()
            .nth(usize::from(byte - 0x80))
            .unwrap_or('\u{fffd}'),
        other => char::from(*other),
    };
    bytes.iter().map(letter).collect()
}

/// Bytes as text: UTF-8, or UTF-16 with its mark, as spreadsheets write it; what is neither is taken for western letters.
fn decoded(bytes: Vec<u8>) -> String {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units = bytes
            .chunks_exact(2)
            .skip(1)
            .filter_map(|pair| Some(read(pair.try_into().ok()?)));
        String::from_utf16_lossy(&units.collect::<Vec<_>>())
    };
    if bytes.starts_with(&[0xff, 0xfe]) {
        return wide(u16::from_le_bytes);
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return wide(u16::from_be_bytes);
    }
    let text = String::from_utf8(bytes).unwrap_or_else(|error| western(error.as_bytes()));
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}
