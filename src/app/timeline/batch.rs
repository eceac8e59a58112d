//! Many events at once, added in one transaction.

use std::collections::BTreeSet;

use super::reading::{context, parse};
use super::{EventInput, Rows, SavedEvent};
use crate::app::editing::edit;
use crate::app::input::day;
use crate::app::{Ctx, EditError, FieldProblem};
use crate::domain::ids::PostMortemId;
use crate::domain::postmortem::Facts;
use crate::domain::text::TextProblem;
use crate::domain::timeline::paste::{self, roles::Roles};
use crate::domain::when::{self, Context, When};
use crate::store::Store;

/// A row of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchRow {
    /// The event as typed.
    pub input: EventInput,
    /// The moment as the preview read it; it stands while `input.when` is its text.
    pub read: Option<When>,
    /// Who wrote it, as the text calls them; a role takes its place.
    pub speaker: String,
    /// Whether it is added. One that is not still tells on which day the rows below it lie.
    pub taken: bool,
}

/// Events that belong together, each read against the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// The events, in their order.
    pub rows: Vec<BatchRow>,
    /// The day of the first one, `YYYY-MM-DD`; empty for the day of the last event that stands.
    pub day: String,
    /// The zone in which the clock times were written; empty for that of the story.
    pub zone: String,
    /// The names in the texts, and what takes their place.
    pub names: Vec<Renamed>,
}

/// A name in a pasted text, and the role that is written instead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Renamed {
    /// The name as the text has it.
    pub name: String,
    /// The role; empty for the neutral one.
    pub role: String,
    /// Whether the person said that the name is to stay.
    pub keep: bool,
}

/// Why a batch was refused. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// Rows that cannot be kept as they are typed: the index of each, counted from 0, with its problems.
    #[error("Some rows need another look.")]
    Rows(Vec<(usize, Vec<FieldProblem>)>),
    /// What holds for the whole batch.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// Adds many events in one transaction, each in order of time or behind the row that it names.
///
/// # Errors
/// [`BatchError::Rows`] with every field of every row to mend.
pub fn add_many(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    batch: &Batch,
) -> Result<Vec<SavedEvent>, BatchError> {
    let mut problems: Vec<(usize, Vec<FieldProblem>)> = Vec::new();
    let saved = edit(store, ctx, id, |tx, facts| {
        let mut rows = Rows::open(tx, id)?;
        let mut context = start(ctx, facts, &rows, batch)?;
        let mut saved: Vec<SavedEvent> = Vec::new();
        let roles = roles(batch).map_err(|problem| FieldProblem::new("role", problem))?;
        for (index, row) in batch.rows.iter().enumerate() {
            if !row.taken {
                pass(&mut context, row);
                continue;
            }
            let added = parse(&renamed(row, &roles), &context, row.read.as_ref())
                .map_err(EditError::from)
                .and_then(|read| {
                    context.previous = read.when.at().or(context.previous);
                    // A row of unknown time stays behind the one before it.
                    let last = saved.last().map(|last| last.event.id);
                    let last = last.filter(|_| read.when.at().is_none());
                    let place = rows.behind(row.input.after.or(last))?;
                    rows.add(read, place)
                });
            match added {
                Ok(event) => saved.push(event),
                Err(EditError::Invalid(fields)) => problems.push((index, fields)),
                Err(other) => return Err(other),
            }
        }
        if !problems.is_empty() {
            return Err(EditError::Invalid(Vec::new()));
        }
        for event in &saved {
            rows.keep_new(tx, ctx, &event.event)?;
        }
        rows.keep_order(tx)?;
        Ok(saved)
    });
    match saved {
        Err(EditError::Invalid(_)) if !problems.is_empty() => Err(BatchError::Rows(problems)),
        Err(other) => Err(BatchError::Edit(other)),
        Ok(saved) => Ok(saved),
    }
}

/// What takes the place of names: the roles that were typed, the neutral one where none was.
///
/// Who wrote a row is somebody's name even if nobody listed it.
fn roles(batch: &Batch) -> Result<Roles, TextProblem> {
    let listed = |name: &str| batch.names.iter().any(|renamed| renamed.name == name);
    let speakers = batch.rows.iter().map(|row| row.speaker.trim());
    let unlisted: BTreeSet<&str> = speakers
        .filter(|name| !name.is_empty() && !listed(name))
        .collect();
    let given = batch.names.iter().filter(|renamed| !renamed.keep);
    let kept = batch.names.iter().filter(|renamed| renamed.keep);
    Roles::new(
        given
            .map(|renamed| (renamed.name.clone(), renamed.role.clone()))
            .chain(
                unlisted
                    .into_iter()
                    .map(|name| (name.to_owned(), String::new())),
            ),
        kept.map(|renamed| renamed.name.clone()),
    )
}

/// The event with roles in the place of names.
fn renamed(row: &BatchRow, roles: &Roles) -> EventInput {
    let speaker = row.speaker.trim();
    let role = (!speaker.is_empty()).then(|| roles.of(speaker));
    EventInput {
        text: roles.replace(&row.input.text),
        role: row.input.role.clone().or(role),
        ..row.input.clone()
    }
}

/// A row that is not added still tells on which day the rows below it lie.
fn pass(context: &mut Context, row: &BatchRow) {
    match &row.read {
        Some(when) if when.typed() == row.input.when.trim() => {
            context.previous = when.at().or(context.previous);
        }
        _ => {
            if let Ok(read) = when::parse(&row.input.when, context) {
                paste::go_on(context, &read, &row.input.text);
            }
        }
    }
}

/// What the first row of a batch is read against.
pub(super) fn start(
    ctx: &Ctx,
    facts: &Facts,
    rows: &Rows,
    batch: &Batch,
) -> Result<Context, Vec<FieldProblem>> {
    let mut context = context(ctx, facts, rows.last_instant(None));
    let mut problems = Vec::new();
    let typed = batch.day.trim();
    match day(typed) {
        _ if typed.is_empty() => {}
        Ok(day) => (context.previous, context.day) = (None, Some(day)),
        Err(problem) => problems.push(FieldProblem::new("day", problem)),
    }
    if !batch.zone.trim().is_empty() {
        match when::zone(&batch.zone) {
            Ok(zone) => context.zone = zone,
            Err(problem) => problems.push(FieldProblem::new("zone", problem)),
        }
    }
    if problems.is_empty() {
        Ok(context)
    } else {
        Err(problems)
    }
}
