//! A text that others are compared with, and what they hold of it.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Similar;
use super::words::{self, Word, words};
use crate::domain::search::{
    SearchQuery, Signals, Term, folded_word, hash, in_texts, saturated, stem,
};

/// The most words of a text that others are looked for by: of a long one those that it says most often.
const MOST_WORDS: usize = 24;

/// The most shared words that are named as a reason.
const MOST_NAMED: usize = 5;

/// Below this score two texts share too little for a person to see why one was shown for the other.
///
/// Found by reading: among public post-mortems, pairs below it share a single word that carries no meaning.
const LEAST_SCORE: f32 = 0.08;

/// The length of a usual statement, in words that tell something.
const USUAL: f32 = 8.0;
/// How much the length of a statement counts.
const SLOPE: f32 = 0.4;
/// As how many occurrences of a word a shared factor or component counts.
const MARK: f32 = 2.0;

/// What is compared of a record.
#[derive(Debug, Clone, Copy, Default)]
pub struct Compared<'a> {
    /// Its words.
    pub text: &'a str,
    /// Its taxonomy factors, by the ids of today.
    pub factors: &'a [String],
    /// Its components, in one spelling.
    pub components: &'a [String],
}

/// In how many post-mortems that the reader may read something stands, of how many.
#[derive(Debug, Clone, Default)]
pub struct Rarity {
    /// How many there are.
    pub all: usize,
    /// For each word.
    pub words: Vec<usize>,
    /// For each factor.
    pub factors: Vec<usize>,
    /// For each component.
    pub components: Vec<usize>,
}

/// A text that others are compared with.
#[derive(Debug)]
pub struct Asked<'a> {
    text: Vec<Word<'a>>,
    terms: Vec<Asking>,
    factors: Vec<(String, f32)>,
    components: Vec<(String, f32)>,
}

/// A word that others are looked for by.
#[derive(Debug)]
struct Asking {
    term: Term,
    stem: String,
    hash: u32,
    count: u16,
    weight: f32,
}

/// How much of each word a record holds: from 0 to 1, in the order of the words.
#[derive(Debug, Clone, PartialEq)]
pub struct Held(Vec<f32>);

/// A record that holds something.
#[derive(Debug, Clone)]
pub struct Found<'a, K> {
    /// The record.
    pub key: K,
    /// Its words.
    pub held: Held,
    /// Its taxonomy factors, by the ids of today.
    pub factors: &'a [String],
    /// Its components, in one spelling.
    pub components: &'a [String],
}

impl Held {
    /// How much of one word is held.
    #[cfg(test)]
    pub(super) fn part_of(&self, place: usize) -> f32 {
        self.0.get(place).copied().unwrap_or_default()
    }
}

impl<'a> Asked<'a> {
    /// Takes from a text what others are looked for by. Everything weighs the same until [`weigh`](Self::weigh) is told more.
    #[must_use]
    pub fn new(compared: Compared<'a>) -> Self {
        let text = words(compared.text);
        let terms = terms(&text);
        Self {
            text,
            terms,
            factors: marks(compared.factors),
            components: marks(compared.components),
        }
    }

