//! Which tables and columns an archive holds: all that the migrations make, but for these.

use crate::store::backup::tables::{Table, tables};
use crate::store::{Conn, StoreError};

/// Tables that are in no archive, and why.
pub const TABLES_LEFT_OUT: [(&str, &str); 7] = [
    ("sessions", "an archive lets nobody in"),
    ("api_tokens", "an archive lets nobody in"),
    (
        "idempotency_keys",
        "answers that are kept for a day, for programs that ask twice",
    ),
    ("search_documents", "made again from the texts"),
    ("search_signals", "made again from the texts"),
    ("search_facts", "made again from the facts"),
    ("search_vocabulary", "made again from the texts"),
];

/// Tables that archives of the same format did not hold at first. Where one is missing, nothing of it was there.
pub(super) const TABLES_ADDED: [&str; 8] = [
    "wording_answers",
    "reading_list",
    "own_words",
    "name_roles",
    "name_answers",
    "comments",
    "foreign_records",
    "foreign_parts",
];

/// Columns that are in no archive, and why.
pub const COLUMNS_LEFT_OUT: [(&str, &str, &str); 5] = [
    ("people", "password_hash", "an archive lets nobody in"),
    ("sections", "html", "made again from the text"),
    ("accounts", "html", "made again from the text"),
    ("causes", "html", "made again from the text"),
    ("comments", "html", "made again from the text"),
];

/// Tables of which some rows are in no archive: which rows are, and why not the others.
pub const ROWS_LEFT_OUT: [(&str, &str, &str); 1] = [(
    "settings",
    "name <> 'setup'",
    "the link for the first administrator lets somebody in",
)];

/// Whether a column is one that no archive holds.
pub(super) fn left_out(table: &str, column: &str) -> bool {
    COLUMNS_LEFT_OUT
        .iter()
        .any(|(of, name, _)| (*of, *name) == (table, column))
}

/// The tables that an archive holds, with the columns that it holds, each after those that it points at.
pub(super) fn tables_of(conn: &mut Conn) -> Result<Vec<Table>, StoreError> {
    let Conn::Sqlite(inner) = conn else {
        return Ok(Vec::new());
    };
    let all = tables(inner)?;
    let held = all
        .into_iter()
        .filter(|table| TABLES_LEFT_OUT.iter().all(|(name, _)| *name != table.name));
    Ok(held.map(narrowed).collect())
}

fn narrowed(mut table: Table) -> Table {
    let Table {
        name,
        columns,
        rows,
    } = &mut table;
    columns.retain(|column| !left_out(name, &column.name));
    if let Some((_, meant, _)) = ROWS_LEFT_OUT.iter().find(|(of, _, _)| of == name) {
        *rows = meant;
    }
    table
}
