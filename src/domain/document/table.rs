//! The timeline: one table, a row for each event.

use super::lines::Row;
use super::moment::Moments;
use super::{DocumentEvent, Problems, known};
use crate::domain::text::{Line, Prose, address, folded};
use crate::domain::timeline::{Effect, Lane, Marker};

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    When,
    Lane,
    Marker,
    Role,
    What,
    Effect,
    Source,
    Known,
}

impl Column {
    fn of(heading: &str) -> Option<Self> {
        Some(match folded(heading).as_str() {
            "#" | "no" | "no." | "number" => Self::Number,
            "when" | "time" | "date" | "date and time" => Self::When,
            "lane" => Self::Lane,
            "marker" => Self::Marker,
            "role" | "who" => Self::Role,
            "what" | "event" | "what happened" | "description" => Self::What,
            "effect" => Self::Effect,
            "source" | "link" => Self::Source,
            "known at the time" => Self::Known,
            _ => return None,
        })
    }
}

/// The timeline as it was read.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The numbers that stand in front of the rows.
    pub(super) numbers: Vec<String>,
    pub(super) events: Vec<DocumentEvent>,
    columns: Vec<Option<Column>>,
}

impl Table {
    /// Reads a line of the table: its head, the line below it, or a row.
    pub(super) fn read(&mut self, row: &Row<'_>, moments: &mut Moments, problems: &mut Problems) {
        let cells = split(row.text);
        if self.columns.is_empty() {
            self.head(row.number, &cells, problems);
            return;
        }
        let is_rule = cells
            .iter()
            .all(|cell| !cell.is_empty() && cell.chars().all(|c| c == '-' || c == ':'));
        if !is_rule && let Some(event) = self.event(row.number, &cells, moments, problems) {
            let number = self.cell(&cells, Column::Number);
            let place = (self.events.len() + 1).to_string();
            self.numbers.push(if number.is_empty() {
                place
            } else {
                number.to_owned()
            });
            self.events.push(event);
        }
    }

    fn head(&mut self, line: usize, cells: &[String], problems: &mut Problems) {
        self.columns = cells.iter().map(|cell| Column::of(cell)).collect();
        for wanted in [Column::When, Column::What] {
            if !self.columns.contains(&Some(wanted)) {
                problems.say(line, format!("The timeline has no column \"{wanted:?}\". Its head is | # | When | Lane | Marker | Role | What | Effect |."));
            }
        }
        for (cell, column) in cells.iter().zip(&self.columns) {
            if column.is_none() {
                problems.say(line, format!("The timeline has no column \"{cell}\". The columns are #, When, Lane, Marker, Role, What, Effect, Source, Known at the time."));
            }
        }
    }

    fn cell<'c>(&self, cells: &'c [String], column: Column) -> &'c str {
        self.columns
            .iter()
            .position(|found| *found == Some(column))
            .and_then(|place| cells.get(place))
            .map_or("", String::as_str)
    }

    fn event(
        &self,
        line: usize,
        cells: &[String],
        moments: &mut Moments,
        problems: &mut Problems,
    ) -> Option<DocumentEvent> {
        if cells.len() > self.columns.len() {
            problems.say(line, "This row has more cells than the head of the table. Write a bar that belongs to the text as \\|.");
        }
        let when = problems.take(line, moments.read(self.cell(cells, Column::When)));
        let (lane, marker, effect) = (
            self.cell(cells, Column::Lane),
            self.cell(cells, Column::Marker),
            self.cell(cells, Column::Effect),
        );
        let lane = if lane.is_empty() {
            Some(Lane::Happened)
        } else {
            problems.code(line, "Lane", lane, Lane::from_code, known!(Lane))
        };
        let marker = some(marker).and_then(|typed| {
            problems.code(line, "Marker", typed, Marker::from_code, known!(Marker))
        });
        if marker.is_some() && self.events.iter().any(|event| event.marker == marker) {
            problems.say(
                line,
                "This marker stands on a row above already. Each marks one moment.",
            );
        }
        let effect = some(effect).and_then(|typed| {
            problems.code(line, "Effect", typed, Effect::from_code, known!(Effect))
        });
        let text = problems.take(
            line,
            Prose::parse("The event", self.cell(cells, Column::What)),
        );
        let role = problems.take(
            line,
            Line::optional("The role", self.cell(cells, Column::Role)),
        );
        let source = some(self.cell(cells, Column::Source))
            .and_then(|typed| problems.take(line, address(typed)));
        let known_at_the_time = some(self.cell(cells, Column::Known)).and_then(|typed| {
            problems.code(line, "Known at the time", typed, yes_or_no, &["yes", "no"])
        });
        Some(DocumentEvent {
            when: when?,
            lane: lane?,
            marker,
            text: text?,
            role: role?,
            source,
            effect,
            known_at_the_time,
        })
    }
}

