//! Post-mortems as they stand in lists, newest first.

use std::marker::PhantomData;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::dsl::{AsSelect, auto_type, count_star, exists, not};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::access::readable;
use super::connection::{Backend, directly};
use super::framed::Framed;
use super::narrowing::{narrowed, narrowed_open};
use super::schema::{
    approvals, events, foreign_records, members, postmortems, search_documents, sections,
};
use super::sql_types::{code, instant, optional_code, stored, trusted};
use super::{Conn, StoreError};
use crate::domain::ids::{Number, PersonId, PostMortemId};
use crate::domain::listing::{Card, Cursor, Filters, Total, Unfinished};
use crate::domain::postmortem::{Access, Kind, Severity, Status, SystemKind, Tier, Visibility};
use crate::domain::taxonomy::FactorId;
use crate::domain::templates;
use crate::domain::text::Title;

/// How many are counted before "more than" is said.
const COUNTED: usize = 1_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = postmortems)]
pub(in crate::store) struct CardRow {
    id: PostMortemId,
    number: Option<i32>,
    title: String,
    kind: String,
    tier: String,
    system: String,
    severity: Option<String>,
    status: String,
    visibility: String,
    filed_on: NaiveDate,
    source: Option<String>,
}

/// A card, and what its search document adds.
pub(in crate::store) type Listed = (CardRow, Option<String>, Option<String>);

/// The columns of [`Listed`].
type Columns = (
    AsSelect<CardRow, Backend>,
    diesel::dsl::Nullable<search_documents::lede>,
    diesel::dsl::Nullable<search_documents::factors>,
);

fn columns() -> Columns {
    (
        CardRow::as_select(),
        search_documents::lede.nullable(),
        search_documents::factors.nullable(),
    )
}

/// Where they come from. A post-mortem without a search document would still be listed.
#[auto_type]
fn listed() -> _ {
    postmortems::table
        .left_join(search_documents::table.on(search_documents::key.eq(postmortems::key)))
}

/// A page of what the reader may read, newest first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn page(
    conn: &mut Conn,
    reader: PersonId,
    filters: &Filters,
    after: Option<Cursor>,
    most: usize,
) -> Result<Vec<Card>, StoreError> {
    let newest = (postmortems::filed_on.desc(), postmortems::id.desc());
    if after.is_none() && *filters == Filters::default() {
        return rows(directly!(
            conn,
            listed()
                .select((
                    CardRow::as_select(),
                    search_documents::lede.nullable(),
                    search_documents::factors.nullable(),
                ))
                .filter(readable(reader))
                .order(newest)
                .limit(limit(most))
                .load(conn)
        )?);
    }
    let condition = narrowed(reader, filters, &[]);
    let Some(after) = after else {
        return rows(
            listed()
                .select(columns())
                .filter(condition)
                .order(newest)
                .limit(limit(most))
                .load(conn)?,
        );
    };
    // The first half alone lets the index begin in the right place.
    let further = postmortems::filed_on.le(after.filed_on).and(
        postmortems::filed_on
            .lt(after.filed_on)
            .or(postmortems::id.lt(after.id)),
    );
    rows(
        listed()
            .select(columns())
            .filter(condition)
            .filter(further)
            .order(newest)
            .limit(limit(most))
            .load(conn)?,
    )
}

/// How many the reader may read, of what the filters ask for.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn total(conn: &mut Conn, reader: PersonId, filters: &Filters) -> Result<Total, StoreError> {
    // Most is open to everybody. If that alone is more than is counted, nothing has to be asked about the reader.
    let another: Option<i32> = postmortems::table
        .filter(narrowed_open(filters))
        .select(postmortems::key)
        .offset(limit(COUNTED))
        .limit(1)
        .first(conn)
        .optional()?;
    if another.is_some() {
        return Ok(Total {
            count: COUNTED,
            more: true,
        });
    }
    let counted: i64 = Framed::<BigInt> {
        before: "SELECT count(*) FROM (SELECT 1 FROM postmortems WHERE ",
        text: None,
        between: "",
        condition: narrowed(reader, filters, &[]),
        after: " LIMIT ",
        limit: limit(COUNTED + 1),
        end: ") AS counted",
        columns: PhantomData,
    }
    .get_result(conn)?;
    let count = usize::try_from(counted).unwrap_or_default();
    Ok(Total {
        count: count.min(COUNTED),
        more: count > COUNTED,
    })
}

