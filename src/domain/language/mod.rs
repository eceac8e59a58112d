//! The blameless-language checker: points at wording that closes learning and asks a question that opens it.
//!
//! It judges words, never a text or a person: there is no score. Rules and words are data (`rules/`, `lexicon/`).
//! The way of a text: Markdown is hidden as far as it is not the author's prose (`mask`), blocks are cut into
//! sentences and tokens; where a word stands that a rule looks for, its pattern is laid on them (`matching`), the
//! subject is found (`subject`), the words around it may cancel (`scope`), and of several findings in one clause the
//! most specific stays (`merge`). See `docs/language.md`.

mod work; // how much work was done, for tests
mod inflect; // forms of verbs and nouns
mod lexicon; // the words, by class
mod guess; // what the ending of a word tells
mod known; // words by key
mod words; // an organisation's own words
mod grammar; // the classes the grammar asks for
mod scan; // sets of bytes
mod buffer; // a list that is filled again
mod mask; // what is not judged
mod quotes; // quotations and addresses in a block
mod sentences; // where a sentence ends
mod tokens; // words and marks
mod reader; // sentence by sentence
mod contracted; // words of any signs
mod phrases; // person or system
mod subject; // who does it
mod places; // what stands where in a sentence
mod near; // what stands near an anchor
mod pattern; // the language of rules
mod parse; // patterns as they are written
mod matching; // a pattern on a sentence
mod seen; // what is in a sentence at all
mod sentence; // one sentence while it is judged
mod conditions; // what cancels or is needed
mod rules; // the rules
mod index; // which rules look for which word
mod scope; // what cancels
mod evidence; // what the document says of a name
mod engine; // one text, checked
mod merge; // one finding for each clause
mod keep; // comments that keep wording
mod located; // where a finding stands
mod answers; // the sentence around a finding
mod speech; // what somebody says in a chat
mod spelt; // names as they are spelt
mod naming; // names of people
#[cfg(test)]
mod tests;

pub use answers::{Found, in_sentences};
pub use located::{Located, Place};
pub use naming::{Named, names_in};
pub use spelt::{Spellings, possessive};
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

/// Finds wording to look at again, as the command line and the API show it: with its places, without what comments in
/// the text keep (`<!-- second-story keep: RULE, because REASON -->`), and with such comments that keep nothing, in the order in which they begin.
#[must_use]
pub fn lint(text: &str, own: &Words) -> Vec<Located> {
    let slugs: Vec<&str> = rules().map(|rule| rule.slug).collect();
    located::locate(text, keep::heed(text, findings(text, own), &slugs))
}

/// A rule, for those who list them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its slug.
    pub slug: &'static str,
    /// How its findings weigh.
    pub severity: FindingSeverity,
    /// Why such wording closes learning.
    pub why: &'static str,
    /// One question that opens it.
    pub question: &'static str,
}

/// Every rule, in the order of the guide.
pub fn rules() -> impl Iterator<Item = Rule> {
    engine::rules().iter().map(|rule| Rule {
        slug: &rule.id,
        severity: rule.severity,
        why: &rule.reason,
        question: &rule.question,
    })
}

/// Reads the rules and words. Without them nothing would ever be found, so whoever starts a command that checks
/// wording calls this first.
///
/// # Errors
///
/// The first thing that cannot be read: the program was built with data that its tests refuse.
pub fn ready() -> Result<(), NotReady> {
    match engine::engine() {
        Ok(_) => Ok(()),
        Err(problem) => Err(NotReady(problem)),
    }
}

/// Why the checker cannot work.
#[derive(Debug, thiserror::Error)]
#[error(
    "The rules of the language checker cannot be read: {0}. This copy of the program is broken; install another."
)]
pub struct NotReady(&'static str);
