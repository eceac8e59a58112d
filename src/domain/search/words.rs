//! Words: where they begin and end, how they are compared.
//!
//! The rules agree with the full-text index of either database: a word is a run of letters and digits, capitals and
//! accents do not count, and English word forms are the same word.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// Words so common that looking for them finds everything. They are left out unless nothing else was typed.
const COMMON: [&str; 144] = [
    "a",
    "about",
    "after",
    "again",
    "all",
    "also",
    "am",
    "an",
    "and",
    "any",
    "anybody",
    "anyone",
    "anything",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "doing",
    "during",
    "each",
    "either",
    "else",
    "ever",
    "every",
    "everybody",
    "everyone",
    "everything",
    "for",
    "from",
    "get",
    "gets",
    "getting",
    "got",
    "had",
    "happen",
    "happened",
    "happens",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "him",
    "his",
    "how",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "just",
    "like",
    "lot",
    "lots",
    "may",
    "me",
    "might",
    "more",
    "most",
    "must",
    "my",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "now",
    "of",
    "on",
    "once",
    "only",
    "or",
    "other",
    "our",
    "out",
    "own",
    "really",
    "same",
    "several",
    "shall",
    "she",
    "should",
    "simply",
    "so",
    "some",
    "somebody",
    "someone",
    "something",
    "still",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "thing",
    "things",
    "this",
    "those",
    "though",
    "through",
    "to",
    "too",
    "until",
    "up",
    "us",
    "very",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whole",
    "why",
    "will",
    "with",
    "would",
    "yet",
    "you",
    "your",
];

/// The words of a text with the byte at which each begins.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    Words { text, from: 0 }
}

/// The word that begins at a byte of a text whose words are all ASCII; `None` within a word and between words.
pub(super) fn word_at(text: &str, at: usize) -> Option<(usize, &str)> {
    let before = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
    if before.is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let end = Words { text, from: at }.reach(at, false);
    let word = text.get(at..end)?;
    (!word.is_empty()).then_some((at, word))
}

/// Whether no word of a text has a letter beyond ASCII; dashes and quotation marks do not count.
pub(super) fn has_ascii_words(text: &str) -> bool {
    // Eight bytes at a time, which is enough for most texts.
    if text.is_ascii() {
        return true;
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        let mut characters = rest.get(at..).unwrap_or_default().chars();
        if characters.next().is_some_and(is_word_character) {
            return false;
        }
        rest = characters.as_str();
    }
    true
}

struct Words<'a> {
    text: &'a str,
    from: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.reach(self.from, true);
        let end = self.reach(start, false);
        self.from = end;
        self.text
            .get(start..end)
            .filter(|word| !word.is_empty())
            .map(|word| (start, word))
    }
}

impl Words<'_> {
    /// The first place from here on where a word character stands, or none; the end of the text if there is no such
    /// place. Byte by byte as long as they are ASCII: every text that was found goes through here.
    fn reach(&self, from: usize, word: bool) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(byte) = bytes.get(at) {
            let (is_word, length) = if byte.is_ascii() {
                (byte.is_ascii_alphanumeric(), 1)
            } else {
                let next = self.text.get(at..).and_then(|rest| rest.chars().next());
                next.map_or((false, 1), |c| (is_word_character(c), c.len_utf8()))
            };
            if is_word == word {
                return at;
            }
            at += length;
        }
        bytes.len()
    }
}

/// Whether a character belongs to a word. A combining mark belongs to the letter before it.
fn is_word_character(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        c.is_alphanumeric() || is_combining_mark(c)
    }
}

/// A word without capitals and accents.
#[must_use]
pub(in crate::domain) fn folded_word(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The stem that the forms of an English word share; the word itself where it is none.
#[must_use]
pub(in crate::domain) fn stem(folded: &str) -> String {
    STEMMER.stem(folded).into_owned()
}

/// Whether a folded word is too common to find anything by.
#[must_use]
pub(super) fn is_common(folded: &str) -> bool {
    COMMON.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::{folded_word, has_ascii_words, stem, word_at, words};

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let found: Vec<(usize, &str)> = words("Café-2: C++ 日本 e\u{301}x, x_y").collect();
        assert_eq!(
            found,
            [
                (0, "Café"),
                (6, "2"),
                (9, "C"),
                (13, "日本"),
                (20, "e\u{301}x"),
                (26, "x"),
                (28, "y")
            ]
        );
        assert_eq!(words("").count() + words(" -- ").count(), 0);
    }

    #[test]
    fn capitals_accents_and_word_forms_do_not_count() {
        assert_eq!(folded_word("Café"), folded_word("CAFE"));
        assert_eq!(folded_word("e\u{301}"), "e");
        assert_eq!(stem("stopped"), stem("stops"));
        assert_ne!(stem("stopped"), stem("stoped"));
    }

    #[test]
    fn a_word_is_found_where_it_begins_and_not_inside() {
        let text = "Injury, re-injured: injuries";
        let found: Vec<_> = [0, 1, 8, 11, 20, 28]
            .iter()
            .filter_map(|at| word_at(text, *at))
            .collect();
        assert_eq!(
            found,
            [(0, "Injury"), (8, "re"), (11, "injured"), (20, "injuries")]
        );
    }

    #[test]
    fn letters_beyond_ascii_count_and_dashes_do_not() {
        for (text, ascii) in [
            ("“quoted” – and so on…", true),
            ("", true),
            ("café", false),
            ("e\u{301}", false),
            ("– 日", false),
        ] {
            assert_eq!(has_ascii_words(text), ascii, "{text}");
        }
    }
}
