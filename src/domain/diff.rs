//! Differences between two versions of a text, word by word.

use std::time::Duration;

use similar::{ChangeTag, TextDiff};

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// In both versions.
    Same,
    /// Only in the newer one.
    Added,
    /// Only in the older one.
    Removed,
}

/// A run of words with one fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub change: Change,
    /// The words, with the white space around them.
    pub text: String,
}

/// How long to look for the smallest difference before a coarser one is good enough.
const PATIENCE: Duration = Duration::from_millis(200);

/// The differences from an older to a newer text. Putting together all but the added pieces gives the older
/// text, all but the removed ones the newer.
#[must_use]
pub fn words(older: &str, newer: &str) -> Vec<Piece> {
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_unicode_words(older, newer);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => Change::Same,
            ChangeTag::Insert => Change::Added,
            ChangeTag::Delete => Change::Removed,
        };
        match pieces.last_mut().filter(|piece| piece.change == kind) {
            Some(piece) => piece.text.push_str(change.value()),
            None => pieces.push(Piece {
                change: kind,
                text: change.value().to_owned(),
            }),
        }
    }
    pieces
}

/// How many characters of the older text are missing from the newer one.
#[must_use]
pub fn lost(older: &str, newer: &str) -> usize {
    words(older, newer)
        .iter()
        .filter(|piece| piece.change == Change::Removed)
        .map(|piece| piece.text.chars().count())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{Change, lost, words};

    #[test]
    fn what_is_lost_is_counted_in_characters() {
        assert_eq!(lost("Müde war niem", "Müde war niemand"), 4);
        assert_eq!(lost("", "All of it is new"), 0);
        assert_eq!(lost("Nothing stays", ""), 13);
    }

    #[test]
    fn both_texts_can_be_read_out_of_the_difference() {
        let (older, newer) = (
            "About a thousand customers were charged.",
            "956 customers were charged twice.",
        );
        let pieces = words(older, newer);
        let without = |left_out: Change| {
            pieces
                .iter()
                .filter(|piece| piece.change != left_out)
                .map(|piece| piece.text.as_str())
                .collect::<String>()
        };
        assert_eq!(without(Change::Added), older);
        assert_eq!(without(Change::Removed), newer);
        assert!(
            pieces
                .iter()
                .any(|piece| piece.change == Change::Added && piece.text.contains("956"))
        );
    }
}
