//! The language checker over the API.

use serde_json::json;

use crate::harness::spawn_app;

const TEXT: &str = "😀 The root cause was haste.\n\nThe engineer should have tested the restore.\n";

#[actix_web::test]
async fn wording_is_pointed_at_in_the_counts_of_programs_and_of_browsers() {
    let app = spawn_app().await;
    let found = app.reader().api.post("/lint", &json!({"text": TEXT})).await;
    let json = found.expect(200).json();
    let [one] = json["findings"].as_array().unwrap().as_slice() else {
        panic!("{json}");
    };
    assert_eq!(
        (&one["rule"], &one["severity"], &one["line"], &one["column"]),
        (
            &json!("counterfactual"),
            &json!("hindsight"),
            &json!(3),
            &json!(14)
        )
    );
    let number = |name: &str| usize::try_from(one[name].as_u64().unwrap()).unwrap();
    let quote = one["quote"].as_str().unwrap();
    let points: Vec<char> = TEXT.chars().collect();
    let points: String = points[number("start")..number("end")].iter().collect();
    let units: Vec<u16> = TEXT.encode_utf16().collect();
    let units = String::from_utf16(&units[number("start_utf16")..number("end_utf16")]).unwrap();
    assert_eq!((points.as_str(), units.as_str()), (quote, quote));
    assert_eq!(number("start") + 1, number("start_utf16"));
    assert!(one["why"].as_str().unwrap().ends_with('.'), "{one}");
    assert!(one["question"].as_str().unwrap().ends_with('?'), "{one}");
}

#[actix_web::test]
async fn hints_come_when_they_are_asked_for() {
    let app = spawn_app().await;
    let body = json!({"text": TEXT, "hints": true});
    let found = app.reader().reading_api.post("/lint", &body).await;
    let json = found.expect(200).json();
    let severities: Vec<_> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["severity"].as_str().unwrap())
        .collect();
    assert_eq!(severities, ["hint", "hindsight"]);
}

#[actix_web::test]
async fn only_people_with_an_account_may_ask_and_only_for_a_text_of_reasonable_length() {
    let app = spawn_app().await;
    let body = json!({"text": "Words."});
    app.anonymous().api.post("/lint", &body).await.expect(401);
    let found = app.reader().api.post("/lint", &body).await.expect(200);
    assert_eq!(found.json(), json!({"findings": []}));
    let unknown = json!({"text": "Words.", "colour": "green"});
    app.reader().api.post("/lint", &unknown).await.expect(400);
    let long = json!({"text": "The engineer failed to act. ".repeat(40_000)});
    app.reader().api.post("/lint", &long).await.expect(413);
}
