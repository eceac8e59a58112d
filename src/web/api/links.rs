//! Links between post-mortems over the API. A link is added and removed, never changed.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::action_list::PostMortemRef;
use crate::app::links::{self, LinkInput};
use crate::domain::ids::LinkId;
use crate::domain::postmortem::Link;
use crate::web::address::find;
use crate::web::body::Json;
use crate::web::problem::{ApiError, Problem, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A link to another post-mortem.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct LinkJson {
    id: String,
    /// `same-event`, `recurrence`, `follows-from` or `related`.
    relation: String,
    to: PostMortemRef,
}

impl From<&Link> for LinkJson {
    fn from(link: &Link) -> Self {
        Self {
            id: link.id.to_string(),
            relation: link.relation.as_code().to_owned(),
            to: PostMortemRef {
                id: link.to.to_string(),
                number: link.number.map(|number| number.to_string()),
                title: link.title.as_str().to_owned(),
            },
        }
    }
}

/// The links of a post-mortem.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct LinksJson {
    items: Vec<LinkJson>,
    next: Option<String>,
}

/// A link to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct LinkBody {
    /// The other post-mortem: its number, its id or its address.
    to: String,
    /// `same-event`, `recurrence`, `follows-from` or `related`.
    relation: String,
}

/// Lists the links to other post-mortems that one may read too.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/links", params(("id" = String, Path)),
    responses((status = 200, body = LinksJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn list_links(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let links = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Ok(links::list(store, &signed.ctx, id)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(LinksJson {
        items: links.iter().map(Into::into).collect(),
        next: None,
    }))
}

/// Adds a link to another post-mortem that one may read.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/links", params(("id" = String, Path)), request_body = LinkBody,
    responses((status = 201, body = LinkJson), (status = 403, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn create_link(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<LinkBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let (id, link) = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let input = LinkInput {
            to: body.to,
            relation: body.relation,
        };
        Ok((id, links::add(store, &signed.ctx, id, &input)?))
    })
    .await?;
    let place = format!("/api/v1/postmortems/{id}/links/{}", link.id);
    Ok(HttpResponse::Created()
        .insert_header(("location", place))
        .json(LinkJson::from(&link)))
}

/// Removes a link.
#[utoipa::path(delete, path = "/api/v1/postmortems/{id}/links/{link}", params(("id" = String, Path), ("link" = String, Path)),
    responses((status = 204), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn delete_link(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let (id, link) = path.into_inner();
    blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let link = LinkId::parse(&link).ok_or_else(Problem::not_found)?;
        Ok(links::remove(store, &signed.ctx, id, link)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
