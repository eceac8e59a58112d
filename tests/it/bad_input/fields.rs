//! One bad value at a time, in every field.

use reqwest::Method;
use serde_json::{Value, json};

use super::{assert_none, fault, writing};
use crate::access::bodies::{Sent, sent};
use crate::access::requests::filled;
use crate::access::routes::{Route, routes};
use crate::access::world::World;
use crate::harness::{Answer, Client, send};

/// Values that a person could paste, or a broken program send.
fn texts() -> Vec<(&'static str, String)> {
    vec![
        ("nothing", String::new()),
        ("white space", " \t\u{a0}\u{2003} ".to_owned()),
        (
            "control characters",
            "a\u{0}b\u{7}c\u{1b}[31m\u{7f}\u{85}d".to_owned(),
        ),
        ("line ends", "one\r\ntwo\rthree\u{2028}four".to_owned()),
        (
            "right to left",
            "\u{202e}\u{5d0}\u{5d1}\u{2066}gpj.exe".to_owned(),
        ),
        ("combining", format!("Z{}", "\u{301}\u{327}".repeat(300))),
        (
            "a script",
            "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>".to_owned(),
        ),
        ("the year 0", "0000-01-01".to_owned()),
        ("the year 9999", "9999-12-31 23:59:59+99:99".to_owned()),
        ("a great number", "99999999999999999999".to_owned()),
        ("a number below zero", "-1".to_owned()),
        (
            "an unknown id",
            "01a20000-0000-7000-8000-000000000000".to_owned(),
        ),
        ("a path", "../../../../etc/passwd%00".to_owned()),
    ]
}

/// Values of other types than any field has.
fn types() -> Vec<(&'static str, Value)> {
    vec![
        ("null", Value::Null),
        ("a number", json!(1e300)),
        ("a truth", json!(true)),
        ("a list", json!([[], {}, null, 7])),
        ("an object", json!({"a": {"b": []}})),
    ]
}

async fn send_form(who: &Client, path: &str, fields: &[(String, String)]) -> Answer {
    let mut all = vec![("csrf".to_owned(), who.key().await.to_owned())];
    all.extend_from_slice(fields);
    send(who.request(Method::POST, path).form(&all)).await
}

async fn send_json(who: &Client, route: &Route, path: &str, body: &Value) -> Answer {
    let method = Method::from_bytes(route.method.as_bytes()).unwrap();
    let below = path.strip_prefix("/api/v1").unwrap();
    send(
        who.api
            .request(method, below)
            .header("if-match", "*")
            .json(body),
    )
    .await
}

/// A text that was typed beside the bad field and has to be in the form when it comes back.
const TYPED: &str = "Words";

#[actix_web::test]
async fn a_bad_field_of_a_form_is_answered_with_a_sentence_and_the_rest_stays_typed() {
    let world = World::open().await;
    let writer = world.app.writer();
    let (mut offences, mut tried) = (Vec::new(), 0);
    for route in writing().iter().filter(|route| !route.is_api()) {
        let Sent::Form(fields) = sent(route, &world.open) else {
            continue;
        };
        let path = filled(route, |_| &world.open);
        for (place, (name, _)) in fields.iter().enumerate() {
            for (kind, value) in texts() {
                let mut bad = fields.clone();
                bad[place].1 = value;
                let answer = send_form(&writer, &path, &bad).await;
                tried += 1;
                let question = format!("{} with {kind} for {name}", route.name());
                if let Some(fault) = fault(&answer, false) {
                    offences.push(format!("{question}: {fault}"));
                }
                let typed = bad.iter().any(|(_, value)| value.starts_with(TYPED));
                if answer.status == 422 && typed && !answer.text.contains(TYPED) {
                    offences.push(format!("{question}: what was typed beside it is lost"));
                }
            }
        }
    }
    assert!(tried > 100, "{tried} forms were sent");
    assert_none("A bad field", &offences);
    still_there(&world).await;
}

