//! Searching over the API.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::listing::CardJson;
use crate::app::listing::FiltersInput;
use crate::app::search::{Answer, Relaxed, SearchInput, search, suggest};
use crate::domain::search::{Hit, Piece, Quote};
use crate::web::body::Query;
use crate::web::marks::{plain, with_marks};
use crate::web::pages::cards::CardView;
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct SearchParams {
    /// Words, `"words in a row"`, `begin*`, `-without`, and operators such as `kind:incident`.
    #[serde(default)]
    q: String,
    /// `incident`, `crisis`, `near-miss` or `success`.
    kind: Option<String>,
    /// `note`, `standard` or `deep`.
    tier: Option<String>,
    /// `computer`, `people` or `both`.
    system: Option<String>,
    /// `sev1` to `sev4`.
    severity: Option<String>,
    /// `draft`, `in-review`, `published`, `archived` or `withdrawn`.
    status: Option<String>,
    /// A factor or a category of the taxonomy.
    factor: Option<String>,
    /// Whole words of a component's name; after `=` the whole name.
    component: Option<String>,
    /// Whether factor and component must have contributed, as in the counts of themes.
    contributed: Option<bool>,
    /// Filed on this day or later; a month or a year is its first day.
    after: Option<String>,
    /// Filed before this day; a month or a year is its first day.
    before: Option<String>,
    /// `best` (what fits best first), `newest` or `oldest`; `best` if left out.
    sort: Option<String>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// 1 to 100; 20 if left out.
    limit: Option<usize>,
    /// Whether `facets` tells by which factors and components what is ranked can be narrowed; `false` if left out.
    about: Option<bool>,
}

/// A row of a post-mortem that holds the words.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct QuoteJson {
    /// Where it stands, in words.
    r#where: String,
    /// Where it stands on the page of the post-mortem, after the `#`.
    fragment: String,
    /// Its text, cut where it is long.
    text: String,
    /// The same as HTML: escaped, with the found words in `<mark>`.
    html: String,
}

/// A post-mortem that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct HitJson {
    #[serde(flatten)]
    card: CardJson,
    /// Where the best row stands, in words.
    r#where: String,
    /// The best row as HTML: escaped, with the found words in `<mark>`.
    snippet: String,
    /// The best rows.
    quotes: Vec<QuoteJson>,
    /// How many more rows hold one of the words.
    more_quotes: usize,
}

/// What a search found.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct SearchJson {
    /// Best first; newest first where no words were given.
    items: Vec<HitJson>,
    next: Option<String>,
    /// How many there are, counted to 10,000.
    total: usize,
    /// Whether there are more than `total`.
    more_than_total: bool,
    /// How many of them are ranked and can be reached page by page: the newest, and those with the words in their titles.
    ranked: usize,
    /// How many hold all of the words, if those follow that hold some of them.
    holding_all: Option<usize>,
    /// How many of them are of which kind, status, system, severity and year.
    facets: FacetsJson,
    /// How the words were taken because nothing holds all of them: `beginning` (the last word as the beginning of one),
    /// `spelling` (as in `did_you_mean`) or `any-word`.
    relaxed: Option<&'static str>,
    /// What was probably meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    did_you_mean: Option<String>,
    /// What could not be read as it was meant, as sentences.
    notes: Vec<String>,
}

/// Counts of what was found.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct FacetsJson {
    kind: BTreeMap<&'static str, usize>,
    status: BTreeMap<&'static str, usize>,
    system: BTreeMap<&'static str, usize>,
    severity: BTreeMap<&'static str, usize>,
    /// By the year of the day by which they are listed.
    year: BTreeMap<String, usize>,
    /// The six factors that stand in most of what is ranked, if `about` is asked.
    factor: BTreeMap<String, usize>,
    /// The six components that stand in most of what is ranked, if `about` is asked.
    component: BTreeMap<String, usize>,
}

/// What is typed so far.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct SuggestionParams {
    /// Words; the last one may be the beginning of one.
    #[serde(default)]
    q: String,
}

/// Post-mortems that hold what is typed in their titles.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct SuggestionsJson {
    /// The newest first, at most six.
    items: Vec<SuggestionJson>,
}

/// A post-mortem that is offered.
#[derive(Debug, Serialize, ToSchema)]
struct SuggestionJson {
    title: String,
    /// Its page.
    address: String,
    /// Number, kind, severity and day, in words.
    facts: String,
}

