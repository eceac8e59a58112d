//! Links from one post-mortem to another that the writer may read.

use super::editing::edit;
use super::input::{Fields, all_codes, excerpt};
use super::{Ctx, EditError, FieldProblem, ReadError};
use crate::domain::ids::{LinkId, Number, PostMortemId};
use crate::domain::postmortem::{Link, Relation};
use crate::store::{self, Conn, Store, StoreError};

/// A link as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkInput {
    /// The other post-mortem: `PM-42`, its id, or its address.
    pub to: String,
    /// Code of a [`Relation`].
    pub relation: String,
}

/// The links to other post-mortems that one may read too.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn list(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<Vec<Link>, ReadError> {
    store.read(|conn| {
        store::postmortems::find(conn, ctx.actor.person, id)?;
        Ok(store::links::list(conn, ctx.actor.person, id)?)
    })
}

/// Adds a link.
///
/// What the writer may not read is answered like what never was.
///
/// # Errors
/// [`EditError::Invalid`] if the other one is not found, is this one, or is linked so already.
pub fn add(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    input: &LinkInput,
) -> Result<Link, EditError> {
    edit(store, ctx, id, |tx, _| {
        let mut fields = Fields::new();
        let to = fields.take("to", other(tx, ctx, Some(id), &input.to)?);
        let relation = fields.code(
            "relation",
            &input.relation,
            Relation::from_code,
            all_codes!(Relation),
        );
        fields.finish()?;
        let (Some(to), Some(relation)) = (to, relation) else {
            return Err(EditError::Invalid(Vec::new()));
        };
        if store::links::list(tx, ctx.actor.person, id)?
            .iter()
            .any(|link| link.to == to && link.relation == relation)
        {
            return Err(FieldProblem::new("to", "This link is there already.").into());
        }
        let link = store::links::insert(tx, id, to, relation)?;
        store::links::list(tx, ctx.actor.person, id)?
            .into_iter()
            .find(|other| other.id == link)
            .ok_or_else(|| StoreError::NotFound.into())
    })
}

/// Removes a link.
///
/// # Errors
/// [`StoreError::NotFound`] if it is not there, or leads to where the writer may not read.
pub fn remove(store: &Store, ctx: &Ctx, id: PostMortemId, link: LinkId) -> Result<(), EditError> {
    edit(store, ctx, id, |tx, _| {
        if !store::links::list(tx, ctx.actor.person, id)?
            .iter()
            .any(|other| other.id == link)
        {
            return Err(StoreError::NotFound.into());
        }
        store::links::delete(tx, id, link)?;
        Ok(())
    })
}

/// The post-mortem that somebody typed, if they may read it and it is another one than `this`.
pub(super) fn other(
    tx: &mut Conn,
    ctx: &Ctx,
    this: Option<PostMortemId>,
    typed: &str,
) -> Result<Result<PostMortemId, String>, StoreError> {
    let typed = typed.trim();
    // An address is pasted as often as a number is typed.
    let named = typed
        .split_once("/postmortems/")
        .map_or(typed, |(_, rest)| rest)
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default();
    let found = if let Some(other) = PostMortemId::parse(named) {
        store::postmortems::find(tx, ctx.actor.person, other).map(|facts| facts.id)
    } else if let Some(number) = Number::parse(named) {
        store::postmortems::id_of(tx, ctx.actor.person, number)
    } else {
        Err(StoreError::NotFound)
    };
    match found {
        Ok(other) if Some(other) == this => Ok(Err(
            "A post-mortem cannot point at itself. Name another one.".into(),
        )),
        Ok(other) => Ok(Ok(other)),
        Err(StoreError::NotFound) => Ok(Err(format!(
            "There is no post-mortem \"{}\" that you may read. Write its number, as PM-42, or paste its address.",
            excerpt(typed)
        ))),
        Err(error) => Err(error),
    }
}
