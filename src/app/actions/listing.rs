//! All actions that somebody may read.

use crate::app::input::{Fields, all_codes};
use crate::app::{Ctx, FieldProblem};
use crate::domain::actions::{ActionCursor, ActionFilter, ActionKind, ActionState, ListedAction};
use crate::domain::ids::ActionId;
use crate::domain::text::Line;
use crate::store::{self, Store, StoreError};

/// How many actions one page holds, unless fewer are asked for.
const MOST: i64 = 50;

/// What a list of actions is narrowed by, as typed. What is empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListInput {
    /// Code of an [`ActionKind`].
    pub kind: Option<String>,
    /// Code of an [`ActionState`].
    pub state: Option<String>,
    /// The team or role that owns them.
    pub owner: Option<String>,
    /// Only those that are open and past their date.
    pub overdue: bool,
    /// Where the page begins: the cursor of the page before.
    pub after: Option<String>,
    /// How many are wanted, 1 to 50.
    pub limit: Option<i64>,
}

/// A page of actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionPage {
    /// Those with the nearest date first, those without one last.
    pub items: Vec<ListedAction>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// How many commitments that one may read are open.
    pub open: i64,
    /// How many of these are past their date.
    pub overdue: i64,
    /// The teams and roles that own actions.
    pub owners: Vec<Line>,
}

/// Why no actions were listed.
#[derive(Debug, thiserror::Error)]
pub enum ActionListError {
    /// A filter that cannot be read.
    #[error("Some filters need another look.")]
    Invalid(Vec<FieldProblem>),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A page of the actions that one may read.
///
/// # Errors
/// [`ActionListError::Invalid`] if a filter cannot be read.
pub fn list(store: &Store, ctx: &Ctx, input: &ListInput) -> Result<ActionPage, ActionListError> {
    let today = ctx.now.date_naive();
    let (filter, after, most) = parse(input, ctx)?;
    let reader = ctx.actor.person;
    store.read(|conn| {
        // One more than is shown says whether there is a next page.
        let mut items = store::actions::page(conn, reader, &filter, after, most.saturating_add(1))?;
        let shown = usize::try_from(most).unwrap_or(usize::MAX);
        let more = items.len() > shown;
        items.truncate(shown);
        let next = items.last().filter(|_| more).map(|last| {
            ActionCursor {
                due_on: last.action.due_on,
                id: last.action.id,
            }
            .to_text()
        });
        let (open, overdue) = store::actions::open_commitments(conn, reader, today)?;
        Ok(ActionPage {
            items,
            next,
            open,
            overdue,
            owners: store::actions::owners(conn, reader)?,
        })
    })
}

/// One action with the post-mortem in which it stands.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none that one may read.
pub fn find_listed(store: &Store, ctx: &Ctx, id: ActionId) -> Result<ListedAction, StoreError> {
    store.read(|conn| store::actions::listed(conn, ctx.actor.person, id))
}

type Parsed = (ActionFilter, Option<ActionCursor>, i64);

fn parse(input: &ListInput, ctx: &Ctx) -> Result<Parsed, ActionListError> {
    let mut fields = Fields::new();
    let kind = fields.optional_code(
        "kind",
        input.kind.as_deref(),
        ActionKind::from_code,
        all_codes!(ActionKind),
    );
    let state = fields.optional_code(
        "state",
        input.state.as_deref(),
        ActionState::from_code,
        all_codes!(ActionState),
    );
    let owner = fields.optional_line("owner", "The owner", input.owner.as_deref());
    let after = input.after.as_deref().filter(|after| !after.is_empty());
    let after = after.map(|after| {
        ActionCursor::parse(after)
            .ok_or("This page does not exist any more. Begin at the first one.")
    });
    let after = fields.take("cursor", after.transpose());
    let most = input.limit.unwrap_or(MOST);
    if !(1..=MOST).contains(&most) {
        fields.problem(FieldProblem::new(
            "limit",
            format!("A page holds 1 to {MOST} actions."),
        ));
    }
    fields.finish().map_err(ActionListError::Invalid)?;
    match (kind, state, owner, after) {
        (Some(kind), Some(state), Some(owner), Some(after)) => {
            let overdue_on = input.overdue.then(|| ctx.now.date_naive());
            Ok((
                ActionFilter {
                    kind,
                    state,
                    owner,
                    overdue_on,
                },
                after,
                most,
            ))
        }
        _ => Err(ActionListError::Invalid(Vec::new())),
    }
}
