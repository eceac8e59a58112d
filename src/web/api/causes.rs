//! Recurring causes over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::action_list::PostMortemRef;
use super::cause_links::CauseLinkJson;
use super::fixes::{DecisionJson, FixJson};
use crate::app::causes::{self, CauseInput};
use crate::domain::causes::{Cause, CauseSummary};
use crate::domain::ids::{CauseId, StatementId};
use crate::web::address::find;
use crate::web::body::{IfMatch, Json, etag};
use crate::web::problem::{ApiError, Problem, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A recurring cause, as far as one may read.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct CauseJson {
    id: String,
    /// The condition in one plain sentence.
    statement: String,
    /// Markdown.
    description: String,
    /// The description as safe HTML.
    html: String,
    /// The post-mortem whose readers may read these words.
    home: PostMortemRef,
    /// The statements linked to it that one may read, in the order of their days.
    links: Vec<CauseLinkJson>,
    /// Links that were taken back and can be made again.
    taken_back: Vec<CauseLinkJson>,
    /// In how many post-mortems it shows, year by year.
    years: Vec<YearJson>,
    /// What was tried.
    fixes: Vec<FixJson>,
    /// What was decided, newest first; the newest holds.
    decisions: Vec<DecisionJson>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    /// Counts changes of statement and description. The `ETag` in quotes.
    version: i32,
}

/// In how many post-mortems a cause shows in a year.
#[derive(Debug, Serialize, ToSchema)]
struct YearJson {
    year: i32,
    postmortems: usize,
}

/// A cause as a line of a list. Every count is over what one may read.
#[derive(Debug, Serialize, ToSchema)]
struct CauseSummaryJson {
    id: String,
    statement: String,
    statements: usize,
    postmortems: usize,
    first_seen_on: Option<NaiveDate>,
    last_seen_on: Option<NaiveDate>,
    fixes: usize,
    /// `watch`, `invest` or `accept`; `null` if nothing was decided.
    decision: Option<String>,
    relook_on: Option<NaiveDate>,
}

/// The causes that one may know of.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct CausesJson {
    items: Vec<CauseSummaryJson>,
    next: Option<String>,
}

/// A cause to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct NewCauseBody {
    /// The condition in one plain sentence.
    statement: String,
    /// Markdown.
    #[serde(default)]
    description: String,
    /// The id of the factor statement in which it was first seen.
    factor_statement: String,
}

/// The words of a cause; what is left out keeps its value.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct CauseBody {
    statement: Option<String>,
    /// Markdown.
    description: Option<String>,
}

/// Whose readers may read the words of a cause from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ReadersBody {
    /// A post-mortem in which the cause shows: its id or number.
    postmortem: String,
}

impl From<&Cause> for CauseJson {
    fn from(cause: &Cause) -> Self {
        let years = cause.years().into_iter();
        Self {
            id: cause.id.to_string(),
            statement: cause.statement.as_str().to_owned(),
            description: cause.description.as_str().to_owned(),
            html: cause.description_html.clone(),
            home: PostMortemRef {
                id: cause.home.postmortem.to_string(),
                number: cause.home.number.map(|number| number.to_string()),
                title: cause.home.title.as_str().to_owned(),
            },
            links: cause.links.iter().map(Into::into).collect(),
            taken_back: cause.taken_back.iter().map(Into::into).collect(),
            years: years
                .map(|(year, postmortems)| YearJson { year, postmortems })
                .collect(),
            fixes: cause.fixes.iter().map(Into::into).collect(),
            decisions: cause.decisions.iter().map(Into::into).collect(),
            created_at: cause.created_at,
            updated_at: cause.updated_at,
            version: cause.version.0,
        }
    }
}

