//! Who did what, when: append-only. Read by nobody who counts people.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::audit_entries;
use super::sql_types::stored;
use super::{Conn, StoreError};
use crate::domain::ids::{PersonId, RevisionId};

/// Keeps an entry: `action` is a noun (`publication`, `approval`, `member`), `subject` a table, `id` the row.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn append(
    conn: &mut Conn,
    actor: Option<PersonId>,
    action: &str,
    subject: &str,
    id: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let values = (
        audit_entries::id.eq(RevisionId::new()),
        audit_entries::actor_id.eq(actor),
        audit_entries::action.eq(action),
        audit_entries::subject.eq(subject),
        audit_entries::subject_id.eq(id),
        audit_entries::at.eq(stored(now)),
    );
    diesel::insert_into(audit_entries::table)
        .values(values)
        .execute(conn)?;
    Ok(())
}