/// Drafts that a program began, and in which nobody wrote yet.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn waiting_to_be_told(
    conn: &mut Conn,
    reader: PersonId,
    most: usize,
) -> Result<Vec<Card>, StoreError> {
    let untouched = foreign_records::table
        .filter(foreign_records::postmortem_id.eq(postmortems::id))
        .filter(foreign_records::waiting.eq(true))
        .filter(foreign_records::imported_at.eq(postmortems::updated_at));
    rows(
        listed()
            .select(columns())
            .filter(narrowed(reader, &Filters::default(), &[]))
            .filter(postmortems::status.eq(Status::Draft.as_code()))
            .filter(exists(untouched))
            .order((postmortems::updated_at.desc(), postmortems::id.desc()))
            .limit(limit(most))
            .load(conn)?,
    )
}

/// What was published last.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn newly_published(
    conn: &mut Conn,
    reader: PersonId,
    most: usize,
) -> Result<Vec<Card>, StoreError> {
    rows(
        listed()
            .select(columns())
            .filter(narrowed(reader, &Filters::default(), &[]))
            .filter(postmortems::status.eq(Status::Published.as_code()))
            .filter(postmortems::published_at.is_not_null())
            .order((postmortems::published_at.desc(), postmortems::id.desc()))
            .limit(limit(most))
            .load(conn)?,
    )
}

/// What is finished and is filed within these days, first one first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn finished_between(
    conn: &mut Conn,
    reader: PersonId,
    days: (NaiveDate, NaiveDate),
    most: usize,
) -> Result<Vec<Card>, StoreError> {
    rows(
        listed()
            .select(columns())
            .filter(narrowed(reader, &Filters::default(), &[]))
            .filter(postmortems::status.eq_any(finished()))
            .filter(postmortems::filed_on.between(days.0, days.1))
            .order((postmortems::filed_on, postmortems::id))
            .limit(limit(most))
            .load(conn)?,
    )
}

/// What was published from the first moment until before the second, first one first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn published_between(
    conn: &mut Conn,
    reader: PersonId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    most: usize,
) -> Result<Vec<Card>, StoreError> {
    rows(
        listed()
            .select(columns())
            .filter(narrowed(reader, &Filters::default(), &[]))
            .filter(postmortems::status.eq(Status::Published.as_code()))
            .filter(postmortems::published_at.ge(stored(from)))
            .filter(postmortems::published_at.lt(stored(until)))
            .order((postmortems::published_at, postmortems::id))
            .limit(limit(most))
            .load(conn)?,
    )
}

/// Those of these post-mortems that the reader may read and that are finished, newest first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn finished_among(
    conn: &mut Conn,
    reader: PersonId,
    ids: &[PostMortemId],
) -> Result<Vec<Card>, StoreError> {
    rows(
        listed()
            .select(columns())
            .filter(narrowed(reader, &Filters::default(), &[]))
            .filter(postmortems::status.eq_any(finished()))
            .filter(postmortems::id.eq_any(ids.to_vec()))
            .order((postmortems::filed_on.desc(), postmortems::id.desc()))
            .load(conn)?,
    )
}

/// What is in review, is somebody else's, and the reader has not approved yet; what waits longest first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn waiting_for_a_reader(
    conn: &mut Conn,
    reader: PersonId,
    most: usize,
) -> Result<Vec<Card>, StoreError> {
    let approved = approvals::table
        .filter(approvals::postmortem_id.eq(postmortems::id))
        .filter(approvals::person_id.eq(reader));
    rows(
        listed()
            .select(columns())
            .filter(narrowed(reader, &Filters::default(), &[]))
            .filter(postmortems::status.eq(Status::InReview.as_code()))
            .filter(postmortems::shepherd_id.ne(reader))
            .filter(not(exists(approved)))
            .order((postmortems::updated_at, postmortems::id))
            .limit(limit(most))
            .load(conn)?,
    )
}

