//! Fields that a format has a name for, and this program no place: each goes where a heading of that name would.

use std::cell::RefCell;
use std::collections::HashMap;

use super::Story;
use crate::domain::document::wild::{cut, plain};
use crate::domain::document::{self, Document};

/// The most characters of a field that stands in one line with its name.
const SHORT: usize = 200;
/// The most characters of a field's name.
const NAME: usize = 120;
/// The most statements to which a field that stands elsewhere adds one.
const MOST_CAUSES: usize = 100;
/// The most names that are remembered.
const MOST_NAMES: usize = 1_000;
/// Words for people in the name of a field.
const PEOPLE: [&str; 14] = [
    "assignee",
    "commander",
    "approver",
    "facilitator",
    "lead",
    "leader",
    "manager",
    "participants",
    "person",
    "reporter",
    "requester",
    "responder",
    "responders",
    "watchers",
];

impl Story {
    /// Adds a named field. "Root cause" becomes a statement that nobody coded, "Impact" a section, what no heading is called
    /// a note. A field for people is left out, with a remark.
    pub fn field(&mut self, name: &str, text: &str) {
        let name = cut(&plain(name), NAME);
        let text = plain(text);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if is_for_people(&name) {
            self.remark(format!(
                "The field “{name}” was left out: people are roles here. The original has it."
            ));
            return;
        }
        let known = known(&name);
        let names_a_cause = name.to_lowercase().contains("cause");
        match known.as_deref() {
            None if names_a_cause => self.given_as_cause(&format!("Root cause ({name})"), text),
            Some("causes") => self.given_as_cause(&name, text),
            // What these hold is taken apart: rows, follow-up items.
            Some("timeline" | "follow-up") => {
                self.written(&format!("## {name}\n\n{text}"));
            }
            Some(section) if section == name.to_lowercase() => self.section(section, text),
            section => {
                let section = section.unwrap_or("notes");
                if text.contains('\n') || text.chars().count() > SHORT {
                    self.section(section, &format!("### {name}\n\n{text}"));
                } else {
                    self.section(section, &format!("{name}: {text}"));
                }
            }
        }
    }

    /// Adds text as if it stood under a heading for causes.
    fn given_as_cause(&mut self, heading: &str, text: &str) {
        let before = self.incoming.document.statements.len();
        let key = folded(heading);
        self.written(&format!("## {heading}\n\n{text}"));
        // A single word is no finding in a text, but it is one in a field of that name.
        if before == self.incoming.document.statements.len() {
            let mut paragraphs = text.split("\n\n").map(str::trim);
            let first = paragraphs.find(|it| !it.is_empty() && !it.starts_with('#'));
            self.statement(&key, first.unwrap_or(text));
        }
    }

    /// Adds a field that stands elsewhere already, if it is given as a cause.
    pub fn cause(&mut self, name: &str, text: &str) {
        let lower = name.to_lowercase();
        let document = &self.incoming.document;
        let is_cause = lower.contains("cause") || lower.contains("contributing");
        if !is_cause || document.statements.len() >= MOST_CAUSES {
            return;
        }
        let mut sections = document.sections.iter();
        let causes = sections.find(|section| section.key == "causes");
        if !causes.is_some_and(|section| section.text.as_str().contains(text.trim())) {
            self.field(&name.replace('_', " "), text);
        }
    }

    /// Finds what lines give as a cause: "Root cause: words". Those that were taken already are no further statements.
    pub(super) fn causes_in(&mut self, text: &str) {
        let mut fenced = false;
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            fenced ^= line.trim_start().starts_with("```");
            let Some(first) = behind_label(line).filter(|_| !fenced) else {
                continue;
            };
            let mut said = first.to_owned();
            // A sentence goes on until an empty line, a list, a heading or another label.
            let goes_on = |line: &&str| {
                line.trim_start().starts_with(char::is_alphabetic) && !line.contains(": ")
            };
            while let Some(line) = lines.next_if(goes_on) {
                said.push('\n');
                said.push_str(line.trim());
            }
            let mut known = self.incoming.document.statements.iter();
            let is_known =
                known.any(|it| said.contains(it.text.as_str()) || it.text.as_str().contains(first));
            if !is_known {
                self.statement("line", &said);
            }
        }
    }
}

