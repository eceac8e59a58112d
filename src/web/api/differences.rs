//! The word difference between two texts, which the editor shows when they met.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::diff::{self, Change, Piece};
use crate::web::body::Json;
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// Two texts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct TwoTexts {
    older: String,
    newer: String,
}

/// How they differ.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct DifferencesJson {
    items: Vec<PieceJson>,
}

/// A run of words with one fate.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct PieceJson {
    /// `same`, `added` or `removed`.
    change: &'static str,
    text: String,
}

impl From<Piece> for PieceJson {
    fn from(piece: Piece) -> Self {
        Self {
            change: match piece.change {
                Change::Same => "same",
                Change::Added => "added",
                Change::Removed => "removed",
            },
            text: piece.text,
        }
    }
}

/// Compares two texts word by word. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/differences", request_body = TwoTexts,
    responses((status = 200, body = DifferencesJson), (status = 401, body = ProblemJson)))]
pub(in crate::web) async fn compare_texts(
    state: Data<State>,
    visitor: Visitor,
    body: Json<TwoTexts>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    // It changes nothing, so it needs no proof that one of our pages asks.
    let items = blocking::read(&state, visitor, move |_, _| {
        let pieces = diff::words(&body.older, &body.newer);
        Ok(pieces.into_iter().map(Into::into).collect())
    })
    .await?;
    Ok(HttpResponse::Ok().json(DifferencesJson { items }))
}
