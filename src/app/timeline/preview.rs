//! What was pasted, as it would be read. Nothing is kept.

use super::Rows;
use super::batch::{Batch, start};
use super::reading::{context, question};
use crate::app::input::day;
use crate::app::{Ctx, EditError, FieldProblem};
use crate::domain::ids::PostMortemId;
use crate::domain::names::Roles;
use crate::domain::postmortem::Facts;
use crate::domain::timeline::paste::roles::{Offered, offered};
use crate::domain::timeline::paste::{self, Asked, Paste};
use crate::domain::when;
use crate::store::{self, Store};

/// A text that was read, and the story for which it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The post-mortem.
    pub facts: Facts,
    /// What was read.
    pub paste: Paste,
    /// Its names, with the roles that the organisation remembers for them.
    pub names: Vec<Offered>,
}

/// Reads a pasted text without keeping anything. Day and zone are what the person answered; empty for no answer.
///
/// # Errors
/// [`EditError::Invalid`] if day or zone cannot be read.
pub fn preview(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    text: &str,
    day: &str,
    zone: &str,
) -> Result<Preview, EditError> {
    let (facts, remembered, people, own) = store.read(|conn| {
        let facts = crate::app::editing::look(conn, ctx, id)?;
        let remembered = Roles::new(&store::names::roles(conn)?.mapped);
        let people = store::people::list(conn)?;
        let own = store::own_words::find(conn)?.words.words();
        Ok::<_, EditError>((facts, remembered, people, own))
    })?;
    let mut asked = answers(day, zone)?;
    asked.otherwise = facts.zone;
    asked.now = ctx.now;
    let paste = paste::lines(text, &asked);
    let members = people.iter().map(|person| person.name.as_str());
    Ok(Preview {
        names: offered(&paste, &remembered, members, &own),
        paste,
        facts,
    })
}

/// Reads what somebody answered about day and zone.
fn answers(typed_day: &str, typed_zone: &str) -> Result<Asked, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut asked = Asked {
        day: None,
        zone: None,
        otherwise: chrono_tz::Tz::UTC,
        now: chrono::DateTime::default(),
    };
    if !typed_day.trim().is_empty() {
        match day(typed_day.trim()) {
            Ok(day) => asked.day = Some(day),
            Err(problem) => problems.push(FieldProblem::new("day", problem)),
        }
    }
    if !typed_zone.trim().is_empty() {
        match when::zone(typed_zone) {
            Ok(zone) => asked.zone = Some(zone),
            Err(problem) => problems.push(FieldProblem::new("zone", problem)),
        }
    }
    if problems.is_empty() {
        Ok(asked)
    } else {
        Err(problems)
    }
}

/// How a typed row would be understood behind the last event.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Understood {
    /// Day, time and zone as read; empty if there is no time.
    pub understood: String,
    /// What was taken for granted.
    pub notes: Vec<String>,
    /// Why the time cannot be read; `None` if it can, or if there is none.
    pub problem: Option<FieldProblem>,
}

/// Reads one row as somebody types it. Nothing is kept.
///
/// # Errors
/// [`EditError`]; what one may not read is not found.
pub fn understood(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    line: &str,
) -> Result<Understood, EditError> {
    let (facts, context) = store.read(|conn| {
        let facts = crate::app::editing::look(conn, ctx, id)?;
        let events = store::timeline::list(conn, id)?;
        let rows = Rows { id, events };
        let context = start(ctx, &facts, &rows, &Batch::default())
            .unwrap_or_else(|_| context(ctx, &facts, rows.last_instant(None)));
        Ok::<_, EditError>((facts, context))
    })?;
    Ok(match paste::read(line, &context).when {
        Some(Ok(read)) => Understood {
            understood: when::full(&read.when, facts.zone),
            notes: read
                .notes
                .iter()
                // The day stands above: it was not taken for granted.
                .filter(|note| !matches!(note, when::Note::DayAssumed { .. }))
                .map(when::Note::sentence)
                .collect(),
            problem: None,
        },
        Some(Err(problem)) => Understood {
            problem: Some(question(&problem)),
            ..Understood::default()
        },
        None => Understood::default(),
    })
}
