//! The gate over the API: preview, review, approval, publish, withdraw.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::Ctx;
use crate::app::publication::{self, PublishError};
use crate::domain::ids::PostMortemId;
use crate::domain::publication::{Check, ready};
use crate::store::Store;
use crate::web::address::find;
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// One row of the gate.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct CheckJson {
    code: String,
    /// `required` or `advice`.
    level: String,
    met: bool,
    /// What is there, or what is missing and why it matters.
    message: String,
    /// The place in the editor where it is mended, as a fragment.
    target: String,
}

impl From<&Check> for CheckJson {
    fn from(check: &Check) -> Self {
        Self {
            code: check.code.as_code().to_owned(),
            level: check.level.as_code().to_owned(),
            met: check.met,
            message: check.message.clone(),
            target: check.target.clone(),
        }
    }
}

/// The gate's judgement.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct PublicationJson {
    /// Whether nothing required is open.
    ready: bool,
    /// Where the post-mortem stands.
    status: String,
    checks: Vec<CheckJson>,
}

fn judgement(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
) -> Result<PublicationJson, crate::web::problem::Problem> {
    let (postmortem, checks) = publication::preview(store, ctx, id)?;
    Ok(PublicationJson {
        ready: ready(&checks),
        status: postmortem.facts.status.as_code().to_owned(),
        checks: checks.iter().map(Into::into).collect(),
    })
}

/// Reads every check, as the gate would judge now.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/publication", params(("id" = String, Path)),
    responses((status = 200, body = PublicationJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_publication(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let json = blocking::read(&state, visitor, move |store, signed| {
        judgement(store, &signed.ctx, find(store, &signed.ctx, &path)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(json))
}

/// Publishes; 422 with every check if a required one is open.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/publication", params(("id" = String, Path)),
    responses((status = 200, body = PublicationJson), (status = 422, body = ProblemJson), (status = 403, body = ProblemJson)))]
pub(in crate::web) async fn publish_postmortem(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    change(state, path, visitor, |store, ctx, id| {
        publication::publish(store, ctx, id).map(|_| ())
    })
    .await
}

/// Withdraws a published post-mortem.
#[utoipa::path(delete, path = "/api/v1/postmortems/{id}/publication", params(("id" = String, Path)),
    responses((status = 200, body = PublicationJson), (status = 409, body = ProblemJson)))]
pub(in crate::web) async fn withdraw_postmortem(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    change(state, path, visitor, |store, ctx, id| {
        publication::withdraw(store, ctx, id).map(|_| ())
    })
    .await
}

/// Approves as the second reader.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/approval", params(("id" = String, Path)),
    responses((status = 200, body = PublicationJson), (status = 403, body = ProblemJson)))]
pub(in crate::web) async fn approve_postmortem(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    change(state, path, visitor, |store, ctx, id| {
        publication::approve(store, ctx, id).map(|_| ())
    })
    .await
}

/// Takes one's own approval back.
#[utoipa::path(delete, path = "/api/v1/postmortems/{id}/approval", params(("id" = String, Path)),
    responses((status = 200, body = PublicationJson), (status = 409, body = ProblemJson)))]
pub(in crate::web) async fn unapprove_postmortem(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    change(state, path, visitor, publication::take_back_approval).await
}

/// Opens the review: the first story is sealed.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/review", params(("id" = String, Path)),
    responses((status = 200, body = PublicationJson), (status = 409, body = ProblemJson)))]
pub(in crate::web) async fn open_review(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    change(state, path, visitor, |store, ctx, id| {
        publication::open_review(store, ctx, id).map(|_| ())
    })
    .await
}

/// Confirms who may read it and what it will not be used for.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/readers", params(("id" = String, Path)),
    responses((status = 200, body = PublicationJson), (status = 403, body = ProblemJson)))]
pub(in crate::web) async fn confirm_readers(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    change(state, path, visitor, |store, ctx, id| {
        publication::confirm_readers(store, ctx, id).map(|_| ())
    })
    .await
}

async fn change(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    use_case: fn(&Store, &Ctx, PostMortemId) -> Result<(), PublishError>,
) -> Result<HttpResponse, ApiError> {
    let json = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        use_case(store, &signed.ctx, id)?;
        judgement(store, &signed.ctx, id)
    })
    .await?;
    Ok(HttpResponse::Ok().json(json))
}
