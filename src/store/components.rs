//! Components over all post-mortems that a reader may read: services, processes, hand-offs; never people.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;

use super::access::readable;
use super::listing::finished;
use super::placed::Placed;
use super::schema::{actions, components, postmortems, sections, statements};
use super::{Conn, StoreError};
use crate::domain::actions::{ActionKind, ActionState};
use crate::domain::components::ComponentCount;
use crate::domain::factors::FactorRole;
use crate::domain::ids::{ActionId, PersonId, PostMortemId, StatementId};
use crate::domain::placed::PlacedStatement;

/// In how many finished post-mortems each component is named, by name. What was ruled out does not count.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn counts(conn: &mut Conn, reader: PersonId) -> Result<Vec<ComponentCount>, StoreError> {
    let rows: Vec<(String, String, PostMortemId)> = statements::table
        .inner_join(postmortems::table)
        .inner_join(components::table)
        .filter(readable(reader))
        .filter(postmortems::status.eq_any(finished()))
        .filter(statements::role.ne(FactorRole::Considered.as_code()))
        .order((components::name, postmortems::id))
        .select((components::folded, components::name, postmortems::id))
        .load(conn)?;
    let mut found: BTreeMap<String, (String, HashSet<PostMortemId>)> = BTreeMap::new();
    for (folded, name, postmortem) in rows {
        let entry = found
            .entry(folded)
            .or_insert_with(|| (name, HashSet::new()));
        entry.1.insert(postmortem);
    }
    Ok(found
        .into_values()
        .map(|(name, postmortems)| ComponentCount {
            name,
            postmortems: postmortems.len(),
        })
        .collect())
}

/// The findings of finished post-mortems that point at a component, by its folded name; newest post-mortem first, at
/// most `most` of them.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn findings(
    conn: &mut Conn,
    reader: PersonId,
    folded: &str,
    most: i64,
) -> Result<Vec<PlacedStatement>, StoreError> {
    let rows: Vec<Placed> = statements::table
        .inner_join(postmortems::table)
        .left_join(components::table)
        .filter(readable(reader))
        .filter(postmortems::status.eq_any(finished()))
        .filter(statements::role.ne(FactorRole::Considered.as_code()))
        .filter(components::folded.eq(folded.to_owned()))
        .order((
            postmortems::filed_on.desc(),
            postmortems::id.desc(),
            statements::position,
            statements::id,
        ))
        .limit(most)
        .select(Placed::as_select())
        .load(conn)?;
    rows.into_iter().map(Placed::into_domain).collect()
}

/// The open commitments that address one of these statements, which were read through the choke point.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn commitments(
    conn: &mut Conn,
    statements: &[StatementId],
) -> Result<Vec<ActionId>, StoreError> {
    Ok(actions::table
        .filter(actions::statement_id.eq_any(statements.to_vec()))
        .filter(actions::kind.eq(ActionKind::Commitment.as_code()))
        .filter(actions::state.eq(ActionState::Open.as_code()))
        .order((actions::due_on.is_null(), actions::due_on, actions::id))
        .select(actions::id)
        .load(conn)?)
}

/// What surprised people, as it is written in these post-mortems, which were read through the choke point.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn surprises(
    conn: &mut Conn,
    ids: &[PostMortemId],
) -> Result<HashMap<PostMortemId, String>, StoreError> {
    let rows: Vec<(PostMortemId, String)> = sections::table
        .filter(sections::postmortem_id.eq_any(ids.to_vec()))
        .filter(sections::key.eq("surprise"))
        .order(sections::id)
        .select((sections::postmortem_id, sections::body))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
