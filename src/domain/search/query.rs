//! What is looked for, read once for both databases.

use super::wider::{LONGEST, Other, halves, is_known, others};
use super::words::{folded_word, is_common, stem, words};
use crate::domain::listing::Filters;

/// The most words that one search looks for; the index would refuse far longer ones.
pub const MOST_WORDS: usize = 24;
/// Longer words are looked for by their beginning. (PostgreSQL refuses words above 2 KB.)
const WORD_CHARACTERS: usize = 60;

/// A word, the beginning of one, or several words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    words: Vec<String>,
    beginning: bool,
    others: Vec<Other>,
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchQuery {
    /// What must occur: all of it, or any of it if [`SearchQuery::any`] is set.
    pub terms: Vec<Term>,
    /// What must not occur.
    pub without: Vec<Term>,
    /// Whether one of the terms is enough.
    pub any: bool,
    /// Whether something was put into quotation marks: then it is meant as it stands.
    pub exact: bool,
    /// What the answers are narrowed by.
    pub filters: Filters,
    /// What could not be read as it was meant, as sentences.
    pub notes: Vec<String>,
}

impl Term {
    /// Takes a piece of typed text: its words, in a row. `None` if it holds none.
    #[must_use]
    pub fn parse(typed: &str, beginning: bool) -> Option<Self> {
        let mut cut = false;
        let words: Vec<String> = words(typed)
            .take(MOST_WORDS)
            .map(|(_, word)| {
                let word = folded_word(word);
                let end = word.char_indices().nth(WORD_CHARACTERS);
                cut |= end.is_some();
                end.and_then(|(at, _)| word.get(..at))
                    .map_or(word.clone(), str::to_owned)
            })
            .filter(|word| !word.is_empty())
            .collect();
        let long_alone = cut && words.len() == 1;
        (!words.is_empty()).then_some(Self {
            words,
            beginning: beginning || long_alone,
            others: Vec::new(),
        })
    }

    /// The words, folded, in their order; at least one. They hold letters and digits only.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether the last word is the beginning of one.
    #[must_use]
    pub fn is_beginning(&self) -> bool {
        self.beginning
    }

    /// The term, found by other spellings and by what means the same too. The beginning of a word has no others.
    #[must_use]
    pub(super) fn with_others(mut self) -> Self {
        if !self.beginning {
            self.others = others(&self.words);
        }
        self
    }

    /// The ways to write it: its words in a row, whether they weigh as much as what was typed, and whether the last one is
    /// the beginning of a word. What was typed stands first.
    pub fn ways(&self) -> impl Iterator<Item = (&[String], bool, bool)> {
        let others = self.others.iter();
        std::iter::once((self.words.as_slice(), true, self.beginning))
            .chain(others.map(|other| (other.words.as_slice(), other.same, false)))
    }

    /// The term with its last word taken as a beginning.
    #[must_use]
    pub fn widened(&self) -> Self {
        Self {
            words: self.words.clone(),
            beginning: true,
            others: Vec::new(),
        }
    }

    /// The word, if it is one, and a whole one, in each of its spellings.
    fn alone(&self) -> Vec<String> {
        match self.words.as_slice() {
            [word] if !self.beginning => {
                let others = self.others.iter().filter(|other| other.same);
                let spelt = others.filter_map(|other| match other.words.as_slice() {
                    [word] => Some(word.clone()),
                    _ => None,
                });
                std::iter::once(word.clone()).chain(spelt).collect()
            }
            _ => Vec::new(),
        }
    }

    fn is_common(&self) -> bool {
        !self.beginning
            && self
                .words
                .first()
                .is_some_and(|word| self.words.len() == 1 && is_common(word))
    }
}

impl SearchQuery {
    /// The same, with the last word taken as the beginning of one, as people stop typing when they have found it.
    #[must_use]
    pub fn widened(&self) -> Option<Self> {
        let mut wider = self.clone();
        let last = wider.terms.last_mut()?;
        if last.beginning || last.words.len() > 1 {
            return None;
        }
        *last = last.widened();
        Some(wider)
    }

    /// Every word by itself, each once, with its other spellings and what means the same.
    pub fn single_words(&self) -> impl Iterator<Item = Term> {
        let mut single: Vec<Term> = Vec::new();
        for term in &self.terms {
            for word in &term.words {
                let word = Term {
                    words: vec![word.clone()],
                    beginning: term.beginning && term.words.len() == 1,
                    others: Vec::new(),
                }
                .with_others();
                if !single.contains(&word) {
                    single.push(word);
                }
            }
        }
        single.into_iter()
    }

