//! The fix ledger of a recurring cause, and what was decided about it. The cause was read through the choke point.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::max;
use diesel::prelude::*;

use super::schema::{cause_decisions, fixes};
use super::sql_types::{code, instant, optional_code, stored, trusted};
use super::{Conn, StoreError, changed_one};
use crate::domain::actions::Strength;
use crate::domain::causes::{CauseDecision, Decision, Fix};
use crate::domain::ids::{CauseId, DecisionId, FixId, PersonId, Version};
use crate::domain::text::{Line, Prose};

#[derive(Queryable, Selectable, AsChangeset)]
#[diesel(table_name = fixes, treat_none_as_null = true)]
struct FixRow {
    id: FixId,
    tried: String,
    tried_on: Option<NaiveDate>,
    strength: Option<String>,
    outcome: String,
    version: i32,
}

type DecisionRow = (DecisionId, String, String, Option<NaiveDate>, NaiveDateTime);

/// What was tried, in the order in which it was written down.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn, cause: CauseId) -> Result<Vec<Fix>, StoreError> {
    let rows: Vec<FixRow> = fixes::table
        .filter(fixes::cause_id.eq(cause))
        .order((fixes::position, fixes::id))
        .select(FixRow::as_select())
        .load(conn)?;
    rows.into_iter().map(FixRow::into_domain).collect()
}

/// One line of the ledger of this cause.
///
/// # Errors
/// [`StoreError::NotFound`] if it has no such line.
pub fn find(conn: &mut Conn, cause: CauseId, id: FixId) -> Result<Fix, StoreError> {
    let row: FixRow = fixes::table
        .filter(fixes::cause_id.eq(cause))
        .filter(fixes::id.eq(id))
        .select(FixRow::as_select())
        .first(conn)?;
    row.into_domain()
}

/// Keeps a new line at the end of the ledger.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn insert(conn: &mut Conn, cause: CauseId, fix: &Fix) -> Result<(), StoreError> {
    let last: Option<i32> = fixes::table
        .filter(fixes::cause_id.eq(cause))
        .select(max(fixes::position))
        .first(conn)?;
    let values = (
        fixes::id.eq(fix.id),
        fixes::cause_id.eq(cause),
        fixes::position.eq(last.map_or(0, |last| last.saturating_add(1))),
        fixes::tried.eq(fix.tried.as_str()),
        fixes::tried_on.eq(fix.tried_on),
        fixes::strength.eq(fix.strength.map(Strength::as_code)),
        fixes::outcome.eq(fix.outcome.as_str()),
        fixes::version.eq(fix.version.0),
    );
    diesel::insert_into(fixes::table)
        .values(values)
        .execute(conn)?;
    Ok(())
}

/// Saves a line over the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn update(conn: &mut Conn, fix: &Fix, expected: Version) -> Result<(), StoreError> {
    let target = fixes::table
        .filter(fixes::id.eq(fix.id))
        .filter(fixes::version.eq(expected.0));
    changed_one(
        diesel::update(target)
            .set(FixRow::from_domain(fix))
            .execute(conn)?,
    )
}

/// Removes a line in the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn delete(conn: &mut Conn, id: FixId, expected: Version) -> Result<(), StoreError> {
    let target = fixes::table
        .filter(fixes::id.eq(id))
        .filter(fixes::version.eq(expected.0));
    changed_one(diesel::delete(target).execute(conn)?)
}

/// How many lines the ledger of each cause has.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn counts(conn: &mut Conn, causes: &[CauseId]) -> Result<HashMap<CauseId, usize>, StoreError> {
    let rows: Vec<(CauseId, i64)> = fixes::table
        .filter(fixes::cause_id.eq_any(causes.to_vec()))
        .group_by(fixes::cause_id)
        .select((fixes::cause_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(cause, count)| (cause, usize::try_from(count).unwrap_or(usize::MAX)))
        .collect())
}

/// What was decided about a cause, newest first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn decisions(conn: &mut Conn, cause: CauseId) -> Result<Vec<CauseDecision>, StoreError> {
    let rows: Vec<DecisionRow> = cause_decisions::table
        .filter(cause_decisions::cause_id.eq(cause))
        .order((
            cause_decisions::decided_at.desc(),
            cause_decisions::id.desc(),
        ))
        .select((
            cause_decisions::id,
            cause_decisions::decision,
            cause_decisions::reason,
            cause_decisions::relook_on,
            cause_decisions::decided_at,
        ))
        .load(conn)?;
    rows.into_iter().map(decision).collect()
}

/// What holds for each cause, that is, what was decided last.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn standing_decisions(
    conn: &mut Conn,
    causes: &[CauseId],
) -> Result<HashMap<CauseId, (Decision, Option<NaiveDate>)>, StoreError> {
    let rows: Vec<(CauseId, String, Option<NaiveDate>)> = cause_decisions::table
        .filter(cause_decisions::cause_id.eq_any(causes.to_vec()))
        .order((cause_decisions::decided_at, cause_decisions::id))
        .select((
            cause_decisions::cause_id,
            cause_decisions::decision,
            cause_decisions::relook_on,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(cause, decided, relook_on)| {
            let decided = code("cause_decisions.decision", &decided, Decision::from_code)?;
            Ok((cause, (decided, relook_on)))
        })
        .collect()
}

/// Keeps a decision.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn decide(
    conn: &mut Conn,
    cause: CauseId,
    decision: &CauseDecision,
    by: PersonId,
) -> Result<(), StoreError> {
    let values = (
        cause_decisions::id.eq(decision.id),
        cause_decisions::cause_id.eq(cause),
        cause_decisions::decision.eq(decision.decision.as_code()),
        cause_decisions::reason.eq(decision.reason.as_str()),
        cause_decisions::relook_on.eq(decision.relook_on),
        cause_decisions::decided_by.eq(by),
        cause_decisions::decided_at.eq(stored(decision.decided_at)),
    );
    diesel::insert_into(cause_decisions::table)
        .values(values)
        .execute(conn)?;
    Ok(())
}

fn decision(
    (id, decided, reason, relook_on, at): DecisionRow,
) -> Result<CauseDecision, StoreError> {
    Ok(CauseDecision {
        id,
        decision: code("cause_decisions.decision", &decided, Decision::from_code)?,
        reason: trusted("cause_decisions.reason", Prose::parse("", &reason))?,
        relook_on,
        decided_at: instant(at),
    })
}

impl FixRow {
    fn from_domain(fix: &Fix) -> Self {
        Self {
            id: fix.id,
            tried: fix.tried.as_str().to_owned(),
            tried_on: fix.tried_on,
            strength: fix.strength.map(|strength| strength.as_code().to_owned()),
            outcome: fix.outcome.as_str().to_owned(),
            version: fix.version.0,
        }
    }

    fn into_domain(self) -> Result<Fix, StoreError> {
        Ok(Fix {
            id: self.id,
            tried: trusted("fixes.tried", Line::parse("", &self.tried))?,
            tried_on: self.tried_on,
            strength: optional_code(
                "fixes.strength",
                self.strength.as_deref(),
                Strength::from_code,
            )?,
            outcome: trusted("fixes.outcome", Prose::parse("", &self.outcome))?,
            version: Version(self.version),
        })
    }
}
