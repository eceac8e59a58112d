//! Factor statements: one finding each, in plain words, with its evidence.

mod prompts;

pub use prompts::{BlindSidePrompt, blind_side_prompts};

use chrono::NaiveDate;

use super::codes::coded;
use super::ids::{ComponentId, EventId, Number, PostMortemId, StatementId, Version};
use super::postmortem::SystemKind;
use super::taxonomy::{FactorId, Taxonomy};
use super::text::{Line, Prose, Title};

coded! {
    /// What a factor did in this event. Taxonomy core 1.0.0, facet `role`.
    FactorRole {
        /// It helped bring the event about.
        Contributing = "contributing", "Contributed";
        /// It slowed noticing, containing, restoring or explaining.
        WeakenedResponse = "weakened-response", "Weakened the response";
        /// A strength.
        Mitigating = "mitigating", "Helped";
        /// Chance stood in for a safeguard.
        Luck = "luck", "Luck";
        /// Looked into and not supported by the evidence.
        Considered = "considered", "Considered, not supported";
    }
}

impl FactorRole {
    /// Whether it brought the event about or made it worse.
    #[must_use]
    pub const fn is_contribution(self) -> bool {
        matches!(self, Self::Contributing | Self::WeakenedResponse)
    }

    /// Whether it is something that held, by strength or by luck.
    #[must_use]
    pub const fn held(self) -> bool {
        matches!(self, Self::Mitigating | Self::Luck)
    }
}

coded! {
    /// How well a statement is supported.
    Confidence {
        /// The evidence shows it.
        Shown = "shown", "Shown";
        /// Reasoned from other facts; never counted in trend tests.
        Inferred = "inferred", "Inferred";
    }
}

/// What a statement rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A row of the timeline.
    Event(EventId),
    /// An address.
    Link(String),
    /// The account of a role.
    Account(Line),
}

/// The component a statement points at: a service, interface, process, policy, hand-off, vendor, meeting,
/// team or role. Never a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// The record.
    pub id: ComponentId,
    /// Its name.
    pub name: Line,
}

/// A quantity that an arrangement was made for, and what became of it (rule 1: scale).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scale {
    /// What is counted.
    pub quantity: String,
    /// In what.
    pub unit: String,
    /// The value it was made for, as written.
    pub made_for: String,
    /// The value at which it failed, as written.
    pub failed_at: String,
    /// The value now, as written.
    pub now: String,
}

/// One finding in plain words, coded with at most one factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The record.
    pub id: StatementId,
    /// Its place in the list, counted from 0.
    pub position: i32,
    /// The finding.
    pub text: Prose,
    /// The taxonomy factor; `None` is *uncoded*, which is allowed and counted.
    pub factor: Option<FactorId>,
    /// The version of the taxonomy it was coded with.
    pub taxonomy_version: String,
    /// What it did in this event.
    pub role: FactorRole,
    /// How well it is supported.
    pub confidence: Confidence,
    /// The kind of system it sits in, where it differs from the post-mortem's.
    pub system: Option<SystemKind>,
    /// What it points at.
    pub component: Option<Component>,
    /// "Without this, ... would likely have been different."
    pub without_this: Prose,
    /// The scale assumption, if it records one.
    pub scale: Option<Scale>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Counts its saved versions.
    pub version: Version,
}

/// A statement with the post-mortem in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The statement.
    pub statement: StatementId,
    /// Its words.
    pub text: Prose,
    /// What it did in this event.
    pub role: FactorRole,
    /// How well it is supported.
    pub confidence: Confidence,
    /// What it points at.
    pub component: Option<Line>,
    /// The post-mortem.
    pub postmortem: PostMortemId,
    /// Its number.
    pub number: Option<Number>,
    /// Its title.
    pub title: Title,
    /// The day by which it is filed.
    pub filed_on: NaiveDate,
}

/// In how many post-mortems a factor is named, each post-mortem counted once for each group of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FactorCount {
    /// As contributing, or as weakening the response.
    pub contributed: i64,
    /// As a strength, or as luck.
    pub held: i64,
    /// As considered and not supported.
    pub considered: i64,
}

/// The contributing statements that describe where people stood (the taxonomy's companion rule) while no
/// other contributing statement says what put them there.
///
/// A companion is a contributing statement of another factor which needs no companion itself.
#[must_use]
pub fn without_companion<'a>(
    statements: &'a [Statement],
    taxonomy: &Taxonomy,
) -> Vec<&'a Statement> {
    let needs = |statement: &&Statement| {
        statement
            .factor
            .as_ref()
            .and_then(|id| taxonomy.factor(id))
            .is_some_and(|factor| factor.needs_companion)
    };
    let contributing = || {
        statements
            .iter()
            .filter(|statement| statement.role.is_contribution())
    };
    let companions = contributing()
        .filter(|statement| statement.factor.is_some() && !needs(statement))
        .count();
    // Each statement about people's position wants a companion of its own.
    contributing().filter(needs).skip(companions).collect()
}
