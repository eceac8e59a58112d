//! What the ending of a word tells of it, where no list has the word.

use super::inflect::Form;
use super::lexicon::{Classes, Entry};

/// How many bytes a word has at least of which the ending tells something.
pub(super) const SHORTEST: usize = 5;

/// Guesses.
#[derive(Debug, Default)]
pub(super) struct Guess {
    people: Classes,
    adverb: Classes,
}

impl Guess {
    /// Guesses of these classes.
    pub(super) const fn new(people: Classes, adverb: Classes) -> Self {
        Self { people, adverb }
    }

    /// What the ending of a word in any case tells.
    #[inline(never)] // so that the short way of known words stays short
    pub(super) fn entry(&self, word: &[u8]) -> Entry {
        let mut entry = Entry::default();
        let Some(last) = word.last_chunk().filter(|_| word.len() >= SHORTEST) else {
            return entry;
        };
        match last.map(|byte| byte | 0x20) {
            [_, b'l', b'y'] => entry.classes = self.adverb,
            [before, b'e', b'd'] if before != b'e' => {
                entry.forms = Form::PAST.0 | Form::PARTICIPLE.0;
            }
            [b'i', b'n', b'g'] => entry.forms = Form::ING.0,
            [_, b'a' | b'e' | b'o', b'n'] | [_, b's', b't'] | [_, b'l', b'e'] | [_, b't', b's']
                if people(word) =>
            {
                entry.classes = self.people;
                entry.forms = Form::NOUN.0;
            }
            _ => {}
        }
        entry
    }
}

/// Whether a word ends like a word for people.
fn people(word: &[u8]) -> bool {
    ["woman", "person", "ologist", "women", "people", "ologists"]
        .iter()
        .any(|end| {
            let from = word.len().saturating_sub(end.len());
            word.get(from..)
                .is_some_and(|last| last.eq_ignore_ascii_case(end.as_bytes()))
        })
}
