//! Whether a theme comes more or less often than before.

use std::collections::{BTreeMap, BTreeSet};

use super::rates::two_rates;
use super::{COMPARED, Cited, Column, Quarter, SETTLED, Tendency, Told, small};

/// The fewest citations from which a tendency is looked for.
const LEAST_CITED: u32 = 5;
/// How many of them are the last ones.
const RECENT: usize = 2;
/// The probability below which two rates are called different.
const SURPRISING: f64 = 0.1;

/// What the last quarters are compared by.
pub(super) struct Tested<'a> {
    /// How many post-mortems the last two quarters have, and the four before.
    exposed: (u32, u32),
    /// In how many of each a theme contributed and is shown, not inferred.
    cited: BTreeMap<&'a str, (u32, u32)>,
}

impl<'a> Tested<'a> {
    /// The exposure is the number of post-mortems, so that writing more of them makes no theme rise.
    pub(super) fn new(columns: &[Column], told: &[Told], cited: &'a [Cited]) -> Self {
        let compared = columns.last().map_or_else(Vec::new, |last| {
            last.quarter.back(COMPARED - 1).through(last.quarter)
        });
        let (before, recent) = compared.split_at(compared.len().saturating_sub(RECENT));
        let inside = |span: &[Quarter]| -> BTreeSet<i32> {
            told.iter()
                .filter(|told| span.contains(&told.quarter))
                .map(|told| told.postmortem)
                .collect()
        };
        let (recent, before) = (inside(recent), inside(before));
        let mut seen: BTreeMap<&str, BTreeSet<i32>> = BTreeMap::new();
        for cited in cited.iter().filter(|cited| !cited.inferred) {
            if let Some(theme) = &cited.theme {
                seen.entry(theme).or_default().insert(cited.postmortem);
            }
        }
        let both = |seen: &BTreeSet<i32>| {
            (
                small(seen.intersection(&recent).count()),
                small(seen.intersection(&before).count()),
            )
        };
        Self {
            exposed: (small(recent.len()), small(before.len())),
            cited: seen
                .iter()
                .map(|(theme, seen)| (*theme, both(seen)))
                .collect(),
        }
    }

    pub(super) fn tendency(&self, theme: &str) -> Tendency {
        let (recent_n, before_n) = self.exposed;
        let (recent, before) = self.cited.get(theme).copied().unwrap_or_default();
        let enough = recent_n.saturating_add(before_n) >= small(SETTLED);
        if !enough || recent.saturating_add(before) < LEAST_CITED || recent_n.min(before_n) == 0 {
            return Tendency::TooFew;
        }
        if two_rates(recent, recent_n, before, before_n) >= SURPRISING {
            return Tendency::Steady;
        }
        let rate = |count: u32, n: u32| f64::from(count) / f64::from(n);
        if rate(recent, recent_n) > rate(before, before_n) {
            Tendency::Rising
        } else {
            Tendency::Fading
        }
    }
}
