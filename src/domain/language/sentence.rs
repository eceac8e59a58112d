//! One sentence while it is judged: its tokens, what is in it at all, and what was looked for already.
//!
//! Many rules ask the same of a sentence. Most of it is answered by what is in the sentence at all, and the rest is
//! looked for once: so the time for a sentence does not grow with the number of words in it that rules look for.

use std::cell::RefCell;
use std::collections::HashMap;

use super::grammar::Grammar;
use super::lexicon::Classes;
use super::matching;
use super::pattern::Pattern;
use super::tokens::Token;

/// Which words, classes and forms are in a sentence. It may say yes to a word that is not there, never no to one that is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    words: [u64; 4],
    classes: Classes,
    forms: u8,
}

impl Seen {
    /// Adds a word by its number.
    pub(super) fn add_word(&mut self, id: u32) {
        let place = id % 256;
        let part = usize::try_from(place / 64).unwrap_or(0);
        if let Some(words) = self.words.get_mut(part) {
            *words |= 1 << (place % 64);
        }
    }

    /// Adds classes.
    pub(super) const fn add_classes(&mut self, classes: Classes) {
        self.classes = self.classes.with(classes);
    }

    /// Adds forms.
    pub(super) const fn add_forms(&mut self, forms: u8) {
        self.forms |= forms;
    }

    /// Whether anything is in both.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let words = self.words.iter().zip(other.words);
        let words = words.fold(0, |all, (a, b)| all | (a & b));
        (words != 0) | self.classes.any(other.classes) | (self.forms & other.forms != 0)
    }
}

/// What patterns need in a sentence, each once: many need the same.
#[derive(Debug, Default)]
pub(super) struct Needs {
    all: Vec<Seen>,
    numbers: HashMap<Seen, usize>,
}

impl Needs {
    /// The number of a need.
    pub(super) fn number(&mut self, need: Seen) -> usize {
        *self.numbers.entry(need).or_insert_with(|| {
            self.all.push(need);
            self.all.len() - 1
        })
    }
}

/// Where patterns were found last in the sentence at hand. One is used for all sentences of a text.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// For each pattern the sentence for which it was looked for, and one more than the place, 0 if it is nowhere.
    last: Vec<(usize, usize)>,
    /// For each need the sentence for which it was looked for, and whether it is met.
    met: Vec<(usize, bool)>,
    sentence: usize,
}

/// One sentence.
pub(super) struct Sentence<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) grammar: &'a Grammar,
    needs: &'a Needs,
    seen: Seen,
    found: RefCell<&'a mut Found>,
}

impl<'a> Sentence<'a> {
    /// Looks at what is in a sentence.
    pub(super) fn new(
        tokens: &'a [Token],
        grammar: &'a Grammar,
        needs: &'a Needs,
        found: &'a mut Found,
    ) -> Self {
        let mut seen = Seen::default();
        for token in tokens {
            seen.add_word(token.entry.id);
            seen.add_classes(token.entry.classes);
            seen.add_forms(token.entry.forms);
        }
        found.sentence += 1;
        found.met.resize(needs.all.len(), (0, false));
        Self {
            tokens,
            grammar,
            needs,
            seen,
            found: RefCell::new(found),
        }
    }

    /// Whether a need is met.
    pub(super) fn meets(&self, need: usize) -> bool {
        let mut found = self.found.borrow_mut();
        let now = found.sentence;
        let Some(known) = found.met.get_mut(need) else {
            return true;
        };
        if known.0 != now {
            let wanted = self.needs.all.get(need);
            *known = (now, wanted.is_none_or(|wanted| self.seen.meets(wanted)));
        }
        known.1
    }

    /// Whether all that a pattern cannot do without is in the sentence.
    pub(super) fn can_hold(&self, pattern: &Pattern) -> bool {
        pattern.needs.iter().all(|need| self.meets(*need))
    }

    /// The last token from which a pattern fits.
    pub(super) fn last(&self, pattern: &Pattern) -> Option<usize> {
        if !self.can_hold(pattern) {
            return None;
        }
        let mut found = self.found.borrow_mut();
        let now = found.sentence;
        if found.last.len() <= pattern.number {
            found.last.resize(pattern.number + 1, (0, 0));
        }
        let last = found.last.get_mut(pattern.number)?;
        if last.0 != now {
            let place = (0..self.tokens.len())
                .rev()
                .find(|at| matching::at(pattern, self.tokens, *at, self.grammar).is_some());
            *last = (now, place.map_or(0, |place| place + 1));
        }
        last.1.checked_sub(1)
    }
}
