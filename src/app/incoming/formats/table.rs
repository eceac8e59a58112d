//! Rows and columns of a table that a spreadsheet or a program exported.

use super::{Text, Unreadable};
use crate::domain::text::excerpt;

/// The most rows that are read.
const ROWS: usize = 200_000;

/// The most bytes of column names, counted once for each row.
const NAMES: usize = 300_000_000;
/// How many characters of a column's name are compared.
const LONGEST: usize = 100;

/// A table: its head, and its rows with the lines of the file on which they begin.
pub(super) struct Table {
    pub(super) head: Vec<String>,
    /// The head by its letters and digits.
    names: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// What is odd about it, as sentences.
    pub(super) remarks: Vec<String>,
}

/// A row.
pub(super) struct Row {
    pub(super) line: u64,
    cells: Vec<String>,
    /// How many cells the head has.
    width: usize,
}

impl Row {
    /// What a column holds; empty if the row is too short, or there is no such column.
    pub(super) fn cell(&self, column: Option<usize>) -> &str {
        let cell = column.and_then(|column| self.cells.get(column));
        cell.map_or("", |cell| cell.trim())
    }

    /// What stands behind the last column of the head.
    pub(super) fn surplus(&self) -> Vec<&str> {
        let cells = self.cells.iter().skip(self.width);
        cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect()
    }
}

/// Among how many columns one is looked for by its name.
const LOOKED: usize = 5_000;
/// How many cells of a line are looked at to know a head.
const WIDTH: usize = 200;
/// How many lines may stand above the head.
const ABOVE: usize = 20;

/// Reads a table; what divides its cells (comma, semicolon or tab) is seen in its head, or said in a line above it.
pub(super) fn read(file: &Text<'_>) -> Result<Table, Unreadable> {
    read_from(file, |_| true)
}

/// Reads a table whose head is the first line that `is_head` knows; what stands above it is named in a remark.
pub(super) fn read_from(
    file: &Text<'_>,
    is_head: impl Fn(&[String]) -> bool,
) -> Result<Table, Unreadable> {
    let (said, text) = said_delimiter(&file.text);
    let first = said.unwrap_or_else(|| delimiter(text));
    let signs = [first, b',', b';', b'\t'];
    let found = signs.iter().find_map(|sign| {
        let mut rows = reader(text, *sign).into_records();
        let head = rows.by_ref().take(ABOVE).position(|row| {
            row.is_ok_and(|row| {
                let cells = row.iter().take(WIDTH);
                is_head(&cells.map(str::to_owned).collect::<Vec<_>>())
            })
        });
        Some((*sign, head?))
    });
    let (sign, above) = found.unwrap_or((first, 0));
    let mut reader = reader(text, sign);
    let mut rows = reader.records();
    let broken = |error: csv::Error| {
        Unreadable::new(format!("{} cannot be read as a table: {error}.", file.name))
    };
    let mut title = Vec::new();
    for row in rows.by_ref().take(above) {
        let row = row.map_err(broken)?;
        title.extend(
            row.iter()
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
                .map(excerpt),
        );
    }
    let head = match rows.next() {
        None => return Err(Unreadable::new(format!("{} is empty.", file.name))),
        Some(head) => head.map_err(broken)?,
    };
    let head: Vec<String> = head.iter().map(|cell| cell.trim().to_owned()).collect();
    let head_bytes: usize = head.iter().map(String::len).sum();
    let mut table = Table {
        names: head.iter().map(|cell| folded(cell)).collect(),
        rows: Vec::new(),
        remarks: Vec::new(),
        head,
    };
    if !title.is_empty() {
        table.remarks.push(format!(
            "Above the head of {} stands: {}. It was left out; the original has it.",
            file.name,
            title.join(", ")
        ));
    }
    for row in rows {
        let row = row.map_err(broken)?;
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        // A row is kept with the names of its columns.
        if table.rows.len() >= ROWS || (table.rows.len() + 1).saturating_mul(head_bytes) > NAMES {
            return Err(Unreadable::new(format!(
                "{} has more rows, or more columns, than are read at once (at most {ROWS} rows). Divide it.",
                file.name
            )));
        }
        table.rows.push(Row {
            line: row.position().map_or(0, csv::Position::line),
            cells: row.iter().map(str::to_owned).collect(),
            width: table.head.len(),
        });
    }
    if let Some(row) = table.rows.last().filter(|row| is_open(text, row)) {
        table.remarks.push(format!(
            "Row {} of {}: a quotation mark is not closed, so all that follows was read as one cell. Close it and import the file again.",
            row.line, file.name
        ));
    }
    Ok(table)
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
}

