//! What is counted for the themes: post-mortems that the reader may read, and what contributed in them.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::narrowing::narrowed;
use super::schema::{components, postmortems, statements};
use super::sql_types::{code, trusted};
use super::{Conn, StoreError};
use crate::domain::factors::{Confidence, FactorRole};
use crate::domain::ids::PersonId;
use crate::domain::listing::Filters;
use crate::domain::taxonomy::FactorId;
use crate::domain::text::Line;

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
    /// Its factor, as it was coded.
    pub factor: Option<FactorId>,
    /// What it points at.
    pub component: Option<Line>,
    /// How well it is supported.
    pub confidence: Confidence,
}

/// What is loaded: post-mortem, day, factor, component, and the confidence of a statement, if there is one.
type Row = (
    i32,
    NaiveDate,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// The post-mortems that count, and what contributed in them or weakened the response; both in no order, because sorting
/// thousands for a table of counts took longer than finding them.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn told(
    conn: &mut Conn,
    reader: PersonId,
    filters: &Filters,
) -> Result<(Vec<Told>, Vec<Contribution>), StoreError> {
    let roles: Vec<&str> = FactorRole::ALL
        .iter()
        .filter(|role| role.is_contribution())
        .map(|role| role.as_code())
        .collect();
    let contributing = statements::postmortem_id
        .eq(postmortems::id)
        .and(statements::role.eq_any(roles));
    let rows: Vec<Row> = postmortems::table
        .left_join(statements::table.on(contributing))
        .left_join(components::table.on(statements::component_id.eq(components::id.nullable())))
        .filter(narrowed(reader, filters, &[]))
        .select((
            postmortems::key,
            postmortems::filed_on,
            statements::factor.nullable(),
            components::name.nullable(),
            statements::confidence.nullable(),
        ))
        .load(conn)?;
    let mut known = HashSet::new();
    let mut told = Vec::new();
    let mut contributions = Vec::with_capacity(rows.len());
    for (postmortem, day, factor, component, confidence) in rows {
        if known.insert(postmortem) {
            told.push(Told { postmortem, day });
        }
        if let Some(confidence) = confidence {
            contributions.push(contribution(postmortem, factor, component, &confidence)?);
        }
    }
    Ok((told, contributions))
}

fn contribution(
    postmortem: i32,
    factor: Option<String>,
    component: Option<String>,
    confidence: &str,
) -> Result<Contribution, StoreError> {
    Ok(Contribution {
        postmortem,
        factor: factor.map(|id| FactorId::stored(&id)),
        component: component
            .map(|name| trusted("components.name", Line::parse("", &name)))
            .transpose()?,
        confidence: code("statements.confidence", confidence, Confidence::from_code)?,
    })
}
