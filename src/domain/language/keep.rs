//! Comments by which writers keep wording that is right as it stands:
//! `<!-- second-story keep: counterfactual, because the runbook is quoted -->`.
//!
//! At the end of a line such a comment speaks for that line, on a line of its own for the paragraph below it. It must
//! say why: one that does not keeps nothing, and is a finding itself.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::mask::OPTIONS;
use super::{Finding, FindingSeverity};

/// How such a comment begins, after `<!--`.
const MARK: &str = "second-story keep";

/// One comment, read.
struct Keep<'a> {
    /// Where the comment stands.
    at: Range<usize>,
    /// Whether it has its lines to itself.
    alone: bool,
    rule: &'a str,
    reason: &'a str,
}

/// For what a comment speaks.
#[derive(PartialEq, Eq, Hash)]
enum Scope {
    Line(usize),
    Paragraph(usize),
}

/// Leaves out the findings that comments keep, and adds those about the comments.
pub(super) fn heed(text: &str, found: Vec<Finding>, rules: &[&str]) -> Vec<Finding> {
    if !text.contains(MARK) {
        return found;
    }
    let keeps: Vec<Keep<'_>> = comments(text)
        .into_iter()
        .filter_map(|at| read(text, at))
        .collect();
    let lines = Lines::new(text, &keeps);
    let mut by_scope: HashMap<(Scope, &str), usize> = HashMap::new();
    for (number, keep) in keeps.iter().enumerate() {
        if !keep.reason.is_empty() {
            let scope = lines.scope(keep);
            by_scope.entry((scope, keep.rule)).or_insert(number);
        }
    }
    let mut used = vec![false; keeps.len()];
    let mut left: Vec<Finding> = Vec::new();
    for finding in found {
        let (first, last) = (lines.of(finding.start), lines.of(finding.end));
        let keep = [
            Scope::Line(first),
            Scope::Line(last),
            Scope::Paragraph(lines.paragraph(first)),
        ]
        .into_iter()
        .find_map(|scope| by_scope.get(&(scope, finding.rule)));
        match keep.and_then(|number| used.get_mut(*number)) {
            Some(used) => *used = true,
            None => left.push(finding),
        }
    }
    let problems = keeps.iter().zip(used);
    left.extend(problems.filter_map(|(keep, used)| problem(keep, used, rules)));
    left.sort_by_key(|finding| finding.start);
    left
}

/// The lines of a text, each with the number of its paragraph: a run of lines that are neither empty nor a comment.
struct Lines {
    starts: Vec<usize>,
    paragraphs: Vec<usize>,
}

impl Lines {
    fn new(text: &str, keeps: &[Keep<'_>]) -> Self {
        let mut lines = Self {
            starts: Vec::new(),
            paragraphs: Vec::new(),
        };
        let mut comments = keeps.iter().filter(|keep| keep.alone).peekable();
        let (mut start, mut paragraph, mut inside) = (0, 0, false);
        for line in text.split_inclusive('\n') {
            while comments.next_if(|keep| keep.at.end <= start).is_some() {}
            let end = start + line.len();
            let comment = comments.peek().is_some_and(|keep| keep.at.start < end);
            let prose = !comment && !line.trim().is_empty();
            if prose && !inside {
                paragraph += 1;
            }
            inside = prose;
            lines.starts.push(start);
            lines.paragraphs.push(paragraph);
            start = end;
        }
        lines
    }

    /// The number of the line on which a byte stands.
    fn of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte)
    }

    /// The number of the paragraph of a line; of a line between two, that of the one above.
    fn paragraph(&self, line: usize) -> usize {
        let before = line.checked_sub(1);
        before
            .and_then(|at| self.paragraphs.get(at))
            .copied()
            .unwrap_or(0)
    }

    fn scope(&self, keep: &Keep<'_>) -> Scope {
        let line = self.of(keep.at.start);
        if keep.alone {
            Scope::Paragraph(self.paragraph(line) + 1)
        } else {
            Scope::Line(line)
        }
    }
}

/// What is the matter with a comment.
fn problem(keep: &Keep<'_>, used: bool, rules: &[&str]) -> Option<Finding> {
    let (severity, why, question) = if !rules.contains(&keep.rule) {
        (
            FindingSeverity::Hindsight,
            "This comment names no rule of the checker, so it keeps nothing.",
            "Which rule is meant? Write `second-story keep: RULE, because REASON`, with the rule as the finding names it.",
        )
    } else if keep.reason.is_empty() {
        (
            FindingSeverity::Hindsight,
            "This comment does not say why the wording is right as it stands, so it keeps nothing.",
            "Why is it right here? Write `second-story keep: RULE, because REASON`.",
        )
    } else if !used {
        (
            FindingSeverity::Hint,
            "There is no finding here that this comment keeps.",
            "Is the comment still needed? At the end of a line it speaks for that line, alone on a line for the paragraph below.",
        )
    } else {
        return None;
    };
    Some(Finding {
        start: keep.at.start,
        end: keep.at.end,
        rule: "keep",
        severity,
        why,
        question,
        rewrite: None,
    })
}

