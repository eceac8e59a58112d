//! The words the checker knows: which class each belongs to, and which form it is.
//!
//! The words are data (`lexicon/*.toml`). A class is a set of words that behave alike in a sentence: roles, systems,
//! verbs of damage. Rules name classes as `@role`.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::Deserialize;

use super::guess::Guess;
use super::inflect::{self, Form};
use super::known::{self, Key, Known};
use super::seen::Seen;

/// The data files, in reading order.
const FILES: [&str; 5] = [
    include_str!("lexicon/grammar.toml"),
    include_str!("lexicon/people.toml"),
    include_str!("lexicon/names.toml"),
    include_str!("lexicon/systems.toml"),
    include_str!("lexicon/verbs.toml"),
];

/// How many classes there can be: the bits above them are for forms, where both are noted together.
const MOST_CLASSES: u32 = 56;

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Classes(u64);

impl Classes {
    /// None of them.
    pub(super) const NONE: Self = Self(0);

    /// Whether the two sets share a class.
    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    #[must_use]
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The classes of this set that the other does not have.
    #[must_use]
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The set and forms beside it, as one number: no class has one of the highest eight bits.
    #[inline]
    pub(super) const fn beside(self, forms: u8) -> u64 {
        self.0 | u64::from_le_bytes([0, 0, 0, 0, 0, 0, 0, forms])
    }

    /// The bits of its classes.
    pub(super) fn bits(self) -> impl Iterator<Item = usize> {
        (0..64).filter(move |bit| self.0 >> bit & 1 == 1)
    }

    /// Whether the set is empty.
    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What is known of one word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    /// Its number; 0 for a word that is in no list.
    pub(super) id: u32,
    /// Its classes.
    pub(super) classes: Classes,
    /// Its possible forms, as bits of [`Form`].
    pub(super) forms: u8,
    /// The number of the list of rules that look for it; 0 if none does.
    pub(super) rows: u16,
    /// The bit by which it is noted; 0 for a word that no pattern names.
    pub(super) bit: u8,
}

impl Entry {
    /// Nothing is known.
    pub(super) const NOTHING: Self = Self {
        id: 0,
        classes: Classes::NONE,
        forms: 0,
        rows: 0,
        bit: 0,
    };

    /// Whether nothing is known but that there is such a word.
    const fn is_bare(&self) -> bool {
        self.forms == 0 && self.classes.is_empty()
    }
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    class: Vec<ClassFile>,
}

#[derive(Deserialize)]
struct ClassFile {
    name: String,
    #[serde(default)]
    kind: Kind,
    words: String,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Kind {
    #[default]
    Word,
    Noun,
    Verb,
}

/// Every known word.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    names: HashMap<String, Classes>,
    known: Known,
    /// Words that have no key.
    long: HashMap<Box<str>, Entry, BuildHasherDefault<WordHasher>>,
    guess: Guess,
    reading: Reading,
}

/// What is asked only until all words and patterns are read; it takes two megabytes.
#[derive(Debug, Default)]
struct Reading {
    words: HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>,
    /// Each word and what is known of it, in the order of their numbers, which begin with 1.
    entries: Vec<(Box<str>, Entry)>,
    /// For each class, by its bit, the numbers of its words.
    members: Vec<Vec<u32>>,
    /// How many words patterns name.
    named: u32,
    lemmas: HashMap<String, Vec<(u32, Form)>>,
}

impl Lexicon {
    /// Reads the data files.
    ///
    /// # Errors
    ///
    /// What is wrong with a file, as the TOML parser says it.
    pub(super) fn load() -> Result<Self, String> {
        let mut lexicon = Self::default();
        for text in FILES {
            let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
            for class in file.class {
                lexicon.add_class(&class);
            }
        }
        Ok(lexicon)
    }

    fn add_class(&mut self, class: &ClassFile) {
        let classes = self.define(&class.name);
        for entry in class.words.split_whitespace() {
            match class.kind {
                Kind::Word => {
                    self.add(entry, classes, None);
                }
                Kind::Noun => {
                    for (word, form) in inflect::noun(entry) {
                        self.add(&word, classes, Some(form));
                    }
                }
                Kind::Verb => self.add_verb(entry, classes),
            }
        }
    }

    fn add_verb(&mut self, entry: &str, classes: Classes) {
        let base = entry.split('/').next().unwrap_or_default().to_owned();
        let mut forms = Vec::new();
        let odd: &[(&str, Form)] = match base.as_str() {
            "be" => &[
                ("is", Form::THIRD),
                ("are", Form::THIRD),
                ("am", Form::THIRD),
                ("were", Form::PAST),
            ],
            "have" => &[("has", Form::THIRD)],
            _ => &[],
        };
        let odd = odd.iter().map(|(word, form)| ((*word).to_owned(), *form));
        for (word, form) in inflect::verb(entry).into_iter().chain(odd) {
            forms.push((self.add(&word, classes, Some(form)), form));
        }
        let known = self.reading.lemmas.entry(base).or_default();
        if known.is_empty() || entry.contains('/') {
            *known = forms;
        }
    }

    fn define(&mut self, name: &str) -> Classes {
        // `finish` refuses more classes than there are bits.
        let bit = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let next = Classes(if bit < MOST_CLASSES { 1 << bit } else { 0 });
        *self.names.entry(name.to_owned()).or_insert(next)
    }

