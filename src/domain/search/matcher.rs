//! Finds words in texts, as the full-text index would.

use super::query::{SearchQuery, Term};
use super::words::{folded_word, stem, words};
use crate::domain::timeline::Lane;

/// Finds the words of a search in texts, as the full-text index would.
#[derive(Debug)]
pub struct Matcher {
    terms: Vec<Vec<Form>>,
    pub(super) lane: Option<Lane>,
}

/// A word to find.
#[derive(Debug)]
struct Form {
    folded: String,
    stem: String,
    beginning: bool,
    /// The bytes with which every form of the word begins: most words are passed over by these alone.
    head: usize,
}

/// A place where a term was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) term: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Matcher {
    /// Prepares to find what a search looks for.
    #[must_use]
    pub fn new(query: &SearchQuery) -> Self {
        Self {
            terms: query.terms.iter().map(forms).collect(),
            lane: query.filters.lane,
        }
    }

    /// Where the words stand, in the order of the text; no two places overlap.
    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (start, word) in words(text) {
            if hits.last().is_some_and(|hit| start < hit.end) {
                continue;
            }
            let longest = self
                .terms
                .iter()
                .enumerate()
                .filter_map(|(term, forms)| {
                    let end = ends(forms, word, text, start)?;
                    Some(Hit { term, start, end })
                })
                .max_by_key(|hit| hit.end);
            hits.extend(longest);
        }
        hits
    }
}

fn forms(term: &Term) -> Vec<Form> {
    let last = term.words().len().saturating_sub(1);
    let words = term.words().iter().enumerate();
    words
        .map(|(place, word)| {
            let stem = stem(word);
            // The last letter of a stem may differ from the word's: "happi" is the stem of "happy".
            let head = stem.len().saturating_sub(1).clamp(1, 3).min(word.len());
            Form {
                folded: word.clone(),
                beginning: term.is_beginning() && place == last,
                head: stem.floor_char_boundary(head),
                stem,
            }
        })
        .collect()
}

/// Where a term that begins with this word ends, if it stands here.
fn ends(forms: &[Form], word: &str, text: &str, start: usize) -> Option<usize> {
    let (first, others) = forms.split_first()?;
    if !first.is(word) {
        return None;
    }
    let mut end = start + word.len();
    if !others.is_empty() {
        let mut following = words(text.get(end..)?);
        let from = end;
        for form in others {
            let (at, next) = following.next()?;
            if !form.is(next) {
                return None;
            }
            end = from + at + next.len();
        }
    }
    Some(end)
}

impl Form {
    /// Whether a word begins as every form of this one does, as far as that can be seen without folding it. A word that
    /// is shorter than that has no longer stem.
    fn may_be(&self, word: &[u8]) -> bool {
        let begins = word.get(..self.head).unwrap_or(word);
        let head = self.stem.as_bytes().get(..self.head);
        !begins.is_ascii() || head.is_none_or(|head| head.eq_ignore_ascii_case(begins))
    }

    fn is(&self, word: &str) -> bool {
        if !self.may_be(word.as_bytes()) {
            return false;
        }
        let folded = folded_word(word);
        if self.beginning {
            folded.starts_with(&self.folded) || stem(&folded).starts_with(&self.stem)
        } else {
            folded == self.folded || stem(&folded) == self.stem
        }
    }
}
