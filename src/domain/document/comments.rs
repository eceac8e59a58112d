//! Comments that keep wording, read from a text and written into it.

use std::ops::Range;

use super::kept::{DocumentKept, answers, because, reason, without};
use crate::domain::language::{Found, Words, in_sentences};
use crate::domain::text::Line;
use crate::domain::wording::Reason;

/// How such a comment begins and ends.
const OPEN: &str = "<!--";
const MARK: &str = "second-story keep";
const CLOSE: &str = "-->";

/// An answer that a comment gave.
#[derive(Debug, Clone)]
pub(super) struct Said {
    rule: String,
    sentence: String,
    reason: Reason,
    words: Option<Line>,
}

impl Said {
    pub(super) fn at(&self, place: &str) -> DocumentKept {
        DocumentKept {
            place: place.to_owned(),
            rule: self.rule.clone(),
            sentence: self.sentence.clone(),
            reason: self.reason,
            words: self.words.clone(),
        }
    }
}

/// A comment in a text.
#[derive(Debug, Clone)]
struct Comment {
    /// What goes when the comment goes.
    cut: Range<usize>,
    /// Whether it has its line to itself, and so speaks for the paragraph below.
    alone: bool,
    rule: String,
    reason: Reason,
    words: Option<Line>,
}

/// The text without the comments that keep something, and what they keep; `None` if there are none.
///
/// The checker has the last word: if it does not take the comments as they are taken here, they stay where they are.
pub(super) fn read(text: &str) -> Option<(String, Vec<Said>)> {
    if !text.contains(MARK) {
        return None;
    }
    let mut comments = scan(text);
    // Comments that keep nothing go back into the text, which may change what is found there: at most a few times.
    for _ in 0..4 {
        if comments.is_empty() {
            return None;
        }
        let cuts: Vec<Range<usize>> = comments.iter().map(|one| one.cut.clone()).collect();
        let (left, places) = without(text, &cuts);
        let found = in_sentences(&left, &Words::new());
        let (used, said) = heeded(&left, &comments, &places, &found);
        if used.iter().all(|used| *used) {
            return agrees(text, &found, &said).then_some((left, said));
        }
        let mut used = used.into_iter();
        comments.retain(|_| used.next().unwrap_or_default());
    }
    None
}

/// Which comments keep something, and what.
fn heeded(
    text: &str,
    comments: &[Comment],
    places: &[usize],
    found: &[Found],
) -> (Vec<bool>, Vec<Said>) {
    let mut used = vec![false; comments.len()];
    let mut said = Vec::new();
    let lines = lines(text);
    let scopes: Vec<Range<usize>> = comments
        .iter()
        .zip(places)
        .map(|(comment, place)| scope(text, &lines, *place, comment.alone))
        .collect();
    for one in found {
        let finding = &one.located.finding;
        let (first, last) = (line(&lines, finding.start), line(&lines, finding.end));
        let speaks = |(comment, scope): &(&Comment, &Range<usize>)| {
            let within = if comment.alone {
                scope.contains(&first)
            } else {
                scope.contains(&first) || scope.contains(&last)
            };
            within && comment.rule == finding.rule
        };
        let number = comments.iter().zip(&scopes).position(|pair| speaks(&pair));
        let Some((comment, used)) =
            number.and_then(|number| Some((comments.get(number)?, used.get_mut(number)?)))
        else {
            continue;
        };
        *used = true;
        said.push(Said {
            rule: comment.rule.clone(),
            sentence: one.sentence.clone(),
            reason: comment.reason,
            words: comment.words.clone(),
        });
    }
    (used, said)
}

/// Whether the checker finds in the text as it was what is found without the comments and not kept.
fn agrees(text: &str, found: &[Found], said: &[Said]) -> bool {
    let kept = |one: &&Found| {
        said.iter()
            .any(|said| said.rule == one.located.finding.rule && said.sentence == one.sentence)
    };
    let mut open: Vec<(&str, &str)> = found
        .iter()
        .filter(|one| !kept(one))
        .map(|one| (one.located.finding.rule, one.located.quote.as_str()))
        .collect();
    let before = in_sentences(text, &Words::new());
    let mut standing: Vec<(&str, &str)> = before
        .iter()
        .map(|one| (one.located.finding.rule, one.located.quote.as_str()))
        .collect();
    open.sort_unstable();
    standing.sort_unstable();
    open == standing
}

