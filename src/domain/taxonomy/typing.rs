//! Finding a factor by typing: name, id, definition, examples and the phrases people use for it.

use std::collections::BTreeMap;

use super::{Factor, Taxonomy};
use crate::domain::similarity::words::words;
use crate::domain::text::folded;

/// A factor that fits what was typed, and the words by which it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion<'a> {
    /// The factor.
    pub factor: &'a Factor,
    /// The typed words, or the cue, that it was found by.
    pub matched: Vec<String>,
}

/// How much a word weighs by the place where it stands. A choice of ours: names are what people aim at.
const NAME: f32 = 6.0;
const CUE: f32 = 4.0;
const DEFINITION: f32 = 3.0;
const EXAMPLE: f32 = 2.0;
/// How much more a phrase weighs that people use for this very factor, when all of it was typed.
const WHOLE_CUE: f32 = 3.0;
/// The fewest letters of a word that is still being typed.
const BEGINNING: usize = 3;

/// The words of the factors, so that they need not be taken apart for each letter that is typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Index {
    /// One for each factor, in the order of the taxonomy.
    factors: Vec<Entry>,
    /// How rare a stem is among the factors: `ln(1 + N / df)`.
    rarity: BTreeMap<String, f32>,
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    /// The stems with the weights of the places where they stand.
    stems: BTreeMap<String, f32>,
    /// The cues, as written and as stems.
    cues: Vec<(String, Vec<String>)>,
}

impl Index {
    /// Takes the factors apart.
    pub(super) fn of(factors: &[Factor]) -> Self {
        let entries: Vec<Entry> = factors.iter().map(Entry::of).collect();
        let mut found: BTreeMap<String, u16> = BTreeMap::new();
        for stem in entries.iter().flat_map(|entry| entry.stems.keys()) {
            *found.entry(stem.clone()).or_default() += 1;
        }
        let all = f32::from(u16::try_from(entries.len()).unwrap_or(u16::MAX));
        let rarity = found
            .into_iter()
            .map(|(stem, found)| (stem, (1.0 + all / f32::from(found)).ln()))
            .collect();
        Self {
            factors: entries,
            rarity,
        }
    }

    fn rarity(&self, stem: &str) -> f32 {
        self.rarity.get(stem).copied().unwrap_or_default()
    }
}

impl Entry {
    fn of(factor: &Factor) -> Self {
        let mut stems: BTreeMap<String, f32> = BTreeMap::new();
        let id = factor.id.as_str().replace('-', " ");
        let cues = factor.cues.join(" . ");
        for (weight, texts) in [
            (
                NAME,
                [id.as_str(), &factor.name, &factor.strength_name].as_slice(),
            ),
            (CUE, &[cues.as_str()]),
            (DEFINITION, &[factor.definition.as_str()]),
            (EXAMPLE, &[factor.computer.as_str(), &factor.people]),
        ] {
            let mut here: Vec<String> = texts.iter().flat_map(|text| stems_of(text)).collect();
            here.sort_unstable();
            here.dedup();
            for stem in here {
                *stems.entry(stem).or_default() += weight;
            }
        }
        let cues = factor
            .cues
            .iter()
            .map(|cue| (cue.clone(), stems_of(cue)))
            .filter(|(_, stems)| !stems.is_empty())
            .collect();
        Self { stems, cues }
    }

    /// How much a typed word says for this factor: its stem, or the beginning of a longer word.
    fn weight(&self, index: &Index, stem: &str, small: &str) -> f32 {
        if let Some(weight) = self.stems.get(stem) {
            return weight * index.rarity(stem);
        }
        if small.chars().count() < BEGINNING {
            return 0.0;
        }
        self.stems
            .range(small.to_owned()..)
            .take_while(|(longer, _)| longer.starts_with(small))
            .map(|(longer, weight)| weight * index.rarity(longer))
            .fold(0.0, f32::max)
    }
}

fn stems_of(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.stem).collect()
}

impl Taxonomy {
    /// The factors that fit what somebody typed, best first; all of them, in order, for an empty text.
    #[must_use]
    pub fn suggest(&self, typed: &str, most: usize) -> Vec<Suggestion<'_>> {
        let mut typed: Vec<(String, String)> = words(typed)
            .into_iter()
            .map(|word| (word.stem, folded(word.written)))
            .collect();
        typed.sort_unstable();
        typed.dedup_by(|one, other| one.0 == other.0);
        if typed.is_empty() {
            return self
                .factors
                .iter()
                .take(most)
                .map(|factor| Suggestion {
                    factor,
                    matched: Vec::new(),
                })
                .collect();
        }
        let mut scored: Vec<(f32, Suggestion<'_>)> = self
            .factors
            .iter()
            .zip(&self.index.factors)
            .filter_map(|(factor, entry)| {
                let (score, matched) = score(&self.index, entry, &typed);
                (score > 0.0).then_some((score, Suggestion { factor, matched }))
            })
            .collect();
        // The sort is stable: equal scores keep the taxonomy's own order.
        scored.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        scored
            .into_iter()
            .take(most)
            .map(|(_, suggestion)| suggestion)
            .collect()
    }
}

fn score(index: &Index, entry: &Entry, typed: &[(String, String)]) -> (f32, Vec<String>) {
    let mut total = 0.0;
    let mut matched = Vec::new();
    for (cue, stems) in &entry.cues {
        if stems
            .iter()
            .all(|stem| typed.iter().any(|(other, _)| other == stem))
        {
            total += WHOLE_CUE * stems.iter().map(|stem| index.rarity(stem)).sum::<f32>();
            matched.push(cue.clone());
        }
    }
    for (stem, small) in typed {
        let weight = entry.weight(index, stem, small);
        if weight > 0.0 {
            matched.push(small.clone());
        }
        total += weight;
    }
    (total, matched)
}

#[cfg(test)]
mod tests {
    use crate::domain::taxonomy::core;

    fn check(typed: &str, expected: &str) {
        let found: Vec<&str> = core()
            .suggest(typed, 5)
            .iter()
            .map(|suggestion| suggestion.factor.id.as_str())
            .collect();
        assert!(found.contains(&expected), "{typed:?} found {found:?}");
    }

    #[test]
    fn factors_are_found_by_name_by_cue_and_by_example() {
        check("headroom", "capacity-headroom");
        check("we ran out of file descriptors", "hidden-limit");
        check("the certificate expired", "silent-expiry");
        check("nobody was sure who could decide", "unclear-authority");
        check("the restore had never been tried", "recovery-path-untested");
        check("the dashboard showed green", "misleading-signal");
    }

    #[test]
    fn a_word_that_is_still_being_typed_finds_what_it_may_become() {
        check("expir", "silent-expiry");
        check("headr", "capacity-headroom");
    }

    #[test]
    fn nothing_typed_offers_everything_in_order() {
        assert_eq!(core().suggest(" ", 100).len(), 58);
        assert_eq!(core().suggest("zzzz", 100).len(), 0);
    }
}
