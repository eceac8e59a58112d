//! Reads a masked text sentence by sentence, and each into its words and marks.

use super::known;
use super::lexicon::Entry;
use super::mask;
use super::scan::Set;
use super::sentences::{ENDS, Sentences};
use super::tokens::{Kind, Token};
use super::words::Vocabulary;

/// The ASCII signs of words.
const WORD: Set = Set::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

/// The ASCII signs of numbers, dates and times.
const IN_NUMBER: Set =
    Set::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:/-%");

/// The ASCII signs after which a word may go on, as one word or as two.
const GOES_ON: Set = Set::of(b"0123456789_-'");

/// The first bytes of all signs from U+2000 to U+203F: blanks and punctuation.
const PUNCTUATION: [u8; 2] = [0xE2, 0x80];

/// The marks that are one byte and always the same.
static MARKS: [Option<Kind>; 256] = {
    let mut marks = [None; 256];
    let (mut rest, mut byte) = (marks.as_mut_slice(), 0_u8);
    while let [first, others @ ..] = rest {
        *first = match byte {
            b'.' | b'!' => Some(Kind::Stop),
            b',' => Some(Kind::Comma),
            b';' | b':' | b'|' | b'[' | b']' => Some(Kind::Break),
            b'(' => Some(Kind::Open),
            b')' => Some(Kind::Close),
            b'?' => Some(Kind::Question),
            b'/' | b'&' | b'+' | b'%' => Some(Kind::Other),
            _ => None,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    marks
};

/// Reads the words and marks of a masked text.
pub(super) struct Reader<'a> {
    text: &'a str,
    source: &'a str,
    words: &'a Vocabulary<'a>,
}

impl<'a> Reader<'a> {
    /// A reader of the masked `text` of a source.
    pub(super) const fn new(text: &'a str, source: &'a str, words: &'a Vocabulary<'a>) -> Self {
        Self {
            text,
            source,
            words,
        }
    }

    /// Reads the next sentence, into a buffer that is used again for the one after it; false if there is none.
    ///
    /// A sentence ends with a mark that is met while its words are read: to look for its end beforehand would be to
    /// read it twice.
    pub(super) fn sentence(&self, sentences: &mut Sentences<'_>, tokens: &mut Vec<Token>) -> bool {
        tokens.clear();
        let Some(within) = sentences.next_within() else {
            return false;
        };
        let (start, limit) = (within.start, within.end);
        let end = self.read(start, limit, tokens, |mark| sentences.ends(start, mark));
        let end = end.unwrap_or_else(|| {
            let cut = sentences.cut(start, limit);
            if cut != limit {
                tokens.clear();
                self.read(start, cut, tokens, |_| false);
            }
            cut
        });
        sentences.pass(end);
        true
    }

    /// Reads up to the first mark that ends the sentence; none if there is none.
    #[inline]
    fn read(
        &self,
        start: usize,
        limit: usize,
        tokens: &mut Vec<Token>,
        ends: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut at = start;
        while at < limit {
            if let Some(next) = self.word(at, limit, tokens) {
                at = next;
                continue;
            }
            let (mark, first) = (at, self.byte(at));
            match MARKS.get(usize::from(first)) {
                Some(Some(kind)) => {
                    at += 1;
                    self.push_mark(*kind, mark, at, tokens);
                }
                _ => at = self.next(first, at, limit, tokens),
            }
            if ENDS.has(first) && ends(mark) {
                return Some(at);
            }
            at += usize::from((self.byte(at) == b' ') & (at < limit));
        }
        None
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or_default()
    }

    /// What is neither a plain word nor a plain mark.
    fn next(&self, first: u8, at: usize, end: usize, tokens: &mut Vec<Token>) -> usize {
        let (kind, stop) = match first {
            b'a'..=b'z' | b'A'..=b'Z' => return self.any_word(at, end, tokens),
            b'-' if self.spaced(at) => (Kind::Break, at + 1),
            b'0'..=b'9' => (Kind::Number, self.number(at, end)),
            mask::CODE => (Kind::Code, self.hidden(at, end)),
            mask::QUOTE => (Kind::Quote, self.hidden(at, end)),
            mask::LINK => (Kind::Link, self.hidden(at, end)),
            b'@' if self.char_at(at + 1).is_some_and(char::is_alphanumeric) => {
                (Kind::Handle, self.run(at + 1, end, in_word))
            }
            0x80.. => return self.beyond_ascii(at, end, tokens),
            _ => return at + 1,
        };
        self.push_mark(kind, at, stop, tokens);
        stop
    }

    /// A word that does not begin in ASCII, or a mark.
    fn beyond_ascii(&self, at: usize, end: usize, tokens: &mut Vec<Token>) -> usize {
        let Some(first) = self.char_at(at) else {
            return end;
        };
        let stop = at + first.len_utf8();
        match first {
            '…' => self.push_mark(Kind::Stop, at, stop, tokens),
            '—' | '–' | '→' => self.push_mark(Kind::Break, at, stop, tokens),
            letter if letter.is_alphabetic() => return self.any_word(at, end, tokens),
            _ => {}
        }
        stop
    }

    fn push_mark(&self, kind: Kind, at: usize, stop: usize, tokens: &mut Vec<Token>) {
        let entry = if kind == Kind::Quote {
            self.quoted(at, stop)
        } else {
            Entry::default()
        };
        tokens.push(Token {
            start: at,
            end: stop,
            kind,
            entry,
            capital: false,
            small: false,
        });
    }

    /// What is known of a quotation of one word.
    fn quoted(&self, start: usize, end: usize) -> Entry {
        let quoted = self.source.get(start..end).unwrap_or_default();
        let word = quoted.trim_matches(|c: char| !c.is_alphanumeric());
        if word.len() > 30 || word.contains(char::is_whitespace) {
            return Entry::default();
        }
        self.words.entry(word)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn run(&self, at: usize, end: usize, same: impl Fn(char) -> bool) -> usize {
        let rest = self.text.get(at..end).unwrap_or_default();
        at + rest.find(|c| !same(c)).unwrap_or(rest.len())
    }

    /// Where something hidden ends: all of it is hidden by the same byte.
    fn hidden(&self, at: usize, end: usize) -> usize {
        let rest = self.text.as_bytes().get(at..end).unwrap_or_default();
        let by = rest.first();
        at + rest.iter().take_while(|byte| Some(*byte) == by).count()
    }

    fn spaced(&self, at: usize) -> bool {
        let space = |byte: Option<&u8>| byte.is_none_or(|b| b.is_ascii_whitespace() || *b == 0);
        let bytes = self.text.as_bytes();
        space(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && space(bytes.get(at + 1).filter(|byte| **byte != b'-'))
    }

    fn number(&self, at: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes().get(at..end).unwrap_or_default();
        let mut length = IN_NUMBER.first_other(bytes).unwrap_or(bytes.len());
        if bytes.get(length).is_some_and(|byte| !byte.is_ascii()) {
            let more = |c: char| c.is_alphanumeric() || ".,:/-%".contains(c);
            length = self.run(at + length, end, more) - at;
        }
        let digits = bytes.get(..length).unwrap_or_default();
        let after = |byte: &u8| matches!(byte, b'.' | b',' | b':' | b'-' | b'/');
        at + length - digits.iter().rev().take_while(|byte| after(byte)).count()
    }

    /// A plain word, as nearly all are: a few letters and then a blank or a mark. The next place, or none if what stands
    /// here is anything else.
    #[inline(always)] // calls and copies were a third of its instructions
    fn word(&self, at: usize, end: usize, tokens: &mut Vec<Token>) -> Option<usize> {
        let bytes = self.text.as_bytes().get(at..)?;
        let letters = known::letters(bytes)?;
        let (word, rest) = bytes.split_at_checked(letters.length)?;
        let (stop, after) = (at + letters.length, *rest.first()?);
        if word.is_empty() | (stop > end) | !after.is_ascii() | GOES_ON.has(after) {
            return None;
        }
        let month = letters.key == known::MAY && is_month(word, tokens);
        tokens.push(Token {
            start: at,
            end: stop,
            kind: Kind::Word,
            entry: if month {
                self.words.entry(MONTH)
            } else {
                self.words.entry_of(&letters, word)
            },
            capital: word.first().is_some_and(u8::is_ascii_uppercase),
            small: letters.small,
        });
        // Most words are followed by one blank.
        Some(stop + usize::from((after == b' ') & (stop < end)))
    }

    /// A word of any signs, split where English contracts two: "should|n't", "would|'ve", "Kofi|'s".
    fn any_word(&self, at: usize, end: usize, tokens: &mut Vec<Token>) -> usize {
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

/// What "May" is read as where it is the month, not the verb.
const MONTH: &str = "june";

/// Whether a word is the month "May".
fn is_month(word: &[u8], before: &[Token]) -> bool {
    !before.is_empty() && word == b"May"
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}
