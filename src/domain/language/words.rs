//! What an organisation adds to the lists, and the lists with it.

use std::collections::BTreeMap;

use super::inflect::{self, Form};
use super::lexicon::{Classes, Entry, Lexicon};

/// An organisation's own words: its teams, its systems, names that the lists do not know.
///
/// Its word counts more than the lists: a team called `Kafka` is people, a service called `Marta` is not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    meanings: BTreeMap<String, Meaning>,
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
    adverb: Classes,
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
            adverb: class("adv"),
        }
    }

    /// What is known of a word in any case, or guessed from its ending.
    pub(super) fn entry(&self, word: &str) -> Entry {
        self.entry_at(word, 0, word.len())
    }

    /// The same of the word in a text between two places.
    pub(super) fn entry_at(&self, text: &str, start: usize, end: usize) -> Entry {
        let word = || text.get(start..end).unwrap_or_default();
        let known = self.lexicon.find(text, start, end);
        let mut entry = match known {
            Some(entry) if entry.forms != 0 || !entry.classes.is_empty() => *entry,
            // Words that only rules name are still words: "entirely" is an adverb.
            known => {
                let mut guess = self.unknown(word());
                if let Some(known) = known {
                    guess.id = known.id;
                    guess.wanted = known.wanted;
                }
                guess
            }
        };
        if !self.own.meanings.is_empty() {
            self.overlay(&mut entry, word());
        }
        entry
    }

    /// Lays the organisation's own meaning over a word.
    #[cold]
    fn overlay(&self, entry: &mut Entry, word: &str) {
        if let Some(meaning) = self.own.meanings.get(&word.to_lowercase()) {
            entry.classes = match meaning {
                Meaning::People => self.people,
                Meaning::System => self.system,
                Meaning::Name => self.name,
            };
        }
    }

    fn unknown(&self, word: &str) -> Entry {
        let bytes = word.as_bytes();
        let mut entry = Entry::default();
        if bytes.contains(&b'-')
            && let Some((first, last)) = word.rsplit_once('-')
            && let Some(known) = self.lexicon.find(last, 0, last.len())
            && !first.is_empty()
        {
            entry.classes = known.classes;
            entry.forms = known.forms;
            return entry;
        }
        if bytes.len() < 5 {
            return entry;
        }
        let last = bytes.last_chunk().copied().unwrap_or([0; 3]);
        match last.map(|byte| byte.to_ascii_lowercase()) {
            [_, b'l', b'y'] => entry.classes = self.adverb,
            [before, b'e', b'd'] if before != b'e' => {
                entry.forms = Form::PAST.0 | Form::PARTICIPLE.0;
            }
            [b'i', b'n', b'g'] => entry.forms = Form::ING.0,
            [_, b'a' | b'e' | b'o', b'n'] | [_, b's', b't'] | [_, b'l', b'e'] | [_, b't', b's']
                if people(bytes) =>
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
