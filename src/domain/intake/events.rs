//! Finds the rows of a timeline: items, paragraphs, headings, table rows and code lines that begin with a time.

use super::Remark;
use super::days::{Piece, Row};
use super::lines::{Kind, Line};
use super::parts::Part;
use super::stamp::{self, Stamp};
use super::{tables, zones};

/// How eagerly rows are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Eagerness {
    /// In a timeline: a day or a time makes a row.
    Timeline,
    /// Elsewhere in a structured text: only items and table rows that begin with a time of day.
    Careful,
    /// In a text that lost its headings: also paragraphs.
    Plain,
}

/// What was found in a part.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    pub(super) pieces: Vec<Piece>,
    /// Lines that belong to no row, in order.
    pub(super) left: Vec<&'a str>,
    pub(super) left_owned: Vec<String>,
    pub(super) frame: Vec<Remark>,
}

/// What an open row looks like; it decides which lines go on with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Item(u8),
    Heading,
    Paragraph,
    Code,
}

struct Open {
    row: Row,
    style: Style,
    lines: Vec<String>,
    indent: usize,
    raw: String,
}

struct Collector<'a, 'p> {
    lines: &'p [Line<'a>],
    stamps: Vec<Option<Stamp<'a>>>,
    last_row: usize,
    eagerness: Eagerness,
    labels_below: bool,
    opening: bool,
    open: Option<Open>,
    found: Found<'a>,
}

/// Finds the rows in a part. `labels_below`: whether the next part is only a label's.
pub(super) fn find<'a>(part: &Part<'a>, eagerness: Eagerness, labels_below: bool) -> Found<'a> {
    let lines = part.lines.as_slice();
    let stamps: Vec<_> = lines
        .iter()
        .map(|line| {
            if matches!(
                line.kind,
                Kind::Item(_) | Kind::Text | Kind::Heading(_) | Kind::Code
            ) {
                stamp::read(line.text)
            } else {
                None
            }
        })
        .collect();
    let last_row = stamps
        .iter()
        .rposition(|stamp| stamp.as_ref().is_some_and(Stamp::has_time))
        .unwrap_or(0);
    let mut collector = Collector {
        lines,
        stamps,
        last_row,
        eagerness,
        labels_below,
        opening: part.role == super::headings::Role::Opening,
        open: None,
        found: Found::default(),
    };
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at = if line.kind == Kind::Row {
            collector.table(at)
        } else {
            collector.line(at, line)
        };
    }
    collector.close();
    collector.found
}

