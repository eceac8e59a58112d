//! Ideas and commitments.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Client, Saved, now, send, spawn_app};

async fn add(client: &Client, saved: &Saved, body: &Value) -> Answer {
    client
        .api
        .post(&format!("/postmortems/{}/actions", saved.id), body)
        .await
}

fn path(made: &Answer) -> String {
    made.location().strip_prefix("/api/v1").unwrap().to_owned()
}

/// A day, seen from today.
fn day(days: i64) -> String {
    (now().date_naive() + chrono::TimeDelta::days(days)).to_string()
}

#[actix_web::test]
async fn a_commitment_keeps_every_field() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let statement = json!({"statement": "A batch carries no mark.", "role": "contributing"});
    let factors = format!("/postmortems/{}/factors", saved.id);
    let statement = app
        .writer()
        .api
        .post(&factors, &statement)
        .await
        .expect(201)
        .json();
    let body = json!({
        "title": "Give each batch a key", "kind": "commitment", "factor_statement": statement["id"],
        "strength": "remove", "owner": "Payments team", "due_on": "2026-11-30",
        "known_by": "A run with the table held.", "reach": "Night runs", "reversibility": "easy",
        "expires_on": "2027-11-30", "state": "open", "reason": "", "tracker": "https://example.org/PAY-211",
    });
    let made = add(&app.writer(), &saved, &body).await.expect(201);
    let json = made.json();
    for (name, value) in body.as_object().unwrap() {
        assert_eq!(&json[name], value, "{name}");
    }
    assert_eq!(
        app.reader().api.get(&path(&made)).await.expect(200).json(),
        json
    );
}

#[actix_web::test]
async fn an_owner_is_a_team_or_role_and_a_finding_is_one_of_this_post_mortem() {
    let app = spawn_app().await;
    let (saved, other) = (app.draft().save().await, app.draft().save().await);
    let statement = json!({"statement": "Elsewhere.", "role": "contributing"});
    let factors = format!("/postmortems/{}/factors", other.id);
    let statement = app.writer().api.post(&factors, &statement).await.json();
    let body = json!({
        "title": "", "kind": "promise", "owner": "Sefa Tanaka", "factor_statement": statement["id"],
        "due_on": "tomorrow", "tracker": "javascript:alert(1)",
    });
    app.second_writer();
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
            "title",
            "kind",
            "factor_statement",
            "owner",
            "due_on",
            "tracker"
        ]
    );
}

#[actix_web::test]
async fn declining_and_accepting_need_a_reason_and_handing_over_an_address() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let api = app.writer().api;
    let made = add(
        &app.writer(),
        &saved,
        &json!({"title": "Two people a night", "kind": "idea"}),
    )
    .await
    .expect(201);
    let state = format!("{}/state", path(&made));
    for (to, field) in [
        ("declined", "reason"),
        ("accepted", "reason"),
        ("handed-over", "tracker"),
    ] {
        let problem = api
            .put_over(&state, "*", &json!({"state": to}))
            .await
            .expect(422)
            .json();
        assert_eq!(problem["errors"][0]["field"], field, "{to}");
    }
    api.put(&state, &json!({"state": "done"})).await.expect(428);
    let declined = json!({"state": "declined", "reason": "It would show nothing earlier."});
    let answer = api.put_over(&state, "\"1\"", &declined).await.expect(200);
    assert_eq!(
        (answer.etag(), &answer.json()["reason"]),
        ("\"2\"", &declined["reason"])
    );
    let late = json!({"state": "done"});
    let stale = api
        .put_over(&state, "\"1\"", &late)
        .await
        .expect(412)
        .json();
    assert!(
        stale["conflict"]["theirs"]
            .as_str()
            .unwrap()
            .contains("State: Declined"),
        "{stale}"
    );
    // Opened again, the old reason is no reason any more.
    let open = api
        .put_over(&state, "\"2\"", &json!({"state": "open"}))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&open["state"], &open["reason"]),
        (&json!("open"), &json!(""))
    );
}

