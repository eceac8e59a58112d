//! Records of a JSON file, each with the text that it was read from.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{Record, Text, Unreadable, forgiving};
use crate::domain::incoming::{NewEvent, Story};
use crate::domain::text::excerpt;
use crate::domain::timeline::Lane;

/// How deep a file may be nested. What programs export is far below it.
const DEPTH: usize = 100;

/// A record, and the part of the file that it was read from.
pub(super) struct Read<'a, T> {
    pub(super) record: T,
    pub(super) raw: &'a str,
}

/// What a file holds: the records that could be read, and why others could not.
pub(super) struct Records<'a, T> {
    pub(super) found: Vec<Read<'a, T>>,
    pub(super) failed: Vec<Record>,
}

impl<T> Default for Records<'_, T> {
    fn default() -> Self {
        Self {
            found: Vec::new(),
            failed: Vec::new(),
        }
    }
}

impl<'a, T: DeserializeOwned> Records<'a, T> {
    /// Adds the records of a file: an array, or an object that holds them under some of these keys, or one record alone;
    /// or several of these one after the other. A record that cannot be read fails alone.
    pub(super) fn add(&mut self, file: &'a Text<'_>, keys: &[&str]) -> Result<(), Unreadable> {
        for (place, raw) in (1..).zip(raws(file, keys)?) {
            let raw = raw.get();
            let read = if raw.starts_with('{') {
                forgiving::read(raw).map_err(|error| error.to_string())
            } else {
                Err(String::new())
            };
            match read {
                Ok(record) => self.found.push(Read { record, raw }),
                Err(said) => self.failed.push(Err(odd(file, place, &said))),
            }
        }
        Ok(())
    }

    /// The records that were read, each told, and those that could not be.
    pub(super) fn told(self, tell: impl FnMut(Read<'a, T>) -> Record) -> Vec<Record> {
        let mut told: Vec<Record> = self.found.into_iter().map(tell).collect();
        told.extend(self.failed);
        told
    }
}

/// The records of files.
pub(super) fn records<'a, T: DeserializeOwned>(
    files: &'a [Text<'_>],
    keys: &[&str],
) -> Result<Records<'a, T>, Unreadable> {
    let mut records = Records::default();
    for file in files {
        records.add(file, keys)?;
    }
    Ok(records)
}

fn raws<'a>(file: &'a Text<'_>, keys: &[&str]) -> Result<Vec<&'a RawValue>, Unreadable> {
    let text = file.text.trim_start();
    depth(file, text)?;
    let mut found = Vec::new();
    // Some programs write one answer behind the other.
    for whole in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        unpack(
            file,
            whole.map_err(|error| broken(file, &error))?,
            keys,
            &mut found,
        )?;
    }
    if text.is_empty() {
        return Err(Unreadable::new(format!("{} is empty.", file.name)));
    }
    Ok(found)
}

fn unpack<'a>(
    file: &Text<'_>,
    whole: &'a RawValue,
    keys: &[&str],
    found: &mut Vec<&'a RawValue>,
) -> Result<(), Unreadable> {
    let text = whole.get();
    let list = |text: &'a str| -> Result<Vec<&'a RawValue>, Unreadable> {
        serde_json::from_str(text).map_err(|error| broken(file, &error))
    };
    if text.starts_with('[') {
        found.extend(list(text)?);
        return Ok(());
    }
    if !text.starts_with('{') {
        found.push(whole);
        return Ok(());
    }
    let object = members(file, text)?;
    let mut held = keys
        .iter()
        .filter_map(|key| object.get(*key))
        .filter(|value| value.get().starts_with(['[', '{']))
        .peekable();
    if held.peek().is_none() {
        refuse_error_answer(file, &object)?;
        found.push(whole);
    }
    for value in held {
        if value.get().starts_with('[') {
            found.extend(list(value.get())?);
        } else {
            found.push(value);
        }
    }
    Ok(())
}

fn members<'a>(
    file: &Text<'_>,
    text: &'a str,
) -> Result<BTreeMap<String, &'a RawValue>, Unreadable> {
    serde_json::from_str(text).map_err(|error| broken(file, &error))
}

/// What a file's outermost object calls its members; none, if it is no object alone.
pub(super) fn top_keys(file: &Text<'_>) -> Result<Vec<String>, Unreadable> {
    depth(file, &file.text)?;
    let object: Result<BTreeMap<String, &RawValue>, _> = serde_json::from_str(&file.text);
    Ok(object.unwrap_or_default().into_keys().collect())
}

