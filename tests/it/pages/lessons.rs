//! Lessons that are brought back unasked: the reading list, a component, one week, what is like a draft.

use chrono::TimeDelta;
use second_story::app::{Ctx, publication};
use second_story::domain::ids::PostMortemId;
use serde_json::json;

use crate::harness::{App, Client, Saved, now, spawn_app};

/// A published note with one finding about a component.
async fn published(app: &App, by: &Client, title: &str, restricted: bool) -> Saved {
    let saved = ready(app, by, title, restricted).await;
    let path = format!("/postmortems/{}/publication", saved.id);
    by.api.put(&path, &json!({})).await.expect(200);
    saved
}

/// The same, published so many days ago.
async fn published_before(app: &App, by: &Client, title: &str, restricted: bool, days: i64) {
    let saved = ready(app, by, title, restricted).await;
    let then = Ctx::new(by.ctx().actor, now() - TimeDelta::days(days));
    let id = PostMortemId::parse(&saved.id).unwrap();
    publication::publish(&app.store, &then, id).expect("a note needs no more");
}

async fn ready(app: &App, by: &Client, title: &str, restricted: bool) -> Saved {
    let draft = app
        .draft()
        .by(by)
        .title(title)
        .fact("happened_on", "2025-12-03")
        .section("summary", "Letters waited for an hour.")
        .section("surprise", "The panel was green. It stayed green.");
    let saved = if restricted {
        draft.restricted()
    } else {
        draft
    }
    .save()
    .await;
    let finding = json!({"statement": "The queue had one worker.", "role": "contributing",
        "factor": "single-point", "component": "Letter queue"});
    let path = format!("/postmortems/{}/factors", saved.id);
    by.api.post(&path, &finding).await.expect(201);
    saved
}

#[actix_web::test]
async fn the_reading_list_asks_a_question_and_keeps_its_order() {
    let app = spawn_app().await;
    let (writer, reader) = (app.writer(), app.reader());
    let first = published(&app, &writer, "The letters waited", false).await;
    let second = published(&app, &writer, "The stamps ran out", false).await;
    for (saved, question) in [
        (&first, "What would you have looked at?"),
        (&second, "What held?"),
    ] {
        let number = saved.number.clone().unwrap();
        let fields = [("postmortem", number.as_str()), ("question", question)];
        writer.post("/reading-list", &fields).await.expect(303);
    }
    let page = reader.get("/reading-list").await.expect(200);
    let words = page.words();
    let (one, two) = (
        words.find("What would you").unwrap(),
        words.find("What held?").unwrap(),
    );
    assert!(
        one < two && !page.text.contains("Take off the list"),
        "{words}"
    );

    let list = writer.api.get("/reading-list").await.expect(200).json();
    let id = list["items"][1]["id"].as_str().unwrap().to_owned();
    writer
        .post(&format!("/reading-list/{id}/place"), &[("to", "up")])
        .await
        .expect(303);
    let words = reader.get("/reading-list").await.expect(200).words();
    assert!(
        words.find("What held?").unwrap() < words.find("What would you").unwrap(),
        "{words}"
    );

    let at = format!("/reading-list/{id}");
    writer
        .post(
            &at,
            &[("question", "What held, and why?"), ("version", "1")],
        )
        .await
        .expect(303);
    let late = writer
        .post(&at, &[("question", "Mine?"), ("version", "1")])
        .await
        .expect(409);
    assert!(
        late.text.contains("value=\"Mine?\"") && late.words().contains("What held, and why?"),
        "{}",
        late.words()
    );
    writer.post(&format!("{at}/removal"), &[]).await.expect(303);
    assert!(
        !reader
            .get("/reading-list")
            .await
            .expect(200)
            .words()
            .contains("What held")
    );
}

