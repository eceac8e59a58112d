//! Browsing the taxonomy, with how often each factor is named in what one may read.

use std::collections::BTreeMap;

use super::{Ctx, ReadError};
use crate::domain::factors::{FactorCount, Mention};
use crate::domain::taxonomy::{self, Factor, FactorId};
use crate::store::{self, Store, StoreError};

/// How many statements the page of a factor shows.
const MOST: i64 = 200;

/// In how many post-mortems each factor is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// By factor; a factor that is named nowhere is left out.
    pub by_factor: BTreeMap<FactorId, FactorCount>,
    /// How many post-mortems one may read: the n of every count.
    pub postmortems: i64,
}

impl Counts {
    /// The counts of one factor; zeros if it is named nowhere.
    #[must_use]
    pub fn of(&self, factor: &FactorId) -> FactorCount {
        self.by_factor.get(factor).copied().unwrap_or_default()
    }
}

/// A factor and where it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorMentions {
    /// The factor.
    pub factor: &'static Factor,
    /// In how many post-mortems it is named.
    pub count: FactorCount,
    /// How many post-mortems one may read: the n of the counts.
    pub postmortems: i64,
    /// The statements that name it, newest first, at most 200.
    pub mentions: Vec<Mention>,
}

/// In how many post-mortems that one may read each factor is named.
///
/// # Errors
/// [`ReadError`] if the store refuses.
pub fn counts(store: &Store, ctx: &Ctx) -> Result<Counts, ReadError> {
    let reader = ctx.actor.person;
    store.read(|conn| {
        Ok(Counts {
            by_factor: store::factors::counts(conn, reader)?,
            postmortems: store::factors::postmortems(conn, reader)?,
        })
    })
}

/// A factor by its id (an old one reads as its successor) or its name, and the statements that name it.
///
/// # Errors
/// [`StoreError::NotFound`] if the taxonomy has no such factor.
pub fn factor(store: &Store, ctx: &Ctx, named: &str) -> Result<FactorMentions, ReadError> {
    let factor = taxonomy::core()
        .resolve(named)
        .ok_or(StoreError::NotFound)?;
    let reader = ctx.actor.person;
    store.read(|conn| {
        let counts = store::factors::counts(conn, reader)?;
        Ok(FactorMentions {
            factor,
            count: counts.get(&factor.id).copied().unwrap_or_default(),
            postmortems: store::factors::postmortems(conn, reader)?,
            mentions: store::factors::mentions(conn, reader, &factor.id, MOST)?,
        })
    })
}

/// The components that statements point at, in what one may read: to be offered while typing.
///
/// # Errors
/// [`ReadError`] if the store refuses.
pub fn components(store: &Store, ctx: &Ctx) -> Result<Vec<String>, ReadError> {
    let names = store.read(|conn| store::factors::component_names(conn, ctx.actor.person))?;
    Ok(names.iter().map(|name| name.as_str().to_owned()).collect())
}
