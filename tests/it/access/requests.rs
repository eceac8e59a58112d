//! How the matrix asks: what parameters of addresses mean, and what is sent where.

use reqwest::Method;
use serde_json::Value;

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
        "link" => "link",
        "fix" => "fix",
        "decision" => "decision",
        "revision" => "revision",
        "person" => "!00000000-0000-7000-8000-000000000000",
        "token" => "!00000000-0000-7000-8000-000000000001",
        "key" => "!summary",
        "factor" if below("/postmortems/") => "statement",
        "factor" => "!capacity-headroom",
        "category" => "!scale",
        "hash" => "!0",
        "name" => "!style.css",
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
pub(super) fn filled<'a>(route: &Route, pick: impl Fn(usize) -> &'a Ids) -> String {
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

/// What is sent: fields of a form, or JSON.
#[derive(Debug, Clone, Copy)]
enum Body {
    Form(&'static [(&'static str, &'static str)]),
    Json(&'static str),
}

/// What a route has to be sent so that it is refused for no other reason than who asks. `{statement}` and its kind stand
/// for ids. A route that is not here is sent `version=1`, or `{}` over whatever stands.
const BODIES: [(&str, Body); 36] = [
    (
        "POST /api/v1/differences",
        Body::Json(r#"{"older": "Words.", "newer": "Other words."}"#),
    ),
    (
        "POST /api/v1/postmortems/{id}/sections/{key}/unused",
        Body::Json(r#"{"text": "Words."}"#),
    ),
    ("POST /postmortems", Body::Form(FACTS)),
    ("POST /postmortems/{id}/facts", Body::Form(FACTS)),
    (
        "POST /postmortems/{id}/sections/{key}",
        Body::Form(&[("text", "Words."), ("version", "1")]),
    ),
    (
        "POST /postmortems/{id}/sections/{key}/unused",
        Body::Form(&[("unused", "yes"), ("version", "1")]),
    ),
    ("POST /postmortems/{id}/events", Body::Form(EVENT)),
    ("POST /postmortems/{id}/events/{event}", Body::Form(EVENT)),
    ("POST /postmortems/{id}/factors", Body::Form(STATEMENT)),
    (
        "POST /postmortems/{id}/factors/{factor}",
        Body::Form(STATEMENT),
    ),
    ("POST /postmortems/{id}/actions", Body::Form(ACTION)),
    (
        "POST /postmortems/{id}/actions/{action}",
        Body::Form(ACTION),
    ),
    (
        "POST /postmortems/{id}/accounts",
        Body::Form(&[("role", "Caller"), ("text", "Words."), ("version", "1")]),
    ),
    (
        "POST /postmortems/{id}/accounts/{account}",
        Body::Form(&[("role", "Caller"), ("text", "Words."), ("version", "1")]),
    ),
    (
        "POST /postmortems/{id}/people",
        Body::Form(&[("person", "ada.brandt@example.org"), ("access", "read")]),
    ),
    (
        "POST /postmortems/{id}/links",
        Body::Form(&[("to", "{postmortem}"), ("relation", "related")]),
    ),
    (
        "POST /api/v1/postmortems",
        Body::Json(r#"{"title": "Words for a title"}"#),
    ),
    (
        "PUT /api/v1/postmortems/{id}",
        Body::Json(r#"{"title": "Words for a title"}"#),
    ),
    (
        "PUT /api/v1/postmortems/{id}/sections/{key}",
        Body::Json(r#"{"text": "Words."}"#),
    ),
    (
        "POST /api/v1/postmortems/{id}/events",
        Body::Json(JSON_EVENT),
    ),
    (
        "PUT /api/v1/postmortems/{id}/events/{event}",
        Body::Json(JSON_EVENT),
    ),
    (
        "POST /api/v1/postmortems/{id}/factors",
        Body::Json(JSON_STATEMENT),
    ),
    (
        "PUT /api/v1/postmortems/{id}/factors/{statement}",
        Body::Json(JSON_STATEMENT),
    ),
    (
        "POST /api/v1/postmortems/{id}/actions",
        Body::Json(JSON_ACTION),
    ),
    (
        "PUT /api/v1/postmortems/{id}/actions/{action}",
        Body::Json(JSON_ACTION),
    ),
    (
        "PUT /api/v1/postmortems/{id}/actions/{action}/state",
        Body::Json(r#"{"state": "done"}"#),
    ),
    (
        "POST /api/v1/postmortems/{id}/accounts",
        Body::Json(r#"{"role": "Caller", "text": "Words."}"#),
    ),
    (
        "PUT /api/v1/postmortems/{id}/accounts/{account}",
        Body::Json(r#"{"role": "Caller", "text": "Words."}"#),
    ),
    (
        "POST /api/v1/postmortems/{id}/links",
        Body::Json(r#"{"to": "{postmortem}", "relation": "related"}"#),
    ),
    (
        "PUT /api/v1/postmortems/{id}/shepherd",
        Body::Json(r#"{"person": "ada.brandt@example.org"}"#),
    ),
    (
        "POST /api/v1/causes",
        Body::Json(r#"{"statement": "One worker", "factor_statement": "{statement}"}"#),
    ),
    (
        "PUT /api/v1/causes/{id}",
        Body::Json(r#"{"statement": "One worker"}"#),
    ),
    (
        "POST /api/v1/causes/{id}/links",
        Body::Json(r#"{"factor_statement": "{statement}", "same": "One.", "different": "Two."}"#),
    ),
    (
        "POST /api/v1/causes/{id}/fixes",
        Body::Json(r#"{"tried": "A second worker"}"#),
    ),
    (
        "POST /api/v1/causes/{id}/decisions",
        Body::Json(r#"{"decision": "watch", "reason": "It is new."}"#),
    ),
    ("POST /api/v1/lint", Body::Json(r#"{"text": "Words."}"#)),
];

const FACTS: &[(&str, &str)] = &[
    ("title", "Words for a title"),
    ("kind", "incident"),
    ("tier", "note"),
    ("system", "both"),
    ("zone", "Etc/UTC"),
    ("visibility", "organisation"),
    ("version", "1"),
];
const EVENT: &[(&str, &str)] = &[
    ("when", "2026-03-14 09:30"),
    ("lane", "saw"),
    ("text", "Words."),
    ("version", "1"),
];
const STATEMENT: &[(&str, &str)] = &[
    ("statement", "Words."),
    ("role", "contributing"),
    ("confidence", "shown"),
    ("evidence", "{event}"),
    ("version", "1"),
];
const ACTION: &[(&str, &str)] = &[
    ("title", "Words"),
    ("kind", "idea"),
    ("factor_statement", "{statement}"),
    ("version", "1"),
];
const JSON_EVENT: &str = r#"{"when": "2026-03-14 09:30", "lane": "saw", "text": "Words."}"#;
const JSON_STATEMENT: &str = r#"{"statement": "Words.", "role": "contributing", "confidence": "shown", "evidence": ["{event}"]}"#;
const JSON_ACTION: &str =
    r#"{"title": "Words", "kind": "idea", "factor_statement": "{statement}"}"#;

fn body(route: &Route) -> Body {
    let name = route.name();
    let known = BODIES.iter().find(|(known, _)| *known == name);
    match known {
        Some((_, body)) => *body,
        None if route.path.ends_with("/place") && route.is_api() => Body::Json(r#"{"place": "1"}"#),
        None if route.path.ends_with("/place") => Body::Form(&[("place", "up"), ("to", "up")]),
        None if route.is_api() => Body::Json("{}"),
        None => Body::Form(&[("version", "1")]),
    }
}

/// Whether what is sent to a route names things by their ids.
pub(super) fn names_others(route: &Route) -> bool {
    match body(route) {
        Body::Json(json) => {
            json.contains("{event}")
                || json.contains("{statement}")
                || json.contains("{postmortem}")
        }
        Body::Form(fields) => fields.iter().any(|(_, value)| value.starts_with('{')),
    }
}

fn with_ids(template: &str, ids: &Ids) -> String {
    ids.iter().fold(template.to_owned(), |text, (kind, id)| {
        text.replace(&format!("{{{kind}}}"), id)
    })
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
    let request = match body(route) {
        _ if route.reads() => request,
        Body::Json(json) => {
            let body: Value = serde_json::from_str(&with_ids(json, ids)).unwrap();
            request
                .header("if-match", "*")
                .header("x-form-token", key)
                .json(&body)
        }
        Body::Form(fields) => {
            let mut all = vec![("csrf".to_owned(), key)];
            all.extend(
                fields
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), with_ids(value, ids))),
            );
            request.form(&all)
        }
    };
    send(request).await
}
