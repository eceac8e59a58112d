//! Security headers, request ids, and what is logged.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::{DefaultHeaders, Next};
use uuid::Uuid;

use super::problem::{self, ApiError, PageError};

/// Nothing is loaded from elsewhere, nothing inline runs, nobody frames us, and scripts cannot write HTML.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/// Headers that every answer carries.
pub(super) fn security() -> DefaultHeaders {
    DefaultHeaders::new()
        .add(("content-security-policy", POLICY))
        .add(("x-content-type-options", "nosniff"))
        .add(("referrer-policy", "same-origin"))
        .add(("cross-origin-opener-policy", "same-origin"))
        .add(("cross-origin-resource-policy", "same-origin"))
        .add((
            "permissions-policy",
            "camera=(), microphone=(), geolocation=()",
        ))
        // What one may read can change at any time: browsers must ask again.
        .add(("cache-control", "no-store"))
}

/// Gives each request an id, and logs what failed on our side with its causes.
///
/// # Errors
/// What the inner service answers as an error.
pub(super) async fn request_id(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody, BoxBody>>, actix_web::Error> {
    let id = Uuid::now_v7().simple().to_string();
    let (method, path) = (request.method().clone(), request.path().to_owned());
    let response = next.call(request).await?;
    let failed = response.status().is_server_error();
    let mut response = match response.response().error() {
        Some(error) if failed => {
            let problem = error
                .as_error::<PageError>()
                .map(|error| &error.0)
                .or_else(|| error.as_error::<ApiError>().map(|error| &error.0));
            let causes = problem.map_or_else(|| error.to_string(), |problem| problem.causes());
            tracing::error!(request = id, %method, path, causes, "a request failed");
            let answer = error
                .as_error::<PageError>()
                .map(|error| error.answer(Some(&id)));
            match answer {
                Some(answer) => response.into_response(answer).map_into_right_body(),
                None => response.map_into_left_body(),
            }
        }
        // The router says it without a word.
        None if response.status() == StatusCode::METHOD_NOT_ALLOWED => {
            let answer = problem::wrong_method(response.request());
            response.into_response(answer).map_into_right_body()
        }
        _ => response.map_into_left_body(),
    };
    if let Ok(value) = HeaderValue::from_str(&id) {
        response
            .headers_mut()
            .insert(HeaderName::from_static("x-request-id"), value);
    }
    Ok(response)
}
