//! Notes on wording: found in every text, answered with forms and over the API, and what the gate makes of them.

use second_story::app::documents::{self, Start};
use second_story::domain::document;
use second_story::domain::ids::PostMortemId;
use second_story::domain::language::Words;
use second_story::domain::postmortem::{Facts, Status};
use second_story::domain::publication::ready;
use second_story::store::{self, StoreError};
use serde_json::{Value, json};

use crate::harness::{App, Client, Saved, spawn_app};

const BLAME: &str = "The engineer should have tested the restore.";

/// A draft with a note in its summary.
async fn draft(app: &App) -> Saved {
    app.draft().section("summary", BLAME).save().await
}

async fn items(client: &Client, saved: &Saved) -> Vec<Value> {
    let path = saved.page("/findings");
    let answer = client.api.get(&path).await.expect(200);
    answer.json()["items"].as_array().unwrap().clone()
}

/// The row of the gate: whether it is met, and where it leads.
async fn gate(client: &Client, saved: &Saved) -> (bool, String, String) {
    let path = saved.page("/publication");
    let answer = client.api.get(&path).await.expect(200).json();
    let mut checks = answer["checks"].as_array().unwrap().iter();
    let row = checks.find(|check| check["code"] == "language").unwrap();
    let text = |name: &str| row[name].as_str().unwrap().to_owned();
    (row["met"] == json!(true), text("target"), text("message"))
}

#[actix_web::test]
async fn a_note_is_answered_with_forms_alone_and_comes_back_with_its_sentence() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let (met, target, message) = gate(&writer, &saved).await;
    assert!(!met && target == "section-summary", "{target}");
    assert!(message.starts_with("1 note on wording has no answer yet."));
    let key = items(&writer, &saved).await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let action = saved.page(&format!("/findings/{key}"));
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    let shown = page.words_of("section-summary-notes");
    assert!(shown.contains("1 note on wording should have"), "{shown}");
    // No reason, and another reason without words, are asked for again.
    let form = page.form(&action);
    let again = writer.submit(&form.clone()).await.expect(422);
    assert!(again.alert().contains("Choose why it is kept"));
    let form = form.fill("reason", "other");
    let again = writer.submit(&form).await.expect(422);
    assert!(again.alert().contains("Say why in a few words"));
    let form = again.form(&action).fill("words", "It is what was said.");
    let done = writer.submit(&form).await.expect(303);
    assert_eq!(
        done.location(),
        format!("{}#section-summary", saved.page("/edit"))
    );
    assert!(gate(&writer, &saved).await.0);
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    let shown = page.words_of("section-summary-notes");
    assert!(
        shown.contains("1 kept as it stands should have Kept: It is what was said."),
        "{shown}"
    );
    let history = writer
        .get(&saved.page("/history"))
        .await
        .expect(200)
        .words();
    assert!(history.contains("Wording that was kept"), "{history}");
    // Words elsewhere in the text change nothing; its own sentence does.
    let put = |text: String| {
        let (writer, path) = (app.writer(), saved.page("/sections/summary"));
        async move {
            writer
                .api
                .put_over(&path, "*", &json!({"text": text}))
                .await
                .expect(200)
        }
    };
    put(format!("It was late. {BLAME} Nobody saw it.")).await;
    assert!(gate(&writer, &saved).await.0);
    put(BLAME.replace("restore", "backup")).await;
    assert!(!gate(&writer, &saved).await.0);
    put(BLAME.to_owned()).await;
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    let form = page.form(&format!("{action}/removal"));
    writer.submit(&form).await.expect(303);
    assert!(!gate(&writer, &saved).await.0);
}

