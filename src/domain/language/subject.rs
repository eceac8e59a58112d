//! Finds the subject of a verb by walking to the left.

use super::grammar::Grammar;
use super::inflect::Form;
use super::phrases::{self, Phrase, Who};
use super::tokens::{Kind, Token};

/// How far the walk goes, in tokens: a longer way in one clause is not grammar any more.
const FAR: usize = 32;

/// The subject of the verb at a token.
pub(super) fn of(tokens: &[Token], verb: usize, grammar: &Grammar) -> Option<Phrase> {
    Finder { tokens, grammar }.walk(verb, 0)
}

struct Finder<'a> {
    tokens: &'a [Token],
    grammar: &'a Grammar,
}

impl Finder<'_> {
    fn left(&self, at: usize) -> Option<(usize, &Token)> {
        let at = at.checked_sub(1)?;
        Some((at, self.tokens.get(at)?))
    }

    fn walk(&self, verb: usize, depth: u8) -> Option<Phrase> {
        let grammar = self.grammar;
        let group = grammar
            .adv
            .with(grammar.aux)
            .with(grammar.modal)
            .with(grammar.neg);
        let mut at = verb;
        for _ in 0..16 {
            let (before, token) = self.left(at)?;
            match token.kind {
                Kind::Close => at = self.back_to(before, Kind::Open)?,
                Kind::Comma => match self.aside(before) {
                    Some(start) => at = start,
                    None => return self.coordinated(before, depth),
                },
                Kind::Word | Kind::Number | Kind::Handle | Kind::Code | Kind::Quote => {
                    if token.is(grammar.conj) {
                        return self.coordinated(before, depth);
                    }
                    if token.is(grammar.relative)
                        && token.kind == Kind::Word
                        && let Some(found) = self.relative(before)
                    {
                        return Some(found);
                    }
                    if token.is(group) && !token.is(grammar.nobody) {
                        at = before;
                        continue;
                    }
                    if token.is(grammar.sub) || token.is(grammar.prep) {
                        return None;
                    }
                    return self.phrase(at, depth);
                }
                _ => return None,
            }
        }
        None
    }

    /// The opening bracket that belongs to the closing one.
    fn back_to(&self, from: usize, kind: Kind) -> Option<usize> {
        let near = from.saturating_sub(FAR);
        (near..from)
            .rev()
            .find(|at| self.tokens.get(*at).is_some_and(|token| token.kind == kind))
    }

    /// The comma that opens what the comma at `close` ends, if that is an aside: "the coach, who was new, …".
    fn aside(&self, close: usize) -> Option<usize> {
        let near = close.saturating_sub(FAR);
        let open = (near..close)
            .rev()
            .take_while(|at| {
                self.tokens
                    .get(*at)
                    .is_some_and(|token| token.is_word() || token.kind == Kind::Comma)
            })
            .find(|at| self.tokens.get(*at).is_some_and(|t| t.kind == Kind::Comma))?;
        let first = self.tokens.get(open + 1)?;
        let grammar = self.grammar;
        let opens = first.is(grammar
            .relative
            .with(grammar.det)
            .with(grammar.possessive)
            .with(grammar.prep)
            .with(grammar.sub)
            .with(grammar.adv)
            .with(grammar.role)
            .with(grammar.title))
            || first.can_be(Form::PARTICIPLE)
            || first.can_be(Form::ING)
            || first.capital;
        (opens && open > 0).then_some(open)
    }

    /// "Who" is a person; "which" and "that" are what stands before them.
    fn relative(&self, at: usize) -> Option<Phrase> {
        let token = self.tokens.get(at)?;
        let mut end = at;
        if let Some((before, _)) = self.left(at).filter(|(_, t)| t.kind == Kind::Comma) {
            end = before;
        }
        let (_, before) = self.left(end)?;
        if !before.is_word() {
            return None;
        }
        let mut found = self.phrase(end, 1)?;
        if token.is(self.grammar.person_pronoun) && found.who != Who::Name {
            found.who = Who::Person;
        }
        Some(found)
    }

    /// The phrase that ends before `end`, with what hangs on it: "the engineer | on duty".
    fn phrase(&self, end: usize, depth: u8) -> Option<Phrase> {
        let grammar = self.grammar;
        let mut found = self.simple(end)?;
        for _ in 0..4 {
            let Some((before, token)) = self.left(found.start) else {
                break;
            };
            if token.is(grammar.relative) && depth == 0 {
                return self.relative(before).or(Some(found));
            }
            if token.can_be(Form::ING) && !token.can_be(Form::NOUN) && token.kind == Kind::Word {
                // "The team running the job", but "Appointing a manager could have helped".
                match self.owner(before) {
                    Some(owner) => found = owner,
                    None => found.who = Who::Unknown,
                }
                break;
            }
            if token.is(grammar.prep) {
                let Some(owner) = self.owner(before) else {
                    break;
                };
                let counted = owner.end == owner.start + 1
                    && self.tokens.get(owner.start).is_some_and(|t| {
                        t.is(grammar.nobody.with(grammar.det).with(grammar.amount))
                    });
                // "None of the nodes" is about nodes.
                found = match (counted, owner.who) {
                    (true, Who::Nobody) if found.who.is_person() => owner,
                    (true, _) => Phrase {
                        start: owner.start,
                        ..found
                    },
                    (false, _) => owner,
                };
                continue;
            }
            if depth == 0
                && token.kind == Kind::Word
                && !token.is(grammar.conj)
                && let Some(who) = self.relative_clause(before)
            {
                return self.relative(who).or(Some(found));
            }
            break;
        }
        if found.who == Who::They {
            found.who = self.antecedent(found.start);
        }
        Some(found)
    }

    /// The phrase before a preposition, if the preposition hangs on one.
    fn owner(&self, prep: usize) -> Option<Phrase> {
        let (_, token) = self.left(prep)?;
        let grammar = self.grammar;
        let closed = grammar
            .conj
            .with(grammar.sub)
            .with(grammar.aux)
            .with(grammar.modal)
            .with(grammar.adv)
            .with(grammar.prep)
            .with(grammar.time);
        let verb = token.can_be(Form::PAST) && !token.can_be(Form::NOUN);
        if token.kind != Kind::Word || (token.is(closed) && !token.is(grammar.nobody)) || verb {
            return None;
        }
        self.simple(prep)
    }

    /// The "who" or "that" of the clause in which the word at `at` stands.
    fn relative_clause(&self, at: usize) -> Option<usize> {
        let near = at.saturating_sub(8);
        (near..at)
            .rev()
            .take_while(|at| self.tokens.get(*at).is_some_and(Token::is_word))
            .find(|at| {
                self.tokens.get(*at).is_some_and(|token| {
                    token.is(self.grammar.person_pronoun) && token.is(self.grammar.relative)
                })
            })
    }

    /// One phrase without anything that hangs on it.
    fn simple(&self, end: usize) -> Option<Phrase> {
        let grammar = self.grammar;
        let closed = grammar
            .prep
            .with(grammar.conj)
            .with(grammar.sub)
            .with(grammar.relative)
            .with(grammar.aux)
            .with(grammar.modal)
            .with(grammar.of)
            .with(grammar.neg);
        let mut start = end;
        while let Some((before, token)) = self.left(start).filter(|_| end - start < 7) {
            let last = start == end;
            let number = token.kind == Kind::Number && !last;
            if !token.is_word() || number || (token.is(closed) && !token.is(grammar.nobody)) {
                break;
            }
            let pronoun = token.is(grammar
                .we
                .with(grammar.they)
                .with(grammar.person_pronoun)
                .with(grammar.thing_pronoun)
                .with(grammar.someone)
                .with(grammar.nobody));
            if pronoun && !token.is(grammar.det) {
                if last {
                    start = before;
                }
                break;
            }
            start = before;
            if token.is(grammar.det) || token.is(grammar.possessive) {
                break;
            }
        }
        (start < end).then(|| Phrase {
            who: phrases::classify(self.tokens, start, end, grammar),
            start,
            end,
        })
    }

    /// "QA signed off the build but failed to …": the subject of the first verb of the clause on the left.
    fn coordinated(&self, end: usize, depth: u8) -> Option<Phrase> {
        if depth > 0 {
            return None;
        }
        let grammar = self.grammar;
        let near = end.saturating_sub(FAR);
        let start = (near..end)
            .rev()
            .find(|at| {
                self.tokens.get(*at).is_some_and(|token| {
                    matches!(token.kind, Kind::Break | Kind::Stop | Kind::Question)
                })
            })
            .map_or(near, |at| at + 1);
        (start + 1..end).rev().find_map(|at| {
            let token = self.tokens.get(at)?;
            let (_, before) = self.left(at)?;
            let finite = (token.can_be(Form::PAST) && !token.can_be(Form::NOUN))
                || token.is(grammar.aux)
                || token.is(grammar.modal);
            let attribute = before.is(grammar.det.with(grammar.prep).with(grammar.possessive));
            if !finite || attribute {
                return None;
            }
            self.walk(at, depth + 1)
        })
    }

    /// Whom "they" means: the last person or system that was named in the sentence.
    fn antecedent(&self, pronoun: usize) -> Who {
        let grammar = self.grammar;
        self.tokens
            .get(pronoun.saturating_sub(FAR)..pronoun)
            .unwrap_or_default()
            .iter()
            .rev()
            .find_map(|token| {
                if token.is(grammar.role.with(grammar.group).with(grammar.someone)) {
                    Some(Who::Person)
                } else if token.is(grammar.system) || (token.is(grammar.product) && token.capital) {
                    Some(Who::System)
                } else {
                    None
                }
            })
            .unwrap_or(Who::They)
    }
}
