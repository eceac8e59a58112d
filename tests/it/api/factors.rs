//! Factor statements and the taxonomy.

use reqwest::Method;
use second_story::app::timeline::{self, EventInput};
use second_story::domain::ids::PostMortemId;
use serde_json::{Value, json};

use crate::harness::{Answer, App, Client, Saved, send, spawn_app};

/// A statement that holds everything.
fn everything(event: &str) -> Value {
    json!({
        "statement": "A retried batch carries no mark.",
        "factor": "unhandled-case",
        "role": "contributing",
        "component": "Billing job",
        "system": "computer",
        "without_this": "the second charge would have been refused",
        "scale": {"quantity": "retries", "unit": "a night", "made_for": "0", "failed_at": "14"},
        "evidence": [event, "https://example.org/log", "account of On-call engineer"],
    })
}

fn event(app: &App, saved: &Saved, text: &str) -> String {
    let input = EventInput {
        when: "2026-10-14 05:06".to_owned(),
        lane: "happened".to_owned(),
        text: text.to_owned(),
        ..EventInput::default()
    };
    let id = PostMortemId::parse(&saved.id).unwrap();
    let made = timeline::add(&app.store, &app.writer().ctx.unwrap(), id, &input).unwrap();
    made.event.id.to_string()
}

async fn add(client: &Client, saved: &Saved, body: &Value) -> Answer {
    client
        .api
        .post(&format!("/postmortems/{}/factors", saved.id), body)
        .await
}

async fn remove(client: &Client, path: &str, version: &str) -> Answer {
    send(
        client
            .api
            .request(Method::DELETE, path)
            .header("if-match", version),
    )
    .await
}

#[actix_web::test]
async fn a_statement_is_answered_as_it_was_sent_and_stands_in_the_whole() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let event = event(&app, &saved, "The batch waits.");
    let body = everything(&event);
    let made = add(&app.writer(), &saved, &body).await.expect(201);
    assert_eq!(made.etag(), "\"1\"");
    let json = made.json();
    for (name, value) in body.as_object().unwrap() {
        if name != "scale" {
            assert_eq!(&json[name], value, "{name}");
        }
    }
    assert_eq!(json["scale"]["failed_at"], "14");
    assert_eq!(
        (&json["confidence"], &json["taxonomy_version"]),
        (&json!("shown"), &json!("1.0.0"))
    );
    let path = made.location().strip_prefix("/api/v1").unwrap().to_owned();
    assert_eq!(app.reader().api.get(&path).await.expect(200).json(), json);
    let whole = app
        .reader()
        .api
        .get(&format!("/postmortems/{}", saved.id))
        .await;
    assert_eq!(whole.json()["factors"], json!([json]));
}

#[actix_web::test]
async fn every_field_that_cannot_be_kept_is_named_at_once() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let elsewhere = app.draft().save().await;
    let foreign = event(&app, &elsewhere, "Something else.");
    let body = json!({
        "statement": " ", "factor": "the screens showed green", "role": "cause", "confidence": "sure",
        "component": "Wanda Okafor", "evidence": [foreign, "ftp://example.org", "account of @wanda", "https://example.org"],
    });
    let problem = add(&app.writer(), &saved, &body).await.expect(422).json();
    let fields: Vec<&str> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        [
            "statement",
            "factor",
            "role",
            "confidence",
            "component",
            "evidence",
            "evidence",
            "evidence"
        ]
    );
    let choices = &problem["errors"][1]["choices"];
    assert!(
        choices.to_string().contains("misleading-signal"),
        "{choices}"
    );
    let whole = app
        .writer()
        .api
        .get(&format!("/postmortems/{}", saved.id))
        .await;
    assert_eq!(whole.json()["factors"], json!([]));
}

