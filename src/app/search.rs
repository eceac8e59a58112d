//! Searching past lessons.

use super::input::Fields;
use super::listing::{FiltersInput, filters};
use super::{Ctx, FieldProblem};
use crate::domain::search::{Found, SearchQuery, Vocabulary, respelled};
use crate::store::{self, Conn, Store, StoreError};

/// How many are shown if nobody says.
pub const PAGE: usize = 20;
/// The most that one page holds.
pub const MOST: usize = 100;
/// How many words are looked up in one search for misspelled ones.
const LOOKED_UP: usize = 6;

/// A search as typed.
#[derive(Debug, Clone, Default)]
pub struct SearchInput {
    /// What stands in the box.
    pub q: String,
    /// What stands beside it; it wins over operators in the box.
    pub filters: FiltersInput,
    /// How many to show; [`PAGE`] if nobody says.
    pub limit: Option<usize>,
    /// Where the page before ended, as it was given out.
    pub cursor: Option<String>,
}

/// How the words were taken when nothing holds all of them as they were typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relaxed {
    /// The last word as the beginning of one.
    Beginning,
    /// In the spelling that was probably meant.
    Spelling,
    /// Any of the words instead of all.
    AnyWord,
}

/// What a search found, and how it was read.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The search as it was typed and read.
    pub query: SearchQuery,
    /// What was found.
    pub found: Found,
    /// How the words were taken, if nothing holds all of them.
    pub relaxed: Option<Relaxed>,
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

/// Which part of what was found is shown.
#[derive(Clone, Copy)]
struct Page {
    skipped: usize,
    most: usize,
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
    fields.finish()?;
    let page = Page {
        skipped: skipped.unwrap_or_default(),
        most: input.limit.unwrap_or(PAGE).clamp(1, MOST),
    };
    store.read(|conn| {
        let mut answer = find(conn, ctx, &input.q, query, page)?;
        let seen = page.skipped.saturating_add(answer.found.hits.len());
        let more = !answer.found.hits.is_empty() && seen < answer.found.total.count;
        answer.next = more.then(|| seen.to_string());
        Ok(answer)
    })
}

fn find(
    conn: &mut Conn,
    ctx: &Ctx,
    typed: &str,
    query: SearchQuery,
    page: Page,
) -> Result<Answer, StoreError> {
    let mut attempt = |query: &SearchQuery| {
        store::search::query(conn, ctx.actor.person, query, page.skipped, page.most)
    };
    let mut answer = Answer {
        found: attempt(&query)?,
        query,
        relaxed: None,
        did_you_mean: None,
        next: None,
    };
    let nothing = |found: &Found| found.total.count == 0;
    if !nothing(&answer.found) || answer.query.terms.is_empty() {
        return Ok(answer);
    }
    if let Some(wider) = answer.query.widened() {
        answer.found = attempt(&wider)?;
        answer.relaxed = Some(Relaxed::Beginning);
        if !nothing(&answer.found) {
            return Ok(answer);
        }
    }
    let mut likely = answer.query.clone();
    if let Some((respelled, text)) = respell(conn, ctx, typed, &likely)? {
        likely = respelled;
        answer.did_you_mean = Some(text);
        answer.found =
            store::search::query(conn, ctx.actor.person, &likely, page.skipped, page.most)?;
        answer.relaxed = Some(Relaxed::Spelling);
        if !nothing(&answer.found) {
            return Ok(answer);
        }
    }
    answer.relaxed = None;
    if let Some(any) = likely.any_word() {
        answer.found = store::search::query(conn, ctx.actor.person, &any, page.skipped, page.most)?;
        answer.relaxed = (!nothing(&answer.found)).then_some(Relaxed::AnyWord);
    }
    Ok(answer)
}

/// The search with every word that occurs nowhere in its likely spelling, and how that would be typed. `None` if there
/// is no such word, or nothing near it.
fn respell(
    conn: &mut Conn,
    ctx: &Ctx,
    typed: &str,
    query: &SearchQuery,
) -> Result<Option<(SearchQuery, String)>, StoreError> {
    let mut vocabulary: Option<Vocabulary> = None;
    let mut likely = None;
    for alone in query.single_words().take(LOOKED_UP) {
        let Some(word) = alone.words().first().cloned() else {
            continue;
        };
        let only = SearchQuery {
            terms: vec![alone],
            ..SearchQuery::default()
        };
        if store::search::query(conn, ctx.actor.person, &only, 0, 0)?
            .total
            .count
            > 0
        {
            continue;
        }
        let known = match &mut vocabulary {
            Some(known) => known,
            none => none.insert(store::search::vocabulary(conn, ctx.actor.person)?),
        };
        if let Some(right) = known.nearest(&word) {
            let (before, text) = likely
                .take()
                .unwrap_or_else(|| (query.clone(), typed.to_owned()));
            likely = Some((
                before.respelled(&word, right),
                respelled(&text, &word, right),
            ));
        }
    }
    Ok(likely)
}

fn skipped(typed: Option<&str>) -> Result<usize, &'static str> {
    match typed.filter(|typed| !typed.is_empty()) {
        None => Ok(0),
        Some(typed) => typed
            .parse()
            .map_err(|_| "This is not a place in the list. Start again without a cursor."),
    }
}