#[actix_web::test]
async fn every_text_is_looked_at_and_answered_over_the_api() {
    let app = spawn_app().await;
    let (saved, writer) = (
        app.draft()
            .title(BLAME)
            .section("summary", BLAME)
            .save()
            .await,
        app.writer(),
    );
    let post = |below: &'static str, body: Value| {
        let (writer, path) = (app.writer(), saved.page(below));
        async move {
            writer.api.post(&path, &body).await.expect(201).json()["id"]
                .as_str()
                .unwrap()
                .to_owned()
        }
    };
    let event = post(
        "/events",
        json!({"when": "2026-10-14 14:00", "lane": "did", "text": BLAME}),
    )
    .await;
    let factor = post(
        "/factors",
        json!({"statement": BLAME, "role": "contributing", "confidence": "shown", "evidence": []}),
    )
    .await;
    let action = post(
        "/actions",
        json!({"title": "Be more careful", "kind": "idea"}),
    )
    .await;
    let account = post("/accounts", json!({"role": "Caller", "text": BLAME})).await;
    let notes = items(&writer, &saved).await;
    let places: Vec<&str> = notes
        .iter()
        .map(|note| note["place"].as_str().unwrap())
        .collect();
    let expected = [
        "title".to_owned(),
        "section/summary".to_owned(),
        format!("event/{event}"),
        format!("account/{account}"),
        format!("factor/{factor}"),
        format!("action/{action}"),
    ];
    assert_eq!(places, expected);
    assert_eq!(
        (
            &notes[1]["rule"],
            &notes[1]["start_utf16"],
            &notes[1]["open"]
        ),
        (&json!("counterfactual"), &json!(13), &json!(true))
    );
    for (note, place) in notes.iter().zip(&expected) {
        assert_eq!(gate(&writer, &saved).await.1, place.replace('/', "-"));
        let path = saved.page(&format!("/findings/{}", note["id"].as_str().unwrap()));
        let kept = writer
            .api
            .put(&path, &json!({"reason": "expectation"}))
            .await
            .expect(200)
            .json();
        assert_eq!(
            (&kept["open"], &kept["answer"]["reason"]),
            (&json!(false), &json!("expectation"))
        );
    }
    assert!(gate(&writer, &saved).await.0);
    let first = saved.page(&format!("/findings/{}", notes[0]["id"].as_str().unwrap()));
    writer
        .api
        .put(&first, &json!({"reason": "because"}))
        .await
        .expect(422);
    writer
        .api
        .put(&saved.page("/findings/0"), &json!({"reason": "system"}))
        .await
        .expect(404);
    writer.api.delete(&first).await.expect(204);
    writer.api.delete(&first).await.expect(404);
    assert_eq!(gate(&writer, &saved).await.1, "title");
}

