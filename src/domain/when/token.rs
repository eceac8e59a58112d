//! Cuts typed text into numbers, words, signs and spaces, and walks over them.

use super::problem::Problem;

/// The longest text that is read as a time, in characters. A Slack permalink has about 130.
pub(super) const LONGEST: usize = 200;

/// One piece of a typed text. Only ASCII digits make a number: digits of other scripts
/// become signs, which no rule knows, so that such a text is refused and not misread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    Number(&'a str),
    Word(&'a str),
    Sign(char),
    Space,
}

/// A piece with its place in the text, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    kind: Kind<'a>,
    start: usize,
}

/// Trims a text and makes every white space a plain space; the result is one line without
/// anything invisible.
pub(super) fn clean(typed: &str) -> Result<String, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Problem::Empty);
    }
    if typed.chars().count() > LONGEST {
        return Err(Problem::TooLong);
    }
    if typed.chars().any(is_hidden) {
        return Err(Problem::HiddenCharacters);
    }
    let spaced = typed
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c });
    Ok(spaced.collect())
}

/// Control characters (a tab is white space), marks that change the direction of writing,
/// joiners and spaces of no width.
fn is_hidden(c: char) -> bool {
    let control = c.is_control() && c != '\t';
    let line = matches!(c, '\u{2028}' | '\u{2029}');
    let mark = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
    );
    let direction = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    control || line || mark || direction
}

/// Cuts a text that was cleaned and is in lower case.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let start = text.len() - rest.len();
        let length = match class(first) {
            Class::Sign => first.len_utf8(),
            same => rest.find(|c| class(c) != same).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(length);
        let kind = match class(first) {
            Class::Digit => Kind::Number(piece),
            Class::Letter => Kind::Word(piece),
            Class::Space => Kind::Space,
            Class::Sign => Kind::Sign(first),
        };
        found.push(Token { kind, start });
        rest = after;
    }
    found
}

#[derive(PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Space,
    Sign,
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        ' ' => Class::Space,
        '_' => Class::Letter,
        c if c.is_alphabetic() => Class::Letter,
        _ => Class::Sign,
    }
}

/// A place in the tokens. It is small and copied freely: a rule that does not fit leaves the
/// reader's own cursor where it was.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    rest: &'a [Token<'a>],
    end: usize,
    prose: Option<Prose<'a>>,
}

/// A line in which a sentence follows the time: fewer words are taken for parts of a time.
#[derive(Clone, Copy)]
pub(super) struct Prose<'a> {
    line: &'a str,
    is_zone: &'a dyn Fn(&str) -> bool,
}

impl<'a> Prose<'a> {
    /// `line` is the text in its own case; `is_zone` tells abbreviations, in lower case, from
    /// other words in capitals.
    pub(super) fn new(line: &'a str, is_zone: &'a dyn Fn(&str) -> bool) -> Self {
        Prose { line, is_zone }
    }
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &str, tokens: &'a [Token<'a>]) -> Self {
        Cursor {
            rest: tokens,
            end: text.len(),
            prose: None,
        }
    }

    pub(super) fn prose(prose: Prose<'a>, tokens: &'a [Token<'a>]) -> Self {
        Cursor {
            rest: tokens,
            end: prose.line.len(),
            prose: Some(prose),
        }
    }

    pub(super) fn in_prose(&self) -> bool {
        self.prose.is_some()
    }

    /// Whether this word, which ends at the cursor, can be the abbreviation of a zone.
    pub(super) fn may_be_zone(&self, word: &str) -> bool {
        let Some(prose) = self.prose else {
            return true;
        };
        let place = self.position().saturating_sub(word.len())..self.position();
        let typed = prose.line.get(place).unwrap_or_default();
        typed.bytes().all(|b| b.is_ascii_uppercase()) && (prose.is_zone)(word)
    }

    /// Where the next token begins, in bytes.
    pub(super) fn position(&self) -> usize {
        self.rest.first().map_or(self.end, |token| token.start)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(&self) -> Option<Kind<'a>> {
        self.rest.first().map(|token| token.kind)
    }

    pub(super) fn take(&mut self) -> Option<Kind<'a>> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first.kind)
    }

    /// Passes a space, if there is one.
    pub(super) fn space(&mut self) -> bool {
        let found = self.peek() == Some(Kind::Space);
        if found {
            self.take();
        }
        found
    }

    /// Takes one of these signs.
    pub(super) fn sign(&mut self, wanted: &[char]) -> Option<char> {
        match self.peek()? {
            Kind::Sign(c) if wanted.contains(&c) => {
                self.take();
                Some(c)
            }
            _ => None,
        }
    }

    /// Takes a number of so many digits, as text.
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<&'a str> {
        match self.peek()? {
            Kind::Number(n) if (least..=most).contains(&n.len()) => {
                self.take();
                Some(n)
            }
            _ => None,
        }
    }

    /// Takes a number of so many digits; at most nine, so that it always fits.
    pub(super) fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let mut ahead = *self;
        let value = ahead.digits(least, most)?.parse().ok()?;
        *self = ahead;
        Some(value)
    }

    pub(super) fn word(&mut self) -> Option<&'a str> {
        match self.peek()? {
            Kind::Word(word) => {
                self.take();
                Some(word)
            }
            _ => None,
        }
    }

    /// Takes one of these words.
    pub(super) fn word_of(&mut self, wanted: &[&str]) -> Option<&'a str> {
        match self.peek()? {
            Kind::Word(word) if wanted.contains(&word) => self.word(),
            _ => None,
        }
    }

    /// Tries a rule: on success the cursor stands behind it, otherwise nothing has moved.
    pub(super) fn attempt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let found = rule(&mut ahead)?;
        *self = ahead;
        Some(found)
    }
}
