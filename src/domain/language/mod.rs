//! The blameless-language checker: points at wording that closes learning and asks a question that opens it.
//!
//! It judges words, never a text or a person: there is no score. Rules and words are data (`rules/`, `lexicon/`).
//! The way of a text: Markdown is hidden as far as it is not the author's prose (`mask`), blocks are cut into
//! sentences, sentences with a word that a rule looks for into tokens; a pattern is laid on them (`matching`), the
//! subject is found (`subject`), the words around it may cancel (`scope`), and of several findings in one clause the
//! most specific stays (`merge`). See `docs/language.md`.

mod inflect; // forms of verbs and nouns
mod lexicon; // the words, by class
mod words; // an organisation's own words
mod grammar; // the classes the grammar asks for
mod mask; // what is not judged
mod quotes; // quotations and addresses in a block
mod sentences; // where a sentence ends
mod tokens; // words and marks
mod phrases; // person or system
mod subject; // who does it
mod pattern; // the language of rules
mod matching; // a pattern on a sentence
mod rules; // the rules
mod scope; // what cancels
mod evidence; // what the document says of a name
mod triggers; // where a rule's word stands
mod engine; // one text, checked
mod merge; // one finding for each clause
#[cfg(test)]
mod tests;

pub use words::Words;

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
    /// Words that can stand there instead, where that is safe without knowing what happened.
    pub rewrite: Option<&'static str>,
}

/// Finds wording to look at again in a text, Markdown or plain.
///
/// The findings are in the order of the text and do not overlap. The time is linear in the length of the text.
#[must_use]
pub fn findings(text: &str, own: &Words) -> Vec<Finding> {
    engine::findings(text, own)
}

/// What the publication gate asks for; for now a seam that finds nothing.
#[must_use]
pub fn check(_text: &str) -> Vec<Finding> {
    Vec::new()
}

/// What is wrong with the rules and words, for whoever edits them.
///
/// # Errors
///
/// The first thing that cannot be read.
pub fn problem() -> Result<(), String> {
    engine::Engine::load().map(|_| ())
}