/// Every HTML comment outside code, in order.
fn comments(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        if !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            continue;
        }
        let mut at = range.start;
        while let Some(comment) = text.get(at..range.end).and_then(comment) {
            found.push(at + comment.start..at + comment.end);
            at += comment.end;
        }
    }
    found
}

/// The first comment in a piece of HTML.
fn comment(html: &str) -> Option<Range<usize>> {
    let start = html.find("<!--")?;
    let length = html.get(start..)?.find("-->")? + "-->".len();
    Some(start..start + length)
}

fn read(text: &str, at: Range<usize>) -> Option<Keep<'_>> {
    let inside = text.get(at.clone())?.strip_prefix("<!--")?;
    let inside = inside.strip_suffix("-->")?.trim();
    let said = inside.strip_prefix(MARK)?;
    let said = said.strip_prefix(':').unwrap_or(said).trim();
    let (rule, reason) = said
        .split_once(|c: char| c == ',' || c.is_whitespace())
        .unwrap_or((said, ""));
    let reason = reason.trim().trim_start_matches([',', '-', '–', '—']);
    let reason = reason.trim().strip_prefix("because").unwrap_or(reason);
    Some(Keep {
        alone: alone(text, &at),
        at,
        rule: rule.trim(),
        reason: reason.trim(),
    })
}

/// How far a comment looks to see whether anything else is on its lines.
const NEAR: usize = 200;

/// Whether a comment has its lines to itself, but for the marks of a list or a quotation.
fn alone(text: &str, at: &Range<usize>) -> bool {
    let mark = |byte: &&u8| byte.is_ascii_whitespace() || b">-*+".contains(byte);
    let bytes = text.as_bytes();
    let before = bytes.get(at.start.saturating_sub(NEAR)..at.start);
    let after = bytes.get(at.end..(at.end + NEAR).min(bytes.len()));
    let line = before
        .unwrap_or_default()
        .rsplit(|byte| *byte == b'\n')
        .next();
    let rest = after
        .unwrap_or_default()
        .split(|byte| *byte == b'\n')
        .next();
    line.is_some_and(|line| line.iter().all(|byte| mark(&byte)))
        && rest.is_some_and(|rest| rest.iter().all(u8::is_ascii_whitespace))
}

#[cfg(test)]
mod tests {
    use super::super::{Words, lint};

    fn found(text: &str) -> Vec<&'static str> {
        lint(text, &Words::new())
            .into_iter()
            .map(|one| one.finding.rule)
            .collect()
    }

    const BLAME: &str = "The engineer should have tested the restore.";

    #[test]
    fn a_comment_with_a_reason_keeps_a_finding() {
        assert_eq!(found(BLAME), ["counterfactual"]);
        let keep = "<!-- second-story keep: counterfactual, because the runbook is quoted -->";
        for kept in [
            format!("{BLAME} {keep}"),
            format!("- {BLAME} {keep}"),
            format!("| x |\n|---|\n| {BLAME} {keep} |"),
            format!("{keep}\n{BLAME}"),
            format!("{keep}\n\n{BLAME}\nAnd more.\n"),
            format!("Before.\n\n{keep}\r\n\r\n{BLAME}"),
        ] {
            assert_eq!(found(&kept), [""; 0], "{kept}");
        }
    }

    #[test]
    fn a_comment_keeps_only_what_it_names_and_where_it_stands() {
        let keep = "<!-- second-story keep: omission, because it is quoted -->";
        assert_eq!(
            found(&format!("{BLAME} {keep}")),
            ["counterfactual", "keep"]
        );
        let keep = "<!-- second-story keep: counterfactual, because it is quoted -->";
        let text = format!("{BLAME} {keep}\n\n{BLAME}\n");
        assert_eq!(found(&text), ["counterfactual"]);
        let text = format!("{keep}\n{BLAME}\n\n{BLAME}\n");
        assert_eq!(found(&text), ["counterfactual"]);
    }

    #[test]
    fn a_comment_without_a_reason_or_with_an_unknown_rule_is_a_finding() {
        for keep in [
            "<!-- second-story keep: counterfactual -->",
            "<!-- second-story keep: counterfactual, because -->",
            "<!-- second-story keep: everything, because I say so -->",
            "<!-- second-story keep -->",
        ] {
            let text = format!("{BLAME} {keep}");
            assert_eq!(found(&text), ["counterfactual", "keep"], "{keep}");
        }
    }

    #[test]
    fn a_comment_that_is_shown_as_code_is_no_comment() {
        let keep = "<!-- second-story keep: counterfactual, because -->";
        for shown in [format!("`{keep}`"), format!("```\n{keep}\n```")] {
            assert_eq!(found(&shown), [""; 0], "{shown}");
        }
    }
}
