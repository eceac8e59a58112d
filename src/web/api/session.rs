//! Who is signed in: a page that stayed open longer than its session asks before it sends anything.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// Who acts.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct SessionJson {
    /// The person's id.
    person: String,
    /// How they are called; empty for a token.
    name: String,
    /// What changes send as `X-Form-Token` when they come with the cookie; empty for a token, which needs none.
    form_token: String,
}

/// Tells who is signed in.
#[utoipa::path(get, path = "/api/v1/session",
    responses((status = 200, body = SessionJson), (status = 401, body = ProblemJson)))]
pub(in crate::web) async fn get_session(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let json = blocking::read(&state, visitor, |_, signed| {
        Ok(SessionJson {
            person: signed.ctx.actor.person.to_string(),
            name: signed.name.clone(),
            form_token: signed.form_token.clone(),
        })
    })
    .await?;
    Ok(HttpResponse::Ok().json(json))
}
