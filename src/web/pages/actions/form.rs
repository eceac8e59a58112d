//! The form of one action, and the forms in which it ends.

use askama::Template;
use serde::Deserialize;

use crate::app::FieldProblem;
use crate::app::actions::{ActionInput, StateInput};
use crate::app::wording::Keep;
use crate::domain::actions::{Action, ActionKind, ActionState, Reversibility, Strength};
use crate::domain::ids::ActionId;
use crate::domain::postmortem::{PostMortem, Status};
use crate::domain::wording::{Place, RowText};
use crate::web::pages::again::Refused;
use crate::web::pages::factors::beginning;
use crate::web::pages::wording::{FieldNotes, keeps};

/// An action as a form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct ActionForm {
    title: String,
    kind: String,
    factor_statement: String,
    strength: String,
    owner: String,
    due_on: String,
    known_by: String,
    reach: String,
    reversibility: String,
    expires_on: String,
    state: String,
    reason: String,
    tracker: String,
    /// Words that are kept, and why: a note's name and a code.
    keep: Vec<String>,
    keep_words: Vec<String>,
    pub(in crate::web) version: i32,
    pub(in crate::web) note: String,
}

impl ActionForm {
    /// An action that is not there yet: a commitment, for ideas have a quick form of their own.
    pub(in crate::web) fn blank() -> Self {
        Self {
            kind: ActionKind::Commitment.as_code().to_owned(),
            state: ActionState::Open.as_code().to_owned(),
            ..Self::default()
        }
    }

    /// An action as its form holds it.
    pub(in crate::web) fn of(action: &Action) -> Self {
        let input = ActionInput::from(action);
        let text = |value: Option<String>| value.unwrap_or_default();
        Self {
            title: input.title,
            kind: input.kind,
            factor_statement: text(input.factor_statement),
            strength: text(input.strength),
            owner: text(input.owner),
            due_on: text(input.due_on),
            known_by: text(input.known_by),
            reach: text(input.reach),
            reversibility: text(input.reversibility),
            expires_on: text(input.expires_on),
            state: text(input.state.state),
            reason: text(input.state.reason),
            tracker: text(input.state.tracker),
            version: action.version.0,
            ..Self::default()
        }
    }

    /// What the use case is given. A title alone is an idea.
    pub(in crate::web) fn input(&self) -> ActionInput {
        let text = |value: &str| Some(value.to_owned());
        ActionInput {
            title: self.title.clone(),
            kind: if self.kind.is_empty() {
                ActionKind::Idea.as_code().to_owned()
            } else {
                self.kind.clone()
            },
            factor_statement: text(&self.factor_statement),
            strength: text(&self.strength),
            owner: text(&self.owner),
            due_on: text(&self.due_on),
            known_by: text(&self.known_by),
            reach: text(&self.reach),
            reversibility: text(&self.reversibility),
            expires_on: text(&self.expires_on),
            state: StateInput {
                state: text(&self.state),
                reason: text(&self.reason),
                tracker: text(&self.tracker),
            },
            keeps: keeps(&self.keep, &self.keep_words),
        }
    }
}

/// The form, filled in.
#[derive(Debug, Template)]
#[template(path = "actions/form.html")]
pub(in crate::web) struct FormView {
    action: String,
    close: String,
    p: &'static str,
    csrf: String,
    saved: bool,
    amends: bool,
    findings: Vec<(String, String)>,
    input: ActionForm,
    errors: Vec<FieldProblem>,
    notes: Noted,
}

/// The notes on the texts of the form.
#[derive(Debug)]
struct Noted {
    title: FieldNotes,
    known_by: FieldNotes,
    reach: FieldNotes,
    reason: FieldNotes,
}

impl Noted {
    fn new(postmortem: &PostMortem, action: Option<ActionId>, input: &ActionForm) -> Self {
        let on = |saved: fn(ActionId) -> Place, new, text: &str| {
            let place = action.map_or(Place::New(new), saved);
            FieldNotes::new(postmortem, place, text)
        };
        Self {
            title: on(Place::Action, RowText::Action, &input.title),
            known_by: on(Place::KnownBy, RowText::KnownBy, &input.known_by),
            reach: on(Place::Reach, RowText::Reach, &input.reach),
            reason: on(Place::StateReason, RowText::StateReason, &input.reason),
        }
    }

    fn again(self, chosen: &[Keep]) -> Self {
        Self {
            title: self.title.again(chosen.to_vec()),
            known_by: self.known_by.again(chosen.to_vec()),
            reach: self.reach.again(chosen.to_vec()),
            reason: self.reason.again(chosen.to_vec()),
        }
    }
}

impl FormView {
    /// The form for an action of this post-mortem, a new one if `action` is `None`.
    pub(in crate::web) fn new(
        postmortem: &PostMortem,
        action: Option<ActionId>,
        within: bool,
        csrf: &str,
        input: ActionForm,
    ) -> Self {
        let place = format!("/postmortems/{}", postmortem.facts.id);
        let findings = (1_usize..)
            .zip(&postmortem.statements)
            .map(|(number, statement)| {
                let words = beginning(statement.text.as_str(), 80);
                (statement.id.to_string(), format!("{number}. {words}"))
            })
            .collect();
        Self {
            action: action.map_or_else(
                || format!("{place}/actions"),
                |action| format!("{place}/actions/{action}"),
            ),
            close: action.map_or_else(
                || format!("{place}/edit#actions"),
                |action| format!("{place}/edit#action-{action}"),
            ),

            p: if within { "a-" } else { "" },
            csrf: csrf.to_owned(),
            saved: action.is_some(),
            amends: postmortem.facts.status == Status::Published,
            findings,
            notes: Noted::new(postmortem, action, &input),
            input,
            errors: Vec::new(),
        }
    }

    /// The same when it comes back.
    pub(in crate::web) fn again(self, refused: &Refused) -> Self {
        let chosen = keeps(&self.input.keep, &self.input.keep_words);
        Self {
            errors: refused.errors.clone(),
            notes: self.notes.again(&chosen),
            ..self
        }
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }

    /// Whether the part about proportion, which is folded away, holds something.
    fn has_more(&self) -> bool {
        let input = &self.input;
        [&input.reach, &input.reversibility, &input.expires_on]
            .iter()
            .any(|field| !field.is_empty())
            || self.error("expires_on").is_some()
    }
}
