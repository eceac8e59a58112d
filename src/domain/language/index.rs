//! Which rules look for which word.

use std::collections::BTreeMap;

use super::buffer::Buffer;
use super::near::Near;
use super::places::{Anchor, Places};
use super::rules::Row;
use super::seen::Seen;

/// How many rows of a list are copied at once.
const CHUNK: usize = 8;

/// For each word, the rows whose patterns look for it. Words of one class mostly have the same rows: each list is kept
/// once, and all of them lie behind each other, for they are read for every fifth word.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The rows of all lists; the last chunk of a list may have more room than rows.
    chunks: Vec<[u16; CHUNK]>,
    /// The lists by their numbers; the first is empty.
    lists: Vec<List>,
    /// What else must stand near the word, for each row: most often it does not.
    first: Vec<Near>,
    /// What else must stand near it too. (Apart, for it is asked more rarely.)
    second: Vec<Near>,
}

/// The rows that look for a word.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(32))] // so that none lies on two lines of the cache
struct List {
    /// What one of them needs near the word.
    needs: Seen,
    /// The first chunk of them.
    first: u16,
    /// How many they are.
    length: u16,
}

/// Rows and for each of them the place of the word that it looks for, as one number: the row counts in 65,536s.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// The words for which one of the rows may fit.
    words: Buffer<Anchor>,
    rows: Buffer<u32>,
}

impl Index {
    /// Sorts rows by their words. The second are the words, each with the number of its list.
    ///
    /// # Errors
    ///
    /// A sentence, if there are too many.
    pub(super) fn of(rows: &[Row]) -> Result<(Self, BTreeMap<u32, u16>), String> {
        let mut by_word: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            let at = small(at)?;
            for id in &row.pattern.anchors {
                let list = by_word.entry(*id).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
        let (first, second) = rows.iter().map(|row| *row.pattern.near).unzip();
        let mut index = Self {
            chunks: Vec::new(),
            lists: vec![List::default()],
            first,
            second,
        };
        let mut known: BTreeMap<Vec<u16>, u16> = BTreeMap::new();
        let mut words = BTreeMap::new();
        for (word, list) in by_word {
            let number = match known.get(&list) {
                Some(number) => *number,
                None => {
                    let number = index.add(&list)?;
                    known.insert(list, number);
                    number
                }
            };
            words.insert(word, number);
        }
        Ok((index, words))
    }

    fn add(&mut self, list: &[u16]) -> Result<u16, String> {
        let near = list
            .iter()
            .filter_map(|row| self.first.get(usize::from(*row)));
        self.lists.push(List {
            needs: near.fold(Seen::default(), |needs, near| needs.or(&near.what)),
            first: small(self.chunks.len())?,
            length: small(list.len())?,
        });
        for rows in list.chunks(CHUNK) {
            let mut chunk = [0; CHUNK];
            chunk.iter_mut().zip(rows).for_each(|(to, row)| *to = *row);
            self.chunks.push(chunk);
        }
        small(self.lists.len() - 1)
    }

    /// Chooses the rows whose patterns may fit with their anchor at one of some places of a sentence.
    ///
    /// First all rows are gathered, in chunks, and then those are left that may fit. Neither asks what the processor would
    /// have to guess: a wrong guess takes as long as several rows.
    pub(super) fn choose(&self, anchors: &[Anchor], places: &Places, chosen: &mut Chosen) {
        let Chosen { words, rows } = chosen;
        let whole = places.whole();
        // Often none of the rows that look for a word can fit.
        words.refill(anchors.iter().map(|anchor| {
            let (list, _) = anchor.parts();
            let list = self.lists.get(usize::from(list));
            let possible = list.is_some_and(|list| list.needs.meets(whole));
            (possible, *anchor)
        }));
        rows.clear();
        for anchor in words.get() {
            let (list, place) = anchor.parts();
            let list = self.lists.get(usize::from(list));
            let List { first, length, .. } = list.copied().unwrap_or_default();
            let (first, mut length) = (usize::from(first), usize::from(length));
            let chunks = self.chunks.get(first..first + length.div_ceil(CHUNK));
            for chunk in chunks.unwrap_or_default() {
                rows.push_first(length, || {
                    chunk.map(|row| u32::from(row) << 16 | u32::from(place))
                });
                length = length.saturating_sub(CHUNK);
            }
        }
        rows.keep(|one| {
            let (row, at) = split(one);
            let first = self.first.get(row);
            first.is_some_and(|first| places.may_have(first, at))
        });
        rows.keep(|one| {
            let (row, at) = split(one);
            let second = self.second.get(row);
            second.is_some_and(|second| places.may_have(second, at))
        });
    }

    /// The rows chosen last, with their places, as far as their patterns may fit.
    pub(super) fn fitting(
        &self,
        chosen: &Chosen,
        places: &Places,
    ) -> impl Iterator<Item = (usize, usize)> {
        let rows = chosen.rows.get().iter().map(|one| split(*one));
        rows.filter(|(row, at)| {
            let near = self.first.get(*row).zip(self.second.get(*row));
            near.is_some_and(|(first, second)| places.have(first, *at) && places.have(second, *at))
        })
    }
}

/// The row and the place of one number.
#[inline]
fn split(one: u32) -> (usize, usize) {
    let [first, second, third, fourth] = one.to_le_bytes();
    let number = |low, high| usize::from(u16::from_le_bytes([low, high]));
    (number(third, fourth), number(first, second))
}

const TOO_MANY: &str = "there are too many patterns to number";

fn small(number: usize) -> Result<u16, String> {
    u16::try_from(number).map_err(|_| TOO_MANY.to_owned())
}
