//! Factor statements over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::place::PlaceBody;
use crate::app::factors::{self, ScaleInput, StatementInput, evidence_text};
use crate::domain::factors::{Scale, Statement};
use crate::domain::ids::StatementId;
use crate::web::address::{find, part};
use crate::web::body::{IfMatch, Json, etag};
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A factor statement.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct StatementJson {
    id: String,
    /// The finding, in plain words.
    statement: String,
    /// The factor's id; `null` is uncoded.
    factor: Option<String>,
    /// The version of the taxonomy it was coded with.
    taxonomy_version: String,
    /// `contributing`, `weakened-response`, `mitigating`, `luck` or `considered`.
    role: String,
    /// `shown` or `inferred`.
    confidence: String,
    component: Option<String>,
    /// `computer`, `people` or `both`, where it differs from the post-mortem's.
    system: Option<String>,
    without_this: String,
    scale: Option<ScaleJson>,
    /// Ids of events, web addresses, and `account of ROLE`.
    evidence: Vec<String>,
    version: i32,
}

/// A quantity that an arrangement was made for, and what became of it. Values as written.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ScaleJson {
    quantity: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    made_for: String,
    #[serde(default)]
    failed_at: String,
    #[serde(default)]
    now: String,
}

impl From<&Scale> for ScaleJson {
    fn from(scale: &Scale) -> Self {
        let ScaleInput {
            quantity,
            unit,
            made_for,
            failed_at,
            now,
        } = scale.into();
        Self {
            quantity,
            unit,
            made_for,
            failed_at,
            now,
        }
    }
}

impl From<ScaleJson> for ScaleInput {
    fn from(json: ScaleJson) -> Self {
        Self {
            quantity: json.quantity,
            unit: json.unit,
            made_for: json.made_for,
            failed_at: json.failed_at,
            now: json.now,
        }
    }
}

impl From<&Statement> for StatementJson {
    fn from(statement: &Statement) -> Self {
        Self {
            id: statement.id.to_string(),
            statement: statement.text.as_str().to_owned(),
            factor: statement.factor.as_ref().map(|id| id.as_str().to_owned()),
            taxonomy_version: statement.taxonomy_version.clone(),
            role: statement.role.as_code().to_owned(),
            confidence: statement.confidence.as_code().to_owned(),
            component: statement
                .component
                .as_ref()
                .map(|component| component.name.as_str().to_owned()),
            system: statement.system.map(|system| system.as_code().to_owned()),
            without_this: statement.without_this.as_str().to_owned(),
            scale: statement.scale.as_ref().map(ScaleJson::from),
            evidence: statement.evidence.iter().map(evidence_text).collect(),
            version: statement.version.0,
        }
    }
}

/// A factor statement to be added or changed. In a change, what is left out keeps its value; empty text clears it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct StatementBody {
    /// The finding, in plain words. Required to add.
    statement: Option<String>,
    /// A factor's id or name; empty or `uncoded` for none.
    factor: Option<String>,
    /// `contributing`, `weakened-response`, `mitigating`, `luck` or `considered`. Required to add.
    role: Option<String>,
    /// `shown` (the default) or `inferred`.
    confidence: Option<String>,
    /// A service, interface, process, policy, hand-off, vendor, meeting, team or role; never a person.
    component: Option<String>,
    system: Option<String>,
    without_this: Option<String>,
    scale: Option<ScaleJson>,
    /// Ids of events of this post-mortem, web addresses, or `account of ROLE`.
    evidence: Option<Vec<String>>,
    /// What changed, for the history.
    note: Option<String>,
}

impl StatementBody {
    fn over(self, base: StatementInput) -> StatementInput {
        StatementInput {
            statement: self.statement.unwrap_or(base.statement),
            factor: self.factor.or(base.factor),
            role: self.role.unwrap_or(base.role),
            confidence: self.confidence.or(base.confidence),
            component: self.component.or(base.component),
            system: self.system.or(base.system),
            without_this: self.without_this.or(base.without_this),
            scale: self.scale.map(ScaleInput::from).or(base.scale),
            evidence: self.evidence.unwrap_or(base.evidence),
            keeps: Vec::new(),
        }
    }
}

