//! Looks words up, quickly: nearly all the time of a long text is spent here.
//!
//! A word of up to sixteen ASCII letters is its own key, a number without capitals, and one comparison tells whether
//! it is known. Any other word goes the long way.

use super::lexicon::Entry;

/// How many slots the table has: some for each word, so that most words that are not known meet an empty one at once,
/// and few enough to stay near the processor.
const SLOTS: usize = 1 << 15;

/// Eight blanks.
const BLANKS: u64 = 0x2020_2020_2020_2020;
/// The lowest bit of eight bytes.
const ONES: u64 = BLANKS >> 5;
/// The highest bit of eight bytes: none of them is set in ASCII.
const BEYOND_ASCII: u64 = ONES << 7;

/// The bits of the first bytes of eight, by their number.
const WITHIN: [u64; 9] = {
    let mut within = [0; 9];
    let (mut rest, mut bits) = (within.as_mut_slice(), 0);
    while let [first, others @ ..] = rest {
        *first = bits;
        bits = (bits << 8) | 0xFF;
        rest = others;
    }
    within
};

/// A word as two numbers: its first eight bytes and the next, in small letters and with blanks behind them.
///
/// Words are letters, digits, `_` and `-`. Of these none but capitals and small letters differ by the bit of a blank
/// alone, and none becomes the blank that is put behind a shorter word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key(u64, u64);

/// The key of "may", which is a month as well.
pub(super) const MAY: Key = Key(0x2020_2020_2079_616d, BLANKS);

/// The key of a word in any case; none if it is too long or not ASCII.
pub(super) fn key(word: &str) -> Option<Key> {
    let bytes = word.as_bytes();
    let (first, rest) = bytes.split_at_checked(8).unwrap_or((bytes, &[]));
    let half = |bytes: &[u8]| {
        let put = |all, byte: &u8| (all << 8) | u64::from(*byte);
        bytes.iter().rev().fold(0, put)
    };
    (rest.len() <= 8 && word.is_ascii()).then(|| Key(half(first) | BLANKS, half(rest) | BLANKS))
}

/// A run of ASCII letters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    /// The key of the word they are.
    pub(super) key: Key,
    /// How many.
    pub(super) length: usize,
    /// Whether one of them is small.
    pub(super) small: bool,
}

/// The letters with which some bytes begin; none if they go on beyond the sixteenth byte, or if there are fewer bytes.
///
/// Eight bytes are compared at once: to which of them a word reaches is different from word to word, and a processor
/// that guesses wrong loses more time than all of this takes.
#[inline]
pub(super) fn letters(bytes: &[u8]) -> Option<Letters> {
    let (first, rest) = bytes.split_first_chunk::<8>()?;
    let (length, word, small) = run(u64::from_le_bytes(*first));
    if length < 8 {
        return Some(Letters {
            key: Key(word, BLANKS),
            length,
            small,
        });
    }
    let (more, end, small_end) = run(u64::from_le_bytes(*rest.first_chunk::<8>()?));
    (more < 8).then_some(Letters {
        key: Key(word, end),
        length: 8 + more,
        small: small || small_end,
    })
}

/// With how many letters eight bytes begin, their half of a key, and whether one of them is small.
#[inline]
fn run(eight: u64) -> (usize, u64, bool) {
    let low = (eight | BLANKS) & !BEYOND_ASCII;
    // The highest bit of a byte is set from `a` on, and from what follows `z` on. No byte flows over into the next.
    let from_a = low + ONES * u64::from(0x80 - b'a');
    let beyond_z = low + ONES * u64::from(0x80 - b'z' - 1);
    let others = !(from_a & !beyond_z & !eight) & BEYOND_ASCII;
    let length = usize::try_from(others.trailing_zeros() / 8).unwrap_or(0);
    let word = eight & WITHIN.get(length).copied().unwrap_or(0);
    (length, word | BLANKS, word & BLANKS != 0)
}

