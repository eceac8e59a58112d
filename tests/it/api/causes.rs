//! Causes, similar statements and themes over the API.

use serde_json::{Value, json};

use crate::harness::{App, Client, spawn_app};

async fn told(app: &App, by: &Client, statement: &str) -> (String, String) {
    let saved = app.draft().by(by).save().await;
    let path = format!("/postmortems/{}/factors", saved.id);
    let body =
        json!({"statement": statement, "role": "contributing", "factor": "recovery-path-untested"});
    let made = by.api.post(&path, &body).await.expect(201).json();
    (saved.id, made["id"].as_str().unwrap().to_owned())
}

fn texts<'a>(items: &'a Value, field: &str) -> Vec<&'a str> {
    let items = items["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item[field].as_str().unwrap())
        .collect()
}

#[actix_web::test]
async fn a_cause_is_made_linked_changed_and_unlinked() {
    let app = spawn_app().await;
    let (writer, api) = (app.writer(), app.writer().api);
    let (_, first) = told(&app, &writer, "The restore was never tried.").await;
    let (_, second) = told(&app, &writer, "Nobody had tried the restore.").await;
    let body = json!({"statement": "Going back is never tried", "factor_statement": first});
    let made = api.post("/causes", &body).await.expect(201);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(
        (made.location(), made.etag()),
        (format!("/api/v1/causes/{id}").as_str(), "\"1\"")
    );
    let cause = format!("/causes/{id}");

    let link = json!({"factor_statement": second, "same": "Untried.", "different": "No plan."});
    let half = json!({"factor_statement": second, "same": "Untried."});
    let refused = api
        .post(&format!("{cause}/links"), &half)
        .await
        .expect(422)
        .json();
    assert_eq!(refused["errors"][0]["field"], "different");
    let linked = api.post(&format!("{cause}/links"), &link).await.expect(201);
    assert_eq!(
        linked.json()["factor_statement"]["statement"],
        "Nobody had tried the restore."
    );
    api.post(&format!("{cause}/links"), &link).await.expect(409);

    api.put(&cause, &json!({"statement": "x"}))
        .await
        .expect(428);
    let changed = api
        .put_over(&cause, "\"1\"", &json!({"description": "No *drill*."}))
        .await
        .expect(200);
    assert_eq!(changed.etag(), "\"2\"");
    assert_eq!(changed.json()["statement"], "Going back is never tried");
    let stale = api
        .put_over(&cause, "\"1\"", &json!({"statement": "y"}))
        .await
        .expect(412)
        .json();
    assert_eq!(stale["conflict"]["version"], 2);

    let fix = api
        .post(&format!("{cause}/fixes"), &json!({"tried": "A drill"}))
        .await
        .expect(201);
    let place = fix.location().strip_prefix("/api/v1").unwrap().to_owned();
    let body = json!({"outcome": "None was held.", "strength": "training"});
    let fix = api
        .put_over(&place, fix.etag(), &body)
        .await
        .expect(200)
        .json();
    assert_eq!(
        (fix["tried"].as_str(), fix["version"].as_i64()),
        (Some("A drill"), Some(2))
    );
    let decision = json!({"decision": "watch", "reason": "Twice."});
    api.post(&format!("{cause}/decisions"), &decision)
        .await
        .expect(422);
    let decision = json!({"decision": "watch", "reason": "Twice.", "relook_on": "2027-01-01"});
    api.post(&format!("{cause}/decisions"), &decision)
        .await
        .expect(201);

    let whole = app.reader().api.get(&cause).await.expect(200).json();
    assert_eq!(whole["links"].as_array().unwrap().len(), 2);
    assert_eq!(whole["decisions"][0]["relook_on"], "2027-01-01");
    assert_eq!(whole["fixes"][0]["outcome"], "None was held.");
    let list = api.get("/causes").await.expect(200).json();
    assert_eq!(
        (
            list["items"][0]["postmortems"].as_i64(),
            list["items"][0]["decision"].as_str()
        ),
        (Some(2), Some("watch"))
    );
    let place = linked.location().strip_prefix("/api/v1").unwrap();
    api.delete(place).await.expect(204);
    api.delete(place).await.expect(404);
    let whole = api.get(&cause).await.expect(200).json();
    assert_eq!(whole["taken_back"][0]["same"], "Untried.");
}

#[actix_web::test]
async fn what_is_similar_comes_with_reasons_and_a_limit() {
    let app = spawn_app().await;
    let (writer, api) = (app.writer(), app.writer().api);
    let (one, first) = told(&app, &writer, "The restore was never tried.").await;
    let (_, _) = told(&app, &writer, "Nobody had tried the restore.").await;
    let (two, _) = told(&app, &writer, "Restoring the data was not tried by anyone.").await;
    let found = api
        .get(&format!("/factors/{first}/similar"))
        .await
        .expect(200)
        .json();
    assert_eq!(found["items"].as_array().unwrap().len(), 2);
    let reasons = found["items"][0]["reasons"].as_array().unwrap();
    assert!(
        reasons[0].as_str().unwrap().contains("restore"),
        "{reasons:?}"
    );
    assert!(
        reasons[1].as_str().unwrap().starts_with("same factor: "),
        "{reasons:?}"
    );
    let found = api
        .get(&format!("/factors/{first}/similar?limit=1"))
        .await
        .expect(200)
        .json();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    let path = format!("/factors/similar?text=never%20tried%20a%20restore&postmortem={one}");
    let found = api.get(&path).await.expect(200).json();
    assert!(
        !texts(&found, "statement").contains(&"The restore was never tried."),
        "{found}"
    );
    let found = api
        .get(&format!("/postmortems/{one}/similar"))
        .await
        .expect(200)
        .json();
    assert!(texts(&found, "id").contains(&two.as_str()), "{found}");
}

#[actix_web::test]
async fn themes_say_what_they_count() {
    let app = spawn_app().await;
    told(&app, &app.writer(), "The restore was never tried.").await;
    let found = app
        .reader()
        .api
        .get("/themes?by=category")
        .await
        .expect(200)
        .json();
    assert_eq!(
        (found["n"].as_i64(), found["says"].as_str()),
        (Some(0), Some("list"))
    );
    assert_eq!(found["quarters"].as_array().unwrap().len(), 6);
    let refused = app
        .reader()
        .api
        .get("/themes?by=person")
        .await
        .expect(422)
        .json();
    assert_eq!(refused["errors"][0]["field"], "by");
}