    /// The same, with any of the words being enough; `None` if there is only one.
    #[must_use]
    pub fn any_word(&self) -> Option<Self> {
        // Words in a row that mean one thing stay together.
        let (together, alone): (Vec<Term>, Vec<Term>) = self
            .terms
            .iter()
            .cloned()
            .partition(|term| term.others.iter().any(|other| !other.same));
        let alone = Self {
            terms: alone,
            ..Self::default()
        };
        let mut terms = together;
        for term in alone.single_words() {
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        let terms = meaningful(terms);
        (terms.len() > 1).then(|| Self {
            terms,
            any: true,
            ..self.clone()
        })
    }

    /// The same, with every word also written as two and every two in a row as one: "nodepool" finds "node-pool", and "fail
    /// over" finds "failover". `None` if no word could be written so.
    #[must_use]
    pub fn compounded(&self) -> Option<Self> {
        let mut other = self.clone();
        let alone: Vec<Vec<String>> = self.terms.iter().map(Term::alone).collect();
        let at = |place: Option<usize>| place.and_then(|place| alone.get(place));
        for (place, term) in other.terms.iter_mut().enumerate() {
            let Some(here) = at(Some(place)).filter(|here| !here.is_empty()) else {
                continue;
            };
            let Some(word) = here.first().cloned() else {
                continue;
            };
            let before = at(place.checked_sub(1)).into_iter().flatten();
            let after = at(place.checked_add(1)).into_iter().flatten();
            let before =
                before.flat_map(|before| here.iter().map(move |word| format!("{before}{word}")));
            let joined: Vec<String> = before
                .chain(
                    after.flat_map(|after| here.iter().map(move |word| format!("{word}{after}"))),
                )
                .collect();
            let ways = halves(&word)
                .into_iter()
                .chain(joined.into_iter().map(|word| vec![word]));
            for words in ways {
                if term.others.iter().all(|known| known.words != words) {
                    term.others.push(Other { words, same: true });
                }
            }
        }
        (other != *self).then_some(other)
    }

    /// What every form of the words begins with, for a search in text that is not indexed.
    #[must_use]
    pub fn stems(&self) -> Vec<String> {
        let words = self.terms.iter().flat_map(|term| &term.words);
        words
            .map(|word| {
                let stem = stem(word);
                let shared = word.chars().zip(stem.chars()).take_while(|(a, b)| a == b);
                shared.map(|(letter, _)| letter).collect()
            })
            .collect()
    }

    /// The same, with a word taken as the beginning of one wherever it stands alone.
    #[must_use]
    pub fn widened_at(&self, begins: &str) -> Self {
        let mut wider = self.clone();
        for term in &mut wider.terms {
            if matches!(term.words.as_slice(), [word] if word == begins) {
                *term = term.widened();
            }
        }
        wider
    }

    /// The same, with a misspelled word replaced wherever it stands.
    #[must_use]
    pub fn respelled(&self, wrong: &str, right: &str) -> Self {
        let mut other = self.clone();
        for term in &mut other.terms {
            if term.words.iter().any(|word| word == wrong) {
                let right = folded_word(right);
                let words = term.words.iter();
                term.words = words
                    .map(|word| {
                        if word == wrong {
                            right.clone()
                        } else {
                            word.clone()
                        }
                    })
                    .collect();
                term.others = Vec::new();
                *term = term.clone().with_others();
            }
        }
        other
    }
}

/// Plain words that were typed one after the other and are known to mean one thing in a row become one term; every plain
/// term is found by its other spellings and synonyms too. `true` says that a term is a plain word.
pub(super) fn joined(typed: Vec<(Term, bool)>) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut rest = typed.as_slice();
    while let Some(((term, plain), after)) = rest.split_first() {
        let row: Vec<String> = rest
            .iter()
            .take(LONGEST)
            .take_while(|(term, plain)| *plain && term.words.len() == 1 && !term.beginning)
            .flat_map(|(term, _)| term.words.clone())
            .collect();
        let known = (2..=row.len())
            .rev()
            .find(|many| row.get(..*many).is_some_and(is_known));
        let (term, after) = match known {
            Some(many) => {
                let words = row.into_iter().take(many).collect();
                let term = Term {
                    words,
                    beginning: false,
                    others: Vec::new(),
                };
                (term.with_others(), rest.get(many..).unwrap_or_default())
            }
            None if *plain => (term.clone().with_others(), after),
            None => (term.clone(), after),
        };
        if !terms.contains(&term) {
            terms.push(term);
        }
        rest = after;
    }
    terms
}

/// Leaves out words that occur everywhere, unless there are no others.
pub(super) fn meaningful(terms: Vec<Term>) -> Vec<Term> {
    if terms.iter().all(Term::is_common) {
        return terms;
    }
    terms.into_iter().filter(|term| !term.is_common()).collect()
}

#[cfg(test)]
mod tests {
    use super::Term;

    #[test]
    fn a_term_is_its_words_in_a_row_and_never_empty() {
        assert_eq!(
            Term::parse("PM2021-007", false).unwrap().words(),
            ["pm2021", "007"]
        );
        assert_eq!(Term::parse("+++", false), None);
        let long = Term::parse(&"x".repeat(5_000), false).unwrap();
        assert!(long.is_beginning() && long.words().first().unwrap().len() == 60);
    }
}
