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
