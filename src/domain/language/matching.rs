//! Lays a pattern on a sentence.

use super::grammar::Grammar;
use super::pattern::{Ask, Element, Pattern, Phrase, Test};
use super::phrases::{self, Who};
use super::places::Places;
use super::sentence::Sentence;
use super::tokens::{Kind, Token};
use super::work;

/// Where a pattern was found, in tokens of the sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    /// After the last token.
    pub(super) end: usize,
    /// The verb whose subject counts.
    pub(super) verb: usize,
    /// The first reported token.
    pub(super) from: usize,
    /// After the last reported token.
    pub(super) to: usize,
}

/// What "any word" passes over as well.
const BRACKETS: [Kind; 3] = [Kind::Open, Kind::Close, Kind::Other];

/// How many steps one attempt may take: a pattern with many optional words could else try without end.
const STEPS: u32 = 600;

/// Tries a pattern with its anchor at a token.
pub(super) fn around(pattern: &Pattern, sentence: &Sentence<'_>, anchor: usize) -> Option<Match> {
    let (most, least) = pattern.reach;
    let last = anchor.checked_sub(least)?;
    (anchor.saturating_sub(most)..=last).find_map(|start| {
        let found = at(pattern, sentence, start)?;
        (found.end > anchor).then_some(found)
    })
}

/// Tries a pattern from exactly this token on.
pub(super) fn at(pattern: &Pattern, sentence: &Sentence<'_>, start: usize) -> Option<Match> {
    if !sentence.begins(pattern, start) {
        return None;
    }
    let mut run = Run {
        tokens: sentence.tokens,
        places: sentence.places,
        grammar: sentence.grammar,
        steps: STEPS,
        verb: None,
        from: None,
        to: None,
    };
    let end = run.step(&pattern.elements, start)?;
    Some(Match {
        end,
        verb: run.verb.unwrap_or(start),
        from: run.from.unwrap_or(start),
        to: run.to.unwrap_or(end),
    })
}

struct Run<'a> {
    tokens: &'a [Token],
    places: &'a Places,
    grammar: &'a Grammar,
    steps: u32,
    verb: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
}

impl Run<'_> {
    /// Where the rest of the elements ends if it fits from `at` on.
    fn step(&mut self, elements: &[Element], at: usize) -> Option<usize> {
        self.steps = self.steps.checked_sub(1)?;
        work::did(1);
        let Some((element, rest)) = elements.split_first() else {
            return Some(at);
        };
        if element.absent {
            let there = match &element.ask {
                Ask::Token(test) => self.fits(test, at),
                Ask::Phrase(phrase) => self.phrase(*phrase, at).is_some(),
                _ => false,
            };
            return if there { None } else { self.step(rest, at) };
        }
        match &element.ask {
            Ask::Begin => self.begins(at).then(|| self.step(rest, at))?,
            Ask::End => self.ends(at).then(|| self.step(rest, at))?,
            Ask::Verb => self.noting(rest, at, |run| &mut run.verb),
            Ask::Open => self.noting(rest, at, |run| &mut run.from),
            Ask::Close => self.noting(rest, at, |run| &mut run.to),
            Ask::Phrase(phrase) => {
                let end = self.phrase(*phrase, at);
                if let Some(end) = end
                    && let Some(found) = self.step(rest, end)
                {
                    return Some(found);
                }
                if element.least == 0 {
                    self.step(rest, at)
                } else {
                    None
                }
            }
            Ask::Token(test) => {
                let most = usize::from(element.most);
                let fitting = (0..most)
                    .take_while(|more| self.fits(test, at + more))
                    .count();
                (usize::from(element.least)..=fitting)
                    .rev()
                    .find_map(|taken| self.step(rest, at + taken))
            }
        }
    }

    fn noting(
        &mut self,
        rest: &[Element],
        at: usize,
        place: fn(&mut Self) -> &mut Option<usize>,
    ) -> Option<usize> {
        let found = self.step(rest, at)?;
        *place(self) = Some(at);
        Some(found)
    }

    fn begins(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.is_none_or(|token| {
            matches!(
                token.kind,
                Kind::Break | Kind::Open | Kind::Close | Kind::Stop | Kind::Question | Kind::Comma
            ) || token.is(self.grammar.conj)
                || (token.kind == Kind::Number && at == 1)
        })
    }

    fn ends(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_none_or(|token| !token.is_word() || token.is(self.grammar.conj))
    }

    #[inline]
    fn fits(&self, test: &Test, at: usize) -> bool {
        if test.end && self.ends(at) {
            return true;
        }
        let Some((token, seen)) = self.tokens.get(at).zip(self.places.at(at)) else {
            return false;
        };
        if !test.any && !test.seen.meets(seen) {
            return false;
        }
        if test.kinds.contains(&token.kind)
            || (test.any && (token.is_word() || BRACKETS.contains(&token.kind)))
        {
            return true;
        }
        if token.kind == Kind::Quote {
            return test.mocking && token.is(self.grammar.mocked);
        }
        if token.kind != Kind::Word {
            return false;
        }
        (test.capital && token.capital)
            || token.entry.forms & test.forms != 0
            || test.classes.iter().any(|(classes, forms)| {
                token.is(*classes) && (*forms == 0 || token.entry.forms & forms != 0)
            })
            || (test.seen.names(seen) && test.words.contains(&token.entry.id))
    }

    fn phrase(&self, phrase: Phrase, at: usize) -> Option<usize> {
        let found = phrases::after(self.tokens, at, self.grammar)?;
        let right = match phrase {
            Phrase::Any => true,
            Phrase::Person => found.who.is_person(),
            Phrase::Name => found.who == Who::Name,
            Phrase::System => found.who == Who::System,
            Phrase::We => found.who == Who::We,
        };
        right.then_some(found.end)
    }
}
