//! The row that is being read, the lines that go on with it, and what was found so far.

use super::Remark;
use super::dates::PartDate;
use super::days::{Piece, Row};
use super::lines::Line;
use super::stamp::Stamp;
use super::tables;

/// What was found in a part.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Rows, and days and zones that hold for the rows below them.
    pub(super) pieces: Vec<Piece>,
    /// Lines that belong to no row.
    pub(super) left: Vec<String>,
    /// Lines that only frame rows.
    pub(super) frame: Vec<Remark>,
}

/// What an open row looks like; it decides which lines go on with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// A list's item of this depth.
    Item(u8),
    Heading,
    Paragraph,
    Code,
}

/// A row whose last line has not been seen.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) row: Row,
    pub(super) style: Style,
    lines: Vec<String>,
    raw: String,
}

impl Open {
    /// Whether no words were seen yet.
    pub(super) fn is_wordless(&self) -> bool {
        self.lines.iter().all(|line| line.trim().is_empty())
    }

    /// Whether it is a heading with a time: everything below it belongs to it.
    pub(super) fn is_timed_heading(&self) -> bool {
        self.style == Style::Heading && self.row.clock.is_some()
    }
}

/// What was found so far, and the open row.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) open: Option<Open>,
    pub(super) found: Found,
    /// Whether a row was taken out since the last line that was left: the lines around it are apart.
    gap: bool,
}

impl Rows {
    /// Ends the open row and opens another.
    pub(super) fn open(&mut self, stamp: &Stamp<'_>, style: Style, line: &Line<'_>) {
        self.close();
        self.gap = true;
        let words = [stamp.before, stamp.rest].map(str::trim);
        let first = words
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        self.open = Some(Open {
            row: tables::from_stamp(stamp, line.number),
            style,
            lines: vec![first],
            raw: line.raw.trim().to_owned(),
        });
    }

    /// Ends the open row. A day without words holds for what follows; a time without words is no event.
    pub(super) fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let mut row = open.row;
        row.text = match open.style {
            Style::Item(_) => outdented(&open.lines),
            _ => open.lines.join("\n"),
        }
        .trim()
        .to_owned();
        if row.text.chars().any(char::is_alphanumeric) {
            self.found.pieces.push(Piece::Row(row));
            return;
        }
        self.found.frame.push(Remark {
            line: row.line,
            text: open.raw,
        });
        self.found
            .pieces
            .extend(row.date.filter(|_| row.clock.is_none()).map(Piece::Day));
        self.found.pieces.extend(row.zone.map(Piece::Zone));
    }

    /// Adds a line to the open row.
    pub(super) fn go_on(&mut self, line: &Line<'_>) {
        if let Some(open) = self.open.as_mut() {
            open.lines.push(line.raw.trim_end().to_owned());
        }
    }

    /// Adds a line to the open row, or leaves it if none is open.
    pub(super) fn go_on_or_leave(&mut self, line: &Line<'_>) {
        match self.open {
            Some(_) => self.go_on(line),
            None => self.push(line),
        }
    }

    fn push(&mut self, line: &Line<'_>) {
        if std::mem::take(&mut self.gap) && !line.text.is_empty() {
            self.found.left.push(String::new());
        }
        self.found.left.push(line.raw.to_owned());
    }

    /// Ends the open row; the line belongs to none.
    pub(super) fn leave(&mut self, line: &Line<'_>) {
        self.close();
        self.push(line);
    }

    /// Keeps a line that only frames others.
    pub(super) fn frame(&mut self, line: &Line<'_>) {
        self.found.frame.push(Remark {
            line: line.number,
            text: line.raw.trim().to_owned(),
        });
    }

    /// A line that is only a day: it holds for what follows. In a timeline it says nothing else.
    pub(super) fn day(&mut self, line: &Line<'_>, date: Option<PartDate>, in_timeline: bool) {
        self.close();
        self.found.pieces.extend(date.map(Piece::Day));
        if in_timeline {
            self.frame(line);
        } else {
            self.push(line);
        }
    }

    /// A line that only names a day of the week, or counts a day: it holds for what follows.
    pub(super) fn heading(&mut self, line: &Line<'_>, day: Piece) {
        self.close();
        self.found.pieces.push(day);
        self.frame(line);
    }

    /// Takes over what a table gave.
    pub(super) fn table(&mut self, read: tables::Read) {
        self.close();
        self.found.pieces.extend(read.pieces);
        self.found
            .pieces
            .extend(read.own_zone.then_some(Piece::TableEnds));
        self.found.frame.extend(read.frame);
        self.found.left.extend(read.left);
    }
}

/// The lines of an item without the indentation that only said that they belong to it.
fn outdented(lines: &[String]) -> String {
    let spaces = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let below = || lines.iter().skip(1).map(String::as_str);
    let shared = below()
        .filter(|line| !line.trim().is_empty())
        .map(spaces)
        .filter(|count| *count > 0)
        .min()
        .unwrap_or(0);
    let cut = |line: &'_ str| {
        line.get(spaces(line).min(shared)..)
            .unwrap_or(line)
            .to_owned()
    };
    lines
        .first()
        .cloned()
        .into_iter()
        .chain(below().map(cut))
        .collect::<Vec<_>>()
        .join("\n")
}
