//! What was learned about a component: the post-mortems in which a finding points at it.

use super::listing::Card;
use super::placed::PlacedStatement;

/// One post-mortem that says something about a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// The post-mortem.
    pub card: Card,
    /// The first sentence of what surprised people; empty if nothing is said.
    pub surprise: String,
    /// The findings that point at the component, in the order of the post-mortem.
    pub findings: Vec<PlacedStatement>,
}

/// A component, and in how many finished post-mortems it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentCount {
    /// Its name, in the spelling that comes first.
    pub name: String,
    /// In how many published or archived post-mortems a finding points at it.
    pub postmortems: usize,
}

/// Puts findings under their post-mortems, which keep their order.
///
/// `surprises` are first sentences in the order of the cards.
#[must_use]
pub fn lessons(
    cards: Vec<Card>,
    surprises: &[String],
    findings: &[PlacedStatement],
) -> Vec<Lesson> {
    cards
        .into_iter()
        .enumerate()
        .map(|(place, card)| Lesson {
            surprise: surprises.get(place).cloned().unwrap_or_default(),
            findings: findings
                .iter()
                .filter(|finding| finding.postmortem == card.id)
                .cloned()
                .collect(),
            card,
        })
        .collect()
}
