//! Many events at once.

use serde_json::{Value, json};

use super::timeline::{draft, events, texts};
use crate::harness::spawn_app;

#[actix_web::test]
async fn a_pasted_text_is_read_then_added_all_or_nothing_with_roles_for_names() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let preview = format!("{}/preview", events(&saved));
    let batch = format!("{}/batch", events(&saved));
    let text = "[23:50] ines: @rob look\n[00:10] rob: 2025 was worse";
    let asked = writer.api.post(&preview, &json!({"text": text})).await;
    let asked = asked.expect(200).json();
    assert_eq!(
        (&asked["asks_day"], &asked["asks_zone"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(asked["items"][0]["at"], Value::Null);
    let body = json!({"text": text, "day": "2026-10-14", "zone": "UTC"});
    let read = writer.api.post(&preview, &body).await.expect(200).json();
    assert_eq!(read["names"], json!(["ines", "rob"]));
    assert_eq!(read["items"][1]["at"], "2026-10-15T00:10:00Z");
    assert_eq!(read["items"][1]["doubts"][0]["code"], "next-day");
    let rows = read["items"].as_array().unwrap().iter().map(|row| {
        json!({"when": row["typed"], "at": row["at"], "precision": row["precision"], "lane": row["lane"],
            "text": row["text"], "speaker": row["speaker"]})
    });
    let mut rows: Vec<Value> = rows.collect();
    rows.push(json!({"when": "soonish", "lane": "did", "text": "x"}));
    let body = json!({"events": rows, "names": [{"name": "rob", "role": "the vendor"}]});
    let refused = writer.api.post(&batch, &body).await.expect(422).json();
    let message = refused["errors"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("Row 3: "), "{message}");
    assert!(texts(&writer, &saved).await.is_empty());
    rows.pop();
    let body = json!({"events": rows, "names": [{"name": "rob", "role": "the vendor"}]});
    let made = writer.api.post(&batch, &body).await.expect(201).json();
    assert_eq!(made["items"][0]["role"], "Responder");
    assert_eq!(made["items"][1]["role"], "Vendor");
    assert_eq!(made["items"][1]["at"], "2026-10-15T00:10:00Z");
    assert_eq!(made["items"][1]["typed"], "00:10");
    assert_eq!(
        texts(&writer, &saved).await[0].to_lowercase(),
        "the vendor look"
    );
    app.reader()
        .api
        .post(&preview, &json!({"text": text}))
        .await
        .expect(403);
}

#[actix_web::test]
async fn a_role_that_is_remembered_is_offered_and_never_put_there_by_itself() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let roles = json!({"items": [
        {"names": ["@ines"], "role": "the network team"},
        {"names": ["Tomasz Nowak", "Tomasz"], "role": "the pilot"},
    ]});
    let keeper = app.administrator();
    keeper.api.put_over("/roles", "*", &roles).await.expect(200);
    let text = "[2026-10-14 23:50 UTC] ines: asked Tomasz\n[2026-10-14 23:55 UTC] rob: Siobhán O'Brien knew";
    let path = format!("{}/preview", events(&saved));
    let read = writer.api.post(&path, &json!({"text": text})).await;
    let read = read.expect(200).json();
    assert_eq!(
        read["offered"],
        json!([
            {"name": "ines", "role": "the network team", "within": false},
            {"name": "rob", "role": null, "within": false},
            {"name": "Siobhán O'Brien", "role": null, "within": true},
            {"name": "Tomasz", "role": "the pilot", "within": true},
        ])
    );
    assert_eq!(read["items"][0]["text"], "asked Tomasz");
    // What is sent without them is added without them; who wrote is a responder as ever.
    let rows = json!({"events": [{"when": "23:50", "lane": "did", "text": "asked Tomasz", "speaker": "ines"}], "day": "2026-10-14"});
    let path = format!("{}/batch", events(&saved));
    let made = writer.api.post(&path, &rows).await.expect(201).json();
    assert_eq!(made["items"][0]["text"], "asked Tomasz");
    assert_eq!(made["items"][0]["role"], "Responder");
    // The page shows the role in its field; taken out there, it stays out, and a name within the words stays.
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    let form = page.form(&saved.page("/events/paste")).fill("paste", text);
    let shown = writer.submit(&form).await.expect(200);
    let form = shown.form(&saved.page("/events/batch"));
    let given = |form: &crate::harness::Form, name: &str| -> Vec<String> {
        let of = form.fields.iter().filter(|(field, _)| field == name);
        of.map(|(_, value)| value.clone()).collect()
    };
    assert_eq!(
        given(&form, "role"),
        ["the network team", "", "", "the pilot"]
    );
    let mut form = form.fill("do", "all");
    form.fields.iter_mut().for_each(|(field, value)| {
        if field == "role" && value == "the network team" {
            value.clear();
        }
    });
    let form = writer.submit(&form).await.expect(200);
    let form = form.form(&saved.page("/events/batch")).fill("do", "add");
    assert_eq!(given(&form, "role"), ["", "", "", "the pilot"]);
    writer.submit(&form).await.expect(303);
    let added = texts(&writer, &saved).await;
    assert!(added.contains(&"asked the pilot".to_owned()), "{added:?}");
    assert!(
        added.contains(&"Siobhán O'Brien knew".to_owned()),
        "{added:?}"
    );
}

#[actix_web::test]
async fn a_long_paste_is_read_and_a_longer_one_is_told_what_to_do() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    let form = page.form(&saved.page("/events/paste"));
    let line = "[2026-10-14 23:50 UTC] nell: the queue is full, and nobody knows why\n";
    let long = line.repeat(1_500_000 / line.len());
    let shown = writer.submit(&form.clone().fill("paste", &long)).await;
    let shown = shown.expect(200).words();
    assert!(
        shown.contains("Only the first 500 lines fit"),
        "{shown:.300}"
    );
    let longer = line.repeat(6_000_000 / line.len());
    let refused = writer.submit(&form.fill("paste", &longer)).await;
    let words = refused.expect(413).words();
    for part in [
        "At most 4 MiB fit",
        "into parts",
        "Go back: your words are still in the page",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
}
