//! What two records may share: stems of words, factors, components.

use std::collections::HashMap;

use super::Compared;
use super::words::words;

/// The most different words that are kept of one text: enough for any statement, and a bound on memory for long ones.
const MOST_WORDS: usize = 128;

/// What two records may share, or one of them has alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Term {
    /// A word, whatever its ending.
    Stem(Box<str>),
    /// A taxonomy factor.
    Factor(Box<str>),
    /// A component.
    Component(Box<str>),
}

/// The terms of a record and how often each stands in it, in an order that does not depend on chance.
pub(super) fn counted(compared: Compared<'_>) -> Vec<(Term, u16)> {
    let mut order: Vec<(Term, u16)> = Vec::new();
    let mut places: HashMap<Box<str>, usize> = HashMap::new();
    for word in words(compared.text) {
        let place = *places
            .entry(word.stem.into_boxed_str())
            .or_insert_with_key(|stem| {
                order.push((Term::Stem(stem.clone()), 0));
                order.len() - 1
            });
        if let Some((_, count)) = order.get_mut(place) {
            *count = count.saturating_add(1);
        }
    }
    // The most frequent words say what a long text is about; of equal ones the first.
    order.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    order.truncate(MOST_WORDS);
    let marks = |list: &[String], kind: fn(Box<str>) -> Term| -> Vec<(Term, u16)> {
        let mut marks: Vec<&String> = list.iter().collect();
        marks.sort();
        marks.dedup();
        marks
            .into_iter()
            .map(|mark| (kind(mark.as_str().into()), 1))
            .collect()
    };
    order.extend(marks(compared.factors, Term::Factor));
    order.extend(marks(compared.components, Term::Component));
    order
}

pub(super) fn stem(term: &Term) -> Option<&str> {
    match term {
        Term::Stem(stem) => Some(stem),
        Term::Factor(_) | Term::Component(_) => None,
    }
}

pub(super) fn factor(term: &Term) -> Option<&str> {
    match term {
        Term::Factor(factor) => Some(factor),
        Term::Stem(_) | Term::Component(_) => None,
    }
}

pub(super) fn component(term: &Term) -> Option<&str> {
    match term {
        Term::Component(component) => Some(component),
        Term::Stem(_) | Term::Factor(_) => None,
    }
}
