//! A place in a line of text, for small grammars that look at a few characters and never go back far.

/// What is left to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    /// The text from here on.
    pub(super) rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Goes past one character if it is one of `wanted`.
    pub(super) fn eat_any(&mut self, wanted: &[char]) -> Option<char> {
        let found = self.peek().filter(|character| wanted.contains(character))?;
        self.rest = self.rest.get(found.len_utf8()..)?;
        Some(found)
    }

    /// Goes past as many of `wanted` as there are; says how many.
    pub(super) fn eat_all(&mut self, wanted: &[char]) -> usize {
        let mut count = 0;
        while self.eat_any(wanted).is_some() {
            count += 1;
        }
        count
    }

    pub(super) fn spaces(&mut self) -> usize {
        self.eat_all(&[' ', '\t', '\u{a0}', '\u{202f}'])
    }

    /// Goes past between `least` and `most` digits that no further digit follows.
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<(u32, usize)> {
        let count = self
            .rest
            .bytes()
            .take(most + 1)
            .take_while(u8::is_ascii_digit)
            .count();
        if count < least || count > most {
            return None;
        }
        let value = self.rest.get(..count)?.parse().ok()?;
        self.rest = self.rest.get(count..)?;
        Some((value, count))
    }

    /// The letters from here on, without going past them.
    pub(super) fn word(&self) -> &'a str {
        let end = self
            .rest
            .char_indices()
            .take(24)
            .find(|(_, character)| !character.is_alphabetic())
            .map_or_else(|| nearest(self.rest, 24), |(at, _)| at);
        self.rest.get(..end).unwrap_or_default()
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Goes past the word if it is one of `wanted` (lower case).
    pub(super) fn eat_word(&mut self, wanted: &[&str]) -> bool {
        let word = self.word();
        let found = !word.is_empty() && wanted.iter().any(|one| word.eq_ignore_ascii_case(one));
        if found {
            self.skip(word.len());
        }
        found
    }

    /// Whether a letter or digit comes next.
    pub(super) fn in_word(&self) -> bool {
        self.peek().is_some_and(char::is_alphanumeric)
    }
}

/// The nearest character boundary at or below `bytes`.
fn nearest(text: &str, bytes: usize) -> usize {
    let mut at = bytes.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
