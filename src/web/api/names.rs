//! Names of people in a post-mortem over the API, and the roles that stand for them.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::names::{self, ReplaceInput};
use crate::app::{EditError, FieldProblem};
use crate::domain::names::{NameAnswer, NameHere, Role, Spot};
use crate::domain::text::Line;
use crate::store::names::KeptRoles;
use crate::web::address::find;
use crate::web::body::{IfMatch, Json, etag};
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A name in a post-mortem.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct NameJson {
    /// Its id, which stays while the spelling does.
    id: String,
    /// The longest spelling.
    name: String,
    /// Every spelling that stands there, handles among them.
    spellings: Vec<String>,
    /// Where it stands, in the order of the editor.
    places: Vec<SpotJson>,
    /// The role that the organisation remembers for it.
    role: Option<String>,
    /// Why it stays, if that was answered.
    answer: Option<NameAnswerJson>,
}

/// A text in which a name stands.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct SpotJson {
    /// How a replacement names it.
    id: String,
    /// `title`, `section/<key>`, `event/<id>`, `account/<id>`, `factor/<id>`, `action/<id>`.
    place: String,
    /// Whether it stands there in somebody else's words.
    quoted: bool,
    /// Whether the text can be changed: a sealed first story cannot.
    open: bool,
}

/// Why a name stays.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct NameAnswerJson {
    /// `nobody`, `agreed`, `public-figure` or `source`.
    reason: &'static str,
    answered_at: DateTime<Utc>,
}

impl From<&Spot> for SpotJson {
    fn from(spot: &Spot) -> Self {
        Self {
            id: spot.code(),
            place: spot.place.to_string(),
            quoted: spot.quoted,
            open: spot.open,
        }
    }
}

impl From<&NameAnswer> for NameAnswerJson {
    fn from(answer: &NameAnswer) -> Self {
        Self {
            reason: answer.reason.as_code(),
            answered_at: answer.at,
        }
    }
}

impl From<NameHere> for NameJson {
    fn from(name: NameHere) -> Self {
        Self {
            id: name.key(),
            places: name.spots.iter().map(Into::into).collect(),
            role: name.role.as_ref().map(|role| Role::as_str(role).to_owned()),
            answer: name.answer.as_ref().map(Into::into),
            name: name.name,
            spellings: name.spellings,
        }
    }
}

/// The names in a post-mortem, in the order in which they first stand there.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct NamesJson {
    items: Vec<NameJson>,
    next: Option<String>,
}

/// A name to be replaced.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ReplacementBody {
    /// The name, in any of its spellings, or its id. All spellings are replaced.
    name: String,
    /// The role, as it reads within a sentence: `the on-call engineer`.
    role: String,
    /// Whether the organisation remembers it.
    #[serde(default)]
    remember: bool,
    /// Ids of the places; everywhere but in quotations, if left out.
    places: Option<Vec<String>>,
}

/// What a replacement changed.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ReplacedJson {
    /// The texts that have a new version.
    places: Vec<String>,
}

/// Why a name is to stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct NameAnswerBody {
    /// `nobody` (it is no person's), `agreed`, `public-figure` or `source`.
    reason: String,
}

/// Lists the names of people in a post-mortem, answered ones too; for those who may change it.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/names", params(("id" = String, Path)),
    responses((status = 200, body = NamesJson), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn list_names(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let names = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Ok(names::list(store, &signed.ctx, id)?.1)
    })
    .await?;
    Ok(HttpResponse::Ok().json(NamesJson {
        items: names.into_iter().map(Into::into).collect(),
        next: None,
    }))
}

