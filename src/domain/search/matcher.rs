//! Finds words in texts, as the full-text index would.

use aho_corasick::{AhoCorasick, MatchKind};

use super::query::SearchQuery;
use super::words::{folded_word, has_ascii_words, stem, word_at, words};
use crate::domain::timeline::Lane;

/// Finds the words of a search in texts, as the full-text index would.
#[derive(Debug)]
pub struct Matcher {
    /// The ways to write each term: its place in the search, and the forms of its words in a row.
    terms: Vec<(usize, Vec<Form>)>,
    /// With what the terms begin, in whatever case; `None` if there is nothing to look for that way.
    heads: Option<AhoCorasick>,
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
        let terms: Vec<(usize, Vec<Form>)> = query
            .terms
            .iter()
            .enumerate()
            .flat_map(|(place, term)| {
                let ways = term.ways();
                ways.map(move |(words, _, beginning)| (place, forms(words, beginning)))
            })
            .collect();
        Self {
            heads: heads(&terms),
            terms,
            lane: query.filters.lane,
        }
    }

    /// Where the words stand, in the order of the text; no two places overlap.
    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut look = |(start, word)| {
            if hits.last().is_none_or(|hit: &Hit| start >= hit.end) {
                hits.extend(self.longest(text, start, word));
            }
        };
        match &self.heads {
            // Most of a long text is passed over without being cut into words.
            Some(heads) if has_ascii_words(text) => heads
                .find_iter(text)
                .filter_map(|head| word_at(text, head.start()))
                .for_each(&mut look),
            _ => words(text).for_each(&mut look),
        }
        hits
    }

    /// The longest of the terms that begin with this word.
    fn longest(&self, text: &str, start: usize, word: &str) -> Option<Hit> {
        let found = self.terms.iter().filter_map(|(term, forms)| {
            let end = ends(forms, word, text, start)?;
            Some(Hit {
                term: *term,
                start,
                end,
            })
        });
        found.max_by_key(|hit| hit.end)
    }
}

/// Finds where a word with one of the heads may begin. A head lies within a word, so no second one can begin a word
/// inside the first.
fn heads(terms: &[(usize, Vec<Form>)]) -> Option<AhoCorasick> {
    let first = terms.iter().filter_map(|(_, forms)| forms.first());
    let heads = first
        .filter_map(|form| form.stem.get(..form.head))
        .filter(|head| !head.is_empty() && head.is_ascii());
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(heads)
        .ok()
}

fn forms(words: &[String], beginning: bool) -> Vec<Form> {
    let last = words.len().saturating_sub(1);
    words
        .iter()
        .enumerate()
        .map(|(place, word)| {
            let stem = stem(word);
            // The last letter of a stem may differ from the word's: "happi" is the stem of "happy".
            let head = stem.len().saturating_sub(1).clamp(1, 3).min(word.len());
            Form {
                folded: word.clone(),
                beginning: beginning && place == last,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Matcher;
    use crate::domain::search::query::SearchQuery;

    proptest! {
        #[test]
        fn passing_over_words_finds_what_reading_every_word_finds(
            typed in "[a-d]{1,4}( [a-d]{1,3}s?| \"[a-c]{1,2} [a-c]{1,2}\"){0,2}[*]?",
            text in "([A-Da-d]{1,5}[ ,.–s-]){0,20}",
        ) {
            let fast = Matcher::new(&SearchQuery::parse(&typed));
            let mut slow = Matcher::new(&SearchQuery::parse(&typed));
            slow.heads = None;
            prop_assert_eq!(fast.hits(&text), slow.hits(&text));
        }
    }
}
