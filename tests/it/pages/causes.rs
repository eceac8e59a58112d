//! Recurring causes and similar statements with forms alone.

use serde_json::json;

use crate::harness::{App, Client, spawn_app};

/// A post-mortem with one statement; the ids of both.
async fn told(app: &App, by: &Client, statement: &str) -> (String, String) {
    let saved = app.draft().by(by).save().await;
    let path = format!("/postmortems/{}/factors", saved.id);
    let body = json!({"statement": statement, "role": "contributing"});
    let made = by.api.post(&path, &body).await.expect(201).json();
    (saved.id, made["id"].as_str().unwrap().to_owned())
}

#[actix_web::test]
async fn from_a_statement_to_what_was_said_before_to_a_cause_and_its_second_link() {
    let app = spawn_app().await;
    let writer = app.writer();
    let (_, first) = told(&app, &writer, "The restore was never tried.").await;
    let (_, second) = told(&app, &writer, "Nobody had tried the restore.").await;
    let before = writer
        .get(&format!("/factors/{second}/similar"))
        .await
        .expect(200);
    let words = before.words();
    assert!(words.contains("The restore was never tried."), "{words}");
    assert!(words.contains("shares tried , restore"), "{words}");

    let new = format!("/causes/new?statement={first}");
    let form = writer.get(&new).await.expect(200).form("/causes");
    let refused = writer.submit(&form).await.expect(422);
    assert!(
        refused.alert().contains("The statement is empty"),
        "{}",
        refused.alert()
    );
    let form = form.fill("statement", "Going back is never tried");
    let cause = writer.submit(&form).await.expect(303).location().to_owned();

    // The other statement is suggested, and its page knows the cause of the first one.
    let page = writer.get(&cause).await.expect(200);
    assert!(
        page.text
            .contains(&format!("{cause}?statement={second}#link")),
        "{}",
        page.text
    );
    let before = writer
        .get(&format!("/factors/{second}/similar"))
        .await
        .expect(200);
    assert!(before.words().contains("Part of Going back is never tried"));

    let page = writer
        .get(&format!("{cause}?statement={second}"))
        .await
        .expect(200);
    let links = format!("{cause}/links");
    let form = page.form(&links).fill("same", "Nobody tried it.");
    let refused = writer.submit(&form).await.expect(422);
    assert!(
        refused.alert().contains("what is different"),
        "{}",
        refused.alert()
    );
    assert_eq!(refused.form(&links).value("same"), Some("Nobody tried it."));
    let form = refused
        .form(&links)
        .fill("different", "Here there was no plan either.");
    let after = writer.submit(&form).await.expect(303);
    assert!(after.location().starts_with(&format!("{cause}#link-")));
    let words = writer.get(&cause).await.expect(200).words();
    assert!(
        words.contains("2 findings in 2 of 2 post-mortems"),
        "{words}"
    );
    assert!(
        app.reader()
            .get("/causes")
            .await
            .expect(200)
            .words()
            .contains("2 findings in 2")
    );
}

#[actix_web::test]
async fn a_statement_is_searched_for_by_its_words() {
    let app = spawn_app().await;
    let writer = app.writer();
    let (_, first) = told(&app, &writer, "The restore was never tried.").await;
    let (_, second) = told(&app, &writer, "A lift alarm rang in an empty office.").await;
    let form = writer
        .get(&format!("/causes/new?statement={first}"))
        .await
        .expect(200);
    let form = form
        .form("/causes")
        .fill("statement", "Signals arrive where nobody is");
    let cause = writer.submit(&form).await.expect(303).location().to_owned();
    let found = writer.get(&format!("{cause}?q=alarm")).await.expect(200);
    assert!(found.text.contains(&format!("?statement={second}#link")));
    let none = writer.get(&format!("{cause}?q=zeppelin")).await.expect(200);
    assert!(none.words().contains("No finding that you may read"));
}

