//! The written parts of a post-mortem: sections, and accounts by role.

use chrono::{DateTime, Utc};

use super::diff;
use super::ids::{AccountId, SectionId, Version};
use super::text::{Line, Prose};

/// A written section. Its key names it within the templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The record.
    pub id: SectionId,
    /// The key within the templates, `summary` for instance.
    pub key: String,
    /// The text, Markdown.
    pub text: Prose,
    /// The text as safe HTML, made when it was saved.
    pub html: String,
    /// Counts its saved versions.
    pub version: Version,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
}

/// What somebody saw, and thought was happening, told by their role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The record.
    pub id: AccountId,
    /// The role that tells it.
    pub role: Line,
    /// The text, Markdown.
    pub text: Prose,
    /// The text as safe HTML, made when it was saved.
    pub html: String,
    /// Counts its saved versions.
    pub version: Version,
}

/// How long the saves of somebody who is still typing count as one version, in seconds.
const SITTING: i64 = 600;
/// How many characters may go between two such saves: a word that was mended, not a sentence.
const MENDED: usize = 40;

/// Whether a text that was saved while somebody typed may take the place of the one saved before it in the history:
/// in the same ten minutes of the clock, and with next to nothing of it gone.
#[must_use]
pub fn continues(older: (&str, DateTime<Utc>), newer: (&str, DateTime<Utc>)) -> bool {
    let sitting = |at: DateTime<Utc>| at.timestamp().div_euclid(SITTING);
    sitting(older.1) == sitting(newer.1) && diff::lost(older.0, newer.0) <= MENDED
}

#[cfg(test)]
mod tests {
    use super::continues;

    #[test]
    fn typing_on_makes_no_new_version_and_a_deleted_sentence_does() {
        let at = |text: &str| text.parse().unwrap();
        let (early, later, next) = (
            at("2026-10-14T14:31:00Z"),
            at("2026-10-14T14:39:59Z"),
            at("2026-10-14T14:40:00Z"),
        );
        let older = "The queue stood still. Nobody could see that from outside, not even the people who built it.";
        let longer = format!("{older} It took an hour");
        assert!(continues((older, early), (&longer, later)));
        assert!(!continues((older, early), (&longer, next)));
        assert!(!continues(
            (older, early),
            ("The queue stood still.", later)
        ));
    }
}
