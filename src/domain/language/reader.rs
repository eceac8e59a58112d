//! Reads a masked text sentence by sentence, and each into its words and marks.

use std::ops::Range;

use super::buffer::Buffer;
use super::known;
use super::lexicon::Entry;
use super::mask;
use super::scan::Set;
use super::sentences::Sentences;
use super::tokens::{Kind, Token};
use super::words::Vocabulary;

/// The ASCII signs of numbers, dates and times.
const IN_NUMBER: Set =
    Set::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:/-%");

/// What a byte is after a word, or where none begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// A blank.
    Blank,
    /// A mark that is always the same: one of [`MARKS`].
    Mark,
    /// The end of a line.
    Line,
    /// After it a word may go on, as one word or as two.
    GoesOn,
    /// Anything else.
    Other,
}

/// What each byte is.
static BYTES: [Byte; 256] = {
    let mut bytes = [Byte::Other; 256];
    let (mut rest, mut byte) = (bytes.as_mut_slice(), 0_u8);
    while let [first, others @ ..] = rest {
        *first = match byte {
            b' ' => Byte::Blank,
            b'\n' => Byte::Line,
            b'0'..=b'9' | b'_' | b'-' | b'\'' | 0x80.. => Byte::GoesOn,
            _ => match mark(byte) {
                Some(_) => Byte::Mark,
                None => Byte::Other,
            },
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    bytes
};

/// Which mark each byte is that is one. (Apart, so that it is asked of marks alone what they are.)
static MARKS: [Kind; 256] = {
    let mut marks = [Kind::Other; 256];
    let (mut rest, mut byte) = (marks.as_mut_slice(), 0_u8);
    while let [first, others @ ..] = rest {
        if let Some(kind) = mark(byte) {
            *first = kind;
        }
        byte = byte.wrapping_add(1);
        rest = others;
    }
    marks
};

/// Which mark a byte is, if it is one that is always the same.
const fn mark(byte: u8) -> Option<Kind> {
    Some(match byte {
        b'.' | b'!' => Kind::Stop,
        b',' => Kind::Comma,
        b';' | b':' | b'|' | b'[' | b']' => Kind::Break,
        b'(' => Kind::Open,
        b')' => Kind::Close,
        b'?' => Kind::Question,
        b'/' | b'&' | b'+' | b'%' => Kind::Other,
        _ => return None,
    })
}

/// A sentence as it is read. One is used for all sentences.
#[derive(Debug)]
pub(super) struct Read {
    /// Its words and marks.
    pub(super) tokens: Vec<Token>,
    /// The places of those that no list has.
    unknown: Buffer<usize>,
}

impl Default for Read {
    fn default() -> Self {
        Self {
            tokens: Vec::with_capacity(USUAL),
            unknown: Buffer::default(),
        }
    }
}

/// More words than most sentences have.
const USUAL: usize = 128;

impl Read {
    fn clear(&mut self) {
        self.tokens.clear();
        self.unknown.clear();
    }
}

/// Reads the words and marks of a masked text.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    source: &'a str,
    pub(super) words: &'a Vocabulary<'a>,
    /// Whether the organisation has words of its own.
    own: bool,
}

impl<'a> Reader<'a> {
    /// A reader of the masked `text` of a source.
    pub(super) fn new(text: &'a str, source: &'a str, words: &'a Vocabulary<'a>) -> Self {
        Self {
            text,
            source,
            words,
            own: words.has_own(),
        }
    }

    /// Reads the next sentence, into a buffer that is used again for the one after it; false if there is none.
    ///
    /// A sentence ends with a mark that is met while its words are read: to look for its end beforehand would be to
    /// read it twice.
    pub(super) fn sentence(&self, sentences: &mut Sentences<'_>, read: &mut Read) -> bool {
        read.clear();
        let Some(within) = sentences.next_within() else {
            return false;
        };
        let (start, limit) = (within.start, within.end);
        let end = self.read(start, limit, read, |mark| sentences.ends(start, mark));
        let end = end.unwrap_or_else(|| {
            let cut = sentences.cut(start, limit);
            if cut != limit {
                read.clear();
                self.read(start, cut, read, |_| false);
            }
            cut
        });
        self.guess(read);
        sentences.pass(end);
        true
    }

    /// Guesses what no list has.
    ///
    /// Not when it is read: which words are unknown no processor can guess.
    fn guess(&self, Read { tokens, unknown }: &mut Read) {
        let text = self.text.as_bytes();
        for at in unknown.get() {
            if let Some(token) = tokens.get_mut(*at) {
                let word = text.get(token.start..token.end).unwrap_or_default();
                token.entry = self.words.guess(word);
            }
        }
    }

    /// Reads up to the first mark that ends the sentence; none if there is none.
    fn read(
        &self,
        start: usize,
        limit: usize,
        read: &mut Read,
        ends: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut at = start;
        while at < limit {
            let (mark, byte) = match self.word(at, limit, read) {
                Some(behind) => behind,
                None => (at, self.kind(at)),
            };
            match byte {
                Byte::Blank => {
                    at = mark + 1;
                    continue;
                }
                Byte::Mark if mark < limit => {
                    at = mark + 1;
                    let kind = MARKS.get(usize::from(self.byte(mark))).copied();
                    let kind = kind.unwrap_or(Kind::Other);
                    read.tokens.push(Token::mark(kind, mark, at));
                    if matches!(kind, Kind::Stop | Kind::Question) && ends(mark) {
                        return Some(at);
                    }
                }
                Byte::Line if mark < limit => {
                    at = mark + 1;
                    if ends(mark) {
                        return Some(at);
                    }
                }
                _ if mark > at => {
                    at = mark;
                    continue;
                }
                _ => at = self.next(at, limit, &mut read.tokens),
            }
            if self.byte(at) == b' ' {
                at += 1;
            }
        }
        None
    }

    /// What the byte at a place is.
    #[inline]
    fn kind(&self, at: usize) -> Byte {
        let byte = usize::from(self.byte(at));
        BYTES.get(byte).copied().unwrap_or(Byte::Other)
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or_default()
    }

    /// What is neither a plain word nor a plain mark.
    fn next(&self, at: usize, end: usize, tokens: &mut Vec<Token>) -> usize {
        let (kind, stop) = match self.byte(at) {
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
            // Markup, the address of a link above all.
            0 => return self.hidden(at, end),
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
            // Punctuation; to ask about each of its signs would take long.
            '\u{80}'..='\u{a9}' | '\u{2000}'..='\u{203f}' => {}
            letter if letter.is_alphabetic() => return self.any_word(at, end, tokens),
            _ => {}
        }
        stop
    }

    fn push_mark(&self, kind: Kind, at: usize, stop: usize, tokens: &mut Vec<Token>) {
        let mut token = Token::mark(kind, at, stop);
        if kind == Kind::Quote {
            token.entry = self.quoted(at, stop);
        }
        tokens.push(token);
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

    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    pub(super) fn run(&self, at: usize, end: usize, same: impl Fn(char) -> bool) -> usize {
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

    /// A plain word, as nearly all are: a few letters and then a blank or a mark. Where it ends and what stands there, or
    /// none if what stands here is anything else.
    #[inline(always)] // calls and copies were a third of its instructions
    fn word(&self, at: usize, end: usize, read: &mut Read) -> Option<(usize, Byte)> {
        let bytes = self.text.as_bytes().get(at..)?;
        let letters = known::letters(bytes)?;
        let (word, rest) = bytes.split_at_checked(letters.length)?;
        let after = *BYTES.get(usize::from(*rest.first()?))?;
        let stop = at + letters.length;
        if word.is_empty() | (stop > end) | (after == Byte::GoesOn) {
            return None;
        }
        let (known, entry) = self.words.find(letters.key);
        let capital = word.first().is_some_and(u8::is_ascii_uppercase);
        if self.own | (letters.key == known::MAY) {
            self.other_word(at..stop, capital, letters.small, &mut read.tokens);
        } else {
            read.unknown.push_if(!known, read.tokens.len());
            // Made where it is stored: to make it first and then to copy it takes longer than to look the word up.
            read.tokens.push(Token {
                start: at,
                end: stop,
                kind: Kind::Word,
                entry: *entry,
                capital,
                small: letters.small,
            });
        }
        Some((stop, after))
    }

    /// A word of which more is asked than what the lists know.
    #[inline(never)] // so that the way of the others stays short
    fn other_word(&self, at: Range<usize>, capital: bool, small: bool, tokens: &mut Vec<Token>) {
        let Range { start, end } = at;
        let word = self.text.get(at).unwrap_or_default();
        let month = is_month(word.as_bytes(), tokens);
        tokens.push(Token {
            start,
            end,
            kind: Kind::Word,
            entry: self.words.entry(if month { MONTH } else { word }),
            capital,
            small,
        });
    }
}

/// What "May" is read as where it is the month, not the verb.
pub(super) const MONTH: &str = "june";

/// Whether a word is the month "May".
pub(super) fn is_month(word: &[u8], before: &[Token]) -> bool {
    !before.is_empty() && word == b"May"
}

pub(super) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}