/// The words that have a key, each in the slot of its key or the next free one. A slot without a word has no number.
#[derive(Debug)]
pub(super) struct Known(Vec<(Key, Entry)>);

impl Default for Known {
    fn default() -> Self {
        Self(vec![(Key(0, 0), Entry::default()); SLOTS])
    }
}

impl Known {
    /// Makes the table.
    ///
    /// # Errors
    ///
    /// A sentence, if there are more words than it can hold.
    pub(super) fn of<'a>(words: impl Iterator<Item = (&'a str, Entry)>) -> Result<Self, String> {
        let mut known = Self::default();
        let mut free = SLOTS * 3 / 4;
        for (key, entry) in words.filter_map(|(word, entry)| Some((key(word)?, entry))) {
            let mut slot = home(key);
            while known.0.get(slot).is_some_and(|(_, taken)| taken.id != 0) {
                slot = next(slot);
            }
            match (known.0.get_mut(slot), free) {
                (Some(empty), 1..) => *empty = (key, entry),
                _ => return Err("there are more words than the table of words holds".to_owned()),
            }
            free -= 1;
        }
        Ok(known)
    }

    /// What is known of a word.
    #[inline]
    pub(super) fn get(&self, key: Key) -> Option<&Entry> {
        let mut slot = home(key);
        loop {
            let (found, entry) = self.0.get(slot)?;
            if *found == key {
                return Some(entry);
            }
            if entry.id == 0 {
                return None;
            }
            slot = next(slot);
        }
    }
}

/// Where a key is looked for first.
#[inline]
fn home(Key(first, rest): Key) -> usize {
    let mixed = (first ^ rest.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let [.., high, higher] = mixed.to_le_bytes();
    usize::from(u16::from_le_bytes([high, higher])) % SLOTS
}

const fn next(slot: usize) -> usize {
    (slot + 1) % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_up_to_the_first_other_byte() {
        let all: Vec<u8> = (0..=255).collect();
        for end in all.iter().filter(|byte| !byte.is_ascii_alphabetic()) {
            let text = [b"Zaz".as_slice(), &[*end], b"@[`{ rest of it"].concat();
            let read = letters(&text).unwrap();
            assert_eq!((read.length, read.small), (3, true), "{end}");
            assert_eq!(Some(read.key), key("zaz"));
        }
        let capitals = letters(b"AZ, and what follows").unwrap();
        assert_eq!((capitals.length, capitals.small), (2, false));
        assert_eq!(letters(b", and what follows it").unwrap().length, 0);
        assert_eq!(letters(b"fifteen-letters or").unwrap().length, 7);
        assert_eq!(letters(b"responsibilities").map(|read| read.length), None);
        let long = letters(b"Responsibilitie, and").unwrap();
        assert_eq!((long.length, Some(long.key)), (15, key("responsibilitie")));
        assert!(letters(b"sixteensixteensi and").is_none(), "it may go on");
        assert!(letters(b"short").is_none());
        assert_eq!(key("May"), Some(MAY));
    }

    #[test]
    fn words_are_found_in_any_case_and_no_other_words() {
        let entry = |id| Entry {
            id,
            ..Entry::default()
        };
        let words = ["a", "should", "responsibilities", "on-call", "'s"];
        let words = words.into_iter().zip(1..);
        let known = Known::of(words.map(|(word, id)| (word, entry(id)))).unwrap();
        let id = |word: &str| {
            key(word)
                .and_then(|key| known.get(key))
                .map(|entry| entry.id)
        };
        assert_eq!(id("A"), Some(1));
        assert_eq!(id("SHOULD"), Some(2));
        assert_eq!(id("Responsibilities"), Some(3));
        assert_eq!(id("On-Call"), Some(4));
        for other in [
            "",
            "b",
            "shoul",
            "shouldn",
            "on_call",
            "responsibilitiess",
            "ä",
        ] {
            assert_eq!(id(other), None, "{other}");
        }
    }
}
