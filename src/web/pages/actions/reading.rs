//! Ideas and commitments as they are read, in the post-mortem and in its editor.

use askama::Template;
use serde::Deserialize;

use super::form::{ActionForm, FormView};
use crate::domain::actions::{Action, ActionKind, ActionState, Strength};
use crate::domain::ids::{ActionId, PostMortemId};
use crate::domain::postmortem::PostMortem;
use crate::domain::when;
use crate::domain::wording::{Place, of_action};
use crate::web::pages::comments::Remarks;
use crate::web::pages::factors::beginning;
use crate::web::pages::wording::{Board, Notes};

/// The actions of the reading page.
#[derive(Debug, Template)]
#[template(path = "actions/list.html")]
pub(in crate::web) struct Reading {
    commitments: Vec<Item>,
    ideas: Vec<Item>,
    no_commitments_because: String,
    remarks: Remarks,
}

/// One action, ready to be shown.
#[derive(Debug)]
struct Item {
    id: ActionId,
    title: String,
    /// The finding that it addresses: its anchor, and its beginning.
    finding: Option<(String, String)>,
    strength: Option<&'static str>,
    owner: Option<String>,
    due_on: Option<String>,
    known_by: String,
    reach: String,
    expires_on: Option<String>,
    state: &'static str,
    /// The class of the word that says how it stands.
    class: &'static str,
    reason: String,
    tracker: Option<String>,
}

impl Reading {
    /// The actions of a post-mortem.
    pub(in crate::web) fn new(postmortem: &PostMortem, remarks: &Remarks) -> Self {
        let of = |kind| {
            postmortem
                .actions
                .iter()
                .filter(|action| action.kind == kind)
                .map(|action| Item::new(action, postmortem))
                .collect()
        };
        Self {
            commitments: of(ActionKind::Commitment),
            ideas: of(ActionKind::Idea),
            no_commitments_because: postmortem.facts.no_commitments_because.as_str().to_owned(),
            remarks: remarks.clone(),
        }
    }

    /// Whether there are commitments, or a reason why there are none.
    pub(in crate::web) const fn has_decided(&self) -> bool {
        !self.commitments.is_empty() || !self.no_commitments_because.is_empty()
    }

    /// Whether there are ideas, which are no decisions.
    pub(in crate::web) const fn has_ideas(&self) -> bool {
        !self.ideas.is_empty()
    }
}

impl Item {
    fn new(action: &Action, postmortem: &PostMortem) -> Self {
        let finding = postmortem
            .statements
            .iter()
            .find(|statement| action.statement == Some(statement.id))
            .map(|statement| {
                (
                    format!("#factor-{}", statement.id),
                    beginning(statement.text.as_str(), 80),
                )
            });
        Self {
            id: action.id,
            title: action.title.as_str().to_owned(),
            finding,
            strength: action.strength.map(Strength::label),
            owner: action.owner.as_ref().map(|owner| owner.as_str().to_owned()),
            due_on: action.due_on.map(when::day_text),
            known_by: action.known_by.as_str().to_owned(),
            reach: action.reach.as_str().to_owned(),
            expires_on: action.expires_on.map(when::day_text),
            state: action.state.label(),
            class: class(action.state),
            reason: action.state_reason.as_str().to_owned(),
            tracker: action.tracker.clone(),
        }
    }
}

/// The class of the word that says how an action stands.
pub(in crate::web) const fn class(state: ActionState) -> &'static str {
    match state {
        ActionState::Open => " review",
        ActionState::Done => " published",
        ActionState::Declined | ActionState::Accepted | ActionState::HandedOver => "",
    }
}

/// Which action is open for writing, and which was just removed, as the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Open {
    /// `new`, or an action's id.
    pub(in crate::web) action: Option<String>,
    /// The action that was just removed.
    #[serde(rename = "removed_action")]
    pub(in crate::web) removed: Option<String>,
}

/// The actions of the editor.
#[derive(Debug, Template)]
#[template(path = "actions/editor.html")]
pub(in crate::web) struct Editor {
    postmortem: PostMortemId,
    csrf: String,
    rows: Vec<Row>,
    new: Option<FormView>,
    removed: Option<ActionId>,
    /// The reasons that stand among the actions, where there are notes on them.
    reasons: Vec<Notes>,
}

/// An action that is read here, or written.
#[derive(Debug)]
struct Row {
    item: Item,
    number: usize,
    kind: &'static str,
    /// What a commitment still lacks.
    lacks: String,
    form: Option<FormView>,
    notes: Vec<Notes>,
}

impl Editor {
    /// The actions of a post-mortem.
    pub(in crate::web) fn new(
        postmortem: &PostMortem,
        csrf: &str,
        open: &Open,
        board: &Board<'_>,
    ) -> Self {
        let form = |action: Option<&Action>| {
            let input = action.map_or_else(ActionForm::blank, ActionForm::of);
            let id = action.map(|action| action.id);
            FormView::new(postmortem, id, true, csrf, input)
        };
        let rows = (1_usize..)
            .zip(&postmortem.actions)
            .map(|(number, action)| {
                let chosen = open.action.as_deref() == Some(action.id.to_string().as_str());
                Row {
                    item: Item::new(action, postmortem),
                    number,
                    kind: action.kind.label(),
                    lacks: action.lacks().join(", "),
                    form: chosen.then(|| form(Some(action))),
                    notes: board.row(of_action(action)),
                }
            })
            .collect();
        Self {
            postmortem: postmortem.facts.id,
            csrf: csrf.to_owned(),
            rows,
            new: (open.action.as_deref() == Some("new")).then(|| form(None)),
            removed: open.removed.as_deref().and_then(ActionId::parse),
            reasons: [Place::NoCommitments, Place::OverLimit]
                .iter()
                .map(|place| board.at(place))
                .filter(|notes| !notes.is_empty())
                .collect(),
        }
    }
}
