//! The blameless-language checker: points at wording that closes learning and asks a question that opens it.
//!
//! For now a seam: the gate and the doors ask it, and it finds nothing.

use super::codes::coded;

coded! {
    /// How a finding weighs. Hints never block.
    FindingSeverity {
        /// A person is made the cause.
        Blame = "blame", "Blame";
        /// The past is judged by what is known now.
        Hindsight = "hindsight", "Hindsight";
        /// Worth a second look.
        Hint = "hint", "Hint";
    }
}

/// A phrase that closes learning, why it does, and a question that opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it starts, in bytes of the text.
    pub start: usize,
    /// Where it ends, in bytes of the text, exclusive.
    pub end: usize,
    /// The rule's slug.
    pub rule: &'static str,
    /// How it weighs.
    pub severity: FindingSeverity,
    /// One sentence: why this wording closes learning.
    pub why: &'static str,
    /// One question that opens it.
    pub question: &'static str,
}

/// Checks a text, Markdown or plain.
#[must_use]
pub fn check(_text: &str) -> Vec<Finding> {
    Vec::new()
}
