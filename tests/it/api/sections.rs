//! Sections while they are written: saves by themselves, and texts that met.

use reqwest::Method;
use second_story::app::sections::{SaveSection, autosave, save};
use second_story::app::{Ctx, EditError, history};
use second_story::domain::ids::{PostMortemId, Version};
use serde_json::json;

use crate::harness::{App, Saved, send, spawn_app};

/// Types over a version at a time of 14 October 2026, and gives the versions that the history then holds.
fn type_at(app: &App, saved: &Saved, time: &str, expected: i32, text: &str) -> Vec<i32> {
    let now = format!("2026-10-14T{time}Z").parse().unwrap();
    let ctx = Ctx::new(app.writer().ctx.unwrap().actor, now);
    let id = PostMortemId::parse(&saved.id).unwrap();
    let change = SaveSection {
        key: "summary",
        text,
        expected: Some(Version(expected)),
        note: "",
    };
    autosave(&app.store, &ctx, id, &change).unwrap();
    versions(app, saved)
}

fn versions(app: &App, saved: &Saved) -> Vec<i32> {
    let id = PostMortemId::parse(&saved.id).unwrap();
    let (_, revisions) = history::list(&app.store, &app.writer().ctx.unwrap(), id).unwrap();
    let mut versions: Vec<_> = revisions
        .iter()
        .filter(|revision| revision.resource == "section")
        .map(|revision| revision.version)
        .collect();
    versions.sort_unstable();
    versions
}

#[actix_web::test]
async fn typing_on_fills_no_history_and_nothing_that_was_deleted_is_lost() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let story = "The queue stood still, and nobody could see that from outside.";
    assert_eq!(type_at(&app, &saved, "14:31:00", 0, "The que"), [1]);
    assert_eq!(type_at(&app, &saved, "14:31:10", 1, story), [2]);
    // Most of it goes: what stood there before stays.
    assert_eq!(type_at(&app, &saved, "14:32:00", 2, "The queue"), [2, 3]);
    assert_eq!(
        type_at(&app, &saved, "14:33:00", 3, "The queue was"),
        [2, 4]
    );
    // The next ten minutes begin.
    assert_eq!(
        type_at(&app, &saved, "14:40:00", 4, "The queue was full"),
        [2, 4, 5]
    );
    // What somebody saves on purpose is a version of its own.
    let change = SaveSection {
        key: "summary",
        text: "The queue was full.",
        expected: Some(Version(5)),
        note: "",
    };
    let ctx = Ctx::new(
        app.writer().ctx.unwrap().actor,
        "2026-10-14T14:40:05Z".parse().unwrap(),
    );
    let id = PostMortemId::parse(&saved.id).unwrap();
    save(&app.store, &ctx, id, &change).unwrap();
    assert_eq!(versions(&app, &saved), [2, 4, 5, 6]);
    // Another person never takes the place of a version.
    let other = Ctx::new(app.second_writer().ctx.unwrap().actor, ctx.now);
    let change = SaveSection {
        text: "The queue was full. It was",
        expected: Some(Version(6)),
        ..change
    };
    autosave(&app.store, &other, id, &change).unwrap();
    assert_eq!(versions(&app, &saved), [2, 4, 5, 6, 7]);
    let stale = autosave(&app.store, &ctx, id, &change);
    assert!(matches!(stale, Err(EditError::Conflict(_))), "{stale:?}");
}

#[actix_web::test]
async fn readers_never_see_half_a_sentence() {
    let app = spawn_app().await;
    let saved = app.ready_postmortem().await;
    let (api, place) = (app.writer().api, format!("/postmortems/{}", saved.id));
    let section = format!("{place}/sections/summary");
    let typing = json!({"text": "Messages waited for an hou", "typing": true});
    api.put_over(&section, "*", &typing).await.expect(200);
    let whole = json!({"text": "Messages waited for an hour."});
    api.put_over(&section, "*", &whole).await.expect(200);
    api.put(&format!("{place}/publication"), &json!({}))
        .await
        .expect(200);
    let refused = api.put_over(&section, "*", &typing).await.expect(409);
    assert!(
        refused.text.contains("published while you were writing"),
        "{}",
        refused.text
    );
    let now = api.get(&section).await.expect(200).json();
    assert_eq!(now["text"], "Messages waited for an hour.");
    assert_eq!(now["saved_by"], "Wanda Okafor");
    let on_purpose = json!({"text": "Messages waited for two hours.", "note": "The duration"});
    api.put_over(&section, "*", &on_purpose).await.expect(200);
}

#[actix_web::test]
async fn the_text_that_was_not_chosen_stays_in_the_history() {
    let app = spawn_app().await;
    let saved = app
        .draft()
        .section("summary", "The text that stands.")
        .save()
        .await;
    let unused = format!("/postmortems/{}/sections/summary/unused", saved.id);
    let text = json!({"text": "The text that lost."});
    let (writer, reader) = (app.writer(), app.reader());
    writer.api.post(&unused, &text).await.expect(204);
    reader.api.post(&unused, &text).await.expect(403);
    writer
        .api
        .post(&unused.replace("summary", "no-such-part"), &text)
        .await
        .expect(404);
    assert_eq!(versions(&app, &saved), [0, 1]);
    let section = unused.trim_end_matches("/unused");
    let now = writer.api.get(section).await.expect(200).json();
    assert_eq!(
        (&now["text"], &now["version"]),
        (&json!("The text that stands."), &json!(1))
    );
}

#[actix_web::test]
async fn a_page_can_ask_who_is_signed_in_before_it_sends() {
    let app = spawn_app().await;
    let writer = app.writer();
    let session = writer.get("/api/v1/session").await.expect(200).json();
    assert_eq!(session["name"], "Wanda Okafor");
    assert_eq!(session["form_token"], writer.key().await);
    assert_eq!(
        session["person"],
        writer.ctx.unwrap().actor.person.to_string()
    );
    let nobody = app.anonymous().get("/api/v1/session").await.expect(401);
    assert_eq!(nobody.json()["code"], "sign_in");
    // With the cookie alone nothing is changed; with the header it is.
    let saved = app.draft().save().await;
    let place = format!("/api/v1/postmortems/{}/sections/summary", saved.id);
    let request = || {
        writer
            .request(Method::PUT, &place)
            .header("if-match", "\"0\"")
            .json(&json!({"text": "Words.", "typing": true}))
    };
    let refused = send(request()).await.expect(403);
    assert_eq!(refused.json()["code"], "not_our_form");
    send(request().header("x-form-token", writer.key().await))
        .await
        .expect(200);
}

#[actix_web::test]
async fn two_texts_are_compared_word_by_word() {
    let app = spawn_app().await;
    let texts =
        json!({"older": "About a thousand were charged.", "newer": "956 were charged twice."});
    let found = app.reader().api.post("/differences", &texts).await;
    let json = found.expect(200).json();
    let items = json["items"].as_array().unwrap();
    let side = |left_out: &str| -> String {
        let kept = items.iter().filter(|piece| piece["change"] != left_out);
        kept.map(|piece| piece["text"].as_str().unwrap()).collect()
    };
    assert_eq!(side("added"), texts["older"]);
    assert_eq!(side("removed"), texts["newer"]);
    app.anonymous()
        .api
        .post("/differences", &texts)
        .await
        .expect(401);
}