impl<'a> Collector<'a, '_> {
    fn above(&self, at: usize) -> Kind {
        at.checked_sub(1)
            .and_then(|above| self.lines.get(above))
            .map_or(Kind::Blank, |line| line.kind)
    }

    /// Takes one line; gives the number of the next.
    fn line(&mut self, at: usize, line: &Line<'a>) -> usize {
        let stamp = self.stamps.get_mut(at).and_then(Option::take);
        match line.kind {
            Kind::Heading(level) => self.heading(at, line, level, stamp),
            Kind::Item(depth) => self.item(line, depth, stamp),
            Kind::Text => self.text(at, line, stamp),
            Kind::Code => self.code(line, stamp),
            Kind::Comment => self.frame(line),
            Kind::Rule if self.open.is_some() => {}
            _ => self.go_on_or_leave(line),
        }
        at + 1
    }

    fn heading(&mut self, at: usize, line: &Line<'a>, level: u8, stamp: Option<Stamp<'a>>) {
        self.close();
        let Some(stamp) = stamp else {
            self.found.left.push(line.raw);
            return;
        };
        if stamp.has_time()
            || (self.eagerness == Eagerness::Timeline && !self.times_below(at, level))
        {
            self.open(&stamp, Style::Heading, line);
            return;
        }
        self.found.pieces.extend(stamp.date.map(Piece::Day));
        if self.eagerness == Eagerness::Timeline {
            self.frame(line);
        } else {
            self.found.left.push(line.raw);
        }
    }

    /// Whether rows with a time of day stand below a heading, before the next one of its level.
    fn times_below(&self, at: usize, level: u8) -> bool {
        let below = self.lines.iter().zip(&self.stamps).skip(at + 1);
        below
            .take_while(|(line, _)| !matches!(line.kind, Kind::Heading(other) if other <= level))
            .any(|(line, stamp)| {
                line.kind == Kind::Row
                    || (line.kind != Kind::Code
                        && stamp
                            .as_ref()
                            .is_some_and(|stamp| stamp.clock.is_some() && !stamp.led))
            })
            || (self.labels_below
                && !self
                    .lines
                    .iter()
                    .skip(at + 1)
                    .any(|line| matches!(line.kind, Kind::Heading(other) if other <= level)))
    }

    fn item(&mut self, line: &Line<'a>, depth: u8, stamp: Option<Stamp<'a>>) {
        let nested = match self.open.as_ref().map(|open| open.style) {
            Some(Style::Item(above)) => depth > above,
            Some(Style::Heading) => true,
            _ => false,
        };
        let in_heading = matches!(self.open.as_ref(), Some(open) if open.style == Style::Heading && open.row.clock.is_some());
        let stamp = stamp.filter(|stamp| self.makes_row(stamp, nested) && !in_heading);
        if let Some(stamp) = stamp {
            self.close();
            self.open(&stamp, Style::Item(depth), line);
        } else if nested {
            self.go_on(line);
        } else if let Some((words, stamp)) =
            trailing(line.text).filter(|_| self.eagerness == Eagerness::Timeline)
        {
            self.close();
            self.open(&stamp, Style::Item(depth), line);
            if let Some(open) = self.open.as_mut() {
                open.lines = vec![words.to_owned()];
            }
        } else {
            self.close();
            self.found.left.push(line.raw);
        }
    }

    fn makes_row(&self, stamp: &Stamp<'_>, nested: bool) -> bool {
        let whole = stamp.date.is_some_and(|date| date.year.is_some());
        match self.eagerness {
            Eagerness::Timeline => !nested || stamp.clock.is_some() || whole,
            Eagerness::Careful => stamp.clock.is_some() && !stamp.led,
            Eagerness::Plain => {
                stamp.clock.is_some()
                    || whole
                    || (stamp.date.is_some()
                        && (stamp.rest.is_empty() || stamp.unreadable || stamp.separated))
            }
        }
    }

    fn text(&mut self, at: usize, line: &Line<'a>, stamp: Option<Stamp<'a>>) {
        let begins =
            !matches!(self.above(at), Kind::Text | Kind::Item(_)) || self.above(at) == Kind::Blank;
        if self.eagerness == Eagerness::Timeline && is_zone_line(line.text) {
            self.close();
            self.zone_line(line, stamp.as_ref());
            return;
        }
        let in_heading = self
            .open
            .as_ref()
            .is_some_and(|open| open.style == Style::Heading && open.row.clock.is_some());
        if let Some(date) = stamp
            .as_ref()
            .filter(|stamp| !in_heading && !stamp.has_time() && stamp.rest.is_empty())
            .and_then(|stamp| stamp.date)
            && date.year.is_some()
        {
            self.day_line(line, date);
            return;
        }
        // The first paragraph of a text is its summary, even if it begins with "At 05:30".
        let summary = self.opening
            && !self
                .lines
                .iter()
                .take(at)
                .any(|line| line.kind != Kind::Blank);
        let row = stamp.filter(|stamp| {
            let whole = stamp.date.is_some_and(|date| date.year.is_some());
            let timed = stamp.clock.is_some();
            !in_heading
                && !(summary && stamp.led)
                && match self.eagerness {
                    Eagerness::Timeline => {
                        (begins && (timed || stamp.separated || whole || stamp.unreadable))
                            || (stamp.separated && (timed || whole))
                            || (stamp.rest.is_empty() && whole && timed)
                    }
                    Eagerness::Careful => begins && timed && stamp.separated && !stamp.led,
                    Eagerness::Plain => begins && (timed || (whole && stamp.separated)),
                }
        });
        match row {
            Some(stamp) => {
                self.close();
                self.open(&stamp, Style::Paragraph, line);
            }
            None if self.goes_on(at, line) => self.go_on(line),
            None => {
                self.close();
                self.found.left.push(line.raw);
            }
        }
    }

    /// A day on a line of its own holds for what follows.
    fn day_line(&mut self, line: &Line<'a>, date: super::dates::PartDate) {
        self.close();
        self.found.pieces.push(Piece::Day(date));
        if self.eagerness == Eagerness::Timeline {
            self.frame(line);
        } else {
            self.found.left.push(line.raw);
        }
    }

    /// Whether a line of words goes on with the open row.
    fn goes_on(&self, at: usize, line: &Line<'a>) -> bool {
        let Some(open) = self.open.as_ref() else {
            return false;
        };
        let wrapped = self.above(at) != Kind::Blank;
        let between = self.eagerness == Eagerness::Timeline && at < self.last_row;
        match open.style {
            Style::Heading => true,
            Style::Item(_) => {
                wrapped || (line.inside_item && self.eagerness != Eagerness::Plain) || between
            }
            Style::Paragraph | Style::Code => {
                wrapped || between || open.lines.iter().all(|line| line.trim().is_empty())
            }
        }
    }

    fn code(&mut self, line: &Line<'a>, stamp: Option<Stamp<'a>>) {
        let fence = line.text.starts_with("```") || line.text.starts_with("~~~");
        let own = self
            .open
            .as_ref()
            .is_none_or(|open| open.style == Style::Code)
            && self.eagerness == Eagerness::Timeline;
        if !own {
            self.go_on_or_leave(line);
        } else if fence {
            self.close();
            self.frame(line);
        } else if let Some(stamp) = stamp.filter(|stamp| stamp.clock.is_some()) {
            self.close();
            self.open(&stamp, Style::Code, line);
        } else {
            self.go_on_or_leave(line);
        }
    }

    /// Takes the rows of a table; gives the number of the line below it.
    fn table(&mut self, at: usize) -> usize {
        let length = self
            .lines
            .iter()
            .skip(at)
            .take_while(|line| matches!(line.kind, Kind::Row | Kind::Rule))
            .count()
            .max(1);
        let rows = self.lines.get(at..at + length).unwrap_or_default();
        match tables::read(rows, self.eagerness == Eagerness::Timeline) {
            Some(read) => {
                self.close();
                self.found.pieces.extend(read.pieces);
                self.found.frame.extend(read.frame);
                self.found.left_owned.extend(read.left);
            }
            None => rows.iter().for_each(|line| self.go_on_or_leave(line)),
        }
        at + length
    }

    /// "All times in CET, on February 5th 2019": a zone, and perhaps a day, for what follows.
    fn zone_line(&mut self, line: &Line<'a>, stamp: Option<&Stamp<'a>>) {
        self.found
            .pieces
            .extend(zones::stated(line.text).map(Piece::Zone));
        self.found.pieces.extend(
            stamp
                .and_then(|stamp| stamp.date)
                .or_else(|| date_in(line.text))
                .map(Piece::Day),
        );
        self.frame(line);
    }

    fn go_on_or_leave(&mut self, line: &Line<'a>) {
        if self.open.is_some() {
            self.go_on(line);
        } else {
            self.found.left.push(line.raw);
        }
    }

    fn go_on(&mut self, line: &Line<'a>) {
        if let Some(open) = self.open.as_mut() {
            let spaces = line.raw.len() - line.raw.trim_start_matches(' ').len();
            open.lines.push(
                line.raw
                    .get(spaces.min(open.indent)..)
                    .unwrap_or(line.raw)
                    .trim_end()
                    .to_owned(),
            );
        }
    }

    fn frame(&mut self, line: &Line<'a>) {
        self.found.frame.push(Remark {
            line: line.number,
            text: line.raw.trim().to_owned(),
        });
    }

    fn open(&mut self, stamp: &Stamp<'a>, style: Style, line: &Line<'a>) {
        let indent = if matches!(style, Style::Item(_)) {
            line.raw.len() - line.raw.trim_start().len() + 2
        } else {
            0
        };
        self.open = Some(Open {
            row: tables::from_stamp(stamp, line.number),
            style,
            lines: vec![stamp.rest.to_owned()],
            indent,
            raw: line.raw.trim().to_owned(),
        });
    }

    /// Ends the open row. A day without words holds for what follows; a time without words is no event.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let mut row = open.row;
        row.text = open.lines.join("\n").trim().to_owned();
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
}

