//! What was said before in other words, over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cause_links::PlacedJson;
use super::causes::statement_id;
use crate::app::similar::{self, Draft, SimilarPostMortem, SimilarStatement, USUAL};
use crate::web::address::find;
use crate::web::body::{Json, Query};
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// How many are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct SimilarParams {
    /// 1 to 50; 3 if left out.
    limit: Option<usize>,
}

/// A statement that is being written.
#[derive(Debug, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct DraftParams {
    /// Its words.
    text: String,
    /// A factor's id or name.
    factor: Option<String>,
    /// What it points at.
    component: Option<String>,
    /// The post-mortem in which it is written; its other statements are not offered.
    postmortem: Option<String>,
    /// 1 to 50; 3 if left out.
    limit: Option<usize>,
}

/// A post-mortem of which there is only a title.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct TitleParams {
    /// Its words.
    title: String,
    /// 1 to 50; 3 if left out.
    limit: Option<usize>,
}

/// An earlier statement, and why it is shown.
#[derive(Debug, Serialize, ToSchema)]
struct SimilarStatementJson {
    #[serde(flatten)]
    statement: PlacedJson,
    /// What it shares, each a few words.
    reasons: Vec<String>,
    /// The recurring causes that it is linked to, as far as one may know of them.
    causes: Vec<CauseRef>,
}

/// A recurring cause by its words.
#[derive(Debug, Serialize, ToSchema)]
struct CauseRef {
    id: String,
    /// The condition in one plain sentence.
    statement: String,
}

/// Earlier statements, most similar first.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct SimilarStatementsJson {
    items: Vec<SimilarStatementJson>,
    next: Option<String>,
}

/// A post-mortem, and why it is shown.
#[derive(Debug, Serialize, ToSchema)]
struct SimilarPostMortemJson {
    id: String,
    number: Option<String>,
    title: String,
    source: Option<String>,
    status: String,
    filed_on: chrono::NaiveDate,
    /// What it shares, each a few words.
    reasons: Vec<String>,
}

/// Post-mortems, most similar first.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct SimilarPostMortemsJson {
    items: Vec<SimilarPostMortemJson>,
    next: Option<String>,
}

impl From<&SimilarStatement> for SimilarStatementJson {
    fn from(similar: &SimilarStatement) -> Self {
        Self {
            statement: (&similar.statement).into(),
            reasons: similar.reasons.iter().map(ToString::to_string).collect(),
            causes: similar
                .causes
                .iter()
                .map(|(id, words)| CauseRef {
                    id: id.to_string(),
                    statement: words.as_str().to_owned(),
                })
                .collect(),
        }
    }
}

impl From<&SimilarPostMortem> for SimilarPostMortemJson {
    fn from(similar: &SimilarPostMortem) -> Self {
        let facts = &similar.facts;
        Self {
            id: facts.id.to_string(),
            number: facts.number.map(|number| number.to_string()),
            title: facts.title.as_str().to_owned(),
            source: facts.source.clone(),
            status: facts.status.as_code().to_owned(),
            filed_on: facts.filed_on,
            reasons: similar.reasons.iter().map(ToString::to_string).collect(),
        }
    }
}

fn statements(found: &[SimilarStatement]) -> HttpResponse {
    HttpResponse::Ok().json(SimilarStatementsJson {
        items: found.iter().map(Into::into).collect(),
        next: None,
    })
}

fn postmortems(found: &[SimilarPostMortem]) -> HttpResponse {
    HttpResponse::Ok().json(SimilarPostMortemsJson {
        items: found.iter().map(Into::into).collect(),
        next: None,
    })
}

/// Finds earlier statements like one that is being written.
#[utoipa::path(get, path = "/api/v1/factors/similar", params(DraftParams), responses((status = 200, body = SimilarStatementsJson)))]
pub(in crate::web) async fn similar_to_draft(
    state: Data<State>,
    query: Query<DraftParams>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    similar_to(&state, visitor, query.0).await
}

/// Finds earlier statements like one that is being written, without its words in an address: those stand in the logs of
/// proxies. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/factors/similar", request_body = DraftParams,
    responses((status = 200, body = SimilarStatementsJson), (status = 401, body = ProblemJson)))]
pub(in crate::web) async fn similar_to_text(
    state: Data<State>,
    visitor: Visitor,
    body: Json<DraftParams>,
) -> Result<HttpResponse, ApiError> {
    // It changes nothing, so it needs no proof that one of our pages asks.
    similar_to(&state, visitor, body.0).await
}

async fn similar_to(
    state: &Data<State>,
    visitor: Visitor,
    asked: DraftParams,
) -> Result<HttpResponse, ApiError> {
    let found = blocking::long_read(state, visitor, move |store, signed| {
        let postmortem = asked.postmortem.as_deref();
        let draft = Draft {
            text: &asked.text,
            factor: asked.factor.as_deref(),
            component: asked.component.as_deref(),
            postmortem: postmortem
                .map(|id| find(store, &signed.ctx, id))
                .transpose()?,
        };
        let most = asked.limit.unwrap_or(USUAL);
        Ok(similar::to_draft(store, &signed.ctx, draft, most)?)
    })
    .await?;
    Ok(statements(&found))
}

/// Finds post-mortems like one of which there is only a title, without its words in an address. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/postmortems/similar", request_body = TitleParams,
    responses((status = 200, body = SimilarPostMortemsJson), (status = 401, body = ProblemJson)))]
pub(in crate::web) async fn similar_to_title(
    state: Data<State>,
    visitor: Visitor,
    body: Json<TitleParams>,
) -> Result<HttpResponse, ApiError> {
    let Json(asked) = body;
    // It changes nothing, so it needs no proof that one of our pages asks.
    let found = blocking::long_read(&state, visitor, move |store, signed| {
        let most = asked.limit.unwrap_or(USUAL);
        Ok(similar::to_title(store, &signed.ctx, &asked.title, most)?)
    })
    .await?;
    Ok(postmortems(&found))
}

/// Finds earlier statements like one that is there.
#[utoipa::path(get, path = "/api/v1/factors/{id}/similar", params(("id" = String, Path), SimilarParams),
    responses((status = 200, body = SimilarStatementsJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn similar_to_factor(
    state: Data<State>,
    path: Path<String>,
    query: Query<SimilarParams>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let most = query.0.limit.unwrap_or(USUAL);
    let around = blocking::long_read(&state, visitor, move |store, signed| {
        Ok(similar::to_statement(
            store,
            &signed.ctx,
            statement_id(&path)?,
            most,
        )?)
    })
    .await?;
    Ok(statements(&around.similar))
}

/// Finds post-mortems that tell a like story.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/similar", params(("id" = String, Path), SimilarParams),
    responses((status = 200, body = SimilarPostMortemsJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn similar_to_postmortem(
    state: Data<State>,
    path: Path<String>,
    query: Query<SimilarParams>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let most = query.0.limit.unwrap_or(USUAL);
    let found = blocking::long_read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Ok(similar::to_postmortem(store, &signed.ctx, id, most)?)
    })
    .await?;
    Ok(postmortems(&found))
}
