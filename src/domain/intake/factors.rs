//! Statements given as causes: the items of such a part, or its paragraphs where it has no items.

use super::IntakeFactor;
use super::lines::{Kind, Line};

/// More paragraphs than these are a report, not statements: then only the first is taken.
const PARAGRAPHS: usize = 3;

/// Finds the statements in a part.
pub(super) fn find(lines: &[Line<'_>]) -> Vec<IntakeFactor> {
    let top = lines
        .iter()
        .filter_map(|line| {
            if let Kind::Item(depth) = line.kind {
                Some(depth)
            } else {
                None
            }
        })
        .min();
    let mut found = match top {
        Some(top) => items(lines, top),
        None => paragraphs(lines),
    };
    found.retain(|factor| {
        factor
            .text
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphabetic))
            .count()
            >= 2
    });
    found
}

fn items(lines: &[Line<'_>], top: u8) -> Vec<IntakeFactor> {
    let mut found: Vec<IntakeFactor> = Vec::new();
    let mut inside = false;
    for line in lines {
        match line.kind {
            Kind::Item(depth) if depth <= top => {
                inside = true;
                found.push(IntakeFactor {
                    text: line.text.to_owned(),
                    line: line.number,
                });
            }
            Kind::Item(_) | Kind::Text
                if inside && (line.inside_item || matches!(line.kind, Kind::Item(_))) =>
            {
                if let Some(last) = found.last_mut() {
                    last.text.push('\n');
                    last.text.push_str(line.raw.trim());
                }
            }
            Kind::Blank => {}
            _ => inside = false,
        }
    }
    found
}

fn paragraphs(lines: &[Line<'_>]) -> Vec<IntakeFactor> {
    let mut found: Vec<IntakeFactor> = Vec::new();
    let mut inside = false;
    for line in lines {
        if line.kind != Kind::Text {
            inside = false;
        } else if inside {
            if let Some(last) = found.last_mut() {
                last.text.push('\n');
                last.text.push_str(line.text);
            }
        } else {
            inside = true;
            found.push(IntakeFactor {
                text: line.text.to_owned(),
                line: line.number,
            });
        }
    }
    if found.len() > PARAGRAPHS {
        found.truncate(1);
    }
    found
}
