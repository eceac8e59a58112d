//! Timeline events.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, App, Client, Saved, send, spawn_app};

/// A draft whose times are those of Vienna and whose day is 14 October 2026.
pub(super) async fn draft(app: &App) -> Saved {
    let draft = app.draft().fact("zone", "Europe/Vienna");
    draft.fact("happened_on", "2026-10-14").save().await
}

pub(super) fn events(saved: &Saved) -> String {
    format!("/postmortems/{}/events", saved.id)
}

async fn send_event(client: &Client, saved: &Saved, body: &Value) -> Answer {
    client.api.post(&events(saved), body).await
}

/// Adds an event of the lane *happened*.
async fn add(client: &Client, saved: &Saved, when: &str, text: &str) -> Value {
    let body = json!({"when": when, "lane": "happened", "text": text});
    send_event(client, saved, &body).await.expect(201).json()
}

fn path(saved: &Saved, event: &Value) -> String {
    format!("{}/{}", events(saved), event["id"].as_str().unwrap())
}

async fn delete(client: &Client, path: &str, version: &str) -> Answer {
    let request = client.api.request(Method::DELETE, path);
    send(request.header("if-match", version)).await
}

/// The texts of the events, in their order.
pub(super) async fn texts(client: &Client, saved: &Saved) -> Vec<String> {
    let list = client.api.get(&events(saved)).await.expect(200).json();
    let items = list["items"].as_array().unwrap().clone();
    let text = |item: &Value| item["text"].as_str().unwrap().to_owned();
    items.iter().map(text).collect()
}

#[actix_web::test]
async fn an_event_is_answered_with_the_instant_that_was_read_and_stands_in_the_whole() {
    let app = spawn_app().await;
    let saved = draft(&app).await;
    let body = json!({"when": "~05:30", "lane": "did", "text": "Stops the *scheduler*.", "marker": "mitigated",
        "role": "On-call engineer", "source": "https://wiki.example.org/stop#4", "effect": "worse", "known_at_the_time": false});
    let made = send_event(&app.writer(), &saved, &body).await.expect(201);
    assert_eq!(made.etag(), "\"1\"");
    let mut json = made.json();
    for (name, value) in body.as_object().unwrap() {
        if name != "when" {
            assert_eq!(&json[name], value, "{name}");
        }
    }
    assert_eq!(json["at"], "2026-10-14T03:30:00Z");
    assert_eq!(json["until"], Value::Null);
    assert_eq!(json["precision"], "about");
    assert_eq!(json["typed"], "~05:30");
    assert_eq!(
        json["notes"],
        json!(["Read as Wed 14 Oct 2026, the day of the story. Type the day when it was another."])
    );
    json["notes"] = json!([]);
    let place = made.location().strip_prefix("/api/v1").unwrap();
    let one = app.reader().api.get(place).await.expect(200);
    assert_eq!(one.etag(), "\"1\"");
    assert_eq!(one.json(), json);
    let whole = format!("/postmortems/{}", saved.id);
    let whole = app.reader().api.get(&whole).await.expect(200).json();
    assert_eq!(whole["events"], json!([json]));
}

#[actix_web::test]
async fn events_stand_in_order_of_time_and_those_of_unknown_time_where_they_were_put() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let first = add(&writer, &saved, "14:00", "a").await;
    add(&writer, &saved, "15:00", "d").await;
    add(&writer, &saved, "14:30", "c").await;
    let body = json!({"when": "?", "lane": "saw", "text": "b", "after": first["id"]});
    send_event(&writer, &saved, &body).await.expect(201);
    add(&writer, &saved, "?", "e").await;
    assert_eq!(texts(&writer, &saved).await, ["a", "b", "c", "d", "e"]);
    let to = |place: &str| json!({"place": place});
    let place = format!("{}/place", path(&saved, &first));
    writer.api.put(&place, &to("down")).await.expect(204);
    assert_eq!(texts(&writer, &saved).await, ["b", "a", "c", "d", "e"]);
    writer.api.put(&place, &to("4")).await.expect(204);
    assert_eq!(texts(&writer, &saved).await, ["b", "c", "d", "a", "e"]);
    writer.api.put(&place, &to("sideways")).await.expect(422);
    let order = format!("{}/order", events(&saved));
    writer.api.put(&order, &Value::Null).await.expect(204);
    // "e" stood behind "a" and went with it.
    assert_eq!(texts(&writer, &saved).await, ["b", "a", "e", "c", "d"]);
}

