//! Which rules look for which word.

use std::collections::BTreeMap;

use super::buffer::Buffer;
use super::near::Near;
use super::places::Places;
use super::rules::Row;
use super::tokens::Token;

/// How many rows of a list are copied at once.
const CHUNK: usize = 8;

/// For each word, the rows whose patterns look for it. Words of one class mostly have the same rows: each list is kept
/// once, and all of them lie behind each other, for they are read for every fifth word.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The rows of all lists; the last chunk of a list may have more room than rows.
    chunks: Vec<[u16; CHUNK]>,
    /// For each list its first chunk, and how many rows it has; the first is empty.
    lists: Vec<(u16, u16)>,
    /// What else must stand near the word, for each row: most often it does not.
    near: Vec<[Near; 2]>,
}

/// Rows and for each of them the place of the word that it looks for, as one number: the row counts in 65,536s.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    all: Buffer<u32>,
    fitting: Buffer<u32>,
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
        let mut index = Self {
            chunks: Vec::new(),
            lists: vec![(0, 0)],
            near: rows.iter().map(|row| *row.pattern.near).collect(),
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
        self.lists
            .push((small(self.chunks.len())?, small(list.len())?));
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
    pub(super) fn choose(
        &self,
        tokens: &[Token],
        anchors: &[usize],
        places: &Places,
        chosen: &mut Chosen,
    ) {
        let Chosen { all, fitting } = chosen;
        all.clear();
        for at in anchors {
            let list = tokens
                .get(*at)
                .and_then(|token| self.lists.get(usize::from(token.entry.rows)));
            let (first, length) = list.copied().unwrap_or_default();
            let (first, mut length) = (usize::from(first), usize::from(length));
            // A sentence is cut long before it has so many words.
            let place = u32::from(u16::try_from(*at).unwrap_or(u16::MAX));
            let chunks = self.chunks.get(first..first + length.div_ceil(CHUNK));
            for chunk in chunks.unwrap_or_default() {
                all.push_first(length, chunk.map(|row| u32::from(row) << 16 | place));
                length = length.saturating_sub(CHUNK);
            }
        }
        fitting.clear();
        for one in all.get() {
            let (row, at) = split(*one);
            let near = self.near.get(row);
            let fits = near.is_some_and(|[first, second]| {
                places.may_have(first, at) & places.may_have(second, at)
            });
            fitting.push_if(fits, *one);
        }
    }

    /// The rows chosen last, with their places, as far as their patterns may fit.
    pub(super) fn fitting(
        &self,
        chosen: &Chosen,
        places: &Places,
    ) -> impl Iterator<Item = (usize, usize)> {
        let chosen = chosen.fitting.get().iter().map(|one| split(*one));
        chosen.filter(|(row, at)| {
            let near = self.near.get(*row);
            near.is_some_and(|near| near.iter().all(|near| places.have(near, *at)))
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
