//! Comments: what readers say about a post-mortem, or about a part of it. No part of the aggregate: they are said beside it.

use std::fmt;

use chrono::{DateTime, Utc};

use super::ids::{CommentId, PersonId, Version};
use super::postmortem::PostMortem;
use super::text::{Line, Prose};
use super::wording::Place;

/// What a comment is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The post-mortem as a whole.
    Whole,
    /// A section, an event, an account, a finding or an action of it.
    Part(Place),
}

impl About {
    /// Reads it as [`Display`](fmt::Display) writes it: nothing for the whole, otherwise the name of the part.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::Whole);
        }
        let place = Place::parse(text)?;
        let part = matches!(
            place,
            Place::Section(_)
                | Place::Event(_)
                | Place::Account(_)
                | Place::Factor(_)
                | Place::Action(_)
        );
        part.then_some(Self::Part(place))
    }

    /// Where its comments stand on the page, as a fragment.
    #[must_use]
    pub fn anchor(&self) -> String {
        match self {
            Self::Whole => "comments-whole".to_owned(),
            Self::Part(place) => format!("comments-{}", place.anchor()),
        }
    }

    /// Whether the post-mortem has what it is about.
    #[must_use]
    pub fn is_there(&self, postmortem: &PostMortem) -> bool {
        match self {
            Self::Whole => true,
            Self::Part(Place::Section(key)) => !postmortem.section(key).trim().is_empty(),
            Self::Part(Place::Event(id)) => postmortem.events.iter().any(|row| row.id == *id),
            Self::Part(Place::Account(id)) => postmortem.accounts.iter().any(|row| row.id == *id),
            Self::Part(Place::Factor(id)) => postmortem.statements.iter().any(|row| row.id == *id),
            Self::Part(Place::Action(id)) => postmortem.actions.iter().any(|row| row.id == *id),
            Self::Part(_) => false,
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Part(place) => place.fmt(f),
        }
    }
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The record.
    pub id: CommentId,
    /// What it is about.
    pub about: About,
    /// Who said it.
    pub author: PersonId,
    /// Their name: a comment is said by somebody.
    pub name: Line,
    /// The words, Markdown.
    pub text: Prose,
    /// The words as safe HTML, made when they were saved.
    pub html: String,
    /// When it was said.
    pub written_at: DateTime<Utc>,
    /// When its author last changed it.
    pub edited_at: Option<DateTime<Utc>>,
    /// When the thread that it stands in was resolved, after it was said.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Counts its saved versions.
    pub version: Version,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{ActionId, EventId};

    #[test]
    fn what_a_comment_is_about_reads_back_and_is_a_whole_part() {
        let event = EventId::new();
        for about in [
            About::Whole,
            About::Part(Place::Section("summary".to_owned())),
            About::Part(Place::Event(event)),
        ] {
            assert_eq!(About::parse(&about.to_string()), Some(about));
        }
        for other in [
            "title".to_owned(),
            "aside".to_owned(),
            "new/event".to_owned(),
            format!("action/{}/reach", ActionId::new()),
            "x".to_owned(),
        ] {
            assert_eq!(About::parse(&other), None, "{other}");
        }
    }
}