#[actix_web::test]
async fn a_time_that_came_twice_is_asked_about_and_the_chosen_text_is_read() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let body = |when: &str| json!({"when": when, "lane": "saw", "text": "x"});
    for (typed, choices) in [
        ("2026-10-25 02:30", 2),
        ("2026-03-29 02:30", 2),
        ("05/06/2026 10:00", 2),
    ] {
        let asked = send_event(&writer, &saved, &body(typed)).await.expect(422);
        let error = asked.json()["errors"][0].clone();
        assert_eq!(error["field"], "when");
        let offered = error["choices"].as_array().unwrap().clone();
        assert_eq!(offered.len(), choices, "{typed}");
        let mut instants = Vec::new();
        for choice in offered {
            let chosen = body(choice["value"].as_str().unwrap());
            let made = send_event(&writer, &saved, &chosen).await.expect(201);
            instants.push(made.json()["at"].clone());
        }
        assert_ne!(instants[0], instants[1], "{typed}");
    }
}

#[actix_web::test]
async fn every_field_that_cannot_be_kept_is_named_at_once() {
    let app = spawn_app().await;
    let saved = draft(&app).await;
    let body = json!({"when": "noonish or so", "lane": "heard", "text": " \n", "marker": "end", "role": "a\nb",
        "source": "wiki", "effect": "none"});
    let refused = send_event(&app.writer(), &saved, &body).await.expect(422);
    let errors = refused.json()["errors"].as_array().unwrap().clone();
    let fields: Vec<&str> = errors
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        ["when", "lane", "marker", "text", "role", "source", "effect"]
    );
    let unknown = json!({"when": "14:00", "lane": "saw", "text": "x", "who": "Wanda"});
    send_event(&app.writer(), &saved, &unknown)
        .await
        .expect(400);
    let gone = json!({"when": "14:00", "lane": "saw", "text": "x", "after": "01a204a6-874c-765a-bb40-db175b137fe4"});
    let refused = send_event(&app.writer(), &saved, &gone).await.expect(422);
    assert_eq!(refused.json()["errors"][0]["field"], "after");
    assert!(texts(&app.writer(), &saved).await.is_empty());
}

#[actix_web::test]
async fn a_moment_is_marked_once_and_the_refusal_names_the_other_event() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let body = |when: &str, text: &str| json!({"when": when, "lane": "saw", "text": text, "marker": "over"});
    let body = |when, text| body(when, text);
    let first = send_event(&writer, &saved, &body("14:00", "The page is green again.")).await;
    let first = first.expect(201).json();
    let refused = send_event(&writer, &saved, &body("15:00", "Later.")).await;
    let detail = refused.expect(422).json()["detail"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        detail.contains("14:00") && detail.contains("The page is green again."),
        "{detail}"
    );
    // The event that carries it may be saved with it again, and give it up.
    let path = path(&saved, &first);
    let again = json!({"text": "Green.", "marker": "over"});
    writer
        .api
        .put_over(&path, "\"1\"", &again)
        .await
        .expect(200);
    let without = json!({"marker": ""});
    let freed = writer
        .api
        .put_over(&path, "\"2\"", &without)
        .await
        .expect(200);
    assert_eq!(freed.json()["marker"], Value::Null);
    send_event(&writer, &saved, &body("15:00", "Later."))
        .await
        .expect(201);
}

#[actix_web::test]
async fn only_one_of_many_writers_at_once_marks_a_moment() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let tries = (0..8).map(|minute| {
        let (writer, saved) = (writer.clone(), saved.clone());
        actix_web::rt::spawn(async move {
            let when = format!("14:0{minute}");
            let body = json!({"when": when, "lane": "saw", "text": "x", "marker": "first-sign"});
            send_event(&writer, &saved, &body).await.status
        })
    });
    let mut answers = Vec::new();
    for one in tries.collect::<Vec<_>>() {
        answers.push(one.await.unwrap());
    }
    answers.sort_unstable();
    assert_eq!(answers, [201, 422, 422, 422, 422, 422, 422, 422]);
}

#[actix_web::test]
async fn a_change_over_an_old_version_shows_both_and_loses_neither() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let event = add(&writer, &saved, "14:00", "It stops.").await;
    let path = path(&saved, &event);
    let mine = json!({"text": "It stops for good."});
    writer.api.put(&path, &mine).await.expect(428);
    let theirs = json!({"text": "It slows down.", "role": "Operator"});
    let other = app.second_writer();
    let done = other
        .api
        .put_over(&path, "\"1\"", &theirs)
        .await
        .expect(200);
    assert_eq!(done.etag(), "\"2\"");
    let stale = writer.api.put_over(&path, "\"1\"", &mine).await.expect(412);
    assert_eq!(stale.etag(), "\"2\"");
    let conflict = stale.json()["conflict"].clone();
    assert_eq!(
        conflict["theirs"],
        "When: 14:00\nLane: Happened\nText: It slows down.\nRole: Operator"
    );
    assert_eq!(
        conflict["base"],
        "When: 14:00\nLane: Happened\nText: It stops."
    );
    let yours = conflict["yours"].as_str().unwrap();
    assert!(yours.contains("Text: It stops for good."), "{yours}");
    // Nothing changes nothing: the version stays.
    let same = other
        .api
        .put_over(&path, "\"2\"", &theirs)
        .await
        .expect(200);
    assert_eq!(same.etag(), "\"2\"");
}

