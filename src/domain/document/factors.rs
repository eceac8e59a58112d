//! Factor statements.

use super::items::{self, Entry};
use super::lines::Part;
use super::{DocumentStatement, Problems, evidence, known};
use crate::domain::factors::{Confidence, FactorRole, Scale};
use crate::domain::postmortem::SystemKind;
use crate::domain::taxonomy::{self, FactorId};
use crate::domain::text::{Line, Prose};

const KEYS: [&str; 12] = [
    "Factor",
    "Role",
    "Confidence",
    "Component",
    "System",
    "Evidence",
    "Without this",
    "Scale",
    "Scale unit",
    "Scale made for",
    "Scale failed at",
    "Scale now",
];

/// How a statement without a factor is written.
const UNCODED: &str = "uncoded";

/// Reads a statement; `rows` gives the place of a row of the timeline by its number.
pub(super) fn read(
    part: &Part<'_>,
    rows: impl Fn(&str) -> Option<usize>,
    problems: &mut Problems,
) -> Option<DocumentStatement> {
    let entry = Entry::read(part, &KEYS, problems);
    let text = problems.take(entry.line, Prose::parse("The statement", entry.text.trim()))?;
    if text.is_blank() {
        problems.say(
            entry.line,
            "A statement is empty. Write the finding in one plain sentence.",
        );
        return None;
    }
    let (line, without_this) = entry.prose("Without this");
    let without_this = problems.take(line, Prose::parse("Without this", without_this));
    let evidence = entry
        .value("Evidence")
        .map_or(Some(Vec::new()), |(line, typed)| {
            problems.take(line, evidence::read(typed, &rows))
        });
    let component = entry
        .value("Component")
        .map(|(line, typed)| problems.take(line, Line::parse("The component", typed)));
    Some(DocumentStatement {
        text,
        factor: factor(&entry, problems),
        role: code(
            &entry,
            "Role",
            FactorRole::from_code,
            known!(FactorRole),
            problems,
        )
        .unwrap_or(FactorRole::Contributing),
        confidence: code(
            &entry,
            "Confidence",
            Confidence::from_code,
            known!(Confidence),
            problems,
        )
        .unwrap_or(Confidence::Inferred),
        system: code(
            &entry,
            "System",
            SystemKind::from_code,
            known!(SystemKind),
            problems,
        ),
        component: component.flatten(),
        without_this: without_this.unwrap_or_default(),
        scale: scale(&entry),
        evidence: evidence.unwrap_or_default(),
    })
}

/// The value of a key that holds a code.
pub(super) fn code<T>(
    entry: &Entry<'_>,
    key: &str,
    read: fn(&str) -> Option<T>,
    known: &[&str],
    problems: &mut Problems,
) -> Option<T> {
    let (line, typed) = entry.value(key)?;
    problems.code(line, key, typed, read, known)
}

fn factor(entry: &Entry<'_>, problems: &mut Problems) -> Option<FactorId> {
    let (line, typed) = entry
        .value("Factor")
        .filter(|(_, typed)| !typed.eq_ignore_ascii_case(UNCODED))?;
    let found = taxonomy::core().resolve(typed);
    if found.is_none() {
        let near: Vec<&str> = taxonomy::core()
            .suggest(&typed.replace('-', " "), 3)
            .iter()
            .map(|suggestion| suggestion.factor.id.as_str())
            .collect();
        let perhaps = if near.is_empty() {
            String::new()
        } else {
            format!(" Perhaps {} is meant.", near.join(" or "))
        };
        let typed: String = typed.chars().take(60).collect();
        problems.say(
            line,
            format!("Factor: \"{typed}\" is not an id of the taxonomy.{perhaps} Write \"{UNCODED}\" if none fits."),
        );
    }
    found.map(|factor| factor.id.clone())
}

fn scale(entry: &Entry<'_>) -> Option<Scale> {
    let value = |key: &str| entry.value(key).map(|(_, text)| text.to_owned());
    let [quantity, unit, made_for, failed_at, now] = [
        "Scale",
        "Scale unit",
        "Scale made for",
        "Scale failed at",
        "Scale now",
    ]
    .map(value);
    [&quantity, &unit, &made_for, &failed_at, &now]
        .iter()
        .any(|value| value.is_some())
        .then(|| Scale {
            quantity: quantity.unwrap_or_default(),
            unit: unit.unwrap_or_default(),
            made_for: made_for.unwrap_or_default(),
            failed_at: failed_at.unwrap_or_default(),
            now: now.unwrap_or_default(),
        })
}

/// Writes a statement.
pub(super) fn write(out: &mut String, statement: &DocumentStatement) {
    let scale = statement.scale.clone().unwrap_or_default();
    let values = [
        (
            "Factor",
            statement
                .factor
                .as_ref()
                .map_or(UNCODED, FactorId::as_str)
                .to_owned(),
        ),
        ("Role", statement.role.as_code().to_owned()),
        ("Confidence", statement.confidence.as_code().to_owned()),
        (
            "Component",
            statement
                .component
                .as_ref()
                .map_or("", Line::as_str)
                .to_owned(),
        ),
        (
            "System",
            statement.system.map_or("", SystemKind::as_code).to_owned(),
        ),
        ("Evidence", evidence::write(&statement.evidence)),
        ("Without this", statement.without_this.as_str().to_owned()),
        ("Scale", scale.quantity),
        ("Scale unit", scale.unit),
        ("Scale made for", scale.made_for),
        ("Scale failed at", scale.failed_at),
        ("Scale now", scale.now),
    ];
    items::write(out, statement.text.as_str(), &KEYS, &values);
}
