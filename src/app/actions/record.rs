//! An action as lines of text, and back.

use super::{ActionInput, StateInput};
use crate::app::lines::{Lines, Record, code_of_label, mark, marked};
use crate::domain::actions::{Action, ActionKind, ActionState, Reversibility, Strength};
use crate::domain::factors::Statement;
use crate::domain::ids::StatementId;

/// Whether two versions say the same.
pub(super) fn same(current: &Action, changed: &Action) -> bool {
    let mut renumbered = changed.clone();
    renumbered.version = current.version;
    renumbered == *current
}

/// An action as lines.
pub(super) fn text(action: &Action, statements: &[Statement]) -> String {
    lines(action, statements).into_text()
}

/// An action that is being removed: its lines, and where it stood.
pub(super) fn removed(action: &Action, statements: &[Statement]) -> String {
    let mut lines = lines(action, statements);
    lines.put("Place", &action.position.saturating_add(1).to_string());
    lines.into_text()
}

fn lines(action: &Action, statements: &[Statement]) -> Lines {
    let mut lines = Lines::new();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let addressed = action.statement.map(|id| {
        let words = statements
            .iter()
            .find(|statement| statement.id == id)
            .map_or("", |statement| statement.text.as_str());
        let words: String = words
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(120)
            .collect();
        marked(&words, "finding", id)
    });
    lines.put("Action", action.title.as_str());
    lines.put("Kind", action.kind.label());
    lines.put("Addresses", addressed.as_deref().unwrap_or_default());
    lines.put("Strength", action.strength.map_or("", Strength::label));
    lines.put(
        "Owner",
        action.owner.as_ref().map_or("", |owner| owner.as_str()),
    );
    lines.put("Due", &day(action.due_on));
    lines.put("Known by", action.known_by.as_str());
    lines.put("Reach", action.reach.as_str());
    lines.put(
        "Reversibility",
        action.reversibility.map_or("", Reversibility::label),
    );
    lines.put("Ends", &day(action.expires_on));
    lines.put("State", action.state.label());
    lines.put("Reason", action.state_reason.as_str());
    lines.put("Tracker", action.tracker.as_deref().unwrap_or_default());
    lines
}

/// What a removal kept.
pub(super) struct Kept {
    pub(super) input: ActionInput,
    pub(super) position: i32,
}

/// Reads the lines of an action again; a finding that is gone is left out.
pub(super) fn read(body: &str, statements: &[Statement]) -> Kept {
    let record = Record::read(body);
    let value = |name| record.first(name);
    let addressed = value("Addresses")
        .and_then(|finding| mark(&finding, "finding").and_then(StatementId::parse))
        .filter(|id| statements.iter().any(|statement| statement.id == *id));
    let input = ActionInput {
        title: value("Action").unwrap_or_default(),
        kind: code_of_label(
            value("Kind"),
            ActionKind::ALL,
            ActionKind::label,
            ActionKind::as_code,
        )
        .unwrap_or_default(),
        factor_statement: addressed.map(|id| id.to_string()),
        strength: code_of_label(
            value("Strength"),
            Strength::ALL,
            Strength::label,
            Strength::as_code,
        ),
        owner: value("Owner"),
        due_on: value("Due"),
        known_by: value("Known by"),
        reach: value("Reach"),
        reversibility: code_of_label(
            value("Reversibility"),
            Reversibility::ALL,
            Reversibility::label,
            Reversibility::as_code,
        ),
        expires_on: value("Ends"),
        state: StateInput {
            state: code_of_label(
                value("State"),
                ActionState::ALL,
                ActionState::label,
                ActionState::as_code,
            ),
            reason: value("Reason"),
            tracker: value("Tracker"),
        },
        keeps: Vec::new(),
    };
    Kept {
        input,
        position: value("Place")
            .and_then(|place| place.parse::<i32>().ok())
            .map_or(i32::MAX, |place| place.saturating_sub(1)),
    }
}