#[actix_web::test]
async fn an_old_id_and_a_name_read_as_the_factor_and_uncoded_is_none() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    for (typed, factor) in [
        ("uneven-load", json!("capacity-headroom")),
        (
            "Too little headroom for the demand",
            json!("capacity-headroom"),
        ),
        ("uncoded", Value::Null),
        ("", Value::Null),
    ] {
        let body = json!({"statement": "It was full.", "factor": typed, "role": "contributing", "confidence": "inferred"});
        let made = add(&app.writer(), &saved, &body).await.expect(201).json();
        assert_eq!(made["factor"], factor, "{typed}");
    }
}

#[actix_web::test]
async fn a_change_names_its_version_keeps_what_is_left_out_and_shows_both_texts_when_late() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let event = event(&app, &saved, "The batch waits.");
    let made = add(&app.writer(), &saved, &everything(&event)).await;
    let path = made.location().strip_prefix("/api/v1").unwrap().to_owned();
    let api = app.writer().api;
    let change =
        json!({"statement": "A batch carries no mark.", "component": "", "note": "Shorter"});
    api.put(&path, &change).await.expect(428);
    let changed = api.put_over(&path, made.etag(), &change).await.expect(200);
    assert_eq!(changed.etag(), "\"2\"");
    let json = changed.json();
    assert_eq!(
        (&json["component"], &json["factor"], &json["evidence"][0]),
        (&Value::Null, &json!("unhandled-case"), &json!(event))
    );
    let late = json!({"statement": "Nothing marks a batch."});
    let stale = app
        .second_writer()
        .api
        .put_over(&path, made.etag(), &late)
        .await
        .expect(412);
    assert_eq!(stale.etag(), "\"2\"");
    let conflict = stale.json()["conflict"].clone();
    assert!(
        conflict["theirs"]
            .as_str()
            .unwrap()
            .starts_with("Finding: A batch carries no mark."),
        "{conflict}"
    );
    assert!(
        conflict["yours"]
            .as_str()
            .unwrap()
            .starts_with("Finding: Nothing marks a batch."),
        "{conflict}"
    );
    assert!(
        conflict["base"]
            .as_str()
            .unwrap()
            .contains("Component: Billing job"),
        "{conflict}"
    );
    // Saying the same again is not a new version.
    let same = api.put_over(&path, "*", &json!({})).await.expect(200);
    assert_eq!(same.etag(), "\"2\"");
    let history = app.writer().get(&saved.page("/history")).await.words();
    assert!(history.contains("Shorter"), "{history}");
}

#[actix_web::test]
async fn a_removed_statement_comes_back_with_its_evidence_and_its_actions() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let writer = app.writer();
    let event = event(&app, &saved, "The batch waits.");
    let made = add(&writer, &saved, &everything(&event)).await;
    let before = made.json();
    let other = json!({"statement": "Refunds were rehearsed.", "role": "mitigating"});
    add(&writer, &saved, &other).await.expect(201);
    let path = made.location().strip_prefix("/api/v1").unwrap().to_owned();
    let action =
        json!({"title": "Mark each batch", "kind": "idea", "factor_statement": before["id"]});
    let actions = format!("/postmortems/{}/actions", saved.id);
    writer.api.post(&actions, &action).await.expect(201);
    writer.api.delete(&path).await.expect(428);
    remove(&writer, &path, "\"7\"").await.expect(412);
    remove(&writer, &path, made.etag()).await.expect(204);
    writer.api.get(&path).await.expect(404);
    let whole = writer
        .api
        .get(&format!("/postmortems/{}", saved.id))
        .await
        .json();
    assert_eq!(whole["actions"][0]["factor_statement"], Value::Null);
    let back = format!("{path}/restoration");
    let restored = writer.api.post(&back, &json!({})).await.expect(200).json();
    let mut expected = before.clone();
    expected["version"] = json!(2);
    assert_eq!(restored, expected);
    let whole = writer
        .api
        .get(&format!("/postmortems/{}", saved.id))
        .await
        .json();
    assert_eq!(whole["factors"][0]["id"], before["id"]);
    assert_eq!(whole["actions"][0]["factor_statement"], before["id"]);
    writer.api.post(&back, &json!({})).await.expect(409);
}

