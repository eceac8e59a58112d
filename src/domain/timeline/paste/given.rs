//! What the grammars found, before its moments are known.

use super::Said;

/// A part of a chat or a log.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Given {
    /// A message or a log line.
    Row(GivenRow),
    /// A day that holds for what follows; the text is what is read.
    Day(Said, String),
    /// A line that tells nothing.
    Left(Said),
}

/// A message or a log line.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct GivenRow {
    pub(super) line: usize,
    pub(super) last_line: usize,
    /// The time as it stands in the text.
    pub(super) typed: String,
    /// The same in a form that can be read.
    pub(super) read: String,
    pub(super) speaker: Option<String>,
    pub(super) text: String,
    /// Whether a program wrote it.
    pub(super) machine: bool,
}
