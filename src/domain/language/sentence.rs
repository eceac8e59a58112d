//! One sentence while it is judged: its tokens, what is in it at all, and what was looked for already.
//!
//! Many rules ask the same of a sentence. Most of it is answered by what is in the sentence at all, and the rest is
//! looked for once: so the time for a sentence does not grow with the number of words in it that rules look for.

use std::cell::RefCell;

use super::buffer::Buffer;
use super::grammar::Grammar;
use super::matching;
use super::pattern::Pattern;
use super::places::{Anchor, Places};
use super::seen::Seen;
use super::tokens::Token;

/// Where patterns were found last in the sentence at hand. One is used for all sentences.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// For each pattern the sentence for which it was looked for, and one more than the place, 0 if it is nowhere.
    last: Vec<(u32, usize)>,
    sentence: u32,
    /// The words of the sentence that rules look for.
    anchors: Buffer<Anchor>,
    places: Places,
}

/// One sentence.
pub(super) struct Sentence<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) grammar: &'a Grammar,
    /// The words that rules look for.
    pub(super) anchors: &'a [Anchor],
    /// What stands at each place.
    pub(super) places: &'a Places,
    /// Its number, and where patterns were found last, by the number of the sentence.
    number: u32,
    last: RefCell<&'a mut Vec<(u32, usize)>>,
}

impl<'a> Sentence<'a> {
    /// A sentence of these words.
    pub(super) fn new(tokens: &'a [Token], grammar: &'a Grammar, found: &'a mut Found) -> Self {
        let Found {
            last,
            sentence,
            anchors,
            places,
        } = found;
        *sentence = sentence.wrapping_add(1);
        if *sentence == 0 {
            // After four thousand million sentences the numbers begin anew.
            last.clear();
            *sentence = 1;
        }
        places.read(tokens, anchors);
        Self {
            tokens,
            grammar,
            anchors: anchors.get(),
            places,
            number: *sentence,
            last: RefCell::new(last),
        }
    }

    /// Whether all that a pattern cannot do without is in the sentence.
    #[inline]
    pub(super) fn can_hold(&self, pattern: &Pattern) -> bool {
        let seen = self.places.whole();
        pattern.needs.iter().all(|need| seen.meets(need))
    }

    /// Whether a pattern may begin at a place.
    #[inline]
    pub(super) fn begins(&self, pattern: &Pattern, at: usize) -> bool {
        let there = self.places.at(at).unwrap_or(&Seen::ANYTHING);
        pattern.first.meets(there)
    }

    /// The last token from which a pattern fits that the sentence can hold.
    pub(super) fn last(&self, pattern: &Pattern) -> Option<usize> {
        let mut all = self.last.borrow_mut();
        if all.len() <= pattern.number {
            all.resize(pattern.number + 1, (0, 0));
        }
        let last = all.get_mut(pattern.number)?;
        if last.0 != self.number {
            let place = (0..self.tokens.len())
                .rev()
                .find(|at| matching::at(pattern, self, *at).is_some());
            *last = (self.number, place.map_or(0, |place| place + 1));
        }
        last.1.checked_sub(1)
    }
}
