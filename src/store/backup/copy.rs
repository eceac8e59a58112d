//! Rows from one database to another, as JSON: both can write their rows as it, and read rows from it.

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::SqliteConnection;

use super::BackupError;
use super::tables::{Table, tables};
use crate::store::{Conn, Store, StoreError};

/// How many rows go at once.
const TOGETHER: i64 = 500;

#[derive(QueryableByName)]
struct Row {
    /// Where the row stands in its table, for SQLite; 0 otherwise.
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Text)]
    row: String,
}

/// Puts every row of one store in the place of all rows of another, as of one moment and in one transaction.
pub(super) fn all(source: &Store, target: &Store) -> Result<(), BackupError> {
    source.read(|from| {
        target.write(|to| {
            let tables = match (&mut *from, &mut *to) {
                (Conn::Sqlite(inner), _) | (_, Conn::Sqlite(inner)) => tables(inner),
                (Conn::Postgres(_), Conn::Postgres(_)) => Ok(Vec::new()),
            }
            .map_err(StoreError::from)?;
            empty(to, &tables)?;
            for table in &tables {
                self::table(from, to, table)?;
            }
            Ok(())
        })
    })
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
            inner.batch_execute(&format!("TRUNCATE {}", names.join(", ")))?;
        }
    }
    Ok(())
}

fn table(from: &mut Conn, to: &mut Conn, table: &Table) -> Result<(), StoreError> {
    if let Conn::Postgres(inner) = from {
        let sql = format!(
            "DECLARE copied NO SCROLL CURSOR FOR {}",
            postgres_rows(table)
        );
        inner.batch_execute(&sql)?;
    }
    let mut after = i64::MIN;
    loop {
        let rows: Vec<Row> = match from {
            Conn::Sqlite(inner) => diesel::sql_query(sqlite_rows(table))
                .bind::<BigInt, _>(after)
                .load(inner)?,
            Conn::Postgres(inner) => {
                diesel::sql_query(format!("FETCH {TOGETHER} FROM copied")).load(inner)?
            }
        };
        let Some(last) = rows.last() else { break };
        after = last.place;
        let rows: Vec<&str> = rows.iter().map(|row| row.row.as_str()).collect();
        insert(to, table, &format!("[{}]", rows.join(",")))?;
    }
    if let Conn::Postgres(inner) = from {
        inner.batch_execute("CLOSE copied")?;
    }
    if let Conn::Postgres(inner) = to {
        number_on(inner, table)?;
    }
    Ok(())
}

fn sqlite_rows(table: &Table) -> String {
    let pairs: Vec<String> = table
        .columns
        .iter()
        .map(|column| format!("'{}', {}", column.name, quoted(&column.name)))
        .collect();
    format!(
        "SELECT rowid AS place, json_object({}) AS row FROM {} WHERE rowid > ? ORDER BY rowid LIMIT {TOGETHER}",
        pairs.join(", "),
        quoted(&table.name)
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
    format!(
        "SELECT 0::bigint AS place, json_build_object({})::text AS row FROM {}",
        pairs.join(", "),
        quoted(&table.name)
    )
}

/// An instant as SQLite keeps it: no fraction, milliseconds or microseconds, so that texts compare as instants do.
fn timestamp(column: &str) -> String {
    format!(
        "to_char({column}, 'YYYY-MM-DD HH24:MI:SS') || CASE WHEN to_char({column}, 'US') = '000000' THEN '' \
         WHEN right(to_char({column}, 'US'), 3) = '000' THEN '.' || to_char({column}, 'MS') \
         ELSE '.' || to_char({column}, 'US') END"
    )
}

fn insert(to: &mut Conn, table: &Table, rows: &str) -> Result<(), StoreError> {
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
