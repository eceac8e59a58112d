//! Which rules look for which word.

use std::collections::BTreeMap;

use super::near::Near;
use super::places::Places;
use super::rules::Row;

/// A row that looks for a word, with what else must stand near it: most often it does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    row: u16,
    near: [Near; 2],
}

impl Wanted {
    /// Its number.
    pub(super) fn row(&self) -> usize {
        usize::from(self.row)
    }

    /// Whether its pattern may fit with its anchor at a token.
    #[inline]
    pub(super) fn may_fit(&self, places: &Places, at: usize) -> bool {
        let [first, second] = &self.near;
        // Both are asked, for to ask is quicker than to guess wrong whether one has to.
        (places.may_have(first, at) & places.may_have(second, at))
            && places.have(first, at)
            && places.have(second, at)
    }
}

/// For each word, the rows whose patterns look for it. Words of one class mostly have the same rows: each list is kept
/// once, and all of them lie behind each other, for they are read for every third word.
#[derive(Debug, Default)]
pub(super) struct Index {
    wanted: Vec<Wanted>,
    /// Where each list begins and ends; the first is empty.
    lists: Vec<(u32, u32)>,
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
            wanted: Vec::new(),
            lists: vec![(0, 0)],
        };
        let mut known: BTreeMap<Vec<u16>, u16> = BTreeMap::new();
        let mut words = BTreeMap::new();
        for (word, list) in by_word {
            let number = match known.get(&list) {
                Some(number) => *number,
                None => {
                    let number = index.add(&list, rows)?;
                    known.insert(list, number);
                    number
                }
            };
            words.insert(word, number);
        }
        Ok((index, words))
    }

    fn add(&mut self, list: &[u16], rows: &[Row]) -> Result<u16, String> {
        let start = self.wanted.len();
        for row in list {
            let Some(of) = rows.get(usize::from(*row)) else {
                continue;
            };
            self.wanted.push(Wanted {
                row: *row,
                near: of.pattern.near,
            });
        }
        let place = |at| u32::try_from(at).map_err(|_| TOO_MANY.to_owned());
        self.lists.push((place(start)?, place(self.wanted.len())?));
        small(self.lists.len() - 1)
    }

    /// The rows of a list.
    #[inline]
    pub(super) fn rows(&self, list: u16) -> &[Wanted] {
        let place = self.lists.get(usize::from(list)).copied();
        let (start, end) = place.unwrap_or_default();
        let place = |at| usize::try_from(at).unwrap_or(usize::MAX);
        self.wanted
            .get(place(start)..place(end))
            .unwrap_or_default()
    }
}

const TOO_MANY: &str = "there are too many patterns to number";

fn small(number: usize) -> Result<u16, String> {
    u16::try_from(number).map_err(|_| TOO_MANY.to_owned())
}
