//! The people of a post-mortem: members and approvals.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::connection::directly;
use super::schema::{approvals, members, people};
use super::sql_types::{code, instant, stored, trusted};
use super::{Conn, StoreError};
use crate::domain::ids::{LinkId, PersonId, PostMortemId};
use crate::domain::postmortem::{Access, Approval, Member};
use crate::domain::text::Line;

/// Rows that only join two records need a key all the same.
type RowId = LinkId;

/// The members of a post-mortem that was read through the choke point, by name.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn, postmortem: PostMortemId) -> Result<Vec<Member>, StoreError> {
    let rows: Vec<(PersonId, String, Option<String>, String)> = directly!(
        conn,
        members::table
            .inner_join(people::table)
            .filter(members::postmortem_id.eq(postmortem))
            .order((people::name, people::id))
            .select((
                members::person_id,
                people::name,
                members::role,
                members::access,
            ))
            .load(conn)
    )?;
    rows.into_iter()
        .map(|(person, name, role, access)| {
            Ok(Member {
                person,
                name: trusted("people.name", Line::parse("", &name))?,
                role: role
                    .map(|role| trusted("members.role", Line::parse("", &role)))
                    .transpose()?,
                access: code("members.access", &access, Access::from_code)?,
            })
        })
        .collect()
}

/// What a person may do here as a member; `None` for one who is none.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn access(
    conn: &mut Conn,
    postmortem: PostMortemId,
    person: PersonId,
) -> Result<Option<Access>, StoreError> {
    let found: Option<String> = members::table
        .filter(members::postmortem_id.eq(postmortem))
        .filter(members::person_id.eq(person))
        .select(members::access)
        .first(conn)
        .optional()?;
    found
        .map(|access| code("members.access", &access, Access::from_code))
        .transpose()
}

/// Makes a person a member, or changes what they may do.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put(
    conn: &mut Conn,
    postmortem: PostMortemId,
    person: PersonId,
    role: Option<&Line>,
    access: Access,
) -> Result<(), StoreError> {
    let values = (
        members::role.eq(role.map(Line::as_str)),
        members::access.eq(access.as_code()),
    );
    let target = members::table
        .filter(members::postmortem_id.eq(postmortem))
        .filter(members::person_id.eq(person));
    if diesel::update(target).set(values).execute(conn)? == 0 {
        let keys = (
            members::id.eq(RowId::new()),
            members::postmortem_id.eq(postmortem),
            members::person_id.eq(person),
        );
        diesel::insert_into(members::table)
            .values((keys.0, keys.1, keys.2, values.0, values.1))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes a person out.
///
/// # Errors
/// [`StoreError::NotFound`] if they were no member.
pub fn remove(
    conn: &mut Conn,
    postmortem: PostMortemId,
    person: PersonId,
) -> Result<(), StoreError> {
    let target = members::table
        .filter(members::postmortem_id.eq(postmortem))
        .filter(members::person_id.eq(person));
    if diesel::delete(target).execute(conn)? == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}

/// Who approved a post-mortem that was read through the choke point, first one first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn approvals(conn: &mut Conn, postmortem: PostMortemId) -> Result<Vec<Approval>, StoreError> {
    let rows: Vec<(PersonId, NaiveDateTime)> = directly!(
        conn,
        approvals::table
            .filter(approvals::postmortem_id.eq(postmortem))
            .order((approvals::approved_at, approvals::id))
            .select((approvals::person_id, approvals::approved_at))
            .load(conn)
    )?;
    Ok(rows
        .into_iter()
        .map(|(person, at)| Approval {
            person,
            at: instant(at),
        })
        .collect())
}

/// Keeps an approval; approving twice changes nothing.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn approve(
    conn: &mut Conn,
    postmortem: PostMortemId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if approvals(conn, postmortem)?
        .iter()
        .any(|approval| approval.person == person)
    {
        return Ok(());
    }
    let values = (
        approvals::id.eq(RowId::new()),
        approvals::postmortem_id.eq(postmortem),
        approvals::person_id.eq(person),
        approvals::approved_at.eq(stored(now)),
    );
    diesel::insert_into(approvals::table)
        .values(values)
        .execute(conn)?;
    Ok(())
}

/// Takes an approval back.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn unapprove(
    conn: &mut Conn,
    postmortem: PostMortemId,
    person: PersonId,
) -> Result<(), StoreError> {
    let target = approvals::table
        .filter(approvals::postmortem_id.eq(postmortem))
        .filter(approvals::person_id.eq(person));
    diesel::delete(target).execute(conn)?;
    Ok(())
}