#[actix_web::test]
async fn a_removed_action_comes_back() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let writer = app.writer();
    let body = json!({"title": "Two people a night", "kind": "idea", "known_by": "One:\n\ntwo", "strength": "barrier"});
    let made = add(&writer, &saved, &body).await.expect(201);
    let place = path(&made);
    send(
        writer
            .api
            .request(Method::DELETE, &place)
            .header("if-match", "\"1\""),
    )
    .await
    .expect(204);
    writer.api.get(&place).await.expect(404);
    let back = writer
        .api
        .post(&format!("{place}/restoration"), &json!({}))
        .await
        .expect(200)
        .json();
    let mut expected = made.json();
    expected["version"] = json!(2);
    assert_eq!(back, expected);
}

#[actix_web::test]
async fn a_published_post_mortem_keeps_its_commitments_complete() {
    let app = spawn_app().await;
    let saved = app.ready_postmortem().await;
    let api = app.writer().api;
    let body = json!({"text": ""});
    api.put(
        &format!("/postmortems/{}/publication", saved.id),
        &json!({}),
    )
    .await
    .expect(200);
    let summary = format!("/postmortems/{}/sections/summary", saved.id);
    let problem = api.put_over(&summary, "*", &body).await.expect(422).json();
    assert_eq!(problem["code"], "checks_open");
    // A statement that names a person would break the promise, and is not kept.
    let named = json!({"statement": "Sefa Tanaka had left.", "role": "contributing"});
    app.second_writer();
    let factors = format!("/postmortems/{}/factors", saved.id);
    api.post(&factors, &named).await.expect(422);
    let whole = api.get(&format!("/postmortems/{}", saved.id)).await.json();
    assert_eq!(whole["factors"], json!([]));
}

#[actix_web::test]
async fn the_list_of_all_actions_is_narrowed_paged_and_leaves_out_what_one_may_not_read() {
    let app = spawn_app().await;
    let (open, hidden) = (
        app.draft().save().await,
        app.draft().restricted().save().await,
    );
    let writer = app.writer();
    let commitment = |title: &str, due: &str| json!({"title": title, "kind": "commitment", "owner": "Payments team", "due_on": due});
    add(&writer, &open, &commitment("Late", &day(-31)))
        .await
        .expect(201);
    add(&writer, &open, &commitment("Soon", &day(5)))
        .await
        .expect(201);
    add(
        &writer,
        &open,
        &json!({"title": "Some day", "kind": "idea"}),
    )
    .await
    .expect(201);
    add(&writer, &hidden, &commitment("Hidden", &day(-2)))
        .await
        .expect(201);
    let titles = |json: &Value| -> Vec<String> {
        let items = json["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item["title"].as_str().unwrap().to_owned())
            .collect()
    };
    let reader = app.reader().api;
    for (query, expected) in [
        ("", &["Late", "Soon", "Some day"][..]),
        ("?kind=idea", &["Some day"]),
        ("?overdue=true", &["Late"]),
        ("?state=done", &[]),
        ("?owner=Payments%20team", &["Late", "Soon"]),
    ] {
        let json = reader
            .get(&format!("/actions{query}"))
            .await
            .expect(200)
            .json();
        assert_eq!(titles(&json), expected, "{query}");
    }
    let json = reader.get("/actions?limit=1").await.json();
    assert_eq!(
        (&json["open_commitments"], &json["overdue_commitments"]),
        (&json!(2), &json!(1))
    );
    let first = &json["items"][0];
    assert_eq!(
        (&first["days_overdue"], &first["age_days"]),
        (&json!(31), &json!(0))
    );
    assert_eq!(first["postmortem"]["id"], open.id);
    let mut seen = titles(&json);
    let mut next = json["next"].clone();
    while let Some(cursor) = next.as_str() {
        let page = reader
            .get(&format!("/actions?limit=1&cursor={cursor}"))
            .await
            .expect(200)
            .json();
        seen.extend(titles(&page));
        next = page["next"].clone();
    }
    assert_eq!(seen, ["Late", "Soon", "Some day"]);
    assert_eq!(
        titles(&writer.api.get("/actions?overdue=true").await.json()),
        ["Late", "Hidden"]
    );
    for bad in ["kind=x", "state=x", "cursor=x", "limit=0"] {
        reader.get(&format!("/actions?{bad}")).await.expect(422);
    }
}
