//! Searching past lessons.

mod ways; // links that narrow what was found, and order it

use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;

use super::cards::{CardView, address};
use super::listing::FiltersForm;
use crate::app::search::{Answer, Relaxed, SearchInput, search};
use crate::domain::search::{Hit, Operator, Piece, Sort};
use crate::web::body::Query;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};
use ways::{Ways, ways};

/// How many letters of what was typed are shown again in headings and sentences.
const SHOWN: usize = 120;

/// A search as its form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct SearchForm {
    #[serde(default)]
    q: String,
    /// Code of the order.
    #[serde(default)]
    sort: String,
    #[serde(flatten)]
    filters: FiltersForm,
}

/// A post-mortem that was found.
struct HitView {
    card: CardView,
    title: Vec<Piece>,
    quotes: Vec<QuoteView>,
    more: usize,
}

struct QuoteView {
    address: String,
    place: String,
    pieces: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "search/index.html")]
struct Index {
    frame: Frame,
    /// What was typed, cut where it is long.
    typed: String,
    /// Whether anything was asked.
    asked: bool,
    hits: Vec<HitView>,
    /// How many, and how they were found.
    sentence: String,
    /// What the words were taken for.
    taken: Option<String>,
    notes: Vec<String>,
    did_you_mean: Option<(String, String)>,
    /// By what it can be narrowed, and in which order it can be shown.
    ways: Vec<Ways>,
    /// The same search as a feed.
    feed: String,
    /// The search without what it is narrowed by.
    wide: Option<String>,
    /// A new post-mortem with this title.
    new: Option<String>,
    next: Option<String>,
    first: Option<String>,
    /// Operators with an example each.
    operators: Vec<String>,
}

impl SearchForm {
    /// The same search with some things changed; places in the list start again.
    fn with(&self, changed: &[(&str, &str)]) -> String {
        self.at("/search", changed)
    }

    fn at(&self, path: &str, changed: &[(&str, &str)]) -> String {
        let mut pairs = vec![("q", self.q.as_str())];
        let kept = self.filters.pairs().into_iter();
        pairs.extend(
            kept.chain([("sort", self.sort.as_str())])
                .filter(|(known, _)| changed.iter().all(|(name, _)| name != known)),
        );
        pairs.extend(changed);
        address(path, &pairs)
    }

    fn narrowed(&self) -> bool {
        self.filters
            .pairs()
            .iter()
            .any(|(_, value)| !value.trim().is_empty())
    }
}

impl From<&Hit> for HitView {
    fn from(hit: &Hit) -> Self {
        let card = CardView::from(&hit.card);
        let quotes = hit.quotes.best.iter().map(|quote| QuoteView {
            address: format!("{}#{}", card.address, quote.place.fragment()),
            place: quote.place.to_string(),
            pieces: quote.pieces.clone(),
        });
        Self {
            quotes: quotes.collect(),
            title: hit.title.clone(),
            more: hit.quotes.more,
            card,
        }
    }
}

/// The box, what it found, and ways to narrow that down.
pub(in crate::web) async fn index(
    state: Data<State>,
    visitor: Visitor,
    query: Query<SearchForm>,
) -> Result<HttpResponse, PageError> {
    let Query(form) = query;
    let page = blocking::long_read(&state, visitor, move |store, signed| {
        let input = SearchInput {
            q: form.q.clone(),
            filters: form.filters.input(),
            sort: Some(form.sort.clone()),
            limit: None,
            cursor: Some(form.filters.cursor.clone()),
            about: true,
        };
        let answer = search(store, &signed.ctx, &input)?;
        let frame = Frame {
            query: form.q.clone(),
            ..Frame::of(signed, Part::Other)
        };
        Ok(page(frame, &form, answer))
    })
    .await?;
    Ok(frame::ok(&page))
}

fn page(frame: Frame, form: &SearchForm, answer: Answer) -> Index {
    let typed: String = form
        .q
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(SHOWN)
        .collect();
    let asked = !typed.is_empty() || form.narrowed();
    let hits: Vec<HitView> = if asked {
        answer.found.hits.iter().map(HitView::from).collect()
    } else {
        Vec::new()
    };
    let began = !form.filters.cursor.is_empty();
    Index {
        ways: ways(form, &answer),
        feed: form.at("/api/v1/search/feed", &[("sort", "")]),
        sentence: sentence(&answer),
        taken: answer.relaxed.map(|relaxed| taken(relaxed, &typed)),
        did_you_mean: answer
            .did_you_mean
            .as_ref()
            .map(|text| (text.clone(), address("/search", &[("q", text)]))),
        wide: (form.narrowed() && !typed.is_empty()).then(|| address("/search", &[("q", &form.q)])),
        new: frame
            .writes
            .then(|| address("/postmortems/new", &[("title", &typed)])),
        next: answer
            .next
            .as_ref()
            .map(|next| form.with(&[("cursor", next)])),
        first: began.then(|| form.with(&[])),
        operators: Operator::ALL
            .iter()
            .filter_map(|operator| Some(format!("{}:{}", operator.as_code(), example(*operator)?)))
            .collect(),
        notes: answer.query.notes,
        hits,
        asked,
        typed,
        frame,
    }
}

fn sentence(answer: &Answer) -> String {
    let total = answer.found.total;
    let things = if total.count == 1 && !total.more {
        "post-mortem"
    } else {
        "post-mortems"
    };
    let partly = answer.found.ranked < total.count;
    let order = match (answer.sort, answer.query.terms.is_empty(), partly) {
        (Sort::Oldest, ..) => "oldest first",
        (Sort::Newest, ..) | (_, true, _) => "newest first",
        (Sort::Best, false, false) => "best first",
        (Sort::Best, false, true) => {
            "the newest of them and those with the words in the title ranked, best first"
        }
    };
    let total = total.to_string();
    let mut letters = total.chars();
    let first: String = letters
        .next()
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default();
    let all = match answer.holding_all {
        Some(1) => " One holds all of the words, the others hold some of them.".to_owned(),
        Some(all) => format!(" {all} hold all of the words, the others hold some of them."),
        None => String::new(),
    };
    format!(
        "{first}{} {things} that you may read, {order}.{all}",
        letters.as_str()
    )
}

fn taken(relaxed: Relaxed, typed: &str) -> String {
    match relaxed {
        Relaxed::Beginning => format!(
            "Nothing holds “{typed}” as it stands. These hold words that begin with the last one."
        ),
        Relaxed::Spelling => {
            format!("Nothing holds “{typed}”. It was looked for in another spelling.")
        }
        Relaxed::AnyWord => "Nothing holds all of these words. These hold some of them.".to_owned(),
    }
}

/// What may stand behind an operator; `None` for one that says the same as another.
fn example(operator: Operator) -> Option<&'static str> {
    Some(match operator {
        Operator::Kind => "incident",
        Operator::Tier => "deep",
        Operator::System => "people",
        Operator::Severity => "sev1",
        Operator::Is => "draft",
        Operator::Lane => "saw",
        Operator::Has => "commitment",
        Operator::Factor => "misleading-signal",
        Operator::Component => "\"run page\"",
        Operator::Before => "2026-01",
        Operator::After => "2025",
        Operator::Status => return None,
    })
}
