//! Findings as text for people, and as JSON, one object on a line.

use serde::Serialize;

use super::Checked;
use crate::cli::{Failure, json as line, print};
use crate::domain::language::Located;

/// One finding. `start` and `end` count Unicode code points of the file's text; `line` and `column` start at 1.
#[derive(Serialize)]
struct FindingJson<'a> {
    file: &'a str,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    rule: &'static str,
    severity: &'static str,
    quote: &'a str,
    why: &'static str,
    question: &'static str,
}

impl<'a> FindingJson<'a> {
    fn of(file: &'a str, one: &'a Located) -> Self {
        Self {
            file,
            start: one.start.point,
            end: one.end.point,
            line: one.start.line,
            column: one.start.column,
            rule: one.finding.rule,
            severity: one.finding.severity.as_code(),
            quote: &one.quote,
            why: one.finding.why,
            question: one.finding.question,
        }
    }
}

/// Prints the findings of a file as JSON.
pub(super) fn json(checked: &Checked) -> Result<(), Failure> {
    let findings = checked.outcome.iter().flatten();
    findings
        .map(|one| FindingJson::of(&checked.file, one))
        .try_for_each(|finding| line(&finding))
}

/// Prints the findings of a file for people.
pub(super) fn text(checked: &Checked) {
    for one in checked.outcome.iter().flatten() {
        print(&format!(
            "{}:{}:{}: “{}” ({}, {})\n    {}\n    {}\n",
            harmless(&checked.file),
            one.start.line,
            one.start.column,
            harmless(&one.quote),
            one.finding.rule,
            one.finding.severity.as_code(),
            one.finding.why,
            one.finding.question,
        ));
    }
}

/// What a text says, on one line and without signs that change a terminal.
pub(super) fn harmless(text: &str) -> String {
    text.chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect()
}
