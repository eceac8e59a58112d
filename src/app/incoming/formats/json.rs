//! Records of a JSON file, each with the text that it was read from.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::de::{DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{Text, Unreadable, lenient};

/// How deep a file may be nested. What programs export is far below it.
const DEPTH: usize = 100;

/// A record, and the part of the file that it was read from.
pub(super) struct Read<'a, T> {
    pub(super) record: T,
    pub(super) raw: &'a str,
}

/// The records of a file: an array, or an object that holds them under one of these keys, or one record alone.
pub(super) fn records<'a, T: DeserializeOwned>(
    file: &'a Text<'_>,
    keys: &[&str],
) -> Result<Vec<Read<'a, T>>, Unreadable> {
    raws(file, keys)?
        .into_iter()
        .enumerate()
        .map(|(place, raw)| {
            let record = serde_json::from_str(raw.get()).or_else(|_| lenient::read(raw.get()));
            let record = record.map_err(|error| odd(file, place, &error))?;
            Ok(Read {
                record,
                raw: raw.get(),
            })
        })
        .collect()
}

fn raws<'a>(file: &'a Text<'_>, keys: &[&str]) -> Result<Vec<&'a RawValue>, Unreadable> {
    let text = file.text.trim_start();
    depth(file, text)?;
    if text.starts_with('[') {
        return serde_json::from_str(text).map_err(|error| broken(file, &error));
    }
    let whole: &RawValue = serde_json::from_str(text).map_err(|error| broken(file, &error))?;
    let object: BTreeMap<String, &RawValue> =
        serde_json::from_str(text).map_err(|error| broken(file, &error))?;
    let Some(found) = keys.iter().find_map(|key| object.get(*key)) else {
        return Ok(vec![whole]);
    };
    if found.get().starts_with('[') {
        serde_json::from_str(found.get()).map_err(|error| broken(file, &error))
    } else {
        Ok(vec![*found])
    }
}

/// Refuses what is nested deeper than any export, before anything is read from it.
pub(super) fn depth(file: &Text<'_>, text: &str) -> Result<(), Unreadable> {
    let (mut depth, mut within, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if within => escaped = true,
            b'"' => within = !within,
            b'[' | b'{' if !within => depth += 1,
            b']' | b'}' if !within => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            return Err(Unreadable::new(format!(
                "{} is nested more than {DEPTH} levels deep. No program exports that; nothing of it was read.",
                file.name
            )));
        }
    }
    Ok(())
}

/// A file that is no JSON.
fn broken(file: &Text<'_>, error: &serde_json::Error) -> Unreadable {
    let (line, name) = (error.line(), file.name);
    if file.text.trim().is_empty() {
        return Unreadable::new(format!("{name} is empty. Export it again."));
    }
    if error.is_eof() {
        return Unreadable::new(format!(
            "{name} ends in the middle of a record, as if it had been cut off. Export it again."
        ));
    }
    Unreadable::new(format!(
        "{name} is no JSON: line {line} cannot be read. Export it again, or choose another format."
    ))
}

/// A record that is none of the format.
fn odd(file: &Text<'_>, place: usize, error: &serde_json::Error) -> Unreadable {
    let (said, name, number) = (error.to_string(), file.name, place + 1);
    let field = said.strip_prefix("missing field `");
    let why = match field.and_then(|rest| rest.split_once('`')) {
        Some((field, _)) => format!(
            "has no \"{}\", which every record of this format has",
            crate::domain::text::excerpt(field)
        ),
        None => "is written otherwise than records of this format are".to_owned(),
    };
    Unreadable::new(format!(
        "{name}: record {number} {why}. Export it again, or choose another format."
    ))
}

/// An id: text, or a number of any length that programs write.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(pub(super) String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = Id;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id")
            }
            fn visit_str<E>(self, value: &str) -> Result<Id, E> {
                Ok(Id(value.to_owned()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Id, E> {
                Ok(Id(value.to_string()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Id, E> {
                Ok(Id(value.to_string()))
            }
            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Id, E> {
                // A number with digits behind the point, or of more than 64 bits, has lost digits already.
                Err(E::custom(format!("{value} is no id")))
            }
            fn visit_unit<E>(self) -> Result<Id, E> {
                Ok(Id::default())
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// Reads an instant of a program: RFC 3339, with or without a colon in the offset; without any offset it is UTC.
pub(super) fn instant(typed: &str) -> Option<DateTime<Utc>> {
    let typed = typed.trim();
    let with_offset = ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f%#z"];
    let without = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f"];
    let read = DateTime::parse_from_rfc3339(typed).ok();
    let read = read.or_else(|| {
        let mut formats = with_offset.iter();
        formats.find_map(|format| DateTime::parse_from_str(typed, format).ok())
    });
    if let Some(read) = read {
        return Some(read.with_timezone(&Utc));
    }
    let mut formats = without.iter();
    formats
        .find_map(|format| NaiveDateTime::parse_from_str(typed, format).ok())
        .map(|local| local.and_utc())
}

/// The instant of a field that may be missing.
pub(super) fn at(field: Option<&String>) -> Option<DateTime<Utc>> {
    field.and_then(|typed| instant(typed))
}

/// `null` read as "nothing there".
pub(super) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_all_their_digits() {
        let id = |text: &str| serde_json::from_str::<Id>(text).map(|id| id.0);
        assert_eq!(id("9007199254740993123").unwrap(), "9007199254740993123");
        assert_eq!(id("\"x\"").unwrap(), "x");
        assert_eq!(id("null").unwrap(), "");
        assert!(id("1e300").is_err());
    }

    #[test]
    fn instants_are_read_as_programs_write_them() {
        let check = |typed: &str, expected: &str| {
            let read = instant(typed).map(|at| at.to_rfc3339());
            assert_eq!(read.as_deref().unwrap_or("none"), expected, "{typed}");
        };
        check(
            "2026-10-14T14:00:00.25+02:00",
            "2026-10-14T12:00:00.250+00:00",
        );
        check("2012-10-01T12:00:00.000+0100", "2012-10-01T11:00:00+00:00");
        check(
            "2021-07-27 19:47:56.28659",
            "2021-07-27T19:47:56.286590+00:00",
        );
        check("2021-07-27 19:47:56+02", "2021-07-27T17:47:56+00:00");
        check("yesterday", "none");
    }

    #[test]
    fn what_is_nested_too_deep_is_refused_at_once() {
        let text = format!("{{\"a\":\"[[[[\",\"b\":{}", "[".repeat(1_000_000));
        let file = Text {
            name: "deep.json",
            text,
        };
        let refused = records::<serde_json::Value>(&file, &[]).err().unwrap();
        assert!(refused.0.contains("100 levels"), "{refused}");
    }
}
