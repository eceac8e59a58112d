//! Reading what a request brings: forms and JSON, within a size and a time, and the version it was made from.

use std::any::TypeId;
use std::future::{Future, Ready, ready};
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;

use super::problem::{ApiError, PageError, Problem};
use super::visitor::Visitor;
use crate::domain::ids::Version;

/// The most bytes of JSON: a section of the greatest length, escaped.
pub(in crate::web) const MOST: usize = 1024 * 1024;
/// The most bytes of a form: a long chat or log that is pasted, escaped, with its lines in fields of their own.
pub(in crate::web) const FORM: usize = 4 * MOST;
/// How many bytes more are taken in and thrown away: a browser shows no answer before it has sent everything.
const THROWN_AWAY: usize = 32 * MOST;
/// How long a body may take to arrive. (The server itself limits headers only.)
const PATIENCE: Duration = Duration::from_secs(30);

/// A form that a page sent: what was typed, and who sent it.
#[derive(Debug)]
pub(in crate::web) struct Form<T> {
    pub(in crate::web) visitor: Visitor,
    pub(in crate::web) input: T,
}

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let mut visitor = Visitor::of(&request);
            let bytes = read(
                &request,
                &mut payload,
                "application/x-www-form-urlencoded",
                FORM,
            )
            .await?;
            let fields: Token = serde_html_form::from_bytes(&bytes)
                .map_err(|_| Problem::unreadable("The form could not be read."))?;
            visitor.proof = fields.csrf.or(visitor.proof);
            // A bare button has no fields of its own, and the parser makes nothing only out of nothing.
            let bare = TypeId::of::<T>() == TypeId::of::<()>();
            let own = if bare { &[] } else { bytes.as_ref() };
            let input = serde_html_form::from_bytes(own).map_err(|error| {
                Problem::unreadable(
                    "A field of the form could not be read. Go back, and send it again.",
                )
                .because(error)
            })?;
            Ok(Self { visitor, input })
        })
    }
}

/// A form that is only a button: nothing is typed into it.
#[derive(Debug, serde::Deserialize)]
pub(in crate::web) struct Button {}

#[derive(serde::Deserialize)]
struct Token {
    csrf: Option<String>,
}

/// JSON that a program sent.
#[derive(Debug)]
pub(in crate::web) struct Json<T>(pub(in crate::web) T);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let bytes = read(&request, &mut payload, "application/json", MOST).await?;
            // The parser's message names the field and the place, which is what a program's author needs.
            serde_json::from_slice(&bytes).map(Self).map_err(|error| {
                ApiError(Problem::unreadable(format!(
                    "The JSON could not be read: {error}."
                )))
            })
        })
    }
}

async fn read(
    request: &HttpRequest,
    payload: &mut Payload,
    wanted: &'static str,
    most: usize,
) -> Result<BytesMut, Problem> {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .eq_ignore_ascii_case(wanted)
    {
        return Err(Problem::wrong_kind(wanted));
    }
    let declared = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok());
    let declared: usize = declared.unwrap_or_default();
    if declared > most + THROWN_AWAY {
        return Err(Problem::too_large(most));
    }
    let gather = async {
        let mut bytes = BytesMut::new();
        let mut sent = 0_usize;
        while let Some(piece) = payload.next().await {
            let piece = piece.map_err(|error| {
                Problem::unreadable("The request broke off. Send it again.").because(error)
            })?;
            sent += piece.len();
            if sent > most + THROWN_AWAY {
                break;
            }
            if sent <= most {
                bytes.extend_from_slice(&piece);
            }
        }
        if sent > most {
            return Err(Problem::too_large(most));
        }
        Ok(bytes)
    };
    let late = || {
        if declared > most {
            Problem::too_large(most)
        } else {
            Problem::too_slow()
        }
    };
    tokio::time::timeout(PATIENCE, gather)
        .await
        .map_err(|_| late())?
}

/// The query of an address, repeated fields included.
#[derive(Debug)]
pub(in crate::web) struct Query<T>(pub(in crate::web) T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = serde_html_form::from_str(request.query_string())
            .map(Self)
            .map_err(|error| {
                let problem = Problem::unreadable(format!(
                    "The address asks for something that cannot be read: {error}."
                ));
                if request.path().starts_with("/api/") {
                    ApiError(problem).into()
                } else {
                    PageError(problem).into()
                }
            });
        ready(parsed)
    }
}

/// The version that a change was made from, as `If-Match` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum IfMatch {
    /// The header is missing.
    Missing,
    /// `*`: whatever stands now.
    Any,
    /// One version.
    Version(Version),
    /// Something that is no version of ours, and so cannot match.
    Other,
}

impl IfMatch {
    /// The expected version, for a change that must say one; `None` is "whatever stands now".
    pub(in crate::web) fn required(self) -> Result<Option<Version>, Problem> {
        match self {
            Self::Missing => Err(Problem::precondition_required()),
            Self::Any => Ok(None),
            Self::Version(version) => Ok(Some(version)),
            // No row has this version: the answer is the same conflict as for any stale one.
            Self::Other => Ok(Some(Version(-1))),
        }
    }
}

impl FromRequest for IfMatch {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let value = request
            .headers()
            .get(header::IF_MATCH)
            .and_then(|value| value.to_str().ok())
            .map(str::trim);
        ready(Ok(match value {
            None => Self::Missing,
            Some("*") => Self::Any,
            Some(value) => value
                .trim_matches('"')
                .parse()
                .map_or(Self::Other, |version| Self::Version(Version(version))),
        }))
    }
}

/// A strong `ETag` for a version.
pub(in crate::web) fn etag(version: Version) -> (header::HeaderName, String) {
    (header::ETAG, format!("\"{version}\""))
}
