//! Rows of a post-mortem that can be quoted, and how they are noted beside the text that is searched.

use crate::domain::actions::ActionKind;
use crate::domain::ids::{AccountId, ActionId, EventId, StatementId};
use crate::domain::taxonomy::{self, FactorId};
use crate::domain::templates;
use crate::domain::timeline::Lane;

/// A row of a post-mortem that can be quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A written section.
    Section {
        /// Its key within the templates.
        key: String,
    },
    /// What a role told.
    Account {
        /// Which.
        id: AccountId,
        /// The role.
        role: String,
    },
    /// A row of the timeline.
    Event {
        /// Which.
        id: EventId,
        /// Its lane.
        lane: Lane,
        /// Its time, as a reader sees it.
        time: String,
    },
    /// A factor statement.
    Statement {
        /// Which.
        id: StatementId,
        /// What it is coded with.
        factor: Option<FactorId>,
    },
    /// The names of a statement's factor and component.
    Names {
        /// The statement.
        id: StatementId,
    },
    /// An idea or a commitment.
    Action {
        /// Which.
        id: ActionId,
        /// Idea or commitment.
        kind: ActionKind,
    },
}

/// A row, and how many bytes of the text it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which row.
    pub place: Place,
    /// Its length in bytes. A line end stands between two rows.
    pub bytes: usize,
}

impl Place {
    /// A line of the layout: a letter for the kind, the length, the id, and what the quote's caption needs.
    pub(super) fn write(&self, layout: &mut String, bytes: usize) {
        let line = match self {
            Self::Section { key } => format!("s {bytes} {key} "),
            Self::Account { id, role } => format!("a {bytes} {} {role}", id.0.simple()),
            Self::Event { id, lane, time } => {
                format!("e {bytes} {} {} {time}", id.0.simple(), lane.as_code())
            }
            Self::Statement { id, factor } => {
                let factor = factor.as_ref().map_or("", FactorId::as_str);
                format!("f {bytes} {} {factor}", id.0.simple())
            }
            Self::Names { id } => format!("n {bytes} {} ", id.0.simple()),
            Self::Action { id, kind } => format!("i {bytes} {} {}", id.0.simple(), kind.as_code()),
        };
        layout.push_str(&line);
        layout.push('\n');
    }

    fn read(kind: &str, id: &str, rest: &str) -> Option<Self> {
        Some(match kind {
            "s" => Self::Section { key: id.to_owned() },
            "a" => Self::Account {
                id: AccountId::parse(id)?,
                role: rest.to_owned(),
            },
            "e" => {
                let (lane, time) = rest.split_once(' ')?;
                Self::Event {
                    id: EventId::parse(id)?,
                    lane: Lane::from_code(lane)?,
                    time: time.to_owned(),
                }
            }
            "f" => {
                let factor = (!rest.is_empty()).then(|| FactorId::stored(rest));
                Self::Statement {
                    id: StatementId::parse(id)?,
                    factor,
                }
            }
            "n" => Self::Names {
                id: StatementId::parse(id)?,
            },
            "i" => Self::Action {
                id: ActionId::parse(id)?,
                kind: ActionKind::from_code(rest)?,
            },
            _ => return None,
        })
    }

    /// Whether the row stands in the statements, not in the body.
    pub(super) fn is_of_statements(&self) -> bool {
        matches!(self, Self::Statement { .. } | Self::Names { .. })
    }

    /// Where on the page of the post-mortem the row stands, without the `#`.
    #[must_use]
    pub fn fragment(&self) -> String {
        match self {
            Self::Section { key } => format!("section-{key}"),
            Self::Account { id, .. } => format!("account-{id}"),
            Self::Event { id, .. } => format!("event-{id}"),
            Self::Statement { id, .. } | Self::Names { id } => format!("factor-{id}"),
            Self::Action { id, .. } => format!("action-{id}"),
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Section { key } => {
                let section = templates::core().section(key);
                f.write_str(section.map_or("Section", |section| &section.heading))
            }
            Self::Account { role, .. } => write!(f, "Account: {role}"),
            Self::Event { lane, time, .. } => {
                write!(f, "Timeline, {time}, {}", lane.label().to_lowercase())
            }
            Self::Statement { factor, .. } => {
                let factor = factor.as_ref().and_then(|id| taxonomy::core().factor(id));
                match factor {
                    Some(factor) => write!(f, "Finding: {}", factor.name),
                    None => f.write_str("Finding"),
                }
            }
            Self::Names { .. } => f.write_str("Finding, by its factor and component"),
            Self::Action { kind, .. } => f.write_str(kind.label()),
        }
    }
}

/// Reads a layout back. `None` if this program cannot have written it.
#[must_use]
pub fn rows(layout: &str) -> Option<Vec<Row>> {
    layout
        .lines()
        .map(|line| {
            let mut parts = line.splitn(4, ' ');
            let (kind, bytes, id) = (parts.next()?, parts.next()?, parts.next()?);
            Some(Row {
                place: Place::read(kind, id, parts.next()?)?,
                bytes: bytes.parse().ok()?,
            })
        })
        .collect()
}
