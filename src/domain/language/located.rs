//! Where a finding stands, counted as its readers count: code points, UTF-16, lines and columns.

use std::str::Chars;

use super::Finding;

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Unicode code points before it.
    pub point: usize,
    /// UTF-16 code units before it, as JavaScript counts.
    pub utf16: usize,
    /// Its line, from 1. A line ends with a line feed.
    pub line: usize,
    /// Its column in code points, from 1.
    pub column: usize,
}

/// A finding with its places in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The finding.
    pub finding: Finding,
    /// Where it starts.
    pub start: Place,
    /// Where it ends, exclusive.
    pub end: Place,
    /// The words themselves.
    pub quote: String,
}

/// Finds the places of findings that are in the order in which they begin, in one walk over the text.
pub(super) fn locate(text: &str, findings: Vec<Finding>) -> Vec<Located> {
    let mut walk = Walk::new(text);
    findings
        .into_iter()
        .map(|finding| Located {
            start: walk.to(finding.start),
            // The next one may begin before this one ends.
            end: walk.clone().to(finding.end),
            quote: text
                .get(finding.start..finding.end)
                .unwrap_or_default()
                .to_owned(),
            finding,
        })
        .collect()
}

#[derive(Clone)]
struct Walk<'a> {
    rest: Chars<'a>,
    byte: usize,
    place: Place,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            rest: text.chars(),
            byte: 0,
            place: Place {
                point: 0,
                utf16: 0,
                line: 1,
                column: 1,
            },
        }
    }

    /// The place of a byte that is not before the last one that was asked for.
    fn to(&mut self, byte: usize) -> Place {
        while self.byte < byte {
            let Some(next) = self.rest.next() else { break };
            self.byte += next.len_utf8();
            self.place.point += 1;
            self.place.utf16 += next.len_utf16();
            if next == '\n' {
                self.place.line += 1;
                self.place.column = 1;
            } else {
                self.place.column += 1;
            }
        }
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Words, lint};

    #[test]
    fn places_are_counted_in_code_points_in_utf_16_and_in_lines() {
        let text = "# Tëst 😀\r\n\r\n😀 We should have asked. They should\nhave looked.\n";
        let found = lint(text, &Words::new());
        assert_eq!(found.len(), 2);
        for one in &found {
            let points: String = text
                .chars()
                .skip(one.start.point)
                .take(one.end.point - one.start.point)
                .collect();
            let units: Vec<u16> = text.encode_utf16().collect();
            let units = String::from_utf16(&units[one.start.utf16..one.end.utf16]).unwrap();
            assert_eq!((&points, &units), (&one.quote, &one.quote));
            let line = text.split('\n').nth(one.start.line - 1).unwrap();
            let from: String = line.chars().skip(one.start.column - 1).collect();
            let first = one.quote.split('\n').next().unwrap();
            assert!(from.starts_with(first), "{from:?} {first:?}");
        }
        assert_eq!((found[0].start.line, found[0].start.column), (3, 6));
        assert_eq!((found[1].start.line, found[1].end.line), (3, 4));
    }
}
