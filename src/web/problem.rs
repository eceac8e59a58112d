//! What went wrong, for both doors: a sentence for the person, a code for the program, the causes for the log.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError};
use askama::Template;
use serde::Serialize;

use crate::app::people::PersonError;
use crate::app::publication::PublishError;
use crate::app::sessions::SignInError;
use crate::app::tokens::TokenError;
use crate::app::{Conflict, EditError, FieldProblem, ReadError};
use crate::domain::permissions::Forbidden;
use crate::domain::publication::Check;
use crate::store::StoreError;

mod conversions;

/// What went wrong.
#[derive(Debug)]
pub(in crate::web) struct Problem {
    pub(in crate::web) status: StatusCode,
    /// One of a closed list, for programs.
    pub(in crate::web) code: &'static str,
    /// A few words.
    pub(in crate::web) title: &'static str,
    /// A sentence: what is the matter and what to do next.
    pub(in crate::web) detail: String,
    pub(in crate::web) errors: Vec<FieldProblem>,
    pub(in crate::web) checks: Vec<Check>,
    pub(in crate::web) conflict: Option<Box<Conflict>>,
    /// What only people are told, behind the sentence.
    to_people: &'static str,
    /// Where to sign in, for people who are not.
    next: Option<String>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// A size as people write it.
fn size(bytes: usize) -> String {
    const MEBIBYTE: usize = 1024 * 1024;
    match bytes.checked_div(MEBIBYTE) {
        Some(many) if many > 0 && bytes.is_multiple_of(MEBIBYTE) => format!("{many} MiB"),
        _ => format!("{bytes} bytes"),
    }
}

impl Problem {
    pub(in crate::web) fn new(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code,
            title,
            detail: detail.into(),
            errors: Vec::new(),
            checks: Vec::new(),
            conflict: None,
            to_people: "",
            next: None,
            cause: None,
        }
    }

    /// Notes what lies behind it, for the log.
    pub(in crate::web) fn because(
        mut self,
        cause: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        self.cause = Some(Box::new(cause));
        self
    }

    /// The same answer for what never was and for what one may not know of.
    pub(in crate::web) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is nothing here",
            "There is nothing at this address, or nothing that you may read. Search for it, or ask whoever sent you here.",
        )
    }

    pub(in crate::web) fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "Not just now",
            "The server is too busy. Try again in a moment.",
        )
    }

    pub(in crate::web) fn sign_in(next: Option<String>) -> Self {
        let mut problem = Self::new(
            StatusCode::UNAUTHORIZED,
            "sign_in",
            "Sign in first",
            "Sign in first, or send a token.",
        );
        problem.next = Some(next.unwrap_or_else(|| "/".to_owned()));
        problem
    }

    pub(in crate::web) fn bad_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "bad_token",
            "This token does not work",
            "The token is unknown, revoked or expired. Make a new one on your account page.",
        )
    }

    pub(in crate::web) fn not_our_form() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "not_our_form",
            "We could not tell where this came from",
            "The form arrived without its key, perhaps because you signed in again since it was opened. Go back: your words are still in the page. Reload it in another tab, and save again.",
        )
    }

    pub(in crate::web) fn unreadable(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "unreadable",
            "We could not read that",
            detail,
        )
    }

    pub(in crate::web) fn wrong_kind(wanted: &'static str) -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "wrong_content_type",
            "We could not read that",
            format!("Send it with the content type {wanted}."),
        )
    }

    pub(in crate::web) fn too_large(most: usize) -> Self {
        let mut problem = Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "That is too much at once",
            format!(
                "At most {} fit. Shorten it, or divide it: a text into several sections, a long chat or log into parts that are pasted one after the other.",
                size(most)
            ),
        );
        problem.to_people = "Go back: your words are still in the page.";
        problem
    }

    pub(in crate::web) fn too_slow() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "too_slow",
            "That took too long",
            "The request did not arrive in 30 seconds. Send it again.",
        )
    }

    pub(in crate::web) fn too_many_tries() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_tries",
            "Wait a moment",
            "There were many tries to sign in. Wait a minute, then try again.",
        )
    }

    pub(in crate::web) fn precondition_required() -> Self {
        Self::new(
            StatusCode::PRECONDITION_REQUIRED,
            "if_match_required",
            "Which version did you change?",
            "Send If-Match with the ETag of the version that you changed, so that nobody's words are overwritten.",
        )
    }

    pub(in crate::web) fn invalid(errors: Vec<FieldProblem>) -> Self {
        let detail = errors.first().map_or_else(
            || "Some fields need another look.".to_owned(),
            |error| error.message.clone(),
        );
        let mut problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "Some fields need another look",
            detail,
        );
        problem.errors = errors;
        problem
    }

    /// The chain of causes, for the log.
    pub(in crate::web) fn causes(&self) -> String {
        let mut chain = self.detail.clone();
        let mut next = self
            .cause
            .as_deref()
            .map(|cause| -> &dyn std::error::Error { cause });
        while let Some(error) = next {
            chain.push_str(": ");
            chain.push_str(&error.to_string());
            next = error.source();
        }
        chain
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

/// A problem, told to a person.
#[derive(Debug)]
pub(in crate::web) struct PageError(pub(in crate::web) Problem);

/// A problem, told to a program.
#[derive(Debug)]
pub(in crate::web) struct ApiError(pub(in crate::web) Problem);

#[derive(Template)]
#[template(path = "problem.html")]
struct Page<'a> {
    problem: &'a Problem,
    request_id: Option<&'a str>,
    style: &'static str,
}

