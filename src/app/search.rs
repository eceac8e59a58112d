//! Searching past lessons.

mod steps; // how the words are taken if little holds all of them as they were typed

use chrono::{DateTime, Utc};

use super::input::Fields;
use super::listing::{FiltersInput, filters};
use super::{Ctx, FieldProblem};
use crate::domain::ids::PostMortemId;
use crate::domain::listing::Card;
use crate::domain::search::{Found, SearchQuery, Slice, Sort};
use crate::store::{self, Store, StoreError};
use steps::Search;

/// How many are shown if nobody says.
pub const PAGE: usize = 20;
/// The most that one page holds.
pub const MOST: usize = 100;
/// How many are offered to somebody who is still typing.
const SUGGESTED: usize = 6;
/// How many stand in a feed.
const FED: usize = 50;

/// A search as typed.
#[derive(Debug, Clone, Default)]
pub struct SearchInput {
    /// What stands in the box.
    pub q: String,
    /// What stands beside it; it wins over operators in the box.
    pub filters: FiltersInput,
    /// Code of a [`Sort`]; best first if nobody says.
    pub sort: Option<String>,
    /// How many to show; [`PAGE`] if nobody says.
    pub limit: Option<usize>,
    /// Where the page before ended, as it was given out.
    pub cursor: Option<String>,
    /// Whether it is counted which factors and components it is about; it costs as much as the search.
    pub about: bool,
}

/// How the words were taken when nothing holds all of them as they were typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relaxed {
    /// The last word as the beginning of one.
    Beginning,
    /// In the spelling that was probably meant.
    Spelling,
    /// Any of the words instead of all: nothing holds all of them.
    AnyWord,
}

/// What a search found, and how it was read.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The search as it was typed and read.
    pub query: SearchQuery,
    /// The order.
    pub sort: Sort,
    /// What was found.
    pub found: Found,
    /// How the words were taken, if nothing holds all of them.
    pub relaxed: Option<Relaxed>,
    /// How many hold all of the words, if those follow that hold some of them.
    pub holding_all: Option<usize>,
    /// What was probably meant, as it would be typed.
    pub did_you_mean: Option<String>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Why a search was not made. Words alone are never refused.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// What it is narrowed by cannot be read.
    #[error("Some of what the search is narrowed by cannot be read.")]
    Invalid(Vec<FieldProblem>),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Vec<FieldProblem>> for SearchError {
    fn from(problems: Vec<FieldProblem>) -> Self {
        Self::Invalid(problems)
    }
}

/// Searches what the actor may read.
///
/// If nothing holds all the words, they are taken otherwise, step by step, and the answer says how.
///
/// # Errors
/// [`SearchError::Invalid`] for filters and cursors that cannot be read.
pub fn search(store: &Store, ctx: &Ctx, input: &SearchInput) -> Result<Answer, SearchError> {
    let mut query = SearchQuery::parse(&input.q);
    let mut fields = Fields::new();
    query.filters = filters(&mut fields, &input.filters, query.filters);
    let skipped = fields.take("cursor", skipped(input.cursor.as_deref()));
    let sort = fields.take("sort", sort(input.sort.as_deref()));
    fields.finish()?;
    let slice = Slice {
        sort: sort.unwrap_or(Sort::Best),
        skipped: skipped.unwrap_or_default(),
        most: input.limit.unwrap_or(PAGE).clamp(1, MOST),
        about: input.about,
    };
    store.read(|conn| {
        let search = Search {
            reader: ctx.actor.person,
            typed: &input.q,
            slice,
        };
        let mut answer = search.find(conn, query)?;
        let seen = slice.skipped.saturating_add(answer.found.hits.len());
        let more = !answer.found.hits.is_empty() && seen < answer.found.ranked;
        answer.next = more.then(|| seen.to_string());
        Ok(answer)
    })
}

/// Post-mortems whose titles hold what was typed so far, the last word being the beginning of one; the newest first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn suggest(store: &Store, ctx: &Ctx, typed: &str) -> Result<Vec<Card>, StoreError> {
    let typed = SearchQuery::parse(typed);
    let query = SearchQuery {
        terms: typed.widened().unwrap_or(typed).terms,
        ..SearchQuery::default()
    };
    store.read(|conn| store::search::titled(conn, ctx.actor.person, &query, SUGGESTED))
}

/// What a search finds, the newest first, each with the moment at which it last changed.
///
/// # Errors
/// [`SearchError::Invalid`] as [`search`] says.
pub fn feed(
    store: &Store,
    ctx: &Ctx,
    input: &SearchInput,
) -> Result<Vec<(Card, DateTime<Utc>)>, SearchError> {
    let input = SearchInput {
        sort: Some(Sort::Newest.as_code().to_owned()),
        limit: Some(FED),
        cursor: None,
        about: false,
        ..input.clone()
    };
    let answer = search(store, ctx, &input)?;
    let ids: Vec<PostMortemId> = answer.found.hits.iter().map(|hit| hit.card.id).collect();
    let changed = store.read(|conn| store::listing::changed(conn, ctx.actor.person, &ids))?;
    let cards = answer.found.hits.into_iter().map(|hit| hit.card);
    Ok(cards
        .filter_map(|card| {
            let (_, at) = changed.iter().find(|(id, _)| *id == card.id)?;
            Some((card, *at))
        })
        .collect())
}

fn sort(typed: Option<&str>) -> Result<Sort, &'static str> {
    match typed.map(str::trim).filter(|typed| !typed.is_empty()) {
        None => Ok(Sort::Best),
        Some(typed) => Sort::from_code(typed).ok_or("This is none of best, newest and oldest."),
    }
}

fn skipped(typed: Option<&str>) -> Result<usize, &'static str> {
    match typed.filter(|typed| !typed.is_empty()) {
        None => Ok(0),
        Some(typed) => typed
            .parse()
            .map_err(|_| "This is not a place in the list. Start again without a cursor."),
    }
}