    /// Adds a word, or adds to what is known of it; its number.
    pub(super) fn add(&mut self, word: &str, classes: Classes, form: Option<Form>) -> u32 {
        let forms = form.map_or(0, |form| form.0);
        let id = match self.reading.words.get(word) {
            Some(id) => *id,
            None => self.number(word),
        };
        let Some((_, entry)) = self.reading.entries.get_mut(slot(id)) else {
            return id;
        };
        entry.forms |= forms;
        let new = classes.without(entry.classes);
        entry.classes = entry.classes.with(classes);
        for bit in new.bits() {
            if self.reading.members.len() <= bit {
                self.reading.members.resize_with(bit + 1, Vec::new);
            }
            self.reading
                .members
                .get_mut(bit)
                .into_iter()
                .for_each(|of| of.push(id));
        }
        id
    }

    fn number(&mut self, word: &str) -> u32 {
        let id = u32::try_from(self.reading.entries.len() + 1).unwrap_or(u32::MAX);
        let entry = Entry {
            id,
            ..Entry::default()
        };
        self.reading.entries.push((word.into(), entry));
        self.reading.words.insert(word.into(), id);
        id
    }

    /// The bit by which a word is noted that a pattern names; some share one.
    pub(super) fn bit(&mut self, id: u32) -> u8 {
        let Some((_, entry)) = self.reading.entries.get_mut(slot(id)) else {
            return 0;
        };
        if entry.bit == 0 {
            entry.bit = Seen::bit(self.reading.named);
            self.reading.named += 1;
        }
        entry.bit
    }

    /// Notes which rules look for a word.
    pub(super) fn want(&mut self, id: u32, rows: u16) {
        if let Some((_, entry)) = self.reading.entries.get_mut(slot(id)) {
            entry.rows = rows;
        }
    }

    /// Ends the reading of words: from here on they are looked up.
    ///
    /// # Errors
    ///
    /// A sentence, if they are too many.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        if self.names.values().any(|class| class.is_empty()) {
            return Err("there are more classes than a set of classes holds".to_owned());
        }
        let class = |name| self.class(name).unwrap_or_default();
        self.guess = Guess::new(class("role"), class("adv"));
        // Words that only rules name are still words: "entirely" is an adverb.
        for at in 0..self.reading.entries.len() {
            let unclassed = self
                .reading
                .entries
                .get(at)
                .filter(|(_, entry)| entry.is_bare());
            let guess = unclassed.map(|(word, _)| self.guess(word));
            if let (Some(guess), Some((_, entry))) = (guess, self.reading.entries.get_mut(at)) {
                (entry.classes, entry.forms) = (guess.classes, guess.forms);
            }
        }
        let entries = std::mem::take(&mut self.reading).entries;
        let words = entries.iter();
        self.known = Known::of(words.map(|(word, entry)| (&**word, *entry)))?;
        let long = entries.into_iter();
        self.long = long
            .filter(|(word, _)| known::key(word).is_none())
            .collect();
        Ok(())
    }

    /// What is known of a word, in any case.
    pub(super) fn find(&self, word: &str) -> Option<&Entry> {
        match known::key(word) {
            Some(key) => self.known.get(key),
            None => self.find_long(word),
        }
    }

    /// Whether there is a word with a key, and what is known of it then.
    #[inline]
    pub(super) fn find_key(&self, key: Key) -> (bool, &Entry) {
        self.known.look(key)
    }

    /// What can be guessed of a word of ASCII letters that no list has.
    pub(super) fn guess_plain(&self, word: &[u8]) -> Entry {
        self.guess.entry(word)
    }

    /// What can be guessed of a word that no list has: its last part may be known, or its ending tells.
    #[cold]
    pub(super) fn guess(&self, word: &str) -> Entry {
        let parts = word.rsplit_once('-').filter(|(first, _)| !first.is_empty());
        match parts.and_then(|(_, last)| self.find(last)) {
            Some(known) => Entry {
                classes: known.classes,
                forms: known.forms,
                ..Entry::default()
            },
            None => self.guess.entry(word.as_bytes()),
        }
    }

    /// The same for words without a key. (Apart, so that the short way stays short.)
    #[cold]
    fn find_long(&self, word: &str) -> Option<&Entry> {
        self.long.get(word.to_lowercase().as_str())
    }

    /// What is known of the word with a number.
    pub(super) fn by_id(&self, id: u32) -> Option<&Entry> {
        self.reading.entries.get(slot(id)).map(|(_, entry)| entry)
    }

    /// The class of a name, as rules write it.
    pub(super) fn class(&self, name: &str) -> Option<Classes> {
        self.names.get(name).copied()
    }

    /// The forms of a verb, as far as a class lists it; inflected by rule otherwise.
    pub(super) fn lemma(&mut self, base: &str) -> Vec<(u32, Form)> {
        if !self.reading.lemmas.contains_key(base) {
            self.add_verb(base, Classes::default());
        }
        self.reading.lemmas.get(base).cloned().unwrap_or_default()
    }

    /// How the word with a number is spelt, until all are read.
    #[cfg(test)]
    pub(super) fn spelling(&self, id: u32) -> Option<&str> {
        let entry = self.reading.entries.get(slot(id));
        entry.map(|(word, _)| &**word)
    }

    /// Every word of these classes in one of these forms.
    pub(super) fn members(&self, classes: Classes, forms: u8) -> impl Iterator<Item = u32> {
        let of = classes
            .bits()
            .filter_map(|bit| self.reading.members.get(bit));
        of.flatten().copied().filter(move |id| {
            let entry = self.by_id(*id);
            forms == 0 || entry.is_some_and(|entry| entry.forms & forms != 0)
        })
    }
}

/// Where the word with a number lies; nowhere for 0.
fn slot(id: u32) -> usize {
    usize::try_from(id)
        .ok()
        .and_then(|id| id.checked_sub(1))
        .unwrap_or(usize::MAX)
}

/// A quick hash for short words. Nobody gains by collisions: the words in the map are the program's own.
#[derive(Debug, Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        // The table takes the highest bits and the lowest: mix them.
        let mixed = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 32)
    }
}
