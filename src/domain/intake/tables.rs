//! Rows of a table as rows of a timeline, wherever the time stands in them.

use super::Remark;
use super::columns::{self, Columns};
use super::cursor::Cursor;
use super::dates;
use super::days::{Piece, Row};
use super::lines::{Kind, Line};
use super::stamp::{self, Stamp};
use super::zones;

/// What a table gave.
#[derive(Default)]
pub(super) struct Read {
    pub(super) pieces: Vec<Piece>,
    /// The head, and rows without words.
    pub(super) frame: Vec<Remark>,
    /// Rows in which no time was found.
    pub(super) left: Vec<String>,
    /// Whether the head names a zone: it holds for this table.
    pub(super) own_zone: bool,
}

/// The cells of a row.
pub(super) fn cells(raw: &str) -> Vec<&str> {
    let row = raw.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, character) in row.char_indices() {
        if character == '|' && !escaped {
            cells.push(row.get(start..at).unwrap_or_default().trim());
            start = at + 1;
        }
        escaped = character == '\\' && !escaped;
    }
    let last = row.get(start..).unwrap_or_default().trim();
    if !last.is_empty() {
        cells.push(last);
    }
    cells
}

/// The cells of the head, if the table has one.
pub(super) fn head<'a>(lines: &[Line<'a>]) -> Option<Vec<&'a str>> {
    let first = lines.first().filter(|line| line.kind == Kind::Row)?;
    let names = cells(first.raw);
    let ruled = lines.get(1).is_some_and(|line| line.kind == Kind::Rule);
    let is_row = names
        .iter()
        .any(|cell| stamp::read(cell).is_some_and(|stamp| stamp.rest.is_empty()));
    let is_head = !is_row && names.iter().any(|name| columns::is_named(name));
    (ruled || is_head).then_some(names)
}

/// Reads a table's rows; nothing if it is not a table of times.
pub(super) fn read(lines: &[Line<'_>], in_timeline: bool) -> Option<Read> {
    let names = head(lines);
    let body: Vec<&Line<'_>> = lines
        .iter()
        .filter(|line| line.kind == Kind::Row)
        .skip(usize::from(names.is_some()))
        .collect();
    let columns = columns::find(names.as_deref().unwrap_or_default(), &body)?;
    let year = names
        .iter()
        .flatten()
        .zip(0..)
        .filter(|(_, at)| columns.when.contains(at))
        .find_map(|(name, _)| year_in(name));
    let mut read = Read::default();
    if let Some(first) = lines.first().filter(|_| names.is_some()) {
        read.frame.push(Remark {
            line: first.number,
            text: first.raw.trim().to_owned(),
        });
        let zone = names
            .iter()
            .flatten()
            .zip(0..)
            .filter(|(_, at)| columns.when.contains(at))
            .find_map(|(name, _)| zones::stated(name));
        read.own_zone = zone.is_some();
        read.pieces.extend(zone.map(Piece::Zone));
    }
    for line in &body {
        row(line, &columns, year, &mut read);
    }
    let rows = read
        .pieces
        .iter()
        .filter(|piece| matches!(piece, Piece::Row(_)))
        .count();
    let timed = read
        .pieces
        .iter()
        .filter(|piece| matches!(piece, Piece::Row(Row { clock: Some(_), .. })))
        .count();
    let enough = if in_timeline {
        rows > 0
    } else {
        timed * 2 >= body.len().max(1)
    };
    enough.then_some(read)
}

/// "Date (2021)"
fn year_in(name: &str) -> Option<i32> {
    name.split(|character: char| !character.is_ascii_digit())
        .find(|digits| digits.len() == 4)
        .and_then(|digits| digits.parse().ok())
        .filter(|year| (1900..2200).contains(year))
}

fn row(line: &Line<'_>, columns: &Columns, year: Option<i32>, read: &mut Read) {
    let all = cells(line.raw);
    let when: Vec<&str> = columns
        .when
        .iter()
        .filter_map(|column| all.get(*column).copied())
        .filter(|cell| !cell.is_empty())
        .collect();
    let words: Vec<&str> = all
        .iter()
        .zip(0..)
        .filter(|(cell, at)| {
            !columns.when.contains(at) && columns.end != Some(*at) && !cell.is_empty()
        })
        .map(|(cell, _)| *cell)
        .collect();
    let typed = when.join(" ");
    let text = words.join(" \u{2014} ").replace("\\|", "|");
    let stamp = stamp::read(&typed).or_else(|| clock_then_day(&when));
    match stamp {
        Some(_) if !text.chars().any(char::is_alphanumeric) => read.frame.push(Remark {
            line: line.number,
            text: line.raw.trim().to_owned(),
        }),
        Some(stamp) => {
            let mut row = from_stamp(&stamp, line.number);
            if let Some(date) = row.date.as_mut().filter(|date| date.year.is_none()) {
                date.year = year;
            }
            row.typed.clone_from(&typed);
            let end = columns.end.and_then(|column| all.get(column));
            if let Some(end) = end
                .and_then(|end| stamp::read(end))
                .filter(|_| row.until.is_none())
            {
                row.until = end.clock;
                row.until_date = end.date;
            }
            row.text = text;
            read.pieces.push(Piece::Row(row));
        }
        // A row without a time below one with a time goes on with it.
        None => match read.pieces.last_mut() {
            Some(Piece::Row(row)) if typed.is_empty() => {
                row.text.push('\n');
                row.text.push_str(&text);
            }
            // "later" where others have a time: the row has its place, and no time that can be read.
            _ if columns.named && is_word_for_time(&typed) && !text.is_empty() => {
                read.pieces.push(Piece::Row(Row {
                    unreadable: true,
                    typed,
                    text,
                    line: line.number,
                    ..Row::default()
                }));
            }
            _ => read.left.push(line.raw.trim().to_owned()),
        },
    }
}

/// Whether words in the place of a time may stand for one: a few, and no sum.
fn is_word_for_time(typed: &str) -> bool {
    let few = typed.split_whitespace().count() <= 4 && typed.len() <= 40;
    let counts = typed.bytes().any(|b| b.is_ascii_digit());
    few && !counts && !columns::is_amount(typed) && !columns::is_sum(typed)
}

/// Cells in the other order: the weekday or zone first.
fn clock_then_day<'a>(when: &[&'a str]) -> Option<Stamp<'a>> {
    let mut found: Option<Stamp<'a>> = None;
    for cell in when {
        let Some(stamp) = stamp::read(cell) else {
            dates::weekday(&mut Cursor::new(cell));
            continue;
        };
        match found.as_mut() {
            Some(found) => {
                found.date = found.date.or(stamp.date);
                found.clock = found.clock.or(stamp.clock);
                found.zone = found.zone.or(stamp.zone);
            }
            None => found = Some(stamp),
        }
    }
    found
}

/// A row with what its stamp says.
pub(super) fn from_stamp(stamp: &Stamp<'_>, line: usize) -> Row {
    Row {
        date: stamp.date,
        weekday: stamp.weekday.filter(|_| stamp.date.is_none()),
        clock: stamp.clock,
        until_date: stamp.until_date,
        until: stamp.until,
        zone: stamp.zone,
        about: stamp.about,
        unreadable: stamp.unreadable,
        typed: stamp.typed.to_owned(),
        text: String::new(),
        line,
    }
}
