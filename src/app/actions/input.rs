//! Reading an action as typed, and how it ends.

use crate::app::input::{Fields, all_codes, day};
use crate::app::wording::Keep;
use crate::app::{EditError, FieldProblem, publication};
use crate::domain::actions::{Action, ActionKind, ActionState, Reversibility, Strength};
use crate::domain::ids::{ActionId, PostMortemId, StatementId, Version};
use crate::domain::text::{Line, Prose};
use crate::store::{self, Conn};

/// An action as typed. What is left out is "not said".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionInput {
    /// What is to be done.
    pub title: String,
    /// Code of an [`ActionKind`].
    pub kind: String,
    /// The id of the factor statement it addresses.
    pub factor_statement: Option<String>,
    /// Code of a [`Strength`].
    pub strength: Option<String>,
    /// The team or role that owns it; never a person.
    pub owner: Option<String>,
    /// The day by which it is promised.
    pub due_on: Option<String>,
    /// How we will know that it worked.
    pub known_by: Option<String>,
    /// Whom or what it touches.
    pub reach: Option<String>,
    /// Code of a [`Reversibility`].
    pub reversibility: Option<String>,
    /// The day on which a new rule ends unless it is kept.
    pub expires_on: Option<String>,
    /// How it stands; *open* if left out.
    pub state: StateInput,
    /// Wording that the form says to keep.
    pub keeps: Vec<Keep>,
}

/// How an action stands, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StateInput {
    /// Code of an [`ActionState`]; *open* if left out.
    pub state: Option<String>,
    /// Why it was declined or accepted.
    pub reason: Option<String>,
    /// The address where it lives on.
    pub tracker: Option<String>,
}

impl From<&Action> for ActionInput {
    fn from(action: &Action) -> Self {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self {
            title: action.title.as_str().to_owned(),
            kind: action.kind.as_code().to_owned(),
            factor_statement: action.statement.map(|id| id.to_string()),
            strength: action
                .strength
                .map(|strength| strength.as_code().to_owned()),
            owner: action.owner.as_ref().map(|owner| owner.as_str().to_owned()),
            due_on: action.due_on.map(|day| day.to_string()),
            known_by: text(action.known_by.as_str()),
            reach: text(action.reach.as_str()),
            reversibility: action
                .reversibility
                .map(|reversibility| reversibility.as_code().to_owned()),
            expires_on: action.expires_on.map(|day| day.to_string()),
            state: StateInput {
                state: Some(action.state.as_code().to_owned()),
                reason: text(action.state_reason.as_str()),
                tracker: action.tracker.clone(),
            },
            keeps: Vec::new(),
        }
    }
}

/// An action whose fields were read.
pub(super) struct Parsed {
    title: Line,
    kind: ActionKind,
    statement: Option<StatementId>,
    strength: Option<Strength>,
    owner: Option<Line>,
    due_on: Option<chrono::NaiveDate>,
    known_by: Prose,
    reach: Prose,
    reversibility: Option<Reversibility>,
    expires_on: Option<chrono::NaiveDate>,
    state: ParsedState,
}

/// A state whose fields were read.
pub(super) struct ParsedState {
    state: ActionState,
    reason: Prose,
    tracker: Option<String>,
}

/// Reads every field of an action of this post-mortem.
pub(super) fn parse(
    tx: &mut Conn,
    id: PostMortemId,
    input: &ActionInput,
) -> Result<Parsed, EditError> {
    let people = publication::known_people(tx)?;
    let statements: Vec<StatementId> = store::factors::list(tx, id)?
        .iter()
        .map(|statement| statement.id)
        .collect();
    let mut fields = Fields::new();
    let title = fields.take("title", Line::parse("What is to be done", &input.title));
    let kind = fields.code(
        "kind",
        &input.kind,
        ActionKind::from_code,
        all_codes!(ActionKind),
    );
    let statement = addressed(&mut fields, &statements, input.factor_statement.as_deref());
    let strength = fields.optional_code(
        "strength",
        input.strength.as_deref(),
        Strength::from_code,
        all_codes!(Strength),
    );
    let owner = fields.impersonal(&people, "owner", "The owner", input.owner.as_deref());
    let due_on = fields.optional_day("due_on", input.due_on.as_deref());
    let known_by = fields.prose("known_by", "How we will know", input.known_by.as_deref());
    let reach = fields.prose("reach", "Whom it touches", input.reach.as_deref());
    let reversibility = fields.optional_code(
        "reversibility",
        input.reversibility.as_deref(),
        Reversibility::from_code,
        all_codes!(Reversibility),
    );
    let expires_on = fields.optional_day("expires_on", input.expires_on.as_deref());
    let state = state(&mut fields, &input.state);
    fields.finish()?;
    match (
        title,
        kind,
        statement,
        strength,
        owner,
        due_on,
        known_by,
        reach,
        reversibility,
        expires_on,
        state,
    ) {
        (
            Some(title),
            Some(kind),
            Some(statement),
            Some(strength),
            Some(owner),
            Some(due_on),
            Some(known_by),
            Some(reach),
            Some(reversibility),
            Some(expires_on),
            Some(state),
        ) => Ok(Parsed {
            title,
            kind,
            statement,
            strength,
            owner,
            due_on,
            known_by,
            reach,
            reversibility,
            expires_on,
            state,
        }),
        _ => Err(EditError::Invalid(Vec::new())),
    }
}

