//! Rows from one database to another, as JSON: both can write their rows as it, and read rows from it.

use diesel::connection::{DefaultLoadingMode, SimpleConnection as _};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

use super::BackupError;
use super::tables::{Column, Table, tables};
use crate::store::{Conn, Store, StoreError, search};

/// How many rows go at once.
const TOGETHER: usize = 500;

/// How many bytes of rows go at once, whatever their number.
const BYTES_TOGETHER: usize = 8_000_000;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    row: String,
}

/// Puts every row of one store in the place of all rows of another, as of one moment and in one transaction.
pub(super) fn all(source: &Store, target: &Store) -> Result<(), BackupError> {
    source.read(|from| target.write(|to| Ok(replace(from, to)?)))
}

/// Puts every row of one database in the place of all rows of another; one of the two is SQLite.
pub(in crate::store) fn replace(from: &mut Conn, to: &mut Conn) -> Result<(), StoreError> {
    let tables = match (&mut *from, &mut *to) {
        (Conn::Sqlite(inner), _) | (_, Conn::Sqlite(inner)) => tables(inner)?,
        (Conn::Postgres(_), Conn::Postgres(_)) => Vec::new(),
    };
    empty(to, &tables)?;
    for table in &tables {
        pages(from, table, |rows| {
            insert(to, table, &format!("[{}]", rows.join(",")))
        })?;
        if let Conn::Postgres(inner) = to {
            number_on(inner, table)?;
        }
    }
    search::complete(to)
}

/// Removes every row, those first that point at others.
fn empty(to: &mut Conn, tables: &[Table]) -> Result<(), StoreError> {
    match to {
        Conn::Sqlite(inner) => {
            for table in tables.iter().rev() {
                inner.batch_execute(&format!("DELETE FROM {}", quoted(&table.name)))?;
            }
        }
        Conn::Postgres(inner) => {
            let names: Vec<String> = tables.iter().map(|table| quoted(&table.name)).collect();
            inner.batch_execute(&format!("TRUNCATE {} CASCADE", names.join(", ")))?;
        }
    }
    Ok(())
}

/// Hands over the rows of a table as JSON objects, some at a time, in the order of their keys.
pub(in crate::store) fn pages<E: From<StoreError>>(
    from: &mut Conn,
    table: &Table,
    mut page: impl FnMut(&[String]) -> Result<(), E>,
) -> Result<(), E> {
    match from {
        Conn::Sqlite(inner) => {
            let query = diesel::sql_query(sqlite_rows(table));
            let rows = query
                .load_iter::<Row, DefaultLoadingMode>(inner)
                .map_err(StoreError::from)?;
            let (mut together, mut bytes) = (Vec::new(), 0);
            for row in rows {
                let Row { row } = row.map_err(StoreError::from)?;
                bytes += row.len();
                together.push(row);
                if together.len() >= TOGETHER || bytes >= BYTES_TOGETHER {
                    page(&together)?;
                    together.clear();
                    bytes = 0;
                }
            }
            if together.is_empty() {
                Ok(())
            } else {
                page(&together)
            }
        }
        Conn::Postgres(inner) => {
            let sql = format!(
                "DECLARE copied NO SCROLL CURSOR FOR {}",
                postgres_rows(table)
            );
            inner.batch_execute(&sql).map_err(StoreError::from)?;
            loop {
                let rows: Vec<Row> = diesel::sql_query(format!("FETCH {TOGETHER} FROM copied"))
                    .load(inner)
                    .map_err(StoreError::from)?;
                if rows.is_empty() {
                    break;
                }
                let rows: Vec<String> = rows.into_iter().map(|row| row.row).collect();
                page(&rows)?;
            }
            inner
                .batch_execute("CLOSE copied")
                .map_err(|error| StoreError::from(error).into())
        }
    }
}

fn sqlite_rows(table: &Table) -> String {
    let pairs: Vec<String> = table
        .columns
        .iter()
        .map(|column| format!("'{}', {}", column.name, quoted(&column.name)))
        .collect();
    let keys: Vec<String> = keys(table).map(|column| quoted(&column.name)).collect();
    format!(
        "SELECT json_object({}) AS row FROM {} WHERE {} ORDER BY {}",
        pairs.join(", "),
        quoted(&table.name),
        table.rows,
        keys.join(", ")
    )
}

fn postgres_rows(table: &Table) -> String {
    let pairs: Vec<String> = table
        .columns
        .iter()
        .map(|column| {
            let name = quoted(&column.name);
            let value = if column.kind == "TIMESTAMP" {
                timestamp(&name)
            } else {
                name
            };
            format!("'{}', {value}", column.name)
        })
        .collect();
    // Texts and ids by their bytes, as SQLite compares them.
    let keys: Vec<String> = keys(table)
        .map(|column| match column.kind.as_str() {
            "TEXT" => format!("{}::text COLLATE \"C\"", quoted(&column.name)),
            _ => quoted(&column.name),
        })
        .collect();
    format!(
        "SELECT json_build_object({})::text AS row FROM {} WHERE {} ORDER BY {}",
        pairs.join(", "),
        quoted(&table.name),
        table.rows,
        keys.join(", ")
    )
}

fn keys(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| column.key)
}

/// An instant as SQLite keeps it: no fraction, milliseconds or microseconds, so that texts compare as instants do.
fn timestamp(column: &str) -> String {
    format!(
        "to_char({column}, 'YYYY-MM-DD HH24:MI:SS') || CASE WHEN to_char({column}, 'US') = '000000' THEN '' \
         WHEN right(to_char({column}, 'US'), 3) = '000' THEN '.' || to_char({column}, 'MS') \
         ELSE '.' || to_char({column}, 'US') END"
    )
}

/// Inserts rows that are written as a JSON array of objects.
pub(in crate::store) fn insert(to: &mut Conn, table: &Table, rows: &str) -> Result<(), StoreError> {
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|column| quoted(&column.name))
        .collect();
    let (name, names) = (quoted(&table.name), names.join(", "));
    match to {
        Conn::Sqlite(inner) => {
            let values: Vec<String> = table
                .columns
                .iter()
                .map(|column| format!("json_extract(value, '$.{}')", column.name))
                .collect();
            let sql = format!(
                "INSERT INTO {name} ({names}) SELECT {} FROM json_each(?)",
                values.join(", ")
            );
            execute_sqlite(inner, &sql, rows)
        }
        Conn::Postgres(inner) => {
            let sql = format!(
                "INSERT INTO {name} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{name}, $1::json)"
            );
            diesel::sql_query(sql)
                .bind::<Text, _>(rows)
                .execute(inner)?;
            Ok(())
        }
    }
}

fn execute_sqlite(inner: &mut SqliteConnection, sql: &str, rows: &str) -> Result<(), StoreError> {
    diesel::sql_query(sql)
        .bind::<Text, _>(rows)
        .execute(inner)?;
    Ok(())
}

/// Lets a column that numbers its rows go on behind the highest number that was copied.
fn number_on(inner: &mut PgConnection, table: &Table) -> Result<(), StoreError> {
    let name = quoted(&table.name);
    for column in table
        .columns
        .iter()
        .filter(|column| column.kind == "INTEGER")
    {
        let sql = format!(
            "SELECT setval(sequence, (SELECT coalesce(max({column}), 0) + 1 FROM {name}), false) \
             FROM pg_get_serial_sequence('{name}', '{plain}') AS sequence WHERE sequence IS NOT NULL",
            column = quoted(&column.name),
            plain = column.name
        );
        inner.batch_execute(&sql)?;
    }
    Ok(())
}

/// A name as SQL takes it. The names are our own: they come from the migrations.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}
