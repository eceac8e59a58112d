//! The fix ledger of a recurring cause and the decisions about it, over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::causes::cause_id;
use crate::app::fixes::{self, DecisionInput, FixInput};
use crate::domain::causes::{CauseDecision, Fix};
use crate::domain::ids::FixId;
use crate::web::body::{IfMatch, Json, etag};
use crate::web::problem::{ApiError, Problem, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// One line of the fix ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct FixJson {
    id: String,
    /// What was tried.
    tried: String,
    tried_on: Option<NaiveDate>,
    /// `remove`, `design`, `barrier`, `signal`, `guidance` or `training`.
    strength: Option<String>,
    /// What happened after.
    outcome: String,
    version: i32,
}

/// A line of the fix ledger to be added or changed. In a change, what is left out keeps its value; empty text clears it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct FixBody {
    /// What was tried. Required to add.
    tried: Option<String>,
    /// `YYYY-MM-DD`.
    tried_on: Option<String>,
    strength: Option<String>,
    outcome: Option<String>,
}

/// A decision about a cause.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct DecisionJson {
    id: String,
    /// `watch`, `invest` or `accept`.
    decision: String,
    reason: String,
    relook_on: Option<NaiveDate>,
    decided_at: DateTime<Utc>,
}

/// A decision to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct DecisionBody {
    /// `watch`, `invest` or `accept`.
    decision: String,
    #[serde(default)]
    reason: String,
    /// The day to look again, `YYYY-MM-DD`; needed for `watch` and `accept`.
    relook_on: Option<String>,
}

impl From<&Fix> for FixJson {
    fn from(fix: &Fix) -> Self {
        Self {
            id: fix.id.to_string(),
            tried: fix.tried.as_str().to_owned(),
            tried_on: fix.tried_on,
            strength: fix.strength.map(|strength| strength.as_code().to_owned()),
            outcome: fix.outcome.as_str().to_owned(),
            version: fix.version.0,
        }
    }
}

impl From<&CauseDecision> for DecisionJson {
    fn from(decision: &CauseDecision) -> Self {
        Self {
            id: decision.id.to_string(),
            decision: decision.decision.as_code().to_owned(),
            reason: decision.reason.as_str().to_owned(),
            relook_on: decision.relook_on,
            decided_at: decision.decided_at,
        }
    }
}

impl FixBody {
    fn input(&self) -> FixInput<'_> {
        FixInput {
            tried: self.tried.as_deref().unwrap_or_default(),
            tried_on: self.tried_on.as_deref(),
            strength: self.strength.as_deref(),
            outcome: self.outcome.as_deref(),
        }
    }

    /// What was sent, over what stands.
    fn over(self, fix: &Fix) -> Self {
        Self {
            tried: self.tried.or_else(|| Some(fix.tried.as_str().to_owned())),
            tried_on: self
                .tried_on
                .or_else(|| fix.tried_on.map(|day| day.to_string())),
            strength: self
                .strength
                .or_else(|| fix.strength.map(|strength| strength.as_code().to_owned())),
            outcome: self
                .outcome
                .or_else(|| Some(fix.outcome.as_str().to_owned())),
        }
    }
}

fn fix_id(text: &str) -> Result<FixId, Problem> {
    FixId::parse(text).ok_or_else(Problem::not_found)
}

/// Writes down what was tried about a cause.
#[utoipa::path(post, path = "/api/v1/causes/{id}/fixes", params(("id" = String, Path)), request_body = FixBody,
    responses((status = 201, body = FixJson), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn create_fix(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<FixBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let (id, fix) = blocking::write(&state, visitor, move |store, signed| {
        let id = cause_id(&path)?;
        Ok((id, fixes::add(store, &signed.ctx, id, body.input())?))
    })
    .await?;
    Ok(HttpResponse::Created()
        .insert_header(("location", format!("/api/v1/causes/{id}/fixes/{}", fix.id)))
        .insert_header(etag(fix.version))
        .json(FixJson::from(&fix)))
}

/// Changes a line of the ledger over the version named by `If-Match`; what is left out keeps its value.
#[utoipa::path(put, path = "/api/v1/causes/{id}/fixes/{fix}", params(("id" = String, Path), ("fix" = String, Path), ("If-Match" = String, Header)), request_body = FixBody,
    responses((status = 200, body = FixJson), (status = 412, body = ProblemJson), (status = 422, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn update_fix(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<FixBody>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let ((id, fix), Json(body)) = (path.into_inner(), body);
    let fix = blocking::write(&state, visitor, move |store, signed| {
        let (id, fix) = (cause_id(&id)?, fix_id(&fix)?);
        let body = body.over(&fixes::read(store, &signed.ctx, id, fix)?);
        Ok(fixes::change(
            store,
            &signed.ctx,
            id,
            fix,
            body.input(),
            expected,
        )?)
    })
    .await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(fix.version))
        .json(FixJson::from(&fix)))
}

/// Takes a line out of the ledger, in the version named by `If-Match`. The history keeps it.
#[utoipa::path(delete, path = "/api/v1/causes/{id}/fixes/{fix}", params(("id" = String, Path), ("fix" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = 412, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn delete_fix(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let (id, fix) = path.into_inner();
    blocking::write(&state, visitor, move |store, signed| {
        Ok(fixes::remove(
            store,
            &signed.ctx,
            cause_id(&id)?,
            fix_id(&fix)?,
            expected,
        )?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Decides about a cause. Decisions are kept for ever; the newest holds.
#[utoipa::path(post, path = "/api/v1/causes/{id}/decisions", params(("id" = String, Path)), request_body = DecisionBody,
    responses((status = 201, body = DecisionJson), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn create_decision(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<DecisionBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let (id, decision) = blocking::write(&state, visitor, move |store, signed| {
        let id = cause_id(&path)?;
        let input = DecisionInput {
            decision: &body.decision,
            reason: &body.reason,
            relook_on: body.relook_on.as_deref(),
        };
        Ok((id, fixes::decide(store, &signed.ctx, id, input)?))
    })
    .await?;
    Ok(HttpResponse::Created()
        .insert_header(("location", format!("/api/v1/causes/{id}")))
        .json(DecisionJson::from(&decision)))
}
