//! Statements like a text: those of the post-mortems whose statements hold most of its words, and those that share a factor or
//! a component.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Near, best, best_first, near, today};
use crate::domain::ids::{PersonId, StatementId};
use crate::domain::placed::PlacedStatement;
use crate::domain::similarity::{Asked, Compared, Found, Similar};
use crate::store::access::readable;
use crate::store::schema::{components, postmortems, statements as rows};
use crate::store::{Conn, StoreError, placed};

/// Of how many post-mortems the statements are compared.
const COMPARED: usize = 60;

/// How many of the best are looked at together: some may not be wanted.
const STEP: usize = 64;

/// A statement: its id, words, factor and component.
type Row = (StatementId, String, Option<String>, Option<String>);

/// The statements most like a text that the reader may read and `wanted` lets pass, best first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn statements(
    conn: &mut Conn,
    reader: PersonId,
    compared: Compared<'_>,
    wanted: impl Fn(&PlacedStatement) -> bool,
    most: usize,
) -> Result<Vec<(PlacedStatement, Similar<StatementId>)>, StoreError> {
    let Near {
        asked,
        held,
        marked,
    } = near(conn, reader, compared, Asked::in_statements)?;
    let keys = best(&asked, &held, COMPARED);
    let marked: Vec<StatementId> = marked.into_iter().map(|(id, _)| id).collect();
    let mut similar: Vec<Similar<StatementId>> = among(conn, reader, &keys, &marked)?
        .into_iter()
        .filter_map(|row| compare(&asked, row))
        .collect();
    similar.sort_by(best_first);
    let mut found = Vec::new();
    for step in similar.chunks(STEP) {
        let ids: Vec<StatementId> = step.iter().map(|similar| similar.key).collect();
        let known = placed::among(conn, reader, &ids)?;
        let mut known: HashMap<StatementId, PlacedStatement> = known
            .into_iter()
            .filter(|placed| wanted(placed))
            .map(|placed| (placed.id, placed))
            .collect();
        let passed = step.iter().filter_map(|similar| {
            let placed = known.remove(&similar.key)?;
            Some((placed, similar.clone()))
        });
        found.extend(passed);
        if found.len() >= most {
            break;
        }
    }
    found.truncate(most);
    Ok(found)
}

fn compare(asked: &Asked<'_>, (id, text, factor, component): Row) -> Option<Similar<StatementId>> {
    let factors: Vec<String> = factor.map(today).into_iter().collect();
    let components: Vec<String> = component.into_iter().collect();
    asked.similar(Found {
        key: id,
        held: asked.in_statement(&text),
        factors: &factors,
        components: &components,
    })
}

/// The statements of these post-mortems, and these statements, as far as the reader may read them; each once.
fn among(
    conn: &mut Conn,
    reader: PersonId,
    keys: &[i32],
    ids: &[StatementId],
) -> Result<Vec<Row>, StoreError> {
    let what = (
        rows::id,
        rows::body,
        rows::factor,
        components::folded.nullable(),
    );
    let mut found: Vec<Row> = rows::table
        .inner_join(postmortems::table)
        .left_join(components::table)
        .filter(postmortems::key.eq_any(keys.to_vec()))
        .filter(readable(reader))
        .select(what)
        .load(conn)?;
    let marked: Vec<Row> = rows::table
        .inner_join(postmortems::table)
        .left_join(components::table)
        .filter(rows::id.eq_any(ids.to_vec()))
        .filter(readable(reader))
        .select(what)
        .load(conn)?;
    found.extend(marked);
    found.sort_by_key(|(id, ..)| *id);
    found.dedup_by_key(|(id, ..)| *id);
    Ok(found)
}
