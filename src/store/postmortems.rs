//! The facts of post-mortems: find, insert, update, number.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::access::readable;
use super::connection::{directly, hold};
use super::schema::{counters, postmortems};
use super::sql_types::{code, codes, instant, optional_code, stored, trusted};
use super::{Conn, StoreError, changed_one};
use crate::domain::ids::{Number, PersonId, PostMortemId, Version};
use crate::domain::postmortem::{
    Detection, Facts, Impact, Kind, Severity, Status, SystemKind, Tier, Trigger, Visibility,
};
use crate::domain::text::{Line, Prose, Title};
use crate::domain::timeline::Marker;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = postmortems, treat_none_as_null = true)]
struct Row {
    id: PostMortemId,
    number: Option<i32>,
    title: String,
    kind: String,
    tier: String,
    system: String,
    severity: Option<String>,
    status: String,
    visibility: String,
    zone: String,
    shepherd_id: PersonId,
    facilitator: Option<String>,
    template_version: i32,
    trigger_code: Option<String>,
    detection: Option<String>,
    impacts: String,
    unknown_markers: String,
    first_story_sealed_at: Option<NaiveDateTime>,
    no_commitments_because: String,
    over_limit_because: String,
    readers_confirmed_at: Option<NaiveDateTime>,
    happened_on: Option<NaiveDate>,
    filed_on: NaiveDate,
    source: Option<String>,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    published_at: Option<NaiveDateTime>,
    version: i32,
}

/// The facts of one post-mortem.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none, or none that the reader may know of.
pub fn find(conn: &mut Conn, reader: PersonId, id: PostMortemId) -> Result<Facts, StoreError> {
    let row: Row = directly!(
        conn,
        postmortems::table
            .filter(postmortems::id.eq(id))
            .filter(readable(reader))
            .select(Row::as_select())
            .first(conn)
    )?;
    row.into_domain()
}

/// The facts of a post-mortem that is about to change: nobody else changes anything of it until this transaction ends.
///
/// Without that, two who save at once in PostgreSQL would both have seen the version that stood before, and the slower
/// one could not be shown the text that won. (SQLite has one writer at a time anyway.)
///
/// # Errors
/// [`StoreError::NotFound`] if there is none, or none that the reader may know of.
pub fn find_to_change(
    conn: &mut Conn,
    reader: PersonId,
    id: PostMortemId,
) -> Result<Facts, StoreError> {
    hold(conn, "postmortems", id.0)?;
    find(conn, reader, id)
}

/// The facts of those post-mortems that the reader may read and that were not withdrawn, in no promised order.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn among(
    conn: &mut Conn,
    reader: PersonId,
    ids: &[PostMortemId],
) -> Result<Vec<Facts>, StoreError> {
    let rows: Vec<Row> = postmortems::table
        .filter(postmortems::id.eq_any(ids.to_vec()))
        .filter(postmortems::status.ne(Status::Withdrawn.as_code()))
        .filter(readable(reader))
        .order(postmortems::id)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::into_domain).collect()
}

/// The id behind a number that people say.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none, or none that the reader may know of.
pub fn id_of(
    conn: &mut Conn,
    reader: PersonId,
    number: Number,
) -> Result<PostMortemId, StoreError> {
    Ok(postmortems::table
        .filter(postmortems::number.eq(number.0))
        .filter(readable(reader))
        .select(postmortems::id)
        .first(conn)?)
}

/// What an import brought in under one of these names before, as far as the reader may read it.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn by_sources(
    conn: &mut Conn,
    reader: PersonId,
    sources: &[String],
) -> Result<Vec<Facts>, StoreError> {
    let rows: Vec<Row> = postmortems::table
        .filter(postmortems::source.eq_any(sources.to_vec()))
        .filter(readable(reader))
        .order(postmortems::id)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::into_domain).collect()
}

/// Keeps a new post-mortem.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn insert(conn: &mut Conn, facts: &Facts) -> Result<(), StoreError> {
    diesel::insert_into(postmortems::table)
        .values(Row::from_domain(facts))
        .execute(conn)?;
    Ok(())
}

/// Saves changed facts over the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn update(conn: &mut Conn, facts: &Facts, expected: Version) -> Result<(), StoreError> {
    let target = postmortems::table
        .filter(postmortems::id.eq(facts.id))
        .filter(postmortems::version.eq(expected.0));
    changed_one(
        diesel::update(target)
            .set(Row::from_domain(facts))
            .execute(conn)?,
    )
}