#[actix_web::test]
async fn links_fixes_decisions_and_words_are_changed_with_forms() {
    let app = spawn_app().await;
    let writer = app.writer();
    let (_, first) = told(&app, &writer, "The restore was never tried.").await;
    let form = writer
        .get(&format!("/causes/new?statement={first}"))
        .await
        .expect(200);
    let form = form
        .form("/causes")
        .fill("statement", "Going back is never tried");
    let cause = writer.submit(&form).await.expect(303).location().to_owned();

    let page = writer.get(&cause).await.expect(200);
    let fixes = format!("{cause}/fixes");
    let form = page
        .form(&fixes)
        .fill("tried", "A drill")
        .fill("tried_on", "2026-99-01");
    let refused = writer.submit(&form).await.expect(422);
    assert!(
        refused.alert().contains("2026-99-01"),
        "{}",
        refused.alert()
    );
    let form = refused.form(&fixes).fill("tried_on", "2026-01-15");
    let place = writer.submit(&form).await.expect(303).location().to_owned();
    let fix = place.split("#fix-").nth(1).unwrap().to_owned();

    let open = writer.get(&format!("{cause}?fix={fix}")).await.expect(200);
    let action = format!("{fixes}/{fix}");
    let form = open.form(&action).fill("outcome", "Two were held.");
    app.second_writer()
        .submit(&open.form(&action))
        .await
        .expect(403);
    let other = app
        .second_writer()
        .get(&format!("{cause}?fix={fix}"))
        .await
        .expect(200);
    let faster = other.form(&action).fill("outcome", "None was held.");
    app.second_writer().submit(&faster).await.expect(303);
    let late = writer.submit(&form).await.expect(412);
    assert!(late.words().contains("None was held."), "{}", late.words());
    assert_eq!(late.form(&action).value("outcome"), Some("Two were held."));
    writer.submit(&late.form(&action)).await.expect(303);

    let decisions = format!("{cause}/decisions");
    let page = writer.get(&cause).await.expect(200);
    let form = page
        .form(&decisions)
        .fill("decision", "watch")
        .fill("reason", "Once is once.");
    let refused = writer.submit(&form).await.expect(422);
    assert!(
        refused.alert().contains("Choose a day"),
        "{}",
        refused.alert()
    );
    let form = refused.form(&decisions).fill("relook_on", "2027-03-01");
    writer.submit(&form).await.expect(303);
    let page = writer.get(&cause).await.expect(200);
    let words = page.words();
    assert!(
        words.contains("Look again on 1 March 2027") && words.contains("Two were held."),
        "{words}"
    );

    let edit = writer
        .get(&format!("{cause}/edit"))
        .await
        .expect(200)
        .form(&cause);
    writer
        .submit(
            &edit
                .clone()
                .fill("statement", "Nobody rehearses going back"),
        )
        .await
        .expect(303);
    let late = writer
        .submit(&edit.fill("statement", "Restores are untried"))
        .await
        .expect(412);
    assert!(late.words().contains("Nobody rehearses going back"));
    writer.submit(&late.form(&cause)).await.expect(303);
    let history = writer
        .get(&format!("{cause}/history"))
        .await
        .expect(200)
        .words();
    assert!(
        history.contains("Nobody rehearses going back") && history.contains("None was held."),
        "{history}"
    );

    let removal = page
        .text
        .split("/links/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let unlink = format!("{cause}/links/{removal}");
    let other = app.second_writer();
    let gone = other
        .submit(&other.get(&cause).await.expect(200).form(&unlink))
        .await
        .expect(303);
    assert_eq!(gone.location(), "/causes");
    other.get(&cause).await.expect(404);
    let page = writer.get(&cause).await.expect(200);
    assert!(page.words().contains("only you can see it"));
    writer
        .submit(&page.form(&format!("{cause}/links")))
        .await
        .expect(422);
}

#[actix_web::test]
async fn a_cause_of_a_restricted_post_mortem_is_opened_on_purpose() {
    let app = spawn_app().await;
    let keeper = app.keeper();
    let closed = app
        .draft()
        .by(&keeper)
        .restricted()
        .title("The merger")
        .save()
        .await;
    let body = json!({"statement": "The merger had two plans.", "role": "contributing"});
    let path = format!("/postmortems/{}/factors", closed.id);
    let made = keeper.api.post(&path, &body).await.expect(201).json();
    let secret = made["id"].as_str().unwrap();
    let (open, plain) = told(&app, &keeper, "Backup and billing had two plans.").await;
    let form = keeper
        .get(&format!("/causes/new?statement={secret}"))
        .await
        .expect(200);
    let form = form
        .form("/causes")
        .fill("statement", "Two plans for one night");
    let cause = keeper.submit(&form).await.expect(303).location().to_owned();
    let page = keeper
        .get(&format!("{cause}?statement={plain}"))
        .await
        .expect(200);
    assert!(
        page.words().contains("Those who may read “The merger”"),
        "{}",
        page.words()
    );
    let form = page
        .form(&format!("{cause}/links"))
        .fill("same", "Two.")
        .fill("different", "One.");
    keeper.submit(&form).await.expect(303);
    app.reader().get(&cause).await.expect(404);
    assert!(
        !app.reader()
            .get("/causes")
            .await
            .expect(200)
            .words()
            .contains("Two plans")
    );
    let readers = format!("{cause}/readers");
    let page = keeper.get(&cause).await.expect(200);
    let form = page.form(&readers).fill("postmortem", &open);
    keeper.submit(&form).await.expect(303);
    let words = app.reader().get(&cause).await.expect(200).words();
    assert!(
        words.contains("1 finding in 1 of 1 post-mortems") && !words.contains("merger"),
        "{words}"
    );
}

#[actix_web::test]
async fn who_only_reads_is_offered_nothing_to_write() {
    let app = spawn_app().await;
    let writer = app.writer();
    let (_, first) = told(&app, &writer, "The restore was never tried.").await;
    let form = writer
        .get(&format!("/causes/new?statement={first}"))
        .await
        .expect(200);
    let form = form
        .form("/causes")
        .fill("statement", "Going back is never tried");
    let cause = writer.submit(&form).await.expect(303).location().to_owned();
    let page = app.reader().get(&cause).await.expect(200);
    assert!(
        !page.text.contains(&format!("action=\"{cause}")),
        "{}",
        page.text
    );
    app.reader()
        .post(&format!("{cause}/fixes"), &[("tried", "x")])
        .await
        .expect(403);
}

#[actix_web::test]
async fn an_earlier_statement_without_a_cause_is_made_one_and_the_later_one_linked() {
    let app = spawn_app().await;
    let writer = app.writer();
    let (_, earlier) = told(&app, &writer, "The restore was never tried.").await;
    let (_, later) = told(&app, &writer, "Nobody had tried the restore.").await;
    let lead = format!("/causes/new?statement={earlier}&then={later}");
    let page = writer
        .get(&format!("/factors/{later}/similar"))
        .await
        .expect(200);
    assert!(
        page.text.contains(&lead.replace('&', "&#38;")),
        "{}",
        page.text
    );
    let page = writer.get(&lead).await.expect(200);
    let words = page.words();
    assert!(
        words.contains("Next, you link “Nobody had tried the restore.” to it"),
        "{words}"
    );
    // Refused, it still knows what comes next.
    let refused = writer.submit(&page.form("/causes")).await.expect(422);
    let form = refused
        .form("/causes")
        .fill("statement", "Going back is never tried");
    let place = writer.submit(&form).await.expect(303).location().to_owned();
    let (cause, next) = place.split_once('?').unwrap();
    assert_eq!(next, format!("statement={later}#link"));
    let page = writer.get(&place).await.expect(200);
    let form = page
        .form(&format!("{cause}/links"))
        .fill("same", "Nobody tried it.")
        .fill("different", "Another system.");
    writer.submit(&form).await.expect(303);
    // Linked already: nothing leads to linking the two again.
    let page = writer
        .get(&format!("/factors/{later}/similar"))
        .await
        .expect(200);
    assert!(
        !page.text.contains("Link as a recurring cause"),
        "{}",
        page.text
    );
    // A third one is led to the same cause, and the form of a new one says that there is one.
    let (_, third) = told(&app, &writer, "The restore had not been tried at all.").await;
    let page = writer
        .get(&format!("/factors/{third}/similar"))
        .await
        .expect(200);
    assert!(
        page.text
            .contains(&format!("{cause}?statement={third}#link")),
        "{}",
        page.text
    );
    let page = writer
        .get(&format!("/causes/new?statement={earlier}&then={third}"))
        .await
        .expect(200);
    assert!(
        page.words()
            .contains("There is Going back is never tried already.")
    );
    assert!(
        page.text
            .contains(&format!("{cause}?statement={third}#link"))
    );
    writer
        .get(&format!(
            "/causes/new?statement={earlier}&then={}",
            uuid::Uuid::now_v7()
        ))
        .await
        .expect(404);
}

#[actix_web::test]
async fn a_cause_for_a_statement_is_found_by_typing_and_by_what_is_like_it() {
    let app = spawn_app().await;
    let writer = app.writer();
    let (_, first) = told(&app, &writer, "The restore was never tried.").await;
    let (_, second) = told(&app, &writer, "A lift alarm rang in an empty office.").await;
    for (statement, words) in [
        (&first, "Going back is not rehearsed"),
        (&second, "Signals arrive where nobody is"),
    ] {
        let form = writer
            .get(&format!("/causes/new?statement={statement}"))
            .await
            .expect(200)
            .form("/causes")
            .fill("statement", words);
        writer.submit(&form).await.expect(303);
    }
    let (_, third) = told(&app, &writer, "Nobody had tried the restore.").await;
    let list = format!("/causes?statement={third}");
    let words = writer.get(&list).await.expect(200).words();
    let near = words.split("All of them").next().unwrap();
    assert!(
        near.contains("Something like it shows in Going back is not rehearsed")
            && !near.contains("Signals arrive"),
        "{words}"
    );
    let page = writer
        .get(&format!("{list}&q=arriving+signals"))
        .await
        .expect(200);
    let words = page.words_of("main");
    assert!(
        words.contains("Signals arrive") && !words.contains("Going back"),
        "{words}"
    );
    assert!(
        page.text.contains(&format!("?statement={third}#link")),
        "{}",
        page.text
    );
    let none = writer.get(&format!("{list}&q=zeppelin")).await.expect(200);
    assert!(
        none.words()
            .contains("None that you may read holds these words.")
    );
}

#[actix_web::test]
async fn from_every_statement_one_comes_to_its_recurring_causes() {
    let app = spawn_app().await;
    let writer = app.writer();
    let (postmortem, first) = told(&app, &writer, "The restore was never tried.").await;
    let reading = format!("/postmortems/{postmortem}");
    let editor = format!("{reading}/edit");
    let similar = format!("/factors/{first}/similar");
    let leads = [
        (&reading, similar.clone()),
        (&editor, similar.clone()),
        (&similar, format!("/causes/new?statement={first}")),
        (&similar, format!("/causes?statement={first}")),
    ];
    for (page, lead) in leads {
        let page = writer.get(page).await.expect(200);
        let said = page.text.matches(&format!("\"{lead}\"")).count();
        assert_eq!(said, 1, "{lead}: {}", page.text);
    }
    let page = app.reader().get(&reading).await.expect(200);
    assert!(
        !page.words().contains("Recurring cause"),
        "{}",
        page.words()
    );
    let form = writer
        .get(&format!("/causes/new?statement={first}"))
        .await
        .expect(200)
        .form("/causes")
        .fill("statement", "Going back is never tried");
    let cause = writer.submit(&form).await.expect(303).location().to_owned();
    for (by, place) in [
        (&writer, &editor),
        (&writer, &reading),
        (&app.reader(), &reading),
    ] {
        let page = by.get(place).await.expect(200);
        let lead = format!("<a href=\"{cause}\">Going back is never tried</a>");
        assert!(page.text.contains(&lead), "{}", page.text);
    }
}
