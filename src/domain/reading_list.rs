//! The reading list: post-mortems that were chosen for people who are new, each with a question to read it by.

use super::ids::{ChosenId, Version};
use super::listing::Card;
use super::text::Line;

/// A post-mortem on the reading list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The entry.
    pub id: ChosenId,
    /// The post-mortem.
    pub card: Card,
    /// What to ask oneself while reading it.
    pub question: Line,
    /// Counts the saved versions of the question.
    pub version: Version,
}
