//! Actions over all post-mortems that somebody may read.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::Row;
use crate::domain::actions::{ActionCursor, ActionFilter, ActionKind, ActionState, ListedAction};
use crate::domain::ids::{ActionId, Number, PersonId, PostMortemId, StatementId};
use crate::domain::text::{Line, Prose, Title};
use crate::store::access::readable;
use crate::store::schema::{actions, postmortems, revisions, statements};
use crate::store::sql_types::{instant, trusted};
use crate::store::{Conn, StoreError};

/// Actions that the reader may read, those with the nearest date first and those without one last, at most `most`.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn page(
    conn: &mut Conn,
    reader: PersonId,
    filter: &ActionFilter,
    after: Option<ActionCursor>,
    most: i64,
) -> Result<Vec<ListedAction>, StoreError> {
    let mut query = actions::table
        .inner_join(postmortems::table)
        .filter(readable(reader))
        .into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(actions::kind.eq(kind.as_code()));
    }
    if let Some(state) = filter.state {
        query = query.filter(actions::state.eq(state.as_code()));
    }
    if let Some(owner) = &filter.owner {
        query = query.filter(actions::owner.eq(owner.as_str().to_owned()));
    }
    if let Some(today) = filter.overdue_on {
        query = query
            .filter(actions::state.eq(ActionState::Open.as_code()))
            .filter(actions::due_on.lt(today));
    }
    if let Some(after) = after {
        query = match after.due_on {
            None => query
                .filter(actions::due_on.is_null())
                .filter(actions::id.gt(after.id)),
            Some(day) => query.filter(
                actions::due_on
                    .gt(day)
                    .or(actions::due_on.eq(day).and(actions::id.gt(after.id)))
                    .or(actions::due_on.is_null()),
            ),
        };
    }
    let rows: Vec<Listed> = query
        .order((actions::due_on.is_null(), actions::due_on, actions::id))
        .limit(most)
        .select((
            Row::as_select(),
            postmortems::id,
            postmortems::number,
            postmortems::title,
        ))
        .load(conn)?;
    dress(conn, rows)
}

/// One action with its post-mortem.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none that the reader may read.
pub fn listed(conn: &mut Conn, reader: PersonId, id: ActionId) -> Result<ListedAction, StoreError> {
    let row: Listed = actions::table
        .inner_join(postmortems::table)
        .filter(readable(reader))
        .filter(actions::id.eq(id))
        .select((
            Row::as_select(),
            postmortems::id,
            postmortems::number,
            postmortems::title,
        ))
        .first(conn)?;
    dress(conn, vec![row])?.pop().ok_or(StoreError::NotFound)
}

type Listed = (Row, PostMortemId, Option<i32>, String);

/// Adds the words of the findings and the days of making.
fn dress(conn: &mut Conn, rows: Vec<Listed>) -> Result<Vec<ListedAction>, StoreError> {
    let addressed: Vec<StatementId> = rows
        .iter()
        .filter_map(|(row, ..)| row.statement_id)
        .collect();
    let findings = findings(conn, &addressed)?;
    let within: Vec<PostMortemId> = rows.iter().map(|(_, id, ..)| *id).collect();
    let ids = rows.iter().map(|(row, ..)| row.id.to_string()).collect();
    let made = made(conn, &within, ids)?;
    rows.into_iter()
        .map(|(row, postmortem, number, title)| {
            let action = row.into_domain()?;
            Ok(ListedAction {
                finding: action
                    .statement
                    .and_then(|statement| findings.get(&statement))
                    .map(|body| trusted("statements.body", Prose::parse("", body)))
                    .transpose()?,
                made_at: made.get(&action.id.to_string()).copied(),
                action,
                postmortem,
                number: number.map(Number),
                title: trusted("postmortems.title", Title::parse(&title))?,
            })
        })
        .collect()
}

/// The words of statements, which stand in the same post-mortems as the actions that address them.
fn findings(
    conn: &mut Conn,
    ids: &[StatementId],
) -> Result<BTreeMap<StatementId, String>, StoreError> {
    let rows: Vec<(StatementId, String)> = statements::table
        .filter(statements::id.eq_any(ids))
        .select((statements::id, statements::body))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// When actions of these post-mortems were first written down.
fn made(
    conn: &mut Conn,
    within: &[PostMortemId],
    ids: Vec<String>,
) -> Result<BTreeMap<String, DateTime<Utc>>, StoreError> {
    let rows: Vec<(String, NaiveDateTime)> = revisions::table
        .filter(revisions::postmortem_id.eq_any(within))
        .filter(revisions::resource.eq("action"))
        .filter(revisions::version.eq(1))
        .filter(revisions::resource_id.eq_any(ids))
        .select((revisions::resource_id, revisions::saved_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, at)| (id, instant(at))).collect())
}

/// How many commitments are open in post-mortems that the reader may read, and how many of them are past their date.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn open_commitments(
    conn: &mut Conn,
    reader: PersonId,
    today: NaiveDate,
) -> Result<(i64, i64), StoreError> {
    let open = || {
        actions::table
            .inner_join(postmortems::table)
            .filter(readable(reader))
            .filter(actions::kind.eq(ActionKind::Commitment.as_code()))
            .filter(actions::state.eq(ActionState::Open.as_code()))
    };
    let all: i64 = open().count().get_result(conn)?;
    let overdue: i64 = open()
        .filter(actions::due_on.lt(today))
        .count()
        .get_result(conn)?;
    Ok((all, overdue))
}

/// The teams and roles that own actions in post-mortems that the reader may read, in order.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn owners(conn: &mut Conn, reader: PersonId) -> Result<Vec<Line>, StoreError> {
    let rows: Vec<Option<String>> = actions::table
        .inner_join(postmortems::table)
        .filter(readable(reader))
        .filter(actions::owner.is_not_null())
        .select(actions::owner)
        .distinct()
        .order(actions::owner)
        .load(conn)?;
    rows.into_iter()
        .flatten()
        .map(|owner| trusted("actions.owner", Line::parse("", &owner)))
        .collect()
}
