//! Where attention would reach the most post-mortems.

use super::Touches;

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
/// Post-mortems are numbered from 0 to `of`.
#[must_use]
pub(super) fn cover(touches: &Touches<'_>, of: usize) -> Cover {
    let mut covered = vec![false; of];
    let mut touched = 0;
    let mut themes = Vec::new();
    while touched * 5 < of * 4 {
        let is_new = |place: &&usize| covered.get(**place) == Some(&false);
        let best = touches
            .iter()
            .map(|(name, theme)| (theme.iter().filter(is_new).count(), name, theme))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((gained, name, theme)) = best.filter(|(gained, _, _)| *gained > 0) else {
            break;
        };
        themes.push((*name).to_owned());
        touched += gained;
        for place in theme {
            if let Some(covered) = covered.get_mut(*place) {
                *covered = true;
            }
        }
    }
    Cover {
        themes,
        touched,
        of,
    }
}

#[cfg(test)]
mod tests {
    use super::{Touches, cover};

    fn touches<'a>(themes: &[(&'a str, &[usize])]) -> Touches<'a> {
        themes
            .iter()
            .map(|(name, seen)| (*name, seen.to_vec()))
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
        assert!(cover(&Touches::new(), 0).themes.is_empty());
    }
}
