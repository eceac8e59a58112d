//! Every text of the aggregate is looked at for its wording, or it is said here why not.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::{is_test, sources};

/// What is looked at: these must stand in `src/domain/wording.rs`.
const LOOKED_AT: [&str; 12] = [
    "Facts.title",
    "Facts.no_commitments_because",
    "Facts.over_limit_because",
    "Section.text",
    "Account.text",
    "Event.text",
    "Statement.text",
    "Statement.without_this",
    "Action.title",
    "Action.known_by",
    "Action.reach",
    "Action.state_reason",
];

/// What is not, and why.
const LEFT_OUT: [(&str, &str); 32] = [
    ("Facts.facilitator", "a role, no sentence"),
    ("Facts.source", "an address or a path"),
    ("Section.key", "a name of the templates"),
    ("Section.html", "made of the text"),
    ("Account.role", "a role, no sentence"),
    ("Account.html", "made of the text"),
    ("Event.role", "a role, no sentence"),
    ("Event.source", "an address"),
    ("When.typed", "a time as it was said"),
    ("Statement.taxonomy_version", "a version"),
    ("FactorId.0", "a name of the taxonomy"),
    ("Component.name", "a name, no sentence; never a person"),
    ("Scale.quantity", "a quantity"),
    ("Scale.unit", "a unit"),
    ("Scale.made_for", "a value"),
    ("Scale.failed_at", "a value"),
    ("Scale.now", "a value"),
    ("Evidence.Link", "an address"),
    ("Evidence.Account", "a role, no sentence"),
    ("Action.owner", "a role, no sentence; never a person"),
    ("Action.tracker", "an address"),
    ("Member.name", "a name"),
    ("Member.role", "a role, no sentence"),
    (
        "Link.title",
        "the title of another post-mortem, asked about there",
    ),
    ("Answer.rule", "a name of the checker"),
    ("Answer.sentence", "a copy of what is asked about"),
    ("Answer.words", "why words are kept: it often quotes them"),
    ("Place.Section", "a name of the templates"),
    (
        "Words.meanings",
        "the organisation's own words, read beside it",
    ),
    ("Line.0", "the text itself"),
    ("Title.0", "the text itself"),
    ("Prose.0", "the text itself"),
];

/// The types of the domain, each with its fields or variants and what they are made of.
fn types() -> BTreeMap<String, Vec<(String, String)>> {
    let mut types = BTreeMap::new();
    for source in sources("src/domain", &["rs"]) {
        // Other things by the same names, none of which belongs to a post-mortem.
        let other = ["/document/", "/similarity/", "/figure/"];
        if is_test(&source.path) || other.iter().any(|other| source.path.contains(other)) {
            continue;
        }
        let mut open: Option<(String, Vec<(String, String)>)> = None;
        for line in source.text.lines() {
            if let Some((name, fields)) = &mut open {
                if line.starts_with('}') {
                    types.insert(std::mem::take(name), std::mem::take(fields));
                    open = None;
                } else {
                    fields.extend(part(line.trim()));
                }
            } else if let Some(rest) = line
                .strip_prefix("pub struct ")
                .or_else(|| line.strip_prefix("pub enum "))
            {
                let end = rest
                    .find(|c: char| !c.is_alphanumeric())
                    .unwrap_or(rest.len());
                let (name, rest) = rest.split_at(end);
                if rest.trim() == "{" {
                    open = Some((name.to_owned(), Vec::new()));
                } else if let Some(inside) = rest.trim().strip_prefix('(') {
                    let inside = inside.trim_end_matches(");").to_owned();
                    types.insert(name.to_owned(), vec![("0".to_owned(), inside)]);
                }
            }
        }
    }
    types
}

/// A field `name: Type,` or a variant `Name(Type),`.
fn part(line: &str) -> Option<(String, String)> {
    if line.starts_with("//") || line.starts_with('#') {
        return None;
    }
    let line = line.trim_end_matches(',');
    let line = line.strip_prefix("pub ").unwrap_or(line);
    if let Some((name, kind)) = line.split_once(": ") {
        return Some((name.to_owned(), kind.to_owned()));
    }
    let (name, kind) = line.split_once('(')?;
    Some((name.to_owned(), kind.trim_end_matches(')').to_owned()))
}

fn names(kind: &str) -> impl Iterator<Item = &str> {
    kind.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|name| !name.is_empty())
}

#[test]
fn every_text_of_the_aggregate_is_looked_at_or_left_out_for_a_reason() {
    let types = types();
    let mut texts = BTreeSet::new();
    let (mut seen, mut next) = (BTreeSet::new(), vec!["PostMortem"]);
    while let Some(name) = next.pop() {
        let Some(fields) = types.get(name).filter(|_| seen.insert(name)) else {
            continue;
        };
        for (field, kind) in fields {
            for kind in names(kind) {
                if ["Prose", "Line", "Title", "String", "str"].contains(&kind) {
                    texts.insert(format!("{name}.{field}"));
                }
                next.push(kind);
            }
        }
    }
    assert!(
        seen.contains("Statement") && seen.contains("Answer"),
        "{seen:?}"
    );
    let looked_at = LOOKED_AT.iter().map(|text| (*text).to_owned());
    let left_out = LEFT_OUT.iter().map(|(text, why)| {
        assert!(!why.is_empty());
        (*text).to_owned()
    });
    let known: BTreeSet<String> = looked_at.chain(left_out).collect();
    let new: Vec<&String> = texts.difference(&known).collect();
    let gone: Vec<&String> = known.difference(&texts).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "Texts of which nobody has said whether their wording is looked at: {new:?}. No texts any more: {gone:?}. \
         Give a new text a place in src/domain/wording.rs, or say here why it has none."
    );
}

#[test]
fn what_is_said_to_be_looked_at_is() {
    let wording = std::fs::read_to_string(super::root().join("src/domain/wording.rs")).unwrap();
    for text in LOOKED_AT.iter() {
        let (_, field) = text.split_once('.').unwrap();
        let said = format!(".{field}.as_str()");
        let named = format!("facts.{field}");
        assert!(
            wording.contains(&said) || wording.contains(&named),
            "{text}"
        );
    }
}
