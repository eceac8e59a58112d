//! What shares a taxonomy factor or a component.

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::rarity::MARKED;
use crate::domain::ids::{PersonId, StatementId};
use crate::domain::listing::factor_ids;
use crate::domain::similarity::{Asked, Rarity};
use crate::domain::taxonomy;
use crate::store::access::readable;
use crate::store::schema::{components, postmortems, statements};
use crate::store::{Conn, StoreError};

/// How many of the newest that share one are compared.
const NEWEST: i64 = 60;

/// The statements that the reader may read, with their post-mortems, coded with a factor of today or an old one that reads
/// as it.
#[auto_type]
pub(super) fn coded(reader: PersonId, factor: &str) -> _ {
    let ids: Vec<String> = stored_as(factor);
    let may_read: readable = readable(reader);
    statements::table
        .inner_join(postmortems::table)
        .filter(statements::factor.assume_not_null().eq_any(ids))
        .filter(may_read)
}

/// The same about a component, in one spelling.
#[auto_type]
pub(super) fn about(reader: PersonId, component: &str) -> _ {
    let name: String = component.to_owned();
    let may_read: readable = readable(reader);
    statements::table
        .inner_join(postmortems::table)
        .inner_join(components::table)
        .filter(components::folded.eq(name))
        .filter(may_read)
}

fn stored_as(factor: &str) -> Vec<String> {
    let ids = factor_ids(taxonomy::core(), factor);
    ids.iter().map(|id| id.as_str().to_owned()).collect()
}

/// The newest statements that share a factor or a component which is not everywhere, with the keys of their post-mortems.
pub(super) fn newest(
    conn: &mut Conn,
    reader: PersonId,
    asked: &Asked<'_>,
    rarity: &Rarity,
) -> Result<Vec<(StatementId, i32)>, StoreError> {
    let what = (statements::id, postmortems::key);
    let rare = |found: &usize| *found < MARKED;
    let mut newest: Vec<(StatementId, i32)> = Vec::new();
    for (factor, _) in asked
        .factors()
        .zip(&rarity.factors)
        .filter(|(_, found)| rare(found))
    {
        let shared = coded(reader, factor)
            .select(what)
            .order(statements::id.desc());
        newest.extend(shared.limit(NEWEST).load::<(StatementId, i32)>(conn)?);
    }
    let components = asked.components().zip(&rarity.components);
    for (component, _) in components.filter(|(_, found)| rare(found)) {
        let shared = about(reader, component)
            .select(what)
            .order(statements::id.desc());
        newest.extend(shared.limit(NEWEST).load::<(StatementId, i32)>(conn)?);
    }
    Ok(newest)
}