/// Reads how an action stands.
pub(super) fn parse_state(input: &StateInput) -> Result<ParsedState, EditError> {
    let mut fields = Fields::new();
    let parsed = state(&mut fields, input);
    fields.finish()?;
    parsed.ok_or(EditError::Invalid(Vec::new()))
}

/// Reads a new day and why it moves.
pub(super) fn parse_due(
    due_on: &str,
    reason: &str,
) -> Result<(chrono::NaiveDate, String), EditError> {
    let mut fields = Fields::new();
    let due_on = fields.take("due_on", day(due_on.trim()));
    let reason = fields.take("reason", Line::parse("The reason for the new date", reason));
    fields.finish()?;
    match (due_on, reason) {
        (Some(due_on), Some(reason)) => Ok((due_on, reason.as_str().to_owned())),
        _ => Err(EditError::Invalid(Vec::new())),
    }
}

fn addressed(
    fields: &mut Fields,
    statements: &[StatementId],
    typed: Option<&str>,
) -> Option<Option<StatementId>> {
    let typed = typed.map(str::trim).filter(|typed| !typed.is_empty());
    let Some(typed) = typed else {
        return Some(None);
    };
    let found = StatementId::parse(typed).filter(|id| statements.contains(id));
    if found.is_none() {
        fields.problem(FieldProblem::new(
            "factor_statement",
            "This finding is not in this post-mortem any more. Choose another one.",
        ));
        return None;
    }
    Some(found)
}

fn state(fields: &mut Fields, input: &StateInput) -> Option<ParsedState> {
    let state = fields
        .optional_code(
            "state",
            input.state.as_deref(),
            ActionState::from_code,
            all_codes!(ActionState),
        )
        .map(|state| state.unwrap_or(ActionState::Open));
    let reason = fields.prose("reason", "The reason", input.reason.as_deref());
    let tracker = fields.optional_address("tracker", input.tracker.as_deref());
    let (state, reason, tracker) = (state?, reason?, tracker?);
    let missing = match state {
        ActionState::Declined if reason.is_blank() => Some((
            "reason",
            "Say why it is declined. Deciding not to do something is worth as much as doing it, when the reason is kept.",
        )),
        ActionState::Accepted if reason.is_blank() => Some((
            "reason",
            "Say why the condition is accepted. Whoever meets it next will want to know that it was seen.",
        )),
        ActionState::HandedOver if tracker.is_none() => Some((
            "tracker",
            "Give the address of the entry in the tracker, so that it can be followed from here.",
        )),
        _ => None,
    };
    if let Some((field, sentence)) = missing {
        fields.problem(FieldProblem::new(field, sentence));
        return None;
    }
    Some(ParsedState {
        state,
        reason,
        tracker,
    })
}

impl Parsed {
    /// The action in this version.
    pub(super) fn into_action(self, id: ActionId, position: i32, version: Version) -> Action {
        Action {
            id,
            position,
            title: self.title,
            kind: self.kind,
            statement: self.statement,
            strength: self.strength,
            owner: self.owner,
            due_on: self.due_on,
            known_by: self.known_by,
            reach: self.reach,
            reversibility: self.reversibility,
            expires_on: self.expires_on,
            state: self.state.state,
            state_reason: self.state.reason,
            tracker: self.state.tracker,
            version,
        }
    }
}

impl ParsedState {
    /// The next version of an action. What is not said again (a reason, an address) stays as it was.
    pub(super) fn applied_to(self, current: &Action) -> Action {
        let reason = if self.reason.is_blank() && self.state == current.state {
            current.state_reason.clone()
        } else {
            self.reason
        };
        Action {
            state: self.state,
            state_reason: reason,
            tracker: self.tracker.or_else(|| current.tracker.clone()),
            version: current.version.next(),
            ..current.clone()
        }
    }
}
