//! Ideas, commitments, accounts, people and links, with forms alone.

use crate::harness::{Client, Saved, spawn_app};

/// Adds a commitment by its form; the answer is its id.
async fn promise(client: &Client, saved: &Saved, fields: &[(&str, &str)]) -> String {
    let page = client
        .get(&saved.page("/edit?action=new"))
        .await
        .expect(200);
    let form = fields
        .iter()
        .fold(page.form(&saved.page("/actions")), |form, (name, value)| {
            form.fill(name, value)
        });
    let place = client.submit(&form).await.expect(303).location().to_owned();
    place.rsplit_once("#action-").unwrap().1.to_owned()
}

#[actix_web::test]
async fn an_idea_needs_a_title_and_a_commitment_says_what_it_lacks() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let writer = app.writer();
    let edit = writer.get(&saved.page("/edit")).await.expect(200);
    let quick = edit
        .form(&saved.page("/actions"))
        .fill("title", "Two people a night");
    writer.submit(&quick).await.expect(303);
    promise(
        &writer,
        &saved,
        &[("title", "Mark each batch"), ("owner", "Payments team")],
    )
    .await;
    let words = writer.get(&saved.page("/edit")).await.words_of("actions");
    assert!(words.contains("Two people a night"), "{words}");
    assert!(
        words.contains(
            "It still lacks the finding it addresses, a due date, how we will know that it worked."
        ),
        "{words}"
    );
    let reading = app.reader().get(&saved.page("")).await.words();
    assert!(
        reading.contains("What we decided Mark each batch")
            && reading.contains("Ideas, nothing promised Two people a night"),
        "{reading}"
    );
}

#[actix_web::test]
async fn an_action_is_asked_about_and_ends_with_a_reason() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let writer = app.writer();
    let id = promise(
        &writer,
        &saved,
        &[("title", "Mark each batch"), ("due_on", "2020-01-31")],
    )
    .await;
    let page = app.reader().get("/actions?show=overdue").await.expect(200);
    assert!(page.words().contains("past its date") && !page.words().contains("Still right?"));
    let state = saved.page(&format!("/actions/{id}/state"));
    let form = writer
        .get(&format!("/actions?action={id}"))
        .await
        .expect(200)
        .form(&state);
    let refused = writer
        .submit(&form.clone().fill("do", "declined"))
        .await
        .expect(422);
    assert!(
        refused.alert().contains("Say why it is declined"),
        "{}",
        refused.alert()
    );
    let moved = form
        .clone()
        .fill("do", "move")
        .fill("due_on", "2099-01-31")
        .fill("reason", "The vendor is late");
    writer.submit(&moved).await.expect(303);
    assert!(
        writer
            .get(&saved.page("/history"))
            .await
            .words()
            .contains("The vendor is late")
    );
    // Somebody who still sees the old date is shown the new one first.
    let late = writer.submit(&form.fill("do", "done")).await.expect(412);
    assert!(late.words().contains("Due: 2099-01-31"), "{}", late.words());
    writer.submit(&late.form(&state)).await.expect(303);
    let done = app.reader().get("/actions?show=done").await.words();
    assert!(done.contains("Mark each batch"), "{done}");
    let open = app.reader().get("/actions").await.words();
    assert!(
        open.contains("No commitments open That can be a fine state."),
        "{open}"
    );
}

#[actix_web::test]
async fn an_action_comes_back_after_its_removal_and_a_conflict_keeps_both() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let writer = app.writer();
    let id = promise(&writer, &saved, &[("title", "Mark each batch")]).await;
    let (edit, action) = (
        saved.page(&format!("/edit?action={id}")),
        saved.page(&format!("/actions/{id}")),
    );
    let form = writer.get(&edit).await.expect(200).form(&action);
    let other = app.second_writer();
    other
        .submit(
            &form
                .clone()
                .fill("csrf", other.key().await)
                .fill("owner", "Platform team"),
        )
        .await
        .expect(303);
    let page = writer
        .submit(&form.fill("owner", "Payments team"))
        .await
        .expect(412);
    assert!(
        page.words().contains("Owner: Platform team"),
        "{}",
        page.words()
    );
    let mut mine = page.form(&action);
    assert_eq!(mine.value("owner"), Some("Payments team"));
    mine.action = format!("{action}/removal");
    let place = writer.submit(&mine).await.expect(303).location().to_owned();
    let page = writer.get(&place).await.expect(200);
    writer
        .submit(&page.form(&format!("{action}/restoration")))
        .await
        .expect(303);
    let words = writer.get(&saved.page("")).await.words();
    assert!(words.contains("Platform team"), "{words}");
}