/// Where the lines of a text begin.
fn lines(text: &str) -> Vec<usize> {
    let ends = text.match_indices('\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(ends).collect()
}

/// The number of the line on which a byte stands.
fn line(lines: &[usize], byte: usize) -> usize {
    lines.partition_point(|start| *start <= byte)
}

/// The lines for which a comment speaks: its own, or the paragraph below it.
fn scope(text: &str, lines: &[usize], place: usize, alone: bool) -> Range<usize> {
    let own = line(lines, place);
    if !alone {
        return own..own + 1;
    }
    let rest = text.get(place..).unwrap_or_default();
    let blank = |line: &&str| line.trim().is_empty();
    let above = rest.split('\n').take_while(blank).count();
    let length = rest
        .split('\n')
        .skip(above)
        .take_while(|line| !blank(line))
        .count();
    own + above..own + above + length
}

/// Every comment that is written as one that keeps something.
fn scan(text: &str) -> Vec<Comment> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(OPEN)) {
        let start = at + start;
        let inside = start + OPEN.len();
        let Some(length) = text.get(inside..).and_then(|rest| rest.find(CLOSE)) else {
            break;
        };
        let end = inside + length + CLOSE.len();
        let words = text.get(inside..inside + length).unwrap_or_default();
        found.extend(comment(text, start..end, words.trim()));
        at = end;
    }
    found
}

fn comment(text: &str, at: Range<usize>, words: &str) -> Option<Comment> {
    let said = words.strip_prefix(MARK)?;
    let said = said.strip_prefix(':').unwrap_or(said).trim();
    let (rule, because) = said.split_once(|c: char| c == ',' || c.is_whitespace())?;
    let because = because
        .trim()
        .trim_start_matches([',', '-', '–', '—'])
        .trim();
    let because = because.strip_prefix("because").unwrap_or(because).trim();
    let because: Vec<&str> = because.split_whitespace().collect();
    let (reason, words) = reason(&because.join(" "))?;
    let before = text.get(..at.start).unwrap_or_default();
    let after = text.get(at.end..).unwrap_or_default();
    let starts = before.is_empty() || before.ends_with('\n');
    let alone = starts && (after.is_empty() || after.starts_with('\n'));
    let cut = if alone {
        let mut lines = after.len() - after.trim_start_matches('\n').len();
        if !(before.is_empty() || before.ends_with("\n\n")) {
            lines = lines.min(1);
        }
        at.start..at.end + lines
    } else {
        at.start - usize::from(before.ends_with(' '))..at.end
    };
    Some(Comment {
        cut,
        alone,
        rule: rule.trim().to_owned(),
        reason,
        words,
    })
}