fn some(cell: &str) -> Option<&str> {
    Some(cell).filter(|cell| !cell.is_empty())
}

fn yes_or_no(typed: &str) -> Option<bool> {
    match typed.to_lowercase().as_str() {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    }
}

/// Writes the table. The last two columns are there only if a row has something in them.
pub(super) fn write(out: &mut String, events: &[DocumentEvent], moments: &mut Moments) {
    let source = events.iter().any(|event| event.source.is_some());
    let known = events.iter().any(|event| event.known_at_the_time.is_some());
    let mut head = vec!["#", "When", "Lane", "Marker", "Role", "What", "Effect"];
    head.extend(source.then_some("Source"));
    head.extend(known.then_some("Known at the time"));
    push(out, head.iter().map(|cell| (*cell).to_owned()));
    out.push_str(&"|---".repeat(head.len()));
    out.push_str("|\n");
    for (number, event) in (1_usize..).zip(events) {
        let mut cells = vec![
            number.to_string(),
            escaped(&moments.write(&event.when)),
            event.lane.as_code().to_owned(),
            event.marker.map_or("", Marker::as_code).to_owned(),
            escaped(event.role.as_ref().map_or("", Line::as_str)),
            escaped(event.text.as_str()),
            event.effect.map_or("", Effect::as_code).to_owned(),
        ];
        if source {
            cells.push(escaped(event.source.as_deref().unwrap_or_default()));
        }
        if known {
            let word = match event.known_at_the_time {
                Some(true) => "yes",
                Some(false) => "no",
                None => "",
            };
            cells.push(word.to_owned());
        }
        push(out, cells.into_iter());
    }
}

fn push(out: &mut String, cells: impl Iterator<Item = String>) {
    out.push('|');
    for cell in cells {
        out.push(' ');
        out.push_str(&cell);
        out.push_str(if cell.is_empty() { "|" } else { " |" });
    }
    out.push('\n');
}

/// How a line break within a cell is written.
const BREAK: &str = "<br>";

/// A text as a cell: `|` and `<br>` get a backslash, line breaks become `<br>`.
///
/// Backslashes are doubled only where they would otherwise belong to the mark behind them.
fn escaped(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (slashes, behind) = slashes(rest);
        cell.push_str(slashes);
        let is_mark = behind.starts_with('|') || behind.starts_with(BREAK);
        if is_mark || behind.starts_with('\n') {
            cell.push_str(slashes);
        }
        if is_mark {
            cell.push('\\');
        }
        let mut characters = behind.chars();
        match characters.next() {
            Some('\n') => cell.push_str(BREAK),
            Some(other) => cell.push(other),
            None => return cell,
        }
        rest = characters.as_str();
    }
}

/// The cells of a line; the reverse of [`escaped`].
fn split(line: &str) -> Vec<String> {
    let mut rest = line.trim();
    rest = rest.strip_prefix('|').unwrap_or(rest);
    let mut cells = Vec::new();
    let mut cell = String::new();
    loop {
        let (slashes, behind) = slashes(rest);
        let half = slashes.get(..slashes.len() / 2).unwrap_or_default();
        let is_text = slashes.len() % 2 == 1;
        if let Some(after) = behind.strip_prefix('|') {
            cell.push_str(half);
            if is_text {
                cell.push('|');
            } else {
                cells.push(std::mem::take(&mut cell).trim().to_owned());
            }
            rest = after;
        } else if let Some(after) = behind.strip_prefix(BREAK) {
            cell.push_str(half);
            cell.push_str(if is_text { BREAK } else { "\n" });
            rest = after;
        } else {
            cell.push_str(slashes);
            let mut characters = behind.chars();
            let Some(next) = characters.next() else {
                break;
            };
            cell.push(next);
            rest = characters.as_str();
        }
    }
    if !cell.trim().is_empty() {
        cells.push(cell.trim().to_owned());
    }
    cells
}

/// The backslashes at the beginning, and what stands behind them.
fn slashes(text: &str) -> (&str, &str) {
    text.split_at(text.len() - text.trim_start_matches('\\').len())
}

#[cfg(test)]
mod tests {
    use super::{escaped, split};

    #[test]
    fn a_cell_holds_bars_breaks_and_backslashes() {
        for text in [
            "a|b",
            "a\nb",
            "a<br>b",
            "C:\\logs",
            "\\|",
            "\\\\|x",
            "\\\n\\<br>",
            "a\\",
            "<b>",
            "é|é",
        ] {
            let line = format!("| {} | next |", escaped(text));
            assert!(!line.contains('\n'));
            assert_eq!(split(&line), [text, "next"], "{line}");
        }
        assert_eq!(split("| a | | c |"), ["a", "", "c"]);
        assert_eq!(split("a | b"), ["a", "b"]);
    }
}
