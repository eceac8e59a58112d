//! The word that was probably meant, taken from words that the reader may read and from nowhere else.

use super::words::{folded_word, stem, words};

/// Shorter words are too easily another word.
const SHORTEST: usize = 4;

/// Longer words are keys and addresses, not words that anybody misspells.
const LONGEST: usize = 24;

/// A known word near to what was typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Near {
    /// How many slips of the fingers away.
    pub slips: usize,
    /// The word, folded.
    pub word: String,
}

/// Whether a folded word may be meant by a misspelt one, and is kept for that. **Invariant:** none that is kept is shown to
/// anybody before it was found in a text that they may read.
pub(super) fn is_kept(folded: &str) -> bool {
    let digit = folded.starts_with(|first: char| first.is_ascii_digit());
    !digit && (SHORTEST..=LONGEST).contains(&folded.chars().count())
}

/// The letter with which all words near to a folded one begin: the first is taken to be right. `None` if nothing is near to a
/// word like this.
#[must_use]
pub fn initial(folded: &str) -> Option<char> {
    folded.chars().next().filter(|_| is_kept(folded))
}

/// The known words near to a folded one, nearest first: one slip of the fingers away, or two in a word of eight letters
/// and more.
#[must_use]
pub fn near(folded: &str, known: impl IntoIterator<Item = String>) -> Vec<Near> {
    let letters: Vec<char> = folded.chars().collect();
    let most = if letters.len() < 8 { 1 } else { 2 };
    let own_stem = stem(folded);
    let mut near: Vec<Near> = known
        .into_iter()
        .filter(|known| known.len().abs_diff(folded.len()) <= 4 * most)
        .filter_map(|word| {
            let slips = slips_from(&letters, &word, most)?;
            (stem(&word) != own_stem).then_some(Near { slips, word })
        })
        .collect();
    near.sort();
    near
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
    use super::{holds_word, initial, is_kept, near, respelled};

    #[test]
    fn the_suggestion_keeps_the_rest_as_typed() {
        assert_eq!(
            respelled("kind:incident \"Stoped page\" stoped*", "stoped", "stopped"),
            "kind:incident \"stopped page\" stopped*"
        );
    }

    #[test]
    fn a_slip_of_the_fingers_is_found_and_another_word_is_not() {
        let known =
            "prometheus was stopped the payroll kafka kubernetes certificate slopped subpoenas";
        let known: Vec<String> = known.split(' ').map(str::to_owned).collect();
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
        ] {
            let near: Vec<String> = near(typed, known.clone())
                .into_iter()
                .map(|near| format!("{} {}", near.slips, near.word))
                .collect();
            assert_eq!(near.join(", "), meant, "{typed}");
        }
    }

    #[test]
    fn short_and_long_words_and_numbers_are_not_kept() {
        for (word, first) in [
            ("kafka", Some('k')),
            ("kaf", None),
            ("2026", None),
            ("", None),
            ("abcdefghijklmnopqrstuvwxy", None),
        ] {
            assert_eq!((initial(word), is_kept(word)), (first, first.is_some()));
        }
    }

    #[test]
    fn a_word_stands_in_a_text_in_its_own_form_only() {
        assert!(holds_word("The Caf\u{e9} stopped", "cafe"));
        assert!(!holds_word("stopping, unstopped", "stopped"));
    }
}
