//! The Markdown document of one post-mortem: what export writes, and what the import, the gate on the command line
//! and the demonstration read.
//!
//! A document holds what people wrote and nothing of the records behind it: statements point at rows of the timeline by
//! their place, actions at statements. The format is described for people in `docs/FORMAT.md`.
//!
//! **Invariant:** `parse(&write(&document)) == Ok(document)` for every document that [`parse`] or [`Document::of`] gave.

mod actions; // ideas and commitments
mod body; // the headings of the document
mod comments; // comments that keep wording
mod convert; // to and from the aggregate
mod evidence; // #2, https://..., account of ...
mod factors; // factor statements
mod head; // the front matter
mod kept; // wording that is kept, and why
mod items; // "### heading" with "- Key: value" lines
mod lines; // lines with their numbers, headings, escapes
mod moment; // when, as typed and as meant
mod table; // the timeline
mod texts; // the texts in which wording may be kept
pub(in crate::domain) mod wild; // from what was written elsewhere

mod write; // to text

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::actions::{ActionKind, ActionState, Reversibility, Strength};
use super::factors::{Confidence, FactorRole, Scale};
use super::ids::Number;
use super::postmortem::{
    Detection, Impact, Kind, Severity, Status, SystemKind, Tier, Trigger, Visibility,
};
use super::taxonomy::FactorId;
use super::text::{Line, Prose, Title};
use super::timeline::{Effect, Lane, Marker};
use super::when::When;

pub use body::parse;
pub use convert::Founding;
pub use kept::DocumentKept;

pub use wild::read;
pub use write::write;

/// One post-mortem as a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The number it had where it was written; another place gives it another one.
    pub number: Option<Number>,
    /// A plain sentence about what happened.
    pub title: Title,
    /// Incident, crisis, near miss or success.
    pub kind: Kind,
    /// How much form it takes.
    pub tier: Tier,
    /// Computer, people or both.
    pub system: SystemKind,
    /// How grave; `None` if nobody said.
    pub severity: Option<Severity>,
    /// Where it stood when it was written; `None` if the document does not say.
    pub status: Option<Status>,
    /// Who may read it.
    pub visibility: Visibility,
    /// The one zone of its times.
    pub zone: Tz,
    /// The day by which it is filed.
    pub happened_on: Option<NaiveDate>,
    /// What set it off.
    pub trigger: Option<Trigger>,
    /// How it became known.
    pub detection: Option<Detection>,
    /// What was affected.
    pub impacts: Vec<Impact>,
    /// Who took part, as roles.
    pub roles: Vec<Line>,
    /// The role that facilitates the debrief.
    pub facilitator: Option<Line>,
    /// Where the facts come from, or where it was imported from.
    pub source: Option<String>,
    /// Whether somebody other than the writer read and approved it, as the document says.
    pub approved: bool,
    /// Whether its readers, and what it will not be used for, are confirmed, as the document says.
    pub readers_confirmed: bool,
    /// Keys of the front matter that mean nothing here, with their values as JSON.
    pub others: Vec<(String, String)>,
    /// The written sections, in the order of the templates; none is empty.
    pub sections: Vec<DocumentSection>,
    /// The timeline, in its order.
    pub events: Vec<DocumentEvent>,
    /// Markers of which the writers say that nobody knows the moment.
    pub unknown_markers: Vec<Marker>,
    /// What roles saw and thought.
    pub accounts: Vec<DocumentAccount>,
    /// The factor statements, in their order.
    pub statements: Vec<DocumentStatement>,
    /// Ideas and commitments, in their order.
    pub actions: Vec<DocumentAction>,
    /// Why there are no commitments.
    pub no_commitments_because: Prose,
    /// Why more commitments are open than the limit.
    pub over_limit_because: Prose,
    /// Wording that is kept, and why, in the order of the texts.
    pub kept: Vec<DocumentKept>,
}

/// A written section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentSection {
    /// The key within the templates.
    pub key: String,
    /// Markdown.
    pub text: Prose,
}

/// What a role saw and thought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentAccount {
    /// The role.
    pub role: Line,
    /// Markdown.
    pub text: Prose,
}

