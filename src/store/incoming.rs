//! What was imported from other programs: which post-mortem stands for which record, and what the import wrote.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::access::readable;
use super::connection::hold_name;
use super::schema::{foreign_parts, foreign_records, postmortems};
use super::sql_types::{code, instant, stored};
use super::{Conn, StoreError, changed_one};
use crate::domain::ids::{PersonId, PostMortemId, RecordId, RevisionId};
use crate::domain::incoming::{Place, Resource};

/// A record of another program, and the post-mortem that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The record.
    pub id: RecordId,
    /// The post-mortem.
    pub postmortem: PostMortemId,
    /// The format that it came in.
    pub source: String,
    /// What it is called there.
    pub foreign_id: String,
    /// Whether a program began it, and nobody wrote in it when the import looked last.
    pub waiting: bool,
    /// When it was imported last.
    pub imported_at: DateTime<Utc>,
}

/// A part that an import wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is called there.
    pub place: Place,
    /// What it is called here: an id, or a section's key.
    pub resource_id: String,
    /// The version that the import made of it.
    pub version: i32,
    /// The digest of what the file said.
    pub digest: String,
}

/// Lets one import at a time decide about a record until its transaction ends, even if nobody brought it in yet.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn hold(conn: &mut Conn, source: &str, foreign_id: &str) -> Result<(), StoreError> {
    Ok(hold_name(conn, &format!("{source}:{foreign_id}"))?)
}

/// What stands for a record here, if the reader may read it; the one that was brought in first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn find(
    conn: &mut Conn,
    reader: PersonId,
    source: &str,
    foreign_id: &str,
) -> Result<Option<Record>, StoreError> {
    let found = named(conn, reader, source, &[foreign_id.to_owned()])?;
    Ok(found.into_iter().next())
}

/// What stands here for records with one of these names, as far as the reader may read it, the first one first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn named(
    conn: &mut Conn,
    reader: PersonId,
    source: &str,
    names: &[String],
) -> Result<Vec<Record>, StoreError> {
    type Row = (RecordId, PostMortemId, String, bool, NaiveDateTime);
    let rows: Vec<Row> = foreign_records::table
        .inner_join(postmortems::table)
        .filter(foreign_records::source.eq(source))
        .filter(foreign_records::foreign_id.eq_any(names.to_vec()))
        .filter(readable(reader))
        .order(foreign_records::id)
        .select((
            foreign_records::id,
            foreign_records::postmortem_id,
            foreign_records::foreign_id,
            foreign_records::waiting,
            foreign_records::imported_at,
        ))
        .load(conn)?;
    let record = |(id, postmortem, foreign_id, waiting, imported_at): Row| Record {
        id,
        postmortem,
        source: source.to_owned(),
        foreign_id,
        waiting,
        imported_at: instant(imported_at),
    };
    Ok(rows.into_iter().map(record).collect())
}

/// Keeps a new record.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn insert(conn: &mut Conn, record: &Record) -> Result<(), StoreError> {
    diesel::insert_into(foreign_records::table)
        .values((
            foreign_records::id.eq(record.id),
            foreign_records::postmortem_id.eq(record.postmortem),
            foreign_records::source.eq(&record.source),
            foreign_records::foreign_id.eq(&record.foreign_id),
            foreign_records::waiting.eq(record.waiting),
            foreign_records::imported_at.eq(stored(record.imported_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes that a record was imported again.
///
/// # Errors
/// [`StoreError::Conflict`] if it is gone.
pub fn renew(
    conn: &mut Conn,
    id: RecordId,
    waiting: bool,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let values = (
        foreign_records::waiting.eq(waiting),
        foreign_records::imported_at.eq(stored(at)),
    );
    changed_one(
        diesel::update(foreign_records::table.find(id))
            .set(values)
            .execute(conn)?,
    )
}

/// The parts that imports wrote for a record that was read through the choke point.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn parts(conn: &mut Conn, record: RecordId) -> Result<Vec<Part>, StoreError> {
    let rows: Vec<(String, String, String, i32, String)> = foreign_parts::table
        .filter(foreign_parts::record_id.eq(record))
        .order(foreign_parts::id)
        .select((
            foreign_parts::resource,
            foreign_parts::part,
            foreign_parts::resource_id,
            foreign_parts::version,
            foreign_parts::digest,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(resource, key, resource_id, version, digest)| {
            let resource = code("foreign_parts.resource", &resource, Resource::from_code)?;
            let place = Place { resource, key };
            Ok(Part {
                place,
                resource_id,
                version,
                digest,
            })
        })
        .collect()
}

/// Notes what an import wrote, in the place of what the last one wrote for the same part.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put_part(conn: &mut Conn, record: RecordId, part: &Part) -> Result<(), StoreError> {
    let resource = part.place.resource.as_code();
    let before = foreign_parts::table
        .filter(foreign_parts::record_id.eq(record))
        .filter(foreign_parts::resource.eq(resource))
        .filter(foreign_parts::part.eq(&part.place.key));
    diesel::delete(before).execute(conn)?;
    diesel::insert_into(foreign_parts::table)
        .values((
            foreign_parts::id.eq(RevisionId::new()),
            foreign_parts::record_id.eq(record),
            foreign_parts::resource.eq(resource),
            foreign_parts::part.eq(&part.place.key),
            foreign_parts::resource_id.eq(&part.resource_id),
            foreign_parts::version.eq(part.version),
            foreign_parts::digest.eq(&part.digest),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets what an import wrote for a part that is called otherwise now.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn drop_part(conn: &mut Conn, record: RecordId, place: &Place) -> Result<(), StoreError> {
    let old = foreign_parts::table
        .filter(foreign_parts::record_id.eq(record))
        .filter(foreign_parts::resource.eq(place.resource.as_code()))
        .filter(foreign_parts::part.eq(&place.key));
    diesel::delete(old).execute(conn)?;
    Ok(())
}
