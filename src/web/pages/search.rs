//! Searching past lessons.

use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;

use super::cards::{CardView, address};
use super::listing::FiltersForm;
use crate::app::search::{Answer, Relaxed, SearchInput, search};
use crate::domain::search::{Hit, Operator, Piece};
use crate::web::body::Query;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// How many letters of what was typed are shown again in headings and sentences.
const SHOWN: usize = 120;

/// A search as its form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct SearchForm {
    #[serde(default)]
    q: String,
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

/// A way to narrow down, or to widen again.
struct Way {
    address: String,
    label: String,
    chosen: bool,
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
    kinds: Vec<Way>,
    statuses: Vec<Way>,
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
    /// The same search with one thing changed; places in the list start again.
    fn with(&self, name: &'static str, value: &str) -> String {
        let mut pairs = vec![("q", self.q.as_str())];
        pairs.extend(
            self.filters
                .pairs()
                .into_iter()
                .filter(|(known, _)| *known != name),
        );
        pairs.push((name, value));
        address("/search", &pairs)
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
    let page = blocking::read(&state, visitor, move |store, signed| {
        let input = SearchInput {
            q: form.q.clone(),
            filters: form.filters.input(),
            limit: None,
            cursor: Some(form.filters.cursor.clone()),
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
    let facets = &answer.found.facets;
    let kinds = facets
        .kinds
        .iter()
        .map(|(kind, count)| (kind.as_code(), kind.label(), *count));
    let statuses = facets
        .statuses
        .iter()
        .map(|(status, count)| (status.as_code(), status.label(), *count));
    let hits: Vec<HitView> = if asked {
        answer.found.hits.iter().map(HitView::from).collect()
    } else {
        Vec::new()
    };
    let began = !form.filters.cursor.is_empty();
    Index {
        kinds: ways(form, "kind", &form.filters.kind, kinds.collect()),
        statuses: ways(form, "status", &form.filters.status, statuses.collect()),
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
        next: answer.next.as_ref().map(|next| form.with("cursor", next)),
        first: began.then(|| form.with("cursor", "")),
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
    let order = match (answer.query.terms.is_empty(), total.more) {
        (true, _) => "newest first",
        (false, false) => "best first",
        (false, true) => "the newest of them ranked, best first",
    };
    let total = total.to_string();
    let mut letters = total.chars();
    let first: String = letters
        .next()
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default();
    format!(
        "{first}{} {things} that you may read, {order}.",
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

/// Links that narrow by one thing, with "Any" first.
fn ways(
    form: &SearchForm,
    name: &'static str,
    chosen: &str,
    found: Vec<(&'static str, &'static str, usize)>,
) -> Vec<Way> {
    let any = Way {
        address: form.with(name, ""),
        label: "Any".to_owned(),
        chosen: chosen.is_empty(),
    };
    let found = found.into_iter().map(|(code, label, count)| Way {
        address: form.with(name, code),
        label: format!("{label} ({count})"),
        chosen: code == chosen,
    });
    std::iter::once(any).chain(found).collect()
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
