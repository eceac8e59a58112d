//! Lines with their numbers, headings, and the backslash that makes a line mean itself.

/// A line of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row<'a> {
    /// Counted from 1.
    pub(super) number: usize,
    pub(super) text: &'a str,
}

/// A heading and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// The heading's line.
    pub(super) line: usize,
    /// The heading's words.
    pub(super) heading: &'a str,
    pub(super) rows: Vec<Row<'a>>,
}

/// The words of a heading of this level (2 is `## `), if the line is one.
///
/// A heading starts at the margin, also within code: a line that shall not be one gets a backslash in front.
pub(super) fn heading(text: &str, level: usize) -> Option<&str> {
    let words = text.strip_prefix("######".get(..level)?)?;
    if words.trim().is_empty() {
        return Some("");
    }
    words.strip_prefix([' ', '\t']).map(str::trim_start)
}

/// Cuts rows at the headings of one level: what stands before the first, and the parts.
pub(super) fn cut<'a>(rows: &[Row<'a>], level: usize) -> (Vec<Row<'a>>, Vec<Part<'a>>) {
    let mut opening = Vec::new();
    let mut parts: Vec<Part<'a>> = Vec::new();
    for row in rows {
        if let Some(heading) = heading(row.text, level) {
            parts.push(Part {
                line: row.number,
                heading,
                rows: Vec::new(),
            });
        } else if let Some(part) = parts.last_mut() {
            part.rows.push(*row);
        } else {
            opening.push(*row);
        }
    }
    (opening, parts)
}

/// Joins rows to a text and takes the backslash off lines that would otherwise be marks.
pub(super) fn joined(rows: &[Row<'_>], is_mark: impl Fn(&str) -> bool) -> String {
    let lines: Vec<&str> = rows
        .iter()
        .map(|row| {
            row.text
                .strip_prefix('\\')
                .filter(|rest| is_mark(rest.trim_start_matches('\\')))
                .unwrap_or(row.text)
        })
        .collect();
    lines.join("\n")
}

/// Puts a backslash in front of lines that would be read as marks; [`joined`] takes it off again.
pub(super) fn guarded(text: &str, is_mark: impl Fn(&str) -> bool) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            if is_mark(line.trim_start_matches('\\')) {
                format!("\\{line}")
            } else {
                line.to_owned()
            }
        })
        .collect();
    lines.join("\n")
}

/// Whether a line is a heading that opens a section.
pub(super) fn opens_section(line: &str) -> bool {
    heading(line, 2).is_some()
}

/// Whether a line is a heading that opens a section or an entry of one.
pub(super) fn opens_entry(line: &str) -> bool {
    opens_section(line) || heading(line, 3).is_some()
}

#[cfg(test)]
mod tests {
    use super::{Row, cut, guarded, heading, joined, opens_section};

    fn rows(text: &str) -> Vec<Row<'_>> {
        text.lines()
            .zip(1..)
            .map(|(text, number)| Row { number, text })
            .collect()
    }

    #[test]
    fn a_heading_has_its_level_and_starts_at_the_margin() {
        assert_eq!(heading("## Impact", 2), Some("Impact"));
        assert_eq!(heading("##", 2), Some(""));
        for other in ["### Impact", "##Impact", " ## Impact", "# Impact", ""] {
            assert_eq!(heading(other, 2), None, "{other}");
        }
    }

    #[test]
    fn rows_are_cut_at_one_level() {
        let text = "a\n## B\nb\n### C\n## D";
        let (opening, parts) = cut(&rows(text), 2);
        assert_eq!(opening.len(), 1);
        let found: Vec<_> = parts
            .iter()
            .map(|part| (part.line, part.heading, part.rows.len()))
            .collect();
        assert_eq!(found, [(2, "B", 2), (5, "D", 0)]);
    }

    #[test]
    fn a_guarded_line_comes_back_as_it_was() {
        for text in [
            "## not a heading",
            "\\## with one",
            "\\\\## two",
            "plain \\# x",
        ] {
            let written = guarded(text, opens_section);
            assert_eq!(heading(&written, 2), None, "{written}");
            assert_eq!(joined(&rows(&written), opens_section), text);
        }
    }
}
