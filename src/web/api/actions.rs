//! Ideas and commitments over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::place::PlaceBody;
use crate::app::actions::{self, ActionInput, StateInput};
use crate::domain::actions::{Action, Reversibility, Strength};
use crate::domain::ids::ActionId;
use crate::web::address::{find, part};
use crate::web::body::{IfMatch, Json, etag};
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// An idea or a commitment.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ActionJson {
    id: String,
    title: String,
    /// `idea` or `commitment`.
    kind: String,
    /// The id of the factor statement it addresses.
    factor_statement: Option<String>,
    /// `remove`, `design`, `barrier`, `signal`, `guidance` or `training`.
    strength: Option<String>,
    /// A team or role; never a person.
    owner: Option<String>,
    due_on: Option<NaiveDate>,
    known_by: String,
    reach: String,
    /// `easy`, `costly` or `one-way`.
    reversibility: Option<String>,
    expires_on: Option<NaiveDate>,
    /// `open`, `done`, `declined`, `accepted` or `handed-over`.
    state: String,
    /// Why it was declined or accepted.
    reason: String,
    /// Where it lives on.
    tracker: Option<String>,
    version: i32,
}

impl From<&Action> for ActionJson {
    fn from(action: &Action) -> Self {
        Self {
            id: action.id.to_string(),
            title: action.title.as_str().to_owned(),
            kind: action.kind.as_code().to_owned(),
            factor_statement: action.statement.map(|id| id.to_string()),
            strength: action.strength.map(Strength::as_code).map(str::to_owned),
            owner: action.owner.as_ref().map(|owner| owner.as_str().to_owned()),
            due_on: action.due_on,
            known_by: action.known_by.as_str().to_owned(),
            reach: action.reach.as_str().to_owned(),
            reversibility: action
                .reversibility
                .map(Reversibility::as_code)
                .map(str::to_owned),
            expires_on: action.expires_on,
            state: action.state.as_code().to_owned(),
            reason: action.state_reason.as_str().to_owned(),
            tracker: action.tracker.clone(),
            version: action.version.0,
        }
    }
}

/// An action to be added or changed. In a change, what is left out keeps its value; empty text clears it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ActionBody {
    /// What is to be done. Required to add.
    title: Option<String>,
    /// `idea` or `commitment`. Required to add.
    kind: Option<String>,
    /// The id of the factor statement it addresses.
    factor_statement: Option<String>,
    /// `remove`, `design`, `barrier`, `signal`, `guidance` or `training`.
    strength: Option<String>,
    /// A team or role; never a person.
    owner: Option<String>,
    due_on: Option<String>,
    /// How we will know that it worked.
    known_by: Option<String>,
    /// Whom or what it touches.
    reach: Option<String>,
    /// `easy`, `costly` or `one-way`.
    reversibility: Option<String>,
    /// The day on which a new rule ends unless it is kept.
    expires_on: Option<String>,
    /// `open` (the default), `done`, `declined`, `accepted` or `handed-over`.
    state: Option<String>,
    /// Needed to decline and to accept.
    reason: Option<String>,
    /// The address where it lives on; needed to hand it over.
    tracker: Option<String>,
    /// What changed, for the history.
    note: Option<String>,
}

impl ActionBody {
    fn over(self, base: ActionInput) -> ActionInput {
        ActionInput {
            title: self.title.unwrap_or(base.title),
            kind: self.kind.unwrap_or(base.kind),
            factor_statement: self.factor_statement.or(base.factor_statement),
            strength: self.strength.or(base.strength),
            owner: self.owner.or(base.owner),
            due_on: self.due_on.or(base.due_on),
            known_by: self.known_by.or(base.known_by),
            reach: self.reach.or(base.reach),
            reversibility: self.reversibility.or(base.reversibility),
            expires_on: self.expires_on.or(base.expires_on),
            state: StateInput {
                state: self.state.or(base.state.state),
                reason: self.reason.or(base.state.reason),
                tracker: self.tracker.or(base.state.tracker),
            },
            keeps: Vec::new(),
        }
    }
}

/// How an action stands.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct StateBody {
    /// `open`, `done`, `declined`, `accepted` or `handed-over`.
    state: String,
    /// Needed to decline and to accept.
    reason: Option<String>,
    /// The address where it lives on; needed to hand it over.
    tracker: Option<String>,
}

