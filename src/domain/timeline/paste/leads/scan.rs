//! A place in a line, for grammars that look at a few characters and never go back far.

/// What is left to read. It is small and copied freely: a rule that does not fit leaves it where it was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'a> {
    pub(super) rest: &'a str,
}

impl<'a> Scan<'a> {
    pub(super) fn new(rest: &'a str) -> Self {
        Self { rest }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Goes past spaces; says whether there were any.
    pub(super) fn spaces(&mut self) -> bool {
        let trimmed = self.rest.trim_start();
        let any = trimmed.len() < self.rest.len();
        self.rest = trimmed;
        any
    }

    /// Goes past one of these signs.
    pub(super) fn sign(&mut self, wanted: &[char]) -> Option<char> {
        let found = self.peek().filter(|c| wanted.contains(c))?;
        self.skip(found.len_utf8());
        Some(found)
    }

    /// Takes between `least` and `most` digits that no further digit follows.
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<&'a str> {
        let count = self.rest.bytes().take(most + 1);
        let count = count.take_while(u8::is_ascii_digit).count();
        let found = self.rest.get(..count)?;
        (least..=most).contains(&count).then(|| {
            self.skip(count);
            found
        })
    }

    /// The letters from here on, at most twenty of them, in lower case; nothing moves.
    pub(super) fn word(&self) -> String {
        let letters = self.rest.chars().take(20);
        letters
            .take_while(|c| c.is_alphabetic())
            .flat_map(char::to_lowercase)
            .collect()
    }

    /// Goes past the word that comes next, if it is one of these.
    pub(super) fn word_of(&mut self, wanted: &[&str]) -> Option<String> {
        let found = self.word();
        if found.is_empty() || !wanted.contains(&found.as_str()) {
            return None;
        }
        self.pass_word();
        Some(found)
    }

    /// Goes past the letters that come next.
    pub(super) fn pass_word(&mut self) {
        self.rest = self.rest.trim_start_matches(char::is_alphabetic);
    }

    /// Goes past several words with spaces between them.
    pub(super) fn words(&mut self, wanted: &str) -> bool {
        let mut ahead = *self;
        for (at, word) in wanted.split(' ').enumerate() {
            let apart = at == 0 || ahead.spaces();
            if !apart || ahead.word_of(&[word]).is_none() {
                return false;
            }
        }
        *self = ahead;
        true
    }

    /// Goes past the first of these sayings that comes next.
    pub(super) fn saying(&mut self, wanted: &[&str]) -> bool {
        let first = self.word();
        if first.is_empty() {
            return false;
        }
        let begins = |words: &&&str| words.split(' ').next() == Some(first.as_str());
        wanted.iter().filter(begins).any(|words| self.words(words))
    }

    /// Whether a letter or a digit comes next.
    pub(super) fn in_word(&self) -> bool {
        self.peek().is_some_and(char::is_alphanumeric)
    }

    /// Tries a rule: on success the place is behind it, otherwise nothing has moved.
    pub(super) fn attempt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let found = rule(&mut ahead)?;
        *self = ahead;
        Some(found)
    }
}
