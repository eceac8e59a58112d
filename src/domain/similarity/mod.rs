//! Similar texts: how much of what one text says, weighed by how rare it is, another says too.
//!
//! A word weighs `(1 + ln n) * ln(1 + N / df)` if it stands `n` times in the text that others are compared with, and in `df`
//! of the `N` post-mortems that the reader may read. Of this weight another text has the part that BM25F (Robertson, Zaragoza
//! and Taylor 2004) gives it for how often the word stands in it, and where. A taxonomy factor or a component counts as one
//! more word, weighed by its own rarity, so that one order serves all reasons. The score is the part of the whole weight. A
//! suggestion explains itself by what the two share.

mod asked;
mod reason;
pub(in crate::domain) mod words;

pub use asked::{Asked, Compared, Found, Held, Rarity};
pub use reason::Reason;

/// A record that is like the text that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar<K> {
    /// The record.
    pub key: K,
    /// From 0, nothing in common, to 1.
    pub score: f32,
    /// The shared words that weigh most, as they stand in the text that was asked for; neighbours stay together.
    pub words: Vec<String>,
    /// The shared factors.
    pub factors: Vec<String>,
    /// The shared components.
    pub components: Vec<String>,
}

#[cfg(test)]
mod tests;
