//! Finding a factor by typing: name, id, definition, examples and the phrases people use for it.

use super::{Factor, Taxonomy};
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
const WEIGHTS: [(Place, u32); 4] = [
    (Place::Name, 8),
    (Place::Cue, 5),
    (Place::Definition, 3),
    (Place::Example, 1),
];

#[derive(Clone, Copy)]
enum Place {
    Name,
    Cue,
    Definition,
    Example,
}

/// Words too common to find anything by.
const COMMON: [&str; 24] = [
    "the", "and", "was", "were", "that", "this", "with", "from", "for", "not", "had", "has",
    "have", "been", "its", "which", "when", "who", "are", "but", "too", "one", "all", "our",
];

impl Taxonomy {
    /// The factors that fit what somebody typed, best first; all of them, in order, for an empty text.
    #[must_use]
    pub fn suggest(&self, typed: &str, most: usize) -> Vec<Suggestion<'_>> {
        let typed = folded(typed);
        let words: Vec<&str> = typed
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 2 && !COMMON.contains(word))
            .collect();
        if words.is_empty() {
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
        let mut scored: Vec<(u32, Suggestion<'_>)> = self
            .factors
            .iter()
            .filter_map(|factor| score(factor, &typed, &words))
            .collect();
        // The sort is stable: equal scores keep the taxonomy's own order.
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored
            .into_iter()
            .take(most)
            .map(|(_, suggestion)| suggestion)
            .collect()
    }
}

fn score<'a>(factor: &'a Factor, typed: &str, words: &[&str]) -> Option<(u32, Suggestion<'a>)> {
    let mut total = 0;
    let mut matched = Vec::new();
    for cue in factor
        .cues
        .iter()
        .filter(|cue| typed.contains(cue.as_str()))
    {
        total += 12;
        matched.push(cue.clone());
    }
    for word in words {
        let weight: u32 = WEIGHTS
            .iter()
            .filter(|(place, _)| occurs(factor, *place, word))
            .map(|(_, weight)| weight)
            .sum();
        if weight > 0 {
            matched.push((*word).to_owned());
        }
        total += weight;
    }
    (total > 0).then_some((total, Suggestion { factor, matched }))
}

fn occurs(factor: &Factor, place: Place, word: &str) -> bool {
    let within = |text: &str| {
        folded(text)
            .split(|c: char| !c.is_alphanumeric())
            .any(|part| part.starts_with(stem(word)))
    };
    match place {
        Place::Name => {
            within(&factor.name) || within(factor.id.as_str()) || within(&factor.strength_name)
        }
        Place::Cue => factor.cues.iter().any(|cue| within(cue)),
        Place::Definition => within(&factor.definition),
        Place::Example => within(&factor.computer) || within(&factor.people),
    }
}

/// A crude stem that joins singular and plural, present and past; good enough to find one of 58 factors.
fn stem(word: &str) -> &str {
    ["ing", "ed", "es", "s"]
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|rest| rest.len() > 3))
        .unwrap_or(word)
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
    fn nothing_typed_offers_everything_in_order() {
        assert_eq!(core().suggest(" ", 100).len(), 58);
        assert_eq!(core().suggest("zzzz", 100).len(), 0);
    }
}

#[cfg(test)]
mod measure {
    #[test]
    fn measure() {
        let text = std::fs::read_to_string("/work/shared/eval/coded_events.jsonl").unwrap();
        for set in ["dev", "test"] {
        let (mut n, mut hits) = (0, [0; 4]);
        for line in text.lines() {
            let v: serde_json::Value = serde_json::from_str(line).unwrap();
            if (v["set"] == "dev") != (set == "dev") { continue; }
            for f in v["factors"].as_array().unwrap() {
                let found = crate::domain::taxonomy::core().suggest(f["evidence"].as_str().unwrap(), 58);
                n += 1;
                if let Some(rank) = found.iter().position(|s| s.factor.id.as_str() == f["id"]) {
                    for (i, k) in [1, 3, 5, 8].iter().enumerate() { if rank < *k { hits[i] += 1; } }
                }
            }
        }
        println!("{set} n {n} top1/3/5/8 {hits:?}");
        }
    }
}
