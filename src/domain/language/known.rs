//! Looks words up, quickly: nearly all the time of a long text is spent here.
//!
//! A word of up to sixteen ASCII letters is its own key, a number without capitals, and one comparison tells whether
//! it is known. Any other word goes the long way.

use super::lexicon::Entry;

/// How many slots the table has: some for each word, so that most words that are not known meet an empty one at once,
/// and few enough to stay near the processor.
const SLOTS: usize = 1 << 14;

/// A word as a number.
type Key = u128;

/// Sixteen blanks.
const BLANKS: u128 = 0x2020_2020_2020_2020_2020_2020_2020_2020;
/// The highest bit of sixteen bytes: none of them is set in ASCII.
const BEYOND_ASCII: u128 = BLANKS << 2;

/// For each length of a word, the bits of its bytes.
const WITHIN: [u128; 17] = {
    let mut within = [0; 17];
    let (mut rest, mut bits) = (within.as_mut_slice(), 0);
    while let [first, others @ ..] = rest {
        *first = bits;
        bits = (bits << 8) | 0xFF;
        rest = others;
    }
    within
};

/// The key of the word in a text between two places, in any case; none if it is too long or not ASCII.
///
/// Words are letters, digits, `_` and `-`. Of these none but capitals and small letters differ by the bit of a blank
/// alone, and none becomes the blank that is put behind a shorter word.
pub(super) fn key(text: &str, start: usize, end: usize) -> Option<Key> {
    let bytes = text.as_bytes().get(start..)?;
    let length = end.checked_sub(start)?;
    let within = WITHIN.get(length)?;
    let sixteen = match bytes.first_chunk::<16>() {
        Some(sixteen) => u128::from_le_bytes(*sixteen),
        None => bytes
            .iter()
            .rev()
            .fold(0, |all, byte| (all << 8) | u128::from(*byte)),
    };
    let word = sixteen & within;
    (word & BEYOND_ASCII == 0).then_some(word | BLANKS)
}

/// A slot of the table: one more than the place of its word, and a mark of the word's key. The mark tells most words
/// that are not known without a look at a word that is.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    place: u16,
    mark: u16,
}

/// The words that have a key.
#[derive(Debug)]
pub(super) struct Known {
    slots: Box<[Slot; SLOTS]>,
    words: Vec<(Key, Entry)>,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            slots: Box::new([Slot::default(); SLOTS]),
            words: Vec::new(),
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
        for (key, entry) in
            words.filter_map(|(word, entry)| Some((key(word, 0, word.len())?, entry)))
        {
            known.words.push((key, entry));
            let (mut slot, mark) = home(key);
            while known.slots.get(slot).is_some_and(|taken| taken.place != 0) {
                slot = next(slot);
            }
            let place = u16::try_from(known.words.len()).ok();
            let place = place.filter(|place| usize::from(*place) < SLOTS * 3 / 4);
            match (known.slots.get_mut(slot), place) {
                (Some(empty), Some(place)) => *empty = Slot { place, mark },
                _ => return Err("there are more words than the table of words holds".to_owned()),
            }
        }
        Ok(known)
    }

    /// What is known of a word.
    pub(super) fn get(&self, key: Key) -> Option<&Entry> {
        let (mut slot, mark) = home(key);
        loop {
            let taken = self.slots.get(slot)?;
            let place = usize::from(taken.place).checked_sub(1)?;
            if taken.mark == mark
                && let Some((found, entry)) = self.words.get(place)
                && *found == key
            {
                return Some(entry);
            }
            slot = next(slot);
        }
    }
}

/// Where a key is looked for first, and its mark.
fn home(key: Key) -> (usize, u16) {
    let half = u128::from(u64::MAX);
    let halves = u64::try_from(key & half)
        .ok()
        .zip(u64::try_from(key >> 64).ok());
    let (first, rest) = halves.unwrap_or_default();
    let mixed = (first ^ rest.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let [.., a, b, c, d, e] = mixed.to_le_bytes();
    let slot = usize::from(u16::from_le_bytes([a, b])) % SLOTS;
    (slot, u16::from_le_bytes([c, d]) ^ u16::from(e))
}

const fn next(slot: usize) -> usize {
    (slot + 1) % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

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
            key(word, 0, word.len())
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