/// Puts a role in the place of a name, as new versions of the texts in which it stands.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/names/replacement", params(("id" = String, Path)),
    request_body = ReplacementBody,
    responses((status = 200, body = ReplacedJson), (status = 404, body = ProblemJson), (status = 412, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn replace_name(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<ReplacementBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let places = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let input = ReplaceInput {
            name: body.name,
            role: body.role,
            remember: body.remember,
            spots: body.places,
        };
        Ok(names::replace(store, &signed.ctx, id, &input)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(ReplacedJson {
        places: places.iter().map(ToString::to_string).collect(),
    }))
}

/// Keeps a name in this post-mortem, with the reason.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/names/{named}", params(("id" = String, Path), ("named" = String, Path)),
    request_body = NameAnswerBody,
    responses((status = 200, body = NameAnswerJson), (status = 404, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn keep_name(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    body: Json<NameAnswerBody>,
) -> Result<HttpResponse, ApiError> {
    let ((id, named), Json(body)) = (path.into_inner(), body);
    let answer = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        Ok(names::keep(store, &signed.ctx, id, &named, &body.reason)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(NameAnswerJson::from(&answer)))
}

/// Takes the reason back: the name is listed as before.
#[utoipa::path(delete, path = "/api/v1/postmortems/{id}/names/{named}", params(("id" = String, Path), ("named" = String, Path)),
    responses((status = 204), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn take_name_back(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let (id, named) = path.into_inner();
    blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        Ok(names::take_back(store, &signed.ctx, id, &named)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// One person's name, and the role that stands for it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct MappedJson {
    /// Every spelling, handles among them.
    names: Vec<String>,
    /// The role, as it reads within a sentence.
    role: String,
}

/// Which names stand for which roles. It does not say where.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct RolesJson {
    items: Vec<MappedJson>,
    next: Option<String>,
    /// Counts the saved versions; 0 if nothing was ever remembered.
    version: i32,
}

/// The mapping to be saved, all of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct PutRoles {
    items: Vec<MappedJson>,
}

fn answer(kept: KeptRoles) -> HttpResponse {
    let text = |line: &Line| line.as_str().to_owned();
    let items = kept.mapped.iter().map(|one| MappedJson {
        names: one.spellings.iter().map(text).collect(),
        role: one.role.as_str().to_owned(),
    });
    HttpResponse::Ok()
        .insert_header(etag(kept.version))
        .json(RolesJson {
            items: items.collect(),
            next: None,
            version: kept.version.0,
        })
}

/// Reads which names stand for which roles; for administrators.
#[utoipa::path(get, path = "/api/v1/roles",
    responses((status = 200, body = RolesJson), (status = 403, body = ProblemJson)))]
pub(in crate::web) async fn get_roles(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let kept = blocking::read(&state, visitor, |store, signed| {
        Ok(names::roles(store, &signed.ctx)?)
    })
    .await?;
    Ok(answer(kept))
}

/// Saves the mapping over the version named by `If-Match`; `"0"` if nothing was ever remembered. For administrators.
#[utoipa::path(put, path = "/api/v1/roles", params(("If-Match" = String, Header)), request_body = PutRoles,
    responses((status = 200, body = RolesJson), (status = 403, body = ProblemJson), (status = 412, body = ProblemJson), (status = 422, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn put_roles(
    state: Data<State>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<PutRoles>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let Json(body) = body;
    let kept = blocking::write(&state, visitor, move |store, signed| {
        // The use case reads lines, as people write them; what parts them there is no part of a name.
        let mut names = body.items.iter().flat_map(|one| &one.names);
        if names.any(|name| name.contains([',', '=', '\n', '\r'])) {
            let sentence =
                "A name has no comma, no “=” and no line break. Give each spelling by itself.";
            return Err(EditError::from(FieldProblem::new("items", sentence)).into());
        }
        let lines = body.items.iter().map(|one| {
            let role = one.role.replace(['\n', '\r'], " ");
            format!("{} = {role}", one.names.join(", "))
        });
        let lines = lines.collect::<Vec<_>>().join("\n");
        Ok(names::change_roles(store, &signed.ctx, &lines, expected)?)
    })
    .await?;
    Ok(answer(kept))
}
