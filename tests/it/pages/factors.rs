//! Factor statements and the taxonomy, with forms alone.

use crate::harness::{Answer, App, Client, Form, Saved, spawn_app};

async fn open(client: &Client, saved: &Saved, factor: &str) -> Answer {
    let page = client
        .get(&saved.page(&format!("/edit?factor={factor}")))
        .await;
    page.expect(200)
}

/// Adds a statement by its form; the answer is its id.
async fn write(client: &Client, saved: &Saved, fields: &[(&str, &str)]) -> String {
    let page = open(client, saved, "new").await;
    let form = fields
        .iter()
        .fold(page.form(&saved.page("/factors")), |form, (name, value)| {
            form.fill(name, value)
        });
    let place = client.submit(&form).await.expect(303).location().to_owned();
    place.rsplit_once("#factor-").unwrap().1.to_owned()
}

async fn blank(app: &App, saved: &Saved) -> Form {
    open(&app.writer(), saved, "new")
        .await
        .form(&saved.page("/factors"))
}

#[actix_web::test]
async fn a_factor_is_found_by_typing_and_nothing_is_saved_until_it_is_chosen() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let writer = app.writer();
    let form = blank(&app, &saved)
        .await
        .fill("statement", "The signing certificate expired at midnight.")
        .fill("component", "Add-on signing")
        .fill(
            "evidence_more",
            "https://example.org/cert\naccount of Night duty",
        );
    // The words of the finding are looked up when no others are given.
    let page = writer.submit(&form.fill("look_up", "1")).await.expect(200);
    let words = page.words_of("factor");
    for part in [
        "Something time-limited lapsed unnoticed",
        "In computers A signing certificate expired",
        "In people systems A work permit lapsed",
        "Use instead An untracked limit was reached when the ceiling was a quantity",
        "None of these fits",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let reading = writer.get(&saved.page("")).await.words();
    assert!(!reading.contains("signing certificate"), "{reading}");
    let form = page.form(&saved.page("/factors"));
    assert_eq!(form.value("component"), Some("Add-on signing"));
    assert_eq!(form.value("factor"), Some(""));
    let chosen = form.fill("factor", "silent-expiry");
    writer.submit(&chosen).await.expect(303);
    let page = app.reader().get(&saved.page("")).await.expect(200);
    assert!(page.text.contains(r#"<a href="/taxonomy/silent-expiry">"#));
    insta::assert_snapshot!(page.words_of("main").split("What made it possible").nth(1).unwrap().split("Comments").next().unwrap().trim(),
        @"Helped it happen The signing certificate expired at midnight. Factor Something time-limited lapsed unnoticed Component Add-on signing Shown by example.org/cert , account of Night duty");
}

#[actix_web::test]
async fn words_whose_cards_were_not_seen_are_looked_up_before_anything_is_saved() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let form = blank(&app, &saved)
        .await
        .fill("statement", "It ended one night.")
        .fill("factor_query", "certificate expired");
    let page = app.writer().submit(&form).await.expect(200);
    assert!(page.words_of("factor").contains("lapsed unnoticed"));
    // Saving now, with none of them chosen, keeps it uncoded.
    let form = page.form(&saved.page("/factors"));
    app.writer().submit(&form).await.expect(303);
    let words = app.reader().get(&saved.page("")).await.words();
    assert!(
        words.contains("It ended one night. Factor Uncoded"),
        "{words}"
    );
    // A name that is exact needs no choosing.
    let form = blank(&app, &saved)
        .await
        .fill("statement", "It was full.")
        .fill("factor_query", "Too little headroom for the demand");
    app.writer().submit(&form).await.expect(303);
}

#[actix_web::test]
async fn a_refused_statement_comes_back_with_everything_in_it() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    app.second_writer();
    let form = blank(&app, &saved)
        .await
        .fill("statement", "")
        .fill("component", "Sefa Tanaka")
        .fill("evidence_more", "over there")
        .fill("scale_quantity", "retries");
    let page = app.writer().submit(&form).await.expect(422);
    let alert = page.alert();
    for part in [
        "3 fields need another look",
        "Write the finding",
        "cannot be a person (sefa tanaka)",
        "is no evidence",
    ] {
        assert!(alert.contains(part), "{part}: {alert}");
    }
    let again = page.form(&saved.page("/factors"));
    for (name, value) in [
        ("component", "Sefa Tanaka"),
        ("evidence_more", "over there"),
        ("scale_quantity", "retries"),
    ] {
        assert_eq!(again.value(name), Some(value));
    }
}

