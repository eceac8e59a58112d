//! Comments: who may read may comment, one's words are one's own, and nothing is left of what one removes.

use reqwest::Method;
use second_story::app::history;
use second_story::domain::ids::PostMortemId;
use second_story::domain::people::Role;
use second_story::store::revisions::Revision;
use serde_json::{Value, json};

use crate::harness::{Answer, App, Client, Saved, send, spawn_app};

/// Somebody who only reads.
const NAME: &str = "Rosa Keller";

async fn delete_over(client: &Client, path: &str, version: &str) -> Answer {
    let request = client.api.request(Method::DELETE, path);
    send(request.header("if-match", version)).await
}

async fn said(client: &Client, saved: &Saved) -> Vec<Value> {
    let path = saved.page("/comments");
    let answer = client.api.get(&path).await.expect(200).json();
    answer["items"].as_array().unwrap().clone()
}

async fn comment(client: &Client, saved: &Saved, about: &str, text: &str) -> Value {
    let body = json!({"about": about, "text": text});
    let path = saved.page("/comments");
    client.api.post(&path, &body).await.expect(201).json()
}

fn place(saved: &Saved, comment: &Value) -> String {
    saved.page(&format!("/comments/{}", comment["id"].as_str().unwrap()))
}

async fn story(app: &App) -> Saved {
    let saved = app.ready_postmortem().await;
    let event = json!({"when": "2026-10-14 14:00", "lane": "saw", "text": "The graph went flat"});
    let writer = app.writer();
    writer
        .api
        .post(&saved.page("/events"), &event)
        .await
        .expect(201);
    saved
}

#[actix_web::test]
async fn who_may_read_may_comment_and_the_words_stay_theirs() {
    let app = spawn_app().await;
    let saved = story(&app).await;
    let (reader, writer) = (app.person(NAME, Role::Reader), app.writer());
    let first = comment(&reader, &saved, "section/summary", "Was it *the* queue?").await;
    assert_eq!(
        (&first["version"], &first["resolved_at"]),
        (&json!(1), &Value::Null)
    );
    let path = place(&saved, &first);
    let other = json!({"text": "Which zephyr was it?"});
    // Not by others, not over a version that one has not seen, not without saying which.
    writer.api.put_over(&path, "*", &other).await.expect(403);
    reader.api.put(&path, &other).await.expect(428);
    let changed = reader
        .api
        .put_over(&path, "\"1\"", &other)
        .await
        .expect(200);
    assert_eq!(
        (changed.etag(), &changed.json()["version"]),
        ("\"2\"", &json!(2))
    );
    assert!(changed.json()["edited_at"].is_string());
    let late = reader
        .api
        .put_over(&path, "\"1\"", &json!({"text": "Late."}))
        .await
        .expect(412);
    assert_eq!(late.json()["conflict"]["theirs"], "Which zephyr was it?");
    reader
        .api
        .put_over(&path, "*", &json!({"text": " "}))
        .await
        .expect(422);
    let nowhere = json!({"about": "section/lessons", "text": "Hm."});
    reader
        .api
        .post(&saved.page("/comments"), &nowhere)
        .await
        .expect(422);
    // It changes nothing of the post-mortem, and is in its history while it is there.
    let history = writer
        .get(&saved.page("/history"))
        .await
        .expect(200)
        .words();
    assert!(
        history.contains("Comment") && history.contains(NAME),
        "{history}"
    );
    let found = writer.api.get("/search?q=zephyr").await.expect(200).json();
    assert_eq!(found["total"], 0, "{found}");
    // Removed: nothing is left of it.
    delete_over(&writer, &path, "*").await.expect(403);
    delete_over(&reader, &path, "\"2\"").await.expect(204);
    reader.api.get(&path).await.expect(404);
    assert!(said(&writer, &saved).await.is_empty());
    let id = PostMortemId::parse(&saved.id).unwrap();
    let (_, kept) = history::list(&app.store, &writer.ctx(), id).unwrap();
    let left =
        |revision: &Revision| revision.body.contains("zephyr") || revision.body.contains("*the*");
    assert!(!kept.iter().any(left));
}

