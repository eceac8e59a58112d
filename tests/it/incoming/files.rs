//! Files over the API, and archives of Markdown files.

use reqwest::Method;
use serde_json::{Value, json};

use super::zipped;
use crate::harness::{Answer, Api, send, spawn_app};

const TABLE: &str = "Time;What\n2026-10-14 14:05;Alarm\n2026-10-14 14:20;Quiet\n";
const QUEUE: &str = "# The queue stopped\n\n## Summary\n\nLetters waited.\n";

/// Sends a file as the body.
async fn body(api: &Api, path: &str, bytes: impl Into<reqwest::Body>) -> Answer {
    let request = api.request(Method::POST, path);
    send(request.header("content-type", "text/csv").body(bytes)).await
}

/// Sends a form with files, each a name and what it holds.
async fn form(api: &Api, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
    let mut body: Vec<u8> = Vec::new();
    let mut part = |head: String, bytes: &[u8]| {
        let head = format!("--xyz\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    };
    for (name, value) in fields {
        part(format!("name=\"{name}\""), value.as_bytes());
    }
    for (name, bytes) in files {
        part(format!("name=\"file\"; filename=\"{name}\""), bytes);
    }
    body.extend_from_slice(b"--xyz--\r\n");
    let request = api.request(Method::POST, path);
    let kind = "multipart/form-data; boundary=xyz";
    send(request.header("content-type", kind).body(body)).await
}

fn counts(answer: &Value) -> [u64; 5] {
    let names = ["created", "updated", "unchanged", "failed", "unsure"];
    names.map(|name| answer[name].as_u64().unwrap())
}

async fn many(api: &Api) -> usize {
    let list = api.get("/postmortems").await.expect(200).json();
    list["items"].as_array().unwrap().len()
}

#[actix_web::test]
async fn a_file_is_looked_at_then_imported_once() {
    let app = spawn_app().await;
    let api = app.writer().api;
    let path = "/imports/csv?name=queue.csv";
    let dry = body(&api, &format!("{path}&dry_run=true"), TABLE).await;
    let dry = dry.expect(200).json();
    assert_eq!(
        (counts(&dry), &dry["dry_run"]),
        ([1, 0, 0, 0, 0], &json!(true))
    );
    assert_eq!(dry["items"][0]["events"], 2);
    assert_eq!(dry["items"][0]["id"], Value::Null);
    assert_eq!(many(&api).await, 0, "nothing is kept yet");
    let done = body(&api, path, TABLE).await.expect(200).json();
    assert_eq!(done["items"][0]["outcome"], "created");
    let id = done["items"][0]["id"].as_str().unwrap();
    let story = api
        .get(&format!("/postmortems/{id}"))
        .await
        .expect(200)
        .json();
    assert_eq!(story["events"][0]["text"], "Alarm");
    assert_eq!(story["status"], "draft");
    let again = body(&api, path, TABLE).await.expect(200).json();
    assert_eq!(again["unchanged"], 1);
    assert_eq!(many(&api).await, 1);
}

#[actix_web::test]
async fn files_that_belong_together_come_as_a_form_with_what_is_said_about_them() {
    let app = spawn_app().await;
    let api = app.writer().api;
    let tables = [("a.csv", TABLE.as_bytes()), ("b.csv", TABLE.as_bytes())];
    let said = [("title", "The queue stopped"), ("zone", "Europe/Berlin")];
    let made = form(&api, "/imports/csv", &said, &tables).await;
    let made = made.expect(200).json();
    assert_eq!(made["created"], 1, "{made:#}");
    assert_eq!(made["items"][0]["title"], "The queue stopped");
    let id = made["items"][0]["id"].as_str().unwrap();
    let story = api
        .get(&format!("/postmortems/{id}"))
        .await
        .expect(200)
        .json();
    assert_eq!(story["events"][0]["at"], "2026-10-14T12:05:00Z");
}

#[actix_web::test]
async fn what_cannot_be_read_is_refused_with_a_sentence() {
    let app = spawn_app().await;
    let api = app.writer().api;
    let deep = "[".repeat(100_000);
    let bomb = zipped(&[("a.md", vec![b'a'; 30_000_000].as_slice())]);
    let outside = zipped(&[("../a.md", QUEUE.as_bytes())]);
    let empty = zipped(&[("picture.png", b"x".as_slice())]);
    for (path, bytes, said) in [
        ("/imports/csv", Vec::new(), "No file was sent."),
        ("/imports/csv", b"A,B\n1,2\n".to_vec(), "when=Time"),
        ("/imports/pagerduty", deep.into_bytes(), "levels deep"),
        ("/imports/slack", b"no archive".to_vec(), "cannot be read"),
        ("/imports/markdown", QUEUE.into(), "?name="),
        ("/imports/markdown?name=x.zip", bomb, "far larger"),
        ("/imports/markdown?name=x.zip", outside, "outside itself"),
        ("/imports/markdown?name=x.zip", empty, "holds no Markdown"),
        ("/imports/csv?names=x", TABLE.into(), "names"),
    ] {
        let refused = body(&api, path, bytes).await.expect(400).json();
        let detail = refused["detail"].as_str().unwrap();
        assert!(detail.contains(said), "{path}: {detail}");
    }
    let strange = form(&api, "/imports/csv", &[("colour", "x")], &[("a.csv", b"x")]).await;
    let detail = strange.expect(400).json()["detail"].to_string();
    assert!(detail.contains("colour"), "{detail}");
    let unknown = body(&api, "/imports/wordperfect", TABLE).await.expect(404);
    let detail = unknown.json()["detail"].to_string();
    assert!(detail.contains("slack, pagerduty"), "{detail}");
    body(&app.reader().api, "/imports/csv", TABLE)
        .await
        .expect(403);
    body(
        &app.writer().reading_api,
        "/imports/csv?dry_run=true",
        TABLE,
    )
    .await
    .expect(403);
    body(&app.anonymous().api, "/imports/csv", TABLE)
        .await
        .expect(401);
    assert_eq!(many(&api).await, 0);
}

#[actix_web::test]
async fn an_archive_of_markdown_is_imported_as_its_folder_would_be() {
    let app = spawn_app().await;
    let api = app.writer().api;
    let stamps = b"# No stamps\n\n## Summary\n\nNone were left.\n";
    let bytes = zipped(&[
        ("notes/2026/queue.md", QUEUE.as_bytes()),
        ("notes/2026/stamps.md", stamps),
        ("notes/.hidden.md", b"# Hidden\n"),
        ("notes/picture.png", b"x"),
        ("__MACOSX/notes/._queue.md", b"x"),
    ]);
    let path = "/imports/markdown?name=notes.zip";
    let made = body(&api, path, bytes.clone()).await.expect(200).json();
    assert_eq!(made["created"], 2, "{made:#}");
    assert_eq!(made["items"][0]["source"], "2026/queue.md");
    let again = body(&api, path, bytes.clone()).await.expect(200).json();
    assert_eq!(again["unchanged"], 2);
    // The page sees by the file what it is.
    let cookie = app.writer();
    let key = cookie.key().await.to_owned();
    let head = "--xyz\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n";
    let file =
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"notes.zip\"\r\n\r\n";
    let mut sent = format!("{head}{key}\r\n{file}").into_bytes();
    sent.extend_from_slice(&bytes);
    sent.extend_from_slice(b"\r\n--xyz--\r\n");
    let request = cookie.request(Method::POST, "/import");
    let kind = "multipart/form-data; boundary=xyz";
    let answer = send(request.header("content-type", kind).body(sent))
        .await
        .expect(303);
    let shown = cookie.get(answer.location()).await.expect(200).words();
    assert!(
        shown.contains("read as Markdown") && shown.contains("2 unchanged"),
        "{shown}"
    );
}
