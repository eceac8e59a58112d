//! What addresses name.

use super::problem::Problem;
use crate::app::{Ctx, postmortems};
use crate::domain::ids::{Number, PostMortemId};
use crate::store::Store;

/// The post-mortem that an address names: by its id, or by the number that people say.
pub(in crate::web) fn find(store: &Store, ctx: &Ctx, named: &str) -> Result<PostMortemId, Problem> {
    if let Some(id) = PostMortemId::parse(named) {
        return Ok(id);
    }
    let number = Number::parse(named).ok_or_else(Problem::not_found)?;
    Ok(postmortems::id_of(store, ctx, number)?)
}

/// A part of a post-mortem that an address names: the post-mortem, and the part's own id.
pub(in crate::web) fn part<I>(
    store: &Store,
    ctx: &Ctx,
    (postmortem, part): &(String, String),
    parse: fn(&str) -> Option<I>,
) -> Result<(PostMortemId, I), Problem> {
    let id = find(store, ctx, postmortem)?;
    Ok((id, parse(part).ok_or_else(Problem::not_found)?))
}
