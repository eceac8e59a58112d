//! Words of any signs, and those that are two contracted into one.

use super::reader::{MONTH, Reader, in_word, is_month};
use super::scan::Set;
use super::tokens::{Kind, Token};

/// The ASCII signs of words.
const WORD: Set = Set::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

/// The first bytes of all signs from U+2000 to U+203F: blanks and punctuation.
const PUNCTUATION: [u8; 2] = [0xE2, 0x80];

impl Reader<'_> {
    /// A word of any signs, split where English contracts two: "should|n't", "would|'ve", "Kofi|'s".
    pub(super) fn any_word(&self, at: usize, end: usize, tokens: &mut Vec<Token>) -> usize {
        let stop = self.word_end(at, end);
        let apostrophe = match self.text.as_bytes().get(stop) {
            Some(b'\'') => Some('\''),
            Some(0xE2) => self.char_at(stop).filter(|c| *c == '’'),
            _ => None,
        };
        let Some(mark) = apostrophe.filter(|_| stop < end) else {
            self.push(at, stop, tokens);
            return stop;
        };
        let tail = self.run(stop + mark.len_utf8(), end, char::is_alphabetic);
        let letters = self
            .text
            .get(stop + mark.len_utf8()..tail)
            .unwrap_or_default();
        let (cut, meant) = match letters {
            "t" | "T" if self.ends_in_n(at, stop) => (stop - 1, "not"),
            "ve" | "VE" => (stop, "have"),
            "ll" => (stop, "will"),
            "re" => (stop, "are"),
            "m" => (stop, "am"),
            "d" => (stop, "would"),
            "s" | "S" | "" => (stop, "'s"),
            _ => {
                self.push(at, stop, tokens);
                return stop;
            }
        };
        if meant == "'s"
            && letters.is_empty()
            && !self.text.get(at..stop).is_some_and(|w| w.ends_with('s'))
        {
            self.push(at, stop, tokens);
            return tail;
        }
        let head = self.text.get(at..cut).unwrap_or_default();
        match (meant, head) {
            ("not", "wo" | "Wo") => self.push_as(at, cut, "will", tokens),
            ("not", "ca" | "Ca") => self.push_as(at, cut, "can", tokens),
            _ => self.push(at, cut, tokens),
        }
        self.push_as(cut, tail, meant, tokens);
        tail
    }

    fn ends_in_n(&self, at: usize, stop: usize) -> bool {
        let word = self.text.get(at..stop).unwrap_or_default();
        word.ends_with(['n', 'N'])
    }

    /// Where the word that begins at `at` ends; a hyphen is not its last sign.
    fn word_end(&self, at: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes().get(at..end).unwrap_or_default();
        let mut length = WORD.first_other(bytes).unwrap_or(bytes.len());
        // Of the quotation marks and dashes that begin so none belongs to a word.
        let rest = bytes.get(length..).unwrap_or_default();
        if !rest.starts_with(&PUNCTUATION) && rest.first().is_some_and(|byte| !byte.is_ascii()) {
            length = self.run(at + length, end, in_word) - at;
        }
        while length > 0 && bytes.get(length - 1) == Some(&b'-') {
            length -= 1;
        }
        at + length
    }

    fn push(&self, start: usize, end: usize, tokens: &mut Vec<Token>) {
        // Of "n't" nothing is left before the "not".
        let spelt = self.text.get(start..end).unwrap_or_default();
        if spelt.is_empty() {
            return;
        }
        let month = is_month(spelt.as_bytes(), tokens);
        let ascii = spelt.is_ascii();
        tokens.push(Token {
            start,
            end,
            kind: Kind::Word,
            entry: self.words.entry(if month { MONTH } else { spelt }),
            capital: spelt.starts_with(|first: char| {
                first.is_ascii_uppercase() || (!ascii && first.is_uppercase())
            }),
            small: match ascii {
                true => spelt.bytes().any(|byte| byte.is_ascii_lowercase()),
                false => spelt.chars().any(char::is_lowercase),
            },
        });
    }

    fn push_as(&self, start: usize, end: usize, word: &str, tokens: &mut Vec<Token>) {
        tokens.push(Token {
            start,
            end,
            kind: Kind::Word,
            entry: self.words.entry(word),
            capital: false,
            small: true,
        });
    }
}
