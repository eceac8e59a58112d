//! Searching and listing over the API.

use serde_json::Value;

use crate::harness::{App, spawn_app};

fn titles(answer: &Value) -> Vec<&str> {
    let items = answer["items"].as_array().expect("a list has items");
    items
        .iter()
        .map(|item| item["title"].as_str().unwrap())
        .collect()
}

async fn library() -> App {
    let app = spawn_app().await;
    let words = "The run page said <b>stopped</b> while one job went on.";
    app.draft()
        .title("Charged twice")
        .fact("happened_on", "2026-10-14")
        .section("summary", words)
        .save()
        .await;
    app.draft()
        .title("A pause")
        .fact("kind", "crisis")
        .fact("happened_on", "2025-05-02")
        .section("surprise", "The page said paused.")
        .save()
        .await;
    app.draft()
        .title("A quiet dispute")
        .restricted()
        .section("summary", "The page said nothing, to Zweibrücken.")
        .save()
        .await;
    app
}

#[actix_web::test]
async fn a_search_answers_items_with_a_place_and_an_escaped_snippet() {
    let app = library().await;
    let answer = app
        .reader()
        .reading_api
        .get("/search?q=page+stopped")
        .await
        .expect(200)
        .json();
    assert_eq!(titles(&answer), ["Charged twice", "A pause"]);
    assert_eq!(
        (&answer["total"], &answer["holding_all"]),
        (&Value::from(2), &Value::from(1))
    );
    let item = &answer["items"][0];
    assert_eq!(item["where"], "Summary");
    assert_eq!(
        item["snippet"],
        "The run <mark>page</mark> said <mark>stopped</mark> while one job went on."
    );
    assert_eq!(item["quotes"][0]["fragment"], "section-summary");
    assert_eq!(item["status"], "draft");
    assert!(item["id"].is_string() && item["number"].is_string() && item["source"].is_null());
    assert!(answer.get("did_you_mean").is_none(), "{answer}");
}

#[actix_web::test]
async fn filters_narrow_and_what_cannot_be_read_is_told_by_field() {
    let app = library().await;
    let api = app.reader().reading_api;
    let narrowed = api.get("/search?q=page&kind=crisis&status=draft&system=both&after=2025&before=2026-01-01&limit=5").await.expect(200).json();
    assert_eq!(titles(&narrowed), ["A pause"]);
    let refused = api
        .get("/search?q=page&kind=riot&before=soon")
        .await
        .expect(422)
        .json();
    let fields: Vec<&str> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["kind", "before"]);
    api.get("/search?q=page&colour=red").await.expect(400);
    api.get("/search?limit=many").await.expect(400);
    assert_eq!(
        api.get("/search?q=page&limit=0").await.expect(200).json()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[actix_web::test]
async fn a_misspelled_word_is_answered_with_what_was_meant() {
    let app = library().await;
    let answer = app
        .reader()
        .reading_api
        .get("/search?q=stoped")
        .await
        .expect(200)
        .json();
    assert_eq!(answer["did_you_mean"], "stopped");
    assert_eq!(
        (titles(&answer), &answer["relaxed"]),
        (vec!["Charged twice"], &Value::from("spelling"))
    );
}

#[actix_web::test]
async fn what_is_restricted_is_in_nobody_elses_search_and_list() {
    let app = library().await;
    for path in [
        "/search?q=page",
        "/search?q=zweibrucken",
        "/search?q=zweibruken",
        "/search?q=dispute",
        "/search",
        "/postmortems",
    ] {
        let theirs = app.administrator().api.get(path).await.expect(200);
        assert!(
            !theirs.text.contains("dispute")
                && !theirs.text.to_lowercase().contains("zweibr\u{fc}cken"),
            "{path}: {}",
            theirs.text
        );
        assert!(theirs.json()["total"].as_u64().unwrap() <= 2, "{path}");
    }
    let own = app
        .writer()
        .api
        .get("/search?q=page")
        .await
        .expect(200)
        .json();
    assert_eq!(own["total"], 3);
}

#[actix_web::test]
async fn a_list_is_paged_by_a_cursor_and_newest_first() {
    let app = library().await;
    let api = app.writer().reading_api;
    let mut seen = Vec::new();
    let mut path = "/postmortems?limit=2".to_owned();
    loop {
        let page = api.get(&path).await.expect(200).json();
        seen.extend(titles(&page).into_iter().map(str::to_owned));
        assert_eq!(page["total"], 3);
        match page["next"].as_str() {
            Some(next) => path = format!("/postmortems?limit=2&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 3);
    assert_eq!(seen[1..], ["Charged twice", "A pause"]);
    api.get("/postmortems?cursor=7").await.expect(422);
    app.anonymous().api.get("/postmortems").await.expect(401);
    app.anonymous().api.get("/search?q=page").await.expect(401);
}
