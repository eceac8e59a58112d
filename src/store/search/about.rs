//! The factors and components of post-mortems, taken from their statements: for documents of an older program, which has not
//! left them.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::factors::FactorRole;
use crate::domain::search::{Named, about};
use crate::store::schema::{components, postmortems, statements};
use crate::store::sql_types::code;
use crate::store::{Conn, StoreError};

/// What each of some post-mortems is about, by its key; nothing of one without statements.
pub(super) fn of(conn: &mut Conn, keys: &[i32]) -> Result<HashMap<i32, String>, StoreError> {
    let rows: Vec<(i32, String, Option<String>, Option<String>)> = statements::table
        .inner_join(postmortems::table)
        .left_join(components::table)
        .filter(postmortems::key.eq_any(keys.to_vec()))
        .order((postmortems::key, statements::position, statements::id))
        .select((
            postmortems::key,
            statements::role,
            statements::factor,
            components::name.nullable(),
        ))
        .load(conn)?;
    let mut texts = HashMap::new();
    for rows in rows.chunk_by(|(one, ..), (other, ..)| one == other) {
        let named: Result<Vec<Named<'_>>, StoreError> = rows
            .iter()
            .map(|(_, role, factor, component)| {
                let role = code("statements.role", role, FactorRole::from_code)?;
                Ok((role, factor.as_deref(), component.as_deref()))
            })
            .collect();
        let named = named?;
        if let Some((key, ..)) = rows.first() {
            texts.insert(*key, about(named.into_iter()));
        }
    }
    Ok(texts)
}
