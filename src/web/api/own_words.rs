//! What the organisation adds to the lists of the checker, over the API.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::own_words::{self, WordsInput};
use crate::store::own_words::KeptWords;
use crate::web::body::{IfMatch, Json, etag};
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// The organisation's own words. Each is one word; plurals follow.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct WordsJson {
    /// Roles, teams and departments.
    people: Vec<String>,
    /// Services, products and bots.
    systems: Vec<String>,
    /// Names of persons.
    names: Vec<String>,
    /// Counts their saved versions; 0 if they were never saved.
    version: i32,
}

impl From<KeptWords> for WordsJson {
    fn from(kept: KeptWords) -> Self {
        Self {
            people: kept.words.people,
            systems: kept.words.systems,
            names: kept.words.names,
            version: kept.version.0,
        }
    }
}

/// Words to be saved, all of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct PutWords {
    /// Roles, teams and departments.
    #[serde(default)]
    people: Vec<String>,
    /// Services, products and bots.
    #[serde(default)]
    systems: Vec<String>,
    /// Names of persons.
    #[serde(default)]
    names: Vec<String>,
}

fn answer(kept: KeptWords) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(etag(kept.version))
        .json(WordsJson::from(kept))
}

/// Reads the words.
#[utoipa::path(get, path = "/api/v1/words",
    responses((status = 200, body = WordsJson), (status = 401, body = ProblemJson)))]
pub(in crate::web) async fn get_words(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let kept = blocking::read(&state, visitor, |store, _| Ok(own_words::read(store)?)).await?;
    Ok(answer(kept))
}

/// Saves the words over the version named by `If-Match`; `"0"` for words that were never saved. For administrators.
#[utoipa::path(put, path = "/api/v1/words", params(("If-Match" = String, Header)), request_body = PutWords,
    responses((status = 200, body = WordsJson), (status = 403, body = ProblemJson), (status = 412, body = ProblemJson), (status = 422, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn put_words(
    state: Data<State>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<PutWords>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let Json(body) = body;
    let kept = blocking::write(&state, visitor, move |store, signed| {
        let input = WordsInput {
            people: body.people.join("\n"),
            systems: body.systems.join("\n"),
            names: body.names.join("\n"),
        };
        Ok(own_words::change(store, &signed.ctx, &input, expected)?)
    })
    .await?;
    Ok(answer(kept))
}

/// The words as the TOML file that `second-story lint --words` reads.
#[utoipa::path(get, path = "/api/v1/words.toml",
    responses((status = 200, body = String, content_type = "application/toml"), (status = 401, body = ProblemJson)))]
pub(in crate::web) async fn get_words_file(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let kept = blocking::read(&state, visitor, |store, _| Ok(own_words::read(store)?)).await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(kept.version))
        .insert_header((
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"words.toml\"",
        ))
        .content_type("application/toml; charset=utf-8")
        .body(kept.words.toml()))
}
