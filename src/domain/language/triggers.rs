//! Finds, in one pass over the bytes, the places where a word stands that some rule looks for.
//!
//! A word is hashed while it is read and looked up in a table of bits. A word that only shares its place in the table
//! costs one look at its sentence and changes no finding.

/// How many bits the table has. With some thousand words, one in three hundred others shares a place.
const BITS: u32 = 1 << 20;

/// The words rules look for.
#[derive(Debug)]
pub(super) struct Triggers {
    bits: Vec<u64>,
}

impl Triggers {
    /// Makes the table.
    pub(super) fn of(words: &[&str]) -> Self {
        let mut triggers = Self {
            bits: vec![0; 1 << 14],
        };
        for word in words {
            // Of "fat-finger" the longest part is looked for.
            let part = word
                .split(|c: char| !c.is_ascii_alphanumeric())
                .max_by_key(|part| part.len());
            let mut hash = Hash::new();
            part.unwrap_or(word).bytes().for_each(|byte| hash.add(byte));
            triggers.set(hash);
            // "shouldn't" is read as "shouldn" and "t".
            hash.add(b'n');
            if CONTRACTED.contains(word) {
                triggers.set(hash);
            }
        }
        triggers
    }

    fn set(&mut self, hash: Hash) {
        let (slot, bit) = hash.place();
        if let Some(bits) = self.bits.get_mut(slot) {
            *bits |= bit;
        }
    }

    fn has(&self, hash: Hash) -> bool {
        let (slot, bit) = hash.place();
        self.bits.get(slot).is_some_and(|bits| bits & bit != 0)
    }

    /// Where such words begin.
    pub(super) fn places<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        let mut bytes = text.iter().enumerate();
        std::iter::from_fn(move || {
            loop {
                let (start, first) = bytes.find(|(_, byte)| byte.is_ascii_alphabetic())?;
                let mut hash = Hash::new();
                hash.add(*first);
                for (_, byte) in bytes.by_ref() {
                    if !byte.is_ascii_alphanumeric() {
                        break;
                    }
                    hash.add(*byte);
                }
                if self.has(hash) {
                    return Some(start);
                }
            }
        })
    }
}

/// Words that take "n't".
const CONTRACTED: [&str; 20] = [
    "should", "would", "could", "did", "does", "do", "had", "has", "have", "was", "were", "is",
    "are", "might", "must", "need", "ought", "ca", "wo", "can",
];

/// A rolling hash that does not tell capitals apart.
#[derive(Debug, Clone, Copy)]
struct Hash(u32);

impl Hash {
    const fn new() -> Self {
        Self(0x811c_9dc5)
    }

    fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ u32::from(byte | 0x20)).wrapping_mul(0x0100_0193);
    }

    fn place(self) -> (usize, u64) {
        let mixed = (self.0 ^ (self.0 >> 15)) % BITS;
        (usize::try_from(mixed / 64).unwrap_or(0), 1 << (mixed % 64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_in_any_case_and_contracted() {
        let triggers = Triggers::of(&["should", "failed", "fat-finger"]);
        let found = |text: &str| triggers.places(text.as_bytes()).collect::<Vec<_>>();
        assert_eq!(found("He Should have; it FAILED."), [3, 19]);
        assert_eq!(found("They shouldn't. A fat-finger."), [5, 22]);
        assert_eq!(found("failover, shoulder"), Vec::<usize>::new());
    }
}