/// "All times in UTC"
pub(super) fn is_zone_line(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.len() < 160
        && (lower.contains("times ")
            || lower.contains("timestamps")
            || lower.contains("time zone")
            || lower.contains("timezone")
            || lower.contains("timelines"))
        && zones::stated(text).is_some()
        && stamp::read(text).is_none_or(|stamp| !stamp.has_time())
}

/// The first day in a line, even one without a year.
pub(super) fn date_in(text: &str) -> Option<super::dates::PartDate> {
    let mut inside = false;
    text.char_indices().find_map(|(at, character)| {
        let begins = !inside && character.is_alphanumeric();
        inside = character.is_alphanumeric();
        begins
            .then(|| super::dates::date(&mut super::cursor::Cursor::new(text.get(at..)?)))
            .flatten()
    })
}

/// A row whose time stands behind its words: "Incident declared: 2022-11-15 16:05".
fn trailing(text: &str) -> Option<(&str, Stamp<'_>)> {
    text.match_indices(' ').take(14).find_map(|(at, _)| {
        let stamp = stamp::read(text.get(at + 1..)?)?;
        let words = text
            .get(..at)?
            .trim()
            .trim_end_matches([':', '-', '\u{2013}', ' ']);
        let whole = stamp.date.is_some_and(|date| date.year.is_some());
        let few = words.split_whitespace().count() <= 4 && stamp.clock.is_some();
        (stamp.rest.is_empty() && (whole || few) && words.chars().any(char::is_alphabetic))
            .then_some((words, stamp))
    })
}
