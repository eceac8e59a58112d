//! What is counted for the themes: post-mortems that the reader may read, and what contributed in them.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::narrowing::narrowed;
use super::schema::{components, postmortems, statements};
use super::{Conn, StoreError};
use crate::domain::factors::{Confidence, FactorRole};
use crate::domain::ids::PersonId;
use crate::domain::listing::Filters;
use crate::domain::themes::By;

/// A post-mortem that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The number of its row.
    pub postmortem: i32,
    /// The day by which it is filed.
    pub day: NaiveDate,
}

/// A statement that contributed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// The number of the row of its post-mortem.
    pub postmortem: i32,
    /// The factor as it was coded, or the name of the component it points at, whichever was asked for.
    pub named: Option<String>,
    /// Whether it was reasoned from other facts.
    pub inferred: bool,
}

/// What is loaded: post-mortem, day, factor or component, and whether a statement was inferred, if there is one.
type Row = (i32, NaiveDate, Option<String>, Option<bool>);

/// The post-mortems that count, and what contributed in them or weakened the response; both in no order, because sorting
/// thousands for a table of counts took longer than finding them.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn told(
    conn: &mut Conn,
    reader: PersonId,
    filters: &Filters,
    by: By,
) -> Result<(Vec<Told>, Vec<Contribution>), StoreError> {
    let mut known = HashSet::new();
    let mut told = Vec::new();
    let rows = rows(conn, reader, filters, by)?;
    let mut contributions = Vec::with_capacity(rows.len());
    for (postmortem, day, named, inferred) in rows {
        if known.insert(postmortem) {
            told.push(Told { postmortem, day });
        }
        if let Some(inferred) = inferred {
            contributions.push(Contribution {
                postmortem,
                named,
                inferred,
            });
        }
    }
    Ok((told, contributions))
}

/// Reads only what is asked for: in SQLite all of it but the names of components stands in two indexes.
fn rows(
    conn: &mut Conn,
    reader: PersonId,
    filters: &Filters,
    by: By,
) -> Result<Vec<Row>, StoreError> {
    let roles: Vec<&str> = FactorRole::ALL
        .iter()
        .filter(|role| role.is_contribution())
        .map(|role| role.as_code())
        .collect();
    let contributing = statements::postmortem_id
        .eq(postmortems::id)
        .and(statements::role.eq_any(roles));
    let inferred = statements::confidence.eq(Confidence::Inferred.as_code());
    let found = postmortems::table
        .left_join(statements::table.on(contributing))
        .filter(narrowed(reader, filters, &[]));
    Ok(match by {
        By::Factor | By::Category => found
            .select((
                postmortems::key,
                postmortems::filed_on,
                statements::factor.nullable(),
                inferred.nullable(),
            ))
            .load(conn)?,
        By::Component => found
            .left_join(components::table.on(statements::component_id.eq(components::id.nullable())))
            .select((
                postmortems::key,
                postmortems::filed_on,
                components::name.nullable(),
                inferred.nullable(),
            ))
            .load(conn)?,
    })
}
