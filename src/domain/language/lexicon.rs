//! The words the checker knows: which class each belongs to, and which form it is.
//!
//! The words are data (`lexicon/*.toml`). A class is a set of words that behave alike in a sentence: roles, systems,
//! verbs of damage. Rules name classes as `@role`.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::Deserialize;

use super::inflect::{self, Form};
use super::known::{self, Known};

/// The data files, in reading order.
const FILES: [&str; 5] = [
    include_str!("lexicon/grammar.toml"),
    include_str!("lexicon/people.toml"),
    include_str!("lexicon/names.toml"),
    include_str!("lexicon/systems.toml"),
    include_str!("lexicon/verbs.toml"),
];

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Classes(u64);

impl Classes {
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

    /// The numbers of its classes.
    fn bits(self) -> impl Iterator<Item = usize> {
        (0..64_usize).filter(move |bit| self.0 >> bit & 1 == 1)
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
    /// Whether a rule looks for it.
    pub(super) wanted: bool,
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
    words: HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>,
    spellings: Vec<Box<str>>,
    /// What is known of each word, by its number.
    entries: Vec<Entry>,
    /// The numbers of the words of each class: patterns ask for them two thousand times.
    members: HashMap<usize, Vec<u32>>,
    names: HashMap<String, Classes>,
    lemmas: HashMap<String, Vec<(u32, Form)>>,
    known: Known,
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
        let known = self.lemmas.entry(base).or_default();
        if known.is_empty() || entry.contains('/') {
            *known = forms;
        }
    }

    fn define(&mut self, name: &str) -> Classes {
        // `finish` refuses more classes than there are bits.
        let bit = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let next = Classes(1_u64.checked_shl(bit).unwrap_or(0));
        *self.names.entry(name.to_owned()).or_insert(next)
    }

    /// Adds a word, or adds to what is known of it; its number.
    pub(super) fn add(&mut self, word: &str, classes: Classes, form: Option<Form>) -> u32 {
        let forms = form.map_or(0, |form| form.0);
        let known = self.words.get(word).copied();
        let id = known.unwrap_or_else(|| {
            self.spellings.push(word.into());
            let id = u32::try_from(self.spellings.len()).unwrap_or(u32::MAX);
            self.entries.push(Entry {
                id,
                ..Entry::default()
            });
            self.words.insert(word.into(), id);
            id
        });
        if let Some(entry) = self.entries.get_mut(slot(id)) {
            let new = classes.without(entry.classes);
            entry.classes = entry.classes.with(classes);
            entry.forms |= forms;
            new.bits()
                .for_each(|bit| self.members.entry(bit).or_default().push(id));
        }
        id
    }

    /// Notes that a rule looks for a word.
    pub(super) fn want(&mut self, id: u32) {
        if let Some(entry) = self.entries.get_mut(slot(id)) {
            entry.wanted = true;
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
        // In the order of the files the words of grammar come first. They are the most common ones, and what is read
        // often had better lie together.
        let words = self.spellings.iter().map(|word| &**word);
        let words = words.zip(self.entries.iter().copied());
        self.known = Known::of(words)?;
        Ok(())
    }

    /// What is known of the word in a text between two places, in any case.
    pub(super) fn find(&self, text: &str, start: usize, end: usize) -> Option<&Entry> {
        match known::key(text, start, end) {
            Some(key) => self.known.get(key),
            None => self.find_long(text.get(start..end)?),
        }
    }

    /// The same for words without a key. (Apart, so that the short way stays short.)
    #[cold]
    fn find_long(&self, word: &str) -> Option<&Entry> {
        self.entry(*self.words.get(word.to_lowercase().as_str())?)
    }

    /// What is known of the word with this number.
    pub(super) fn entry(&self, id: u32) -> Option<&Entry> {
        self.entries.get(slot(id))
    }

    /// The class of a name, as rules write it.
    pub(super) fn class(&self, name: &str) -> Option<Classes> {
        self.names.get(name).copied()
    }

    /// The forms of a verb, as far as a class lists it; inflected by rule otherwise.
    pub(super) fn lemma(&mut self, base: &str) -> Vec<(u32, Form)> {
        if !self.lemmas.contains_key(base) {
            self.add_verb(base, Classes::default());
        }
        self.lemmas.get(base).cloned().unwrap_or_default()
    }

    /// How a word is spelt.
    #[cfg(test)]
    pub(super) fn spelling(&self, id: u32) -> Option<&str> {
        self.spellings.get(slot(id)).map(AsRef::as_ref)
    }

    /// Every word of these classes in one of these forms.
    pub(super) fn members(&self, classes: Classes, forms: u8) -> Vec<u32> {
        let lists = classes.bits().filter_map(|bit| self.members.get(&bit));
        let fits = |id: &u32| {
            let known = self.entry(*id).map_or(0, |entry| entry.forms);
            forms == 0 || known & forms != 0
        };
        lists.flatten().copied().filter(fits).collect()
    }
}

/// Where the word with a number stands: numbers begin with 1.
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
