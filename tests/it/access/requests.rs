//! How the matrix asks: what parameters of addresses mean, and with which proof one comes.

use reqwest::Method;

use super::bodies::{Sent, sent};
use super::routes::{Route, parameters};
use super::world::{HIDEABLE, Ids};
use crate::harness::{Answer, Client, send};

/// What a parameter names: a kind of thing that may be hidden, or something that is the same for everybody.
pub(super) fn kind(path: &str, parameter: &str) -> Result<&'static str, String> {
    let below = |folder: &str| path.contains(folder);
    let known = match parameter {
        "id" if below("/postmortems/{id}") => "postmortem",
        "id" | "cause" if below("/causes/") || below("/themes/") => "cause",
        "id" if below("/factors/{id}") => "statement",
        "id" if below("/actions/{id}") => "action",
        "link" if below("/causes/") || below("/themes/") => "cause_link",
        "event" => "event",
        "statement" => "statement",
        "action" => "action",
        "account" => "account",
        "comment" => "comment",
        "link" => "link",
        "fix" => "fix",
        "decision" => "decision",
        "revision" => "revision",
        "person" => "!00000000-0000-7000-8000-000000000000",
        "token" => "!00000000-0000-7000-8000-000000000001",
        "key" => "!summary",
        "finding" | "named" => "!0000000000000000",
        "factor" if below("/postmortems/") => "statement",
        "factor" => "!capacity-headroom",
        "category" => "!scale",
        "chosen" => "!00000000-0000-7000-8000-000000000002",
        "component" => "!letter%20queue",
        "week" => "!2026-W49",
        "hash" => "!0",
        "format" => "!csv",
        "name" => "!style.css",
        "upload" => "!00000000-0000-7000-8000-000000000002",
        _ => {
            return Err(format!(
                "{path}: say in tests/it/access/requests.rs, fn kind, what {{{parameter}}} names"
            ));
        }
    };
    Ok(known)
}

/// The parameters of a route that name something which may be hidden.
pub(super) fn hideable(route: &Route) -> Vec<&'static str> {
    parameters(&route.path)
        .into_iter()
        .filter_map(|parameter| kind(&route.path, parameter).ok())
        .filter(|kind| HIDEABLE.contains(kind))
        .collect()
}

/// The address with ids in it; each parameter takes the ids that the test picks for its place.
pub(crate) fn filled<'a>(route: &Route, pick: impl Fn(usize) -> &'a Ids) -> String {
    let mut path = String::new();
    for (place, piece) in route.path.split('{').enumerate() {
        let Some((parameter, after)) = piece.split_once('}').filter(|_| place > 0) else {
            path.push_str(piece);
            continue;
        };
        let parameter = parameter.split(':').next().unwrap_or_default();
        let kind = kind(&route.path, parameter).unwrap();
        path.push_str(
            kind.strip_prefix('!')
                .unwrap_or_else(|| &pick(place - 1)[kind]),
        );
        path.push_str(after);
    }
    path
}

/// With what a request proves who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// The cookie; and the key of our forms.
    Session,
    /// The cookie alone, as another site's form would have it.
    Cookie,
    /// A token that may write.
    Token,
    /// A token that may read.
    ReadingToken,
}

/// Asks; what the body names comes from `ids`.
pub(super) async fn ask(
    who: &Client,
    proof: Proof,
    route: &Route,
    path: &str,
    ids: &Ids,
) -> Answer {
    let method = Method::from_bytes(route.method.as_bytes()).unwrap();
    let below = path.strip_prefix("/api/v1").unwrap_or(path);
    let request = match proof {
        Proof::Token => who.api.request(method, below),
        Proof::ReadingToken => who.reading_api.request(method, below),
        Proof::Session | Proof::Cookie => who.request(method, path),
    };
    let key = if proof == Proof::Session && !route.reads() {
        who.key().await.to_owned()
    } else {
        String::new()
    };
    let request = match sent(route, ids) {
        _ if route.reads() => request,
        Sent::Json(json) => request
            .header("if-match", "*")
            .header("x-form-token", key)
            .json(&json),
        Sent::Form(fields) => {
            let mut all = vec![("csrf".to_owned(), key)];
            all.extend(fields);
            request.form(&all)
        }
    };
    send(request).await
}
