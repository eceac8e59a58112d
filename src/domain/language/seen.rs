//! Which words, classes and forms are at a place: quickly compared, and wrong in one direction only.

use super::lexicon::{Classes, Entry};
use super::tokens::{Kind, Token};

/// Which words, classes and forms are in a sentence, or can stand in a place of a pattern. It may say yes to a word
/// that is not there, never no to one that is.
///
/// It is small, for one is made for every word of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    /// The classes, and above them the forms.
    known: u64,
    /// The bits of words, and above them those of the kinds of token, of capitals and of anything at all.
    words: [u64; 2],
}

/// How many bits there are for words.
const BITS: u32 = 113;
/// Which bit says that a word has a capital.
const CAPITAL: u32 = 62;
/// The bit of every token.
const ANYTHING: u64 = 1 << 63;

impl Seen {
    /// Nothing at all.
    pub(super) const NOTHING: Self = Self {
        known: 0,
        words: [0, 0],
    };

    /// Whatever it is: every token has it.
    pub(super) const ANYTHING: Self = Self {
        known: 0,
        words: [0, ANYTHING],
    };

    /// What is known of a token.
    #[inline]
    pub(super) fn of(token: &Token) -> Self {
        let Entry {
            bit,
            classes,
            forms,
            ..
        } = token.entry;
        let [first, second] = NOTED.get(usize::from(bit)).copied().unwrap_or_default();
        let capital = u64::from(token.capital) << CAPITAL;
        Self {
            known: classes.beside(forms),
            words: [first, second | capital | kind(token.kind)],
        }
    }

    /// The bit for the next word that patterns name, after some others: they share them in turn.
    pub(super) fn bit(others: u32) -> u8 {
        u8::try_from(others % (BITS - 1) + 1).unwrap_or(0)
    }

    /// Adds a word by its bit.
    pub(super) const fn add_word(&mut self, bit: u8) {
        self.words = either(self.words, word(bit));
    }

    /// Adds classes.
    pub(super) const fn add_classes(&mut self, classes: Classes) {
        self.known |= classes.beside(0);
    }

    /// Adds forms.
    pub(super) const fn add_forms(&mut self, forms: u8) {
        self.known |= Classes::NONE.beside(forms);
    }

    /// Adds a kind of token.
    pub(super) fn add_kind(&mut self, of: Kind) {
        self.words = either(self.words, [0, kind(of)]);
    }

    /// Adds any word with a capital.
    pub(super) const fn add_capital(&mut self) {
        self.words = either(self.words, [0, 1 << CAPITAL]);
    }

    /// What is in the one or the other.
    #[inline]
    #[must_use]
    pub(super) const fn or(&self, other: &Self) -> Self {
        Self {
            known: self.known | other.known,
            words: either(self.words, other.words),
        }
    }

    /// Whether a word that patterns name may be in both.
    #[inline]
    pub(super) const fn names(&self, other: &Self) -> bool {
        let ([first, second], [other_first, other_second]) = (self.words, other.words);
        (first & other_first) | (second & other_second & WORDS) != 0
    }

    /// Whether anything is in both.
    #[inline]
    pub(super) const fn meets(&self, other: &Self) -> bool {
        let ([first, second], [other_first, other_second]) = (self.words, other.words);
        (self.known & other.known) | (first & other_first) | (second & other_second) != 0
    }
}

/// The bits of words in the second part of them, but for the bits of other things.
const WORDS: u64 = (1 << (BITS - 64)) - 1;

#[inline]
const fn either([first, second]: [u64; 2], [other_first, other_second]: [u64; 2]) -> [u64; 2] {
    [first | other_first, second | other_second]
}

/// The bit of a kind of token, in the second part of the words.
#[inline]
fn kind(kind: Kind) -> u64 {
    u64::from(kind.bit()) << (BITS - 64)
}

/// The bits of a word by its number, with that of anything at all: to look them up is quicker than to make them.
static NOTED: [[u64; 2]; 256] = {
    let mut words = [[0; 2]; 256];
    let (mut rest, mut bit) = (words.as_mut_slice(), 0_u8);
    while let [first, others @ ..] = rest {
        *first = either(word(bit), [0, ANYTHING]);
        bit = bit.wrapping_add(1);
        rest = others;
    }
    words
};

/// The bit of a word. (The first is for words that no pattern names, so nobody asks for it.)
#[inline]
const fn word(bit: u8) -> [u64; 2] {
    let one = 1 << (bit % 64);
    let second = if bit < 64 { 0 } else { one };
    [one ^ second, second]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_met() {
        let token = |bit| {
            Seen::of(&Token {
                start: 0,
                end: 0,
                kind: Kind::Word,
                entry: Entry {
                    bit,
                    ..Entry::default()
                },
                capital: false,
                small: true,
            })
        };
        for others in [0, 1, 62, 63, 110, 111, 112, 9_999] {
            let bit = Seen::bit(others);
            let mut seen = Seen::default();
            assert!(!seen.meets(&token(bit)));
            seen.add_word(bit);
            assert!(seen.meets(&token(bit)) && seen.meets(&seen), "{bit}");
            assert!(!seen.meets(&token(Seen::bit(others + 1))) && !seen.meets(&token(0)));
        }
        assert!(Seen::ANYTHING.meets(&token(0)));
        let (mut forms, mut commas, mut capital) =
            (Seen::default(), Seen::default(), Seen::default());
        forms.add_forms(8);
        commas.add_kind(Kind::Comma);
        capital.add_capital();
        assert!(!forms.meets(&commas) && !commas.meets(&capital));
        assert!(!commas.meets(&token(1)) && !capital.meets(&token(1)));
        let mut sentence = commas;
        sentence.add_forms(12);
        assert!(forms.meets(&sentence) && commas.meets(&sentence));
        assert!(forms.or(&commas).meets(&commas));
    }
}
