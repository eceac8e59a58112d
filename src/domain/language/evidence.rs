//! What the document itself says about a name: "Marvin, our chat bot", "Participants: Ada, Björn".

use std::collections::HashSet;

use super::grammar::Grammar;
use super::mask::Masked;
use super::phrases::{self, Who};
use super::reader::{Read, Reader};
use super::sentences::Sentences;
use super::tokens::{Kind, Token};
use super::words::Vocabulary;

/// Names that the document explains.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    systems: HashSet<String>,
    people: HashSet<String>,
    told: HashSet<String>,
    /// The names in small letters that were looked for already.
    asked: Vec<String>,
}

/// How many names are looked for one by one; then the whole document is read.
const FEW: usize = 8;

/// What is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    System,
    Person,
}

impl Evidence {
    /// Reads the whole document once.
    pub(super) fn read(
        masked: &Masked,
        source: &str,
        words: &Vocabulary<'_>,
        grammar: &Grammar,
    ) -> Self {
        let mut evidence = Self::default();
        evidence.add(masked, source, words, grammar, |_| true);
        evidence
    }

    /// Reads what the document says of one name, so that it can be asked for.
    pub(super) fn ask(
        &mut self,
        name: &str,
        masked: &Masked,
        source: &str,
        words: &Vocabulary<'_>,
        grammar: &Grammar,
    ) {
        let name = name.to_lowercase();
        if self.asked.len() > FEW || self.asked.contains(&name) {
            return;
        }
        let all = self.asked.len() == FEW;
        self.add(masked, source, words, grammar, |block| {
            all || may_name(block, &name)
        });
        self.asked.push(name);
    }

    /// Reads some blocks of a document.
    fn add(
        &mut self,
        masked: &Masked,
        source: &str,
        words: &Vocabulary<'_>,
        grammar: &Grammar,
        wanted: impl Fn(&str) -> bool,
    ) {
        let mut read = Read::default();
        let reader = Reader::new(&masked.text, source, words);
        for block in &masked.blocks {
            if !masked.text.get(block.clone()).is_some_and(&wanted) {
                continue;
            }
            let mut sentences = Sentences::new(&masked.text, block.clone());
            while reader.sentence(&mut sentences, &mut read) {
                self.note(&read.tokens, source, grammar);
            }
        }
    }

    /// Whether the document calls this name a system.
    pub(super) fn is_system(&self, name: &str) -> bool {
        self.systems.contains(&name.to_lowercase())
    }

    /// Whether the document calls this name a person.
    pub(super) fn is_person(&self, name: &str) -> bool {
        self.people.contains(&name.to_lowercase())
    }

    /// Whether the document says in words that this name is a person's: "our engineer Björn". A list of owners is not
    /// enough, for teams stand there too.
    pub(super) fn is_told(&self, name: &str) -> bool {
        self.told.contains(&name.to_lowercase())
    }

    fn note(&mut self, tokens: &[Token], source: &str, grammar: &Grammar) {
        let listed = tokens.iter().take(2).any(|token| token.is(grammar.listing));
        for (at, token) in tokens.iter().enumerate() {
            if !token.capital || !token.small || token.kind != Kind::Word {
                continue;
            }
            let known = grammar
                .role
                .with(grammar.group)
                .with(grammar.system)
                .with(grammar.det);
            if token.is(known) {
                continue;
            }
            let explained = explained(tokens, at, grammar);
            let sense = explained.or(listed.then_some(Sense::Person));
            let Some(name) = source.get(token.start..token.end) else {
                continue;
            };
            // "Owner: Payments" is a list, though "owner" is a role.
            let behind = at.checked_sub(1).and_then(|before| tokens.get(before));
            let apart = behind.is_some_and(|token| token.kind == Kind::Break);
            if explained == Some(Sense::Person) && !apart {
                self.told.insert(name.to_lowercase());
            }
            match sense {
                Some(Sense::System) => self.systems.insert(name.to_lowercase()),
                Some(Sense::Person) => self.people.insert(name.to_lowercase()),
                None => false,
            };
        }
    }
}

/// Whether a name in small letters may stand in a block. (Beyond ASCII there are capitals that look like no other.)
fn may_name(block: &str, name: &str) -> bool {
    let (bytes, name) = (block.as_bytes(), name.as_bytes());
    let Some(first) = name.first() else {
        return true;
    };
    let there = |at| {
        let found = bytes.get(at..at + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    memchr::memchr2_iter(*first, first.to_ascii_uppercase(), bytes).any(there) || !block.is_ascii()
}

fn explained(tokens: &[Token], at: usize, grammar: &Grammar) -> Option<Sense> {
    let sense = |who| match who {
        Who::System => Some(Sense::System),
        Who::Person => Some(Sense::Person),
        _ => None,
    };
    let determined = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.is(grammar.det) || token.is(grammar.possessive))
    };
    let phrase = |at: usize| phrases::after(tokens, at, grammar).and_then(|found| sense(found.who));
    // "Marvin, our chat bot", "Marvin (our chat bot)", "Marvin is our chat bot"
    let next = tokens.get(at + 1)?;
    let joins = matches!(next.kind, Kind::Comma | Kind::Open) || next.is(grammar.aux);
    if joins
        && (determined(at + 2) || next.kind == Kind::Open)
        && let Some(found) = phrase(at + 2)
    {
        return Some(found);
    }
    // "our chat bot Marvin", "the chat bot, Marvin,", "a bot called Marvin"
    let before = (0..3).find_map(|gap| {
        let end = at.checked_sub(gap)?;
        let last = tokens.get(end.checked_sub(1)?)?;
        last.is(grammar.system.with(grammar.double).with(grammar.role))
            .then_some(end)
    })?;
    sense(phrases::classify(
        tokens,
        before.saturating_sub(3),
        before,
        grammar,
    ))
}
