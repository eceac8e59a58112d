//! Of several findings in one clause the most specific stays.

use super::Finding;
use super::grammar::Grammar;
use super::rules::Rules;
use super::tokens::Token;
use super::work;

/// A finding before it is compared with its neighbours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The number of its clause within the sentence.
    pub(super) clause: usize,
    pub(super) rule: usize,
    pub(super) row: usize,
    /// Whether the writers speak of themselves.
    pub(super) ourselves: bool,
}

/// The number of the clause in which a token stands.
pub(super) fn clause(tokens: &[Token], at: usize, grammar: &Grammar) -> usize {
    work::did(at);
    let joins = grammar.conj.with(grammar.sub).with(grammar.relative);
    tokens
        .iter()
        .take(at)
        .filter(|token| !token.is_word() || token.is(joins))
        .count()
}

/// Keeps, among the findings of one sentence (those from `first` on), one for each clause and none that overlap.
pub(super) fn sentence(found: &mut Vec<Candidate>, first: usize, rules: &Rules) {
    if found.len() < first + 2 {
        return;
    }
    let rank = |one: &Candidate| rules.rules.get(one.rule).map_or(0, |rule| rule.rank);
    let mut here = found.split_off(first);
    here.sort_by(|a, b| {
        rank(b)
            .cmp(&rank(a))
            .then((b.end - b.start).cmp(&(a.end - a.start)))
            .then(a.start.cmp(&b.start))
    });
    let mut kept: Vec<Candidate> = Vec::new();
    for one in here {
        work::did(kept.len());
        let taken = kept.iter().any(|other| {
            other.clause == one.clause || (one.start < other.end && other.start < one.end)
        });
        if !taken {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| one.start);
    found.extend(kept);
}

/// The findings of a document; a rule that speaks once is kept at its first place.
pub(super) fn finish(found: Vec<Candidate>, rules: &'static Rules) -> Vec<Finding> {
    let mut said = vec![false; rules.rules.len()];
    found
        .into_iter()
        .filter_map(|one| {
            let rule = rules.rules.get(one.rule)?;
            let said = said.get_mut(one.rule)?;
            if rule.once && std::mem::replace(said, true) {
                return None;
            }
            let gentle = rule.self_question.as_deref().filter(|_| one.ourselves);
            Some(Finding {
                start: one.start,
                end: one.end,
                rule: &rule.id,
                severity: rule.severity,
                why: &rule.reason,
                question: gentle.unwrap_or(&rule.question),
                rewrite: rules
                    .rows
                    .get(one.row)
                    .and_then(|row| row.rewrite.as_deref()),
            })
        })
        .collect()
}