#[actix_web::test]
async fn a_bad_field_of_json_is_answered_with_a_sentence() {
    let world = World::open().await;
    let writer = world.app.writer();
    let (mut offences, mut tried) = (Vec::new(), 0);
    for route in writing().iter().filter(|route| route.is_api()) {
        let Sent::Json(body) = sent(route, &world.open) else {
            continue;
        };
        let path = filled(route, |_| &world.open);
        let names: Vec<String> = body.as_object().unwrap().keys().cloned().collect();
        let texts = texts()
            .into_iter()
            .map(|(kind, text)| (kind, Value::String(text)));
        let values: Vec<(&str, Value)> = texts.chain(types()).collect();
        // A field that no route has is tried everywhere.
        for name in names.iter().map(String::as_str).chain(["no-such-field"]) {
            for (kind, value) in &values {
                let mut bad = body.clone();
                bad[name] = if body[name].is_array() && value.is_string() {
                    json!([value])
                } else {
                    value.clone()
                };
                let answer = send_json(&writer, route, &path, &bad).await;
                tried += 1;
                let question = format!("{} with {kind} for {name}", route.name());
                if let Some(fault) = fault(&answer, true) {
                    offences.push(format!("{question}: {fault}"));
                }
                let reads = !names.is_empty();
                if name == "no-such-field" && reads && answer.status < 400 {
                    offences.push(format!("{question}: it was taken"));
                }
                if name == "no-such-field" {
                    break;
                }
            }
        }
    }
    assert!(tried > 200, "{tried} bodies were sent");
    assert_none("A bad field", &offences);
    still_there(&world).await;
}

/// After everything: the post-mortem can be read through both doors, and is shown without what was tried on it.
async fn still_there(world: &World) {
    let id = &world.open["postmortem"];
    let reader = world.app.reader();
    for below in ["", "/history", "/publication"] {
        let page = reader
            .get(&format!("/postmortems/{id}{below}"))
            .await
            .expect(200);
        assert!(
            !page.text.contains("<script>alert") && !page.text.contains("<img src=x"),
            "{}",
            page.text
        );
    }
    let editor = world
        .app
        .second_writer()
        .get(&format!("/postmortems/{id}/edit"))
        .await
        .expect(200);
    assert!(
        !editor.text.contains("<script>alert") && !editor.text.contains("<img src=x"),
        "{}",
        editor.text
    );
    reader
        .api
        .get(&format!("/postmortems/{id}"))
        .await
        .expect(200);
}

#[actix_web::test]
async fn queries_that_mean_nothing_are_answered() {
    const FIELDS: [&str; 16] = [
        "q",
        "text",
        "after",
        "before",
        "limit",
        "kind",
        "status",
        "from",
        "to",
        "by",
        "event",
        "factor",
        "component",
        "state",
        "owner",
        "next",
    ];
    const KINDS: [&str; 4] = [
        "control characters",
        "a script",
        "the year 0",
        "a great number",
    ];
    let world = World::open().await;
    let writer = world.app.writer();
    let mut offences = Vec::new();
    let values: Vec<_> = texts()
        .into_iter()
        .filter(|(kind, _)| KINDS.contains(kind))
        .collect();
    for route in routes().iter().filter(|route| route.reads()) {
        let path = filled(route, |_| &world.open);
        for (field, (kind, value)) in FIELDS
            .iter()
            .flat_map(|field| values.iter().map(move |value| (field, value)))
        {
            let query = serde_html_form::to_string([(field, value)]).unwrap();
            let asked = format!("{path}?{query}");
            let answer = match asked.strip_prefix("/api/v1") {
                Some(below) => writer.api.get(below).await,
                None => writer.get(&asked).await,
            };
            if let Some(fault) = fault(&answer, route.is_api()) {
                offences.push(format!("GET {path} with {kind} for {field}: {fault}"));
            }
        }
    }
    assert_none("A query", &offences);
}