fn answer(statement: &Statement) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(etag(statement.version))
        .json(StatementJson::from(statement))
}

/// Adds a factor statement at the end of the list.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/factors", params(("id" = String, Path)), request_body = StatementBody,
    responses((status = 201, body = StatementJson), (status = 403, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn create_factor(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<StatementBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let (id, statement) = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let input = body.over(StatementInput::default());
        Ok((id, factors::add(store, &signed.ctx, id, &input)?))
    })
    .await?;
    let place = format!("/api/v1/postmortems/{id}/factors/{}", statement.id);
    Ok(HttpResponse::Created()
        .insert_header(("location", place))
        .insert_header(etag(statement.version))
        .json(StatementJson::from(&statement)))
}

/// Reads one factor statement.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/factors/{statement}", params(("id" = String, Path), ("statement" = String, Path)),
    responses((status = 200, body = StatementJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_factor(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let statement = blocking::read(&state, visitor, move |store, signed| {
        let (id, statement) = part(store, &signed.ctx, &path, StatementId::parse)?;
        Ok(factors::read(store, &signed.ctx, id, statement)?)
    })
    .await?;
    Ok(answer(&statement))
}

/// Changes a factor statement over the version named by `If-Match`; what is left out keeps its value.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/factors/{statement}", params(("id" = String, Path), ("statement" = String, Path), ("If-Match" = String, Header)),
    request_body = StatementBody,
    responses((status = 200, body = StatementJson), (status = 412, body = ProblemJson), (status = 422, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn update_factor(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<StatementBody>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let Json(mut body) = body;
    let statement = blocking::write(&state, visitor, move |store, signed| {
        let (id, statement) = part(store, &signed.ctx, &path, StatementId::parse)?;
        let current = factors::read(store, &signed.ctx, id, statement)?;
        let note = body.note.take().unwrap_or_default();
        let input = body.over(StatementInput::from(&current));
        Ok(factors::change(
            store,
            &signed.ctx,
            id,
            statement,
            &input,
            expected,
            &note,
        )?)
    })
    .await?;
    Ok(answer(&statement))
}

/// Removes a factor statement in the version named by `If-Match`. It can be brought back.
#[utoipa::path(delete, path = "/api/v1/postmortems/{id}/factors/{statement}", params(("id" = String, Path), ("statement" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = 409, body = ProblemJson), (status = 412, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn delete_factor(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    blocking::write(&state, visitor, move |store, signed| {
        let (id, statement) = part(store, &signed.ctx, &path, StatementId::parse)?;
        Ok(factors::remove(
            store,
            &signed.ctx,
            id,
            statement,
            expected,
        )?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Brings a removed factor statement back, with its evidence and the actions that addressed it.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/factors/{statement}/restoration", params(("id" = String, Path), ("statement" = String, Path)),
    responses((status = 200, body = StatementJson), (status = 409, body = ProblemJson)))]
pub(in crate::web) async fn restore_factor(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let statement = blocking::write(&state, visitor, move |store, signed| {
        let (id, statement) = part(store, &signed.ctx, &path, StatementId::parse)?;
        Ok(factors::restore(store, &signed.ctx, id, statement)?)
    })
    .await?;
    Ok(answer(&statement))
}

/// Moves a factor statement within the list.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/factors/{statement}/place", params(("id" = String, Path), ("statement" = String, Path)),
    request_body = PlaceBody, responses((status = 204), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn place_factor(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    body: Json<PlaceBody>,
) -> Result<HttpResponse, ApiError> {
    let to = body.0.read()?;
    blocking::write(&state, visitor, move |store, signed| {
        let (id, statement) = part(store, &signed.ctx, &path, StatementId::parse)?;
        Ok(factors::place(store, &signed.ctx, id, statement, to)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