    /// The words that others are looked for by.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().map(|asking| &asking.term)
    }

    /// The rarest words, as a search that any of them is enough for, and in how many each of them stands: so many words that
    /// about `most` hold one, and at least one.
    #[must_use]
    pub fn rarest(&self, rarity: &Rarity, most: usize) -> (SearchQuery, Vec<usize>) {
        let found = rarity.words.iter().copied();
        let mut words: Vec<(&Term, usize)> = self.terms().zip(found).collect();
        words.sort_by_key(|(_, found)| *found);
        let mut holding: usize = 0;
        let enough = words.into_iter().take_while(|(_, found)| {
            let more = holding < most;
            holding = holding.saturating_add(*found);
            more
        });
        let (terms, found) = enough.map(|(term, found)| (term.clone(), found)).unzip();
        let query = SearchQuery {
            terms,
            any: true,
            ..SearchQuery::default()
        };
        (query, found)
    }

    /// The factors, each once.
    pub fn factors(&self) -> impl Iterator<Item = &str> {
        self.factors.iter().map(|(factor, _)| factor.as_str())
    }

    /// The components, each once.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.components
            .iter()
            .map(|(component, _)| component.as_str())
    }

    /// Weighs everything by how rare it is.
    pub fn weigh(&mut self, rarity: &Rarity) {
        let weight = |found: Option<&usize>| weight(rarity.all, found.copied().unwrap_or_default());
        for (place, asking) in self.terms.iter_mut().enumerate() {
            asking.weight = frequency(asking.count) * weight(rarity.words.get(place));
        }
        let marked = [
            (&mut self.factors, &rarity.factors),
            (&mut self.components, &rarity.components),
        ];
        for (marks, found) in marked {
            for (place, (_, own)) in marks.iter_mut().enumerate() {
                *own = weight(found.get(place));
            }
        }
    }

    /// What a post-mortem holds, by what is stored of it for ranking.
    #[must_use]
    pub fn in_postmortem(&self, stored: &[u8]) -> Held {
        let signals = Signals(stored);
        let lengths = signals.lengths();
        self.held(|asking| in_texts(signals.counts(asking.hash), lengths))
    }

    /// What the statements of a post-mortem hold, by what is stored of it for ranking.
    #[must_use]
    pub fn in_statements(&self, stored: &[u8]) -> Held {
        let signals = Signals(stored);
        self.held(|asking| f32::from(signals.counts(asking.hash).statements))
    }

    /// What a statement holds.
    #[must_use]
    pub fn in_statement(&self, text: &str) -> Held {
        let words = words(text);
        let length = f32::from(u16::try_from(words.len()).unwrap_or(u16::MAX));
        let long = 1.0 - SLOPE + SLOPE * length / USUAL;
        self.held(|asking| {
            let same = words.iter().filter(|word| word.stem == asking.stem);
            f32::from(u16::try_from(same.count()).unwrap_or(u16::MAX)) * MARK / long
        })
    }

    fn held(&self, frequency: impl Fn(&Asking) -> f32) -> Held {
        let held = self.terms.iter().map(|asking| saturated(frequency(asking)));
        Held(held.collect())
    }

    /// How much of the weight of the words is held: from 0 to 1.
    #[must_use]
    pub fn part(&self, held: &Held) -> f32 {
        let shared: f32 = self.shared(held).map(|(_, weight)| weight).sum();
        shared / self.whole().max(f32::MIN_POSITIVE)
    }

    /// How much a record is like the text, and why; `None` if too little.
    #[must_use]
    pub fn similar<K>(&self, found: Found<'_, K>) -> Option<Similar<K>> {
        let factors = shared_marks(&self.factors, found.factors);
        let components = shared_marks(&self.components, found.components);
        let marked = factors.iter().chain(&components);
        let marked: f32 = marked.map(|(_, weight)| weight * saturated(MARK)).sum();
        let score = self.part(&found.held) + marked / self.whole().max(f32::MIN_POSITIVE);
        let mut words: Vec<(&Asking, f32)> = self.shared(&found.held).collect();
        words.sort_by(|one, other| other.1.total_cmp(&one.1));
        let stems: Vec<&str> = words
            .iter()
            .take(MOST_NAMED)
            .map(|(asking, _)| asking.stem.as_str())
            .collect();
        (score >= LEAST_SCORE).then(|| Similar {
            key: found.key,
            score: score.min(1.0),
            words: words::phrases(&self.text, &stems),
            factors: named(factors),
            components: named(components),
        })
    }

    /// The weight of everything.
    fn whole(&self) -> f32 {
        let words = self.terms.iter().map(|asking| asking.weight);
        let marks = self.factors.iter().chain(&self.components);
        words.chain(marks.map(|(_, weight)| *weight)).sum()
    }

    /// The words that are held, and what of their weight.
    fn shared(&self, held: &Held) -> impl Iterator<Item = (&Asking, f32)> {
        let all = self.terms.iter().zip(&held.0);
        all.filter(|(_, part)| **part > 0.0)
            .map(|(asking, part)| (asking, asking.weight * part))
    }
}

/// The words that a text says most often; of equal ones the first.
fn terms(text: &[Word<'_>]) -> Vec<Asking> {
    let mut terms: Vec<Asking> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for word in text {
        if let Some(known) = places
            .get(word.stem.as_str())
            .and_then(|place| terms.get_mut(*place))
        {
            known.count = known.count.saturating_add(1);
            continue;
        }
        let Some(term) = Term::parse(word.written, false) else {
            continue;
        };
        places.insert(&word.stem, terms.len());
        terms.push(Asking {
            hash: hash(&stem(&folded_word(word.written))),
            stem: word.stem.clone(),
            term,
            count: 1,
            weight: 1.0,
        });
    }
    terms.sort_by_key(|asking| Reverse(asking.count));
    terms.truncate(MOST_WORDS);
    terms
}

/// Each once, in order.
fn marks(given: &[String]) -> Vec<(String, f32)> {
    let mut marks: Vec<String> = given.to_vec();
    marks.sort();
    marks.dedup();
    marks.into_iter().map(|mark| (mark, 1.0)).collect()
}

/// Those that are shared, the one that weighs most first.
fn shared_marks<'a>(asked: &'a [(String, f32)], own: &[String]) -> Vec<(&'a str, f32)> {
    let shared = asked.iter().filter(|(mark, _)| own.contains(mark));
    let mut shared: Vec<(&str, f32)> = shared
        .map(|(mark, weight)| (mark.as_str(), *weight))
        .collect();
    shared.sort_by(|one, other| other.1.total_cmp(&one.1));
    shared
}

fn named(marks: Vec<(&str, f32)>) -> Vec<String> {
    marks.into_iter().map(|(mark, _)| mark.to_owned()).collect()
}

fn frequency(count: u16) -> f32 {
    1.0 + f32::from(count).ln()
}

/// How much something tells that stands in `found` of all.
fn weight(all: usize, found: usize) -> f32 {
    // Counts above 65,535 weigh as that many: the logarithm would hardly tell them apart.
    let number = |count: usize| f32::from(u16::try_from(count.max(1)).unwrap_or(u16::MAX));
    (1.0 + number(all.max(found)) / number(found)).ln()
}
