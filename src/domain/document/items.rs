//! Entries: a heading of level 3 with a list of `- Key: value` lines below it.

use super::Problems;
use super::lines::{Part, Row, guarded, joined, opens_entry};

/// An entry that was read.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The heading's line.
    pub(super) line: usize,
    /// The heading, and what stands between it and the list.
    pub(super) text: String,
    values: Vec<Value<'a>>,
}

#[derive(Debug)]
struct Value<'a> {
    line: usize,
    key: &'a str,
    text: String,
}

impl<'a> Entry<'a> {
    /// Reads an entry. Keys that are not among `keys` are told, and so is text behind the list.
    pub(super) fn read(part: &Part<'a>, keys: &[&str], problems: &mut Problems) -> Self {
        let is_key = |line: &str| key(line).is_some_and(|(key, _)| known(key, keys).is_some());
        let start = part
            .rows
            .iter()
            .position(|row| is_key(row.text))
            .unwrap_or(part.rows.len());
        let (text, list) = part.rows.split_at(start);
        let below = joined(text, |line| opens_entry(line) || is_key(line));
        let mut text = part.heading.to_owned();
        if !below.trim().is_empty() {
            text.push('\n');
            text.push_str(&below);
        }
        let mut entry = Self {
            line: part.line,
            text,
            values: Vec::new(),
        };
        let mut above_is_blank = false;
        for row in list {
            entry.take(row, keys, above_is_blank, problems);
            above_is_blank = row.text.trim().is_empty();
        }
        entry
    }

    fn take(
        &mut self,
        row: &Row<'a>,
        keys: &[&str],
        above_is_blank: bool,
        problems: &mut Problems,
    ) {
        let line = row.number;
        if let Some((key, value)) = key(row.text) {
            match known(key, keys) {
                Some(key)
                    if self
                        .values
                        .iter()
                        .any(|value| value.key.eq_ignore_ascii_case(key)) =>
                {
                    problems.say(line, format!("{key} stands here twice. Keep one of them."));
                }
                Some(_) => self.values.push(Value {
                    line,
                    key,
                    text: value.trim_start().to_owned(),
                }),
                None => problems.say(
                    line,
                    format!(
                        "\"{key}\" is not known here. The keys are {}.",
                        keys.join(", ")
                    ),
                ),
            }
            return;
        }
        let indented = row.text.starts_with("  ") || row.text.starts_with('\t');
        let blank = row.text.trim().is_empty();
        match self.values.last_mut() {
            // A line without indentation goes on with the paragraph above it, as everywhere in Markdown.
            Some(value) if blank || indented || !above_is_blank => {
                value.text.push('\n');
                value.text.push_str(row.text.strip_prefix("  ").unwrap_or(row.text.trim_start()));
            }
            _ => problems.say(
                line,
                "This text stands behind the list and belongs to no key. Put it above the list, or indent it under a key.",
            ),
        }
    }

    /// The value of a key and its line, if it has one.
    pub(super) fn value(&self, key: &str) -> Option<(usize, &str)> {
        self.values
            .iter()
            .find(|value| value.key.eq_ignore_ascii_case(key))
            .map(|value| (value.line, value.text.trim()))
            .filter(|(_, text)| !text.is_empty())
    }

    /// The value of a key, line by line as typed; empty if it has none.
    pub(super) fn prose(&self, key: &str) -> (usize, &str) {
        self.value(key).unwrap_or((self.line, ""))
    }
}

/// `- Key: value`
fn key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.strip_prefix("- ")?.split_once(':')?;
    let key = key.trim();
    let is_word =
        !key.is_empty() && key.len() < 30 && key.chars().all(|c| c.is_alphabetic() || c == ' ');
    is_word.then_some((key, value))
}

fn known<'k>(key: &str, keys: &[&'k str]) -> Option<&'k str> {
    keys.iter()
        .find(|known| known.eq_ignore_ascii_case(key))
        .copied()
}

/// Writes an entry: heading, list, an empty line.
pub(super) fn write(out: &mut String, text: &str, keys: &[&str], values: &[(&str, String)]) {
    let (heading, below) = text.split_once('\n').unwrap_or((text, ""));
    out.push_str("### ");
    out.push_str(heading);
    out.push('\n');
    if !below.is_empty() {
        let is_key = |line: &str| key(line).is_some_and(|(key, _)| known(key, keys).is_some());
        out.push_str(&guarded(below, |line| opens_entry(line) || is_key(line)));
        out.push_str("\n\n");
    }
    for (key, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
        out.push_str("- ");
        out.push_str(key);
        out.push_str(": ");
        for (place, line) in value.split('\n').enumerate() {
            if place > 0 {
                out.push('\n');
                out.push_str(if line.is_empty() { "" } else { "  " });
            }
            out.push_str(line);
        }
        out.push('\n');
    }
    out.push('\n');
}
