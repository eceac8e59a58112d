//! Which words, classes and forms are at a place: quickly compared, and wrong in one direction only.

use super::lexicon::{Classes, Entry};
use super::tokens::{Kind, Token};

/// Which words, classes and forms are in a sentence, or can stand in a place of a pattern. It may say yes to a word
/// that is not there, never no to one that is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    words: [u64; 2],
    classes: Classes,
    forms: u8,
    kinds: u16,
}

/// The bit of a word with a capital, beside those of the kinds of token.
const CAPITAL: u16 = 1 << 15;

impl Seen {
    /// Whatever it is: every sentence has it.
    pub(super) const ANYTHING: Self = Self {
        words: [u64::MAX; 2],
        classes: Classes::NONE,
        forms: 0,
        kinds: u16::MAX,
    };

    /// Adds a word by its number; 0 is no word.
    #[inline]
    pub(super) fn add_word(&mut self, id: u32) {
        let (part, bit) = place(id);
        if let Some(words) = self.words.get_mut(part) {
            *words |= bit;
        }
    }

    /// Adds classes.
    pub(super) const fn add_classes(&mut self, classes: Classes) {
        self.classes = self.classes.with(classes);
    }

    /// Adds forms.
    pub(super) const fn add_forms(&mut self, forms: u8) {
        self.forms |= forms;
    }

    /// Adds a kind of token.
    pub(super) fn add_kind(&mut self, kind: Kind) {
        self.kinds |= kind.bit();
    }

    /// Adds any word with a capital.
    pub(super) const fn add_capital(&mut self) {
        self.kinds |= CAPITAL;
    }

    /// Adds all that is known of a token.
    #[inline]
    pub(super) fn add(&mut self, token: &Token) {
        let Entry {
            id, classes, forms, ..
        } = token.entry;
        self.add_word(id);
        self.add_classes(classes);
        self.add_forms(forms);
        self.kinds |= kinds(token);
    }

    /// Whether anything is in both.
    #[inline]
    pub(super) fn meets(&self, other: &Self) -> bool {
        let words = self.words.iter().zip(other.words);
        let words = words.fold(0, |all, (a, b)| all | (a & b));
        (words != 0)
            | self.classes.any(other.classes)
            | (self.forms & other.forms != 0)
            | (self.kinds & other.kinds != 0)
    }

    /// Whether anything of one token is in it.
    #[inline]
    pub(super) fn has(&self, token: &Token) -> bool {
        let (part, bit) = place(token.entry.id);
        let words = self.words.get(part).copied().unwrap_or(0);
        (words & bit != 0)
            | self.classes.any(token.entry.classes)
            | (self.forms & token.entry.forms != 0)
            | (self.kinds & kinds(token) != 0)
    }
}

#[inline]
fn kinds(token: &Token) -> u16 {
    token.kind.bit() | if token.capital { CAPITAL } else { 0 }
}

/// In which part a word is noted, and by which bit.
#[inline]
fn place(id: u32) -> (usize, u64) {
    let part = usize::try_from(id / 64 % 2).unwrap_or(0);
    (part, u64::from(id != 0) << (id % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_met() {
        let token = |id| Token {
            start: 0,
            end: 0,
            kind: Kind::Word,
            entry: Entry {
                id,
                ..Entry::default()
            },
            capital: false,
            small: true,
        };
        for id in [1, 63, 64, 255, 256, 9_999] {
            let mut seen = Seen::default();
            assert!(!seen.has(&token(id)));
            seen.add_word(id);
            assert!(seen.has(&token(id)) && seen.meets(&seen), "{id}");
            assert!(!seen.has(&token(id + 1)));
        }
        let mut none = Seen::default();
        none.add_word(0);
        assert!(!none.has(&token(0)) && !none.meets(&none));
        let (mut forms, mut commas) = (Seen::default(), Seen::default());
        forms.add_forms(8);
        commas.add_kind(Kind::Comma);
        assert!(!forms.meets(&commas));
        assert!(!commas.has(&token(1)));
        let mut sentence = commas;
        sentence.add_forms(12);
        assert!(forms.meets(&sentence) && commas.meets(&sentence));
    }
}
