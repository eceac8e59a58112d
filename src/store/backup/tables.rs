//! The tables of a store, each after those that it points at. They are asked of an SQLite database: both have the same.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel::sqlite::SqliteConnection;

/// A table and its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Table {
    pub(in crate::store) name: String,
    pub(in crate::store) columns: Vec<Column>,
    /// Which rows are meant; all of them, unless somebody narrows it.
    pub(in crate::store) rows: &'static str,
}

/// A column, and what it was declared as.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub(in crate::store) struct Column {
    #[diesel(sql_type = Text)]
    pub(in crate::store) name: String,
    #[diesel(sql_type = Text)]
    pub(in crate::store) kind: String,
    /// Whether it is the primary key.
    #[diesel(sql_type = Bool)]
    pub(in crate::store) key: bool,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Neither the search index, which follows its table, nor what
/// ranking knows and counts, nor the words of all texts, which are made again, nor what Diesel and SQLite note for themselves.
const TABLES: &str = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
     AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT IN ('__diesel_schema_migrations', 'search_signals', 'search_facts', 'search_vocabulary') ORDER BY name";
const COLUMNS: &str =
    "SELECT name, type AS kind, pk > 0 AS key FROM pragma_table_info(?) ORDER BY cid";
const POINTS_AT: &str = "SELECT DISTINCT \"table\" AS name FROM pragma_foreign_key_list(?)";

/// Lists the tables in an order in which their rows can be inserted.
pub(in crate::store) fn tables(conn: &mut SqliteConnection) -> QueryResult<Vec<Table>> {
    let names: Vec<Name> = diesel::sql_query(TABLES).load(conn)?;
    let mut waiting = Vec::new();
    for Name { name } in names {
        let columns = diesel::sql_query(COLUMNS)
            .bind::<Text, _>(&name)
            .load(conn)?;
        let points_at: Vec<Name> = diesel::sql_query(POINTS_AT)
            .bind::<Text, _>(&name)
            .load(conn)?;
        let points_at: BTreeSet<String> = points_at.into_iter().map(|other| other.name).collect();
        let rows = "TRUE";
        waiting.push((
            Table {
                name,
                columns,
                rows,
            },
            points_at,
        ));
    }
    let mut ordered: Vec<Table> = Vec::new();
    while !waiting.is_empty() {
        let done: BTreeSet<String> = ordered.iter().map(|table| table.name.clone()).collect();
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(table, others)| {
            others
                .iter()
                .all(|other| done.contains(other) || *other == table.name)
        });
        if ready.is_empty() {
            // Tables that point at each other have no order; the database will say which row it misses.
            ordered.extend(rest.into_iter().map(|(table, _)| table));
            break;
        }
        ordered.extend(ready.into_iter().map(|(table, _)| table));
        waiting = rest;
    }
    Ok(ordered)
}