impl PageError {
    /// The page that tells it. A 404 carries nothing that differs from request to request.
    pub(in crate::web) fn answer(&self, request_id: Option<&str>) -> HttpResponse {
        let problem = &self.0;
        if let Some(next) = &problem.next {
            let place = format!("/session/new?next={}", urlencoding(next));
            return HttpResponse::SeeOther()
                .insert_header((header::LOCATION, place))
                .finish();
        }
        let page = Page {
            problem,
            request_id,
            style: super::assets::style(),
        };
        super::frame::html(problem.status, &page)
    }
}

fn urlencoding(text: &str) -> String {
    serde_html_form::to_string([("", text)])
        .map(|encoded| encoded.trim_start_matches('=').to_owned())
        .unwrap_or_default()
}

impl std::fmt::Display for PageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        self.0.status
    }

    fn error_response(&self) -> HttpResponse {
        self.answer(None)
    }
}

/// `application/problem+json` (RFC 9457).
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::web) struct ProblemJson {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    code: String,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checks: Vec<super::api::publication::CheckJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conflict: Option<ConflictJson>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct FieldJson {
    field: String,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<ChoiceJson>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct ChoiceJson {
    label: String,
    value: String,
}

#[derive(Serialize, utoipa::ToSchema)]
struct ConflictJson {
    version: i32,
    theirs: String,
    yours: String,
    base: Option<String>,
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.0.status
    }

    fn error_response(&self) -> HttpResponse {
        let problem = &self.0;
        let choice = |(label, value): &(String, String)| ChoiceJson {
            label: label.clone(),
            value: value.clone(),
        };
        let json = ProblemJson {
            kind: "about:blank".to_owned(),
            title: problem.title.to_owned(),
            status: problem.status.as_u16(),
            code: problem.code.to_owned(),
            detail: problem.detail.clone(),
            errors: problem
                .errors
                .iter()
                .map(|error| FieldJson {
                    field: error.field.to_owned(),
                    message: error.message.clone(),
                    choices: error.choices.iter().map(choice).collect(),
                })
                .collect(),
            checks: problem.checks.iter().map(Into::into).collect(),
            conflict: problem.conflict.as_ref().map(|conflict| ConflictJson {
                version: conflict.current.0,
                theirs: conflict.theirs.clone(),
                yours: conflict.yours.clone(),
                base: conflict.base.clone(),
            }),
        };
        let mut answer = HttpResponseBuilder::new(problem.status);
        answer.content_type("application/problem+json");
        if let Some(conflict) = &problem.conflict {
            answer.insert_header(super::body::etag(conflict.current));
        }
        if problem.status == StatusCode::TOO_MANY_REQUESTS {
            answer.insert_header((header::RETRY_AFTER, "60"));
        }
        if problem.status == StatusCode::UNAUTHORIZED {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        answer.body(serde_json::to_vec(&json).unwrap_or_default())
    }
}

impl From<Problem> for PageError {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

/// The answer for addresses that do not exist.
pub(in crate::web) async fn nothing_here(request: HttpRequest) -> HttpResponse {
    at_door(&request, Problem::not_found())
}

/// The answer for addresses that exist, and cannot be asked in this way.
pub(in crate::web) fn wrong_method(request: &HttpRequest) -> HttpResponse {
    at_door(
        request,
        Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "wrong_method",
            "This cannot be done here",
            "There is something at this address, but it does not take this method.",
        ),
    )
}

/// A problem that no handler met, told by the door that was knocked at.
fn at_door(request: &HttpRequest, problem: Problem) -> HttpResponse {
    if request.path().starts_with("/api/") {
        ApiError(problem).error_response()
    } else {
        PageError(problem).error_response()
    }
}
