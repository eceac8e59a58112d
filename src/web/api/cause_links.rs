//! Links from recurring causes to factor statements, over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::action_list::PostMortemRef;
use super::causes::{cause_id, statement_id};
use crate::app::cause_links::{self, LinkInput};
use crate::domain::causes::CauseLink;
use crate::domain::ids::CauseLinkId;
use crate::domain::placed::PlacedStatement;
use crate::web::body::Json;
use crate::web::problem::{ApiError, Problem, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A factor statement and where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct PlacedJson {
    id: String,
    statement: String,
    /// The factor's id; `null` is uncoded.
    factor: Option<String>,
    role: String,
    /// `shown` or `inferred`.
    confidence: String,
    component: Option<String>,
    postmortem: PostMortemRef,
    system: String,
    status: String,
    filed_on: NaiveDate,
}

/// A link to a factor statement.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct CauseLinkJson {
    id: String,
    factor_statement: PlacedJson,
    /// What is the same; empty for the statement from which the cause was made.
    same: String,
    /// What is different.
    different: String,
}

/// A link to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct CauseLinkBody {
    /// The id of the factor statement.
    factor_statement: String,
    /// A sentence.
    #[serde(default)]
    same: String,
    /// A sentence.
    #[serde(default)]
    different: String,
}

impl From<&PlacedStatement> for PlacedJson {
    fn from(placed: &PlacedStatement) -> Self {
        Self {
            id: placed.id.to_string(),
            statement: placed.text.as_str().to_owned(),
            factor: placed.factor.as_ref().map(|id| id.as_str().to_owned()),
            role: placed.role.as_code().to_owned(),
            confidence: placed.confidence.as_code().to_owned(),
            component: placed
                .component
                .as_ref()
                .map(|name| name.as_str().to_owned()),
            postmortem: PostMortemRef {
                id: placed.postmortem.to_string(),
                number: placed.number.map(|number| number.to_string()),
                title: placed.title.as_str().to_owned(),
            },
            system: placed.system.as_code().to_owned(),
            status: placed.status.as_code().to_owned(),
            filed_on: placed.filed_on,
        }
    }
}

impl From<&CauseLink> for CauseLinkJson {
    fn from(link: &CauseLink) -> Self {
        Self {
            id: link.id.to_string(),
            factor_statement: (&link.statement).into(),
            same: link.same.as_str().to_owned(),
            different: link.different.as_str().to_owned(),
        }
    }
}

/// Links a factor statement to a cause, saying what is the same and what is different.
#[utoipa::path(post, path = "/api/v1/causes/{id}/links", params(("id" = String, Path)), request_body = CauseLinkBody,
    responses((status = 201, body = CauseLinkJson), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson), (status = 409, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn create_cause_link(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<CauseLinkBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let (place, json) = blocking::write(&state, visitor, move |store, signed| {
        let id = cause_id(&path)?;
        let input = LinkInput {
            statement: statement_id(&body.factor_statement)?,
            same: &body.same,
            different: &body.different,
        };
        let (cause, link) = cause_links::link(store, &signed.ctx, id, input)?;
        let made = cause.links.iter().find(|known| known.id == link);
        let json = made
            .map(CauseLinkJson::from)
            .ok_or_else(Problem::not_found)?;
        Ok((format!("/api/v1/causes/{id}/links/{link}"), json))
    })
    .await?;
    Ok(HttpResponse::Created()
        .insert_header(("location", place))
        .json(json))
}

/// Takes a link back. It can be made again.
#[utoipa::path(delete, path = "/api/v1/causes/{id}/links/{link}", params(("id" = String, Path), ("link" = String, Path)),
    responses((status = 204), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn delete_cause_link(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let (id, link) = path.into_inner();
    blocking::write(&state, visitor, move |store, signed| {
        let link = CauseLinkId::parse(&link).ok_or_else(Problem::not_found)?;
        cause_links::unlink(store, &signed.ctx, cause_id(&id)?, link)?;
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