/// What stands behind the label of a cause in its line.
fn behind_label(line: &str) -> Option<&str> {
    const LABELS: [&str; 8] = [
        "root cause",
        "root causes",
        "cause",
        "causes",
        "probable cause",
        "underlying cause",
        "contributing factor",
        "contributing factors",
    ];
    let signs = |c: char| matches!(c, '-' | '*' | '_' | '>' | '#' | ' ' | '\t' | '|');
    let (label, said) = line.trim_start_matches(signs).split_once(':')?;
    let label = label.trim_end_matches(signs).to_lowercase();
    let said = said.trim_matches(signs);
    (LABELS.contains(&label.as_str()) && said.chars().any(char::is_alphanumeric)).then_some(said)
}

thread_local! {
    /// Names that were looked up: an export says the same ones in each of its records.
    static KNOWN: RefCell<HashMap<String, Option<String>>> = RefCell::default();
}

/// The section that a heading of this name opens, if it is one that is known.
fn known(name: &str) -> Option<String> {
    KNOWN.with_borrow_mut(|known| {
        if known.len() > MOST_NAMES {
            known.clear();
        }
        let found = known.entry(name.to_owned());
        found.or_insert_with(|| looked_up(name)).clone()
    })
}

fn looked_up(name: &str) -> Option<String> {
    let probe = format!("# Probe\n\n## {name}\n\nsome plain words\n");
    let (document, _): (Document, _) = document::read("probe.md", &probe).ok()?;
    let mut sections = document.sections.into_iter();
    let key = sections.next().map(|section| section.key);
    // Follow-up items leave no text behind.
    key.or_else(|| (!document.actions.is_empty()).then(|| "follow-up".to_owned()))
        .filter(|key| key != "notes")
}

fn is_for_people(name: &str) -> bool {
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|word| PEOPLE.contains(&word))
}

/// A name by its letters and digits.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    let letters: String = letters.flat_map(char::to_lowercase).collect();
    format!("field-{letters}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incoming::Format;

    #[test]
    fn a_field_stands_where_a_heading_of_its_name_would() {
        let mut story = Story::new(Format::Jira, "x", "Queue").unwrap();
        story.text("## Root cause\n\nNo limit on the queue");
        for (name, text) in [
            ("Root Cause", "The disk was full"),
            ("Root cause", "DNS"),
            ("Impact", "Letters waited"),
            ("Affected team", "Letters"),
            ("Region", "eu"),
            ("Notes of the shift", "one\n\ntwo"),
            ("Incident Commander", "Mira"),
            ("Empty", " "),
        ] {
            story.field(name, text);
        }
        let incoming = story.finish("");
        let said: Vec<_> = incoming
            .document
            .statements
            .iter()
            .map(|it| it.text.as_str())
            .collect();
        assert_eq!(said, ["No limit on the queue", "The disk was full", "DNS"]);
        assert!(
            incoming
                .document
                .statements
                .iter()
                .all(|it| it.factor.is_none())
        );
        let section = |key: &str| {
            let mut sections = incoming.document.sections.iter();
            let found = sections.find(|section| section.key == key);
            found
                .map(|section| section.text.as_str())
                .unwrap_or_default()
        };
        assert!(section("causes").contains("The disk was full"));
        assert!(section("causes").contains("DNS"));
        assert_eq!(
            section("impact"),
            "Letters waited\n\nAffected team: Letters"
        );
        assert_eq!(
            section("notes"),
            "Region: eu\n\n### Notes of the shift\n\none\n\ntwo"
        );
        assert_eq!(incoming.remarks.len(), 1, "{:?}", incoming.remarks);
        let mut keys = incoming.keys.statements.clone();
        keys.dedup();
        assert_eq!(keys.len(), 3, "{keys:?}");
    }

    #[test]
    fn a_line_that_gives_a_cause_is_a_statement() {
        let mut story = Story::new(Format::Opsgenie, "x", "Cache").unwrap();
        story.text("It was slow.\n\n**Root cause:** the cache was full\nfor an hour\n\n- Contributing factor: nobody looked\n\n```\ncause: no\n```\n\nBecause: no");
        let incoming = story.finish("");
        let said: Vec<_> = incoming
            .document
            .statements
            .iter()
            .map(|it| it.text.as_str())
            .collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said.iter().any(|it| it.contains("the cache was full")));
        assert!(said.iter().any(|it| it.contains("nobody looked")));
    }
}
