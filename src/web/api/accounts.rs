//! Accounts by role over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::place::PlaceBody;
use crate::app::accounts::{self, AccountInput};
use crate::domain::ids::AccountId;
use crate::domain::sections::Account;
use crate::web::address::{find, part};
use crate::web::body::{IfMatch, Json, etag};
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// What one role saw, and thought was happening.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct AccountJson {
    id: String,
    /// The role that tells it.
    role: String,
    /// Markdown.
    text: String,
    /// The text as safe HTML.
    html: String,
    version: i32,
}

impl From<&Account> for AccountJson {
    fn from(account: &Account) -> Self {
        Self {
            id: account.id.to_string(),
            role: account.role.as_str().to_owned(),
            text: account.text.as_str().to_owned(),
            html: account.html.clone(),
            version: account.version.0,
        }
    }
}

/// An account to be added or changed. In a change, what is left out keeps its value.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct AccountBody {
    /// The role that tells it. Required to add.
    role: Option<String>,
    /// Markdown. Required to add.
    text: Option<String>,
    /// What changed, for the history.
    note: Option<String>,
}

fn answer(account: &Account) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(etag(account.version))
        .json(AccountJson::from(account))
}

/// Adds an account at the end of the list.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/accounts", params(("id" = String, Path)), request_body = AccountBody,
    responses((status = 201, body = AccountJson), (status = 403, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn create_account(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<AccountBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let (id, account) = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let input = AccountInput {
            role: body.role.unwrap_or_default(),
            text: body.text.unwrap_or_default(),
            keeps: Vec::new(),
        };
        Ok((id, accounts::add(store, &signed.ctx, id, &input)?))
    })
    .await?;
    let place = format!("/api/v1/postmortems/{id}/accounts/{}", account.id);
    Ok(HttpResponse::Created()
        .insert_header(("location", place))
        .insert_header(etag(account.version))
        .json(AccountJson::from(&account)))
}

/// Reads one account.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/accounts/{account}", params(("id" = String, Path), ("account" = String, Path)),
    responses((status = 200, body = AccountJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_account(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let account = blocking::read(&state, visitor, move |store, signed| {
        let (id, account) = part(store, &signed.ctx, &path, AccountId::parse)?;
        Ok(accounts::read(store, &signed.ctx, id, account)?)
    })
    .await?;
    Ok(answer(&account))
}

/// Changes an account over the version named by `If-Match`.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/accounts/{account}", params(("id" = String, Path), ("account" = String, Path), ("If-Match" = String, Header)),
    request_body = AccountBody,
    responses((status = 200, body = AccountJson), (status = 412, body = ProblemJson), (status = 422, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn update_account(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<AccountBody>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let Json(body) = body;
    let account = blocking::write(&state, visitor, move |store, signed| {
        let (id, account) = part(store, &signed.ctx, &path, AccountId::parse)?;
        let current = accounts::read(store, &signed.ctx, id, account)?;
        let input = AccountInput {
            role: body
                .role
                .unwrap_or_else(|| current.role.as_str().to_owned()),
            text: body
                .text
                .unwrap_or_else(|| current.text.as_str().to_owned()),
            keeps: Vec::new(),
        };
        let note = body.note.unwrap_or_default();
        Ok(accounts::change(
            store,
            &signed.ctx,
            id,
            account,
            &input,
            expected,
            &note,
        )?)
    })
    .await?;
    Ok(answer(&account))
}

/// Removes an account in the version named by `If-Match`. It can be brought back.
#[utoipa::path(delete, path = "/api/v1/postmortems/{id}/accounts/{account}", params(("id" = String, Path), ("account" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = 412, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn delete_account(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    blocking::write(&state, visitor, move |store, signed| {
        let (id, account) = part(store, &signed.ctx, &path, AccountId::parse)?;
        Ok(accounts::remove(store, &signed.ctx, id, account, expected)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Brings a removed account back.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/accounts/{account}/restoration", params(("id" = String, Path), ("account" = String, Path)),
    responses((status = 200, body = AccountJson), (status = 409, body = ProblemJson)))]
pub(in crate::web) async fn restore_account(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let account = blocking::write(&state, visitor, move |store, signed| {
        let (id, account) = part(store, &signed.ctx, &path, AccountId::parse)?;
        Ok(accounts::restore(store, &signed.ctx, id, account)?)
    })
    .await?;
    Ok(answer(&account))
}

/// Moves an account within the list.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/accounts/{account}/place", params(("id" = String, Path), ("account" = String, Path)),
    request_body = PlaceBody, responses((status = 204), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn place_account(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    body: Json<PlaceBody>,
) -> Result<HttpResponse, ApiError> {
    let to = body.0.read()?;
    blocking::write(&state, visitor, move |store, signed| {
        let (id, account) = part(store, &signed.ctx, &path, AccountId::parse)?;
        Ok(accounts::place(store, &signed.ctx, id, account, to)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
