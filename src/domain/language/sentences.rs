//! Where one sentence ends and the next begins.

use std::ops::Range;

use super::scan::Set;
use super::work;

/// Longer runs without a full stop are cut at a space: grammar does not reach that far, and time must not either.
const LONGEST: usize = 1_500;

/// What can end a sentence.
const ENDS: Set = Set::of(b".!?\n");

/// Whether a full stop behind a word in small letters does not end a sentence.
const fn abbreviated(word: &[u8]) -> bool {
    matches!(
        word,
        b"e.g"
            | b"i.e"
            | b"vs"
            | b"cf"
            | b"dr"
            | b"mr"
            | b"mrs"
            | b"ms"
            | b"prof"
            | b"st"
            | b"no"
            | b"nr"
            | b"approx"
            | b"ca"
            | b"fig"
            | b"inc"
            | b"dept"
            | b"resp"
            | b"sr"
            | b"jr"
            | b"incl"
            | b"p.s"
    )
}

/// How long the longest of them is, in bytes.
const LONGEST_ABBREVIATION: usize = 6;

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

    /// Where the next sentence begins, and up to where at most it is looked for its end; none behind the last.
    pub(super) fn next_within(&self) -> Option<Range<usize>> {
        let start = self.at;
        let limit = self.whole(self.end.min(start + LONGEST));
        work::did(limit.saturating_sub(start));
        (start < self.end).then_some(start..limit)
    }

    /// Goes on behind a sentence.
    pub(super) const fn pass(&mut self, end: usize) {
        self.at = end;
    }

    fn boundary(&self, within: Range<usize>) -> usize {
        let Range { start, end: limit } = within;
        let mut at = start;
        while let Some(found) = self.text.get(at..limit).and_then(|rest| ENDS.first(rest)) {
            let mark = at + found;
            at = mark + 1;
            if self.ends(start, mark) {
                return at;
            }
        }
        self.cut(start, limit)
    }

    /// Whether the sentence that begins at a place ends with a mark.
    #[inline(never)] // so that the way to the next word stays short
    pub(super) fn ends(&self, start: usize, mark: usize) -> bool {
        match self.byte(mark) {
            b'\n' => self.line(mark),
            b'.' => self.stop(start, mark),
            b'!' | b'?' => self.space(mark + 1),
            _ => false,
        }
    }

    /// Where a sentence is cut that has not ended before the limit.
    pub(super) fn cut(&self, start: usize, limit: usize) -> usize {
        if limit == self.end {
            return self.end;
        }
        // Cut at a space; where there is none for that long, there is no prose either.
        let spaces = self.text.get(start..limit).unwrap_or_default();
        let cut = spaces
            .iter()
            .rposition(|byte| matches!(byte, b' ' | b'\n' | 0));
        self.whole(cut.map_or(limit, |space| start + space + 1))
    }

    /// A place, or the end of the character that it would divide.
    fn whole(&self, mut place: usize) -> usize {
        while place < self.end && self.byte(place) & 0xC0 == 0x80 {
            place += 1;
        }
        place
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
        let letters = before
            .iter()
            .rev()
            .take(LONGEST_ABBREVIATION + 1)
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'.');
        let length = letters.count();
        if length > LONGEST_ABBREVIATION {
            return true;
        }
        let word = before.get(before.len() - length..).unwrap_or_default();
        let initial = word.len() == 1 && word.iter().all(u8::is_ascii_alphabetic);
        let mut small = [0; LONGEST_ABBREVIATION];
        let known = small.get_mut(..length).is_some_and(|small| {
            small.copy_from_slice(word);
            small.make_ascii_lowercase();
            abbreviated(small)
        });
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
        let within = self.next_within()?;
        let start = within.start;
        self.pass(self.boundary(within));
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
