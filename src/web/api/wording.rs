//! Notes on the wording of a post-mortem over the API, and answers to them.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::lint::FindingJson;
use crate::app::wording::{self, KeepInput};
use crate::domain::text::Line;
use crate::domain::wording::{Answer, Note};
use crate::web::address::find;
use crate::web::body::Json;
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// Wording worth a second look, in one text of a post-mortem.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct NoteJson {
    /// Its name, which stays while its sentence does.
    id: String,
    /// In which text: `title`, `section/summary`, `event/<id>`, `account/<id>`, `factor/<id>`, `factor/<id>/without-this`, `action/<id>` and
    /// below it `known-by`, `reach` and `reason`, `no-commitments`, `over-limit`.
    place: String,
    /// Positions are those in this text.
    #[serde(flatten)]
    finding: FindingJson,
    /// Words that can stand there instead, where that is safe.
    rewrite: Option<&'static str>,
    /// Whether it has to be answered before publishing.
    open: bool,
    /// Why it is kept, if it is.
    answer: Option<AnswerJson>,
}

/// Why wording is kept.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct AnswerJson {
    /// `system`, `quotation`, `expectation` or `other`.
    reason: &'static str,
    words: Option<String>,
    answered_at: DateTime<Utc>,
}

impl From<&Answer> for AnswerJson {
    fn from(answer: &Answer) -> Self {
        Self {
            reason: answer.reason.as_code(),
            words: answer
                .words
                .as_ref()
                .map(|words| Line::as_str(words).to_owned()),
            answered_at: answer.at,
        }
    }
}

impl From<Note> for NoteJson {
    fn from(note: Note) -> Self {
        Self {
            id: note.key(),
            place: note.place.to_string(),
            rewrite: note.located.finding.rewrite,
            open: note.is_open(),
            answer: note.answer.as_ref().map(Into::into),
            finding: note.located.into(),
        }
    }
}

/// The notes on a post-mortem, in the order of the editor.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct NotesJson {
    items: Vec<NoteJson>,
    next: Option<String>,
}

/// Why wording is to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct AnswerBody {
    /// `system`, `quotation`, `expectation` or `other`.
    reason: String,
    /// More about it; needed for `other`.
    #[serde(default)]
    words: String,
}

/// Lists wording worth a second look, hints and answered ones too.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/findings", params(("id" = String, Path)),
    responses((status = 200, body = NotesJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn list_findings(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let notes = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Ok(wording::list(store, &signed.ctx, id)?.1)
    })
    .await?;
    Ok(HttpResponse::Ok().json(NotesJson {
        items: notes.into_iter().map(Into::into).collect(),
        next: None,
    }))
}

/// Keeps wording as it stands, with the reason.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/findings/{finding}", params(("id" = String, Path), ("finding" = String, Path)),
    request_body = AnswerBody,
    responses((status = 200, body = NoteJson), (status = 404, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn answer_finding(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    body: Json<AnswerBody>,
) -> Result<HttpResponse, ApiError> {
    let ((id, key), Json(body)) = (path.into_inner(), body);
    let note = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let input = KeepInput {
            reason: body.reason,
            words: body.words,
            unsaved: None,
        };
        Ok(wording::keep(store, &signed.ctx, id, &key, &input)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(NoteJson::from(note)))
}

/// Takes the reason back: the wording waits for an answer again.
#[utoipa::path(delete, path = "/api/v1/postmortems/{id}/findings/{finding}", params(("id" = String, Path), ("finding" = String, Path)),
    responses((status = 204), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn take_answer_back(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let (id, key) = path.into_inner();
    blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        Ok(wording::take_back(store, &signed.ctx, id, &key)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
