//! Whether the words around a match cancel it: negation, questions, hedges, local reasons, knowledge at the time.
//!
//! What cancels is data (`rules/filters.toml`); here is only where to look.

use super::conditions::Conditions;
use super::grammar::Grammar;
use super::matching::{self, Match};
use super::phrases;
use super::rules::{Filter, Place};
use super::sentence::Sentence;
use super::tokens::{Kind, Token};

/// How far before the words a negation still reaches them.
const BEFORE: usize = 10;
/// How far after them.
const AFTER: usize = 5;

/// Whether a filter cancels a match.
pub(super) fn cancels(
    filter: &Filter,
    conditions: &Conditions,
    sentence: &Sentence<'_>,
    found: Match,
) -> bool {
    let tokens = sentence.tokens;
    filter.find.iter().any(|(place, number)| {
        let Some(pattern) = conditions.possible(*number, sentence) else {
            return false;
        };
        let region = match place {
            Place::Before => clause_start(tokens, found.from)..found.from,
            Place::Near => found.from.saturating_sub(2)..found.from,
            Place::Next => found.to..(found.to + 1).min(tokens.len()),
            Place::After => found.to..after(tokens, found.to),
            Place::Later => return sentence.last(pattern).is_some_and(|at| at >= found.to),
            Place::Sentence => return sentence.last(pattern).is_some(),
        };
        let inside = |at: usize| {
            matching::at(pattern, sentence, at).is_some_and(|hit| {
                !matches!(place, Place::Before | Place::Near) || hit.end <= found.from
            })
        };
        region.into_iter().any(inside)
    })
}

/// Whether "by" and a system follow within the clause.
pub(super) fn by_system(tokens: &[Token], found: Match, by: u32, grammar: &Grammar) -> bool {
    (found.to.saturating_sub(1)..(found.to + 6).min(tokens.len()))
        .take_while(|at| {
            tokens
                .get(*at)
                .is_some_and(|token| token.is_word() || token.kind == Kind::Comma)
        })
        .filter(|at| tokens.get(*at).is_some_and(|token| token.entry.id == by))
        .any(|at| {
            phrases::after(tokens, at + 1, grammar)
                .is_none_or(|agent| !agent.who.is_person() && agent.who != phrases::Who::MaybeName)
        })
}

fn after(tokens: &[Token], at: usize) -> usize {
    let words = tokens.get(at..).unwrap_or_default().iter().take(AFTER);
    at + words.take_while(|token| token.is_word()).count()
}

fn clause_start(tokens: &[Token], at: usize) -> usize {
    let near = at.saturating_sub(BEFORE);
    (near..at)
        .rev()
        .find(|before| {
            tokens.get(*before).is_some_and(|token| {
                matches!(
                    token.kind,
                    Kind::Break | Kind::Stop | Kind::Question | Kind::Comma
                )
            })
        })
        .map_or(near, |found| found + 1)
}