#[actix_web::test]
async fn what_cannot_be_chosen_comes_back_with_the_reason() {
    let app = spawn_app().await;
    let (writer, insider) = (app.writer(), app.second_writer());
    let draft = app.draft().title("Still being written").save().await;
    let hidden = published(&app, &insider, "A restricted thing", true).await;
    for (named, said) in [
        (draft.id.as_str(), "It is not finished."),
        (hidden.id.as_str(), "There is no post-mortem"),
        ("PM-9999", "There is no post-mortem"),
    ] {
        let fields = [("postmortem", named), ("question", "What held?")];
        let again = writer.post("/reading-list", &fields).await.expect(422);
        assert!(again.words().contains(said), "{named}: {}", again.words());
        assert!(again.text.contains("value=\"What held?\""), "{named}");
    }
    let done = published(&app, &writer, "The letters waited", false).await;
    let fields = [("postmortem", done.id.as_str()), ("question", "  ")];
    assert!(
        writer
            .post("/reading-list", &fields)
            .await
            .expect(422)
            .words()
            .contains("ask themselves")
    );
    let fields = [("postmortem", done.id.as_str()), ("question", "Why?")];
    writer.post("/reading-list", &fields).await.expect(303);
    let twice = writer.post("/reading-list", &fields).await.expect(422);
    assert!(
        twice.words().contains("on the list already"),
        "{}",
        twice.words()
    );
}

#[actix_web::test]
async fn a_restricted_post_mortem_shows_on_no_list_of_those_who_may_not_read_it() {
    let app = spawn_app().await;
    let (insider, stranger) = (app.second_writer(), app.writer());
    let addresses = [
        "/reading-list",
        "/components",
        "/components/Letter%20queue",
        "/digest",
        "/api/v1/digest/this",
        "/api/v1/digest/feed",
    ];
    let mut before = Vec::new();
    for address in addresses {
        before.push(stranger.get(address).await.text);
    }
    let hidden = published(&app, &insider, "A quicksilver thing", true).await;
    let body = json!({"postmortem": hidden.id, "question": "What does quicksilver do?"});
    insider.api.post("/reading-list", &body).await.expect(201);
    assert!(
        insider
            .get("/reading-list")
            .await
            .expect(200)
            .words()
            .contains("quicksilver do?")
    );
    assert!(
        insider
            .get("/components/letter%20QUEUE")
            .await
            .expect(200)
            .words()
            .contains("quicksilver")
    );
    for (address, before) in addresses.iter().zip(before) {
        assert_eq!(stranger.get(address).await.text, before, "{address}");
    }
}

