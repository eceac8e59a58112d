//! What a search found.

use super::quotes::{Piece, Quotes};
use crate::domain::codes::coded;
use crate::domain::listing::{Card, Total};
use crate::domain::postmortem::{Kind, Severity, Status, SystemKind};
use crate::domain::taxonomy::FactorId;

coded! {
    /// In which order it is shown.
    Sort {
        /// What fits best first.
        Best = "best", "Best first";
        /// What was filed last first.
        Newest = "newest", "Newest first";
        /// What was filed first first.
        Oldest = "oldest", "Oldest first";
    }
}

/// Which part of what was found is shown, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// The order.
    pub sort: Sort,
    /// How many are passed over.
    pub skipped: usize,
    /// How many are shown at most.
    pub most: usize,
    /// Whether it is counted which factors and components it is about.
    pub about: bool,
}

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
    /// By the kind of system.
    pub systems: Vec<(SystemKind, usize)>,
    /// By how grave they were.
    pub severities: Vec<(Severity, usize)>,
    /// By the year of the day by which they are listed, the last one first.
    pub years: Vec<(u16, usize)>,
    /// The factors that stand in most of what is ranked, where that was asked.
    pub factors: Vec<(FactorId, usize)>,
    /// The components, by name, that stand in most of what is ranked, where that was asked.
    pub components: Vec<(String, usize)>,
}

/// A page of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// In the order that was asked for.
    pub hits: Vec<Hit>,
    /// How many there are on all pages.
    pub total: Total,
    /// How many of them are ranked, and can be reached page by page.
    pub ranked: usize,
    /// How many of them hold everything that was looked for.
    pub whole: usize,
    /// What they can be narrowed by.
    pub facets: Facets,
}

impl Facets {
    /// Counts post-mortems of one sort, told as one number: the year, then a digit each for kind, status, system and
    /// severity, each by its place among its codes, from one; zero is none.
    pub fn count(&mut self, sort: i64, many: usize) {
        add(&mut self.kinds, coded(Kind::ALL, sort / 1_000), many);
        add(&mut self.statuses, coded(Status::ALL, sort / 100), many);
        add(&mut self.systems, coded(SystemKind::ALL, sort / 10), many);
        add(&mut self.severities, coded(Severity::ALL, sort), many);
        add(&mut self.years, u16::try_from(sort / 10_000).ok(), many);
    }

    /// Brings the counts into the order in which they are shown.
    pub fn order(&mut self) {
        fn by_code<T: PartialEq>(counts: &mut [(T, usize)], all: &[T]) {
            counts.sort_by_key(|(what, _)| all.iter().position(|known| known == what));
        }
        by_code(&mut self.kinds, Kind::ALL);
        by_code(&mut self.statuses, Status::ALL);
        by_code(&mut self.systems, SystemKind::ALL);
        by_code(&mut self.severities, Severity::ALL);
        self.years.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
    }
}

/// What the last digit of a number stands for.
fn coded<T: Copy>(all: &[T], number: i64) -> Option<T> {
    let place = usize::try_from(number % 10).ok()?.checked_sub(1)?;
    all.get(place).copied()
}

fn add<T: PartialEq>(counts: &mut Vec<(T, usize)>, what: Option<T>, many: usize) {
    let Some(what) = what else {
        return;
    };
    match counts.iter_mut().find(|(known, _)| *known == what) {
        Some((_, count)) => *count += many,
        None => counts.push((what, many)),
    }
}
