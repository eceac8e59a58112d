//! New, sections, review, publication.

use serde_json::json;

use crate::harness::{Telling, spawn_app};

#[actix_web::test]
async fn a_note_is_started_written_and_published_with_forms_alone() {
    let app = spawn_app().await;
    let writer = app.writer();
    let new = writer.get("/postmortems/new").await.expect(200);
    let form = new
        .form("/postmortems")
        .fill("title", "The queue filled while the panel was green")
        .fill("tier", "note");
    let edit = writer.submit(&form).await.expect(303).location().to_owned();
    let place = edit.trim_end_matches("/edit");
    let gate = format!("{place}/publication");
    let page = writer.get(&gate).await.expect(200);
    let refused = writer.submit(&page.form(&gate)).await.expect(422);
    assert!(
        refused.alert().contains("2 required checks are open"),
        "{}",
        refused.alert()
    );
    for (key, text) in [
        (
            "summary",
            "Messages waited for an hour, then all of them went out.",
        ),
        (
            "surprise",
            "The alarm had been quiet because its source was quiet.",
        ),
    ] {
        let page = writer.get(&edit).await.expect(200);
        let form = page
            .form(&format!("{place}/sections/{key}"))
            .fill("text", text);
        let saved = writer.submit(&form).await.expect(303);
        assert_eq!(saved.location(), format!("{edit}#section-{key}"));
    }
    let told = "Published. It counts in lists";
    let early = writer.get(place).await.expect(200).words();
    assert!(!early.contains(told), "a draft says that it is published");
    let published = writer.submit(&page.form(&gate)).await.expect(303);
    assert_eq!(published.location(), place);
    // Told once, and to nobody else.
    let others = app.reader().get(place).await.expect(200).words();
    assert!(!others.contains(told), "{others}");
    let words = writer.get(place).await.expect(200).words();
    assert!(words.contains(told), "{words}");
    let words = writer.get(place).await.expect(200).words();
    assert!(!words.contains(told), "{words}");
    let words = app.reader().get(place).await.expect(200).words();
    assert!(
        words.contains("Published") && words.contains("quiet") && !words.contains(told),
        "{words}"
    );
}

#[actix_web::test]
async fn the_lightest_form_is_offered_until_something_is_published() {
    let app = spawn_app().await;
    let writer = app.writer();
    let tier = async || {
        let page = writer.get("/postmortems/new").await.expect(200);
        let form = page.form("/postmortems");
        form.value("tier").unwrap().to_owned()
    };
    assert_eq!(tier().await, "note");
    let saved = app.ready_postmortem().await;
    writer
        .post(&saved.page("/publication"), &[])
        .await
        .expect(303);
    assert_eq!(tier().await, "standard");
}

#[actix_web::test]
async fn what_is_required_stands_apart_from_what_is_advised_in_every_tier() {
    let app = spawn_app().await;
    let writer = app.writer();
    for (tier, required, readers) in [
        ("note", "Required (2 open)", "It need not be."),
        ("standard", "Required (8 open)", "It need not be."),
        (
            "deep",
            "Required (12 open)",
            "To be confirmed before publishing.",
        ),
    ] {
        let new = writer.get("/postmortems/new").await.expect(200);
        let form = new
            .form("/postmortems")
            .fill("title", "The queue filled")
            .fill("tier", tier);
        let edit = writer.submit(&form).await.expect(303).location().to_owned();
        let words = writer.get(&edit).await.expect(200).words();
        assert!(words.contains(required), "{tier}: {words}");
        assert!(words.contains(readers), "{tier}: {words}");
        let panel = writer.get(&edit.replace("/edit", "/gate")).await;
        let panel = panel.expect(200).words();
        assert!(
            panel.contains(required) && words.contains(&panel),
            "{panel}"
        );
    }
}

#[actix_web::test]
async fn the_shepherd_cannot_approve_and_another_writer_can() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let approval = saved.page("/approval");
    app.writer().post(&approval, &[]).await.expect(403);
    app.reader().post(&approval, &[]).await.expect(403);
    app.second_writer().post(&approval, &[]).await.expect(303);
    let page = app
        .keeper()
        .get(&saved.page("/publication"))
        .await
        .expect(200);
    assert!(
        page.words_of("review").contains("Approved by Sefa Tanaka"),
        "{}",
        page.words_of("review")
    );
}