/// Drafts and reviews that the reader shepherds or may write in as a member, last changed first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn unfinished(
    conn: &mut Conn,
    reader: PersonId,
    most: usize,
) -> Result<Vec<Unfinished>, StoreError> {
    let written = members::table
        .filter(members::postmortem_id.eq(postmortems::id))
        .filter(members::person_id.eq(reader))
        .filter(members::access.eq(Access::Write.as_code()));
    let open = [Status::Draft.as_code(), Status::InReview.as_code()];
    let found: Vec<(CardRow, Option<String>, Option<String>, NaiveDateTime)> = listed()
        .filter(narrowed(reader, &Filters::default(), &[]))
        .filter(postmortems::status.eq_any(open))
        .filter(postmortems::shepherd_id.eq(reader).or(exists(written)))
        .order((postmortems::updated_at.desc(), postmortems::id.desc()))
        .limit(limit(most))
        .select((
            columns().0,
            columns().1,
            columns().2,
            postmortems::updated_at,
        ))
        .load(conn)?;
    let ids: Vec<PostMortemId> = found.iter().map(|(row, ..)| row.id).collect();
    let timelines: Vec<(PostMortemId, i64)> = events::table
        .filter(events::postmortem_id.eq_any(&ids))
        .group_by(events::postmortem_id)
        .select((events::postmortem_id, count_star()))
        .load(conn)?;
    let written: Vec<(PostMortemId, String)> = sections::table
        .filter(sections::postmortem_id.eq_any(&ids))
        .filter(sections::body.ne(""))
        .select((sections::postmortem_id, sections::key))
        .load(conn)?;
    let progress = |listed, updated_at| {
        let card = card(listed)?;
        let events = timelines.iter().find(|(id, _)| *id == card.id);
        let events = events.map_or(0, |(_, count)| usize::try_from(*count).unwrap_or_default());
        let keys: Vec<&str> = written
            .iter()
            .filter(|(id, _)| *id == card.id)
            .map(|(_, key)| key.as_str())
            .collect();
        Ok(Unfinished {
            events,
            empty_parts: templates::core()
                .offered(card.kind, card.tier)
                .filter(|section| !keys.contains(&section.key.as_str()))
                .count(),
            updated_at: instant(updated_at),
            card,
        })
    };
    found
        .into_iter()
        .map(|(row, lede, factors, at)| progress((row, lede, factors), at))
        .collect()
}

/// The codes of what has something to teach.
pub(in crate::store) fn finished() -> Vec<&'static str> {
    Status::ALL
        .iter()
        .filter(|status| status.is_finished())
        .map(|status| status.as_code())
        .collect()
}

/// When each of these last changed, as far as the reader may read them.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn changed(
    conn: &mut Conn,
    reader: PersonId,
    ids: &[PostMortemId],
) -> Result<Vec<(PostMortemId, DateTime<Utc>)>, StoreError> {
    let found: Vec<(PostMortemId, NaiveDateTime)> = postmortems::table
        .filter(narrowed(reader, &Filters::default(), &[]))
        .filter(postmortems::id.eq_any(ids))
        .select((postmortems::id, postmortems::updated_at))
        .load(conn)?;
    Ok(found
        .into_iter()
        .map(|(id, at)| (id, instant(at)))
        .collect())
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

fn rows(listed: Vec<Listed>) -> Result<Vec<Card>, StoreError> {
    listed.into_iter().map(card).collect()
}

pub(in crate::store) fn card((row, lede, factors): Listed) -> Result<Card, StoreError> {
    let factors = factors.unwrap_or_default();
    Ok(Card {
        id: row.id,
        number: row.number.map(Number),
        title: trusted("postmortems.title", Title::parse(&row.title))?,
        kind: code("postmortems.kind", &row.kind, Kind::from_code)?,
        tier: code("postmortems.tier", &row.tier, Tier::from_code)?,
        system: code("postmortems.system", &row.system, SystemKind::from_code)?,
        severity: optional_code(
            "postmortems.severity",
            row.severity.as_deref(),
            Severity::from_code,
        )?,
        status: code("postmortems.status", &row.status, Status::from_code)?,
        visibility: code(
            "postmortems.visibility",
            &row.visibility,
            Visibility::from_code,
        )?,
        filed_on: row.filed_on,
        source: row.source,
        lede: lede.unwrap_or_default(),
        factors: factors
            .split(',')
            .filter(|id| !id.is_empty())
            .map(FactorId::stored)
            .collect(),
    })
}
