//! Which rules look for which word.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::rules::Row;

/// A row that looks for a word, with what else must be in the sentence: most often it is not.
#[derive(Debug)]
pub(super) struct Wanted {
    row: u16,
    also: Option<u16>,
}

impl Wanted {
    fn new(row: usize, also: Option<usize>) -> Result<Self, String> {
        let small = |number| {
            u16::try_from(number).map_err(|_| "there are too many patterns to number".to_owned())
        };
        Ok(Self {
            row: small(row)?,
            also: also.map(small).transpose()?,
        })
    }

    /// Its number.
    pub(super) fn row(&self) -> usize {
        usize::from(self.row)
    }

    /// The number of what else it needs, if that can be told.
    pub(super) fn also(&self) -> Option<usize> {
        self.also.map(usize::from)
    }
}

/// For each word, the rows whose patterns look for it. All of them lie in one list, for it is read for every third word.
#[derive(Debug, Default)]
pub(super) struct Index {
    wanted: Vec<Wanted>,
    /// For each word, where its rows lie in the list.
    places: Vec<Range<usize>>,
}

impl Index {
    /// Sorts rows by their words.
    ///
    /// # Errors
    ///
    /// A sentence, if there are too many.
    pub(super) fn of(rows: &[Row]) -> Result<Self, String> {
        let mut by_word: BTreeMap<usize, Vec<Wanted>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            for id in row.pattern.anchors.iter().collect::<BTreeSet<_>>() {
                let wanted = by_word.entry(slot(*id)).or_default();
                wanted.push(Wanted::new(at, row.pattern.also)?);
            }
        }
        let mut index = Self::default();
        for (word, wanted) in by_word {
            let start = index.wanted.len();
            index.wanted.extend(wanted);
            index.places.resize(word, start..start);
            index.places.push(start..index.wanted.len());
        }
        Ok(index)
    }

    /// The rows that look for a word.
    pub(super) fn rows(&self, word: u32) -> &[Wanted] {
        let place = self.places.get(slot(word)).cloned();
        place
            .and_then(|place| self.wanted.get(place))
            .unwrap_or_default()
    }
}

fn slot(word: u32) -> usize {
    usize::try_from(word).unwrap_or(0)
}
