//! The reading list for people who are new: choose, ask a question, order, take off.

use super::input::Fields;
use super::links::other;
use super::{Conflict, Ctx, EditError, FieldProblem};
use crate::domain::ids::{ChosenId, Version};
use crate::domain::order::{Place, moved};
use crate::domain::permissions::{Permission, require};
use crate::domain::reading_list::Chosen;
use crate::domain::text::Line;
use crate::store::{self, Conn, Store, StoreError};

/// An entry as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChosenInput {
    /// The post-mortem: `PM-42`, its id, or its address. Not read in a change.
    pub postmortem: String,
    /// What to ask oneself while reading it.
    pub question: String,
}

/// The list as the actor may see it, in its order.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(store: &Store, ctx: &Ctx) -> Result<Vec<Chosen>, StoreError> {
    store.read(|conn| store::reading_list::list(conn, ctx.actor.person))
}

/// Puts a finished post-mortem at the end of the list.
///
/// # Errors
/// [`EditError::Invalid`] if it is not found, is not finished, or is on the list.
pub fn add(store: &Store, ctx: &Ctx, input: &ChosenInput) -> Result<Chosen, EditError> {
    store.write(|tx| add_in(tx, ctx, input))
}

/// The same within a transaction.
pub(super) fn add_in(tx: &mut Conn, ctx: &Ctx, input: &ChosenInput) -> Result<Chosen, EditError> {
    require(&ctx.actor, Permission::Write)?;
    let mut fields = Fields::new();
    let postmortem = fields.take("postmortem", other(tx, ctx, None, &input.postmortem)?);
    let question = fields.take("question", question(&input.question));
    fields.finish()?;
    let (Some(postmortem), Some(question)) = (postmortem, question) else {
        return Err(EditError::Invalid(Vec::new()));
    };
    let facts = store::postmortems::find(tx, ctx.actor.person, postmortem)?;
    if !facts.status.is_finished() {
        return Err(FieldProblem::new(
            "postmortem",
            "It is not finished. Choose one that is published or archived.",
        )
        .into());
    }
    let id = ChosenId::new();
    match store::reading_list::insert(tx, id, postmortem, &question) {
        Err(StoreError::Exists) => Err(FieldProblem::new(
            "postmortem",
            "It is on the list already. Change its question there.",
        )
        .into()),
        Err(error) => Err(error.into()),
        Ok(()) => {
            noted(tx, ctx, "reading-list-added", id)?;
            Ok(find(tx, ctx, id)?)
        }
    }
}

/// Changes a question over the version that the writer saw; `None` is "whatever stands".
///
/// # Errors
/// [`EditError::Conflict`] with both texts if somebody saved in between.
pub fn change(
    store: &Store,
    ctx: &Ctx,
    id: ChosenId,
    input: &ChosenInput,
    expected: Option<Version>,
) -> Result<Chosen, EditError> {
    require(&ctx.actor, Permission::Write)?;
    store.write(|tx| {
        let current = find(tx, ctx, id)?;
        let mut fields = Fields::new();
        let question = fields.take("question", question(&input.question));
        fields.finish()?;
        let Some(question) = question else {
            return Err(EditError::Invalid(Vec::new()));
        };
        check(&current, expected, question.as_str())?;
        store::reading_list::update(tx, id, &question, current.version)?;
        noted(tx, ctx, "reading-list-changed", id)?;
        Ok(find(tx, ctx, id)?)
    })
}

/// Moves an entry among those that the actor may see.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none that they may see.
pub fn place(store: &Store, ctx: &Ctx, id: ChosenId, to: Place) -> Result<(), EditError> {
    require(&ctx.actor, Permission::Write)?;
    store.write(|tx| {
        let ids: Vec<ChosenId> = store::reading_list::list(tx, ctx.actor.person)?
            .iter()
            .map(|chosen| chosen.id)
            .collect();
        let order = moved(&ids, id, to).ok_or(StoreError::NotFound)?;
        store::reading_list::arrange(tx, &order)?;
        Ok(())
    })
}

/// Takes a post-mortem off the list.
///
/// # Errors
/// [`EditError::Conflict`] if somebody changed its question in between.
pub fn remove(
    store: &Store,
    ctx: &Ctx,
    id: ChosenId,
    expected: Option<Version>,
) -> Result<(), EditError> {
    require(&ctx.actor, Permission::Write)?;
    store.write(|tx| {
        let current = find(tx, ctx, id)?;
        check(&current, expected, "")?;
        store::reading_list::delete(tx, id, current.version)?;
        noted(tx, ctx, "reading-list-removed", id)?;
        Ok(())
    })
}

fn find(tx: &mut Conn, ctx: &Ctx, id: ChosenId) -> Result<Chosen, StoreError> {
    store::reading_list::list(tx, ctx.actor.person)?
        .into_iter()
        .find(|chosen| chosen.id == id)
        .ok_or(StoreError::NotFound)
}

fn check(current: &Chosen, expected: Option<Version>, yours: &str) -> Result<(), EditError> {
    if expected.is_none_or(|expected| expected == current.version) {
        return Ok(());
    }
    Err(EditError::Conflict(Box::new(Conflict {
        current: current.version,
        theirs: current.question.as_str().to_owned(),
        yours: yours.to_owned(),
        base: None,
    })))
}

fn question(typed: &str) -> Result<Line, String> {
    Line::parse("The question", typed).map_err(|problem| match typed.trim() {
        "" => "Write what somebody new should ask themselves while reading it.".to_owned(),
        _ => problem.to_string(),
    })
}

fn noted(tx: &mut Conn, ctx: &Ctx, action: &str, id: ChosenId) -> Result<(), StoreError> {
    let (actor, id) = (Some(ctx.actor.person), id.to_string());
    store::audit::append(tx, actor, action, "reading_list", &id, ctx.now)
}
