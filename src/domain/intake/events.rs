//! Finds the rows of a timeline: items, paragraphs, headings, table rows and code lines that begin with a time.

use super::days::Piece;
use super::headings::Role;
use super::lines::{Kind, Line};
use super::parts::Part;
use super::rows::{Found, Rows, Style};
use super::stamp::{self, Stamp};
use super::{hints, tables, zones};

/// How eagerly rows are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Eagerness {
    /// In a timeline: a day or a time makes a row.
    Timeline,
    /// Elsewhere in a structured text: only lines that begin with a time of day as a row does.
    Careful,
    /// In a text that lost its headings: also sentences that begin with a time.
    Plain,
}

/// Finds the rows in a part. `labels_below`: whether the next part is only a label's.
pub(super) fn find(part: &Part<'_>, eagerness: Eagerness, labels_below: bool) -> Found {
    let lines = part.lines.as_slice();
    let stamps: Vec<_> = lines.iter().map(stamp_of).collect();
    let last_row = stamps
        .iter()
        .rposition(|stamp| stamp.as_ref().is_some_and(Stamp::has_time))
        .unwrap_or(0);
    let summary = lines
        .iter()
        .position(|line| line.kind != Kind::Blank)
        .filter(|_| part.role == Role::Opening);
    let mut collector = Collector {
        lines,
        columns: columns(lines, &stamps),
        stamps,
        last_row,
        eagerness,
        labels_below,
        summary,
        rows: Rows::default(),
    };
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at = if line.kind == Kind::Row {
            collector.table(at)
        } else {
            collector.line(at, line)
        };
    }
    collector.rows.close();
    collector.rows.found
}

fn stamp_of<'a>(line: &Line<'a>) -> Option<Stamp<'a>> {
    let may_have_one = matches!(
        line.kind,
        Kind::Item(_) | Kind::Text | Kind::Heading(_) | Kind::Code
    );
    may_have_one.then(|| stamp::read(line.text)).flatten()
}

/// Lines of paragraphs in which every line begins with a time: each is a row, without a mark behind the time.
fn columns(lines: &[Line<'_>], stamps: &[Option<Stamp<'_>>]) -> Vec<bool> {
    let begins = |at: usize| {
        let stamp = stamps.get(at).and_then(Option::as_ref);
        stamp.is_some_and(|stamp| stamp.clock.is_some() && !stamp.led && !stamp.rest.is_empty())
    };
    let mut columns = vec![false; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        let behind = lines.iter().skip(at);
        let length = behind.take_while(|line| line.kind == Kind::Text).count();
        if length > 1 && (at..at + length).all(begins) {
            columns
                .iter_mut()
                .skip(at)
                .take(length)
                .for_each(|it| *it = true);
        }
        at += length.max(1);
    }
    columns
}

struct Collector<'a, 'p> {
    lines: &'p [Line<'a>],
    /// Which lines stand in a column of times.
    columns: Vec<bool>,
    stamps: Vec<Option<Stamp<'a>>>,
    /// The last line with a time: prose above it lies between rows.
    last_row: usize,
    eagerness: Eagerness,
    labels_below: bool,
    /// The first line of the text, which is its summary even if it begins with "At 05:30".
    summary: Option<usize>,
    rows: Rows,
}

