//! What is counted for the themes: post-mortems that the reader may read, and what contributed in them.

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

/// The post-mortems that count: the numbers of their rows, and the days by which they are filed.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn told(
    conn: &mut Conn,
    reader: PersonId,
    filters: &Filters,
) -> Result<Vec<(i32, NaiveDate)>, StoreError> {
    Ok(postmortems::table
        .filter(narrowed(reader, filters, &[]))
        .order((postmortems::filed_on, postmortems::key))
        .select((postmortems::key, postmortems::filed_on))
        .load(conn)?)
}

/// What contributed in them, or weakened the response.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn contributions(
    conn: &mut Conn,
    reader: PersonId,
    filters: &Filters,
) -> Result<Vec<Contribution>, StoreError> {
    type Row = (i32, Option<String>, Option<String>, String);
    let roles: Vec<&str> = FactorRole::ALL
        .iter()
        .filter(|role| role.is_contribution())
        .map(|role| role.as_code())
        .collect();
    let rows: Vec<Row> = statements::table
        .inner_join(postmortems::table)
        .left_join(components::table)
        .filter(narrowed(reader, filters, &[]))
        .filter(statements::role.eq_any(roles))
        .order((postmortems::key, statements::position, statements::id))
        .select((
            postmortems::key,
            statements::factor,
            components::name.nullable(),
            statements::confidence,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(postmortem, factor, component, confidence)| {
            Ok(Contribution {
                postmortem,
                factor: factor.map(|id| FactorId::stored(&id)),
                component: component
                    .map(|name| trusted("components.name", Line::parse("", &name)))
                    .transpose()?,
                confidence: code("statements.confidence", &confidence, Confidence::from_code)?,
            })
        })
        .collect()
}
