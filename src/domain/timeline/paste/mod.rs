//! Many rows at once: a chat thread, log lines, a table, a list, as somebody has them on the clipboard.
//!
//! Reading goes in three steps: `chat` finds messages and log lines by their grammars (`heads`, `machine`), or
//! the reader of whole documents (`intake`) finds rows in tables, lists and paragraphs; `moments` finds the instants;
//! `doubts` points out what may be wrong. **Invariant:** nothing is repaired in silence and nothing is invented: a row
//! stands in the text with its time, and whatever could be meant otherwise comes back as a [`Doubt`] with its choices.

mod amounts; // numbers that only look like times
mod below; // times below their words
mod chat; // messages and log lines, with what belongs to each
mod clip; // the text in a form that both readers know
mod collect; // each message with the lines that belong to it
mod columns; // columns with tabs or commas
mod digits; // four digits that are times
mod doubts; // what may be wrong with a row
mod given; // what the grammars found
mod halves; // halves of the day that are said once
mod heads; // the line with which a message begins
mod lanes; // the lane that the words suggest
mod leads; // times in notations of their own
mod line; // one line of a chat or a log
mod machine; // the lines that programs write
mod mails; // threads of mails
mod moments; // the instants of messages and log lines
mod names; // what looks like a name
mod noise; // lines that tell nothing
mod prefixes; // what programs put in front of a time
pub mod roles; // roles in the place of names
mod since; // times counted from T0
mod speakers; // who speaks
mod tails; // heads whose time stands behind the name
mod times; // what a time is
mod typed; // one row as typed
mod written; // rows of tables, lists and paragraphs

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

pub use typed::{Pasted, go_on, read};

use super::Lane;
use crate::domain::when::{Choice, When};

/// The most rows that are shown from one text.
pub const MOST_ROWS: usize = 500;

/// What a person answers about a text that does not say it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The day of the first row, and the day that "Today" means.
    pub day: Option<NaiveDate>,
    /// The zone of clock times that name none.
    pub zone: Option<Tz>,
    /// The zone to take while nobody has answered.
    pub otherwise: Tz,
    /// The present.
    pub now: DateTime<Utc>,
}

/// A text that was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paste {
    /// Rows, headings and lines that are no rows, in the order of the text.
    pub entries: Vec<Entry>,
    /// Whether a row does not say its day, and nothing above it does.
    pub asks_day: bool,
    /// Whether a row does not say its zone, and the text does not either.
    pub asks_zone: bool,
    /// The zone that the text names for itself.
    pub zone: Option<Tz>,
}

/// A part of the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// What may become an event.
    Row(Box<Row>),
    /// A day or a heading that holds for the rows below it.
    Heading(Said),
    /// A line that was left out: "3 replies", "has joined", words without a time.
    Left(Said),
}

/// A line as it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its number, counted from 1.
    pub line: usize,
    /// Its words.
    pub text: String,
}

/// What may become an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The first line, counted from 1.
    pub line: usize,
    /// The last line.
    pub last_line: usize,
    /// The moment; its text is the time as it stands in the line.
    pub when: When,
    /// The lane that the line names or its words suggest.
    pub lane: Lane,
    /// Who wrote it, as the text calls them. Kept apart, so that a role can take its place.
    pub speaker: Option<String>,
    /// What happened.
    pub text: String,
    /// Whether the day stands in the row or above it.
    pub day_said: bool,
    /// Whether the row or the text names the zone.
    pub zone_said: bool,
    /// What was taken for granted, as sentences.
    pub notes: Vec<String>,
    /// What may be wrong, with what could be meant instead.
    pub doubts: Vec<Doubt>,
}

/// Something that may be wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// A code for programs, for example `far-away`.
    pub code: &'static str,
    /// A plain sentence.
    pub sentence: String,
    /// What could be meant; empty if nobody can say.
    pub choices: Vec<Choice>,
}

impl Paste {
    /// The rows, in the order of the text.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Row(row) => Some(row.as_ref()),
            _ => None,
        })
    }

    /// Whom the text names: who wrote, in the order of their first row, then whom it calls by a handle.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let speakers: Vec<String> = self.rows().filter_map(|row| row.speaker.clone()).collect();
        // "@Tom" calls the Tom who wrote.
        let firsts: HashSet<String> = speakers
            .iter()
            .filter_map(|name| name.split_once(' '))
            .map(|(first, _)| first.to_lowercase())
            .collect();
        let handles = self.rows().flat_map(|row| names::handles(&row.text));
        let handles: Vec<String> = handles
            .filter(|handle| !firsts.contains(&handle.to_lowercase()))
            .collect();
        let mut seen = HashSet::new();
        let all = speakers.into_iter().chain(handles);
        all.filter(|name| seen.insert(name.to_lowercase()))
            .collect()
    }
}

/// Reads a text.
#[must_use]
pub fn lines(text: &str, asked: &Asked) -> Paste {
    let text = text.trim_start_matches('\u{feff}');
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let clip = clip::clip(&text);
    let text = &clip.text;
    let mut paste = match given(text) {
        Some(given) => moments::paste(given, chat::zone(text), asked),
        None => written::paste(text, asked),
    };
    clip.restore(&mut paste);
    since::count(&mut paste);
    doubts::point_out(&mut paste, asked);
    paste
}

/// The messages, log lines or mails of a text; `None` if it is a document, a list or a table.
fn given(text: &str) -> Option<Vec<given::Given>> {
    if columns::are_separated(text) {
        return None;
    }
    mails::given(text).or_else(|| {
        let lines = line::all(text);
        below::given(&lines).or_else(|| chat::given(&lines))
    })
}
