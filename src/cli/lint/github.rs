//! Annotations: commands that a GitHub workflow reads from standard output.

use super::Checked;
use crate::cli::print as out;
use crate::domain::language::{FindingSeverity, Located};

/// Prints the findings of a file, or that it could not be read.
pub(super) fn print(checked: &Checked) {
    let file = property(&checked.file);
    match &checked.outcome {
        Ok(findings) => {
            for one in findings {
                out(&annotation(&file, one));
            }
        }
        Err(sentence) => out(&format!("::error file={file}::{}\n", message(sentence))),
    }
}

fn annotation(file: &str, one: &Located) -> String {
    let level = match one.finding.severity {
        FindingSeverity::Blame | FindingSeverity::Hindsight => "warning",
        FindingSeverity::Hint => "notice",
    };
    // GitHub takes columns only where a finding stays on its line.
    let columns = if one.start.line == one.end.line {
        format!(
            ",col={},endColumn={}",
            one.start.column,
            one.end.column.saturating_sub(1).max(one.start.column)
        )
    } else {
        String::new()
    };
    let said = format!(
        "“{}”: {} {}",
        one.quote, one.finding.why, one.finding.question
    );
    format!(
        "::{level} file={file},line={},endLine={}{columns},title={}::{}\n",
        one.start.line,
        one.end.line,
        property(one.finding.rule),
        message(&said)
    )
}

/// Escapes what stands after `::`.
fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes what stands between `=` and `,`.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_early_is_escaped() {
        assert_eq!(message("50 %,\r\n::error::x"), "50 %25,%0D%0A::error::x");
        assert_eq!(property("a:b,c%.md\n"), "a%3Ab%2Cc%25.md%0A");
    }
}
