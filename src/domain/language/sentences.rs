//! Where one sentence ends and the next begins.

use std::ops::Range;

use super::scan::Few;
use super::work;

/// Longer runs without a full stop are cut at a space: grammar does not reach that far, and time must not either.
const LONGEST: usize = 1_500;

/// What can end a sentence.
const ENDS: Few<4> = Few(*b".!?\n");

/// Words before a full stop that do not end a sentence.
const ABBREVIATIONS: [&str; 22] = [
    "e.g", "i.e", "vs", "cf", "dr", "mr", "mrs", "ms", "prof", "st", "no", "nr", "approx", "ca",
    "fig", "inc", "dept", "resp", "sr", "jr", "incl", "p.s",
];

/// Reads a block sentence by sentence.
pub(super) struct Sentences<'a> {
    text: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Sentences<'a> {
    /// The sentences of one block of the masked text.
    pub(super) fn new(text: &'a str, block: Range<usize>) -> Self {
        Self {
            text: text.as_bytes(),
            at: block.start,
            end: block.end,
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(0)
    }

    fn boundary(&self, start: usize) -> usize {
        let limit = self.end.min(start + LONGEST);
        work::did(limit - start);
        let mut at = start;
        while let Some(found) = self.text.get(at..limit).and_then(|rest| ENDS.first(rest)) {
            let mark = at + found;
            at = mark + 1;
            let ends = match self.byte(mark) {
                b'\n' => self.line(mark),
                b'.' => self.stop(start, mark),
                _ => self.space(mark + 1),
            };
            if ends {
                return at;
            }
        }
        if limit == self.end {
            return self.end;
        }
        // Cut at a space; where there is none for that long, there is no prose either.
        let spaces = self.text.get(start..limit).unwrap_or_default();
        let cut = spaces
            .iter()
            .rposition(|byte| matches!(byte, b' ' | b'\n' | 0));
        let mut cut = cut.map_or(limit, |space| start + space + 1);
        while cut < self.end && self.byte(cut) & 0xC0 == 0x80 {
            cut += 1;
        }
        cut
    }

    /// Whether a new line starts with a time or a number: a timeline that was typed without list marks.
    fn line(&self, mark: usize) -> bool {
        let rest = self.text.get(mark + 1..self.end).unwrap_or_default();
        rest.iter()
            .find(|byte| !matches!(byte, b' ' | b'\t' | 0))
            .is_some_and(|byte| byte.is_ascii_digit() || *byte == b'[')
    }

    fn space(&self, at: usize) -> bool {
        let after = self.text.get(at..self.end).unwrap_or_default();
        after
            .iter()
            .find(|byte| !matches!(byte, b')' | b'"' | b'\'' | b'*' | b'_' | b']'))
            .is_none_or(|byte| byte.is_ascii_whitespace() || *byte <= 3)
    }

    fn stop(&self, start: usize, mark: usize) -> bool {
        if !self.space(mark + 1) {
            return false;
        }
        let before = self.text.get(start..mark).unwrap_or_default();
        let length = before
            .iter()
            .rev()
            .take(12)
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'.')
            .count();
        let word = before.get(before.len() - length..).unwrap_or_default();
        let initial = word.len() == 1 && word.iter().all(u8::is_ascii_alphabetic);
        let known = ABBREVIATIONS
            .iter()
            .any(|known| known.as_bytes().eq_ignore_ascii_case(word));
        // "at 5 a.m. the" goes on, "at 5 a.m. The" does not.
        let hours = word.eq_ignore_ascii_case(b"a.m") || word.eq_ignore_ascii_case(b"p.m");
        if hours {
            let rest = self.text.get(mark + 1..self.end).unwrap_or_default();
            return rest
                .iter()
                .find(|byte| byte.is_ascii_alphanumeric())
                .is_none_or(u8::is_ascii_uppercase);
        }
        !initial && !known
    }
}

impl Iterator for Sentences<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.at >= self.end {
            return None;
        }
        let start = self.at;
        self.at = self.boundary(start);
        Some(start..self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        let cut = |text: &str| {
            Sentences::new(text, 0..text.len())
                .map(|range| text.get(range).unwrap().trim().to_owned())
                .collect::<Vec<_>>()
                .join(" | ")
        };
        assert_eq!(cut("One. Two! Three? Four"), "One. | Two! | Three? | Four");
        assert_eq!(
            cut("At 5 a.m. the disk, e.g. sda, had v1.2. It filled. at 6 it was full."),
            "At 5 a.m. the disk, e.g. sda, had v1.2. | It filled. | at 6 it was full."
        );
        assert_eq!(
            cut("13:58 error rate 9%\n14:02 rolled back\nand posted"),
            "13:58 error rate 9% | 14:02 rolled back\nand posted"
        );
    }

    #[test]
    fn a_run_without_end_is_cut_at_a_space() {
        let text = "word ".repeat(2_000);
        assert!(Sentences::new(&text, 0..text.len()).all(|range| range.len() <= LONGEST));
    }
}
