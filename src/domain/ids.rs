//! One newtype per kind of record, so that no id is ever taken for another.
//!
//! Ids are UUIDs of version 7: unguessable in their random part, and ordered by the time they were made.

use uuid::Uuid;

/// Declares id newtypes over a UUIDv7.
macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id. Its random part comes from the operating system.
            #[must_use]
            #[expect(clippy::new_without_default, reason = "every call gives another id")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            /// Reads an id as it stands in an address; `None` if it is not one.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    )+};
}

ids! {
    /// A post-mortem.
    PostMortemId;
    /// A written section of a post-mortem.
    SectionId;
    /// An account by a role.
    AccountId;
    /// A timeline event.
    EventId;
    /// A factor statement.
    StatementId;
    /// An action: idea or commitment.
    ActionId;
    /// A component that factor statements point at; never a person.
    ComponentId;
    /// A recurring cause.
    CauseId;
    /// A link from a recurring cause to a factor statement.
    CauseLinkId;
    /// A fix that was tried for a recurring cause.
    FixId;
    /// A decision about a recurring cause.
    DecisionId;
    /// A person with an account.
    PersonId;
    /// A personal API token.
    TokenId;
    /// A saved version of some text.
    RevisionId;
    /// A link between two post-mortems.
    LinkId;
    /// A post-mortem on the reading list.
    ChosenId;
    /// A comment on a post-mortem.
    CommentId;
    /// What was imported from another program.
    RecordId;
}

/// Counts the saved versions of one record; the first is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version(pub i32);

impl Version {
    /// The version of a new record.
    pub const FIRST: Self = Self(1);

    /// The version after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The number people say aloud: PM-42.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number(pub i32);

impl Number {
    /// Reads `PM-42`, `pm42` or `42`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = match text.get(..2) {
            Some(head) if head.eq_ignore_ascii_case("pm") => text.get(2..)?.trim_start_matches('-'),
            _ => text,
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok().filter(|number| *number > 0).map(Self)
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PM-{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn a_number_is_read_as_people_say_it() {
        for (typed, read) in [
            ("PM-42", Some(42)),
            ("pm42", Some(42)),
            ("42", Some(42)),
            ("PM-", None),
            ("PM-0", None),
            ("é1", None),
            ("99999999999", None),
        ] {
            assert_eq!(Number::parse(typed).map(|number| number.0), read, "{typed}");
        }
    }
}