#[actix_web::test]
async fn a_time_is_read_again_only_if_it_was_typed_anew() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    add(&writer, &saved, "14:00", "a").await;
    let later = add(&writer, &saved, "+5m", "b").await;
    assert_eq!(later["at"], "2026-10-14T12:05:00Z");
    let facts = format!("/postmortems/{}", saved.id);
    let zone = json!({"zone": "America/St_Johns"});
    writer.api.put_over(&facts, "*", &zone).await.expect(200);
    let path = path(&saved, &later);
    let text = json!({"text": "B", "when": "+5m"});
    let kept = writer
        .api
        .put_over(&path, "*", &text)
        .await
        .expect(200)
        .json();
    assert_eq!(kept["at"], "2026-10-14T12:05:00Z");
    assert_eq!(kept["typed"], "+5m");
    let when = json!({"when": "10:00"});
    let anew = writer
        .api
        .put_over(&path, "*", &when)
        .await
        .expect(200)
        .json();
    assert_eq!(anew["at"], "2026-10-14T12:30:00Z");
}

#[actix_web::test]
async fn an_event_whose_time_changes_moves_to_its_place_unless_it_fits() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    for (when, text) in [
        ("14:00", "a"),
        ("14:10", "b"),
        ("14:20", "c"),
        ("14:30", "d"),
    ] {
        add(&writer, &saved, when, text).await;
    }
    let list = writer.api.get(&events(&saved)).await.json();
    let path = path(&saved, &list["items"][1]);
    let change = |when: &str| json!({"when": when});
    writer
        .api
        .put_over(&path, "*", &change("14:15"))
        .await
        .expect(200);
    assert_eq!(texts(&writer, &saved).await, ["a", "b", "c", "d"]);
    let moved = writer
        .api
        .put_over(&path, "*", &change("14:25"))
        .await
        .expect(200);
    assert_eq!(moved.json()["notes"], json!([]));
    assert_eq!(texts(&writer, &saved).await, ["a", "c", "b", "d"]);
    let out = json!({"when": "13:00", "after": list["items"][3]["id"]});
    let out = writer
        .api
        .put_over(&path, "*", &out)
        .await
        .expect(200)
        .json();
    assert_eq!(texts(&writer, &saved).await, ["a", "c", "d", "b"]);
    assert!(
        out["notes"][0]
            .as_str()
            .unwrap()
            .contains("before the row above"),
        "{out}"
    );
}

#[actix_web::test]
async fn a_removed_event_comes_back_to_its_place_with_the_findings_that_rest_on_it() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    add(&writer, &saved, "14:00", "a").await;
    let body = json!({"when": "14:10-14:25", "lane": "saw", "text": "b\n\n- one\n- two", "marker": "first-sign",
        "role": "Operator", "effect": "helped", "known_at_the_time": true, "source": "https://example.org/x"});
    let event = send_event(&writer, &saved, &body).await.expect(201).json();
    add(&writer, &saved, "14:30", "c").await;
    let factor = json!({"statement": "Nothing counted it.", "role": "contributing", "evidence": ["https://example.org", event["id"]]});
    let factors = format!("/postmortems/{}/factors", saved.id);
    writer.api.post(&factors, &factor).await.expect(201);
    let path = path(&saved, &event);
    let before = writer.api.get(&path).await.expect(200).json();
    writer.api.delete(&path).await.expect(428);
    delete(&writer, &path, "\"7\"").await.expect(412);
    delete(&writer, &path, "\"1\"").await.expect(204);
    writer.api.get(&path).await.expect(404);
    let whole = format!("/postmortems/{}", saved.id);
    let without = writer.api.get(&whole).await.json();
    assert_eq!(
        without["factors"][0]["evidence"],
        json!(["https://example.org"])
    );
    // What somebody was still writing is answered, not thrown away.
    let late = json!({"text": "b, and more", "when": "14:10", "lane": "saw"});
    let late = writer.api.put_over(&path, "\"1\"", &late).await.expect(412);
    let yours = late.json()["conflict"]["yours"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(yours.contains("b, and more"), "{yours}");

    let back = format!("{path}/restoration");
    let mut after = writer.api.post(&back, &json!({})).await.expect(200).json();
    assert_eq!(after["version"], 2);
    after["version"] = json!(1);
    assert_eq!(after, before);
    assert_eq!(
        texts(&writer, &saved).await,
        ["a", "b\n\n- one\n- two", "c"]
    );
    let with = writer.api.get(&whole).await.json();
    assert_eq!(
        with["factors"][0]["evidence"],
        json!(["https://example.org", event["id"]])
    );
    writer.api.post(&back, &json!({})).await.expect(409);
}

