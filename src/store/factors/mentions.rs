//! Factors and components over all post-mortems that somebody may read.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::dsl::count;
use diesel::prelude::*;

use crate::domain::factors::{Confidence, FactorCount, FactorRole, Mention};
use crate::domain::ids::{Number, PersonId, PostMortemId, StatementId};
use crate::domain::taxonomy::FactorId;
use crate::domain::text::{Line, Prose, Title, folded};
use crate::store::access::readable;
use crate::store::schema::{components, postmortems, statements};
use crate::store::sql_types::{code, trusted};
use crate::store::{Conn, StoreError};

/// How many post-mortems the reader may read.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn postmortems(conn: &mut Conn, reader: PersonId) -> Result<i64, StoreError> {
    Ok(postmortems::table
        .filter(readable(reader))
        .count()
        .get_result(conn)?)
}

/// In how many post-mortems that the reader may read each factor is named.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn counts(
    conn: &mut Conn,
    reader: PersonId,
) -> Result<BTreeMap<FactorId, FactorCount>, StoreError> {
    let mut counts: BTreeMap<FactorId, FactorCount> = BTreeMap::new();
    for (factor, count) in named_as(conn, reader, FactorRole::is_contribution)? {
        counts.entry(factor).or_default().contributed = count;
    }
    for (factor, count) in named_as(conn, reader, FactorRole::held)? {
        counts.entry(factor).or_default().held = count;
    }
    for (factor, count) in named_as(conn, reader, |role| role == FactorRole::Considered)? {
        counts.entry(factor).or_default().considered = count;
    }
    Ok(counts)
}

fn named_as(
    conn: &mut Conn,
    reader: PersonId,
    wanted: impl Fn(FactorRole) -> bool,
) -> Result<Vec<(FactorId, i64)>, StoreError> {
    let roles: Vec<&str> = FactorRole::ALL
        .iter()
        .filter(|role| wanted(**role))
        .map(|role| role.as_code())
        .collect();
    let rows: Vec<(Option<String>, i64)> = statements::table
        .inner_join(postmortems::table)
        .filter(readable(reader))
        .filter(statements::factor.is_not_null())
        .filter(statements::role.eq_any(roles))
        .group_by(statements::factor)
        .select((
            statements::factor,
            count(statements::postmortem_id).aggregate_distinct(),
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(factor, count)| Some((FactorId::stored(&factor?), count)))
        .collect())
}

/// The statements that name a factor, in post-mortems that the reader may read, newest first, at most `most`.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn mentions(
    conn: &mut Conn,
    reader: PersonId,
    factor: &FactorId,
    most: i64,
) -> Result<Vec<Mention>, StoreError> {
    type Row = (
        (StatementId, String, String, String, Option<String>),
        (PostMortemId, Option<i32>, String, NaiveDate),
    );
    let rows: Vec<Row> = statements::table
        .inner_join(postmortems::table)
        .left_join(components::table)
        .filter(readable(reader))
        .filter(statements::factor.eq(factor.as_str()))
        .order((postmortems::filed_on.desc(), statements::id.desc()))
        .limit(most)
        .select((
            (
                statements::id,
                statements::body,
                statements::role,
                statements::confidence,
                components::name.nullable(),
            ),
            (
                postmortems::id,
                postmortems::number,
                postmortems::title,
                postmortems::filed_on,
            ),
        ))
        .load(conn)?;
    rows.into_iter()
        .map(
            |(
                (statement, body, role, confidence, component),
                (postmortem, number, title, filed_on),
            )| {
                Ok(Mention {
                    statement,
                    text: trusted("statements.body", Prose::parse("", &body))?,
                    role: code("statements.role", &role, FactorRole::from_code)?,
                    confidence: code("statements.confidence", &confidence, Confidence::from_code)?,
                    component: component
                        .map(|name| trusted("components.name", Line::parse("", &name)))
                        .transpose()?,
                    postmortem,
                    number: number.map(Number),
                    title: trusted("postmortems.title", Title::parse(&title))?,
                    filed_on,
                })
            },
        )
        .collect()
}

/// The components that statements point at, in post-mortems that the reader may read, in order; each in the spelling
/// that comes first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn component_names(conn: &mut Conn, reader: PersonId) -> Result<Vec<Line>, StoreError> {
    let rows: Vec<String> = statements::table
        .inner_join(postmortems::table)
        .inner_join(components::table)
        .filter(readable(reader))
        .select(components::name)
        .distinct()
        .order(components::name)
        .load(conn)?;
    let mut seen = BTreeSet::new();
    rows.into_iter()
        .filter(|name| seen.insert(folded(name)))
        .map(|name| trusted("components.name", Line::parse("", &name)))
        .collect()
}
