//! Sections over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::sections::{SaveSection, autosave, find, save, set_aside};
use crate::domain::sections::Section;
use crate::web::address::find as find_postmortem;
use crate::web::body::{IfMatch, Json, etag};
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A section.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct SectionJson {
    /// The key within the templates.
    key: String,
    /// Markdown.
    text: String,
    /// The text as safe HTML.
    html: String,
    /// Counts saved versions; 0 if it was never saved. The `ETag` in quotes.
    version: i32,
    updated_at: Option<DateTime<Utc>>,
    /// Who saved it; only where one section is read by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    saved_by: Option<String>,
}

impl From<&Section> for SectionJson {
    fn from(section: &Section) -> Self {
        Self {
            key: section.key.clone(),
            text: section.text.as_str().to_owned(),
            html: section.html.clone(),
            version: section.version.0,
            updated_at: Some(section.updated_at),
            saved_by: None,
        }
    }
}

impl SectionJson {
    /// A section of the templates that was never saved.
    pub(in crate::web) fn empty(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            text: String::new(),
            html: String::new(),
            version: 0,
            updated_at: None,
            saved_by: None,
        }
    }
}

/// A section to be saved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct PutSection {
    /// Markdown.
    text: String,
    /// What changed, for the history.
    #[serde(default)]
    note: String,
    /// Whether it is sent while somebody is still typing. Refused once the post-mortem is published;
    /// the history keeps one version for ten minutes of typing.
    #[serde(default)]
    typing: bool,
}

/// A text that lost against another one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct UnusedText {
    /// Markdown.
    text: String,
}

/// Reads one section.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/sections/{key}", params(("id" = String, Path), ("key" = String, Path)),
    responses((status = 200, body = SectionJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_section(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let (id, key) = path.into_inner();
    let json = blocking::read(&state, visitor, move |store, signed| {
        let id = find_postmortem(store, &signed.ctx, &id)?;
        Ok(match find(store, &signed.ctx, id, &key)? {
            Some((section, saved_by)) => SectionJson {
                saved_by,
                ..SectionJson::from(&section)
            },
            None => SectionJson::empty(&key),
        })
    })
    .await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(crate::domain::ids::Version(json.version)))
        .json(json))
}

/// Saves one section over the version named by `If-Match`; `"0"` for one that was never saved.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/sections/{key}", params(("id" = String, Path), ("key" = String, Path), ("If-Match" = String, Header)),
    request_body = PutSection,
    responses((status = 200, body = SectionJson), (status = 412, body = ProblemJson), (status = 428, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn put_section(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<PutSection>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let ((id, key), Json(body)) = (path.into_inner(), body);
    let section = blocking::write(&state, visitor, move |store, signed| {
        let id = find_postmortem(store, &signed.ctx, &id)?;
        let change = SaveSection {
            key: &key,
            text: &body.text,
            expected,
            note: &body.note,
        };
        let save = if body.typing { autosave } else { save };
        Ok(save(store, &signed.ctx, id, &change)?)
    })
    .await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(section.version))
        .json(SectionJson::from(&section)))
}

/// Keeps a text in the history that was not chosen, as a version that is not in use.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/sections/{key}/unused", params(("id" = String, Path), ("key" = String, Path)),
    request_body = UnusedText,
    responses((status = 204), (status = 404, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn keep_unused_section(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    body: Json<UnusedText>,
) -> Result<HttpResponse, ApiError> {
    let ((id, key), Json(body)) = (path.into_inner(), body);
    blocking::write(&state, visitor, move |store, signed| {
        let id = find_postmortem(store, &signed.ctx, &id)?;
        Ok(set_aside(store, &signed.ctx, id, &key, &body.text)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
