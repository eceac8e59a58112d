//! What a search found.

use super::quotes::{Piece, Quotes};
use crate::domain::listing::{Card, Total};
use crate::domain::postmortem::{Kind, Status};

/// A post-mortem that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What a list shows of it.
    pub card: Card,
    /// Its title, with the words marked.
    pub title: Vec<Piece>,
    /// The rows in which the words stand; none if they stand in the title alone.
    pub quotes: Quotes,
}

/// How many of what was found are of which kind. What there is none of is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// By kind.
    pub kinds: Vec<(Kind, usize)>,
    /// By where they stand.
    pub statuses: Vec<(Status, usize)>,
}

/// A page of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many there are on all pages.
    pub total: Total,
    /// What they can be narrowed by.
    pub facets: Facets,
}
