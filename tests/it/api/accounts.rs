//! Accounts by role.

use reqwest::Method;
use serde_json::json;

use crate::harness::{send, spawn_app};

#[actix_web::test]
async fn an_account_is_written_changed_removed_and_brought_back() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let api = app.writer().api;
    let list = format!("/postmortems/{}/accounts", saved.id);
    let empty = api
        .post(&list, &json!({"text": " "}))
        .await
        .expect(422)
        .json();
    assert_eq!(empty["errors"].as_array().unwrap().len(), 2);
    let body = json!({"role": "On-call engineer", "text": "I saw **twice**.\n\nThen: nothing. <script>x</script>"});
    let made = api.post(&list, &body).await.expect(201);
    let html = made.json()["html"].as_str().unwrap().to_owned();
    assert!(
        html.contains("<strong>twice</strong>") && !html.contains("script"),
        "{html}"
    );
    let path = made.location().strip_prefix("/api/v1").unwrap().to_owned();
    api.put(&path, &body).await.expect(428);
    let changed = api
        .put_over(&path, "\"1\"", &json!({"role": "Night duty"}))
        .await
        .expect(200);
    assert_eq!(
        (changed.etag(), &changed.json()["text"]),
        ("\"2\"", &body["text"])
    );
    let late = api
        .put_over(&path, "\"1\"", &json!({"text": "Other."}))
        .await
        .expect(412)
        .json();
    assert!(
        late["conflict"]["theirs"]
            .as_str()
            .unwrap()
            .contains("Night duty"),
        "{late}"
    );
    send(api.request(Method::DELETE, &path).header("if-match", "*"))
        .await
        .expect(204);
    let back = api
        .post(&format!("{path}/restoration"), &json!({}))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&back["text"], &back["version"]),
        (&body["text"], &json!(3))
    );
    let whole = app
        .reader()
        .api
        .get(&format!("/postmortems/{}", saved.id))
        .await
        .json();
    assert_eq!(whole["accounts"], json!([back]));
}
