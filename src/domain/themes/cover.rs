//! Where attention would reach the most post-mortems.

use std::collections::{BTreeMap, BTreeSet};

/// A few themes that together touch many post-mortems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The themes, the one that touches most first.
    pub themes: Vec<String>,
    /// How many post-mortems they touch.
    pub touched: usize,
    /// Of how many.
    pub of: usize,
}

impl Cover {
    /// Whether they touch four in five.
    #[must_use]
    pub const fn enough(&self) -> bool {
        self.touched * 5 >= self.of * 4
    }
}

/// Takes the theme that touches most of what no theme before it touched, until four in five are touched or nothing more
/// can be. Of equal ones the first by name. (Not always the fewest themes, but nearly, and anybody can follow it.)
#[must_use]
pub(super) fn cover(touches: &BTreeMap<&str, BTreeSet<i32>>, of: usize) -> Cover {
    let mut covered: BTreeSet<i32> = BTreeSet::new();
    let mut themes = Vec::new();
    while covered.len() * 5 < of * 4 {
        let gain = |theme: &BTreeSet<i32>| theme.difference(&covered).count();
        let best = touches
            .iter()
            .map(|(name, theme)| (gain(theme), name, theme))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((gained, name, theme)) = best else {
            break;
        };
        if gained == 0 {
            break;
        }
        themes.push((*name).to_owned());
        covered.extend(theme);
    }
    Cover {
        themes,
        touched: covered.len(),
        of,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::cover;

    fn touches<'a>(themes: &[(&'a str, &[i32])]) -> BTreeMap<&'a str, BTreeSet<i32>> {
        themes
            .iter()
            .map(|(name, seen)| (*name, seen.iter().copied().collect()))
            .collect()
    }

    #[test]
    fn few_themes_are_taken_until_four_in_five_are_touched() {
        let themes = touches(&[
            ("a", &[1, 2, 3, 4]),
            ("b", &[3, 4, 5]),
            ("c", &[5, 6, 7, 8]),
            ("d", &[9]),
        ]);
        let found = cover(&themes, 10);
        assert_eq!(found.themes, ["a", "c"]);
        assert_eq!((found.touched, found.enough()), (8, true));
    }

    #[test]
    fn what_no_theme_touches_stays_untouched() {
        let found = cover(&touches(&[("a", &[1]), ("b", &[1])]), 10);
        assert_eq!(found.themes, ["a"]);
        assert!(!found.enough());
        assert!(cover(&BTreeMap::new(), 0).themes.is_empty());
    }
}
