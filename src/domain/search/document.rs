//! What of a post-mortem is searched: its title, its statements, its other words, and which row each of them is from.

use super::lede::first_sentence;
use crate::domain::actions::{Action, ActionKind};
use crate::domain::factors::Statement;
use crate::domain::ids::{AccountId, ActionId, EventId, StatementId};
use crate::domain::markdown;
use crate::domain::postmortem::PostMortem;
use crate::domain::taxonomy::{self, FactorId};
use crate::domain::templates;
use crate::domain::timeline::Lane;
use crate::domain::when;

/// No more of the statements is searched. (PostgreSQL refuses a search vector above 1 MB.)
const STATEMENT_BYTES: usize = 100_000;
/// No more of everything else is searched.
const BODY_BYTES: usize = 400_000;

/// A post-mortem as it is searched and listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The title, and the names by which people ask for it: its number and where it came from.
    pub title: String,
    /// The factor statements with the names of their factors and components.
    pub statements: String,
    /// Summary, timeline, actions, accounts, sections.
    pub body: String,
    /// Which bytes of `statements` and `body` are which row; see [`rows`].
    pub layout: String,
    /// The first sentence of the summary.
    pub lede: String,
    /// The factors of its contributing statements, each once, in their order.
    pub factors: Vec<FactorId>,
}

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

/// One of the two texts while it grows, row after row.
struct Text {
    text: String,
    most: usize,
}

impl Document {
    /// Takes from a post-mortem what is searched and listed of it.
    #[must_use]
    pub fn of(postmortem: &PostMortem) -> Self {
        let mut layout = String::new();
        let mut statements = Text::new(STATEMENT_BYTES);
        for statement in &postmortem.statements {
            add_statement(&mut statements, &mut layout, statement);
        }
        let summary = markdown::to_plain(postmortem.section("summary"));
        let mut body = Text::new(BODY_BYTES);
        body.add(
            &mut layout,
            &Place::Section {
                key: "summary".to_owned(),
            },
            &summary,
        );
        add_rows(&mut body, &mut layout, postmortem);
        for section in postmortem
            .sections
            .iter()
            .filter(|section| section.key != "summary")
        {
            let place = Place::Section {
                key: section.key.clone(),
            };
            body.add(
                &mut layout,
                &place,
                &markdown::to_plain(section.text.as_str()),
            );
        }
        Self {
            title: title(postmortem),
            statements: statements.text,
            body: body.text,
            layout,
            lede: first_sentence(&summary),
            factors: factors(&postmortem.statements),
        }
    }
}

fn title(postmortem: &PostMortem) -> String {
    let facts = &postmortem.facts;
    let names = [
        facts.number.map(|number| number.to_string()),
        facts.source.clone(),
    ];
    std::iter::once(facts.title.as_str().to_owned())
        .chain(names.into_iter().flatten())
        .collect::<Vec<_>>()
        .join("\n")
}

fn factors(statements: &[Statement]) -> Vec<FactorId> {
    let mut factors: Vec<FactorId> = Vec::new();
    let contributing = statements
        .iter()
        .filter(|statement| statement.role.is_contribution());
    for factor in contributing.filter_map(|statement| statement.factor.as_ref()) {
        if !factors.contains(factor) {
            factors.push(factor.clone());
        }
    }
    factors
}

fn add_statement(text: &mut Text, layout: &mut String, statement: &Statement) {
    let place = Place::Statement {
        id: statement.id,
        factor: statement.factor.clone(),
    };
    text.add(layout, &place, statement.text.as_str());
    text.add(layout, &place, statement.without_this.as_str());
    let factor = statement
        .factor
        .as_ref()
        .and_then(|id| taxonomy::core().factor(id))
        .map(|factor| factor.name.as_str());
    let component = statement
        .component
        .as_ref()
        .map(|component| component.name.as_str());
    let names: Vec<&str> = [factor, component].into_iter().flatten().collect();
    text.add(
        layout,
        &Place::Names { id: statement.id },
        &names.join(" · "),
    );
}

/// Timeline, actions and accounts, which are short; long sections come after them.
fn add_rows(text: &mut Text, layout: &mut String, postmortem: &PostMortem) {
    for event in &postmortem.events {
        let place = Place::Event {
            id: event.id,
            lane: event.lane,
            time: when::clock(&event.when, postmortem.facts.zone),
        };
        let role = event.role.as_ref().map(|role| role.as_str());
        text.add(layout, &place, &told_by(role, event.text.as_str()));
    }
    for action in &postmortem.actions {
        let place = Place::Action {
            id: action.id,
            kind: action.kind,
        };
        text.add(layout, &place, &action_words(action));
    }
    for account in &postmortem.accounts {
        let place = Place::Account {
            id: account.id,
            role: account.role.as_str().to_owned(),
        };
        let plain = markdown::to_plain(account.text.as_str());
        text.add(
            layout,
            &place,
            &told_by(Some(account.role.as_str()), &plain),
        );
    }
}

fn told_by(role: Option<&str>, text: &str) -> String {
    match role {
        Some(role) => format!("{role}: {text}"),
        None => text.to_owned(),
    }
}

fn action_words(action: &Action) -> String {
    let words = [
        action.title.as_str(),
        action.owner.as_ref().map_or("", |owner| owner.as_str()),
        action.known_by.as_str(),
        action.reach.as_str(),
        action.state_reason.as_str(),
    ];
    let words: Vec<&str> = words
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    words.join(" · ")
}

impl Text {
    fn new(most: usize) -> Self {
        Self {
            text: String::new(),
            most,
        }
    }

    /// Adds a row, as far as there is room.
    fn add(&mut self, layout: &mut String, place: &Place, words: &str) {
        let words = words.trim();
        let room = self.most.saturating_sub(self.text.len());
        let end = words.floor_char_boundary(room.min(words.len()));
        let Some(words) = words.get(..end).filter(|words| !words.is_empty()) else {
            return;
        };
        self.text.push_str(words);
        self.text.push('\n');
        place.write(layout, words.len());
    }
}

impl Place {
    /// A line of the layout: a letter for the kind, the length, the id, and what the quote's caption needs.
    fn write(&self, layout: &mut String, bytes: usize) {
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
