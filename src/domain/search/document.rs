//! What of a post-mortem is searched: its title, its statements, its other words, and which row each of them is from.

use super::about::{about, named};
use super::lede::first_sentence;
use super::place::Place;
use crate::domain::actions::Action;
use crate::domain::factors::Statement;
use crate::domain::markdown;
use crate::domain::postmortem::PostMortem;
use crate::domain::taxonomy::{self, FactorId};
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
    /// Which bytes of `statements` and `body` are which row; see [`rows`](super::rows).
    pub layout: String,
    /// The first sentence of the summary.
    pub lede: String,
    /// The factors of its contributing statements, each once, in their order.
    pub factors: Vec<FactorId>,
    /// What its statements name; see [`about`](super::about()).
    pub about: String,
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
            about: about(named(&postmortem.statements)),
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