/// A row of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentEvent {
    /// When, as typed and as read.
    pub when: When,
    /// Whose side it tells.
    pub lane: Lane,
    /// Which moment it marks.
    pub marker: Option<Marker>,
    /// What happened.
    pub text: Prose,
    /// The role concerned.
    pub role: Option<Line>,
    /// Where it can be seen.
    pub source: Option<String>,
    /// What it did to the course of things.
    pub effect: Option<Effect>,
    /// Whether it was known at the time; `None` if nobody said.
    pub known_at_the_time: Option<bool>,
}

/// What a statement rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentEvidence {
    /// A row of the timeline, counted from 0.
    Event(usize),
    /// An address.
    Link(String),
    /// The account of a role.
    Account(Line),
}

/// A factor statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentStatement {
    /// The finding.
    pub text: Prose,
    /// The taxonomy factor; `None` is *uncoded*.
    pub factor: Option<FactorId>,
    /// What it did in this event.
    pub role: FactorRole,
    /// How well it is supported.
    pub confidence: Confidence,
    /// The kind of system it sits in, where it differs.
    pub system: Option<SystemKind>,
    /// What it points at; never a person.
    pub component: Option<Line>,
    /// "Without this, ... would likely have been different."
    pub without_this: Prose,
    /// The scale assumption.
    pub scale: Option<Scale>,
    /// What it rests on.
    pub evidence: Vec<DocumentEvidence>,
}

/// An idea or a commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentAction {
    /// What is to be done.
    pub title: Line,
    /// Idea or commitment.
    pub kind: ActionKind,
    /// The statement it addresses, counted from 0.
    pub addresses: Option<usize>,
    /// What kind of change it is.
    pub strength: Option<Strength>,
    /// The team or role that owns it.
    pub owner: Option<Line>,
    /// The day by which it is promised.
    pub due_on: Option<NaiveDate>,
    /// How we will know that it worked.
    pub known_by: Prose,
    /// Whom or what it touches.
    pub reach: Prose,
    /// How easily it is undone.
    pub reversibility: Option<Reversibility>,
    /// The day on which a rule ends unless it is kept.
    pub expires_on: Option<NaiveDate>,
    /// How it stands.
    pub state: ActionState,
    /// Why it was declined or accepted.
    pub state_reason: Prose,
    /// Where it lives on.
    pub tracker: Option<String>,
}

/// Something in a text that cannot be read as the format wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentProblem {
    /// The line of the file, counted from 1.
    pub line: usize,
    /// What is the matter and what to do.
    pub sentence: String,
}

/// Collects problems while a text is read, so that all are told at once.
#[derive(Debug, Default)]
struct Problems(Vec<DocumentProblem>);

impl Problems {
    fn say(&mut self, line: usize, sentence: impl std::fmt::Display) {
        self.0.push(DocumentProblem {
            line,
            sentence: sentence.to_string(),
        });
    }

    /// Keeps a value, or notes why it cannot be kept.
    fn take<T, E: std::fmt::Display>(&mut self, line: usize, read: Result<T, E>) -> Option<T> {
        read.map_err(|problem| self.say(line, problem)).ok()
    }

    /// Reads a code; an unknown one is a problem that names all known ones.
    fn code<T>(
        &mut self,
        line: usize,
        key: &str,
        typed: &str,
        read: fn(&str) -> Option<T>,
        known: &[&str],
    ) -> Option<T> {
        let value = read(&typed.trim().replace(' ', "-"));
        if value.is_none() {
            let typed: String = typed.chars().take(60).collect();
            self.say(
                line,
                format!("{key}: \"{typed}\" is not one of {}.", known.join(", ")),
            );
        }
        value
    }
}

/// The codes of an enum, for a sentence.
macro_rules! known {
    ($name:ty) => {
        &<$name>::ALL
            .iter()
            .map(|value| value.as_code())
            .collect::<Vec<_>>()
    };
}
use known;

/// Text as a document keeps it: no blank lines before it, no white space after it.
fn prose(field: &'static str, text: &str) -> Result<Prose, super::text::TextProblem> {
    let start = text
        .split_inclusive('\n')
        .take_while(|line| line.trim().is_empty())
        .map(str::len)
        .sum();
    Prose::parse(field, text.get(start..).unwrap_or_default())
}

#[cfg(test)]
mod tests;
