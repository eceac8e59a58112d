//! What PostgreSQL is told about planning a search. It does not know what it costs to read the words of a text.

use diesel::connection::SimpleConnection as _;
use diesel::result::QueryResult;

use crate::store::Conn;

/// Has each search planned by its words: a plan for any word walks over all texts that hold a common one.
pub(in crate::store) fn plan_by_words(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(inner) => {
            inner.batch_execute("SET LOCAL plan_cache_mode = force_custom_plan")
        }
    }
}

/// Has the index alone say which texts hold the words, while many are counted. (It would rather look into every text.)
pub(super) fn by_index(conn: &mut Conn, on: bool) -> QueryResult<()> {
    match (conn, on) {
        (Conn::Sqlite(_), _) => Ok(()),
        (Conn::Postgres(inner), true) => inner.batch_execute(
            "SET LOCAL enable_indexscan = off; SET LOCAL enable_seqscan = off; \
             SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off",
        ),
        (Conn::Postgres(inner), false) => inner.batch_execute(
            "RESET enable_indexscan; RESET enable_seqscan; RESET enable_hashjoin; RESET enable_mergejoin",
        ),
    }
}