fn answer(action: &Action) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(etag(action.version))
        .json(ActionJson::from(action))
}

/// Adds an idea or a commitment at the end of the list.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/actions", params(("id" = String, Path)), request_body = ActionBody,
    responses((status = 201, body = ActionJson), (status = 403, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn create_action(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<ActionBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let (id, action) = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let input = body.over(ActionInput::default());
        Ok((id, actions::add(store, &signed.ctx, id, &input)?))
    })
    .await?;
    let place = format!("/api/v1/postmortems/{id}/actions/{}", action.id);
    Ok(HttpResponse::Created()
        .insert_header(("location", place))
        .insert_header(etag(action.version))
        .json(ActionJson::from(&action)))
}

/// Reads one action.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/actions/{action}", params(("id" = String, Path), ("action" = String, Path)),
    responses((status = 200, body = ActionJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_action(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let action = blocking::read(&state, visitor, move |store, signed| {
        let (id, action) = part(store, &signed.ctx, &path, ActionId::parse)?;
        Ok(actions::read(store, &signed.ctx, id, action)?)
    })
    .await?;
    Ok(answer(&action))
}

/// Changes an action over the version named by `If-Match`; what is left out keeps its value.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/actions/{action}", params(("id" = String, Path), ("action" = String, Path), ("If-Match" = String, Header)),
    request_body = ActionBody,
    responses((status = 200, body = ActionJson), (status = 412, body = ProblemJson), (status = 422, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn update_action(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<ActionBody>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let Json(mut body) = body;
    let action = blocking::write(&state, visitor, move |store, signed| {
        let (id, action) = part(store, &signed.ctx, &path, ActionId::parse)?;
        let current = actions::read(store, &signed.ctx, id, action)?;
        let note = body.note.take().unwrap_or_default();
        let input = body.over(ActionInput::from(&current));
        Ok(actions::change(
            store,
            &signed.ctx,
            id,
            action,
            &input,
            expected,
            &note,
        )?)
    })
    .await?;
    Ok(answer(&action))
}

/// Changes how an action stands, over the version named by `If-Match`.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/actions/{action}/state", params(("id" = String, Path), ("action" = String, Path), ("If-Match" = String, Header)),
    request_body = StateBody,
    responses((status = 200, body = ActionJson), (status = 412, body = ProblemJson), (status = 422, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn put_action_state(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<StateBody>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let Json(body) = body;
    let action = blocking::write(&state, visitor, move |store, signed| {
        let (id, action) = part(store, &signed.ctx, &path, ActionId::parse)?;
        let input = StateInput {
            state: Some(body.state),
            reason: body.reason,
            tracker: body.tracker,
        };
        Ok(actions::set_state(
            store,
            &signed.ctx,
            id,
            action,
            &input,
            expected,
        )?)
    })
    .await?;
    Ok(answer(&action))
}

/// Removes an action in the version named by `If-Match`. It can be brought back.
#[utoipa::path(delete, path = "/api/v1/postmortems/{id}/actions/{action}", params(("id" = String, Path), ("action" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = 412, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn delete_action(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    blocking::write(&state, visitor, move |store, signed| {
        let (id, action) = part(store, &signed.ctx, &path, ActionId::parse)?;
        Ok(actions::remove(store, &signed.ctx, id, action, expected)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Brings a removed action back.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/actions/{action}/restoration", params(("id" = String, Path), ("action" = String, Path)),
    responses((status = 200, body = ActionJson), (status = 409, body = ProblemJson)))]
pub(in crate::web) async fn restore_action(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let action = blocking::write(&state, visitor, move |store, signed| {
        let (id, action) = part(store, &signed.ctx, &path, ActionId::parse)?;
        Ok(actions::restore(store, &signed.ctx, id, action)?)
    })
    .await?;
    Ok(answer(&action))
}

/// Moves an action within the list.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/actions/{action}/place", params(("id" = String, Path), ("action" = String, Path)),
    request_body = PlaceBody, responses((status = 204), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn place_action(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    body: Json<PlaceBody>,
) -> Result<HttpResponse, ApiError> {
    let to = body.0.read()?;
    blocking::write(&state, visitor, move |store, signed| {
        let (id, action) = part(store, &signed.ctx, &path, ActionId::parse)?;
        Ok(actions::place(store, &signed.ctx, id, action, to)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
