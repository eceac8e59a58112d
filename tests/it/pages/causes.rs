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
