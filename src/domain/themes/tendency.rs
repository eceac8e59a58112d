//! Whether a theme comes more or less often than before.

use std::collections::{BTreeMap, HashMap};

use super::rates::two_rates;
use super::{COMPARED, Cited, Column, SETTLED, Tendency, Told, once, small};

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
    pub(super) fn new(columns: &[Column], told: &[Told], cited: &[Cited<'a>]) -> Self {
        let compared = columns.last().map_or_else(Vec::new, |last| {
            last.quarter.back(COMPARED - 1).through(last.quarter)
        });
        let (before, recent) = compared.split_at(compared.len().saturating_sub(RECENT));
        let is_recent: HashMap<i32, bool> = told
            .iter()
            .filter_map(|told| {
                let is_recent = recent.contains(&told.quarter);
                (is_recent || before.contains(&told.quarter))
                    .then_some((told.postmortem, is_recent))
            })
            .collect();
        let mut seen: BTreeMap<&str, Vec<(i32, bool)>> = BTreeMap::new();
        for cited in cited.iter().filter(|cited| !cited.inferred) {
            if let (Some(theme), Some(is_recent)) = (cited.theme, is_recent.get(&cited.postmortem))
            {
                let seen = seen.entry(theme).or_default();
                seen.push((cited.postmortem, *is_recent));
            }
        }
        once(&mut seen);
        let both = |mut recent: Vec<bool>| {
            let all = recent.len();
            recent.retain(|is_recent| *is_recent);
            (small(recent.len()), small(all - recent.len()))
        };
        let exposed = both(is_recent.into_values().collect());
        let cited = seen.into_iter().map(|(theme, seen)| {
            let recent = seen.into_iter().map(|(_, is_recent)| is_recent);
            (theme, both(recent.collect()))
        });
        Self {
            exposed,
            cited: cited.collect(),
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
