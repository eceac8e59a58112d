//! The little language in which rules say what they look for.
//!
//! A pattern is a row of elements, each for one word of a sentence:
//!
//! | written | means |
//! |---|---|
//! | `never` | this word |
//! | `late\|early` | one of these |
//! | `~check` | any form of the verb; `~check.d` past or participle, `.n` participle, `.g` "-ing", `.b` base, `.s` third person |
//! | `@damage`, `@damage.d` | any word of the class, in any or that form |
//! | `#n` | any word that can be a participle; `#d`, `#g`, `#b`, `#s` likewise |
//! | `#num`, `#code`, `#quote`, `#link`, `#handle` | a number, code, a quotation, an address, "@maria" |
//! | `#cap`, `#mock` | a word with a capital, a mocking word in quotation marks |
//! | `_` | any one word; `_{6}` up to six of them |
//! | `,` `:` `/` `?` `(` `)` | this mark |
//! | `^`, `$` | the clause begins, or ends, here (`on\|$`: "on", or the end) |
//! | `<person>`, `<name>`, `<system>`, `<we>`, `<np>` | a phrase about a person and so on |
//! | `x?`, `x*` | once or not at all; up to four times |
//! | `-x` | what follows is not `x` (nothing is taken) |
//! | `%` | the verb, whose subject counts, is next (otherwise the first element) |
//! | `[` `]` | where the reported words begin and end (otherwise all) |

use std::sync::Arc;

use super::lexicon::{Classes, Lexicon};
use super::near::Near;
use super::seen::Seen;
use super::tokens::Kind;

/// One element's test of one token.
#[derive(Debug, Clone, Default)]
pub(super) struct Test {
    /// These words.
    pub(super) words: Vec<u32>,
    /// These classes in one of these forms (0: any).
    pub(super) classes: Vec<(Classes, u8)>,
    /// Any word of these forms.
    pub(super) forms: u8,
    /// These kinds of token.
    pub(super) kinds: Vec<Kind>,
    /// Any word at all.
    pub(super) any: bool,
    /// Any word with a capital.
    pub(super) capital: bool,
    /// A quotation of one word that mocks.
    pub(super) mocking: bool,
    /// The end of the clause will do as well.
    pub(super) end: bool,
    /// All that fits, as far as it can be told by itself: quickly compared with a token.
    pub(super) seen: Seen,
}

impl Test {
    /// Whether something else than a word, a class or a form may fit.
    pub(super) fn is_open(&self) -> bool {
        self.any || self.capital || self.mocking || self.end || !self.kinds.is_empty()
    }

    /// Whether nothing fits but a quotation that mocks.
    pub(super) fn is_mocking(&self) -> bool {
        let words = self.words.is_empty() && self.classes.is_empty() && self.forms == 0;
        self.mocking && words && self.kinds.is_empty() && !self.any && !self.capital && !self.end
    }

    /// What fits, as far as it can be told by itself: not "any word" and the end of a clause.
    pub(super) fn told(&self, lexicon: &mut Lexicon) -> Seen {
        let mut seen = Seen::default();
        for id in &self.words {
            seen.add_word(lexicon.bit(*id));
        }
        for (classes, _) in &self.classes {
            seen.add_classes(*classes);
        }
        seen.add_forms(self.forms);
        self.kinds.iter().for_each(|kind| seen.add_kind(*kind));
        if self.capital {
            seen.add_capital();
        }
        if self.mocking {
            seen.add_classes(lexicon.class("mocked").unwrap_or_default());
        }
        seen
    }
}

/// What a phrase must be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phrase {
    /// A person or group.
    Person,
    /// A person by name.
    Name,
    /// A system.
    System,
    /// "We", "I".
    We,
    /// Anything.
    Any,
}

/// What one element asks.
#[derive(Debug, Clone)]
pub(super) enum Ask {
    /// A token.
    Token(Arc<Test>),
    /// A phrase.
    Phrase(Phrase),
    /// The clause begins here.
    Begin,
    /// The clause ends here.
    End,
    /// The verb is next.
    Verb,
    /// The report begins here.
    Open,
    /// The report ends here.
    Close,
}

/// One element.
#[derive(Debug, Clone)]
pub(super) struct Element {
    /// What it asks.
    pub(super) ask: Ask,
    /// How often at least.
    pub(super) least: u8,
    /// How often at most.
    pub(super) most: u8,
    /// Whether it must not be there.
    pub(super) absent: bool,
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    /// Its elements.
    pub(super) elements: Vec<Element>,
    /// The words of which one must be there; a sentence without them is not looked at. Empty where a pattern has none:
    /// such a pattern can only cancel.
    pub(super) anchors: Vec<u32>,
    /// How many tokens before the anchor it can begin at most, and at least.
    pub(super) reach: (usize, usize),
    /// What those elements need that must be there and can be told by their words, the rarest first.
    pub(super) needs: Vec<Seen>,
    /// What must stand where it begins.
    pub(super) first: Seen,
    /// What must stand near the anchor. (Apart, for it is asked elsewhere, and what is small is at hand more often.)
    pub(super) near: Box<(Near, Near)>,
    /// Its number among those that cancel; 0 for others.
    pub(super) number: usize,
}
