//! `Idempotency-Key`: a POST with one is carried out at most once, and answered alike when it is sent again.

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpResponse, HttpResponseBuilder};

use crate::app::idempotency::{self, RequestKey, Verdict};
use crate::store::idempotency::Kept;
use crate::web::problem::{ApiError, Problem};
use crate::web::visitor::{Credential, Visitor};
use crate::web::{State, blocking};

/// The longest key that is taken.
const KEY_CHARACTERS: usize = 200;

/// Lets a request through once.
pub(in crate::web) async fn once(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let header = request
        .headers()
        .get("idempotency-key")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let secret = match Visitor::of(request.request()).credential {
        Some(Credential::Session(secret) | Credential::Token(secret)) => Some(secret),
        None => None,
    };
    let (Some(typed), Some(secret), true) = (header, secret, request.method() == Method::POST)
    else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    if typed.is_empty() || typed.len() > KEY_CHARACTERS {
        return Ok(answer(
            request,
            Problem::unreadable(format!(
                "An Idempotency-Key has 1 to {KEY_CHARACTERS} characters."
            )),
        ));
    }
    let body = match request.extract::<Bytes>().await {
        Ok(body) => body,
        Err(_) => return Ok(answer(request, Problem::too_large(crate::web::body::MOST))),
    };
    let key = RequestKey::new(&secret, request.path(), &typed, &body);
    request.set_payload(Payload::from(body));
    let Some(state) = request.app_data::<Data<State>>().cloned() else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let asked = key.clone();
    match blocking::anybody(&state, move |store| {
        Ok(idempotency::begin(store, &asked, State::now())?)
    })
    .await
    {
        Ok(Verdict::Fresh) => carry_out(request, next, &state, key).await,
        Ok(Verdict::Answered(kept)) => Ok(request.into_response(again(&kept))),
        Ok(Verdict::UnderWay) => Ok(answer(request, under_way())),
        Ok(Verdict::Reused) => Ok(answer(request, reused())),
        Err(problem) => Ok(answer(request, problem)),
    }
}

async fn carry_out(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    state: &State,
    key: RequestKey,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let status = response.status();
    let text = |name: header::HeaderName| {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let (location, etag) = (text(header::LOCATION), text(header::ETAG));
    let (request, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body)
        .await
        .map_err(|error| Problem::unreadable(error.to_string()))
        .map_err(ApiError)?;
    let kept = status.is_success().then(|| {
        (
            status.as_u16(),
            String::from_utf8_lossy(&bytes).into_owned(),
            location,
            etag,
        )
    });
    // What was done is done: if its answer cannot be kept, the key stays under way and says so.
    if let Err(problem) = blocking::anybody(state, move |store| {
        Ok(idempotency::finish(store, &key, kept)?)
    })
    .await
    {
        tracing::warn!(
            causes = problem.causes(),
            "the answer to a request could not be kept"
        );
    }
    Ok(ServiceResponse::new(
        request,
        head.set_body(BoxBody::new(bytes)),
    ))
}

fn again(kept: &Kept) -> HttpResponse {
    let status = u16::try_from(kept.status)
        .ok()
        .and_then(|status| StatusCode::from_u16(status).ok())
        .unwrap_or(StatusCode::OK);
    let mut answer = HttpResponseBuilder::new(status);
    answer
        .content_type("application/json")
        .insert_header(("idempotency-replayed", "true"));
    if let Some(location) = &kept.location {
        answer.insert_header((header::LOCATION, location.as_str()));
    }
    if let Some(etag) = &kept.etag {
        answer.insert_header((header::ETAG, etag.as_str()));
    }
    answer.body(kept.body.clone())
}

fn answer(request: ServiceRequest, problem: Problem) -> ServiceResponse<BoxBody> {
    request.error_response(ApiError(problem))
}

fn under_way() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "under_way",
        "Not known yet",
        "A request with this Idempotency-Key is under way, or ended without an answer. Look whether it was done before you send it under another key.",
    )
}

fn reused() -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "key_reused",
        "This key stands for something else",
        "This Idempotency-Key was used for another request. Use a new key for each thing to be done.",
    )
}
