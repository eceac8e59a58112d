//! Requests that are broken as requests: too large, of the wrong kind, without what they need.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde_json::json;

use super::{assert_none, fault, writing};
use crate::access::bodies::{Sent, sent};
use crate::access::requests::filled;
use crate::access::routes::Route;
use crate::access::world::World;
use crate::harness::{Client, send, spawn_app};

fn request(who: &Client, route: &Route, path: &str) -> RequestBuilder {
    let method = Method::from_bytes(route.method.as_bytes()).unwrap();
    match path.strip_prefix("/api/v1") {
        Some(below) => who.api.request(method, below),
        None => who.request(method, path),
    }
}

#[actix_web::test]
async fn bodies_that_cannot_be_read_are_refused_on_every_route() {
    let world = World::open().await;
    let writer = world.app.writer();
    let ten_megabytes = "x".repeat(10 * 1024 * 1024);
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let mut offences = Vec::new();
    for route in writing().iter().filter(|route| route.method != "DELETE") {
        let path = filled(route, |_| &world.open);
        let (right, wrong) = if route.is_api() {
            ("application/json", "text/plain")
        } else {
            ("application/x-www-form-urlencoded", "application/json")
        };
        let bodies: [(&str, &str, Vec<u8>, &[u16]); 6] = [
            (
                "ten megabytes",
                right,
                ten_megabytes.clone().into_bytes(),
                &[413],
            ),
            ("another content type", wrong, b"a=b".to_vec(), &[415]),
            (
                "half of a JSON text",
                right,
                br#"{"title": "W"#.to_vec(),
                &[400, 403],
            ),
            (
                "bytes that are no text",
                right,
                vec![0xff, 0xfe, b'=', 0x80],
                &[400, 403],
            ),
            (
                "broken percent-encoding",
                right,
                b"text=%ZZ%8&csrf=%".to_vec(),
                &[400, 403],
            ),
            (
                "a hundred thousand brackets",
                right,
                nested.clone().into_bytes(),
                &[400, 403],
            ),
        ];
        for (kind, content_type, body, wanted) in bodies {
            let answer = send(
                request(&writer, route, &path)
                    .header("content-type", content_type)
                    .header("if-match", "*")
                    .body(body),
            )
            .await;
            let question = format!("{} with {kind}", route.name());
            // A route that takes no body may leave it unread.
            let unread = route.is_api()
                && matches!(sent(route, &world.open), Sent::Json(body) if body == json!({}));
            // Who comes in has no key yet, and is told about the fields.
            let way_in = matches!(path.as_str(), "/setup" | "/session")
                && matches!(answer.status, 422 | 429);
            if !wanted.contains(&answer.status) && !unread && !way_in {
                offences.push(format!("{question}: {} {}", answer.status, answer.words()));
            } else if let Some(fault) = fault(&answer, route.is_api()) {
                offences.push(format!("{question}: {fault}"));
            }
        }
    }
    assert_none("A body that cannot be read", &offences);
}

#[actix_web::test]
async fn addresses_that_cannot_be_read_are_nothing() {
    let app = spawn_app().await;
    let writer = app.writer();
    for path in [
        "/postmortems/%ZZ",
        "/postmortems/%80%ff",
        "/postmortems/%00",
        "/postmortems/..%2f..%2fetc%2fpasswd",
        "/postmortems/PM-0",
        "/postmortems/PM-99999999999999",
        "/postmortems/PM--1",
        "/postmortems/not-an-id/edit",
        "/no/such/page",
        "//example.org/postmortems",
        "/api/v1/no/such/operation",
        "/api/v1/postmortems/%ff",
    ] {
        let answer = writer.get(path).await;
        assert!(
            matches!(answer.status, 400 | 404),
            "{path}: {} {}",
            answer.status,
            answer.text
        );
        assert!(answer.words().contains('.'), "{path}: {}", answer.text);
    }
    // Clients mend these before they send them, so they are sent by hand.
    for path in [
        "/people/..".to_owned(),
        "/a/0/../../Cargo.toml".to_owned(),
        "/a/0/%2e%2e/%2e%2e/Cargo.toml".to_owned(),
        "/postmortems/\u{1}".to_owned(),
        format!("/postmortems/{}", "x".repeat(500_000)),
    ] {
        let line = by_hand(
            app.url(),
            &format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"),
        );
        let status: u16 = line
            .split(' ')
            .nth(1)
            .unwrap_or_default()
            .parse()
            .unwrap_or(0);
        assert!(matches!(status, 400..500 | 303), "{path:.60}: {line}");
    }
    for request in [
        "nonsense\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET\r\n\r\n",
        "\u{0}\u{0}\r\n\r\n",
    ] {
        let line = by_hand(app.url(), request);
        assert!(
            line.contains(" 400 ") || line.is_empty(),
            "{request:?}: {line}"
        );
    }
    app.writer().get("/account").await.expect(200);
}