#[actix_web::test]
async fn an_account_is_written_by_role() {
    let app = spawn_app().await;
    let saved = app.draft().save().await;
    let writer = app.writer();
    let action = saved.page("/accounts");
    let form = writer
        .get(&saved.page("/edit?account=new"))
        .await
        .expect(200)
        .form(&action);
    let refused = writer
        .submit(&form.clone().fill("role", "Night duty"))
        .await
        .expect(422);
    assert_eq!(refused.form(&action).value("role"), Some("Night duty"));
    writer
        .submit(
            &form
                .fill("role", "Night duty")
                .fill("text", "I saw *nothing*."),
        )
        .await
        .expect(303);
    let page = app.reader().get(&saved.page("")).await;
    assert!(
        page.text.contains("<em>nothing</em>") && page.words().contains("Night duty I saw nothing")
    );
}

#[actix_web::test]
async fn people_are_named_and_the_shepherd_hands_over_with_forms() {
    let app = spawn_app().await;
    let saved = app.draft().restricted().save().await;
    let (writer, other) = (app.writer(), app.second_writer());
    let people = saved.page("/people");
    other.get(&people).await.expect(404);
    let person = other.ctx.unwrap().actor.person.to_string();
    let form = writer.get(&people).await.expect(200).form(&people);
    let refused = writer
        .submit(
            &form
                .clone()
                .fill("person", &person)
                .fill("role", "Wanda Okafor"),
        )
        .await
        .expect(422);
    assert!(
        refused.alert().contains("cannot be a person"),
        "{}",
        refused.alert()
    );
    writer
        .submit(
            &form
                .fill("person", &person)
                .fill("role", "Finance lead")
                .fill("access", "write"),
        )
        .await
        .expect(303);
    let rail = other
        .get(&saved.page("/edit"))
        .await
        .expect(200)
        .words_of("people");
    assert!(
        rail.contains("Wanda Okafor Shepherd")
            && rail.contains("Sefa Tanaka Finance lead, may write"),
        "{rail}"
    );
    // Names stay on the page of the people.
    assert!(
        !other
            .get(&saved.page(""))
            .await
            .words()
            .contains("Sefa Tanaka")
    );
    let shepherd = saved.page("/shepherd");
    let over = writer
        .get(&people)
        .await
        .form(&shepherd)
        .fill("person", &person);
    writer.submit(&over).await.expect(303);
    assert!(
        writer
            .get(&people)
            .await
            .expect(200)
            .words()
            .contains("Sefa Tanaka Shepherd")
    );
    let me = writer.ctx.unwrap().actor.person;
    let leave = writer
        .get(&people)
        .await
        .form(&saved.page(&format!("/people/{me}/removal")));
    assert_eq!(
        writer.submit(&leave).await.expect(303).location(),
        "/postmortems"
    );
    writer.get(&people).await.expect(404);
}

#[actix_web::test]
async fn a_link_is_added_by_number_and_taken_out() {
    let app = spawn_app().await;
    let (from, to) = (
        app.draft().save().await,
        app.draft().title("The earlier one").save().await,
    );
    let writer = app.writer();
    let links = from.page("/links");
    let form = writer.get(&from.page("/edit")).await.form(&links);
    let refused = writer
        .submit(&form.clone().fill("to", "PM-9999"))
        .await
        .expect(422);
    assert!(refused.alert().contains("PM-9999"), "{}", refused.alert());
    assert_eq!(refused.form(&links).value("to"), Some("PM-9999"));
    writer
        .submit(
            &form
                .fill("to", to.number.as_deref().unwrap())
                .fill("relation", "recurrence"),
        )
        .await
        .expect(303);
    let page = writer.get(&from.page("/edit")).await;
    assert!(
        app.reader()
            .get(&from.page(""))
            .await
            .words()
            .contains("This one is a recurrence of it.")
    );
    let removal = page
        .text
        .split("/links/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    writer
        .submit(&page.form(&format!("{links}/{removal}")))
        .await
        .expect(303);
    assert!(
        !app.reader()
            .get(&from.page(""))
            .await
            .words()
            .contains("The earlier one")
    );
}
