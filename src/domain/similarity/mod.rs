//! Similar texts: an index of stemmed words, each weighed by how rare it is, compared by the angle between two texts.
//!
//! The score is the cosine of TF-IDF vectors: `(1 + ln n) * ln(1 + N / df)` for a word that stands `n` times in the text
//! and in `df` of `N` open texts, those that everybody may know of. A taxonomy factor or a component counts as one more word, weighed by its own rarity, so that
//! one order serves all reasons. A suggestion explains itself by what the two share.

mod reason;
mod terms;
pub(in crate::domain) mod words;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::Hash;

pub use reason::Reason;

use terms::{Term, component, counted, factor, stem};
use words::{Word, words};

/// The most shared words that are named as a reason.
const MOST_NAMED: usize = 5;

/// Below this score two texts share too little for a person to see why one was shown for the other.
///
/// Found by reading: among public post-mortems, pairs below it share a single word that carries no meaning.
const LEAST_SCORE: f32 = 0.08;

/// What is compared of a record.
#[derive(Debug, Clone, Copy, Default)]
pub struct Compared<'a> {
    /// Its words.
    pub text: &'a str,
    /// Its taxonomy factors.
    pub factors: &'a [String],
    /// Its components, in one spelling.
    pub components: &'a [String],
}

/// A record that is like the text that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar<K> {
    /// The record.
    pub key: K,
    /// From 0, nothing in common, to 1, the same words.
    pub score: f32,
    /// The shared words that weigh most, as they stand in the text that was asked for; neighbours stay together.
    pub words: Vec<String>,
    /// The shared factors.
    pub factors: Vec<String>,
    /// The shared components.
    pub components: Vec<String>,
}

/// A term of a text, or a text of a term, and how often.
type Posting = (u32, u16);

#[derive(Debug)]
struct Entry<K> {
    key: K,
    terms: Box<[Posting]>,
    norm: f32,
    /// Whether it counts in what a word weighs.
    open: bool,
}

/// The index. Records are added, replaced and removed one by one.
#[derive(Debug)]
pub struct Index<K> {
    terms: HashMap<Term, u32>,
    postings: Vec<Vec<Posting>>,
    /// In how many open records each term stands, and how many there are.
    open: Vec<usize>,
    all_open: usize,
    weights: Vec<f32>,
    slots: HashMap<K, u32>,
    entries: Vec<Option<Entry<K>>>,
    free: Vec<u32>,
    /// Whether weights and norms are those of the records as they are.
    settled: bool,
}

impl<K: Copy + Eq + Hash + Ord> Default for Index<K> {
    fn default() -> Self {
        Self {
            terms: HashMap::new(),
            postings: Vec::new(),
            open: Vec::new(),
            all_open: 0,
            weights: Vec::new(),
            slots: HashMap::new(),
            entries: Vec::new(),
            free: Vec::new(),
            settled: true,
        }
    }
}

impl<K: Copy + Eq + Hash + Ord> Index<K> {
    /// How many records it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Adds a record, or replaces what was known of it. What a word weighs is counted among the open ones, so that a record
    /// which not everybody may know of changes no score and no order of the others.
    pub fn put(&mut self, key: K, compared: Compared<'_>, open: bool) {
        self.remove(&key);
        let terms: Box<[Posting]> = counted(compared)
            .into_iter()
            .map(|(term, count)| (self.term(term), count))
            .collect();
        let slot = self.slot();
        for (term, count) in &terms {
            if let Some(postings) = self.postings.get_mut(at(*term)) {
                postings.push((slot, *count));
            }
            if let Some(many) = self.open.get_mut(at(*term)).filter(|_| open) {
                *many += 1;
            }
        }
        self.all_open += usize::from(open);
        if let Some(entry) = self.entries.get_mut(at(slot)) {
            let norm = 0.0;
            *entry = Some(Entry {
                key,
                terms,
                norm,
                open,
            });
        }
        self.slots.insert(key, slot);
        self.settled = false;
    }

    /// Forgets a record; one that is not there is forgotten already.
    pub fn remove(&mut self, key: &K) {
        let Some(slot) = self.slots.remove(key) else {
            return;
        };
        let entry = self.entries.get_mut(at(slot)).and_then(Option::take);
        let open = entry.as_ref().is_some_and(|entry| entry.open);
        self.all_open -= usize::from(open);
        for (term, _) in entry.iter().flat_map(|entry| &entry.terms) {
            if let Some(postings) = self.postings.get_mut(at(*term))
                && let Some(place) = postings.iter().position(|(found, _)| *found == slot)
            {
                postings.swap_remove(place);
            }
            if let Some(many) = self.open.get_mut(at(*term)).filter(|_| open) {
                *many -= 1;
            }
        }
        self.free.push(slot);
        self.settled = false;
    }

