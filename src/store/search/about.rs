//! Which factors and components stand most often in what was found.

use diesel::dsl::count;
use diesel::prelude::*;

use crate::domain::factors::FactorRole;
use crate::domain::search::Facets;
use crate::domain::taxonomy::FactorId;
use crate::store::schema::{components, postmortems, statements};
use crate::store::{Conn, StoreError};

/// How many of each are told.
const TOLD: i64 = 6;
/// In how many post-mortems they are counted at most.
const COUNTED: usize = 1_000;

/// Counts them, each once in a post-mortem. **Invariant:** the keys come from a query that asked who may read.
pub(super) fn add(conn: &mut Conn, keys: &[i32], facets: &mut Facets) -> Result<(), StoreError> {
    let keys = keys.get(..COUNTED).unwrap_or(keys);
    // What was ruled out is not what it was about; a link that narrows by a factor leaves it out too.
    let roles = FactorRole::ALL.iter();
    let roles = roles.filter(|role| **role != FactorRole::Considered);
    let roles: Vec<&str> = roles.map(|role| role.as_code()).collect();
    let often = || count(statements::postmortem_id).aggregate_distinct();
    let factors: Vec<(Option<String>, i64)> = statements::table
        .inner_join(postmortems::table)
        .filter(postmortems::key.eq_any(keys))
        .filter(statements::factor.is_not_null())
        .filter(statements::role.eq_any(roles))
        .group_by(statements::factor)
        .order((often().desc(), statements::factor))
        .limit(TOLD)
        .select((statements::factor, often()))
        .load(conn)?;
    let known = factors.into_iter();
    facets.factors = known
        .filter_map(|(factor, many)| Some((FactorId::stored(&factor?), whole(many))))
        .collect();
    let components: Vec<(String, i64)> = statements::table
        .inner_join(postmortems::table)
        .inner_join(components::table)
        .filter(postmortems::key.eq_any(keys))
        .group_by((components::folded, components::name))
        .order((often().desc(), components::folded))
        .limit(TOLD)
        .select((components::name, often()))
        .load(conn)?;
    let known = components.into_iter();
    facets.components = known.map(|(name, many)| (name, whole(many))).collect();
    Ok(())
}

fn whole(many: i64) -> usize {
    usize::try_from(many).unwrap_or_default()
}
