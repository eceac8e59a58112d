//! The lines above a text that hold its title, day and labels: YAML between `---`, TOML between `+++`.

use std::collections::BTreeMap;

use super::Remark;

/// What stood above the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Front {
    /// Keys and values as text, in the order of the keys.
    pub(super) values: Vec<(String, String)>,
    /// What could not be read.
    pub(super) remarks: Vec<Remark>,
}

impl Front {
    /// The value of a key, not empty.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.values
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(key))
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }
}

/// Keys that name people; they are left out.
const PEOPLE: [&str; 8] = [
    "author",
    "authors",
    "owner",
    "owners",
    "reviewer",
    "reviewers",
    "contributors",
    "participants",
];

/// Cuts the front matter off. Gives what it holds, the text below it, and that text's first line number.
///
/// Broken front matter stays in the text, with a remark.
pub(super) fn split(text: &str) -> (Front, &str, usize) {
    let nothing = |front: Front| (front, text, 1);
    let Some((fence, rest)) = fence(text) else {
        return nothing(Front::default());
    };
    let Some((inside, body)) = close(rest, fence) else {
        return nothing(Front::default());
    };
    let values = if fence == "+++" {
        toml_values(inside)
    } else {
        yaml_values(inside)
    };
    match values {
        Some(values) => {
            let values = values.into_iter().filter(|(key, _)| !PEOPLE.contains(&key.to_ascii_lowercase().as_str())).collect();
            (Front { values, remarks: Vec::new() }, body, text.len().checked_sub(body.len()).and_then(|end| text.get(..end)).map_or(1, |above| above.matches('\n').count() + 1))
        }
        None => nothing(Front {
            values: Vec::new(),
            remarks: vec![Remark { line: 1, text: "The lines above the text look like front matter but could not be read; they were kept as text.".to_owned() }],
        }),
    }
}

fn fence(text: &str) -> Option<(&'static str, &str)> {
    ["---", "+++"].into_iter().find_map(|fence| {
        let (first, rest) = text.split_once('\n')?;
        (first.trim_end() == fence).then_some((fence, rest))
    })
}

fn close<'a>(rest: &'a str, fence: &str) -> Option<(&'a str, &'a str)> {
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let end = at + line.len();
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            return Some((rest.get(..at)?, rest.get(end..)?));
        }
        at = end;
    }
    None
}

fn yaml_values(inside: &str) -> Option<Vec<(String, String)>> {
    if inside.trim().is_empty() {
        return Some(Vec::new());
    }
    let map: BTreeMap<String, serde_json::Value> = serde_saphyr::from_str(inside).ok()?;
    Some(
        map.into_iter()
            .map(|(key, value)| (key, plain(&value)))
            .collect(),
    )
}

fn toml_values(inside: &str) -> Option<Vec<(String, String)>> {
    let table: toml::Table = inside.parse().ok()?;
    Some(flatten(table, "", 0))
}

/// TOML tables as `table.key`.
fn flatten(table: toml::Table, prefix: &str, depth: usize) -> Vec<(String, String)> {
    let mut values = Vec::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) if depth < 8 => {
                values.extend(flatten(inner, &format!("{prefix}{key}."), depth + 1))
            }
            other => values.push((format!("{prefix}{key}"), plain_toml(&other))),
        }
    }
    values
}

/// A TOML value on one line.
fn plain_toml(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(truth) => truth.to_string(),
        toml::Value::Datetime(moment) => moment.to_string(),
        toml::Value::Array(items) => items.iter().map(plain_toml).collect::<Vec<_>>().join(", "),
        toml::Value::Table(table) => table
            .iter()
            .map(|(key, value)| format!("{key}: {}", plain_toml(value)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// A YAML value on one line.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
