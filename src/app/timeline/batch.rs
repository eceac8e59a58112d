//! Many events at once: what was pasted is looked at first, then added in one transaction.

use chrono_tz::Tz;

use super::reading::{context, parse, question};
use super::{EventInput, Rows, SavedEvent};
use crate::app::editing::edit;
use crate::app::input::day;
use crate::app::{Ctx, EditError, FieldProblem};
use crate::domain::ids::PostMortemId;
use crate::domain::postmortem::Facts;
use crate::domain::timeline::paste;
use crate::domain::when::{self, Context};
use crate::store::{self, Store};

/// A row of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchRow {
    /// The event as typed.
    pub input: EventInput,
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

/// A pasted line as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Pasted {
    /// The event that it would become.
    pub input: EventInput,
    /// Day, time and zone as read, to be shown; empty if there is no time.
    pub understood: String,
    /// What was taken for granted.
    pub notes: Vec<String>,
    /// Why the time cannot be read; `None` if it can, or if there is none.
    pub problem: Option<FieldProblem>,
    /// Whether it is the heading of a day, and no event.
    pub heading: bool,
}

impl Pasted {
    /// Whether it could be added as it stands.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        !self.heading && !self.understood.is_empty() && !self.input.text.is_empty()
    }
}

/// Reads pasted lines without keeping anything. `lane` is given to lines that name none.
///
/// # Errors
/// [`EditError::Invalid`] if day or zone cannot be read.
pub fn preview(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    text: &str,
    batch: &Batch,
    lane: &str,
) -> Result<Vec<Pasted>, EditError> {
    let (facts, context) = store.read(|conn| {
        let facts = crate::app::editing::look(conn, ctx, id)?;
        let rows = store::timeline::list(conn, id)?;
        let rows = Rows { id, events: rows };
        let context = start(ctx, &facts, &rows, batch)?;
        Ok::<_, EditError>((facts, context))
    })?;
    let rows = paste::lines(text, &context).into_iter();
    Ok(rows.map(|row| pasted(row, lane, facts.zone)).collect())
}

fn pasted(row: paste::Pasted, lane: &str, zone: Tz) -> Pasted {
    let heading = row.is_heading();
    let lane = row.lane.map_or(lane, |lane| lane.as_code()).to_owned();
    let input = EventInput {
        when: row.typed,
        lane,
        text: row.text,
        ..EventInput::default()
    };
    let mut pasted = Pasted {
        input,
        understood: String::new(),
        notes: Vec::new(),
        problem: None,
        heading,
    };
    match row.when {
        Some(Ok(read)) => {
            pasted.understood = when::full(&read.when, zone);
            // The day was asked for, or stands above: it was not taken for granted.
            let notes = read.notes.iter();
            let notes = notes.filter(|note| !matches!(note, when::Note::DayAssumed { .. }));
            pasted.notes = notes.map(when::Note::sentence).collect();
        }
        Some(Err(problem)) => pasted.problem = Some(question(&problem)),
        None => {}
    }
    pasted
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
        for (index, row) in batch.rows.iter().enumerate() {
            if !row.taken {
                if let Ok(read) = when::parse(&row.input.when, &context) {
                    paste::go_on(&mut context, &read, &row.input.text);
                }
                continue;
            }
            let added = parse(&row.input, &context, None)
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

/// What the first row of a batch is read against.
fn start(
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