/// Notes that something inside changed, and the day by which it is filed now. Not a new version of the facts.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn touch(
    conn: &mut Conn,
    id: PostMortemId,
    now: DateTime<Utc>,
    filed_on: NaiveDate,
) -> Result<(), StoreError> {
    diesel::update(postmortems::table.filter(postmortems::id.eq(id)))
        .set((
            postmortems::updated_at.eq(stored(now)),
            postmortems::filed_on.eq(filed_on),
        ))
        .execute(conn)?;
    Ok(())
}

/// The next number. Given once; a number is never used again.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn next_number(conn: &mut Conn) -> Result<Number, StoreError> {
    let row = counters::table.filter(counters::name.eq("postmortem"));
    // The update locks the row, so that two writers on PostgreSQL never read the same value.
    diesel::update(row)
        .set(counters::value.eq(counters::value + 1))
        .execute(conn)?;
    Ok(Number(row.select(counters::value).first(conn)?))
}

impl Row {
    fn from_domain(facts: &Facts) -> Self {
        Self {
            id: facts.id,
            number: facts.number.map(|number| number.0),
            title: facts.title.as_str().to_owned(),
            kind: facts.kind.as_code().to_owned(),
            tier: facts.tier.as_code().to_owned(),
            system: facts.system.as_code().to_owned(),
            severity: facts.severity.map(|severity| severity.as_code().to_owned()),
            status: facts.status.as_code().to_owned(),
            visibility: facts.visibility.as_code().to_owned(),
            zone: facts.zone.name().to_owned(),
            shepherd_id: facts.shepherd,
            facilitator: facts
                .facilitator
                .as_ref()
                .map(|line| line.as_str().to_owned()),
            template_version: facts.template_version,
            trigger_code: facts.trigger.map(|trigger| trigger.as_code().to_owned()),
            detection: facts
                .detection
                .map(|detection| detection.as_code().to_owned()),
            impacts: facts
                .impacts
                .iter()
                .map(|impact| impact.as_code())
                .collect::<Vec<_>>()
                .join(","),
            unknown_markers: facts
                .unknown_markers
                .iter()
                .map(|marker| marker.as_code())
                .collect::<Vec<_>>()
                .join(","),
            first_story_sealed_at: facts.first_story_sealed_at.map(stored),
            no_commitments_because: facts.no_commitments_because.as_str().to_owned(),
            over_limit_because: facts.over_limit_because.as_str().to_owned(),
            readers_confirmed_at: facts.readers_confirmed_at.map(stored),
            happened_on: facts.happened_on,
            filed_on: facts.filed_on,
            source: facts.source.clone(),
            created_at: stored(facts.created_at),
            updated_at: stored(facts.updated_at),
            published_at: facts.published_at.map(stored),
            version: facts.version.0,
        }
    }

    fn into_domain(self) -> Result<Facts, StoreError> {
        Ok(Facts {
            id: self.id,
            number: self.number.map(Number),
            title: trusted("postmortems.title", Title::parse(&self.title))?,
            kind: code("postmortems.kind", &self.kind, Kind::from_code)?,
            tier: code("postmortems.tier", &self.tier, Tier::from_code)?,
            system: code("postmortems.system", &self.system, SystemKind::from_code)?,
            severity: optional_code(
                "postmortems.severity",
                self.severity.as_deref(),
                Severity::from_code,
            )?,
            status: code("postmortems.status", &self.status, Status::from_code)?,
            visibility: code(
                "postmortems.visibility",
                &self.visibility,
                Visibility::from_code,
            )?,
            zone: trusted("postmortems.zone", self.zone.parse())?,
            shepherd: self.shepherd_id,
            facilitator: self
                .facilitator
                .map(|line| trusted("postmortems.facilitator", Line::parse("", &line)))
                .transpose()?,
            template_version: self.template_version,
            trigger: optional_code(
                "postmortems.trigger_code",
                self.trigger_code.as_deref(),
                Trigger::from_code,
            )?,
            detection: optional_code(
                "postmortems.detection",
                self.detection.as_deref(),
                Detection::from_code,
            )?,
            impacts: codes("postmortems.impacts", &self.impacts, Impact::from_code)?,
            unknown_markers: codes(
                "postmortems.unknown_markers",
                &self.unknown_markers,
                Marker::from_code,
            )?,
            first_story_sealed_at: self.first_story_sealed_at.map(instant),
            no_commitments_because: trusted(
                "postmortems.no_commitments_because",
                Prose::parse("", &self.no_commitments_because),
            )?,
            over_limit_because: trusted(
                "postmortems.over_limit_because",
                Prose::parse("", &self.over_limit_because),
            )?,
            readers_confirmed_at: self.readers_confirmed_at.map(instant),
            happened_on: self.happened_on,
            filed_on: self.filed_on,
            source: self.source,
            created_at: instant(self.created_at),
            updated_at: instant(self.updated_at),
            published_at: self.published_at.map(instant),
            version: Version(self.version),
        })
    }
}
