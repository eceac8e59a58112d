//! How the parts of SQLite's index of words are merged.
//!
//! Each save adds a part, and a search looks into every part there is. Left to itself FTS5 merges in bursts, a thousand pages at
//! once where the index is large, for which one who saves waits up to 100 ms and everybody else behind them
//! (<https://sqlite.org/fts5.html#the_automerge_configuration_option>). So a migration switched that off, and each save merges a few
//! pages, if any are due: at 104,000 post-mortems less than what saving itself writes.

use diesel::result::QueryResult;

use crate::store::Conn;
use crate::store::connection::only_sqlite;

/// Merges sixteen pages, if as many parts are alike as FTS5 waits for.
pub(super) fn merge_some(conn: &mut Conn) -> QueryResult<()> {
    only_sqlite(
        conn,
        "INSERT INTO search_index (search_index, rank) VALUES ('merge', 16)",
    )
}
