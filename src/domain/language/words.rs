//! What an organisation adds to the lists, and the lists with it.

use std::collections::HashMap;

use super::inflect::{self, Form};
use super::lexicon::{Classes, Entry, Lexicon};

/// An organisation's own words: its teams, its systems, names that the lists do not know.
///
/// Its word counts more than the lists: a team called `Kafka` is people, a service called `Marta` is not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    meanings: HashMap<String, Meaning>,
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

    /// What is known of a lower-case word, or guessed from its ending.
    pub(super) fn entry(&self, word: &str) -> Entry {
        let mut entry = match self.lexicon.get(word) {
            Some(entry) if entry.forms != 0 || !entry.classes.is_empty() => entry,
            // Words that only rules name are still words: "entirely" is an adverb.
            known => {
                let mut guess = self.unknown(word);
                guess.id = known.map_or(0, |entry| entry.id);
                guess
            }
        };
        if let Some(meaning) = self.own.meanings.get(word) {
            entry.classes = match meaning {
                Meaning::People => self.people,
                Meaning::System => self.system,
                Meaning::Name => self.name,
            };
        }
        entry
    }

    fn unknown(&self, word: &str) -> Entry {
        let mut entry = Entry::default();
        if let Some((first, last)) = word.rsplit_once('-')
            && let Some(known) = self.lexicon.get(last).filter(|_| !first.is_empty())
        {
            entry.classes = known.classes;
            entry.forms = known.forms;
            return entry;
        }
        let long = word.len() > 4;
        if long && word.ends_with("ly") {
            entry.classes = self.adverb;
        } else if long && word.ends_with("ed") && !word.ends_with("eed") {
            entry.forms = Form::PAST.0 | Form::PARTICIPLE.0;
        } else if long && word.ends_with("ing") {
            entry.forms = Form::ING.0;
        } else if long
            && ["woman", "person", "ologist", "women", "people", "ologists"]
                .iter()
                .any(|end| word.ends_with(end))
        {
            entry.classes = self.people;
            entry.forms = Form::NOUN.0;
        }
        entry
    }
}
