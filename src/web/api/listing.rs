//! Lists of post-mortems over the API.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::listing::{FiltersInput, ListInput, list};
use crate::domain::listing::Card;
use crate::web::body::Query;
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// What a list is narrowed by.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct ListQuery {
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
    /// 1 to 200; 50 if left out.
    limit: Option<usize>,
}

/// A post-mortem as it stands in lists.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct CardJson {
    id: String,
    /// `PM-42`, once the organisation may read it.
    number: Option<String>,
    title: String,
    kind: String,
    tier: String,
    system: String,
    severity: Option<String>,
    status: String,
    visibility: String,
    filed_on: NaiveDate,
    source: Option<String>,
    /// The first sentence of the summary; empty if there is none.
    summary: String,
    /// The factors of its contributing statements.
    factors: Vec<String>,
}

/// A page of post-mortems.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct CardsJson {
    items: Vec<CardJson>,
    next: Option<String>,
    /// How many there are on all pages, counted to 1,000.
    total: usize,
    /// Whether there are more than `total`.
    more_than_total: bool,
}

impl From<&Card> for CardJson {
    fn from(card: &Card) -> Self {
        let code = |code: &'static str| code.to_owned();
        Self {
            id: card.id.to_string(),
            number: card.number.map(|number| number.to_string()),
            title: card.title.as_str().to_owned(),
            kind: code(card.kind.as_code()),
            tier: code(card.tier.as_code()),
            system: code(card.system.as_code()),
            severity: card.severity.map(|severity| code(severity.as_code())),
            status: code(card.status.as_code()),
            visibility: code(card.visibility.as_code()),
            filed_on: card.filed_on,
            source: card.source.clone(),
            summary: card.lede.clone(),
            factors: card
                .factors
                .iter()
                .map(|factor| factor.as_str().to_owned())
                .collect(),
        }
    }
}

/// Lists the post-mortems that one may read, newest first.
#[utoipa::path(get, path = "/api/v1/postmortems", params(ListQuery),
    responses((status = 200, body = CardsJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn list_postmortems(
    state: Data<State>,
    query: Query<ListQuery>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let Query(query) = query;
    let input = ListInput {
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
        cursor: query.cursor,
        limit: query.limit,
    };
    let list = blocking::short_read(&state, visitor, move |store, signed| {
        Ok(list(store, &signed.ctx, &input)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(CardsJson {
        items: list.cards.iter().map(CardJson::from).collect(),
        next: list.next.map(|next| next.to_string()),
        total: list.total.count,
        more_than_total: list.total.more,
    }))
}
