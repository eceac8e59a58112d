//! One post-mortem as a file to take along.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};

use crate::app::{Ctx, ReadError, documents, postmortems};
use crate::domain::ids::PostMortemId;
use crate::store::Store;
use crate::web::address::find;
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// Writes a post-mortem in one of the formats.
type Write = fn(&Store, &Ctx, PostMortemId) -> Result<String, ReadError>;

/// As Markdown, which the command line and the import read again.
pub(in crate::web) async fn markdown(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let format = ("md", "text/markdown; charset=utf-8");
    file(state, path, visitor, documents::markdown, format).await
}

/// As JSON.
pub(in crate::web) async fn json(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let format = ("json", "application/json");
    file(state, path, visitor, documents::json, format).await
}

async fn file(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    write: Write,
    (ending, kind): (&'static str, &'static str),
) -> Result<HttpResponse, PageError> {
    let (name, text) = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let number = postmortems::facts(store, &signed.ctx, id)?.number;
        let name = number.map_or_else(|| id.to_string(), |number| number.to_string());
        Ok((name, write(store, &signed.ctx, id)?))
    })
    .await?;
    let disposition = format!("attachment; filename=\"{name}.{ending}\"");
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .body(text))
}