#[actix_web::test]
async fn a_marker_that_was_given_away_stays_there_when_an_event_comes_back() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let body = |when: &str| json!({"when": when, "lane": "saw", "text": "x", "marker": "over"});
    let first = send_event(&writer, &saved, &body("14:00"))
        .await
        .expect(201)
        .json();
    delete(&writer, &path(&saved, &first), "*")
        .await
        .expect(204);
    send_event(&writer, &saved, &body("15:00"))
        .await
        .expect(201);
    let back = format!("{}/restoration", path(&saved, &first));
    let back = writer.api.post(&back, &json!({})).await.expect(200).json();
    assert_eq!(back["marker"], Value::Null);
    assert!(
        back["notes"][0]
            .as_str()
            .unwrap()
            .contains("stands on another event"),
        "{back}"
    );
}

#[actix_web::test]
async fn events_are_found_only_in_their_own_post_mortem_and_by_those_who_may_read_it() {
    let app = spawn_app().await;
    let (mine, writer) = (app.draft().restricted().save().await, app.writer());
    let other = draft(&app).await;
    let event = add(&writer, &mine, "2026-10-14 14:00", "a secret").await;
    let stray = path(&other, &event);
    let text = json!({"text": "overwritten"});
    for client in [&writer, &app.second_writer()] {
        client.api.get(&stray).await.expect(404);
        client.api.put_over(&stray, "*", &text).await.expect(404);
        delete(client, &stray, "*").await.expect(404);
        let place = format!("{stray}/place");
        client
            .api
            .put(&place, &json!({"place": "up"}))
            .await
            .expect(404);
        let back = format!("{stray}/restoration");
        client.api.post(&back, &json!({})).await.expect(404);
    }
    let stranger = app.second_writer();
    let here = path(&mine, &event);
    stranger.api.get(&events(&mine)).await.expect(404);
    stranger.api.get(&here).await.expect(404);
    stranger.api.put_over(&here, "*", &text).await.expect(404);
    delete(&stranger, &here, "*").await.expect(404);
    send_event(
        &app.reader(),
        &other,
        &json!({"when": "14:00", "lane": "saw", "text": "x"}),
    )
    .await
    .expect(403);
    writer
        .reading_api
        .put_over(&here, "*", &text)
        .await
        .expect(403);
    assert_eq!(texts(&writer, &mine).await, ["a secret"]);
}

#[actix_web::test]
async fn every_saved_version_is_in_the_history() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let event = add(&writer, &saved, "14:00", "First words.").await;
    let path = path(&saved, &event);
    let change = json!({"text": "Second words.", "note": "The log says otherwise."});
    writer.api.put_over(&path, "*", &change).await.expect(200);
    delete(&writer, &path, "*").await.expect(204);
    let page = writer
        .get(&saved.page("/history"))
        .await
        .expect(200)
        .words();
    for words in ["The log says otherwise.", "Removed"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[actix_web::test]
async fn a_time_is_echoed_while_it_is_typed_and_nothing_is_kept() {
    let app = spawn_app().await;
    let writer = app.writer();
    let saved = draft(&app).await;
    add(&writer, &saved, "14:30", "The graph went flat.").await;
    let read = async |line: &str| {
        let line = line.replace('+', "%2B").replace(' ', "+");
        let place = format!("{}/reading?line={line}", events(&saved));
        writer.api.get(&place).await
    };
    let json = read("+5m").await.expect(200).json();
    let understood = json["understood"].as_str().unwrap();
    assert!(understood.contains("14:35"), "{json}");
    let json = read("25:99 what").await.expect(200).json();
    assert!(
        json["problem"].is_string() || json["understood"] == "",
        "{json}"
    );
    let json = read("").await.expect(200).json();
    assert_eq!(
        (&json["understood"], &json["problem"]),
        (&json!(""), &Value::Null)
    );
    assert_eq!(texts(&writer, &saved).await.len(), 1);
}