impl From<&CauseSummary> for CauseSummaryJson {
    fn from(cause: &CauseSummary) -> Self {
        Self {
            id: cause.id.to_string(),
            statement: cause.statement.as_str().to_owned(),
            statements: cause.statements,
            postmortems: cause.postmortems,
            first_seen_on: cause.seen.map(|(first, _)| first),
            last_seen_on: cause.seen.map(|(_, last)| last),
            fixes: cause.fixes,
            decision: cause
                .decision
                .map(|(decision, _)| decision.as_code().to_owned()),
            relook_on: cause.decision.and_then(|(_, relook_on)| relook_on),
        }
    }
}

pub(super) fn cause_id(text: &str) -> Result<CauseId, Problem> {
    CauseId::parse(text).ok_or_else(Problem::not_found)
}

pub(super) fn statement_id(text: &str) -> Result<StatementId, Problem> {
    StatementId::parse(text).ok_or_else(Problem::not_found)
}

fn answer(cause: &Cause) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(etag(cause.version))
        .json(CauseJson::from(cause))
}

/// Lists the causes that one may know of; those seen last come first.
#[utoipa::path(get, path = "/api/v1/causes", responses((status = 200, body = CausesJson)))]
pub(in crate::web) async fn list_causes(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let items = blocking::read(&state, visitor, |store, signed| {
        let found = causes::list(store, &signed.ctx)?;
        Ok(found.iter().map(CauseSummaryJson::from).collect())
    })
    .await?;
    Ok(HttpResponse::Ok().json(CausesJson { items, next: None }))
}

/// Makes a cause from a factor statement, which becomes its first link.
#[utoipa::path(post, path = "/api/v1/causes", request_body = NewCauseBody,
    responses((status = 201, body = CauseJson), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn create_cause(
    state: Data<State>,
    visitor: Visitor,
    body: Json<NewCauseBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let cause = blocking::write(&state, visitor, move |store, signed| {
        let first = statement_id(&body.factor_statement)?;
        let input = CauseInput {
            statement: &body.statement,
            description: &body.description,
        };
        Ok(causes::create(store, &signed.ctx, input, first)?)
    })
    .await?;
    Ok(HttpResponse::Created()
        .insert_header(("location", format!("/api/v1/causes/{}", cause.id)))
        .insert_header(etag(cause.version))
        .json(CauseJson::from(&cause)))
}

/// Reads one cause.
#[utoipa::path(get, path = "/api/v1/causes/{id}", params(("id" = String, Path)),
    responses((status = 200, body = CauseJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_cause(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let cause = blocking::read(&state, visitor, move |store, signed| {
        Ok(causes::read(store, &signed.ctx, cause_id(&path)?)?)
    })
    .await?;
    Ok(answer(&cause))
}

/// Changes the words of a cause over the version named by `If-Match`; what is left out keeps its value.
#[utoipa::path(put, path = "/api/v1/causes/{id}", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = CauseBody,
    responses((status = 200, body = CauseJson), (status = 412, body = ProblemJson), (status = 422, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn update_cause(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<CauseBody>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let Json(body) = body;
    let cause = blocking::write(&state, visitor, move |store, signed| {
        let id = cause_id(&path)?;
        let current = causes::read(store, &signed.ctx, id)?;
        let input = CauseInput {
            statement: body
                .statement
                .as_deref()
                .unwrap_or(current.statement.as_str()),
            description: body
                .description
                .as_deref()
                .unwrap_or(current.description.as_str()),
        };
        Ok(causes::change(store, &signed.ctx, id, input, expected)?)
    })
    .await?;
    Ok(answer(&cause))
}

/// Gives the words of a cause to the readers of another post-mortem in which it shows.
#[utoipa::path(put, path = "/api/v1/causes/{id}/readers", params(("id" = String, Path)), request_body = ReadersBody,
    responses((status = 200, body = CauseJson), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson), (status = 409, body = ProblemJson)))]
pub(in crate::web) async fn put_cause_readers(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<ReadersBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let cause = blocking::write(&state, visitor, move |store, signed| {
        let id = cause_id(&path)?;
        let home = find(store, &signed.ctx, &body.postmortem)?;
        Ok(causes::move_home(store, &signed.ctx, id, home)?)
    })
    .await?;
    Ok(answer(&cause))
}
