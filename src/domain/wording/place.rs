//! The texts of a post-mortem in which wording is looked at, each by a name of its own.

use std::fmt;

use crate::domain::codes::coded;
use crate::domain::ids::{AccountId, ActionId, EventId, StatementId};

/// A text of a post-mortem in which wording is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The title.
    Title,
    /// Why there are no commitments.
    NoCommitments,
    /// Why more commitments are open than the limit.
    OverLimit,
    /// A section, by its key.
    Section(String),
    /// The text of a timeline event.
    Event(EventId),
    /// An account.
    Account(AccountId),
    /// A factor statement.
    Factor(StatementId),
    /// What would have been different without the condition that a statement names.
    WithoutThis(StatementId),
    /// What is to be done.
    Action(ActionId),
    /// How we will know that an action worked.
    KnownBy(ActionId),
    /// Whom or what an action touches.
    Reach(ActionId),
    /// Why an action was declined or accepted.
    StateReason(ActionId),
    /// A text of a row that is not saved yet. Nothing is kept under this name.
    New(RowText),
    /// What somebody says about a change or beside the text: looked at as advice, never kept, never asked about.
    Aside,
}

coded! {
    /// A text of a row of a post-mortem, whichever row it is.
    RowText {
        /// What happened.
        Event = "event", "an event";
        /// What a role saw, and thought was going on.
        Account = "account", "an account";
        /// The finding.
        Factor = "factor", "a finding";
        /// What would have been different without it.
        WithoutThis = "without-this", "what would be different without a finding";
        /// What is to be done.
        Action = "action", "an action";
        /// How we will know that it worked.
        KnownBy = "known-by", "how an action will be known to have worked";
        /// Whom or what it touches.
        Reach = "reach", "whom an action touches";
        /// Why it was declined or accepted.
        StateReason = "reason", "why an action is declined or accepted";
    }
}

impl Place {
    /// Reads a place as [`Display`](fmt::Display) writes it: `title`, `section/summary`, `action/<id>/known-by`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "title" => return Some(Self::Title),
            "no-commitments" => return Some(Self::NoCommitments),
            "over-limit" => return Some(Self::OverLimit),
            "aside" => return Some(Self::Aside),
            _ => {}
        }
        let (kind, which) = text.split_once('/')?;
        let (which, field) = match which.split_once('/') {
            Some((which, field)) => (which, Some(field)),
            None => (which, None),
        };
        match (kind, field) {
            ("section", None) => Some(Self::Section(which.to_owned())),
            ("new", None) => RowText::from_code(which).map(Self::New),
            ("event", None) => EventId::parse(which).map(Self::Event),
            ("account", None) => AccountId::parse(which).map(Self::Account),
            ("factor", None) => StatementId::parse(which).map(Self::Factor),
            ("factor", Some("without-this")) => StatementId::parse(which).map(Self::WithoutThis),
            ("action", None) => ActionId::parse(which).map(Self::Action),
            ("action", Some("known-by")) => ActionId::parse(which).map(Self::KnownBy),
            ("action", Some("reach")) => ActionId::parse(which).map(Self::Reach),
            ("action", Some("reason")) => ActionId::parse(which).map(Self::StateReason),
            _ => None,
        }
    }

    /// Where it stands in the editor, as a fragment: `section-summary`, `event-<id>`, `action-<id>-known-by`.
    #[must_use]
    pub fn anchor(&self) -> String {
        self.to_string().replace('/', "-")
    }

    /// The place by whose record it is saved: its own, or that of the text beside which it stands.
    #[must_use]
    pub fn record(&self) -> Self {
        match self {
            Self::NoCommitments | Self::OverLimit => Self::Title,
            Self::WithoutThis(id) => Self::Factor(*id),
            Self::KnownBy(id) | Self::Reach(id) | Self::StateReason(id) => Self::Action(*id),
            other => other.clone(),
        }
    }

    /// What it is called in a sentence.
    #[must_use]
    pub const fn noun(&self) -> &'static str {
        match self {
            Self::Title => "the title",
            Self::NoCommitments => "the reason for no commitments",
            Self::OverLimit => "the reason for more commitments than the limit",
            Self::Section(_) => "a section",
            Self::Aside => "what is said beside it",
            Self::New(text) => text.label(),
            Self::Event(_) => RowText::Event.label(),
            Self::Account(_) => RowText::Account.label(),
            Self::Factor(_) => RowText::Factor.label(),
            Self::WithoutThis(_) => RowText::WithoutThis.label(),
            Self::Action(_) => RowText::Action.label(),
            Self::KnownBy(_) => RowText::KnownBy.label(),
            Self::Reach(_) => RowText::Reach.label(),
            Self::StateReason(_) => RowText::StateReason.label(),
        }
    }

    /// What it is called within the form that it is written in, saved or not: the same for every row of a kind.
    #[must_use]
    pub fn in_form(&self) -> String {
        match self {
            Self::Event(_) => RowText::Event.as_code().to_owned(),
            Self::Account(_) => RowText::Account.as_code().to_owned(),
            Self::Factor(_) => RowText::Factor.as_code().to_owned(),
            Self::WithoutThis(_) => RowText::WithoutThis.as_code().to_owned(),
            Self::Action(_) => RowText::Action.as_code().to_owned(),
            Self::KnownBy(_) => RowText::KnownBy.as_code().to_owned(),
            Self::Reach(_) => RowText::Reach.as_code().to_owned(),
            Self::StateReason(_) => RowText::StateReason.as_code().to_owned(),
            Self::New(text) => text.as_code().to_owned(),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Title => f.write_str("title"),
            Self::NoCommitments => f.write_str("no-commitments"),
            Self::OverLimit => f.write_str("over-limit"),
            Self::Aside => f.write_str("aside"),
            Self::Section(key) => write!(f, "section/{key}"),
            Self::New(text) => write!(f, "new/{}", text.as_code()),
            Self::Event(id) => write!(f, "event/{id}"),
            Self::Account(id) => write!(f, "account/{id}"),
            Self::Factor(id) => write!(f, "factor/{id}"),
            Self::WithoutThis(id) => write!(f, "factor/{id}/without-this"),
            Self::Action(id) => write!(f, "action/{id}"),
            Self::KnownBy(id) => write!(f, "action/{id}/known-by"),
            Self::Reach(id) => write!(f, "action/{id}/reach"),
            Self::StateReason(id) => write!(f, "action/{id}/reason"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back() {
        let places = [
            Place::Title,
            Place::NoCommitments,
            Place::OverLimit,
            Place::Aside,
            Place::Section("summary".to_owned()),
            Place::Event(EventId::new()),
            Place::Account(AccountId::new()),
            Place::Factor(StatementId::new()),
            Place::WithoutThis(StatementId::new()),
            Place::Action(ActionId::new()),
            Place::KnownBy(ActionId::new()),
            Place::Reach(ActionId::new()),
            Place::StateReason(ActionId::new()),
        ];
        let new = RowText::ALL.iter().map(|text| Place::New(*text));
        for place in places.into_iter().chain(new) {
            assert_eq!(Place::parse(&place.to_string()), Some(place));
        }
        let action = ActionId::new();
        for other in [
            "",
            "section",
            "section/a/b",
            "event/1",
            "person/x",
            "/",
            "new/title",
            &format!("action/{action}/owner"),
            &format!("event/{action}/reach"),
        ] {
            assert_eq!(Place::parse(other), None, "{other}");
        }
    }
}
