//! Events as typed: every field is read, and every problem told at once.

use chrono::{DateTime, Utc};

pub(super) use crate::domain::when::Note;

use super::EventInput;
use crate::app::input::{Fields, all_codes};
use crate::app::{Ctx, FieldProblem};
use crate::domain::ids::{EventId, Version};
use crate::domain::postmortem::Facts;
use crate::domain::text::{Line, Prose, TextProblem};
use crate::domain::timeline::{Effect, Event, Lane, Marker};
use crate::domain::when::{self, Context, Read, When};

/// An event that was read and has no place yet.
#[derive(Debug, Clone)]
pub(super) struct NewEvent {
    pub(super) when: When,
    pub(super) notes: Vec<Note>,
    lane: Lane,
    marker: Option<Marker>,
    text: Prose,
    role: Option<Line>,
    source: Option<String>,
    effect: Option<Effect>,
    known_at_the_time: Option<bool>,
}

impl NewEvent {
    /// The event as a record.
    pub(super) fn event(&self, id: EventId, version: Version) -> Event {
        Event {
            id,
            position: 0,
            when: self.when.clone(),
            lane: self.lane,
            marker: self.marker,
            text: self.text.clone(),
            role: self.role.clone(),
            source: self.source.clone(),
            effect: self.effect,
            known_at_the_time: self.known_at_the_time,
            version,
        }
    }
}

/// What the times of a post-mortem are read against; `above` is the instant of the row above.
///
/// Without a row above, the day under which the story is filed is the one that is meant.
pub(super) fn context(ctx: &Ctx, facts: &Facts, above: Option<DateTime<Utc>>) -> Context {
    Context {
        zone: facts.zone,
        previous: above,
        day: Some(facts.filed_on),
        now: ctx.now,
    }
}

/// Reads an event. A time that was read before is read again only if it was typed anew.
///
/// # Errors
/// Every field to mend.
pub(super) fn parse(
    input: &EventInput,
    context: &Context,
    before: Option<&When>,
) -> Result<NewEvent, Vec<FieldProblem>> {
    let mut fields = Fields::new();
    let when = moment(&mut fields, &input.when, context, before);
    let lane = fields.code("lane", &input.lane, Lane::from_code, all_codes!(Lane));
    let marker = fields.optional_code(
        "marker",
        input.marker.as_deref(),
        Marker::from_code,
        all_codes!(Marker),
    );
    let text = Prose::parse("The text", input.text.trim_start());
    let text = text.and_then(|text| match text.is_blank() {
        true => Err(TextProblem::Empty("The text")),
        false => Ok(text),
    });
    let text = fields.take("text", text);
    let role = fields.optional_line("role", "The role", input.role.as_deref());
    let source = fields.optional_address("source", input.source.as_deref());
    let effect = fields.optional_code(
        "effect",
        input.effect.as_deref(),
        Effect::from_code,
        all_codes!(Effect),
    );
    fields.finish()?;
    match (when, lane, marker, text, role, source, effect) {
        (
            Some(when),
            Some(lane),
            Some(marker),
            Some(text),
            Some(role),
            Some(source),
            Some(effect),
        ) => Ok(NewEvent {
            when: when.when,
            notes: when.notes,
            lane,
            marker,
            text,
            role,
            source,
            effect,
            known_at_the_time: input.known_at_the_time,
        }),
        _ => Err(Vec::new()),
    }
}

fn moment(
    fields: &mut Fields,
    typed: &str,
    context: &Context,
    before: Option<&When>,
) -> Option<Read> {
    if let Some(before) = before.filter(|before| before.typed() == typed.trim()) {
        return Some(Read {
            when: before.clone(),
            notes: Vec::new(),
        });
    }
    match when::parse(typed, context) {
        Ok(read) => Some(read),
        Err(problem) => {
            fields.problem(question(&problem));
            None
        }
    }
}

/// A time that cannot be read, with the meanings to choose from if it has several.
pub(super) fn question(problem: &when::Problem) -> FieldProblem {
    let choices = problem.choices().iter();
    FieldProblem {
        choices: choices
            .map(|choice| (choice.label.clone(), choice.typed.clone()))
            .collect(),
        ..FieldProblem::new("when", problem)
    }
}
