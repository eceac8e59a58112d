//! One week over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::listing::CardJson;
use super::reading_list::ChosenJson;
use crate::app::digest;
use crate::domain::digest::{Digest, Week};
use crate::domain::listing::Card;
use crate::web::problem::{ApiError, Problem, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// What a week has to tell. Weeks are those of ISO 8601, in UTC.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct DigestJson {
    /// `2026-W48`.
    week: String,
    first_day: NaiveDate,
    last_day: NaiveDate,
    /// What was published in it, first one first.
    published: Vec<CardJson>,
    /// Recurring causes in which something was linked in it.
    recurring: Vec<SeenAgainJson>,
    /// What is filed under the same week a year ago.
    year_ago: Vec<CardJson>,
    /// The post-mortem of the reading list that has its turn.
    again: Option<ChosenJson>,
}

/// A recurring cause.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct SeenAgainJson {
    id: String,
    statement: String,
}

impl From<&Digest> for DigestJson {
    fn from(digest: &Digest) -> Self {
        let cards = |cards: &[Card]| cards.iter().map(CardJson::from).collect();
        Self {
            week: digest.week.to_string(),
            first_day: digest.week.first_day(),
            last_day: digest.week.last_day(),
            published: cards(&digest.published),
            recurring: digest
                .recurring
                .iter()
                .map(|(id, words)| SeenAgainJson {
                    id: id.to_string(),
                    statement: words.as_str().to_owned(),
                })
                .collect(),
            year_ago: cards(&digest.year_ago),
            again: digest.again.as_ref().map(ChosenJson::from),
        }
    }
}

/// Says what a week has to tell: `2026-W48`, or `this`.
#[utoipa::path(get, path = "/api/v1/digest/{week}", params(("week" = String, Path)),
    responses((status = 200, body = DigestJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_digest(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let told = blocking::read(&state, visitor, move |store, signed| {
        let week = match path.as_str() {
            "this" => Some(Week::of(signed.ctx.now.date_naive())),
            named => Week::parse(named),
        };
        let week = week.ok_or_else(Problem::not_found)?;
        Ok(digest::read(store, &signed.ctx, week)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(DigestJson::from(&told)))
}
