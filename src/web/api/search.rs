//! Searching over the API.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::listing::CardJson;
use crate::app::listing::FiltersInput;
use crate::app::search::{Answer, Relaxed, SearchInput, search};
use crate::domain::search::{Hit, Piece, Quote};
use crate::web::body::Query;
use crate::web::marks::{plain, with_marks};
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
    /// The `next` of the page before.
    cursor: Option<String>,
    /// 1 to 100; 20 if left out.
    limit: Option<usize>,
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
    /// How many there are on all pages, counted to 2,000.
    total: usize,
    /// Whether there are more than `total`. Then the newest 2,000 were ranked.
    more_than_total: bool,
    /// How many of them are of which kind and status.
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
        let kinds = facets.kinds.iter();
        let statuses = facets.statuses.iter();
        Self {
            items: answer.found.hits.iter().map(HitJson::from).collect(),
            next: answer.next,
            total: answer.found.total.count,
            more_than_total: answer.found.total.more,
            facets: FacetsJson {
                kind: kinds
                    .map(|(kind, count)| (kind.as_code(), *count))
                    .collect(),
                status: statuses
                    .map(|(status, count)| (status.as_code(), *count))
                    .collect(),
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

/// Searches what one may read. Words are never refused; what the search is narrowed by may be.
#[utoipa::path(get, path = "/api/v1/search", params(SearchParams),
    responses((status = 200, body = SearchJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn search_postmortems(
    state: Data<State>,
    query: Query<SearchParams>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let Query(query) = query;
    let input = SearchInput {
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
        limit: query.limit,
        cursor: query.cursor,
    };
    let answer = blocking::read(&state, visitor, move |store, signed| {
        Ok(search(store, &signed.ctx, &input)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(SearchJson::from(answer)))
}