/// The text with a comment at the end of each line on which something is kept.
pub(super) fn write(text: &str, kept: &[&DocumentKept]) -> Option<String> {
    let mut notes: Vec<(usize, String)> = Vec::new();
    for found in in_sentences(text, &Words::new()) {
        let Some(answer) = kept.iter().find(|kept| answers(kept, &found)) else {
            continue;
        };
        let why = because(answer.reason, answer.words.as_ref());
        let note = format!(" {OPEN} {MARK}: {}, because {why} {CLOSE}", answer.rule);
        let note = (line_end(text, found.located.finding.end), note);
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes.sort_by_key(|(at, _)| *at);
    let mut written = String::with_capacity(text.len() + 80 * notes.len());
    let mut from = 0;
    for (at, note) in notes {
        written.push_str(text.get(from..at)?);
        written.push_str(&note);
        from = at;
    }
    written.push_str(text.get(from..)?);
    Some(written)
}

/// Where the words of a line end, which may be the row of a table.
fn line_end(text: &str, byte: usize) -> usize {
    let rest = text.get(byte..).unwrap_or_default();
    let words = rest.split('\n').next().unwrap_or_default().trim_end();
    let words = match words.strip_suffix('|') {
        Some(cell) if !cell.ends_with('\\') => cell.trim_end(),
        _ => words,
    };
    byte + words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLAME: &str = "The engineer should have tested the restore.";

    fn said(text: &str) -> Option<(String, Vec<(Reason, String)>)> {
        let (left, said) = read(text)?;
        let words = |said: &Said| said.words.as_ref().map_or("", Line::as_str).to_owned();
        let said = said.iter().map(|one| (one.reason, words(one))).collect();
        Some((left, said))
    }

    #[test]
    fn a_comment_that_keeps_something_leaves_the_text() {
        let keep = "<!-- second-story keep: counterfactual, because it is a quotation -->";
        let quotation = vec![(Reason::Quotation, String::new())];
        for (text, left) in [
            (format!("{BLAME} {keep}"), BLAME.to_owned()),
            (format!("{keep}\n\n{BLAME}\n"), format!("{BLAME}\n")),
            (format!("{keep}\n{BLAME}"), BLAME.to_owned()),
            (format!("One.\n{keep}\n{BLAME}"), format!("One.\n{BLAME}")),
            (
                format!("- {BLAME} {keep}\n- Two."),
                format!("- {BLAME}\n- Two."),
            ),
            (
                format!("| x |\n|---|\n| {BLAME} {keep} |"),
                format!("| x |\n|---|\n| {BLAME} |"),
            ),
        ] {
            assert_eq!(said(&text), Some((left, quotation.clone())), "{text}");
        }
        let text = format!(
            "{BLAME} <!-- second-story keep: counterfactual, because it is a quotation: of the report -->"
        );
        let words = (Reason::Quotation, "of the report".to_owned());
        assert_eq!(said(&text).unwrap().1, [words]);
        let text =
            format!("{BLAME} <!-- second-story keep: counterfactual - the runbook is quoted -->");
        let words = (Reason::Other, "the runbook is quoted".to_owned());
        assert_eq!(said(&text).unwrap().1, [words]);
    }

    #[test]
    fn a_comment_that_keeps_nothing_stays_where_it_is() {
        let keep = "<!-- second-story keep: omission, because it is a quotation -->";
        for text in [
            format!("{BLAME} {keep}"),
            format!("`{BLAME} <!-- second-story keep: counterfactual, because x -->`"),
            format!("{BLAME} `<!-- second-story keep: counterfactual, because x -->`"),
            format!("{BLAME} <!-- second-story keep: counterfactual -->"),
            format!("{BLAME} <!-- second-story keep: counterfactual, because x"),
        ] {
            assert_eq!(said(&text), None, "{text}");
        }
    }

    #[test]
    fn comments_are_written_where_they_are_read_again() {
        for text in [
            BLAME.to_owned(),
            format!("It was late. {BLAME} Nobody slept.\n\n- {BLAME}"),
            format!("| x | y |\n|---|---|\n| {BLAME} | z |"),
            format!("The engineer should\nhave tested it.  \n{BLAME}"),
        ] {
            let found = in_sentences(&text, &Words::new());
            let kept: Vec<DocumentKept> = found
                .iter()
                .map(|found| DocumentKept {
                    place: String::new(),
                    rule: found.located.finding.rule.to_owned(),
                    sentence: found.sentence.clone(),
                    reason: Reason::Other,
                    words: Line::optional("", "it was said").unwrap(),
                })
                .collect();
            let kept: Vec<&DocumentKept> = kept.iter().collect();
            let written = write(&text, &kept).unwrap();
            assert_eq!(in_sentences(&written, &Words::new()).len(), 0, "{written}");
            let (again, said) = read(&written).unwrap();
            assert_eq!((again, said.len()), (text, kept.len()), "{written}");
        }
    }
}
