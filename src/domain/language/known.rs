//! Looks words up, quickly: nearly all the time of a long text is spent here.
//!
//! A word of up to sixteen ASCII letters is its own key, a number without capitals, and one comparison tells whether
//! it is known. Any other word goes the long way.

use super::lexicon::Entry;

/// Eight blanks.
const BLANKS: u64 = 0x2020_2020_2020_2020;
/// The lowest bit of eight bytes.
const ONES: u64 = BLANKS >> 5;
/// The highest bit of eight bytes: none of them is set in ASCII.
const BEYOND_ASCII: u64 = ONES << 7;

/// A word as two numbers: its first eight bytes and the next, in small letters and with blanks behind them.
///
/// Words are letters, digits, `_` and `-`. Of these none but capitals and small letters differ by the bit of a blank
/// alone, and none becomes the blank that is put behind a shorter word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key(u64, u64);

impl Key {
    /// Whether two keys are the same, asked at once: which half differs nobody can guess.
    #[inline]
    const fn is(self, other: Self) -> bool {
        (self.0 ^ other.0) | (self.1 ^ other.1) == 0
    }
}

/// The key of "may", which is a month as well.
pub(super) const MAY: Key = Key(0x2020_2020_2079_616d, BLANKS);

/// The key of a word in any case; none if it is too long or not ASCII.
pub(super) fn key(word: &str) -> Option<Key> {
    let mut bytes = [b' '; 16];
    let (start, _) = bytes.split_at_mut_checked(word.len())?;
    start.copy_from_slice(word.as_bytes());
    let (first, rest) = bytes.split_first_chunk()?;
    let half = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes) | BLANKS;
    let key = Key(half(first), half(rest.first_chunk()?));
    let ascii = (key.0 | key.1) & BEYOND_ASCII == 0;
    ascii.then_some(key)
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
            key: Key(word | BLANKS, BLANKS),
            length,
            small: small & BLANKS != 0,
        });
    }
    let (more, end, small_end) = run(u64::from_le_bytes(*rest.first_chunk::<8>()?));
    (more < 8).then_some(Letters {
        key: Key(word, end | BLANKS),
        length: 8 + more,
        small: (small | small_end) & BLANKS != 0,
    })
}

/// With how many letters eight bytes begin, and these letters twice: in small letters, and as they are.
#[inline]
fn run(eight: u64) -> (usize, u64, u64) {
    let low = (eight | BLANKS) & !BEYOND_ASCII;
    // The highest bit of a byte is set from `a` on, and from what follows `z` on. No byte flows over into the next.
    let from_a = low + ONES * u64::from(0x80 - b'a');
    let beyond_z = low + ONES * u64::from(0x80 - b'z' - 1);
    let others = !(from_a & !beyond_z & !eight) & BEYOND_ASCII;
    let length = usize::try_from(others.trailing_zeros() / 8).unwrap_or(0);
    // All bits below the first other byte.
    let within = ((others & others.wrapping_neg()) >> 7).wrapping_sub(1);
    (length, low & within, eight & within)
}

/// The words that have a key.
///
/// Each is found at the first look, for no two words want the same slot: words whose keys begin alike when they are
/// mixed are one group, and each group is mixed once more with a factor of its own that was found by trying.
#[derive(Debug)]
pub(super) struct Known {
    factors: Box<[u32; 1 << GROUPS]>,
    /// A slot without a word has no number.
    slots: Box<[(Key, Entry); 1 << SLOTS]>,
}

/// How many groups there are, and slots, as powers of two. A quarter of the slots is free.
const GROUPS: u32 = 11;
const SLOTS: u32 = 14;

/// How many factors are tried for a group.
const ATTEMPTS: u32 = 100_000;

impl Default for Known {
    fn default() -> Self {
        Self {
            factors: Box::new([1; 1 << GROUPS]),
            slots: Box::new([(Key(0, 0), Entry::NOTHING); 1 << SLOTS]),
        }
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
        let mut groups = vec![Vec::new(); 1 << GROUPS];
        for (key, entry) in words.filter_map(|(word, entry)| Some((key(word)?, entry))) {
            if let Some(group) = groups.get_mut(group(mixed(key))) {
                group.push((key, entry));
            }
        }
        let mut groups: Vec<(&mut u32, Vec<(Key, Entry)>)> =
            known.factors.iter_mut().zip(groups).collect();
        // The larger a group, the harder it is to find room for.
        groups.sort_by_key(|(_, words)| std::cmp::Reverse(words.len()));
        for (factor, words) in groups {
            let mut factors = (1..ATTEMPTS).map(|attempt| attempt.wrapping_mul(0x9e37_79b9) | 1);
            let found = factors.find(|factor| settle(&words, *factor, known.slots.as_mut_slice()));
            *factor = found.ok_or(TOO_MANY)?;
        }
        Ok(known)
    }

    /// What is known of a word.
    pub(super) fn get(&self, key: Key) -> Option<&Entry> {
        let (known, entry) = self.look(key);
        known.then_some(entry)
    }

    /// Whether the word is known, and what is known of it then.
    #[inline]
    pub(super) fn look(&self, key: Key) -> (bool, &Entry) {
        let mixed = mixed(key);
        // A group and a slot are below the numbers of them.
        let factor = self.factors.get(group(mixed)).copied().unwrap_or(1);
        let (found, entry) = self.slots.get(slot(mixed, factor)).unwrap_or(&NOTHING);
        (found.is(key), entry)
    }
}

/// No word.
static NOTHING: (Key, Entry) = (Key(0, 0), Entry::NOTHING);

const TOO_MANY: &str = "there are more words than the table of words holds";

/// Puts the words of a group into their slots by a factor; false, with none of them there, if one is taken.
fn settle(words: &[(Key, Entry)], factor: u32, slots: &mut [(Key, Entry)]) -> bool {
    let place = |key| slot(mixed(key), factor);
    for (at, word) in words.iter().enumerate() {
        match slots.get_mut(place(word.0)) {
            Some(free) if free.1.id == 0 => *free = *word,
            _ => {
                for (key, _) in words.iter().take(at) {
                    if let Some(taken) = slots.get_mut(place(*key)) {
                        *taken = (Key(0, 0), Entry::NOTHING);
                    }
                }
                return false;
            }
        }
    }
    true
}

/// The bits of a key, mixed.
#[inline]
fn mixed(Key(first, rest): Key) -> u64 {
    let mixed = (first ^ rest.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 32)
}

/// The group of a key.
#[inline]
fn group(mixed: u64) -> usize {
    usize::try_from(mixed >> (64 - GROUPS)).unwrap_or(0)
}

/// The slot of a key in its group.
#[inline]
fn slot(mixed: u64, factor: u32) -> usize {
    let [first, second, third, fourth, ..] = mixed.to_le_bytes();
    let again = u32::from_le_bytes([first, second, third, fourth]).wrapping_mul(factor);
    usize::try_from(again >> (32 - SLOTS)).unwrap_or(0)
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
