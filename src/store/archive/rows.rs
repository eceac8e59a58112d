//! One row as a line of JSON, the same from both databases, and back.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::store::StoreError;
use crate::store::backup::tables::{Column, Table};

/// Columns called like ids that hold texts: a section's key, whatever an entry is about, a name that another program
/// gave. (A test compares them with what PostgreSQL keeps as an id.)
pub const TEXTS: [(&str, &str); 4] = [
    ("revisions", "resource_id"),
    ("audit_entries", "subject_id"),
    ("foreign_records", "foreign_id"),
    ("foreign_parts", "resource_id"),
];

/// An instant as both databases hand it over, in UTC.
const STORED: &str = "%Y-%m-%d %H:%M:%S%.f";

/// A row, as a database wrote it, as a line of an archive: the columns in their order, instants as RFC 3339.
pub(super) fn line(table: &Table, row: &str) -> Result<String, StoreError> {
    let corrupt = StoreError::Corrupt("a row of a table");
    let Ok(mut row) = serde_json::from_str::<Map<String, Value>>(row) else {
        return Err(corrupt);
    };
    let mut fields = Vec::new();
    for column in &table.columns {
        let value = row
            .remove(&column.name)
            .and_then(|value| written(column, value));
        let Some(value) = value else {
            return Err(corrupt);
        };
        fields.push(format!("\"{}\":{value}", column.name));
    }
    Ok(format!("{{{}}}\n", fields.join(",")))
}

/// A value as an archive has it; `None` if no program of ours stored it.
fn written(column: &Column, value: Value) -> Option<Value> {
    Some(match (column.kind.as_str(), value) {
        (_, Value::Null) => Value::Null,
        // SQLite has no truth of its own.
        ("BOOLEAN", Value::Number(number)) => Value::Bool(number.as_i64()? != 0),
        ("TIMESTAMP", Value::String(text)) => {
            let at = NaiveDateTime::parse_from_str(&text, STORED).ok()?.and_utc();
            Value::String(at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        }
        (_, value) => value,
    })
}

/// A line of an archive as a row that goes into SQLite.
///
/// # Errors
/// A sentence that says what is the matter with it.
pub(super) fn row(table: &Table, line: &str) -> Result<Map<String, Value>, String> {
    let mut fields: Map<String, Value> =
        serde_json::from_str(line).map_err(|error| format!("it is no JSON object ({error})"))?;
    let mut row = Map::new();
    for column in &table.columns {
        let name = &column.name;
        let value = fields
            .remove(name)
            .ok_or_else(|| format!("{name} is missing"))?;
        let value = stored(table, column, value)
            .ok_or_else(|| format!("the value of {name} is none that an export writes"))?;
        row.insert(name.clone(), value);
    }
    match fields.keys().next() {
        Some(more) => Err(format!(
            "it has a field \"{}\" too many",
            more.escape_default()
        )),
        None => Ok(row),
    }
}

/// A value as SQLite keeps it; `None` if it is not of the column's kind, or one of the two databases could not keep it.
fn stored(table: &Table, column: &Column, value: Value) -> Option<Value> {
    match (column.kind.as_str(), &value) {
        (_, Value::Null) | ("BOOLEAN", Value::Bool(_)) => Some(value),
        ("INTEGER", Value::Number(number)) => {
            i32::try_from(number.as_i64()?).ok()?;
            Some(value)
        }
        ("DATE", Value::String(text)) => {
            let day: NaiveDate = text.parse().ok()?;
            (day.to_string() == *text).then_some(value)
        }
        ("TIMESTAMP", Value::String(text)) => {
            let at = DateTime::parse_from_rfc3339(text).ok()?.to_utc();
            let exact = at.to_rfc3339_opts(SecondsFormat::AutoSi, true) == *text
                && at.timestamp_subsec_nanos() % 1000 == 0;
            exact.then(|| Value::String(at.naive_utc().format(STORED).to_string()))
        }
        // PostgreSQL keeps no NUL.
        ("TEXT", Value::String(text)) if !text.contains('\0') => {
            (!is_id(table, column) || is_uuid(text)).then_some(value)
        }
        _ => None,
    }
}

fn is_id(table: &Table, column: &Column) -> bool {
    let named = column.name == "id" || column.name.ends_with("_id");
    named && !TEXTS.contains(&(table.name.as_str(), column.name.as_str()))
}

fn is_uuid(text: &str) -> bool {
    Uuid::try_parse(text).is_ok_and(|id| id.hyphenated().to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::{line, row};
    use crate::store::backup::tables::{Column, Table};

    fn table() -> Table {
        let column = |(name, kind): (&str, &str)| Column {
            name: name.to_owned(),
            kind: kind.to_owned(),
            key: name == "id",
        };
        let columns = [
            ("id", "TEXT"),
            ("body", "TEXT"),
            ("active", "BOOLEAN"),
            ("at", "TIMESTAMP"),
            ("due_on", "DATE"),
            ("version", "INTEGER"),
        ];
        Table {
            name: "things".to_owned(),
            columns: columns.into_iter().map(column).collect(),
            rows: "TRUE",
        }
    }

    const ID: &str = "0199e1c4-0000-7000-8000-000000000001";

    #[test]
    fn both_databases_give_the_same_line_and_it_reads_back() {
        let sqlite = format!(
            r#"{{"id":"{ID}","body":"a \"b\" ä","active":1,"at":"2026-10-14 03:30:00.120","due_on":"2026-11-01","version":3}}"#
        );
        let postgres = format!(
            r#"{{"version" : 3, "id" : "{ID}", "body" : "a \"b\" \u00e4", "active" : true, "at" : "2026-10-14 03:30:00.120", "due_on" : "2026-11-01"}}"#
        );
        let one = line(&table(), &sqlite).unwrap();
        assert_eq!(one, line(&table(), &postgres).unwrap());
        assert!(
            one.starts_with(&format!(r#"{{"id":"{ID}","body""#)),
            "{one}"
        );
        assert!(
            one.contains(r#""active":true,"at":"2026-10-14T03:30:00.120Z""#),
            "{one}"
        );
        let back = row(&table(), &one).unwrap();
        assert_eq!(back["at"], "2026-10-14 03:30:00.120");
    }

    #[test]
    fn what_one_of_the_databases_could_not_keep_is_refused() {
        let good = format!(
            r#"{{"id":"{ID}","body":"x","active":false,"at":null,"due_on":null,"version":1}}"#
        );
        assert!(row(&table(), &good).is_ok());
        for (old, new) in [
            (r#""x""#, r#""a\u0000b""#),
            (r#""x""#, "[1]"),
            (r#""version":1"#, r#""version":3000000000"#),
            (r#""version":1"#, r#""version":1.5"#),
            (r#""version":1"#, r#""version":1,"more":1"#),
            (r#","version":1"#, ""),
            (r#""active":false"#, r#""active":0"#),
            (r#""at":null"#, r#""at":"2026-10-14""#),
            (r#""at":null"#, r#""at":"2026-10-14T05:30:00+02:00""#),
            (r#""due_on":null"#, r#""due_on":"2026-13-01""#),
            (ID, "PM-1"),
        ] {
            let bad = good.replace(old, new);
            assert_ne!(bad, good);
            assert!(row(&table(), &bad).is_err(), "{bad}");
        }
        assert!(row(&table(), &"[".repeat(100_000)).is_err());
    }
}