    /// The records most like a text, best first, at most `most`; equal ones by their key, the greatest first.
    pub fn similar(&mut self, compared: Compared<'_>, most: usize) -> Vec<Similar<K>> {
        self.settle();
        let asked = counted(compared);
        let query: Vec<(Term, Option<u32>, f32)> = asked
            .into_iter()
            .map(|(term, count)| {
                let known = self.terms.get(&term).copied();
                let weight = known.map_or(self.weight(0), |id| self.weight_of(id));
                (term, known, frequency(count) * weight)
            })
            .collect();
        let norm = query.iter().map(|(_, _, w)| w * w).sum::<f32>().sqrt();
        let best = self.best(&self.dots(&query), norm, most);
        let named = words(compared.text);
        best.into_iter()
            .filter_map(|(slot, score)| {
                let entry = self.entries.get(at(slot))?.as_ref()?;
                Some(self.explained(entry, score, &query, &named))
            })
            .collect()
    }

    /// For every record the sum over what it shares with the query.
    fn dots(&self, query: &[(Term, Option<u32>, f32)]) -> Vec<f32> {
        let mut dots = vec![0.0_f32; self.entries.len()];
        for (term, weight) in query
            .iter()
            .filter_map(|(_, known, weight)| known.map(|id| (id, weight)))
        {
            let own = self.weight_of(term);
            for (slot, count) in self.postings.get(at(term)).into_iter().flatten() {
                if let Some(dot) = dots.get_mut(at(*slot)) {
                    *dot += weight * frequency(*count) * own;
                }
            }
        }
        dots
    }

    fn best(&self, dots: &[f32], norm: f32, most: usize) -> Vec<(u32, f32)> {
        let mut found: Vec<(u32, f32, K)> = (0_u32..)
            .zip(self.entries.iter().zip(dots))
            .filter(|(_, (_, dot))| **dot > 0.0)
            .filter_map(|(slot, (entry, dot))| {
                let entry = entry.as_ref()?;
                Some((slot, dot / (norm * entry.norm), entry.key))
            })
            .filter(|(_, score, _)| *score >= LEAST_SCORE)
            .collect();
        let order = |a: &(u32, f32, K), b: &(u32, f32, K)| -> Ordering {
            b.1.total_cmp(&a.1).then_with(|| b.2.cmp(&a.2))
        };
        if found.len() > most && most > 0 {
            found.select_nth_unstable_by(most - 1, order);
        }
        found.truncate(most);
        found.sort_unstable_by(order);
        found
            .into_iter()
            .map(|(slot, score, _)| (slot, score))
            .collect()
    }

    fn explained(
        &self,
        entry: &Entry<K>,
        score: f32,
        query: &[(Term, Option<u32>, f32)],
        named: &[Word<'_>],
    ) -> Similar<K> {
        let mut shared: Vec<(&Term, f32)> = query
            .iter()
            .filter_map(|(term, known, weight)| {
                let id = (*known)?;
                let (_, count) = entry.terms.iter().find(|(own, _)| *own == id)?;
                Some((term, weight * frequency(*count) * self.weight_of(id)))
            })
            .collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let pick = |read: fn(&Term) -> Option<&str>| -> Vec<String> {
            shared
                .iter()
                .filter_map(|(term, _)| read(term).map(str::to_owned))
                .collect()
        };
        let stems: Vec<&str> = shared
            .iter()
            .filter_map(|(term, _)| stem(term))
            .take(MOST_NAMED)
            .collect();
        Similar {
            key: entry.key,
            score: score.min(1.0),
            words: words::phrases(named, &stems),
            factors: pick(factor),
            components: pick(component),
        }
    }

    /// Weighs every term and measures every record again, if any changed.
    fn settle(&mut self) {
        if self.settled {
            return;
        }
        self.weights = self.open.iter().map(|many| self.weight(*many)).collect();
        let weights = &self.weights;
        for entry in self.entries.iter_mut().flatten() {
            let squares = entry.terms.iter().map(|(term, count)| {
                let weight = weights.get(at(*term)).copied().unwrap_or_default();
                (frequency(*count) * weight).powi(2)
            });
            entry.norm = squares.sum::<f32>().sqrt();
        }
        self.settled = true;
    }

    fn weight_of(&self, term: u32) -> f32 {
        self.weights.get(at(term)).copied().unwrap_or_default()
    }

    /// How much a term tells that stands in `found` of all open records.
    fn weight(&self, found: usize) -> f32 {
        (1.0 + number(self.all_open.max(1)) / number(found.max(1))).ln()
    }

    fn term(&mut self, term: Term) -> u32 {
        let next = u32::try_from(self.postings.len()).unwrap_or(u32::MAX);
        let id = *self.terms.entry(term).or_insert(next);
        if id == next {
            self.postings.push(Vec::new());
            self.open.push(0);
        }
        id
    }

    fn slot(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.entries.push(None);
            u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

fn frequency(count: u16) -> f32 {
    1.0 + f32::from(count).ln()
}

/// Counts above 65,535 weigh as that many: the logarithm would hardly tell them apart.
fn number(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

fn at(id: u32) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
