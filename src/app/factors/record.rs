//! A statement as lines of text, and back.

use super::{ScaleInput, StatementInput};
use crate::app::lines::{Lines, Record, code_of_label, mark, marked};
use crate::domain::actions::Action;
use crate::domain::factors::{Confidence, Evidence, FactorRole, Statement};
use crate::domain::ids::{ActionId, EventId};
use crate::domain::postmortem::SystemKind;
use crate::domain::taxonomy;
use crate::domain::timeline::Event;

/// Whether two versions say the same.
pub(super) fn same(current: &Statement, changed: &Statement) -> bool {
    let mut renumbered = changed.clone();
    renumbered.version = current.version;
    renumbered == *current
}

/// A statement as lines.
pub(super) fn text(statement: &Statement, events: &[Event]) -> String {
    lines(statement, events).into_text()
}

/// A statement that is being removed: its lines, where it stood, and the actions that address it.
pub(super) fn removed(statement: &Statement, events: &[Event], actions: &[Action]) -> String {
    let mut lines = lines(statement, events);
    lines.put("Place", &statement.position.saturating_add(1).to_string());
    for action in actions
        .iter()
        .filter(|action| action.statement == Some(statement.id))
    {
        lines.put(
            "Addressed by",
            &marked(action.title.as_str(), "action", action.id),
        );
    }
    lines.into_text()
}

fn lines(statement: &Statement, events: &[Event]) -> Lines {
    let mut lines = Lines::new();
    lines.put("Finding", statement.text.as_str());
    lines.put("Role", statement.role.label());
    let factor = statement.factor.as_ref().map(|id| {
        let name = taxonomy::core()
            .factor(id)
            .map_or("", |factor| factor.name.as_str());
        marked(name, "factor", id.as_str())
    });
    lines.put("Factor", factor.as_deref().unwrap_or("Uncoded"));
    lines.put("Confidence", statement.confidence.label());
    lines.put("System", statement.system.map_or("", SystemKind::label));
    let component = statement.component.as_ref();
    lines.put(
        "Component",
        component.map_or("", |component| component.name.as_str()),
    );
    lines.put("Without this", statement.without_this.as_str());
    if let Some(scale) = &statement.scale {
        for (name, value) in [
            ("Counted", &scale.quantity),
            ("Unit", &scale.unit),
            ("Made for", &scale.made_for),
            ("Failed at", &scale.failed_at),
            ("Now", &scale.now),
        ] {
            lines.put(name, value);
        }
    }
    for item in &statement.evidence {
        lines.put("Evidence", &evidence(item, events));
    }
    lines
}

fn evidence(item: &Evidence, events: &[Event]) -> String {
    match item {
        Evidence::Link(link) => link.clone(),
        Evidence::Account(role) => format!("account of {}", role.as_str()),
        Evidence::Event(id) => {
            let words = events.iter().find(|event| event.id == *id).map(|event| {
                let text: String = event
                    .text
                    .as_str()
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .chars()
                    .take(80)
                    .collect();
                format!("{} {text}", event.when.typed())
            });
            marked(&words.unwrap_or_default(), "event", id)
        }
    }
}

/// What a removal kept.
pub(super) struct Kept {
    pub(super) input: StatementInput,
    pub(super) position: i32,
    pub(super) actions: Vec<ActionId>,
}

/// Reads the lines of a statement again; events that are gone are left out.
pub(super) fn read(body: &str, events: &[Event]) -> Kept {
    let record = Record::read(body);
    let value = |name| record.first(name);
    let scale = ScaleInput {
        quantity: value("Counted").unwrap_or_default(),
        unit: value("Unit").unwrap_or_default(),
        made_for: value("Made for").unwrap_or_default(),
        failed_at: value("Failed at").unwrap_or_default(),
        now: value("Now").unwrap_or_default(),
    };
    let input = StatementInput {
        statement: value("Finding").unwrap_or_default(),
        factor: value("Factor").and_then(|factor| mark(&factor, "factor").map(str::to_owned)),
        role: code_of_label(
            value("Role"),
            FactorRole::ALL,
            FactorRole::label,
            FactorRole::as_code,
        )
        .unwrap_or_default(),
        confidence: code_of_label(
            value("Confidence"),
            Confidence::ALL,
            Confidence::label,
            Confidence::as_code,
        ),
        component: value("Component"),
        system: code_of_label(
            value("System"),
            SystemKind::ALL,
            SystemKind::label,
            SystemKind::as_code,
        ),
        without_this: value("Without this"),
        scale: Some(scale),
        evidence: record
            .all("Evidence")
            .filter_map(|item| match mark(item, "event") {
                None => Some(item.to_owned()),
                Some(id) => EventId::parse(id)
                    .filter(|id| events.iter().any(|event| event.id == *id))
                    .map(|id| id.to_string()),
            })
            .collect(),
        keeps: Vec::new(),
    };
    Kept {
        input,
        position: value("Place")
            .and_then(|place| place.parse::<i32>().ok())
            .map_or(i32::MAX, |place| place.saturating_sub(1)),
        actions: record
            .all("Addressed by")
            .filter_map(|action| mark(action, "action"))
            .filter_map(ActionId::parse)
            .collect(),
    }
}