#[actix_web::test]
async fn two_people_in_one_section_both_keep_their_words() {
    let app = spawn_app().await;
    let saved = app
        .draft()
        .section("summary", "The first words of all.")
        .save()
        .await;
    let (edit, action) = (saved.page("/edit"), saved.page("/sections/summary"));
    let (first, second) = (app.writer(), app.second_writer());
    let before = second.get(&edit).await.expect(200).form(&action);
    let form = first
        .get(&edit)
        .await
        .form(&action)
        .fill("text", "What the first one wrote.");
    first.submit(&form).await.expect(303);
    let page = second
        .submit(&before.fill("text", "What the second one wrote."))
        .await
        .expect(412);
    let words = page.words();
    assert!(words.contains("What the first one wrote."), "{words}");
    assert_eq!(
        page.form(&action).value("text"),
        Some("What the second one wrote.")
    );
    second.submit(&page.form(&action)).await.expect(303);
    let history = first.get(&saved.page("/history")).await.expect(200).words();
    assert!(history.contains("version 3"), "{history}");
}

#[actix_web::test]
async fn an_administrator_adds_people_and_others_do_not_see_the_page() {
    let app = spawn_app().await;
    app.writer().get("/people").await.expect(403);
    let administrator = app.administrator();
    let form = administrator
        .get("/people")
        .await
        .form("/people")
        .fill("name", "Noor Haddad")
        .fill("email", "noor@example.org")
        .fill("password", "a first password of hers");
    administrator.submit(&form).await.expect(303);
    assert!(
        administrator
            .get("/people")
            .await
            .words()
            .contains("Noor Haddad")
    );
}

#[actix_web::test]
async fn a_standard_post_mortem_with_all_its_parts_is_published_after_somebody_else_read_it() {
    let app = spawn_app().await;
    let writer = app.writer();
    let story = app.story(&Telling {
        by: &writer,
        word: "letter",
        restricted: false,
    });
    let path = format!("/postmortems/{}/publication", story.id);
    let refused = writer.api.put(&path, &json!({})).await.expect(422).json();
    let open: Vec<&str> = refused["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["met"] == false && check["level"] == "required")
        .map(|check| check["code"].as_str().unwrap())
        .collect();
    assert_eq!(open, ["approval"]);
    let ready = app.approved_story();
    let place = format!("/postmortems/{}/publication", ready.id);
    writer.post(&place, &[]).await.expect(303);
}

#[actix_web::test]
async fn when_two_texts_meet_both_stay_whichever_is_kept() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let (edit, place) = (saved.page("/edit"), saved.page("/sections/summary"));
    let (first, second) = (app.writer(), app.second_writer());
    let fill = |page: &crate::harness::Answer, text| page.form(&place).fill("text", text);
    let (one, two) = (first.get(&edit).await, second.get(&edit).await);
    first.submit(&fill(&one, "What one saw.")).await.expect(303);
    let both = second.submit(&fill(&two, "What two\nsaw.")).await;
    let both = both.expect(412);
    let words = both.words();
    assert!(
        words.contains("What one saw.") && words.contains("What two saw."),
        "{words}"
    );
    let keep_theirs = both.form(&saved.page("/sections/summary/unused"));
    let back = second.submit(&keep_theirs).await.expect(303);
    assert_eq!(back.location(), format!("{edit}#section-summary"));
    let history = second
        .get(&saved.page("/history"))
        .await
        .expect(200)
        .words();
    assert!(history.contains("not in use"), "{history}");
    second
        .submit(&fill(&both, "What both saw."))
        .await
        .expect(303);
    let words = second.get(&edit).await.expect(200).words();
    assert!(words.contains("What both saw."), "{words}");
}

#[actix_web::test]
async fn the_links_of_the_reading_page_lead_to_files_that_are_read_again() {
    let app = spawn_app().await;
    let saved = app.ready_postmortem().await;
    let reader = app.reader();
    let page = reader.get(&saved.page("")).await.expect(200);
    for (below, kind) in [
        ("/export.md", "text/markdown; charset=utf-8"),
        ("/export.json", "application/json"),
    ] {
        let path = saved.page(below);
        assert!(page.text.contains(&format!("href=\"{path}\"")), "{path}");
        let file = reader.get(&path).await.expect(200);
        assert_eq!(file.header("content-type"), kind);
        assert!(file.header("content-disposition").contains("PM-"));
        assert!(file.text.contains("Messages waited for an hour"));
    }
    let markdown = reader.get(&saved.page("/export.md")).await.text;
    assert!(second_story::domain::document::parse(&markdown).is_ok());
    let hidden = app.draft().restricted().save().await;
    for below in ["/export.md", "/export.json"] {
        reader.get(&hidden.page(below)).await.expect(404);
    }
}