#[actix_web::test]
async fn two_people_in_one_statement_both_keep_their_words() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let (first, second) = (app.writer(), app.second_writer());
    let id = write(
        &first,
        &saved,
        &[
            ("statement", "The page was quiet."),
            ("factor_query", "missing-signal"),
        ],
    )
    .await;
    let action = saved.page(&format!("/factors/{id}"));
    let (one, other) = (
        open(&first, &saved, &id).await.form(&action),
        open(&second, &saved, &id).await.form(&action),
    );
    first
        .submit(&one.fill("statement", "The page said nothing."))
        .await
        .expect(303);
    let page = second
        .submit(&other.fill("statement", "The page was silent."))
        .await
        .expect(412);
    let words = page.words();
    assert!(
        words.contains("Finding: The page said nothing.") && words.contains("The page was silent."),
        "{words}"
    );
    let mine = page.form(&action);
    assert_eq!(mine.value("statement"), Some("The page was silent."));
    second.submit(&mine).await.expect(303);
    let history = first.get(&saved.page("/history")).await.words();
    assert!(history.contains("version 3"), "{history}");
}

#[actix_web::test]
async fn a_removed_statement_is_brought_back_by_a_button_and_moved_by_another() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let writer = app.writer();
    let first = write(&writer, &saved, &[("statement", "The first one.")]).await;
    write(&writer, &saved, &[("statement", "The second one.")]).await;
    let action = saved.page(&format!("/factors/{first}"));
    let mut form = open(&writer, &saved, &first).await.form(&action);
    form.action = format!("{action}/removal");
    let place = writer.submit(&form).await.expect(303).location().to_owned();
    let page = writer.get(&place).await.expect(200);
    assert!(
        page.words_of("factors")
            .contains("The finding was removed.")
    );
    writer
        .submit(&page.form(&format!("{action}/restoration")))
        .await
        .expect(303);
    let order = |words: String| words.find("The first one.") < words.find("The second one.");
    assert!(order(writer.get(&saved.page("")).await.words()));
    writer
        .post(&format!("{action}/place"), &[("to", "down")])
        .await
        .expect(303);
    assert!(!order(writer.get(&saved.page("")).await.words()));
    writer
        .post(&format!("{action}/place"), &[("to", "sideways")])
        .await
        .expect(400);
}

#[actix_web::test]
async fn the_side_that_is_missed_is_asked_about_once_something_was_found() {
    let app = spawn_app().await;
    let saved = app.draft().fact("system", "computer").save().await;
    let writer = app.writer();
    let before = writer.get(&saved.page("/edit")).await.words_of("factors");
    assert!(!before.contains("usually missed"), "{before}");
    write(
        &writer,
        &saved,
        &[
            ("statement", "A pattern never ended."),
            ("factor_query", "latent-defect"),
        ],
    )
    .await;
    let page = writer.get(&saved.page("/edit")).await;
    let words = page.words_of("factors");
    for part in [
        "Which goals were in tension",
        "Goals, authority and resources",
        "Voice and learning",
        "Knowledge and coordination",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let answer = saved.page("/edit?factor=new&coded=competing-goals");
    let form = writer.get(&answer).await.form(&saved.page("/factors"));
    assert_eq!(
        (form.value("factor"), form.value("role")),
        (Some("competing-goals"), Some("considered"))
    );
}

#[actix_web::test]
async fn a_statement_about_where_people_stood_asks_for_what_put_them_there() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    write(
        &app.writer(),
        &saved,
        &[
            ("statement", "All read it otherwise."),
            ("factor_query", "mental-model-gap"),
        ],
    )
    .await;
    let words = app
        .writer()
        .get(&saved.page("/edit"))
        .await
        .words_of("factors");
    assert!(
        words.contains("This describes where people stood."),
        "{words}"
    );
}

