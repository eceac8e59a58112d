//! Who comes, and with what proof. Nothing is looked up here: that happens with the use case, in one go.

use std::future::{Ready, ready};

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpRequest};

use super::State;

/// What a request came with.
#[derive(Debug, Clone)]
pub(in crate::web) struct Visitor {
    pub(in crate::web) credential: Option<Credential>,
    /// What proves that the request comes from one of our pages: the form's token, or the script's header.
    pub(in crate::web) proof: Option<String>,
    /// Whether the browser says that another site sent it.
    pub(in crate::web) foreign: bool,
    /// Where to come back to after signing in; only for pages that can be asked for again.
    pub(in crate::web) path: Option<String>,
}

/// A secret that stands for a person.
#[derive(Debug, Clone)]
pub(in crate::web) enum Credential {
    /// From the cookie.
    Session(String),
    /// From the `Authorization` header.
    Token(String),
}

impl Visitor {
    pub(in crate::web) fn of(request: &HttpRequest) -> Self {
        let header = |name: &str| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let token = header("authorization")
            .and_then(|value| value.strip_prefix("Bearer "))
            .map(|token| Credential::Token(token.trim().to_owned()));
        let session = || {
            request
                .cookie(cookie_name(https(request)))
                .map(|cookie| Credential::Session(cookie.value().to_owned()))
        };
        // Sent by every current browser. Old ones are stopped by the token alone.
        let foreign =
            header("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
        let again = request.method() == Method::GET;
        Self {
            credential: token.or_else(session),
            proof: header("x-form-token").map(str::to_owned),
            foreign,
            path: again
                .then(|| {
                    request
                        .uri()
                        .path_and_query()
                        .map(|path| path.as_str().to_owned())
                })
                .flatten(),
        }
    }
}

impl FromRequest for Visitor {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

fn https(request: &HttpRequest) -> bool {
    request
        .app_data::<actix_web::web::Data<State>>()
        .is_some_and(|state| state.https)
}

/// `__Host-` ties a cookie to this host and to HTTPS; without HTTPS browsers would refuse it.
const fn cookie_name(https: bool) -> &'static str {
    if https {
        "__Host-second-story"
    } else {
        "second-story"
    }
}

/// The cookie that carries a session's secret.
pub(in crate::web) fn session_cookie(secret: String, https: bool) -> Cookie<'static> {
    cookie(cookie_name(https), secret, https, Duration::days(14))
}

/// The cookie that makes a browser forget the session.
pub(in crate::web) fn no_session_cookie(https: bool) -> Cookie<'static> {
    cookie(cookie_name(https), String::new(), https, Duration::ZERO)
}

/// The cookie that brings news to the page that comes next, and to the browser that asked for it alone.
const NEWS: &str = "news";

/// Sends news along: what was just done, with what.
pub(in crate::web) fn news_cookie(news: String, https: bool) -> Cookie<'static> {
    cookie(NEWS, news, https, Duration::minutes(5))
}

/// The cookie that ends the news.
pub(in crate::web) fn no_news_cookie(https: bool) -> Cookie<'static> {
    cookie(NEWS, String::new(), https, Duration::ZERO)
}

/// Whether a request brings this news.
pub(in crate::web) fn is_news(request: &HttpRequest, news: &str) -> bool {
    request
        .cookie(NEWS)
        .is_some_and(|cookie| cookie.value() == news)
}

fn cookie(name: &'static str, value: String, https: bool, age: Duration) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .secure(https)
        .same_site(SameSite::Lax)
        .max_age(age)
        .finish()
}
