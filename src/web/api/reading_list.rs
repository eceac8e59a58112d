//! The reading list over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::listing::CardJson;
use super::place::PlaceBody;
use crate::app::reading_list::{self, ChosenInput};
use crate::domain::ids::ChosenId;
use crate::domain::reading_list::Chosen;
use crate::web::body::{IfMatch, Json, etag};
use crate::web::problem::{ApiError, Problem, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A post-mortem that was chosen for people who are new.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ChosenJson {
    id: String,
    postmortem: CardJson,
    /// What to ask oneself while reading it.
    question: String,
    version: i32,
}

impl From<&Chosen> for ChosenJson {
    fn from(chosen: &Chosen) -> Self {
        Self {
            id: chosen.id.to_string(),
            postmortem: CardJson::from(&chosen.card),
            question: chosen.question.as_str().to_owned(),
            version: chosen.version.0,
        }
    }
}

/// The list, in its order.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ReadingListJson {
    items: Vec<ChosenJson>,
    next: Option<String>,
}

/// A post-mortem to be put on the list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ChosenBody {
    /// Its number, its id or its address.
    postmortem: String,
    /// What to ask oneself while reading it.
    question: String,
}

/// A question to be changed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct QuestionBody {
    /// What to ask oneself while reading it.
    question: String,
}

/// Lists the post-mortems that were chosen for people who are new, in their order.
#[utoipa::path(get, path = "/api/v1/reading-list", responses((status = 200, body = ReadingListJson)))]
pub(in crate::web) async fn list_reading(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let chosen = blocking::read(&state, visitor, move |store, signed| {
        Ok(reading_list::list(store, &signed.ctx)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(ReadingListJson {
        items: chosen.iter().map(Into::into).collect(),
        next: None,
    }))
}

/// Puts a finished post-mortem at the end of the list.
#[utoipa::path(post, path = "/api/v1/reading-list", request_body = ChosenBody,
    responses((status = 201, body = ChosenJson), (status = 403, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn create_chosen(
    state: Data<State>,
    visitor: Visitor,
    body: Json<ChosenBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let chosen = blocking::write(&state, visitor, move |store, signed| {
        let input = ChosenInput {
            postmortem: body.postmortem,
            question: body.question,
        };
        Ok(reading_list::add(store, &signed.ctx, &input)?)
    })
    .await?;
    Ok(HttpResponse::Created()
        .insert_header(("location", format!("/api/v1/reading-list/{}", chosen.id)))
        .insert_header(etag(chosen.version))
        .json(ChosenJson::from(&chosen)))
}

/// Changes a question over the version named by `If-Match`.
#[utoipa::path(put, path = "/api/v1/reading-list/{chosen}", params(("chosen" = String, Path), ("If-Match" = String, Header)),
    request_body = QuestionBody,
    responses((status = 200, body = ChosenJson), (status = 404, body = ProblemJson), (status = 412, body = ProblemJson), (status = 422, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn update_chosen(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<QuestionBody>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let Json(body) = body;
    let chosen = blocking::write(&state, visitor, move |store, signed| {
        let input = ChosenInput {
            question: body.question,
            ..ChosenInput::default()
        };
        let id = chosen_id(&path)?;
        Ok(reading_list::change(
            store,
            &signed.ctx,
            id,
            &input,
            expected,
        )?)
    })
    .await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(chosen.version))
        .json(ChosenJson::from(&chosen)))
}

/// Takes a post-mortem off the list, in the version named by `If-Match`.
#[utoipa::path(delete, path = "/api/v1/reading-list/{chosen}", params(("chosen" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = 404, body = ProblemJson), (status = 412, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn delete_chosen(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    expected: IfMatch,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    blocking::write(&state, visitor, move |store, signed| {
        let id = chosen_id(&path)?;
        Ok(reading_list::remove(store, &signed.ctx, id, expected)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Moves an entry within the list.
#[utoipa::path(put, path = "/api/v1/reading-list/{chosen}/place", params(("chosen" = String, Path)),
    request_body = PlaceBody,
    responses((status = 204), (status = 404, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn place_chosen(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<PlaceBody>,
) -> Result<HttpResponse, ApiError> {
    let to = body.0.read()?;
    blocking::write(&state, visitor, move |store, signed| {
        let id = chosen_id(&path)?;
        Ok(reading_list::place(store, &signed.ctx, id, to)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

fn chosen_id(text: &str) -> Result<ChosenId, Problem> {
    ChosenId::parse(text).ok_or_else(Problem::not_found)
}
