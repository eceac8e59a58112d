//! What the ending of a word tells of it, where no list has the word.

use super::inflect::Form;
use super::lexicon::{Classes, Entry};

/// How many bytes a word has at least of which the ending tells something.
pub(super) const SHORTEST: usize = 5;

/// What the last three letters of a word may be together. The last one of them tells which one it can be at most.
const LY: u8 = 1;
const ED: u8 = 1 << 1;
const ING: u8 = 1 << 2;
const AN: u8 = 1 << 3;
const ST: u8 = 1 << 4;
const LE: u8 = 1 << 5;
const TS: u8 = 1 << 6;

/// For each of the last three letters, in small, what they may be. To look them up and to see what all three may be is
/// quicker than to compare, for nobody can guess how a word ends.
static ENDINGS: [[u8; 256]; 3] = {
    let mut endings = [[0; 256]; 3];
    let [third, second, last] = &mut endings;
    let (mut third, mut second, mut last) = (
        third.as_mut_slice(),
        second.as_mut_slice(),
        last.as_mut_slice(),
    );
    let mut byte = 0;
    while let ([first, thirds @ ..], [middle, seconds @ ..], [end, lasts @ ..]) =
        (third, second, last)
    {
        *first = match byte {
            b'e' => !(ED | ING),
            b'i' => !0,
            _ => !ING,
        };
        *middle = match byte {
            b'l' => LY | LE,
            b'e' => ED | AN,
            b'a' | b'o' => AN,
            b'n' => ING,
            b's' => ST,
            b't' => TS,
            _ => 0,
        };
        *end = match byte {
            b'y' => LY,
            b'd' => ED,
            b'g' => ING,
            b'n' => AN,
            b't' => ST,
            b'e' => LE,
            b's' => TS,
            _ => 0,
        };
        (third, second, last) = (thirds, seconds, lasts);
        byte = byte.wrapping_add(1);
    }
    endings
};

/// Guesses.
#[derive(Debug, Default)]
pub(super) struct Guess {
    people: Entry,
    /// What is guessed by [`LY`], [`ED`] and [`ING`], and nothing for anything else.
    by_ending: [Entry; 8],
}

impl Guess {
    /// Guesses of these classes.
    pub(super) fn new(people: Classes, adverb: Classes) -> Self {
        let entry = |classes, forms| Entry {
            classes,
            forms,
            ..Entry::NOTHING
        };
        let nothing = Entry::NOTHING;
        let past = entry(Classes::NONE, Form::PAST.0 | Form::PARTICIPLE.0);
        let ing = entry(Classes::NONE, Form::ING.0);
        let ly = entry(adverb, 0);
        Self {
            people: entry(people, Form::NOUN.0),
            by_ending: [nothing, ly, past, nothing, ing, nothing, nothing, nothing],
        }
    }

    /// What the ending of a word in any case tells.
    #[inline(never)] // so that the short way of known words stays short
    pub(super) fn entry(&self, word: &[u8]) -> Entry {
        let Some(last) = word.last_chunk().filter(|_| word.len() >= SHORTEST) else {
            return Entry::NOTHING;
        };
        let [third, second, last] = last.map(|byte| usize::from(byte | 0x20));
        let [thirds, seconds, lasts] = &ENDINGS;
        let may_be = |endings: &[u8; 256], letter: usize| endings.get(letter).copied().unwrap_or(0);
        let ending = may_be(thirds, third) & may_be(seconds, second) & may_be(lasts, last);
        if ending > ING && people(word) {
            return self.people;
        }
        let guess = self.by_ending.get(usize::from(ending & (LY | ED | ING)));
        guess.copied().unwrap_or_default()
    }
}

/// Whether a word ends like a word for people.
fn people(word: &[u8]) -> bool {
    ["woman", "person", "ologist", "women", "people", "ologists"]
        .iter()
        .any(|end| {
            let from = word.len().saturating_sub(end.len());
            word.get(from..)
                .is_some_and(|last| last.eq_ignore_ascii_case(end.as_bytes()))
        })
}
