//! Columns that come with tabs, commas or semicolons, put in the form of a table that the reader of documents knows.

use super::times::{day_of, time_of};

/// How a line is cut into columns.
type Split = fn(&str) -> Option<Vec<String>>;

/// The text with its columns between bars, each in its line; `None` if it has none.
pub(super) fn barred(text: &str) -> Option<String> {
    cut(text, &[tabs, commas, semicolons])
}

/// Whether a text is a table with commas or semicolons.
pub(super) fn are_separated(text: &str) -> bool {
    cut(text, &[commas, semicolons]).is_some()
}

fn cut(text: &str, readers: &[Split]) -> Option<String> {
    readers.iter().find_map(|split| {
        let rows: Vec<Option<Vec<String>>> = text.lines().map(*split).collect();
        let filled = text.lines().filter(|line| !line.trim().is_empty()).count();
        let most = most_frequent(rows.iter().flatten().map(Vec::len))?;
        let wide = rows.iter().flatten().filter(|row| row.len() == most);
        if most < 2 || filled < 2 || wide.clone().count() * 10 < filled * 8 {
            return None;
        }
        // Sentences have commas too.
        if !text.contains('\t') && !has_times(wide, most) {
            return None;
        }
        let bars = text.lines().zip(rows).map(|(line, row)| match row {
            Some(cells) if !line.trim().is_empty() => format!("| {} |", cells.join(" | ")),
            _ => line.to_owned(),
        });
        Some(bars.collect::<Vec<_>>().join("\n"))
    })
}

fn most_frequent(widths: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts = std::collections::BTreeMap::new();
    widths.for_each(|width| *counts.entry(width).or_insert(0_usize) += 1);
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(width, _)| width)
}

/// Whether a column holds times or days: in most of its cells.
fn has_times<'a>(rows: impl Iterator<Item = &'a Vec<String>> + Clone, width: usize) -> bool {
    let count = rows.clone().count();
    (0..width.min(12)).any(|column| {
        let cells = rows.clone().filter_map(|row| row.get(column));
        let times = cells.filter(|cell| time_of(cell).is_some() || day_of(cell).is_some());
        times.count() * 2 >= count.max(2)
    })
}

/// Whether a comma parts seconds from their fraction: `10:32:05,123`.
fn is_fraction(before: &str, after: impl Iterator<Item = char>) -> bool {
    let clock: Vec<char> = before.chars().rev().take(6).collect();
    let is_clock = matches!(clock.as_slice(), [a, b, ':', c, d, ':'] if [a, b, c, d].iter().all(|c| c.is_ascii_digit()));
    is_clock && after.take_while(char::is_ascii_digit).take(9).count() == 3
}

fn escaped(cell: &str) -> String {
    cell.trim().replace('|', "\\|")
}

fn tabs(line: &str) -> Option<Vec<String>> {
    line.contains('\t')
        .then(|| line.split('\t').map(escaped).collect())
}

fn commas(line: &str) -> Option<Vec<String>> {
    fields(line, ',')
}

fn semicolons(line: &str) -> Option<Vec<String>> {
    fields(line, ';')
}

/// Fields with or without quotes; `None` where a space follows most of the signs, as in a sentence.
fn fields(line: &str, sign: char) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let (mut quoted, mut spaced) = (false, 0);
    let mut rest = line.trim().chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            // Two quotes within quotes are one that was meant.
            '"' if quoted && rest.peek() == Some(&'"') => cell.extend(rest.next()),
            '"' => quoted = !quoted,
            ',' if is_fraction(&cell, rest.clone()) => cell.push(','),
            c if c == sign && !quoted => {
                spaced += usize::from(rest.peek() == Some(&' '));
                cells.push(escaped(&std::mem::take(&mut cell)));
            }
            c => cell.push(c),
        }
    }
    cells.push(escaped(&cell));
    (cells.len() > 1 && spaced * 2 < cells.len()).then_some(cells)
}
