//! Who is meant: finds the phrase about which a verb says something, and tells persons from systems.
//!
//! A tagger of parts of speech cannot: *Jordan failed* and *Jenkins failed* look the same. The lists, the last noun
//! of the phrase and the words around it can, and where they cannot the answer is "unknown" and nothing is said.

use super::grammar::Grammar;
use super::inflect::Form;
use super::tokens::{Kind, Token};

/// Who or what a phrase is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// A role, a group, somebody.
    Person,
    /// Nobody.
    Nobody,
    /// "We", "I".
    We,
    /// "They", with nothing nearby that says who.
    They,
    /// A name from the lists, a handle, or a name with a title.
    Name,
    /// A word with a capital that may be a name or a product.
    MaybeName,
    /// A system or a product.
    System,
    /// Anything else.
    Unknown,
}

impl Who {
    /// Whether a person or a group is meant.
    pub(super) const fn is_person(self) -> bool {
        matches!(
            self,
            Self::Person | Self::Nobody | Self::We | Self::They | Self::Name
        )
    }
}

/// A noun phrase, in tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    /// What it is about.
    pub(super) who: Who,
    /// Its first token.
    pub(super) start: usize,
    /// After its last token.
    pub(super) end: usize,
}

/// Forms of a verb that can follow its subject: "the buyer ordered", "the buyer ordering".
const VERBAL: u8 = Form::PAST.0 | Form::THIRD.0 | Form::BASE.0 | Form::ING.0;

/// How many words one simple phrase has at most.
const WORDS: usize = 7;

/// The phrase that begins at a token.
pub(super) fn after(tokens: &[Token], at: usize, grammar: &Grammar) -> Option<Phrase> {
    let first = tokens.get(at)?;
    if !first.is_word() {
        return None;
    }
    if pronoun(first, grammar) {
        let who = classify(tokens, at, at + 1, grammar);
        return Some(Phrase {
            who,
            start: at,
            end: at + 1,
        });
    }
    let closed = grammar
        .prep
        .with(grammar.conj)
        .with(grammar.sub)
        .with(grammar.relative)
        .with(grammar.aux)
        .with(grammar.modal)
        .with(grammar.of);
    let mut end = at;
    while let Some(token) = tokens.get(end).filter(|_| end - at < WORDS) {
        let noun_before = end
            .checked_sub(1)
            .filter(|before| *before >= at)
            .and_then(|before| tokens.get(before))
            .is_some_and(|before| {
                before.is(grammar.role.with(grammar.group).with(grammar.name))
                    || (before.capital && before.is(grammar.capital_group))
            });
        let verb = token.entry.forms & VERBAL != 0 && !token.can_be(Form::NOUN) && noun_before;
        let late = end > at && (token.is(grammar.det) || token.is(grammar.adv));
        if !token.is_word() || token.is(closed) || verb || late {
            break;
        }
        end += 1;
    }
    (end > at).then(|| Phrase {
        who: classify(tokens, at, end, grammar),
        start: at,
        end,
    })
}

fn pronoun(token: &Token, grammar: &Grammar) -> bool {
    token.is(grammar
        .we
        .with(grammar.they)
        .with(grammar.person_pronoun)
        .with(grammar.thing_pronoun)
        .with(grammar.someone)
        .with(grammar.nobody))
        && !token.is(grammar.det)
}

/// What a simple phrase is about, judged by its last noun.
pub(super) fn classify(tokens: &[Token], start: usize, end: usize, grammar: &Grammar) -> Who {
    let Some(phrase) = tokens.get(start..end) else {
        return Who::Unknown;
    };
    let Some(at) = phrase.iter().rposition(|token| {
        !matches!(token.kind, Kind::Number | Kind::Quote) && !token.is(grammar.adv)
    }) else {
        return Who::Unknown;
    };
    let (Some(head), Some(before)) = (phrase.get(at), phrase.get(..at)) else {
        return Who::Unknown;
    };
    match head.kind {
        Kind::Handle => return Who::Name,
        Kind::Code | Kind::Link => return Who::System,
        Kind::Word => {}
        _ => return Who::Unknown,
    }
    if let Some(who) = by_pronoun(head, grammar) {
        return who;
    }
    let definite = before
        .iter()
        .any(|token| token.is(grammar.det) || token.is(grammar.possessive));
    let titled = before.iter().any(|token| token.is(grammar.title));
    let capital_before = before
        .last()
        .filter(|token| token.capital && token.small && !token.is(grammar.det));
    let named = |token: &Token| {
        token.capital && token.small && token.is(grammar.name) && !token.is(grammar.product)
    };
    if titled && head.capital {
        return Who::Name;
    }
    if head.capital
        && capital_before.is_some_and(named)
        && !head.is(grammar.system.with(grammar.role).with(grammar.group))
    {
        return Who::Name;
    }
    if head.is(grammar.product) && head.capital {
        return Who::System;
    }
    if named(head) && !definite {
        return Who::Name;
    }
    by_noun(head, before, definite, grammar).unwrap_or_else(|| {
        let initial = tokens
            .get(..start + at)
            .unwrap_or_default()
            .iter()
            .rev()
            .take_while(|token| token.kind != Kind::Break)
            .all(|token| token.kind == Kind::Number);
        let capitals = head.capital && head.small;
        let two = capital_before.is_some();
        // At the beginning every word has a capital; there only one that no list knows in any sense may be a name.
        let unheard = head.entry.id == 0 && head.entry.forms == 0 && at == 0;
        if capitals && !definite && head.entry.classes.is_empty() && (!initial || two || unheard) {
            Who::MaybeName
        } else {
            Who::Unknown
        }
    })
}

fn by_pronoun(head: &Token, grammar: &Grammar) -> Option<Who> {
    if head.is(grammar.we) {
        Some(Who::We)
    } else if head.is(grammar.they) {
        Some(Who::They)
    } else if head.is(grammar.nobody) {
        Some(Who::Nobody)
    } else if head.is(grammar.person_pronoun) || head.is(grammar.someone) {
        Some(Who::Person)
    } else if head.is(grammar.thing_pronoun) {
        Some(Who::Unknown)
    } else {
        None
    }
}

fn by_noun(head: &Token, before: &[Token], definite: bool, grammar: &Grammar) -> Option<Who> {
    let human = before.iter().any(|token| token.is(grammar.human));
    let tech = before.iter().any(|token| {
        token.kind == Kind::Code
            || token.is(grammar.tech)
            || (token.is(grammar.product) && token.capital)
    });
    if head.is(grammar.double) {
        return Some(match (human, tech) {
            (true, _) => Who::Person,
            (false, true) => Who::System,
            (false, false) if head.is(grammar.role.with(grammar.group)) => Who::Person,
            (false, false) => Who::System,
        });
    }
    if head.is(grammar.role) || head.is(grammar.group) {
        return Some(Who::Person);
    }
    // "Legal", "Platform engineering".
    let capital = |token: &Token| token.capital && token.is(grammar.capital_group);
    let unit = before.last().is_some_and(capital) && !head.is(grammar.system);
    if head.is(grammar.capital_group) && (head.capital || unit) && !definite {
        return Some(Who::Person);
    }
    head.is(grammar.system).then_some(Who::System)
}