/// Sends bytes, and reads the first line that comes back.
fn by_hand(url: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(15)))
        .unwrap();
    // The server may close before everything is sent: that is an answer too.
    let _ = stream.write_all(request.as_bytes());
    let mut line = String::new();
    let _ = BufReader::new(stream).read_line(&mut line);
    line
}

#[actix_web::test]
async fn a_method_that_an_address_does_not_know_is_refused_with_a_sentence() {
    let world = World::open().await;
    let writer = world.app.writer();
    let mut offences = Vec::new();
    for route in crate::access::routes::routes() {
        let path = filled(&route, |_| &world.open);
        let answer = send(request(
            &writer,
            &Route {
                method: "PATCH",
                ..route.clone()
            },
            &path,
        ))
        .await;
        if !matches!(answer.status, 404 | 405) {
            offences.push(format!("PATCH {path}: {} {}", answer.status, answer.text));
        } else if let Some(fault) = fault(&answer, route.is_api()) {
            offences.push(format!("PATCH {path}: {fault}"));
        }
    }
    assert_none("A method", &offences);
}

/// Changes that are made over a version: everything under `PUT` that has an `ETag`.
const VERSIONED: [&str; 7] = [
    "PUT /api/v1/postmortems/{id}",
    "PUT /api/v1/postmortems/{id}/sections/{key}",
    "PUT /api/v1/postmortems/{id}/factors/{statement}",
    "PUT /api/v1/postmortems/{id}/actions/{action}",
    "PUT /api/v1/postmortems/{id}/accounts/{account}",
    "PUT /api/v1/postmortems/{id}/events/{event}",
    "PUT /api/v1/postmortems/{id}/shepherd",
];

#[actix_web::test]
async fn a_change_without_a_version_or_over_a_stale_one_is_refused() {
    let world = World::open().await;
    let writer = world.app.writer();
    let mut tried = 0;
    for route in writing()
        .iter()
        .filter(|route| VERSIONED.contains(&route.name().as_str()))
    {
        let path = filled(route, |_| &world.open);
        let Sent::Json(body) = sent(route, &world.open) else {
            unreachable!()
        };
        let missing = send(request(&writer, route, &path).json(&body)).await;
        assert_eq!(missing.status, 428, "{}: {}", route.name(), missing.text);
        for stale in [
            "\"999\"",
            "\"0\"",
            "W/\"1\"",
            "nonsense",
            "\"1\", \"2\"",
            "\"-1\"",
        ] {
            let answer = send(
                request(&writer, route, &path)
                    .header("if-match", stale)
                    .json(&body),
            )
            .await;
            assert_eq!(
                answer.status,
                412,
                "{} over {stale}: {}",
                route.name(),
                answer.text
            );
            assert_eq!(fault(&answer, true), None);
        }
        tried += 1;
    }
    assert_eq!(tried, VERSIONED.len());
}

#[actix_web::test]
async fn another_persons_draft_is_changed_by_its_writers_only() {
    let world = World::open().await;
    let reader = world.app.reader();
    let id = &world.open["postmortem"];
    let before = reader.api.get(&format!("/postmortems/{id}")).await.text;
    reader
        .get(&format!("/postmortems/{id}/edit"))
        .await
        .expect(403);
    let path = format!("/postmortems/{id}/sections/summary");
    reader
        .post(&path, &[("text", "Mine."), ("version", "1")])
        .await
        .expect(403);
    reader
        .api
        .put_over(&path, "*", &json!({"text": "Mine."}))
        .await
        .expect(403);
    assert_eq!(
        reader.api.get(&format!("/postmortems/{id}")).await.text,
        before
    );
}

#[actix_web::test]
async fn what_is_long_and_allowed_is_kept_to_the_last_character() {
    let app = spawn_app().await;
    let writer = app.writer();
    let saved = app.draft().save().await;
    let text = format!(
        "{}\u{202e}\u{5d0}q\u{327}\u{301}😀 end",
        "A sentence of words. ".repeat(2_000)
    );
    let path = format!("/postmortems/{}/sections/summary", saved.id);
    writer
        .api
        .put_over(&path, "*", &json!({"text": text}))
        .await
        .expect(200);
    assert_eq!(writer.api.get(&path).await.json()["text"], text.as_str());
    let form = writer.get(&saved.page("/edit")).await.form(&path);
    assert_eq!(form.value("text"), Some(text.as_str()));
}