impl<'a> Collector<'a, '_> {
    fn in_timeline(&self) -> bool {
        self.eagerness == Eagerness::Timeline
    }

    fn above(&self, at: usize) -> Kind {
        at.checked_sub(1)
            .and_then(|above| self.lines.get(above))
            .map_or(Kind::Blank, |line| line.kind)
    }

    fn in_timed_heading(&self) -> bool {
        self.rows
            .open
            .as_ref()
            .is_some_and(|open| open.is_timed_heading())
    }

    /// Takes one line; gives the number of the next.
    fn line(&mut self, at: usize, line: &Line<'a>) -> usize {
        let stamp = self.stamps.get_mut(at).and_then(Option::take);
        match line.kind {
            Kind::Heading(level) => self.heading(at, line, level, stamp),
            Kind::Item(depth) => self.item(line, depth, stamp),
            Kind::Text => self.text(at, line, stamp),
            Kind::Code => self.code(line, stamp),
            Kind::Comment => self.rows.frame(line),
            Kind::Rule if self.rows.open.is_some() => {}
            _ => self.rows.go_on_or_leave(line),
        }
        at + 1
    }

    fn heading(&mut self, at: usize, line: &Line<'a>, level: u8, stamp: Option<Stamp<'a>>) {
        match stamp {
            None => match hints::day_alone(line.text).filter(|_| self.in_timeline()) {
                Some(day) => self.rows.heading(line, day),
                None => self.rows.leave(line),
            },
            Some(stamp)
                if stamp.has_time() || (self.in_timeline() && !self.times_below(at, level)) =>
            {
                self.rows.open(&stamp, Style::Heading, line)
            }
            Some(stamp) => self.rows.day(line, stamp.date, self.in_timeline()),
        }
    }

    /// Whether rows with a time of day stand below a heading, before the next one of its level.
    fn times_below(&self, at: usize, level: u8) -> bool {
        let below = self.lines.iter().zip(&self.stamps).skip(at + 1);
        let mut own = below
            .take_while(|(line, _)| !matches!(line.kind, Kind::Heading(other) if other <= level));
        let is_row = |line: &Line<'_>, stamp: &Option<Stamp<'_>>| {
            line.kind == Kind::Row
                || (line.kind != Kind::Code
                    && stamp
                        .as_ref()
                        .is_some_and(|stamp| stamp.clock.is_some() && !stamp.led))
        };
        own.any(|(line, stamp)| is_row(line, stamp))
            || (self.labels_below && self.is_last(at, level))
    }

    fn is_last(&self, at: usize, level: u8) -> bool {
        !self
            .lines
            .iter()
            .skip(at + 1)
            .any(|line| matches!(line.kind, Kind::Heading(other) if other <= level))
    }

    fn item(&mut self, line: &Line<'a>, depth: u8, stamp: Option<Stamp<'a>>) {
        let nested = match self.rows.open.as_ref().map(|open| open.style) {
            Some(Style::Item(above)) => depth > above,
            Some(Style::Heading) => true,
            _ => false,
        };
        let stamp = stamp.filter(|stamp| self.makes_row(stamp, nested) && !self.in_timed_heading());
        match stamp {
            Some(stamp) => self.rows.open(&stamp, Style::Item(depth), line),
            None if nested => self.rows.go_on(line),
            None => match hints::trailing(line.text)
                .or_else(|| hints::inside(line.text))
                .filter(|_| self.in_timeline())
            {
                Some(stamp) => self.rows.open(&stamp, Style::Item(depth), line),
                None => self.rows.leave(line),
            },
        }
    }

    fn makes_row(&self, stamp: &Stamp<'_>, nested: bool) -> bool {
        let timed = stamp.clock.is_some();
        let whole = stamp.date.is_some_and(|date| date.year.is_some());
        match self.eagerness {
            Eagerness::Timeline => !nested || timed || whole,
            Eagerness::Careful => timed && !stamp.led,
            Eagerness::Plain => timed || stamp.date.is_some(),
        }
    }

    fn text(&mut self, at: usize, line: &Line<'a>, stamp: Option<Stamp<'a>>) {
        if self.in_timeline() && hints::is_zone_line(line.text) {
            return self.zone_line(line, stamp.as_ref());
        }
        if let Some(day) = hints::day_alone(line.text).filter(|_| self.in_timeline()) {
            return self.rows.heading(line, day);
        }
        if self.in_timed_heading() {
            return self.rows.go_on(line);
        }
        let begins = !matches!(self.above(at), Kind::Text | Kind::Item(_));
        let stamp = match stamp {
            Some(stamp) if is_bare_day(&stamp, self.in_timeline()) => {
                return self.rows.day(line, stamp.date, self.in_timeline());
            }
            Some(stamp) => Some(stamp).filter(|stamp| self.begins_row(at, stamp, begins)),
            // "alice [8:27 AM]" above what she wrote.
            None => hints::trailing(line.text).filter(|stamp| {
                self.in_timeline()
                    && begins
                    && stamp.clock.is_some()
                    && stamp.before.split_whitespace().count() <= 3
            }),
        };
        match stamp {
            Some(stamp) => self.rows.open(&stamp, Style::Paragraph, line),
            None if self.goes_on(at, line) => self.rows.go_on(line),
            None => self.rows.leave(line),
        }
    }

    /// Whether a line of words that begins with a stamp is a row. `begins`: it begins a paragraph.
    fn begins_row(&self, at: usize, stamp: &Stamp<'_>, begins: bool) -> bool {
        let timed = stamp.clock.is_some();
        let whole = stamp.date.is_some_and(|date| date.year.is_some());
        if stamp.led && self.summary == Some(at) {
            return false;
        }
        match self.eagerness {
            Eagerness::Timeline if begins => timed || whole || stamp.separated || stamp.unreadable,
            Eagerness::Timeline if self.columns.get(at) == Some(&true) => true,
            Eagerness::Timeline => {
                (stamp.separated && (timed || whole)) || (stamp.rest.is_empty() && whole && timed)
            }
            Eagerness::Careful => begins && timed && stamp.separated && !stamp.led,
            Eagerness::Plain => begins && (timed || (whole && stamp.separated)),
        }
    }

    /// Whether a line of words goes on with the open row.
    fn goes_on(&self, at: usize, line: &Line<'a>) -> bool {
        let Some(open) = self.rows.open.as_ref() else {
            return false;
        };
        let wrapped = self.above(at) != Kind::Blank;
        let between = self.in_timeline() && at < self.last_row;
        match open.style {
            Style::Heading => true,
            Style::Item(_) => {
                open.is_wordless()
                    || wrapped
                    || between
                    || (line.inside_item && self.eagerness != Eagerness::Plain)
            }
            Style::Paragraph | Style::Code => wrapped || between || open.is_wordless(),
        }
    }

    /// Code belongs to the open row; a timeline may also be nothing but a pasted log.
    fn code(&mut self, line: &Line<'a>, stamp: Option<Stamp<'a>>) {
        let is_log = self
            .rows
            .open
            .as_ref()
            .is_none_or(|open| open.style == Style::Code)
            && self.in_timeline();
        let is_fence = line.text.starts_with("```") || line.text.starts_with("~~~");
        match stamp.filter(|stamp| stamp.clock.is_some()) {
            _ if !is_log => self.rows.go_on_or_leave(line),
            _ if is_fence => {
                self.rows.close();
                self.rows.frame(line);
            }
            Some(stamp) => self.rows.open(&stamp, Style::Code, line),
            None => self.rows.go_on_or_leave(line),
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
        let lines = self.lines.get(at..at + length).unwrap_or_default();
        match tables::read(lines, self.in_timeline()) {
            Some(read) => self.rows.table(read),
            None => lines.iter().for_each(|line| self.rows.go_on_or_leave(line)),
        }
        at + length
    }

    /// "All times in CET, on February 5th 2019": a zone, and perhaps a day, for what follows.
    fn zone_line(&mut self, line: &Line<'a>, stamp: Option<&Stamp<'a>>) {
        self.rows.close();
        let date = stamp
            .and_then(|stamp| stamp.date)
            .or_else(|| hints::date_in(line.text));
        self.rows
            .found
            .pieces
            .extend(zones::stated(line.text).map(Piece::Zone));
        self.rows.found.pieces.extend(date.map(Piece::Day));
        self.rows.frame(line);
    }
}

/// Whether a line is a day and nothing else; `yearless`: even one without a year.
fn is_bare_day(stamp: &Stamp<'_>, yearless: bool) -> bool {
    let is_day = stamp
        .date
        .is_some_and(|date| yearless || date.year.is_some());
    !stamp.has_time() && stamp.rest.is_empty() && is_day
}