#[actix_web::test]
async fn hints_do_not_block_and_their_words_can_be_replaced() {
    let app = spawn_app().await;
    let text = "It was late. The root cause was a full disk.";
    let saved = app.draft().section("impact", text).save().await;
    let writer = app.writer();
    assert!(gate(&writer, &saved).await.0);
    let note = items(&writer, &saved).await[0].clone();
    assert_eq!(
        (&note["severity"], &note["open"]),
        (&json!("hint"), &json!(false))
    );
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    let form = page.form(&saved.page(&format!(
        "/findings/{}/rewrite",
        note["id"].as_str().unwrap()
    )));
    writer.submit(&form).await.expect(303);
    let section = writer
        .api
        .get(&saved.page("/sections/impact"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        section["text"],
        "It was late. One contributing factor was a full disk."
    );
    // A form from before somebody else saved replaces nothing.
    writer.submit(&form).await.expect(404);
}

#[actix_web::test]
async fn a_published_text_is_kept_before_it_is_saved_and_its_reason_stays() {
    let app = spawn_app().await;
    let (saved, writer) = (app.ready_postmortem().await, app.writer());
    writer
        .api
        .put(&saved.page("/publication"), &json!({}))
        .await
        .expect(200);
    let section = saved.page("/sections/surprise");
    let text = format!("The word stopped meant another thing. {BLAME}");
    let refused = writer
        .api
        .put_over(&section, "*", &json!({"text": text}))
        .await
        .expect(422);
    assert_eq!(refused.json()["code"], "checks_open");
    // The list of a text that is being typed.
    let typed = [("place", "section/surprise"), ("text", &text)];
    let page = writer
        .post(&saved.page("/findings"), &typed)
        .await
        .expect(200);
    assert!(page.text.contains(r#"data-start="51""#), "{}", page.text);
    let (_, action) = page
        .text
        .split_once("<form method=\"post\" action=\"")
        .unwrap();
    let (action, _) = action.split_once('"').unwrap();
    let mut kept = typed.to_vec();
    kept.push(("reason", "quotation"));
    // Without scripts: the refused text comes back in its box, is kept from there, and saved.
    let form = writer
        .get(&saved.page("/edit"))
        .await
        .expect(200)
        .form(&section);
    let refused = writer.submit(&form.fill("text", &text)).await.expect(422);
    assert!(
        refused.alert().contains("These words are not saved."),
        "{}",
        refused.alert()
    );
    assert_eq!(refused.form(&section).value("text"), Some(text.as_str()));
    let keep = refused.form(action).fill("reason", "quotation");
    let back = writer.submit(&keep).await.expect(200);
    assert!(
        back.words_of("section-surprise-notes")
            .contains("1 kept as it stands")
    );
    writer.submit(&back.form(&section)).await.expect(303);
    writer
        .post(&format!("{action}/removal"), &[])
        .await
        .expect(422);
    writer.post(action, &kept).await.expect(200);
    writer
        .api
        .put_over(&section, "*", &json!({"text": text}))
        .await
        .expect(200);
    // What readers were promised stands on it.
    let removal = format!("{action}/removal");
    let refused = writer.post(&removal, &[]).await;
    assert_eq!(refused.status, 422, "{}", refused.words());
    let nowhere = [("place", "section/nothing"), ("text", "x")];
    writer
        .post(&saved.page("/findings"), &nowhere)
        .await
        .expect(404);
}

#[actix_web::test]
async fn every_prose_field_is_looked_at_and_what_was_open_before_holds_nobody_up() {
    let app = spawn_app().await;
    let (saved, writer) = (app.ready_postmortem().await, app.writer());
    let action = json!({"title": "Watch the age of the oldest message", "kind": "idea", "known_by": BLAME, "reach": BLAME});
    let actions = saved.page("/actions");
    let made = writer.api.post(&actions, &action).await.expect(201).json();
    let action = format!("{actions}/{}", made["id"].as_str().unwrap());
    let because = json!({"no_commitments_because": BLAME});
    let facts = saved.page("");
    writer.api.put_over(&facts, "*", &because).await.expect(200);
    let notes = items(&writer, &saved).await;
    let id = made["id"].as_str().unwrap();
    let places: Vec<&str> = notes
        .iter()
        .map(|note| note["place"].as_str().unwrap())
        .collect();
    let expected = [
        format!("action/{id}/known-by"),
        format!("action/{id}/reach"),
        "no-commitments".to_owned(),
    ];
    assert_eq!(places, expected);
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    for place in &expected {
        let anchor = place.replace('/', "-");
        assert!(page.text.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    // As if it had been published before these fields were looked at.
    app.store
        .write(|tx| {
            let id = PostMortemId::parse(&saved.id).unwrap();
            let before = store::postmortems::find(tx, writer.ctx().actor.person, id)?;
            let facts = Facts {
                status: Status::Published,
                version: before.version.next(),
                ..before.clone()
            };
            store::postmortems::update(tx, &facts, before.version)
        })
        .map_err(|error: StoreError| error)
        .unwrap();
    let section = saved.page("/sections/surprise");
    let put = |text: &str| {
        let (writer, section, text) = (app.writer(), section.clone(), text.to_owned());
        async move {
            writer
                .api
                .put_over(&section, "*", &json!({"text": text}))
                .await
        }
    };
    put("The word meant another thing.").await.expect(200);
    put("The nurse failed to act.").await.expect(422);
    let mend = json!({"reach": "The queue, and whoever waits for it."});
    writer.api.put_over(&action, "*", &mend).await.expect(200);
    let worse = json!({"reach": "The nurse failed to act."});
    writer.api.put_over(&action, "*", &worse).await.expect(422);
}

#[actix_web::test]
async fn what_was_kept_travels_with_the_exported_markdown() {
    let app = spawn_app().await;
    let (saved, writer) = (app.ready_postmortem().await, app.writer());
    let title = json!({"title": "The operator should have been asked"});
    writer
        .api
        .put_over(&saved.page(""), "*", &title)
        .await
        .expect(200);
    let event =
        json!({"when": "2026-10-14 14:00", "lane": "did", "text": format!("A call. {BLAME}")});
    writer
        .api
        .post(&saved.page("/events"), &event)
        .await
        .expect(201);
    let action =
        json!({"title": "Remind everyone to be more careful", "kind": "idea", "known_by": BLAME});
    writer
        .api
        .post(&saved.page("/actions"), &action)
        .await
        .expect(201);
    for note in items(&writer, &saved).await {
        let path = saved.page(&format!("/findings/{}", note["id"].as_str().unwrap()));
        let why = json!({"reason": "quotation", "words": "of the report"});
        writer.api.put(&path, &why).await.expect(200);
    }
    writer
        .api
        .put(&saved.page("/publication"), &json!({}))
        .await
        .expect(200);
    let id = PostMortemId::parse(&saved.id).unwrap();
    let exported = documents::markdown(&app.store, &writer.ctx(), id).unwrap();
    assert_eq!(
        exported
            .matches("because it is a quotation: of the report -->")
            .count(),
        3,
        "{exported}"
    );
    assert!(
        exported.contains("kept_wording:\n  - {place: title"),
        "{exported}"
    );
    let (document, _) = document::read("exported.md", &exported).unwrap();
    assert!(
        ready(&documents::gate(&document, &Words::new())),
        "{:?}",
        documents::gate(&document, &Words::new())
    );
    let again = documents::create(&app.store, &writer.ctx(), &document, Start::Draft).unwrap();
    let text = documents::markdown(&app.store, &writer.ctx(), again.id).unwrap();
    assert_eq!(
        document::read("again.md", &text).unwrap().0.kept,
        document.kept
    );
    let open: Vec<Value> = items(
        &writer,
        &Saved {
            id: again.id.to_string(),
            number: None,
        },
    )
    .await;
    assert!(
        open.len() == 4 && open.iter().all(|note| note["open"] == json!(false)),
        "{open:?}"
    );
}

#[actix_web::test]
async fn a_title_is_looked_at_before_there_is_a_post_mortem() {
    let app = spawn_app().await;
    let writer = app.writer();
    let page = writer.get("/postmortems/new").await.expect(200);
    let form = page.form("/postmortems");
    let title = "The engineer should have tested the restore";
    let asked = [
        ("csrf", form.value("csrf").unwrap()),
        ("place", "title"),
        ("text", title),
        ("within", "facts-title"),
    ];
    let path = "/postmortems/new/findings";
    let request = writer.request(reqwest::Method::POST, path).form(&asked);
    let notes = crate::harness::send(request).await.expect(200);
    assert!(
        notes.text.contains("id=\"facts-title-notes\""),
        "{}",
        notes.text
    );
    assert!(notes.text.contains("should have"), "{}", notes.text);
    // Without scripts the notes stand there when the form comes back, and an answer goes with it.
    let refused = form.fill("title", title).fill("happened_on", "a Tuesday");
    let again = writer.submit(&refused).await.expect(422);
    let form = again.form("/postmortems");
    let fields = again.text.split("name=\"keep\"").nth(1).unwrap();
    let kept = fields
        .split("value=\"")
        .find(|value| value.contains(" quotation\""));
    let kept = kept.unwrap().split('"').next().unwrap();
    let form = form.fill("happened_on", "").fill("keep", kept);
    let made = writer.submit(&form).await.expect(303);
    let page = writer.get(made.location()).await.expect(200);
    assert!(page.words_of("title").contains("Kept: It is a quotation."));
}
