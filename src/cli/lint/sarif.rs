//! SARIF 2.1.0, the format that code scanning reads.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value, json};

use super::Checked;
use crate::cli::{Failure, json as line};
use crate::domain::language::{self, FindingSeverity, Located};

/// Where the format is described.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Value; 1],
}

/// Prints all files as one document.
pub(super) fn print(all: &[Checked]) -> Result<(), Failure> {
    let results: Vec<Value> = all
        .iter()
        .flat_map(|checked| {
            let findings = checked.outcome.iter().flatten();
            findings.map(|one| result(&checked.file, one))
        })
        .collect();
    let unread: Vec<Value> = all
        .iter()
        .filter_map(|checked| Some((checked, checked.outcome.as_ref().err()?)))
        .map(|(checked, sentence)| {
            json!({
                "level": "error",
                "message": {"text": sentence},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": address(&checked.file)}}}],
            })
        })
        .collect();
    line(&Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [json!({
            "tool": {"driver": {
                "name": "Second Story",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": unread.is_empty(),
                "toolExecutionNotifications": unread,
            }],
            "results": results,
        })],
    })
}

fn rules() -> Vec<Value> {
    let about_comments = json!({
        "id": "keep",
        "shortDescription": {"text": "A comment that keeps wording must name a rule and say why."},
        "defaultConfiguration": {"level": "warning"},
    });
    language::rules()
        .map(|rule| {
            json!({
                "id": rule.slug,
                "shortDescription": {"text": rule.why},
                "help": {"text": rule.question},
                "defaultConfiguration": {"level": level(rule.severity)},
            })
        })
        .chain([about_comments])
        .collect()
}

const fn level(severity: FindingSeverity) -> &'static str {
    match severity {
        FindingSeverity::Blame | FindingSeverity::Hindsight => "warning",
        FindingSeverity::Hint => "note",
    }
}

fn result(file: &str, one: &Located) -> Value {
    json!({
        "ruleId": one.finding.rule,
        "level": level(one.finding.severity),
        "message": {"text": format!("{} {}", one.finding.why, one.finding.question)},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": address(file)},
            "region": {
                "startLine": one.start.line,
                "startColumn": one.start.column,
                "endLine": one.end.line,
                "endColumn": one.end.column,
                "charOffset": one.start.point,
                "charLength": one.end.point - one.start.point,
                "snippet": {"text": one.quote},
            },
        }}],
        "properties": {"severity": one.finding.severity.as_code()},
    })
}

/// A path as a relative or `file:` address, with everything escaped that an address cannot hold.
fn address(path: &str) -> String {
    let mut address = String::new();
    if path.starts_with('/') {
        address.push_str("file://");
    }
    for byte in path.trim_start_matches("./").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_addresses() {
        assert_eq!(address("./docs/a b.md"), "docs/a%20b.md");
        assert_eq!(address("/srv/ü:1.md"), "file:///srv/%C3%BC%3A1.md");
    }
}
