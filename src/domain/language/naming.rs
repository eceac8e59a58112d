//! Names of people in a text: what the lists, the document or somebody's knowledge takes for a person.
//!
//! It offers, and never decides: whoever writes the text says which of them is nobody, which stays, and which becomes a
//! role. A name that is also the name of a place, a product or a word is a person by evidence only.

use std::collections::HashSet;

use super::engine::{Engine, engine};
use super::evidence::Evidence;
use super::inflect::Form;
use super::mask;
use super::reader;
use super::sentences::Sentences;
use super::spelt::{Spellings, begins, ends, in_path, possessive, small};
use super::tokens::{Kind, Token};
use super::words::{Vocabulary, Words};

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Where it starts, in bytes of the text; a title before it ("Mr") belongs to it.
    pub start: usize,
    /// Where it ends, exclusive; the "'s" of a possessive does not belong to it.
    pub end: usize,
    /// The name itself, without a title.
    pub name: String,
    /// Whether a sentence begins with it.
    pub initial: bool,
    /// Whether it stands in somebody else's words.
    pub quoted: bool,
}

/// Given names that are more often places, months or products.
const PLACES: [&str; 26] = [
    "alexa",
    "april",
    "asia",
    "august",
    "austin",
    "carolina",
    "chad",
    "charlotte",
    "cuba",
    "dallas",
    "florence",
    "georgia",
    "india",
    "israel",
    "jordan",
    "june",
    "kenya",
    "lourdes",
    "may",
    "milan",
    "paris",
    "santiago",
    "sydney",
    "victoria",
    "virginia",
    "watson",
];
/// What people do, and hardly anything else does.
const SAYS: [&str; 22] = [
    "said",
    "says",
    "asked",
    "asks",
    "noticed",
    "notices",
    "wrote",
    "told",
    "thought",
    "saw",
    "sees",
    "knew",
    "joined",
    "joins",
    "replied",
    "suggested",
    "decided",
    "remembered",
    "explained",
    "called",
    "recalls",
    "paged",
];
/// Small words within a name.
const PARTICLES: [&str; 22] = [
    "al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
    "el", "ibn", "la", "le", "ten", "ter", "van", "von",
];
/// Handles that address a group.
const GROUPS: [&str; 6] = ["@all", "@channel", "@everyone", "@here", "@oncall", "@team"];

/// The names in a text, Markdown or plain, in its order. Code and addresses have none.
///
/// `known` are names of which somebody knows that they are people's: members, or those that were mapped to roles.
#[must_use]
pub fn names_in(text: &str, own: &Words, known: &Spellings) -> Vec<Named> {
    // Commands that look at wording ask `ready` before they start.
    let Ok(engine) = engine() else {
        return Vec::new();
    };
    let (masked, quoted) = mask::shown(text);
    let words = Vocabulary::new(&engine.lexicon, own);
    let evidence = Evidence::read(&masked, text, &words, &engine.grammar);
    let words_of = reader::Reader::new(&masked.text, text, &words);
    let mut found = Vec::new();
    let mut buffer = reader::Read::default();
    // Whoever has a whole name somewhere in the text is a person in the rest of it.
    let mut whole = HashSet::new();
    for last in [false, true] {
        for block in &masked.blocks {
            let mut sentences = Sentences::new(&masked.text, block.clone());
            while words_of.sentence(&mut sentences, &mut buffer) {
                let reader = Reader {
                    text: &masked.text,
                    tokens: &buffer.tokens,
                    engine,
                    evidence: &evidence,
                    known,
                    whole: &whole,
                };
                reader.read(&mut found);
            }
        }
        if !last {
            for named in found.drain(..).filter(|one| one.name.contains(' ')) {
                whole.extend(named.name.split_whitespace().map(small));
            }
        }
    }
    for named in &mut found {
        let around = quoted.get(named.start..named.end).unwrap_or_default();
        named.quoted = around.iter().all(|quoted| *quoted);
    }
    found
}

/// One sentence in which names are looked for.
struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    engine: &'a Engine,
    evidence: &'a Evidence,
    known: &'a Spellings,
    whole: &'a HashSet<String>,
}

