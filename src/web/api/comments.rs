//! Comments on a post-mortem over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::comments::{self, CommentInput};
use crate::domain::comments::Comment;
use crate::domain::ids::CommentId;
use crate::web::address::{find, part};
use crate::web::body::{IfMatch, Json, etag};
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// What somebody said about a post-mortem, or about a part of it.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct CommentJson {
    id: String,
    /// `section/summary`, `event/<id>`, `account/<id>`, `factor/<id>` or `action/<id>`; empty for the whole.
    about: String,
    /// The name of the one who said it.
    author: String,
    /// Markdown.
    text: String,
    written_at: DateTime<Utc>,
    edited_at: Option<DateTime<Utc>>,
    /// When its thread was resolved; null while it is discussed.
    resolved_at: Option<DateTime<Utc>>,
    version: i32,
}

impl From<&Comment> for CommentJson {
    fn from(comment: &Comment) -> Self {
        Self {
            id: comment.id.to_string(),
            about: comment.about.to_string(),
            author: comment.name.as_str().to_owned(),
            text: comment.text.as_str().to_owned(),
            written_at: comment.written_at,
            edited_at: comment.edited_at,
            resolved_at: comment.resolved_at,
            version: comment.version.0,
        }
    }
}

/// The comments of a post-mortem, in the order in which they were said.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct CommentsJson {
    items: Vec<CommentJson>,
    next: Option<String>,
}

/// A comment to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct CommentBody {
    /// What it is about; the whole if left out.
    #[serde(default)]
    about: String,
    /// Markdown.
    text: String,
}

/// Other words for one's own comment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct CommentTextBody {
    /// Markdown.
    text: String,
}

fn answer(comment: &Comment) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(etag(comment.version))
        .json(CommentJson::from(comment))
}

/// Lists the comments of a post-mortem.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/comments", params(("id" = String, Path)),
    responses((status = 200, body = CommentsJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn list_comments(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let comments = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Ok(comments::list(store, &signed.ctx, id)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(CommentsJson {
        items: comments.iter().map(Into::into).collect(),
        next: None,
    }))
}

/// Says something about a post-mortem that one may read.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/comments", params(("id" = String, Path)), request_body = CommentBody,
    responses((status = 201, body = CommentJson), (status = 404, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn create_comment(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<CommentBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let (id, comment) = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let input = CommentInput {
            about: body.about,
            text: body.text,
        };
        Ok((id, comments::add(store, &signed.ctx, id, &input)?))
    })
    .await?;
    let place = format!("/api/v1/postmortems/{id}/comments/{}", comment.id);
    Ok(HttpResponse::Created()
        .insert_header(("location", place))
        .insert_header(etag(comment.version))
        .json(CommentJson::from(&comment)))
}

/// One comment.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/comments/{comment}", params(("id" = String, Path), ("comment" = String, Path)),
    responses((status = 200, body = CommentJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_comment(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let comment = blocking::read(&state, visitor, move |store, signed| {
        let (id, comment) = part(store, &signed.ctx, &path, CommentId::parse)?;
        Ok(comments::read(store, &signed.ctx, id, comment)?)
    })
    .await?;
    Ok(answer(&comment))
}

/// Changes one's own comment.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/comments/{comment}", params(("id" = String, Path), ("comment" = String, Path), ("If-Match" = String, Header)),
    request_body = CommentTextBody,
    responses((status = 200, body = CommentJson), (status = 403, body = ProblemJson), (status = 412, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn put_comment(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<CommentTextBody>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let Json(body) = body;
    let comment = blocking::write(&state, visitor, move |store, signed| {
        let (id, comment) = part(store, &signed.ctx, &path, CommentId::parse)?;
        Ok(comments::change(
            store,
            &signed.ctx,
            id,
            comment,
            &body.text,
            expected,
        )?)
    })
    .await?;
    Ok(answer(&comment))
}

/// Removes one's own comment. Nothing of its words stays.
#[utoipa::path(delete, path = "/api/v1/postmortems/{id}/comments/{comment}", params(("id" = String, Path), ("comment" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = 403, body = ProblemJson), (status = 412, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn delete_comment(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    blocking::write(&state, visitor, move |store, signed| {
        let (id, comment) = part(store, &signed.ctx, &path, CommentId::parse)?;
        Ok(comments::remove(store, &signed.ctx, id, comment, expected)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Resolves the thread in which a comment stands: for the shepherd, and members who may write.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/comments/{comment}/resolution", params(("id" = String, Path), ("comment" = String, Path)),
    responses((status = 200, body = CommentJson), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn resolve_thread(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    resolution(state, path, visitor, true).await
}

/// Opens a thread again.
#[utoipa::path(delete, path = "/api/v1/postmortems/{id}/comments/{comment}/resolution", params(("id" = String, Path), ("comment" = String, Path)),
    responses((status = 200, body = CommentJson), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn reopen_thread(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    resolution(state, path, visitor, false).await
}

async fn resolution(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    resolved: bool,
) -> Result<HttpResponse, ApiError> {
    let comment = blocking::write(&state, visitor, move |store, signed| {
        let (id, comment) = part(store, &signed.ctx, &path, CommentId::parse)?;
        Ok(comments::resolve(
            store,
            &signed.ctx,
            id,
            comment,
            resolved,
        )?)
    })
    .await?;
    Ok(answer(&comment))
}
