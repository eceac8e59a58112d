//! The themes page and its CSV.

use serde_json::json;

use crate::harness::{App, spawn_app};

/// So many published notes of 2026, each with one statement in which a factor contributed.
async fn publish(app: &App, many: usize, factor: &str) {
    let writer = app.writer();
    for place in 0..many {
        let day = format!("2026-{:02}-10", place % 6 + 1);
        let saved = app
            .draft()
            .fact("happened_on", day)
            .section("summary", "Messages waited for an hour.")
            .section("surprise", "The alarm had been quiet.")
            .save()
            .await;
        let path = format!("/postmortems/{}", saved.id);
        let body = json!({
            "statement": "It lapsed.",
            "factor": factor,
            "role": "contributing",
            "component": "=Gate, \"A\"",
            "evidence": ["https://example.org/log"],
        });
        writer
            .api
            .post(&format!("{path}/factors"), &body)
            .await
            .expect(201);
        writer
            .api
            .put(&format!("{path}/publication"), &json!({}))
            .await
            .expect(200);
    }
}

const PERIOD: &str = "from=2026-Q1&to=2026-Q2";

#[actix_web::test]
async fn every_number_leads_to_the_list_behind_it() {
    let app = spawn_app().await;
    publish(&app, 8, "silent-expiry").await;
    publish(&app, 2, "hidden-limit").await;
    let reader = app.reader();
    for by in ["factor", "category", "component"] {
        let page = reader
            .get(&format!("/themes?{PERIOD}&by={by}"))
            .await
            .expect(200);
        assert!(
            page.words()
                .contains("10 published post-mortems from Q1 2026 to Q2 2026"),
            "{}",
            page.words()
        );
        assert!(page.words().contains("provisional"), "{}", page.words());
        let mut cells = 0;
        for link in page.text.split("<a href=\"/postmortems?").skip(1) {
            let (address, rest) = link.split_once('"').unwrap();
            let count: usize = rest[1..]
                .chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
                .parse()
                .unwrap();
            let address = address
                .replace("&amp;", "&")
                .replace("&#38;", "&")
                .replace("&#61;", "=");
            let list = reader
                .get(&format!("/postmortems?{address}"))
                .await
                .expect(200);
            let says = format!("Newest first. {count} that fit");
            assert!(
                list.words().contains(&says),
                "{by}: {says} {address}: {}",
                list.words()
            );
            cells += 1;
        }
        assert!(cells >= 3, "{by}: {cells} {}", page.text);
    }
}

#[actix_web::test]
async fn below_eight_they_are_listed_and_nothing_is_drawn() {
    let app = spawn_app().await;
    publish(&app, 7, "silent-expiry").await;
    let page = app
        .reader()
        .get(&format!("/themes?{PERIOD}"))
        .await
        .expect(200);
    let words = page.words();
    assert!(words.contains("Below eight, nothing is drawn"), "{words}");
    assert!(
        !page.text.contains("class=\"heat\"")
            && page.text.contains("Something time-limited lapsed"),
        "{words}"
    );
}

#[actix_web::test]
async fn the_csv_holds_the_table_and_no_formula() {
    let app = spawn_app().await;
    publish(&app, 8, "silent-expiry").await;
    let csv = app
        .reader()
        .get(&format!("/themes.csv?{PERIOD}&by=component"))
        .await
        .expect(200);
    assert!(csv.header("content-type").starts_with("text/csv"));
    let lines: Vec<&str> = csv.text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "component,name,quarter,postmortems,n,tendency,status,taxonomy"
    );
    assert_eq!(
        lines[1],
        r#""'=gate, ""a""","'=Gate, ""A""",2026-Q1,5,5,too few to tell,published,1.0.0"#
    );
}

#[actix_web::test]
async fn a_period_that_cannot_be_read_comes_back_with_what_was_typed() {
    let app = spawn_app().await;
    let page = app.reader().get("/themes?from=soon").await.expect(422);
    assert!(
        page.alert().contains("\"soon\" is no quarter"),
        "{}",
        page.alert()
    );
    assert!(page.text.contains("value=\"soon\""));
}

#[actix_web::test]
async fn what_lies_outside_the_period_is_a_list_away() {
    let app = spawn_app().await;
    publish(&app, 3, "silent-expiry").await;
    let reader = app.reader();
    let page = reader.get("/themes?from=2026-Q1&to=2026-Q1").await;
    let page = page.expect(200);
    publish(&app, 1, "silent-expiry").await;
    let short = reader.get("/themes?from=2026-Q2&to=2026-Q2").await;
    let short = short.expect(200);
    assert!(
        !page.words().contains("in all quarters"),
        "{}",
        page.words()
    );
    assert!(
        short.words().contains("There are 4 in all quarters"),
        "{}",
        short.words()
    );
    let before = short.text.split("\">all quarters</a>").next().unwrap();
    let list = before.rsplit("href=\"").next().unwrap();
    let list = reader
        .get(&list.replace("&amp;", "&").replace("&#38;", "&"))
        .await;
    let words = list.expect(200).words();
    assert!(words.contains("4 that fit what is chosen"), "{words}");
}
