//! The organisation's own words: one row, made when somebody first saves it.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::directly;
use super::schema::own_words;
use super::sql_types::{instant, stored, trusted};
use super::{Conn, StoreError, changed_one};
use crate::domain::ids::{RevisionId, Version};
use crate::domain::own_words::OwnWords;

/// The id of the one row, the same in every store: archives name rows by ids.
const ROW: RevisionId = RevisionId(Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0001));

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = own_words)]
struct Row {
    id: RevisionId,
    people: String,
    systems: String,
    names: String,
    version: i32,
    updated_at: NaiveDateTime,
}

/// Own words as they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptWords {
    /// The words.
    pub words: OwnWords,
    /// Counts their saved versions; 0 if they were never saved.
    pub version: Version,
    /// When they were last saved.
    pub updated_at: Option<DateTime<Utc>>,
}

/// The words as they stand.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn find(conn: &mut Conn) -> Result<KeptWords, StoreError> {
    let row: Option<Row> = directly!(
        conn,
        own_words::table
            .filter(own_words::id.eq(ROW))
            .select(Row::as_select())
            .first(conn)
            .optional()
    )?;
    row.map_or_else(
        || {
            Ok(KeptWords {
                words: OwnWords::default(),
                version: Version(0),
                updated_at: None,
            })
        },
        Row::into_domain,
    )
}

/// Saves the words over the version that was read.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody was faster.
pub fn put(
    conn: &mut Conn,
    words: &OwnWords,
    expected: Version,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = Row {
        id: ROW,
        people: words.people.join("\n"),
        systems: words.systems.join("\n"),
        names: words.names.join("\n"),
        version: expected.next().0,
        updated_at: stored(now),
    };
    if expected == Version(0) {
        return match diesel::insert_into(own_words::table)
            .values(row)
            .execute(conn)
        {
            Ok(_) => Ok(()),
            Err(error) => Err(faster(error.into())),
        };
    }
    let target = own_words::table
        .filter(own_words::id.eq(ROW))
        .filter(own_words::version.eq(expected.0));
    changed_one(diesel::update(target).set(row).execute(conn)?)
}

/// Who makes the one row second was slower.
pub(super) fn faster(error: StoreError) -> StoreError {
    match error {
        StoreError::Exists => StoreError::Conflict,
        other => other,
    }
}

/// What the audit calls the words.
#[must_use]
pub fn id() -> String {
    ROW.to_string()
}

impl Row {
    fn into_domain(self) -> Result<KeptWords, StoreError> {
        let words = OwnWords::parse(&self.people, &self.systems, &self.names);
        Ok(KeptWords {
            words: trusted("own_words", words)?,
            version: Version(self.version),
            updated_at: Some(instant(self.updated_at)),
        })
    }
}
