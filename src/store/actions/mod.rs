//! Actions: ideas and commitments.

mod listing; // over all post-mortems that one may read

pub use listing::{listed, open_commitments, owners, page};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::actions::{Action, ActionKind, ActionState, Reversibility, Strength};
use crate::domain::ids::{ActionId, PostMortemId, StatementId, Version};
use crate::domain::postmortem::Visibility;
use crate::domain::text::{Line, Prose};
use crate::store::connection::directly;
use crate::store::schema::{actions, postmortems};
use crate::store::sql_types::{code, optional_code, trusted};
use crate::store::{Conn, StoreError, changed_one};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = actions, treat_none_as_null = true)]
struct Row {
    id: ActionId,
    postmortem_id: PostMortemId,
    position: i32,
    title: String,
    kind: String,
    statement_id: Option<StatementId>,
    strength: Option<String>,
    owner: Option<String>,
    due_on: Option<NaiveDate>,
    known_by: String,
    reach: String,
    reversibility: Option<String>,
    expires_on: Option<NaiveDate>,
    state: String,
    state_reason: String,
    tracker: Option<String>,
    version: i32,
}

/// The actions of a post-mortem that was read through the choke point, in their order.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn, postmortem: PostMortemId) -> Result<Vec<Action>, StoreError> {
    let rows: Vec<Row> = directly!(
        conn,
        actions::table
            .filter(actions::postmortem_id.eq(postmortem))
            .order((actions::position, actions::id))
            .select(Row::as_select())
            .load(conn)
    )?;
    rows.into_iter().map(Row::into_domain).collect()
}

/// How many commitments are open in what the organisation may read, one post-mortem left out.
///
/// Restricted ones do not count: everybody sees this number, whatever they may read, and the gate has to judge alike
/// for everybody.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn open_commitments_elsewhere(
    conn: &mut Conn,
    postmortem: PostMortemId,
) -> Result<i64, StoreError> {
    Ok(actions::table
        .inner_join(postmortems::table)
        .filter(postmortems::visibility.eq(Visibility::Organisation.as_code()))
        .filter(actions::postmortem_id.ne(postmortem))
        .filter(actions::state.eq(ActionState::Open.as_code()))
        .filter(actions::kind.eq(ActionKind::Commitment.as_code()))
        .count()
        .get_result(conn)?)
}

/// Keeps a new action.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn insert(
    conn: &mut Conn,
    postmortem: PostMortemId,
    action: &Action,
) -> Result<(), StoreError> {
    diesel::insert_into(actions::table)
        .values(Row::from_domain(postmortem, action))
        .execute(conn)?;
    Ok(())
}

/// Saves an action over the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn update(
    conn: &mut Conn,
    postmortem: PostMortemId,
    action: &Action,
    expected: Version,
) -> Result<(), StoreError> {
    let target = actions::table
        .filter(actions::id.eq(action.id))
        .filter(actions::version.eq(expected.0));
    changed_one(
        diesel::update(target)
            .set(Row::from_domain(postmortem, action))
            .execute(conn)?,
    )
}

/// Removes an action in the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn delete(conn: &mut Conn, id: ActionId, expected: Version) -> Result<(), StoreError> {
    changed_one(
        diesel::delete(
            actions::table
                .filter(actions::id.eq(id))
                .filter(actions::version.eq(expected.0)),
        )
        .execute(conn)?,
    )
}

/// Lets these actions of a post-mortem address a statement again, those that address another one by now left out.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn address(
    conn: &mut Conn,
    postmortem: PostMortemId,
    ids: &[ActionId],
    statement: StatementId,
) -> Result<(), StoreError> {
    let target = actions::table
        .filter(actions::postmortem_id.eq(postmortem))
        .filter(actions::id.eq_any(ids))
        .filter(actions::statement_id.is_null());
    diesel::update(target)
        .set(actions::statement_id.eq(statement))
        .execute(conn)?;
    Ok(())
}

/// Puts the actions of a post-mortem into this order. Not a new version of any.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn arrange(
    conn: &mut Conn,
    postmortem: PostMortemId,
    order: &[ActionId],
) -> Result<(), StoreError> {
    for (position, id) in (0_i32..).zip(order) {
        let target = actions::table
            .filter(actions::postmortem_id.eq(postmortem))
            .filter(actions::id.eq(id));
        diesel::update(target)
            .set(actions::position.eq(position))
            .execute(conn)?;
    }
    Ok(())
}

impl Row {
    fn from_domain(postmortem: PostMortemId, action: &Action) -> Self {
        Self {
            id: action.id,
            postmortem_id: postmortem,
            position: action.position,
            title: action.title.as_str().to_owned(),
            kind: action.kind.as_code().to_owned(),
            statement_id: action.statement,
            strength: action
                .strength
                .map(|strength| strength.as_code().to_owned()),
            owner: action.owner.as_ref().map(|owner| owner.as_str().to_owned()),
            due_on: action.due_on,
            known_by: action.known_by.as_str().to_owned(),
            reach: action.reach.as_str().to_owned(),
            reversibility: action
                .reversibility
                .map(|reversibility| reversibility.as_code().to_owned()),
            expires_on: action.expires_on,
            state: action.state.as_code().to_owned(),
            state_reason: action.state_reason.as_str().to_owned(),
            tracker: action.tracker.clone(),
            version: action.version.0,
        }
    }

    fn into_domain(self) -> Result<Action, StoreError> {
        Ok(Action {
            id: self.id,
            position: self.position,
            title: trusted("actions.title", Line::parse("", &self.title))?,
            kind: code("actions.kind", &self.kind, ActionKind::from_code)?,
            statement: self.statement_id,
            strength: optional_code(
                "actions.strength",
                self.strength.as_deref(),
                Strength::from_code,
            )?,
            owner: self
                .owner
                .map(|owner| trusted("actions.owner", Line::parse("", &owner)))
                .transpose()?,
            due_on: self.due_on,
            known_by: trusted("actions.known_by", Prose::parse("", &self.known_by))?,
            reach: trusted("actions.reach", Prose::parse("", &self.reach))?,
            reversibility: optional_code(
                "actions.reversibility",
                self.reversibility.as_deref(),
                Reversibility::from_code,
            )?,
            expires_on: self.expires_on,
            state: code("actions.state", &self.state, ActionState::from_code)?,
            state_reason: trusted("actions.state_reason", Prose::parse("", &self.state_reason))?,
            tracker: self.tracker,
            version: Version(self.version),
        })
    }
}
