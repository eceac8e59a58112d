//! What each route has to be sent so that it is refused for no other reason than who asks.

use serde_json::Value;

use super::routes::Route;
use super::world::{HIDEABLE, Ids};

/// What is sent: fields of a form, or JSON.
#[derive(Debug, Clone, Copy)]
enum Body {
    Form(&'static [(&'static str, &'static str)]),
    Json(&'static str),
}

/// What is sent where. `{statement}` and its kind stand
/// for ids. A route that is not here is sent `version=1`, or `{}` over whatever stands.
const BODIES: [(&str, Body); 60] = [
    (
        "POST /api/v1/postmortems/{id}/names/replacement",
        Body::Json(r#"{"name": "Mara", "role": "the nurse"}"#),
    ),
    (
        "PUT /api/v1/postmortems/{id}/names/{named}",
        Body::Json(r#"{"reason": "agreed"}"#),
    ),
    (
        "POST /postmortems/{id}/names/replacement",
        Body::Form(&[("name", "Mara"), ("role", "the nurse")]),
    ),
    ("PUT /api/v1/roles", Body::Json(r#"{"items": []}"#)),
    (
        "POST /postmortems/{id}/comments",
        Body::Form(&[("text", "Words.")]),
    ),
    (
        "POST /api/v1/postmortems/{id}/comments",
        Body::Json(r#"{"text": "Words."}"#),
    ),
    (
        "PUT /api/v1/postmortems/{id}/comments/{comment}",
        Body::Json(r#"{"text": "Words."}"#),
    ),
    (
        "POST /postmortems/{id}/findings",
        Body::Form(&[("place", "title"), ("text", "Words.")]),
    ),
    (
        "PUT /api/v1/postmortems/{id}/findings/{finding}",
        Body::Json(r#"{"reason": "system"}"#),
    ),
    (
        "POST /api/v1/differences",
        Body::Json(r#"{"older": "Words.", "newer": "Other words."}"#),
    ),
    ("POST /api/v1/lint", Body::Json(r#"{"text": "Words."}"#)),
    (
        "POST /api/v1/factors/similar",
        Body::Json(r#"{"text": "Words."}"#),
    ),
    (
        "POST /api/v1/postmortems/similar",
        Body::Json(r#"{"title": "Words."}"#),
    ),
    (
        "POST /api/v1/postmortems/{id}/sections/{key}/unused",
        Body::Json(r#"{"text": "Words."}"#),
    ),
    (
        "POST /reading-list",
        Body::Form(&[("postmortem", "{postmortem}"), ("question", "Why?")]),
    ),
    (
        "POST /reading-list/{chosen}",
        Body::Form(&[("question", "Why?"), ("version", "1")]),
    ),
    (
        "POST /api/v1/reading-list",
        Body::Json(r#"{"postmortem": "{postmortem}", "question": "Why?"}"#),
    ),
    (
        "PUT /api/v1/reading-list/{chosen}",
        Body::Json(r#"{"question": "Why?"}"#),
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
    (
        "POST /postmortems/{id}/events/batch",
        Body::Form(&[
            ("when", "14:32"),
            ("lane", "did"),
            ("text", "Words."),
            ("take", "0"),
        ]),
    ),
    (
        "POST /api/v1/postmortems/{id}/events/preview",
        Body::Json(r#"{"text": "14:32 words"}"#),
    ),
    (
        "POST /api/v1/postmortems/{id}/events/batch",
        Body::Json(r#"{"events": [{"when": "14:32", "lane": "did", "text": "Words."}]}"#),
    ),
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
        "PUT /api/v1/causes/{id}/readers",
        Body::Json(r#"{"postmortem": "{postmortem}"}"#),
    ),
    (
        "POST /causes",
        Body::Form(&[
            ("statement", "One worker"),
            ("factor_statement", "{statement}"),
            ("then", "{statement}"),
        ]),
    ),
    (
        "POST /causes/{id}/readers",
        Body::Form(&[("postmortem", "{postmortem}")]),
    ),
    (
        "POST /causes/{id}/links",
        Body::Form(&[
            ("factor_statement", "{statement}"),
            ("same", "One."),
            ("different", "Two."),
        ]),
    ),
    (
        "POST /causes/{id}/fixes",
        Body::Form(&[("tried", "A second worker")]),
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

/// What is sent, with ids in it.
#[derive(Debug, Clone)]
pub(crate) enum Sent {
    Form(Vec<(String, String)>),
    Json(Value),
}

/// What a route is sent; what it names comes from `ids`.
pub(crate) fn sent(route: &Route, ids: &Ids) -> Sent {
    match body(route) {
        Body::Json(json) => Sent::Json(serde_json::from_str(&with_ids(json, ids)).unwrap()),
        Body::Form(fields) => Sent::Form(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), with_ids(value, ids)))
                .collect(),
        ),
    }
}

/// Whether what is sent to a route names things by their ids.
pub(super) fn names_others(route: &Route) -> bool {
    let template = match body(route) {
        Body::Json(json) => json.to_owned(),
        Body::Form(fields) => format!("{fields:?}"),
    };
    HIDEABLE
        .iter()
        .any(|kind| template.contains(&format!("{{{kind}}}")))
}

fn with_ids(template: &str, ids: &Ids) -> String {
    ids.iter().fold(template.to_owned(), |text, (kind, id)| {
        text.replace(&format!("{{{kind}}}"), id)
    })
}
