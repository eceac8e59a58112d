//! Actions: ideas, which are free, and commitments, which are promises.

use chrono::{DateTime, NaiveDate, Utc};

use super::codes::coded;
use super::ids::{ActionId, Number, PostMortemId, StatementId, Version};
use super::text::{Line, Prose, Title};

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

/// An action with the post-mortem in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAction {
    /// The action.
    pub action: Action,
    /// The post-mortem.
    pub postmortem: PostMortemId,
    /// Its number.
    pub number: Option<Number>,
    /// Its title.
    pub title: Title,
    /// The finding that the action addresses, in its words.
    pub finding: Option<Prose>,
    /// When the action was first written down, if the history knows.
    pub made_at: Option<DateTime<Utc>>,
}

impl ListedAction {
    /// How many days ago it was first written down, if the history knows.
    #[must_use]
    pub fn age_days(&self, today: NaiveDate) -> Option<i64> {
        self.made_at.map(|at| (today - at.date_naive()).num_days())
    }
}

/// What a list of actions is narrowed by. What is not given does not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActionFilter {
    /// Ideas or commitments.
    pub kind: Option<ActionKind>,
    /// How they stand.
    pub state: Option<ActionState>,
    /// The team or role that owns them.
    pub owner: Option<Line>,
    /// Only those that are open and past their date on this day.
    pub overdue_on: Option<NaiveDate>,
}

/// The place in a list of actions after which the next page begins: ordered by date, those without one last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionCursor {
    /// The date of the last one.
    pub due_on: Option<NaiveDate>,
    /// The last one.
    pub id: ActionId,
}

impl ActionCursor {
    /// Reads what [`ActionCursor::to_text`] wrote; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (day, id) = text.split_once('.')?;
        let due_on = match day {
            "" => None,
            day => Some(NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?),
        };
        Some(Self {
            due_on,
            id: ActionId::parse(id)?,
        })
    }

    /// The cursor as it stands in an address.
    #[must_use]
    pub fn to_text(self) -> String {
        let day = self.due_on.map(|day| day.to_string()).unwrap_or_default();
        format!("{day}.{}", self.id)
    }
}

impl Action {
    /// By how many days it is past its date on a day; `None` if it is not, or not open.
    #[must_use]
    pub fn days_overdue(&self, today: NaiveDate) -> Option<i64> {
        self.due_on
            .filter(|_| self.state == ActionState::Open)
            .map(|due| (today - due).num_days())
            .filter(|days| *days > 0)
    }

    /// What a commitment still lacks, as words for a sentence; empty for ideas and ended actions.
    #[must_use]
    pub fn lacks(&self) -> Vec<&'static str> {
        if self.kind == ActionKind::Idea
            || self.state != ActionState::Open && self.state != ActionState::Done
        {
            return Vec::new();
        }
        let lacks = [
            (self.statement.is_none(), "the finding it addresses"),
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

#[cfg(test)]
mod tests {
    use super::{ActionCursor, ActionId, NaiveDate};

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        for due_on in [None, NaiveDate::from_ymd_opt(2026, 11, 30)] {
            let cursor = ActionCursor {
                due_on,
                id: ActionId::new(),
            };
            assert_eq!(ActionCursor::parse(&cursor.to_text()), Some(cursor));
        }
        for bad in ["", ".", "2026-11-30", "2026-13-30.x", "x.y"] {
            assert_eq!(ActionCursor::parse(bad), None, "{bad}");
        }
    }
}
