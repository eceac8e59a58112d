//! What is looked for, read once for both databases.

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

    /// The term with its last word taken as a beginning.
    #[must_use]
    pub fn widened(&self) -> Self {
        Self {
            words: self.words.clone(),
            beginning: true,
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

    /// Every word by itself, each once.
    pub fn single_words(&self) -> impl Iterator<Item = Term> {
        let mut single: Vec<Term> = Vec::new();
        for term in &self.terms {
            for word in &term.words {
                let word = Term {
                    words: vec![word.clone()],
                    beginning: term.beginning && term.words.len() == 1,
                };
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
        let terms: Vec<Term> = self.single_words().collect();
        (terms.len() > 1).then(|| Self {
            terms: meaningful(terms),
            any: true,
            ..self.clone()
        })
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

    /// The same, with a misspelled word replaced wherever it stands.
    #[must_use]
    pub fn respelled(&self, wrong: &str, right: &str) -> Self {
        let mut other = self.clone();
        for word in other.terms.iter_mut().flat_map(|term| &mut term.words) {
            if word == wrong {
                *word = folded_word(right);
            }
        }
        other
    }
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
