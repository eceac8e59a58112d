//! The sentence around a finding. An answer holds on to it: it stays while other sentences change, and is asked for anew
//! when this one does.

use std::ops::Range;

use super::sentences::Sentences;
use super::{Located, Words, lint, mask};

/// A finding and the sentence around it, its white space in one spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The finding, and where it stands.
    pub located: Located,
    /// The sentence.
    pub sentence: String,
}

/// What [`lint`] finds, each with its sentence.
#[must_use]
pub fn in_sentences(text: &str, own: &Words) -> Vec<Found> {
    let findings = lint(text, own);
    if findings.is_empty() {
        return Vec::new();
    }
    let masked = mask::mask(text);
    let mut sentences = masked
        .blocks
        .iter()
        .flat_map(|block| Sentences::new(&masked.text, block.clone()))
        .peekable();
    let mut found = Vec::new();
    for located in findings {
        let finding = &located.finding;
        // Both are in the order of the text.
        while sentences
            .next_if(|sentence| sentence.end <= finding.start)
            .is_some()
        {}
        let around = sentences
            .peek()
            .filter(|sentence| sentence.start <= finding.start)
            .map_or(finding.start..finding.end, |sentence| {
                sentence.start..sentence.end.max(finding.end)
            });
        found.push(Found {
            sentence: spelled(text, around),
            located,
        });
    }
    found
}

fn spelled(text: &str, range: Range<usize>) -> String {
    let words: Vec<&str> = text
        .get(range)
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        in_sentences(text, &Words::new())
            .into_iter()
            .map(|found| found.sentence)
            .collect()
    }

    #[test]
    fn a_sentence_is_the_same_wherever_it_stands_and_however_it_is_broken() {
        let alone = sentences("The team should have tested the restore.");
        assert_eq!(alone, ["The team should have tested the restore."]);
        for text in [
            "It was late. The team should have\n  tested the restore. It was dark.",
            "# Ünder way\n\n- One 😀.\n- The team should have tested the restore.\n",
            "| a | b |\n|---|---|\n| x | The team should have tested the restore. |\n",
        ] {
            assert_eq!(sentences(text), alone, "{text}");
        }
    }

    #[test]
    fn every_finding_has_a_sentence_that_holds_its_words() {
        let text = "We should have asked. They should have looked, and the nurse was careless. Root cause: human error.";
        let found = in_sentences(text, &Words::new());
        assert!(found.len() > 2, "{found:?}");
        for one in found {
            assert!(one.sentence.contains(&one.located.quote), "{one:?}");
        }
    }
}
