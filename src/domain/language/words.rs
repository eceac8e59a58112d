//! What an organisation adds to the lists, and the lists with it.

use std::collections::BTreeMap;

use super::inflect;
use super::known::Key;
use super::lexicon::{Classes, Entry, Lexicon};

/// An organisation's own words: its teams, its systems, names that the lists do not know.
///
/// Its word counts more than the lists: a team called `Kafka` is people, a service called `Marta` is not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    meanings: BTreeMap<String, Meaning>,
    /// How its words begin and how long they are: most words of a text are told by it to be none of them.
    heads: Heads,
}

/// A bit for each first letter and length, shared by some.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Heads([u32; 32]);

impl Heads {
    fn add(&mut self, word: &str) {
        let Self(bits) = self;
        if let Some(bits) = bits.get_mut(Self::first(word)) {
            *bits |= Self::length(word);
        }
    }

    /// Whether a word in any case may be one of them. (Beyond ASCII there are capitals of another length.)
    fn may_have(&self, word: &str) -> bool {
        let bits = self.0.get(Self::first(word)).copied().unwrap_or_default();
        bits & Self::length(word) != 0 || !word.is_ascii()
    }

    fn first(word: &str) -> usize {
        word.bytes().next().map_or(0, |byte| usize::from(byte & 31))
    }

    fn length(word: &str) -> u32 {
        1 << word.len().min(31)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    People,
    System,
    Name,
}

impl Words {
    /// No words of one's own.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a word for people: a role, a team or a department.
    #[must_use]
    pub fn people(self, word: &str) -> Self {
        self.add(word, Meaning::People)
    }

    /// Adds a word for a system: a service, a product, a bot.
    #[must_use]
    pub fn system(self, word: &str) -> Self {
        self.add(word, Meaning::System)
    }

    /// Adds a person's name.
    #[must_use]
    pub fn name(self, word: &str) -> Self {
        self.add(word, Meaning::Name)
    }

    fn add(mut self, word: &str, meaning: Meaning) -> Self {
        let word = word.trim().to_lowercase();
        for (form, _) in inflect::noun(&word) {
            self.heads.add(&form);
            self.meanings.insert(form, meaning);
        }
        self
    }
}

/// The lists with an organisation's own words laid over them.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    lexicon: &'a Lexicon,
    own: &'a Words,
    people: Classes,
    system: Classes,
    name: Classes,
}

impl<'a> Vocabulary<'a> {
    /// Lays `own` over the lists.
    pub(super) fn new(lexicon: &'a Lexicon, own: &'a Words) -> Self {
        let class = |name| lexicon.class(name).unwrap_or_default();
        Self {
            lexicon,
            own,
            people: class("role"),
            system: class("system"),
            name: class("name"),
        }
    }

    /// What is known of a word in any case, or guessed from its ending.
    pub(super) fn entry(&self, word: &str) -> Entry {
        let known = self.lexicon.find(word).copied();
        let entry = known.unwrap_or_else(|| self.lexicon.guess(word));
        if self.own.meanings.is_empty() {
            entry
        } else {
            self.overlay(entry, word)
        }
    }

    /// Whether a list has the word with a key, and what is known of it then.
    #[inline]
    pub(super) fn find(&self, key: Key) -> (bool, &Entry) {
        self.lexicon.find_key(key)
    }

    /// What the ending of a word tells that no list has.
    pub(super) fn guess(&self, word: &[u8]) -> Entry {
        self.lexicon.guess_plain(word)
    }

    /// Whether the organisation has words of its own.
    pub(super) fn has_own(&self) -> bool {
        !self.own.meanings.is_empty()
    }

    /// Lays the organisation's own meaning over a word.
    #[cold]
    fn overlay(&self, entry: Entry, word: &str) -> Entry {
        if !self.own.heads.may_have(word) {
            return entry;
        }
        let classes = match self.own.meanings.get(&word.to_lowercase()) {
            Some(Meaning::People) => self.people,
            Some(Meaning::System) => self.system,
            Some(Meaning::Name) => self.name,
            None => entry.classes,
        };
        Entry { classes, ..entry }
    }
}