#[actix_web::test]
async fn statements_are_moved_by_one_place_or_to_one() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let writer = app.writer();
    let mut ids = Vec::new();
    for text in ["One.", "Two.", "Three."] {
        let body = json!({"statement": text, "role": "contributing"});
        let made = add(&writer, &saved, &body).await.expect(201).json();
        ids.push(made["id"].as_str().unwrap().to_owned());
    }
    for (which, place, order) in [(2, "up", "One.Three.Two."), (0, "3", "Three.Two.One.")] {
        let path = format!("/postmortems/{}/factors/{}/place", saved.id, ids[which]);
        writer
            .api
            .put(&path, &json!({"place": place}))
            .await
            .expect(204);
        let whole = writer
            .api
            .get(&format!("/postmortems/{}", saved.id))
            .await
            .json();
        let found: String = whole["factors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|statement| statement["statement"].as_str().unwrap())
            .collect();
        assert_eq!(found, order);
    }
}

#[actix_web::test]
async fn a_restricted_statement_is_nothing_to_others_and_counts_nowhere() {
    let app = spawn_app().await;
    let saved = app.draft().restricted().save().await;
    let body = json!({"statement": "The board was quiet.", "factor": "missing-signal", "role": "contributing", "component": "Board room"});
    let made = add(&app.writer(), &saved, &body).await.expect(201);
    let path = made.location().strip_prefix("/api/v1").unwrap().to_owned();
    let stranger = app.second_writer();
    let never = stranger
        .api
        .get(&path.replace(&saved.id, "00000000-0000-7000-8000-000000000000"))
        .await;
    let hidden = stranger.api.get(&path).await.expect(404);
    assert_eq!(hidden.text, never.text);
    add(&stranger, &saved, &body).await.expect(404);
    let seen = |json: Value| {
        (
            json["counts"].clone(),
            json["mentions"].as_array().unwrap().len(),
        )
    };
    let theirs = seen(
        app.writer()
            .api
            .get("/taxonomy/missing-signal")
            .await
            .json(),
    );
    let others = seen(stranger.api.get("/taxonomy/missing-signal").await.json());
    assert_eq!(
        theirs,
        (
            json!({"contributed": 1, "held": 0, "considered": 0, "postmortems": 1}),
            1
        )
    );
    assert_eq!(
        others,
        (
            json!({"contributed": 0, "held": 0, "considered": 0, "postmortems": 0}),
            0
        )
    );
}

#[actix_web::test]
async fn a_factor_counts_once_for_each_post_mortem_and_group_of_roles() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    for role in ["contributing", "weakened-response", "luck", "considered"] {
        let body = json!({"statement": role, "factor": "missing-signal", "role": role});
        add(&app.writer(), &saved, &body).await.expect(201);
    }
    let json = app
        .reader()
        .api
        .get("/taxonomy/missing-signal")
        .await
        .expect(200)
        .json();
    assert_eq!(
        json["counts"],
        json!({"contributed": 1, "held": 1, "considered": 1, "postmortems": 1})
    );
    assert_eq!(json["mentions"].as_array().unwrap().len(), 4);
}

#[actix_web::test]
async fn the_taxonomy_is_read_whole_and_searched_by_typing() {
    let app = spawn_app().await;
    let api = app.reader().reading_api;
    let whole = api.get("/taxonomy").await.expect(200).json();
    assert_eq!(
        (
            whole["categories"].as_array().unwrap().len(),
            whole["factors"].as_array().unwrap().len()
        ),
        (10, 58)
    );
    let found = api
        .get("/taxonomy/suggestions?q=the%20certificate%20expired&limit=3")
        .await
        .expect(200)
        .json();
    assert_eq!(found["items"][0]["id"], "silent-expiry");
    assert_eq!(found["items"].as_array().unwrap().len(), 3);
    assert!(found["items"][0]["use_instead"][0]["name"].is_string());
    api.get("/taxonomy/human-error").await.expect(404);
    let old = api.get("/taxonomy/uneven-load").await.expect(200).json();
    assert_eq!(old["id"], "capacity-headroom");
    app.anonymous().api.get("/taxonomy").await.expect(401);
}
