//! The word that was probably meant, taken from words that the reader may read and from nowhere else.

use std::collections::HashMap;

use super::words::{folded_word, stem, words};

/// Shorter words are too easily another word.
const SHORTEST: usize = 4;

/// Words that may be suggested, with how often they occur.
#[derive(Debug, Default)]
pub struct Vocabulary {
    counts: HashMap<String, usize>,
}

impl Vocabulary {
    /// Takes in the words of a text.
    pub fn add(&mut self, text: &str) {
        for (_, word) in words(text) {
            let word = folded_word(word);
            if word.chars().count() >= SHORTEST {
                *self.counts.entry(word).or_default() += 1;
            }
        }
    }

    /// The known word nearest to a folded one: one slip of the fingers away, or two in a word of eight letters and
    /// more. The first letter is taken to be right. Among equals the more frequent one, then the first in the alphabet.
    ///
    /// `None` if the word is known, too short, or near to nothing.
    #[must_use]
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let letters: Vec<char> = word.chars().collect();
        let first = *letters.first()?;
        if letters.len() < SHORTEST || first.is_ascii_digit() || self.counts.contains_key(word) {
            return None;
        }
        let most = if letters.len() < 8 { 1 } else { 2 };
        let own_stem = stem(word);
        self.counts
            .iter()
            .filter(|(known, _)| known.starts_with(first))
            .filter_map(|(known, count)| {
                let distance = slips(&letters, &known.chars().collect::<Vec<_>>(), most)?;
                Some((distance, std::cmp::Reverse(*count), known.as_str()))
            })
            .filter(|(_, _, known)| stem(known) != own_stem)
            .min()
            .map(|(_, _, known)| known)
    }
}

/// What was typed, with a misspelled word replaced wherever it stands.
#[must_use]
pub fn respelled(typed: &str, wrong: &str, right: &str) -> String {
    let mut text = String::with_capacity(typed.len());
    let mut copied = 0;
    for (start, word) in words(typed) {
        if folded_word(word) == wrong {
            text.push_str(typed.get(copied..start).unwrap_or_default());
            text.push_str(right);
            copied = start + word.len();
        }
    }
    text.push_str(typed.get(copied..).unwrap_or_default());
    text
}

/// How many letters were left out, put in, exchanged or swapped; `None` if more than `most`.
///
/// The optimal string alignment distance (Damerau 1964, without overlapping swaps).
fn slips(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut previous = None;
    for (row, letter) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, known) in other.iter().enumerate() {
            let at =
                |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX / 2);
            let exchange = at(&last, column) + usize::from(letter != known);
            let mut best = exchange
                .min(at(&last, column + 1) + 1)
                .min(at(&current, column) + 1);
            let swapped =
                column > 0 && previous == Some(known) && other.get(column - 1) == Some(letter);
            if swapped {
                best = best.min(at(&before_last, column - 1) + 1);
            }
            current.push(best);
        }
        if current.iter().all(|distance| *distance > most) {
            return None;
        }
        previous = Some(letter);
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::{Vocabulary, respelled};

    #[test]
    fn the_suggestion_keeps_the_rest_as_typed() {
        assert_eq!(
            respelled("kind:incident \"Stoped page\" stoped*", "stoped", "stopped"),
            "kind:incident \"stopped page\" stopped*"
        );
    }

    #[test]
    fn a_slip_of_the_fingers_is_found_and_another_word_is_not() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add("Prometheus was stopped, the Payroll stopped; kafka Kubernetes certificate");
        for (typed, meant) in [
            ("prometeus", Some("prometheus")),
            ("promehteus", Some("prometheus")),
            ("stoped", Some("stopped")),
            ("kubernetse", Some("kubernetes")),
            ("certifcate", Some("certificate")),
            ("kafak", Some("kafka")),
            ("stopped", None),
            ("stop", None),
            ("zzzzzz", None),
            ("kaf", None),
            ("2026", None),
            ("", None),
        ] {
            assert_eq!(vocabulary.nearest(typed), meant, "{typed}");
        }
    }
}
