//! The words of a text that carry meaning, each with its stem.

use rust_stemmers::{Algorithm, Stemmer};

/// The longest word that is looked at; longer ones are keys and hashes.
const LONGEST: usize = 40;

/// A word as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::domain) struct Word<'a> {
    /// As written.
    pub(in crate::domain) written: &'a str,
    /// Its English stem, in small letters.
    pub(in crate::domain) stem: String,
    /// Its place among all words of the text, common ones too: neighbours have neighbouring places.
    pub(super) place: usize,
}

/// The words of a text without the common ones, bare numbers and what stands in an address, in their order.
pub(in crate::domain) fn words(text: &str) -> Vec<Word<'_>> {
    let stemmer = Stemmer::create(Algorithm::English);
    text.split_whitespace()
        .map(|chunk| chunk.split("://").next().unwrap_or_default())
        .flat_map(|chunk| chunk.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')))
        .map(without_ending)
        .filter(|written| !written.is_empty())
        .enumerate()
        .filter_map(|(place, written)| {
            let small = written.to_lowercase();
            let speaks = small.chars().any(char::is_alphabetic)
                && (2..=LONGEST).contains(&small.len())
                && COMMON.binary_search(&small.as_str()).is_err();
            speaks.then(|| Word {
                written,
                stem: stemmer.stem(&small).into_owned(),
                place,
            })
        })
        .collect()
}

/// Those of the stems that stand in the text, as written there: neighbours as one phrase, each once, in the order of the
/// text.
pub(super) fn phrases(words: &[Word<'_>], stems: &[&str]) -> Vec<String> {
    let mut seen: Vec<&str> = Vec::new();
    let mut phrases: Vec<(usize, String)> = Vec::new();
    for word in words {
        if !stems.contains(&word.stem.as_str()) || seen.contains(&word.stem.as_str()) {
            continue;
        }
        seen.push(&word.stem);
        match phrases.last_mut() {
            Some((last, phrase)) if *last + 1 == word.place => {
                *last = word.place;
                phrase.push(' ');
                phrase.push_str(word.written);
            }
            _ => phrases.push((word.place, word.written.to_owned())),
        }
    }
    phrases.into_iter().map(|(_, phrase)| phrase).collect()
}

/// `customer's` is about the customer, `wasn't` about nothing.
fn without_ending(word: &str) -> &str {
    word.trim_start_matches(['\'', '’'])
        .split(['\'', '’'])
        .next()
        .unwrap_or_default()
}

/// Words that stand in most texts, sorted. "Never" is none of them: it often is the finding.
const COMMON: [&str; 146] = [
    "about", "above", "after", "again", "all", "also", "although", "an", "and", "another", "any",
    "are", "aren", "as", "at", "be", "because", "been", "before", "being", "below", "between",
    "both", "but", "by", "can", "cannot", "could", "couldn", "did", "didn", "do", "does", "doesn",
    "doing", "don", "done", "down", "during", "each", "either", "else", "ever", "every", "few",
    "for", "from", "further", "had", "hadn", "has", "hasn", "have", "haven", "having", "he", "her",
    "here", "hers", "him", "his", "how", "however", "http", "https", "if", "in", "into", "is",
    "isn", "it", "its", "itself", "just", "may", "me", "might", "more", "most", "much", "must",
    "my", "no", "nor", "not", "now", "of", "off", "on", "once", "only", "or", "other", "our",
    "ours", "out", "over", "own", "same", "she", "should", "shouldn", "since", "so", "some",
    "still", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "those", "through", "to", "too", "under", "until", "up", "upon", "us", "very", "was",
    "wasn", "we", "were", "weren", "what", "when", "where", "which", "while", "who", "whom", "why",
    "will", "with", "would", "wouldn", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::{COMMON, phrases, words};

    #[test]
    fn common_words_are_sorted_so_that_they_are_found() {
        assert!(COMMON.is_sorted());
    }

    #[test]
    fn a_text_is_its_telling_words_in_their_stems() {
        let stems = |text| -> Vec<String> { words(text).into_iter().map(|w| w.stem).collect() };
        assert_eq!(
            stems("The restores weren’t ever tried; nobody's tests restored 42 of them."),
            ["restor", "tri", "nobodi", "test", "restor"]
        );
        assert_eq!(
            stems("Ärztliche Übergabe, 日本"),
            ["ärztlich", "übergab", "日本"]
        );
        assert_eq!(stems("see [board](https://x.example/y)"), ["see", "board"]);
        assert!(stems("").is_empty());
    }

    #[test]
    fn shared_words_are_named_as_written_and_neighbours_stay_together() {
        let text = words("Restoring was never tried, and restoring matters.");
        assert_eq!(
            phrases(&text, &["tri", "restor", "never"]),
            ["Restoring", "never tried"]
        );
    }
}
