//! What a search offers beside its hits: other words, facets, orders, a feed, and titles for somebody who is still typing.

use serde_json::{Value, json};

use crate::harness::{App, spawn_app};

async fn library() -> App {
    let app = spawn_app().await;
    for (title, kind, day, summary) in [
        (
            "Downtime of the organization chart",
            "incident",
            "2024-02-01",
            "The postgres primary crashed, and the fail-over did not start. A worktree was locked.",
        ),
        (
            "A hiring freeze told by rumour",
            "crisis",
            "2025-05-02",
            "Redundancies were read in the press. The color of the page & <b>its</b> words changed.",
        ),
        (
            "Node-pool drained",
            "incident",
            "2026-10-14",
            "Workers ended with ECONNRESET and out of memory.",
        ),
    ] {
        let draft = app
            .draft()
            .title(title)
            .fact("kind", kind)
            .fact("happened_on", day);
        draft.section("summary", summary).save().await;
    }
    app
}

fn titles(answer: &Value) -> Vec<&str> {
    let items = answer["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["title"].as_str().unwrap())
        .collect()
}

#[actix_web::test]
async fn the_other_spelling_and_what_means_the_same_are_found() {
    let app = library().await;
    let api = app.reader().reading_api;
    let (chart, freeze, pool) = (
        "Downtime of the organization chart",
        "A hiring freeze told by rumour",
        "Node-pool drained",
    );
    for (typed, found) in [
        ("outage", chart),
        ("organisation", chart),
        ("postgresql", chart),
        ("layoffs", freeze),
        ("hiring pause", freeze),
        ("rumor", freeze),
        ("colour", freeze),
        ("oom", pool),
        ("econnreset", pool),
        ("nodepool", pool),
        ("node pool", pool),
        ("failover", chart),
        ("fail over", chart),
        ("fail-over", chart),
        ("work tree", chart),
        (
            "Has it happened before that a worker ran out of memory?",
            pool,
        ),
    ] {
        let query = reqwest::Url::parse_with_params("http://x.example/", [("q", typed)]).unwrap();
        let path = format!("/search?{}", query.query().unwrap());
        let answer = api.get(&path).await.expect(200).json();
        assert_eq!(titles(&answer).first(), Some(&found), "{typed}");
        assert_eq!(answer["did_you_mean"], Value::Null, "{typed}");
    }
    for typed in ["%22outage%22", "node+-downtime+-pool"] {
        let answer = api
            .get(&format!("/search?q={typed}"))
            .await
            .expect(200)
            .json();
        assert_eq!(
            answer["total"], 0,
            "what is quoted or excluded is meant as it stands: {typed}"
        );
    }
}

#[actix_web::test]
async fn facets_count_what_is_found_and_their_links_narrow_to_that() {
    let app = library().await;
    let reader = app.reader();
    let answer = reader
        .reading_api
        .get("/search?q=the")
        .await
        .expect(200)
        .json();
    let narrowed = reader.get("/search?kind=incident").await.expect(200);
    assert_eq!(
        answer["facets"]["year"].as_object().unwrap().len(),
        2,
        "{answer}"
    );
    let words = narrowed.words();
    assert!(
        words.contains("Incident (2)") && words.contains("2026 (1)") && words.contains("2024 (1)"),
        "{words}"
    );
    assert!(
        narrowed
            .text
            .contains("/search?kind=incident&#38;after=2026&#38;before=2027"),
        "{}",
        narrowed.text
    );
    let year = reader
        .get("/search?kind=incident&after=2026&before=2027")
        .await
        .expect(200)
        .words();
    assert!(
        year.contains("Node-pool drained") && !year.contains("organization chart"),
        "{year}"
    );
}

#[actix_web::test]
async fn a_misspelled_word_is_told_beside_words_that_are_right() {
    let app = library().await;
    let api = app.reader().reading_api;
    for (typed, meant) in [
        ("postgres primary crashd", "postgres primary crashed"),
        (
            "has it happened before that a primary of postgres crashd and nothing else did",
            "has it happened before that a primary of postgres crashed and nothing else did",
        ),
    ] {
        let query = reqwest::Url::parse_with_params("http://x.example/", [("q", typed)]).unwrap();
        let path = format!("/search?{}", query.query().unwrap());
        let answer = api.get(&path).await.expect(200).json();
        assert_eq!(answer["did_you_mean"], meant);
        let first = titles(&answer).first().copied();
        assert_eq!(first, Some("Downtime of the organization chart"));
    }
}

#[actix_web::test]
async fn what_is_found_is_narrowed_by_what_it_is_about() {
    let app = library().await;
    let saved = app.draft().title("A page that lied").save().await;
    let path = format!("/postmortems/{}/factors", saved.id);
    let statement = |component: &str, role: &str| json!({"statement": "It showed green.", "factor": "misleading-signal", "component": component, "role": role});
    for (component, role) in [("Run page", "contributing"), ("Queue", "considered")] {
        let statement = statement(component, role);
        app.writer().api.post(&path, &statement).await.expect(201);
    }
    let api = app.reader().reading_api;
    let answer = api.get("/search?q=page&about=true").await.expect(200);
    let facets = &answer.json()["facets"];
    assert_eq!(facets["factor"], json!({"misleading-signal": 1}));
    assert_eq!(facets["component"], json!({"Queue": 1, "Run page": 1}));
    let plain = api.get("/search?q=page").await.expect(200).json();
    assert_eq!(
        plain["facets"]["factor"],
        json!({}),
        "only where it is asked"
    );
    let page = app.reader().get("/search?q=page").await.expect(200).words();
    assert!(page.contains("Run page (1)"), "{page}");
    let narrowed = api.get("/search?q=page&component=%3DRun+page").await;
    assert_eq!(titles(&narrowed.expect(200).json()), ["A page that lied"]);
}

#[actix_web::test]
async fn another_order_is_another_address() {
    let app = library().await;
    let api = app.reader().reading_api;
    let oldest = api
        .get("/search?kind=incident&q=a+node+primary&sort=oldest")
        .await
        .expect(200)
        .json();
    assert_eq!(
        titles(&oldest),
        ["Downtime of the organization chart", "Node-pool drained"]
    );
    let newest = api
        .get("/search?kind=incident&q=a+node+primary&sort=newest")
        .await
        .expect(200)
        .json();
    assert_eq!(
        titles(&newest),
        ["Node-pool drained", "Downtime of the organization chart"]
    );
    api.get("/search?q=node&sort=author").await.expect(422);
}

#[actix_web::test]
async fn a_search_is_a_feed_with_a_token_or_a_cookie_and_not_without() {
    let app = library().await;
    let path = "/search/feed?q=%3Cpage%3E+%26+color";
    let feed = app.reader().reading_api.get(path).await.expect(200);
    assert!(
        feed.header("content-type")
            .starts_with("application/atom+xml")
    );
    for part in [
        "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
        "<id>http://127.0.0.1:",
        "<title>A hiring freeze told by rumour</title>",
        "<author><name>Second Story</name></author>",
        "<id>urn:uuid:",
        "<updated>20",
        "Redundancies were read in the press.",
    ] {
        assert!(feed.text.contains(part), "{part} is not in {}", feed.text);
    }
    assert!(
        !feed.text.contains("<page>") && !feed.text.contains("& "),
        "{}",
        feed.text
    );
    app.reader()
        .get(&format!("/api/v1{path}"))
        .await
        .expect(200);
    app.anonymous().api.get(path).await.expect(401);
    let empty = app
        .reader()
        .reading_api
        .get("/search/feed?q=nothingholdsthis")
        .await
        .expect(200);
    assert!(
        empty
            .text
            .contains("<updated>1970-01-01T00:00:00Z</updated>"),
        "{}",
        empty.text
    );
    let page = app.reader().get("/search?q=page").await.expect(200).text;
    assert!(
        page.contains("href=\"/api/v1/search/feed?q=page\""),
        "{page}"
    );
}

#[actix_web::test]
async fn titles_are_offered_while_one_types() {
    let app = library().await;
    let api = app.reader().reading_api;
    for (typed, found) in [
        ("no", vec!["Node-pool drained"]),
        ("hiring+fr", vec!["A hiring freeze told by rumour"]),
        ("econn", vec![]),
        ("", vec![]),
        ("%22*", vec![]),
    ] {
        let answer = api
            .get(&format!("/search/suggestions?q={typed}"))
            .await
            .expect(200)
            .json();
        assert_eq!(titles(&answer), found, "{typed}");
    }
    app.anonymous()
        .api
        .get("/search/suggestions?q=no")
        .await
        .expect(401);
}