impl Reader<'_> {
    fn read(&self, found: &mut Vec<Named>) {
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            let span = match token.kind {
                Kind::Handle => self.handle(at),
                Kind::Word => self.name(at),
                _ => None,
            };
            let span = span.filter(|span| {
                begins(self.text, span.name) && !in_path(self.text, span.name, span.end)
            });
            let Some(span) = span else {
                at += 1;
                continue;
            };
            let name = self.text.get(span.name..span.end).unwrap_or_default();
            found.push(Named {
                start: span.start,
                end: span.end,
                name: name.split_whitespace().collect::<Vec<_>>().join(" "),
                initial: self.opens(span.start),
                quoted: false,
            });
            while self
                .tokens
                .get(at)
                .is_some_and(|token| token.start < span.end)
            {
                at += 1;
            }
        }
    }

    fn handle(&self, at: usize) -> Option<Span> {
        let token = self.tokens.get(at)?;
        let mut end = token.end;
        while let Some(more) = self.text.get(end..).and_then(|rest| rest.strip_prefix('.')) {
            let letters = more.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
            match letters.unwrap_or(more.len()) {
                0 => break,
                length => end += 1 + length,
            }
        }
        let handle = self.text.get(token.start..end)?;
        let letters = handle.chars().nth(1).is_some_and(char::is_alphabetic);
        let package = self.text.get(end..)?.starts_with(['/', '@']);
        let group = GROUPS.contains(&small(handle).as_str());
        (letters && !package && !group).then_some(Span {
            start: token.start,
            name: token.start,
            end,
        })
    }

    fn name(&self, at: usize) -> Option<Span> {
        let token = self.tokens.get(at)?;
        if let Some(span) = self.titled(at) {
            return Some(span);
        }
        let start = token.start;
        let listed = self.known.at(self.text, start);
        let single = listed.is_none_or(|end| end <= self.unit(at));
        let end = match listed {
            Some(end) if !single => end,
            _ if self.is_person(at, listed.is_some()) => self.whole(at),
            _ => return None,
        };
        if !ends(self.text, end) {
            return None;
        }
        // "Xolani Dlamini": the lists know the second word only.
        let before = at.checked_sub(1).filter(|before| {
            token.is(self.engine.lexicon.class("family").unwrap_or_default())
                && self.adjacent(*before, at)
                && self.tokens.get(*before).is_some_and(|token| {
                    token.capital
                        && token.small
                        && is_unknown(token)
                        && begins(self.text, token.start)
                })
        });
        let start = before
            .and_then(|before| self.tokens.get(before))
            .map_or(start, |token| token.start);
        Some(Span {
            start,
            name: start,
            end,
        })
    }

    /// "Mr Brown", "Dr. Okonkwo"
    fn titled(&self, at: usize) -> Option<Span> {
        let title = self.tokens.get(at)?;
        if !title.capital || !title.is(self.engine.grammar.title) {
            return None;
        }
        let stop = self.tokens.get(at + 1)?.kind == Kind::Stop && self.touches(at, at + 1);
        let next = if stop { at + 2 } else { at + 1 };
        let name = self.tokens.get(next)?;
        let near = stop || self.adjacent(at, next);
        let end = self.whole(next);
        let other = name.is(self.engine.grammar.product.with(self.engine.grammar.title));
        (near && self.is_spelt_as_name(next) && !other && ends(self.text, end)).then_some(Span {
            start: title.start,
            name: name.start,
            end,
        })
    }

    /// Whether the word at a place is a person's name.
    fn is_person(&self, at: usize, listed: bool) -> bool {
        let grammar = &self.engine.grammar;
        let Some(token) = self.tokens.get(at) else {
            return false;
        };
        let word = self
            .text
            .get(token.start..self.unit(at))
            .unwrap_or_default();
        if listed {
            return !self.is_only_a_word(at);
        }
        if !self.is_spelt_as_name(at) || self.is_only_a_word(at) {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let determined = before.is_some_and(|token| token.is(grammar.det));
        if self.evidence.is_told(word) {
            return true;
        }
        if determined || token.is(grammar.product) || self.evidence.is_system(word) {
            return false;
        }
        let known = self.whole.contains(&small(word)) || self.known.has_part(word);
        if known && (token.is(grammar.name) || is_unknown(token)) {
            return true;
        }
        if self.is_before_a_system(at) {
            return false;
        }
        if !token.is(grammar.name) {
            return false;
        }
        let place = PLACES.contains(&small(word).as_str());
        !place || self.whole(at) > self.unit(at) || self.says(at + 1)
    }

    /// Whether a word at the head of a sentence may have its capital from there: "Will this work?", "Mark the row."
    fn is_only_a_word(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else {
            return true;
        };
        let grammar = &self.engine.grammar;
        let ordinary = token.entry.forms != 0 || token.is(grammar.modal.with(grammar.aux));
        if !ordinary || !self.opens(token.start) || possessive(self.text, token.end).is_some() {
            return false;
        }
        let person = self.tokens.get(at + 1).is_some_and(|next| {
            next.can_be(Form::PAST)
                || next.can_be(Form::THIRD)
                || next.is(grammar.aux)
                || self.says(at + 1)
        });
        !person
    }

    /// "Diana service", "the Ada cluster"
    fn is_before_a_system(&self, at: usize) -> bool {
        self.adjacent(at, at + 1)
            && self.tokens.get(at + 1).is_some_and(|next| {
                let verb = next.can_be(Form::PAST) || next.can_be(Form::THIRD);
                next.is(self.engine.grammar.system) && !verb
            })
    }

    fn says(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            let word = self.text.get(token.start..token.end).unwrap_or_default();
            SAYS.contains(&word)
        })
    }

    /// Where the name ends that begins with a word: given name, small words, family names.
    fn whole(&self, at: usize) -> usize {
        let mut end = self.unit(at);
        let mut last = self.last_of(at);
        for _ in 0..4 {
            let mut next = last + 1;
            while next < last + 3 && self.is_particle(next) && self.adjacent(next - 1, next) {
                next += 1;
            }
            let initial =
                self.tokens.get(next).is_some_and(|token| {
                    token.capital && token.end == token.start + 1 && !token.small
                }) && self
                    .tokens
                    .get(next + 1)
                    .is_some_and(|token| token.kind == Kind::Stop)
                    && self.touches(next, next + 1);
            let name = if initial { next + 2 } else { next };
            let near = self.adjacent(next - 1, next) && (!initial || self.adjacent(next + 1, name));
            if !near || !self.is_family(name) || !ends(self.text, self.unit(name)) {
                break;
            }
            end = self.unit(name);
            last = self.last_of(name);
        }
        end
    }

    fn is_family(&self, at: usize) -> bool {
        let grammar = &self.engine.grammar;
        let Some(token) = self.tokens.get(at) else {
            return false;
        };
        let allowed = grammar.name.with(grammar.role);
        let family = self.engine.lexicon.class("family").unwrap_or_default();
        let other = token.entry.classes.without(allowed.with(family));
        let verb = (token.can_be(Form::PAST) || token.can_be(Form::THIRD)) && !token.is(allowed);
        self.is_spelt_as_name(at) && other.is_empty() && !verb
    }

    fn is_particle(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            PARTICLES.contains(&self.text.get(token.start..token.end).unwrap_or_default())
        })
    }

    /// "Tomasz", "O'Neill", "McKay"; not "API".
    fn is_spelt_as_name(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            let spelt = self
                .text
                .get(token.start..self.unit(at))
                .unwrap_or_default();
            token.kind == Kind::Word && token.capital && spelt.chars().any(char::is_lowercase)
        })
    }

    /// Where a word ends, with what an apostrophe joins to it: "O'Neill".
    fn unit(&self, at: usize) -> usize {
        self.tokens
            .get(self.last_of(at))
            .map_or(self.text.len(), |token| token.end)
    }

    /// The last token of the word at a place.
    fn last_of(&self, at: usize) -> usize {
        let (Some(token), Some(next)) = (self.tokens.get(at), self.tokens.get(at + 1)) else {
            return at;
        };
        let between = self.text.get(token.end..next.start);
        let joined = matches!(between, Some("'" | "’")) && next.kind == Kind::Word;
        if joined { at + 1 } else { at }
    }

    /// Whether nothing but words may stand before a place in its sentence: "13:04 Tomasz deletes".
    fn opens(&self, start: usize) -> bool {
        let mut before = self.tokens.iter().take_while(|token| token.start < start);
        before.all(|token| !token.is_word() || token.kind == Kind::Number)
    }

    /// Whether only white space lies between two tokens.
    fn adjacent(&self, left: usize, right: usize) -> bool {
        let (Some(left), Some(right)) = (self.tokens.get(left), self.tokens.get(right)) else {
            return false;
        };
        let between = self.text.get(left.end..right.start).unwrap_or("x");
        !between.is_empty() && between.chars().all(char::is_whitespace)
    }

    fn touches(&self, left: usize, right: usize) -> bool {
        let (left, right) = (self.tokens.get(left), self.tokens.get(right));
        left.zip(right)
            .is_some_and(|(left, right)| left.end == right.start)
    }
}

/// Where a name stands.
struct Span {
    /// Where its title starts, or the name itself.
    start: usize,
    name: usize,
    end: usize,
}

/// Whether the lists say nothing of a word.
const fn is_unknown(token: &Token) -> bool {
    token.entry.classes.is_empty() && token.entry.forms == 0
}