#[actix_web::test]
async fn a_component_brings_its_lessons_causes_and_commitments() {
    let app = spawn_app().await;
    let writer = app.writer();
    let saved = published(&app, &writer, "The letters waited", false).await;
    let page = app
        .reader()
        .get("/components/letter%20queue")
        .await
        .expect(200);
    let words = page.words();
    for said in [
        "What was learned about Letter queue",
        "The letters waited",
        "The panel was green.",
        "The queue had one worker.",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(
        !words.contains("It stayed green"),
        "only the first sentence: {words}"
    );
    let reading = app.reader().get(&saved.page("")).await.expect(200);
    assert!(
        reading.text.contains("href=\"/components/Letter%20queue\""),
        "{}",
        reading.text
    );
    assert!(
        app.reader()
            .get("/components")
            .await
            .expect(200)
            .words()
            .contains("in 1 post-mortem")
    );
    app.reader().get("/components/nothing%00").await.expect(404);
}

#[actix_web::test]
async fn a_week_tells_what_is_new_and_what_was_a_year_ago() {
    let app = spawn_app().await;
    let saved = published(&app, &app.writer(), "The letters waited", false).await;
    let this = app.reader().get("/digest").await.expect(200);
    assert!(
        this.words().contains("New lessons") && this.words().contains("The letters waited"),
        "{}",
        this.words()
    );
    // 3 December 2025 lies in the week of which 2026-W49 is the same one a year later.
    let json = app
        .reader()
        .api
        .get("/digest/2026-W49")
        .await
        .expect(200)
        .json();
    assert_eq!(json["year_ago"][0]["id"], saved.id.as_str(), "{json}");
    let quiet = app.reader().get("/digest/2001-W02").await.expect(200);
    assert!(
        quiet.words().contains("Nothing new was published"),
        "{}",
        quiet.words()
    );
    for bad in ["2026-W60", "x", "2026-W1"] {
        app.reader()
            .get(&format!("/digest/{bad}"))
            .await
            .expect(404);
    }
}

#[actix_web::test]
async fn a_draft_shows_past_post_mortems_that_are_like_it_and_asks_what_it_would_take() {
    let app = spawn_app().await;
    let writer = app.writer();
    published(
        &app,
        &writer,
        "The letter queue filled while the panel was green",
        false,
    )
    .await;
    published(
        &app,
        &writer,
        "Payroll paid everybody twice in one night",
        false,
    )
    .await;
    let draft = app
        .draft()
        .title("The letter queue filled again")
        .save()
        .await;
    let page = writer.get(&draft.page("/edit")).await.expect(200).words();
    let part = &page[page.find("Has this happened before?").unwrap()..];
    assert!(
        part.contains("The letter queue filled while") && part.contains("shares"),
        "{part}"
    );
    assert!(part.contains("What would have to be true"), "{part}");

    let other = app
        .draft()
        .title("Something went wrong on Friday")
        .save()
        .await;
    let first = writer
        .get(&other.page("/similar"))
        .await
        .expect(200)
        .words();
    assert!(!first.contains("Payroll paid"), "{first}");
    let event = json!({"when": "2026-10-14 08:00", "lane": "happened", "text": "Payroll paid everybody twice in the night"});
    let path = format!("/postmortems/{}/events", other.id);
    writer.api.post(&path, &event).await.expect(201);
    let then = writer
        .get(&other.page("/similar"))
        .await
        .expect(200)
        .words();
    assert!(
        then.contains("Payroll paid everybody twice in one night"),
        "{then}"
    );
}

#[actix_web::test]
async fn a_week_that_is_over_stands_in_the_feed_of_those_who_may_read_what_was_new_in_it() {
    let app = spawn_app().await;
    let (writer, insider) = (app.writer(), app.second_writer());
    let path = "/digest/feed";
    published(&app, &writer, "The stamps of this week", false).await;
    let before = writer.reading_api.get(path).await.expect(200);
    assert!(
        before
            .text
            .contains("<updated>1970-01-01T00:00:00Z</updated>")
    );
    published_before(&app, &insider, "A quicksilver thing", true, 14).await;
    // Nothing changes for those who may not read it, not even that there was a week.
    let after = writer.reading_api.get(path).await.expect(200);
    assert_eq!(before.text, after.text);
    let own = insider.reading_api.get(path).await.expect(200).text;
    assert!(own.contains("A quicksilver thing"), "{own}");
    published_before(&app, &writer, "Letters & <b>stamps</b> waited", false, 7).await;
    let feed = writer.reading_api.get(path).await.expect(200);
    let kind = feed.header("content-type");
    assert!(kind.starts_with("application/atom+xml"), "{kind}");
    for part in [
        "<title>The week of ",
        "<h2>New lessons</h2>",
        "Letters waited for an hour.",
        "/digest/20",
    ] {
        assert!(feed.text.contains(part), "{part} is not in {}", feed.text);
    }
    for part in ["<b>", "& ", "quicksilver", "of this week"] {
        assert!(!feed.text.contains(part), "{part} is in {}", feed.text);
    }
    assert_eq!(feed.text.matches("<entry>").count(), 1);
    writer.get("/api/v1/digest/feed").await.expect(200);
    app.anonymous().api.get(path).await.expect(401);
    let page = app.reader().get("/digest").await.expect(200).text;
    assert!(page.contains("href=\"/api/v1/digest/feed\""), "{page}");
}
