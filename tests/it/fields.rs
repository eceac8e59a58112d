//! Notes on wording in the forms of rows: answers that travel with the row, and words that come back in their form.

use serde_json::{Value, json};

use crate::harness::{App, Client, Saved, spawn_app};

const BLAME: &str = "The engineer should have tested the restore.";

/// A note by the writer that is published.
async fn published(app: &App) -> Saved {
    let saved = app.ready_postmortem().await;
    let publication = saved.page("/publication");
    let writer = app.writer();
    writer.api.put(&publication, &json!({})).await.expect(200);
    saved
}

async fn list(client: &Client, saved: &Saved) -> Vec<Value> {
    let path = saved.page("/findings");
    let answer = client.api.get(&path).await.expect(200).json();
    answer["items"].as_array().unwrap().clone()
}

/// What the choices of a page send, the first of each reason.
fn choice(page: &str, reason: &str) -> String {
    let values = page.split("<option value=\"").skip(1);
    let mut values = values
        .filter_map(|rest| rest.split_once('"'))
        .map(|(value, _)| value);
    let found = values.find(|value| value.ends_with(&format!(" {reason}")));
    found
        .unwrap_or_else(|| panic!("no {reason} in {page}"))
        .to_owned()
}

#[actix_web::test]
async fn a_row_that_is_refused_comes_back_in_its_form_and_its_answer_goes_with_it() {
    let app = spawn_app().await;
    let (saved, writer) = (published(&app).await, app.writer());
    let rows: [(&str, &[(&str, &str)]); 4] = [
        (
            "/events",
            &[
                ("when", "2026-10-14 14:00"),
                ("lane", "did"),
                ("text", BLAME),
            ],
        ),
        ("/accounts", &[("role", "Caller"), ("text", BLAME)]),
        (
            "/factors",
            &[
                ("statement", BLAME),
                ("role", "contributing"),
                ("confidence", "shown"),
            ],
        ),
        (
            "/actions",
            &[
                ("title", "Rehearse it"),
                ("kind", "idea"),
                ("known_by", BLAME),
            ],
        ),
    ];
    for (below, fields) in rows {
        let before = list(&writer, &saved).await.len();
        let path = saved.page(below);
        let refused = writer.post(&path, fields).await.expect(422);
        let alert = refused.alert();
        assert!(
            alert.contains("These words are not saved yet"),
            "{below}: {alert}"
        );
        assert!(alert.contains("should have"), "{below}: {alert}");
        // The browser goes back to the row in which one writes.
        let goes = if below == "/events" {
            format!("{path}#add-event")
        } else {
            path.clone()
        };
        let form = refused.form(&goes);
        for (name, value) in fields {
            assert_eq!(form.value(name), Some(*value), "{below}");
        }
        // Another reason has to be said in words, and what was chosen stays chosen.
        let other = form.fill("keep", &choice(&refused.text, "other"));
        let again = writer
            .submit(&other.fill("keep_words", ""))
            .await
            .expect(422);
        assert!(
            again.alert().contains("Say why in a few words"),
            "{below}: {}",
            again.alert()
        );
        let kept = refused
            .form(&goes)
            .fill("keep", &choice(&refused.text, "quotation"));
        writer.submit(&kept).await.expect(303);
        let notes = list(&writer, &saved).await;
        assert_eq!(notes.len(), before + 1, "{below}");
        assert!(
            notes.iter().all(|note| note["open"] == json!(false)),
            "{notes:?}"
        );
    }
    // The same for what stands already.
    let notes = list(&writer, &saved).await;
    let action = notes
        .iter()
        .find_map(|note| note["place"].as_str()?.strip_suffix("/known-by"));
    let path = saved.page(&format!(
        "/{}",
        action.unwrap().replace("action/", "actions/")
    ));
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    assert!(page.text.contains("1 kept as it stands"));
    let id = action.unwrap().trim_start_matches("action/");
    let open = writer
        .get(&saved.page(&format!("/edit?action={id}")))
        .await
        .expect(200);
    let form = open.form(&path).fill("reach", "The nurse failed to act.");
    let refused = writer.submit(&form).await.expect(422);
    assert_eq!(
        refused.form(&path).value("reach"),
        Some("The nurse failed to act.")
    );
    assert_eq!(refused.form(&path).value("known_by"), Some(BLAME));
    // And for the title.
    let facts = saved.page("/facts");
    let form = writer.get(&facts).await.expect(200).form(&facts);
    let refused = writer.submit(&form.fill("title", BLAME)).await.expect(422);
    assert!(refused.alert().contains("These words are not saved yet"));
    let kept = refused
        .form(&facts)
        .fill("keep", &choice(&refused.text, "expectation"));
    writer.submit(&kept).await.expect(303);
}

#[actix_web::test]
async fn a_text_is_looked_at_before_its_row_is_there_and_beside_the_text_as_advice() {
    let app = spawn_app().await;
    let saved = app.ready_postmortem().await;
    let writer = app.writer();
    let path = saved.page("/findings");
    for place in [
        "new/event",
        "new/account",
        "new/factor",
        "new/without-this",
        "new/action",
        "new/known-by",
    ] {
        let typed = [("place", place), ("text", BLAME), ("within", "here")];
        let page = writer.post(&path, &typed).await.expect(200);
        assert!(page.text.contains("id=\"here-notes\""), "{}", page.text);
        assert!(page.text.contains("1 note on wording") && page.text.contains("name=\"keep\""));
    }
    let aside = [("place", "aside"), ("text", BLAME), ("within", "note")];
    let page = writer.post(&path, &aside).await.expect(200);
    assert!(page.text.contains("1 note on wording") && !page.text.contains("name=\"keep\""));
    // Who only reads may write a comment, and nothing else.
    let reader = app.reader();
    reader.post(&path, &aside).await.expect(200);
    let typed = [("place", "new/event"), ("text", BLAME)];
    reader.post(&path, &typed).await.expect(403);
}

#[actix_web::test]
async fn offered_words_are_written_wherever_a_text_stands() {
    const HINT: &str = "The root cause was a full disk.";
    let app = spawn_app().await;
    let saved = app.draft().title(HINT).section("impact", HINT).save().await;
    let writer = app.writer();
    let rows = [
        (
            "/events",
            json!({"when": "2026-10-14 14:00", "lane": "did", "text": HINT}),
        ),
        ("/accounts", json!({"role": "Caller", "text": HINT})),
        (
            "/factors",
            json!({"statement": HINT, "role": "contributing", "without_this": HINT}),
        ),
        (
            "/actions",
            json!({"title": HINT, "kind": "idea", "known_by": HINT, "reach": HINT}),
        ),
    ];
    for (below, body) in rows {
        writer.api.post(&saved.page(below), &body).await.expect(201);
    }
    let because = json!({"no_commitments_because": HINT, "over_limit_because": HINT});
    writer
        .api
        .put_over(&saved.page(""), "*", &because)
        .await
        .expect(200);
    let mut written = 0;
    while let Some(note) = list(&writer, &saved).await.first().cloned() {
        let page = writer.get(&saved.page("/edit")).await.expect(200);
        let name = note["id"].as_str().unwrap();
        let form = page.form(&saved.page(&format!("/findings/{name}/rewrite")));
        writer.submit(&form).await.expect(303);
        written += 1;
        assert!(written < 20, "{note}");
    }
    assert_eq!(written, 11);
}
