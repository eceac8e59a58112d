//! The blameless-language checker over the API.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::wording;
use crate::domain::language::{FindingSeverity, Located};
use crate::web::body::Json;
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A text to be looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct TextToLint {
    /// Markdown or plain text.
    text: String,
    /// Whether hints are wanted as well.
    #[serde(default)]
    hints: bool,
}

/// What is worth a second look, in the order of the text.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct FindingsJson {
    findings: Vec<FindingJson>,
}

/// Wording that closes learning.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct FindingJson {
    /// Where it starts, in Unicode code points.
    start: usize,
    /// Where it ends, exclusive, in Unicode code points.
    end: usize,
    /// Where it starts, in UTF-16 code units, as browsers count.
    start_utf16: usize,
    /// Where it ends, exclusive, in UTF-16 code units.
    end_utf16: usize,
    /// Its line, from 1.
    line: usize,
    /// Its column in code points, from 1.
    column: usize,
    /// The rule's slug.
    rule: &'static str,
    /// `blame`, `hindsight` or `hint`.
    severity: &'static str,
    /// The words themselves.
    quote: String,
    /// Why this wording closes learning.
    why: &'static str,
    /// A question that opens it.
    question: &'static str,
}

impl From<Located> for FindingJson {
    fn from(one: Located) -> Self {
        Self {
            start: one.start.point,
            end: one.end.point,
            start_utf16: one.start.utf16,
            end_utf16: one.end.utf16,
            line: one.start.line,
            column: one.start.column,
            rule: one.finding.rule,
            severity: one.finding.severity.as_code(),
            quote: one.quote,
            why: one.finding.why,
            question: one.finding.question,
        }
    }
}

/// Points at wording that closes learning. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/lint", request_body = TextToLint,
    responses((status = 200, body = FindingsJson), (status = 401, body = ProblemJson), (status = 413, body = ProblemJson)))]
pub(in crate::web) async fn lint_text(
    state: Data<State>,
    visitor: Visitor,
    body: Json<TextToLint>,
) -> Result<HttpResponse, ApiError> {
    let Json(TextToLint { text, hints }) = body;
    // It changes nothing, so it needs no proof that one of our pages asks.
    let findings = blocking::read(&state, visitor, move |store, _| {
        Ok(wording::lint(store, &text)?
            .into_iter()
            .filter(|one| hints || one.finding.severity != FindingSeverity::Hint)
            .map(Into::into)
            .collect())
    })
    .await?;
    Ok(HttpResponse::Ok().json(FindingsJson { findings }))
}