impl From<&Quote> for QuoteJson {
    fn from(quote: &Quote) -> Self {
        Self {
            r#where: quote.place.to_string(),
            fragment: quote.place.fragment(),
            text: plain(&quote.pieces),
            html: with_marks(&quote.pieces),
        }
    }
}

impl From<&Hit> for HitJson {
    fn from(hit: &Hit) -> Self {
        let in_title = hit.title.iter().any(|piece| piece.found);
        let summary = [Piece {
            text: hit.card.lede.clone(),
            found: false,
        }];
        let (place, pieces) = match hit.quotes.best.first() {
            Some(quote) => (quote.place.to_string(), quote.pieces.as_slice()),
            None if in_title => ("Title".to_owned(), hit.title.as_slice()),
            None => ("Summary".to_owned(), summary.as_slice()),
        };
        Self {
            card: CardJson::from(&hit.card),
            r#where: place,
            snippet: with_marks(pieces),
            quotes: hit.quotes.best.iter().map(QuoteJson::from).collect(),
            more_quotes: hit.quotes.more,
        }
    }
}

impl From<Answer> for SearchJson {
    fn from(answer: Answer) -> Self {
        let facets = &answer.found.facets;
        Self {
            items: answer.found.hits.iter().map(HitJson::from).collect(),
            next: answer.next,
            total: answer.found.total.count,
            more_than_total: answer.found.total.more,
            ranked: answer.found.ranked,
            holding_all: answer.holding_all,
            facets: FacetsJson {
                kind: by_code(&facets.kinds, |kind| kind.as_code()),
                status: by_code(&facets.statuses, |status| status.as_code()),
                system: by_code(&facets.systems, |system| system.as_code()),
                severity: by_code(&facets.severities, |severity| severity.as_code()),
                year: by_code(&facets.years, u16::to_string),
                factor: by_code(&facets.factors, |factor| factor.as_str().to_owned()),
                component: by_code(&facets.components, String::clone),
            },
            relaxed: answer.relaxed.map(|relaxed| match relaxed {
                Relaxed::Beginning => "beginning",
                Relaxed::Spelling => "spelling",
                Relaxed::AnyWord => "any-word",
            }),
            did_you_mean: answer.did_you_mean,
            notes: answer.query.notes,
        }
    }
}

fn by_code<T, C: Ord>(counts: &[(T, usize)], code: impl Fn(&T) -> C) -> BTreeMap<C, usize> {
    counts
        .iter()
        .map(|(what, count)| (code(what), *count))
        .collect()
}

/// Searches what one may read. Words are never refused; what the search is narrowed by may be.
#[utoipa::path(get, path = "/api/v1/search", params(SearchParams),
    responses((status = 200, body = SearchJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn search_postmortems(
    state: Data<State>,
    query: Query<SearchParams>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let Query(query) = query;
    let input = SearchInput::from(query);
    let answer = blocking::long_read(&state, visitor, move |store, signed| {
        Ok(search(store, &signed.ctx, &input)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(SearchJson::from(answer)))
}

impl From<SearchParams> for SearchInput {
    fn from(query: SearchParams) -> Self {
        Self {
            q: query.q,
            filters: FiltersInput {
                kind: query.kind,
                tier: query.tier,
                system: query.system,
                severity: query.severity,
                status: query.status,
                factor: query.factor,
                component: query.component,
                contributed: query.contributed.unwrap_or_default(),
                after: query.after,
                before: query.before,
            },
            sort: query.sort,
            limit: query.limit,
            cursor: query.cursor,
            about: query.about.unwrap_or_default(),
        }
    }
}

/// Post-mortems whose titles hold what is typed so far.
#[utoipa::path(get, path = "/api/v1/search/suggestions", params(SuggestionParams),
    responses((status = 200, body = SuggestionsJson)))]
pub(in crate::web) async fn list_search_suggestions(
    state: Data<State>,
    query: Query<SuggestionParams>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let Query(SuggestionParams { q }) = query;
    let cards = blocking::read(&state, visitor, move |store, signed| {
        Ok(suggest(store, &signed.ctx, &q)?)
    })
    .await?;
    let items = cards.iter().map(CardView::from).map(|card| SuggestionJson {
        title: card.title,
        address: card.address,
        facts: card.facts,
    });
    Ok(HttpResponse::Ok().json(SuggestionsJson {
        items: items.collect(),
    }))
}
