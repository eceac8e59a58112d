//! How wide texts are, estimated for system fonts: too much rather than too little, so that labels stay apart.

use super::fraction;

/// A text in the small size of the figure, 12 units.
pub(super) fn small(text: &str) -> f64 {
    fraction(text.chars().count()) * 6.6
}

/// A text in the usual size of the figure, 13 units.
pub(super) fn usual(text: &str) -> f64 {
    fraction(text.chars().count()) * 7.1
}