/// A member of a file's outermost object; nothing, if there is none.
pub(super) fn member<T: DeserializeOwned + Default>(file: &Text<'_>, key: &str) -> T {
    let object: Result<BTreeMap<String, &RawValue>, _> = serde_json::from_str(&file.text);
    let value = object.as_ref().ok().and_then(|object| object.get(key));
    value
        .and_then(|value| forgiving::read(value.get()).ok())
        .unwrap_or_default()
}

/// An answer that says why there is no other.
fn refuse_error_answer(
    file: &Text<'_>,
    object: &BTreeMap<String, &RawValue>,
) -> Result<(), Unreadable> {
    const RECORDS: [&str; 6] = ["id", "key", "number", "groupKey", "alerts", "tinyId"];
    const ERRORS: [&str; 3] = ["error", "errorMessages", "errors"];
    const BESIDE: [&str; 5] = ["documentation_url", "code", "status", "took", "requestId"];
    let has = |keys: &[&str]| keys.iter().any(|key| object.contains_key(*key));
    if has(&RECORDS) || !(has(&ERRORS) || (has(&["message"]) && has(&BESIDE))) {
        return Ok(());
    }
    let keys = ERRORS.iter().chain(&["message"]);
    let said = keys
        .filter_map(|key| forgiving::read::<String>(object.get(*key)?.get()).ok())
        .find(|said| !said.is_empty())
        .unwrap_or_else(|| "it does not say which".to_owned());
    Err(Unreadable::new(format!(
        "{} holds an error that the API answered, and no records: {}. Look at the address and the token, and export it again.",
        file.name,
        excerpt(said.trim_end_matches('.'))
    )))
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
fn odd(file: &Text<'_>, number: usize, said: &str) -> Unreadable {
    let name = file.name;
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
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct Id(pub(super) String);

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

/// Adds a row that somebody wrote; without a time that can be read it keeps its place.
pub(super) fn row(
    story: &mut Story,
    key: impl Into<String>,
    typed: Option<&String>,
    text: &str,
    source: Option<&str>,
) {
    let key = key.into();
    match at(typed) {
        Some(time) => story.event(NewEvent::new(key, time, Lane::Saw, text).seen_at(source)),
        None => story.unreadable(key, typed.map_or("?", String::as_str), Lane::Saw, text),
    }
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
        let id = |text: &str| forgiving::read::<Id>(text).map(|id| id.0);
        assert_eq!(id("9007199254740993123").unwrap(), "9007199254740993123");
        assert_eq!(id("\"x\"").unwrap(), "x");
        assert_eq!(id("null").unwrap(), "");
        assert_eq!(id("1.50").unwrap(), "1.50");
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
        let refused = records::<serde_json::Value>(&[file], &[]).err().unwrap();
        assert!(refused.0.contains("100 levels"), "{refused}");
    }

    #[test]
    fn a_record_that_is_none_fails_alone_and_answers_may_follow_each_other() {
        let text = r#"{"list":[{"id":1},7],"more":[{"id":2}]} [{"id":3}]"#.to_owned();
        let files = [Text {
            name: "x.json",
            text,
        }];
        let read = records::<BTreeMap<String, String>>(&files, &["list", "more"]).unwrap();
        let ids: Vec<_> = read
            .found
            .iter()
            .map(|it| it.record["id"].as_str())
            .collect();
        assert_eq!(ids, ["1", "2", "3"]);
        let why = read.failed[0].as_ref().unwrap_err();
        assert!(
            why.0.starts_with("x.json: record 2 is written otherwise"),
            "{why}"
        );
    }

    #[test]
    fn an_error_of_an_api_is_told_as_one() {
        for (text, said) in [
            (
                r#"{"error":"Could not authenticate"}"#,
                "Could not authenticate",
            ),
            (
                r#"{"error":{"message":"Invalid input","code":2001}}"#,
                "Invalid input",
            ),
            (
                r#"{"errorMessages":["No such filter."],"errors":{}}"#,
                "No such filter",
            ),
            (
                r#"{"message":"Bad credentials","documentation_url":"x"}"#,
                "Bad credentials",
            ),
            (
                r#"{"type":"error","status":422,"errors":[{"message":"Late"}]}"#,
                "Late",
            ),
        ] {
            let files = [Text {
                name: "x.json",
                text: text.to_owned(),
            }];
            let refused = records::<serde_json::Value>(&files, &["data"])
                .err()
                .unwrap();
            let sentence = format!("API answered, and no records: {said}. Look");
            assert!(refused.0.contains(&sentence), "{refused}");
        }
    }
}
