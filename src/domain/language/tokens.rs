//! Words and punctuation of one sentence.

use super::inflect::Form;
use super::lexicon::{Classes, Entry};
use super::scan::Set;
use super::words::Vocabulary;

/// The ASCII signs of words.
const WORD: Set = Set::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Begins with a digit.
    Number,
    /// "@maria"
    Handle,
    /// Hidden code.
    Code,
    /// A hidden quotation.
    Quote,
    /// A hidden address.
    Link,
    /// ","
    Comma,
    /// Ends a clause: ";", ":", a dash, a bar.
    Break,
    /// "("
    Open,
    /// ")"
    Close,
    /// "?"
    Question,
    /// "." and "!"
    Stop,
    /// Anything else: "/", "%".
    Other,
}

/// One token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Where it starts, in bytes of the source.
    pub(super) start: usize,
    /// Where it ends, exclusive.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// What is known of the word.
    pub(super) entry: Entry,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether it has a small letter.
    pub(super) small: bool,
}

impl Token {
    /// Whether it is in one of these classes.
    pub(super) const fn is(&self, classes: Classes) -> bool {
        self.entry.classes.any(classes)
    }

    /// Whether it can be this form of a verb or noun.
    pub(super) const fn can_be(&self, form: Form) -> bool {
        self.entry.forms & form.0 != 0
    }

    /// Whether it carries meaning of its own, as a word or something that stands for one.
    pub(super) const fn is_word(&self) -> bool {
        matches!(
            self.kind,
            Kind::Word | Kind::Number | Kind::Handle | Kind::Code | Kind::Quote | Kind::Link
        )
    }
}

/// Splits the masked `text` between two positions into tokens, into a buffer that is used again for the next sentence.
pub(super) fn split(
    text: &str,
    source: &str,
    start: usize,
    end: usize,
    words: &Vocabulary<'_>,
    tokens: &mut Vec<Token>,
) {
    tokens.clear();
    let reader = Reader {
        text,
        source,
        words,
    };
    let mut at = start;
    while at < end {
        at = reader.next(at, end, tokens);
    }
}

struct Reader<'a> {
    text: &'a str,
    source: &'a str,
    words: &'a Vocabulary<'a>,
}

impl Reader<'_> {
    fn next(&self, at: usize, end: usize, tokens: &mut Vec<Token>) -> usize {
        match self.text.as_bytes().get(at) {
            Some(b' ' | b'\n' | 0) => return at + 1,
            Some(first) if first.is_ascii_alphabetic() => return self.word(at, end, tokens),
            _ => {}
        }
        let Some(first) = self.char_at(at) else {
            return end;
        };
        let length = first.len_utf8();
        let simple = |kind| (kind, at + length);
        let (kind, stop) = match first {
            '\u{1}' => (Kind::Code, self.run(at, end, |c| c == '\u{1}')),
            '\u{2}' => (Kind::Quote, self.run(at, end, |c| c == '\u{2}')),
            '\u{3}' => (Kind::Link, self.run(at, end, |c| c == '\u{3}')),
            c if c.is_alphabetic() => return self.word(at, end, tokens),
            c if c.is_ascii_digit() => (Kind::Number, self.number(at, end)),
            '@' if self.char_at(at + 1).is_some_and(char::is_alphanumeric) => {
                (Kind::Handle, self.run(at + 1, end, in_word))
            }
            ',' => simple(Kind::Comma),
            '?' => simple(Kind::Question),
            '.' | '!' | '…' => simple(Kind::Stop),
            '(' => simple(Kind::Open),
            ')' => simple(Kind::Close),
            ';' | ':' | '—' | '–' | '|' | '[' | ']' | '→' => simple(Kind::Break),
            '-' if self.spaced(at) => simple(Kind::Break),
            '/' | '&' | '+' | '%' => simple(Kind::Other),
            _ => return at + length,
        };
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
        stop
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

    fn spaced(&self, at: usize) -> bool {
        let space = |byte: Option<&u8>| byte.is_none_or(|b| b.is_ascii_whitespace() || *b == 0);
        let bytes = self.text.as_bytes();
        space(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && space(bytes.get(at + 1).filter(|byte| **byte != b'-'))
    }

    fn number(&self, at: usize, end: usize) -> usize {
        let stop = self.run(at, end, |c| c.is_alphanumeric() || ".,:/-%".contains(c));
        let digits = self.text.get(at..stop).unwrap_or_default();
        at + digits.trim_end_matches(['.', ',', ':', '-', '/']).len()
    }

    /// A word, split where English contracts two: "should|n't", "would|'ve", "Kofi|'s".
    fn word(&self, at: usize, end: usize, tokens: &mut Vec<Token>) -> usize {
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
            "t" | "T" => (stop - 1, "not"),
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

    /// Where the word that begins at `at` ends; a hyphen is not its last sign.
    fn word_end(&self, at: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes().get(at..end).unwrap_or_default();
        let mut length = WORD.first_other(bytes).unwrap_or(bytes.len());
        if bytes.get(length).is_some_and(|byte| !byte.is_ascii()) {
            length = self.run(at + length, end, in_word) - at;
        }
        while length > 0 && bytes.get(length - 1) == Some(&b'-') {
            length -= 1;
        }
        at + length
    }

    fn push(&self, start: usize, end: usize, tokens: &mut Vec<Token>) {
        let Some(bytes) = self.text.as_bytes().get(start..end) else {
            return;
        };
        let Some(first) = bytes.first() else {
            return;
        };
        let (mut capital, mut small) = (first.is_ascii_uppercase(), first.is_ascii_lowercase());
        if !small {
            // Rare enough to read the word sign by sign.
            let spelt = self.text.get(start..end).unwrap_or_default();
            capital = spelt.starts_with(char::is_uppercase);
            small = spelt.chars().any(char::is_lowercase);
        }
        let mut entry = self.words.entry_at(self.text, start, end);
        if bytes == b"May" && !tokens.is_empty() {
            // The month, not the verb.
            entry = self.words.entry("june");
        }
        tokens.push(Token {
            start,
            end,
            kind: Kind::Word,
            entry,
            capital,
            small,
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

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}
