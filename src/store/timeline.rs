//! Timeline events.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::directly;
use super::schema::{events, evidence, postmortems, statements};
use super::sql_types::{code, instant, optional_code, stored, trusted};
use super::{Conn, StoreError, changed_one};
use crate::domain::ids::{EventId, PostMortemId, RevisionId, StatementId, Version};
use crate::domain::text::{Line, Prose};
use crate::domain::timeline::{Effect, Event, Lane, Marker};
use crate::domain::when::{Precision, When};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = events, treat_none_as_null = true)]
struct Row {
    id: EventId,
    postmortem_id: PostMortemId,
    position: i32,
    at: Option<NaiveDateTime>,
    until: Option<NaiveDateTime>,
    precision: String,
    typed: String,
    lane: String,
    marker: Option<String>,
    body: String,
    role: Option<String>,
    source: Option<String>,
    effect: Option<String>,
    known_at_the_time: Option<bool>,
    version: i32,
}

/// The events of a post-mortem that was read through the choke point, in their order.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn, postmortem: PostMortemId) -> Result<Vec<Event>, StoreError> {
    let rows: Vec<Row> = directly!(
        conn,
        events::table
            .filter(events::postmortem_id.eq(postmortem))
            .order((events::position, events::id))
            .select(Row::as_select())
            .load(conn)
    )?;
    rows.into_iter().map(Row::into_domain).collect()
}

/// Keeps a new event at its position.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn insert(conn: &mut Conn, postmortem: PostMortemId, event: &Event) -> Result<(), StoreError> {
    diesel::insert_into(events::table)
        .values(Row::from_domain(postmortem, event))
        .execute(conn)?;
    Ok(())
}

/// Saves an event over the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn update(
    conn: &mut Conn,
    postmortem: PostMortemId,
    event: &Event,
    expected: Version,
) -> Result<(), StoreError> {
    let target = events::table
        .filter(events::id.eq(event.id))
        .filter(events::version.eq(expected.0));
    changed_one(
        diesel::update(target)
            .set(Row::from_domain(postmortem, event))
            .execute(conn)?,
    )
}

/// Removes an event in the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn delete(conn: &mut Conn, id: EventId, expected: Version) -> Result<(), StoreError> {
    changed_one(
        diesel::delete(
            events::table
                .filter(events::id.eq(id))
                .filter(events::version.eq(expected.0)),
        )
        .execute(conn)?,
    )
}

/// Lets one writer at a time change the rows of a timeline until its transaction ends: whether a marker is free and
/// which row comes first is decided on what stands then. (SQLite has one writer anyway.)
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn lock(conn: &mut Conn, postmortem: PostMortemId) -> Result<(), StoreError> {
    diesel::update(postmortems::table.filter(postmortems::id.eq(postmortem)))
        .set(postmortems::updated_at.eq(postmortems::updated_at))
        .execute(conn)?;
    Ok(())
}

/// Writes the places of events that stand elsewhere now.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn place(conn: &mut Conn, moved: &[(EventId, i32)]) -> Result<(), StoreError> {
    for (id, position) in moved {
        diesel::update(events::table.filter(events::id.eq(id)))
            .set(events::position.eq(position))
            .execute(conn)?;
    }
    Ok(())
}

/// Lets those of the statements that still stand in the post-mortem rest on an event again, as their last evidence.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn cite(
    conn: &mut Conn,
    postmortem: PostMortemId,
    id: EventId,
    cited_by: &[StatementId],
) -> Result<(), StoreError> {
    let standing: Vec<StatementId> = statements::table
        .filter(statements::postmortem_id.eq(postmortem))
        .filter(statements::id.eq_any(cited_by))
        .order(statements::id)
        .select(statements::id)
        .load(conn)?;
    for statement in standing {
        let last: Option<i32> = evidence::table
            .filter(evidence::statement_id.eq(statement))
            .select(diesel::dsl::max(evidence::position))
            .first(conn)?;
        let values = (
            // Evidence has no identity outside its statement; its rows need a key all the same.
            evidence::id.eq(RevisionId::new()),
            evidence::statement_id.eq(statement),
            evidence::position.eq(last.map_or(0, |last| last.saturating_add(1))),
            evidence::event_id.eq(id),
        );
        diesel::insert_into(evidence::table)
            .values(values)
            .execute(conn)?;
    }
    Ok(())
}

impl Row {
    fn from_domain(postmortem: PostMortemId, event: &Event) -> Self {
        Self {
            id: event.id,
            postmortem_id: postmortem,
            position: event.position,
            at: event.when.at().map(stored),
            until: event.when.until().map(stored),
            precision: event.when.precision().as_code().to_owned(),
            typed: event.when.typed().to_owned(),
            lane: event.lane.as_code().to_owned(),
            marker: event.marker.map(|marker| marker.as_code().to_owned()),
            body: event.text.as_str().to_owned(),
            role: event.role.as_ref().map(|role| role.as_str().to_owned()),
            source: event.source.clone(),
            effect: event.effect.map(|effect| effect.as_code().to_owned()),
            known_at_the_time: event.known_at_the_time,
            version: event.version.0,
        }
    }

    fn into_domain(self) -> Result<Event, StoreError> {
        let precision = code("events.precision", &self.precision, Precision::from_code)?;
        let when = When::from_parts(
            &self.typed,
            self.at.map(instant),
            self.until.map(instant),
            precision,
        );
        Ok(Event {
            id: self.id,
            position: self.position,
            when: trusted("events.at", when)?,
            lane: code("events.lane", &self.lane, Lane::from_code)?,
            marker: optional_code("events.marker", self.marker.as_deref(), Marker::from_code)?,
            text: trusted("events.body", Prose::parse("", &self.body))?,
            role: self
                .role
                .map(|role| trusted("events.role", Line::parse("", &role)))
                .transpose()?,
            source: self.source,
            effect: optional_code("events.effect", self.effect.as_deref(), Effect::from_code)?,
            known_at_the_time: self.known_at_the_time,
            version: Version(self.version),
        })
    }
}
