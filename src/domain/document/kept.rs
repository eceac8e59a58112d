//! Wording that is kept, and why: as comments behind the words, or in the front matter where no comment can say it.
//!
//! A comment is one that the checker heeds (`second-story keep: RULE, because REASON`). When a document is read, every
//! comment that keeps something becomes an answer and leaves the text; one that keeps nothing stays where it is.

use std::ops::Range;

use super::texts::visit;
use super::{Document, comments};
use crate::domain::language::{Found, Words, in_sentences};
use crate::domain::text::Line;
use crate::domain::wording::Reason;

/// Wording that is kept, in one text of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentKept {
    /// In which text, rows counted from 1: `title`, `section/summary`, `event/3`, `action/1/known-by`.
    pub place: String,
    /// The slug of the rule.
    pub rule: String,
    /// The sentence that is kept.
    pub sentence: String,
    /// Why.
    pub reason: Reason,
    /// More about it; always there for [`Reason::Other`].
    pub words: Option<Line>,
}

/// Brings a document to its form: comments that keep something become answers, and what is given beside them is kept
/// as far as a text has such words.
pub(super) fn settle(document: &mut Document, given: &[DocumentKept]) {
    let mut kept = Vec::new();
    visit(document, &mut |place, text, _| {
        let read = may_hold(place).then(|| comments::read(text)).flatten();
        let text = read.as_ref().map_or(text, |(text, _)| text.as_str());
        let mut here: Vec<DocumentKept> = Vec::new();
        if let Some((_, answers)) = &read {
            here.extend(answers.iter().map(|answer| answer.at(place)));
        }
        here.extend(given.iter().filter(|kept| kept.place == place).cloned());
        if !here.is_empty() {
            kept.extend(in_order(text, &here));
        }
        read.map(|(text, _)| text)
    });
    document.kept = kept;
}

/// The same document as it is written: with comments in its texts. What is left is for the front matter.
pub(super) fn spread(document: &Document) -> (Document, Vec<DocumentKept>) {
    let mut left = Vec::new();
    if document.kept.is_empty() {
        return (document.clone(), left);
    }
    let mut spread = document.clone();
    visit(&mut spread, &mut |place, text, fits| {
        let mut here = document.kept.iter().filter(|kept| kept.place == place);
        let here: Vec<&DocumentKept> = here.by_ref().collect();
        if here.is_empty() {
            return None;
        }
        let written = may_hold(place)
            .then(|| comments::write(text, &here))
            .flatten()
            .filter(|written| fits(written) && reads_back(place, written, text, &here));
        if written.is_none() {
            left.extend(here.into_iter().cloned());
        }
        written
    });
    (spread, left)
}

/// Whether a text carries comments. The first story is left as it was said; a title is no place for one.
fn may_hold(place: &str) -> bool {
    place != "title" && place != "section/first-story"
}

fn reads_back(place: &str, written: &str, text: &str, kept: &[&DocumentKept]) -> bool {
    let Some((again, answers)) = comments::read(written) else {
        return false;
    };
    let answers: Vec<DocumentKept> = answers.iter().map(|answer| answer.at(place)).collect();
    again == text && in_order(text, &answers).iter().eq(kept.iter().copied())
}

/// The answers to what is found in a text, each once, in the order of the text. Answers to nothing are left out.
fn in_order(text: &str, kept: &[DocumentKept]) -> Vec<DocumentKept> {
    let mut ordered: Vec<DocumentKept> = Vec::new();
    for found in in_sentences(text, &Words::new()) {
        let answer = kept.iter().find(|kept| answers(kept, &found));
        if let Some(answer) = answer.filter(|answer| !ordered.contains(answer)) {
            ordered.push(answer.clone());
        }
    }
    ordered
}

/// Whether an answer is about a finding.
pub(super) fn answers(kept: &DocumentKept, found: &Found) -> bool {
    kept.rule == found.located.finding.rule && kept.sentence == found.sentence
}

/// Why wording is kept, as a comment says it.
pub(super) fn because(reason: Reason, words: Option<&Line>) -> String {
    let words = words.map_or("", Line::as_str);
    match reason {
        Reason::Other => words.to_owned(),
        _ if words.is_empty() => lowered(reason),
        _ => format!("{}: {words}", lowered(reason)),
    }
}

/// The reverse of [`because`]; `None` if it says nothing, or more than an answer holds.
pub(super) fn reason(said: &str) -> Option<(Reason, Option<Line>)> {
    let offered = Reason::ALL
        .iter()
        .filter(|reason| **reason != Reason::Other);
    for reason in offered {
        let Some(rest) = said.strip_prefix(lowered(*reason).as_str()) else {
            continue;
        };
        if rest.is_empty() {
            return Some((*reason, None));
        }
        if let Some(words) = rest.strip_prefix(": ") {
            return Some((*reason, Line::optional("The reason", words).ok()?));
        }
    }
    let words = Line::parse("The reason", said).ok()?;
    Some((Reason::Other, Some(words)))
}

fn lowered(reason: Reason) -> String {
    reason.label().replacen('I', "i", 1)
}

/// Cuts pieces out of a text; each piece is told where it stood in what is left.
pub(super) fn without(text: &str, cuts: &[Range<usize>]) -> (String, Vec<usize>) {
    let mut left = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(cuts.len());
    let mut at = 0;
    for cut in cuts {
        left.push_str(text.get(at..cut.start).unwrap_or_default());
        places.push(left.len());
        at = cut.end;
    }
    left.push_str(text.get(at..).unwrap_or_default());
    (left, places)
}