#[actix_web::test]
async fn a_thread_is_resolved_by_the_shepherd_and_open_again_with_the_next_comment() {
    let app = spawn_app().await;
    let saved = story(&app).await;
    let (reader, writer) = (app.person(NAME, Role::Reader), app.writer());
    let one = comment(&reader, &saved, "", "Thank you.").await;
    let path = format!("{}/resolution", place(&saved, &one));
    reader.api.put(&path, &json!({})).await.expect(403);
    let resolved = writer.api.put(&path, &json!({})).await.expect(200).json();
    assert!(resolved["resolved_at"].is_string());
    let page = writer.get(&saved.page("")).await.expect(200);
    assert!(
        page.words_of("comments-whole")
            .contains("Resolved: 1 comment")
    );
    comment(&writer, &saved, "", "You are welcome.").await;
    let page = writer.get(&saved.page("")).await.expect(200);
    assert!(!page.words_of("comments-whole").contains("Resolved"));
    writer.api.put(&path, &json!({})).await.expect(200);
    writer.api.delete(&path).await.expect(200);
    assert!(
        said(&writer, &saved)
            .await
            .iter()
            .all(|one| one["resolved_at"].is_null())
    );
}

#[actix_web::test]
async fn comments_are_written_answered_and_removed_with_forms_alone() {
    let app = spawn_app().await;
    let saved = story(&app).await;
    let (reader, writer) = (app.person(NAME, Role::Reader), app.writer());
    let all = saved.page("/comments");
    let page = reader.get(&saved.page("")).await.expect(200);
    let part = |page: &str| {
        let rest = page.split_once("<option value=\"event/").unwrap().1;
        format!("event/{}", rest.split_once('"').unwrap().0)
    };
    let about = part(&page.text);
    let blame = "The engineer should have tested the restore.";
    let form = page.form(&all).fill("about", &about).fill("text", blame);
    let done = reader.submit(&form).await.expect(303);
    let anchor = format!("comments-{}", about.replace('/', "-"));
    // Its author is asked about the wording, nobody else, and nothing waits for it.
    let page = reader.get(&saved.page("")).await.expect(200);
    let thread = page.words_of(&anchor);
    assert!(
        thread.contains("The graph went flat") && thread.contains(NAME),
        "{thread}"
    );
    assert!(thread.contains("1 note on wording"), "{thread}");
    assert!(
        page.text
            .contains(&format!("href=\"#{anchor}\">1 comment</a>"))
    );
    let others = writer.get(&saved.page("")).await.expect(200);
    assert!(!others.words_of(&anchor).contains("note on wording"));
    writer
        .api
        .put(&saved.page("/publication"), &json!({}))
        .await
        .expect(200);
    let rail = writer
        .get(&saved.page("/edit"))
        .await
        .expect(200)
        .words_of("comments");
    assert!(
        rail.contains("The graph went flat") && rail.contains("1 comment"),
        "{rail}"
    );
    // An answer, a change, a refusal, a removal.
    let answer = others.form(&all).fill("text", "It was tested in May.");
    writer.submit(&answer).await.expect(303);
    assert_eq!(said(&reader, &saved).await.len(), 2);
    let id = done
        .location()
        .split_once("#comment-")
        .unwrap()
        .1
        .to_owned();
    let own = saved.page(&format!("/comments/{id}"));
    let form = page.form(&own);
    let refused = reader
        .submit(&form.clone().fill("text", " "))
        .await
        .expect(422);
    assert!(refused.alert().contains("Write what you want to say"));
    reader
        .submit(&form.clone().fill("text", "When was it tested?"))
        .await
        .expect(303);
    let stale = reader
        .submit(&form.clone().fill("text", "Late."))
        .await
        .expect(412);
    assert!(
        stale.words().contains("When was it tested?"),
        "{}",
        stale.words()
    );
    let page = reader.get(&saved.page("")).await.expect(200);
    let version = page.form(&own).value("version").unwrap().to_owned();
    reader
        .post(&format!("{own}/removal"), &[("version", &version)])
        .await
        .expect(303);
    assert_eq!(said(&reader, &saved).await.len(), 1);
}
