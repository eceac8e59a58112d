//! The people of a post-mortem over the API. A membership has no versions: it is put whole.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::postmortems::FactsJson;
use crate::app::members::{self, MemberInput};
use crate::domain::ids::PersonId;
use crate::domain::postmortem::{Approval, Member};
use crate::web::address::find;
use crate::web::body::{IfMatch, Json, etag};
use crate::web::problem::{ApiError, Problem, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// Somebody who is named in a post-mortem, by id and role.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct MemberJson {
    /// The person's id.
    person: String,
    /// The role in which they took part, as it is shown.
    role: Option<String>,
    /// `read` or `write`.
    access: String,
}

impl From<&Member> for MemberJson {
    fn from(member: &Member) -> Self {
        Self {
            person: member.person.to_string(),
            role: member.role.as_ref().map(|role| role.as_str().to_owned()),
            access: member.access.as_code().to_owned(),
        }
    }
}

/// The people of a post-mortem.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct MembersJson {
    items: Vec<MemberJson>,
    next: Option<String>,
}

/// That a second person read and approved.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ApprovalJson {
    /// The person's id.
    person: String,
    at: DateTime<Utc>,
}

impl From<&Approval> for ApprovalJson {
    fn from(approval: &Approval) -> Self {
        Self {
            person: approval.person.to_string(),
            at: approval.at,
        }
    }
}

/// What somebody may do, and in which role they took part.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct MemberBody {
    /// A role; never a name.
    role: Option<String>,
    /// `read` (the default) or `write`.
    access: Option<String>,
}

/// Who is to be the shepherd.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ShepherdBody {
    /// Their id or e-mail address.
    person: String,
}

/// Lists who is named. In a restricted post-mortem these and the shepherd may read it, nobody else.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/members", params(("id" = String, Path)),
    responses((status = 200, body = MembersJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn list_members(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let members = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Ok(members::list(store, &signed.ctx, id)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(MembersJson {
        items: members.iter().map(Into::into).collect(),
        next: None,
    }))
}

/// Names a person (by id or e-mail address), or changes their role and access.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/members/{person}", params(("id" = String, Path), ("person" = String, Path)),
    request_body = MemberBody,
    responses((status = 200, body = MemberJson), (status = 403, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn put_member(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    body: Json<MemberBody>,
) -> Result<HttpResponse, ApiError> {
    let ((id, person), Json(body)) = (path.into_inner(), body);
    let member = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let input = MemberInput {
            person,
            role: body.role,
            access: body.access,
        };
        Ok(members::put(store, &signed.ctx, id, &input)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(MemberJson::from(&member)))
}

/// Takes a person off the list. Everybody may take themselves off.
#[utoipa::path(delete, path = "/api/v1/postmortems/{id}/members/{person}", params(("id" = String, Path), ("person" = String, Path)),
    responses((status = 204), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn delete_member(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let (id, person) = path.into_inner();
    blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let person = PersonId::parse(&person).ok_or_else(Problem::not_found)?;
        Ok(members::remove(store, &signed.ctx, id, person)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Hands the shepherd's role over, over the version of the facts named by `If-Match`.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/shepherd", params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = ShepherdBody,
    responses((status = 200, body = FactsJson), (status = 403, body = ProblemJson), (status = 409, body = ProblemJson), (status = 422, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn put_shepherd(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<ShepherdBody>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let Json(body) = body;
    let facts = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Ok(members::hand_over(
            store,
            &signed.ctx,
            id,
            &body.person,
            expected,
        )?)
    })
    .await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(facts.version))
        .json(FactsJson::from(&facts)))
}