/// Whether the last row goes over lines to the end of the file because a quotation mark is not closed.
fn is_open(text: &str, last: &Row) -> bool {
    let odd = memchr::memchr_iter(b'"', text.as_bytes()).count() % 2 == 1;
    odd && last.cells.last().is_some_and(|cell| cell.contains('\n'))
}

/// `sep=;` above the head, as Excel writes and reads it, and the text below it.
fn said_delimiter(text: &str) -> (Option<u8>, &str) {
    let said = text.strip_prefix("sep=").and_then(|rest| {
        let (sign, below) = rest.split_once('\n')?;
        match sign.trim_end_matches('\r').as_bytes() {
            [sign @ (b',' | b';' | b'\t' | b'|')] => Some((*sign, below)),
            _ => None,
        }
    });
    said.map_or((None, text), |(sign, below)| (Some(sign), below))
}

/// What divides cells: what the first line has most of, outside quotation marks.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (sign, count) in &mut counts {
                    *count += usize::from(byte == *sign);
                }
            }
        }
    }
    // Of equals the first one, the comma, is taken.
    let best = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    best.map_or(b',', |(sign, _)| sign)
}

impl Table {
    /// The first column whose name is one of these; names are compared by letters and digits alone.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            let name = folded(name);
            let head = self.names.iter().take(LOOKED);
            head.enumerate()
                .find(|(_, cell)| **cell == name)
                .map(|(place, _)| place)
        })
    }

    /// The column that a person names: by its whole name, or by what is compared of it.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        let whole = folded(name);
        let mut head = self.head.iter();
        head.position(|cell| folded(cell) == whole)
            .or_else(|| self.column(&[name]))
    }

    /// Leaves out of the names what `without` leaves out.
    pub(super) fn rename(&mut self, without: impl Fn(&str) -> String) {
        for (name, cell) in self.names.iter_mut().zip(&self.head).take(WIDTH) {
            *name = folded(&without(cell));
        }
    }

    /// The head as a sentence says it: shortened, where it is long.
    pub(super) fn said(&self) -> String {
        const SHOWN: usize = 30;
        let head = self.head.iter().take(SHOWN);
        let mut said: Vec<String> = head.map(|cell| excerpt(cell)).collect();
        if self.head.len() > SHOWN {
            said.push("…".to_owned());
        }
        said.join(", ")
    }

    /// Every column of a name, as Jira has one for each comment.
    pub(super) fn columns(&self, name: &str) -> Vec<usize> {
        let name = folded(name);
        let names = self.names.iter().enumerate();
        let same = names.filter(|(_, cell)| **cell == name);
        same.map(|(place, _)| place).collect()
    }
}

/// A name by its letters and digits, as far as one looks at it: no column that is known has a longer one.
pub(super) fn folded(name: &str) -> String {
    let letters = name.chars().take(LONGEST).filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_and_many_of_them_are_refused_before_they_are_written_out() {
        let wide = Text {
            name: "x.csv",
            text: format!("{}\n{}", "x".repeat(1_000_000), "a\n".repeat(1_000)),
        };
        let refused = read(&wide).err().unwrap();
        assert!(refused.0.contains("Divide it"), "{refused}");
        let long = Text {
            name: "x.csv",
            text: format!("{},When\na,b\n", "x".repeat(1_000_000)),
        };
        let table = read(&long).unwrap();
        assert_eq!(table.column(&["when"]), Some(1));
        assert!(table.said().len() < 100, "{}", table.said());
    }

    #[test]
    fn signs_marks_and_ragged_rows_are_read() {
        let text = "Time;\"What, or; why\";Who\n14:05;\"a; b\";x;more\n\n;;\n14:06\n".to_owned();
        let table = read(&Text {
            name: "x.csv",
            text,
        })
        .unwrap();
        assert_eq!(table.head, ["Time", "What, or; why", "Who"]);
        assert_eq!(table.rows.len(), 2);
        assert_eq!(table.rows[0].cell(table.column(&["what or WHY"])), "a; b");
        assert_eq!(table.rows[0].surplus(), ["more"]);
        assert_eq!(table.rows[1].line, 5);
        assert_eq!(table.rows[1].cell(Some(2)), "");
    }
}