#[actix_web::test]
async fn the_taxonomy_shows_where_each_factor_is_named_and_old_ids_lead_on() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let fields = [
        ("statement", "The board was quiet."),
        ("factor_query", "missing-signal"),
        ("component", "Board"),
    ];
    write(&app.writer(), &saved, &fields).await;
    let reader = app.reader();
    let page = reader.get("/taxonomy").await.expect(200).words();
    assert!(
        page.contains("No signal existed 1 of 1") && page.contains("58 factors"),
        "{page}"
    );
    let factor = reader.get("/taxonomy/missing-signal").await.expect(200);
    assert!(factor.words().contains("The board was quiet."));
    assert!(
        factor
            .text
            .contains(&format!("/postmortems/{}#factor-", saved.id))
    );
    let found = reader
        .get("/taxonomy?q=certificate+expired")
        .await
        .expect(200)
        .words();
    assert!(
        found.contains("Found by your words Something time-limited lapsed unnoticed"),
        "{found}"
    );
    assert_eq!(
        reader
            .get("/taxonomy/uneven-load")
            .await
            .expect(303)
            .location(),
        "/taxonomy/capacity-headroom"
    );
    reader.get("/taxonomy/human-error").await.expect(404);
}

#[actix_web::test]
async fn a_reader_reads_and_is_offered_no_form() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    app.reader()
        .get(&saved.page("/edit?factor=new"))
        .await
        .expect(403);
    app.reader()
        .post(
            &saved.page("/factors"),
            &[("statement", "x"), ("role", "luck")],
        )
        .await
        .expect(403);
}

#[actix_web::test]
async fn what_was_said_before_stands_under_a_statement_that_was_just_saved() {
    let app = spawn_app().await;
    let (earlier, saved) = (app.draft().save().await, app.draft().save().await);
    let writer = app.writer();
    let known = write(
        &writer,
        &earlier,
        &[("statement", "The restore was never tried.")],
    )
    .await;
    let form = blank(&app, &saved)
        .await
        .fill("statement", "Nobody had tried the restore.");
    let place = writer.submit(&form).await.expect(303).location().to_owned();
    let page = writer.get(&place).await.expect(200);
    let words = page.words_of("factors");
    let said = words.split("Said before?").last().unwrap();
    assert!(
        said.contains("The restore was never tried.") && said.contains("shares tried , restore"),
        "{words}"
    );
    assert!(
        page.text.contains(&format!("#factor-{known}\"")),
        "{}",
        page.text
    );
    assert!(said.contains("Link as a recurring cause"), "{words}");
    // Later the editor is quiet again.
    let page = writer.get(&saved.page("/edit")).await.expect(200);
    assert!(!page.text.contains("The restore was never tried."));
}

#[actix_web::test]
async fn the_form_offers_its_scripts_what_they_need_and_a_refusal_can_be_focused() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let form = blank(&app, &saved).await;
    let page = app.writer().submit(&form).await.expect(422);
    for part in [
        "role=\"alert\" tabindex=\"-1\" autofocus",
        "data-suggestions=\"/api/v1/taxonomy/suggestions\"",
        &format!(
            "data-similar=\"/api/v1/factors/similar\" data-postmortem=\"{}\"",
            saved.id
        ),
        "/js/factor.js\"",
        "href=\"#statement\"",
        "id=\"statement\"",
    ] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
}
