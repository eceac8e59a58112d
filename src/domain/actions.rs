//! Actions: ideas, which are free, and commitments, which are promises.

use chrono::NaiveDate;

use super::codes::coded;
use super::ids::{ActionId, StatementId, Version};
use super::text::{Line, Prose};

coded! {
    /// Whether an action is thought of or promised.
    ActionKind {
        /// Thought of; owes nothing.
        Idea = "idea", "Idea";
        /// Promised: with an owner, a day, and how we will know.
        Commitment = "commitment", "Commitment";
    }
}

coded! {
    /// What kind of change it is, strongest first (after the hierarchy of hazard controls).
    Strength {
        /// The hazard goes.
        Remove = "remove", "Remove the condition";
        /// The design changes.
        Design = "design", "Change the design";
        /// Something stands between.
        Barrier = "barrier", "Put something in between";
        /// It is seen earlier.
        Signal = "signal", "Make it visible";
        /// It is written down.
        Guidance = "guidance", "Write it down";
        /// It is practised.
        Training = "training", "Practise it";
    }
}

coded! {
    /// How easily it is undone.
    Reversibility {
        /// In a moment.
        Easy = "easy", "Easily undone";
        /// With effort.
        Costly = "costly", "Costly to undo";
        /// Not.
        OneWay = "one-way", "Cannot be undone";
    }
}

coded! {
    /// How an action stands or ended.
    ActionState {
        /// Still to be done.
        Open = "open", "Open";
        /// Done.
        Done = "done", "Done";
        /// Decided against, with a reason.
        Declined = "declined", "Declined";
        /// The condition is accepted, with a reason.
        Accepted = "accepted", "Accepted";
        /// Lives on in a tracker.
        HandedOver = "handed-over", "Handed over";
    }
}

/// One idea or commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The record.
    pub id: ActionId,
    /// Its place in the list, counted from 0.
    pub position: i32,
    /// What is to be done.
    pub title: Line,
    /// Idea or commitment.
    pub kind: ActionKind,
    /// The factor statement it addresses.
    pub statement: Option<StatementId>,
    /// What kind of change it is.
    pub strength: Option<Strength>,
    /// The team or role that owns it; never a person.
    pub owner: Option<Line>,
    /// The day by which it is promised.
    pub due_on: Option<NaiveDate>,
    /// How we will know that it worked.
    pub known_by: Prose,
    /// Whom or what it touches.
    pub reach: Prose,
    /// How easily it is undone.
    pub reversibility: Option<Reversibility>,
    /// The day on which a new rule ends unless it is kept.
    pub expires_on: Option<NaiveDate>,
    /// How it stands.
    pub state: ActionState,
    /// Why it was declined or accepted.
    pub state_reason: Prose,
    /// Where it lives on, if handed over.
    pub tracker: Option<String>,
    /// Counts its saved versions.
    pub version: Version,
}

impl Action {
    /// What a commitment still lacks, as words for a sentence; empty for ideas and ended actions.
    #[must_use]
    pub fn lacks(&self) -> Vec<&'static str> {
        if self.kind == ActionKind::Idea
            || self.state != ActionState::Open && self.state != ActionState::Done
        {
            return Vec::new();
        }
        let lacks = [
            (
                self.statement.is_none(),
                "the factor statement it addresses",
            ),
            (self.owner.is_none(), "an owner (a team or role)"),
            (self.due_on.is_none(), "a due date"),
            (self.known_by.is_blank(), "how we will know that it worked"),
        ];
        lacks
            .into_iter()
            .filter_map(|(missing, words)| missing.then_some(words))
            .collect()
    }
}
