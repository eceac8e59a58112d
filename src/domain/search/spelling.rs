//! The word that was probably meant, taken from words that the reader may read and from nowhere else.

use std::collections::{HashMap, HashSet};

use super::words::{folded_word, stem, words};

/// Shorter words are too easily another word.
const SHORTEST: usize = 4;

/// Longer words are keys and addresses, not words that anybody misspells.
const LONGEST: usize = 24;

/// All words of a store. **Invariant:** none of them is shown to anybody before it was found in a text that they may read.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// By the first letter: it is taken to be right.
    words: HashMap<char, HashSet<Box<str>>>,
}

/// A known word near to what was typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Near {
    /// How many slips of the fingers away.
    pub slips: usize,
    /// The word, folded.
    pub word: String,
}

impl Vocabulary {
    /// Takes in the words of a text. None is ever forgotten: a word that stands nowhere any more is found nowhere.
    pub fn add(&mut self, text: &str) {
        for (_, word) in words(text) {
            let word = folded_word(word);
            let first = word.chars().next().filter(|first| !first.is_ascii_digit());
            let length = word.chars().count();
            if let Some(first) = first
                && (SHORTEST..=LONGEST).contains(&length)
            {
                let known = self.words.entry(first).or_default();
                if !known.contains(word.as_str()) {
                    known.insert(word.into_boxed_str());
                }
            }
        }
    }

    /// The known words near to a folded one, nearest first: one slip of the fingers away, or two in a word of eight letters
    /// and more. None for a word that is too short.
    #[must_use]
    pub fn near(&self, word: &str) -> Vec<Near> {
        let letters: Vec<char> = word.chars().collect();
        let known = letters.first().and_then(|first| self.words.get(first));
        if !(SHORTEST..=LONGEST).contains(&letters.len()) {
            return Vec::new();
        }
        let most = if letters.len() < 8 { 1 } else { 2 };
        let own_stem = stem(word);
        let mut near: Vec<Near> = known
            .into_iter()
            .flatten()
            .filter(|known| known.len().abs_diff(word.len()) <= 4 * most)
            .filter_map(|known| {
                let slips = slips_from(&letters, known, most)?;
                (stem(known) != own_stem).then(|| Near {
                    slips,
                    word: known.to_string(),
                })
            })
            .collect();
        near.sort();
        near
    }
}

/// Whether a folded word stands in a text, in this form.
#[must_use]
pub fn holds_word(text: &str, folded: &str) -> bool {
    words(text).any(|(_, word)| {
        word.len() >= folded.len() && word.chars().count() <= LONGEST && folded_word(word) == folded
    })
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

/// The slips between what was typed and a known word, or that word without the ending of the plural.
fn slips_from(letters: &[char], known: &str, most: usize) -> Option<usize> {
    let known: Vec<char> = known.chars().collect();
    let one = match known.as_slice() {
        [one @ .., last, 's'] if *last != 's' => known.get(..=one.len()),
        _ => None,
    };
    let as_one = one.and_then(|one| slips(letters, one, most));
    let as_many = slips(letters, &known, most);
    as_one.into_iter().chain(as_many).min()
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
    use super::{Vocabulary, holds_word, respelled};

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
        vocabulary.add("Prometheus was stopped, the Payroll stopped; kafka Kubernetes certificate slopped, subpoenas");
        for (typed, meant) in [
            ("prometeus", "1 prometheus"),
            ("promehteus", "1 prometheus"),
            ("stoped", "1 stopped"),
            ("kubernetse", "1 kubernetes"),
            ("kubernets", ""),
            ("certifcate", "1 certificate"),
            ("crtifcate", "2 certificate"),
            ("kafak", "1 kafka"),
            ("subpena", "1 subpoenas"),
            ("stopped", "1 slopped"),
            ("stop", ""),
            ("zzzzzz", ""),
            ("kaf", ""),
            ("2026", ""),
            ("", ""),
        ] {
            let near: Vec<String> = vocabulary
                .near(typed)
                .into_iter()
                .map(|near| format!("{} {}", near.slips, near.word))
                .collect();
            assert_eq!(near.join(", "), meant, "{typed}");
        }
    }

    #[test]
    fn a_word_stands_in_a_text_in_its_own_form_only() {
        assert!(holds_word("The Caf\u{e9} stopped", "cafe"));
        assert!(!holds_word("stopping, unstopped", "stopped"));
    }
}
