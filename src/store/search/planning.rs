//! What PostgreSQL is told about planning a search. It does not know what it costs to read the words of a text.

use diesel::connection::SimpleConnection as _;
use diesel::result::QueryResult;

use crate::store::{Conn, StoreError};

/// Has each search planned by its words: a plan for any word walks over all texts that hold a common one.
pub(in crate::store) fn plan_by_words(conn: &mut Conn) -> QueryResult<()> {
    settings(conn, "SET LOCAL plan_cache_mode = force_custom_plan")
}

/// Has the index alone say which texts hold the words, while `body` asks. (PostgreSQL would rather look into every text.)
pub(super) fn by_index<T>(
    conn: &mut Conn,
    body: impl FnOnce(&mut Conn) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    settings(
        conn,
        "SET LOCAL enable_indexscan = off; SET LOCAL enable_seqscan = off; \
         SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off",
    )?;
    let answer = body(conn)?;
    settings(
        conn,
        "RESET enable_indexscan; RESET enable_seqscan; RESET enable_hashjoin; RESET enable_mergejoin",
    )?;
    Ok(answer)
}

fn settings(conn: &mut Conn, sql: &str) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(inner) => inner.batch_execute(sql),
    }
}
