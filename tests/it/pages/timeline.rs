//! The timeline in the editor and on the reading page.

use crate::harness::{Answer, App, Client, Saved, spawn_app};

/// A draft whose times are those of Vienna and whose day is 14 October 2026.
async fn draft(app: &App) -> Saved {
    let draft = app.draft().fact("zone", "Europe/Vienna");
    draft.fact("happened_on", "2026-10-14").save().await
}

fn events(saved: &Saved) -> String {
    saved.page("/events")
}

/// The form in which one writes a new event.
fn add_form(saved: &Saved) -> String {
    format!("{}#add-event", events(saved))
}

async fn edit(client: &Client, saved: &Saved) -> Answer {
    client.get(&saved.page("/edit")).await.expect(200)
}

/// Adds an event with the form of the editor; answers its id.
async fn add(client: &Client, saved: &Saved, when: &str, lane: &str, text: &str) -> String {
    let form = edit(client, saved).await.form(&add_form(saved));
    let form = form
        .fill("when", when)
        .fill("lane", lane)
        .fill("text", text);
    let made = client.submit(&form).await.expect(303);
    let (_, id) = made.location().split_once("#event-").unwrap();
    id.to_owned()
}

/// The words of the list in the editor or on the reading page.
fn list(page: &Answer) -> String {
    page.words_of("timeline")
}

#[actix_web::test]
async fn a_row_is_added_opened_changed_moved_removed_and_brought_back_with_forms_alone() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let first = add(&writer, &saved, "14:00", "happened", "The disk fills.").await;
    let second = add(&writer, &saved, "+5m", "saw", "The page is red.").await;

    let open = format!("{}?event={second}", saved.page("/edit"));
    let page = writer.get(&open).await.expect(200);
    let action = format!("{}/{second}#event-{second}", events(&saved));
    let form = page.form(&action);
    assert_eq!(form.value("when"), Some("+5m"));
    assert!(list(&page).contains("Understood as Wed 14 Oct 2026 14:05 CEST, UTC+2."));
    let form = form
        .fill("marker", "first-sign")
        .fill("role", "On-call engineer");
    let done = writer.submit(&form).await.expect(303);
    assert_eq!(
        done.location(),
        format!("{}?saved={second}#event-{second}", saved.page("/edit"))
    );
    let page = writer.get(done.location()).await.expect(200);
    assert!(list(&page).contains("first sign"), "{}", list(&page));

    let place = format!("{}/{second}/place", events(&saved));
    writer.post(&place, &[("place", "up")]).await.expect(303);
    let page = edit(&writer, &saved).await;
    assert!(list(&page).contains("Some rows stand before an earlier one."));
    let order = page.form(&format!("{}/order", events(&saved)));
    writer.submit(&order).await.expect(303);
    let words = list(&edit(&writer, &saved).await);
    assert!(
        words.find("The disk fills.") < words.find("The page is red."),
        "{words}"
    );

    let removal = format!("{}/{first}/removal", events(&saved));
    let gone = writer.post(&removal, &[("version", "1")]).await.expect(303);
    let page = writer.get(gone.location()).await.expect(200);
    assert!(!list(&page).contains("The disk fills."));
    let back = page.form(&format!("{}/{first}/restoration", events(&saved)));
    writer.submit(&back).await.expect(303);
    assert!(list(&edit(&writer, &saved).await).contains("The disk fills."));
}

#[actix_web::test]
async fn a_row_that_is_typed_whole_is_cut_into_its_parts() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    add(
        &writer,
        &saved,
        "14:32 saw dashboards green",
        "happened",
        "",
    )
    .await;
    let page = writer.get(&saved.page("")).await.expect(200);
    assert!(
        list(&page).contains("14:32 people saw dashboards green"),
        "{}",
        list(&page)
    );
}

#[actix_web::test]
async fn a_refused_row_comes_back_filled_in_and_asks_which_time_is_meant() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let form = edit(&writer, &saved).await.form(&add_form(&saved));
    let form = form
        .fill("when", "2026-10-25 02:30")
        .fill("lane", "did")
        .fill("text", "Puts the <clocks> back.");
    let refused = writer.submit(&form).await.expect(422);
    assert!(
        refused.alert().contains("twice: they were put back"),
        "{}",
        refused.alert()
    );
    let again = refused.form(&add_form(&saved));
    assert_eq!(again.value("text"), Some("Puts the <clocks> back."));
    assert_eq!(again.value("lane"), Some("did"));
    assert_eq!(again.value("when"), Some("2026-10-25 02:30"));
    let choice = refused
        .text
        .split("name=\"choice\" value=\"")
        .nth(2)
        .and_then(|rest| rest.split('"').next())
        .expect("there are two buttons")
        .to_owned();
    let done = writer
        .submit(&again.fill("choice", &choice))
        .await
        .expect(303);
    let page = writer.get(done.location()).await.expect(200);
    assert!(list(&page).contains("02:30 CET"), "{}", list(&page));
}

#[actix_web::test]
async fn two_writers_of_one_row_see_both_versions() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let event = add(&writer, &saved, "14:00", "happened", "It stops.").await;
    let page = writer
        .get(&format!("{}?event={event}", saved.page("/edit")))
        .await;
    let action = format!("{}/{event}#event-{event}", events(&saved));
    let mine = page.form(&action).fill("text", "It stops for good.");
    let theirs = page.form(&action).fill("text", "It slows down.");
    app.second_writer()
        .post(
            &action,
            &[
                ("when", "14:00"),
                ("lane", "saw"),
                ("text", "It slows down."),
                ("version", "1"),
            ],
        )
        .await
        .expect(303);
    drop(theirs);
    let both = writer.submit(&mine).await.expect(412);
    let words = both.words();
    assert!(
        words.contains("It slows down.") && words.contains("It stops for good."),
        "{words}"
    );
    let save = both.form(&format!("{}/{event}", events(&saved)));
    assert_eq!(save.value("version"), Some("2"));
    writer.submit(&save).await.expect(303);
    assert!(list(&edit(&writer, &saved).await).contains("It stops for good."));
}

#[actix_web::test]
async fn pasted_lines_are_looked_at_and_then_added() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let paste = format!("{}/paste", events(&saved));
    let text = "23:50 saw dashboards green\n00:10 did restart the node\n--:-- Somebody said so\nFriday 16 October 2026\n08:00 Quiet again";
    let form = edit(&writer, &saved).await.form(&paste).fill("paste", text);
    let page = writer.submit(&form).await.expect(200);
    assert!(
        page.words().contains("The text does not say the day."),
        "{}",
        page.words()
    );
    let batch = format!("{}/batch", events(&saved));
    let mut again = page.form(&batch).fill("day", "2026-10-14");
    again.action.clone_from(&paste);
    let page = writer.submit(&again).await.expect(200);
    let words = page.words();
    for understood in [
        "Understood as Wed 14 Oct 2026 23:50 CEST, UTC+2.",
        "Understood as Thu 15 Oct 2026 00:10 CEST, UTC+2. The clock goes back here without a day.",
        "Understood as Fri 16 Oct 2026 08:00 CEST, UTC+2.",
        "No moment is known.",
        "line 5",
    ] {
        assert!(words.contains(understood), "{understood}: {words}");
    }
    assert!(!list(&edit(&writer, &saved).await).contains("00:10"));
    // Nothing is ticked until somebody does.
    let form = page.form(&batch);
    assert!(form.fields.iter().all(|(name, _)| name != "take"));
    let refused = writer.submit(&form).await.expect(422);
    assert!(
        refused.alert().contains("No line is ticked"),
        "{}",
        refused.alert()
    );
    let mut all = form.clone();
    all.fields.push(("do".to_owned(), "all".to_owned()));
    let mut ticked = writer.submit(&all).await.expect(200).form(&batch);
    let count = ticked
        .fields
        .iter()
        .filter(|(name, _)| name == "take")
        .count();
    assert_eq!(count, 4);
    ticked
        .fields
        .retain(|(name, value)| name != "take" || value != "2");
    writer.submit(&ticked).await.expect(303);
    let words = list(&writer.get(&saved.page("")).await);
    for row in [
        "23:50 people saw dashboards green",
        "Thu 15 Oct 2026 00:10 people did restart the node",
        "Fri 16 Oct 2026 08:00 happened Quiet again",
    ] {
        assert!(words.contains(row), "{row}: {words}");
    }
}

#[actix_web::test]
async fn names_in_a_paste_give_way_to_roles_before_anything_is_kept() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let (paste, batch) = (
        format!("{}/paste", events(&saved)),
        format!("{}/batch", events(&saved)),
    );
    let text = "[14/10/2026 10:32] Tom Okafor: checkout fails, @ines.k can you look?\n[14/10/2026 10:34] ines.k: Tom was right";
    let form = edit(&writer, &saved).await.form(&paste).fill("paste", text);
    let page = writer.submit(&form).await.expect(200);
    assert!(
        page.words().contains("Names in this paste"),
        "{}",
        page.words()
    );
    let mut form = page.form(&batch).fill("role", "the shop team");
    form.fields.push(("take".to_owned(), "0".to_owned()));
    form.fields.push(("take".to_owned(), "1".to_owned()));
    writer.submit(&form).await.expect(303);
    let kept = writer.get(&saved.page("")).await;
    let words = list(&kept);
    assert!(
        words.contains("checkout fails, a responder can you look?"),
        "{words}"
    );
    assert!(words.contains("he shop team was right"), "{words}");
    for name in ["Okafor", "ines", "Tom"] {
        assert!(!words.contains(name), "{name}: {words}");
    }
}

#[actix_web::test]
async fn unticked_lines_still_tell_the_day_and_a_line_that_cannot_be_kept_keeps_all_back() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let batch = format!("{}/batch", events(&saved));
    let lines = [("when", "23:50"), ("lane", "saw"), ("text", "left out")];
    let next = [("when", "00:10"), ("lane", "did"), ("text", "taken")];
    let bad = [("when", "soonish"), ("lane", "did"), ("text", "not a time")];
    let mut fields = vec![("day", "2026-10-14"), ("zone", "Europe/Vienna")];
    fields.extend(lines.into_iter().chain(next).chain(bad));
    let mut all = fields.clone();
    all.extend([("take", "1"), ("take", "2")]);
    let refused = writer.post(&batch, &all).await.expect(422);
    assert!(refused.alert().contains("Line 3"), "{}", refused.alert());
    assert!(
        refused.text.contains("soonish"),
        "what was typed comes back"
    );
    assert!(!list(&edit(&writer, &saved).await).contains("taken"));
    fields.push(("take", "1"));
    writer.post(&batch, &fields).await.expect(303);
    let words = list(&writer.get(&saved.page("")).await);
    assert!(
        words.contains("Thu 15 Oct 2026 00:10 people did taken"),
        "{words}"
    );
    assert!(!words.contains("left out"), "{words}");
}

#[actix_web::test]
async fn the_reading_page_says_where_the_time_went_and_shows_parts_and_other_clocks() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    for (when, lane, text, marker) in [
        ("05:00", "happened", "Ordinary.", ""),
        ("05:06", "happened", "It begins.", "impact-began"),
        ("05:16", "saw", "A mail.", "first-sign"),
        ("05:49", "did", "Stops it.", "mitigated"),
        ("12:00", "happened", "Over.", "over"),
        ("12:10", "did", "Writes <b>it</b> down.", ""),
    ] {
        let fields = [
            ("when", when),
            ("lane", lane),
            ("text", text),
            ("marker", marker),
        ];
        writer.post(&events(&saved), &fields).await.expect(303);
    }
    let page = app.reader().get(&saved.page("")).await.expect(200);
    let words = list(&page);
    assert!(
        words.contains("10 min passed before anyone could see it; 33 min until it was mitigated;"),
        "{words}"
    );
    assert!(words.contains("6 h 11 min pass"), "{words}");
    assert!(words.contains("Writes <b>it</b> down."), "{words}");
    assert!(page.text.contains("viewBox=\"0 0 960 236\" role=\"img\""));
    let part = page
        .text
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|href| href.contains("from="))
        .expect("there is a link to a part")
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    let part = part.split('#').next().unwrap();
    let page = app.reader().get(&saved.page(part)).await.expect(200);
    assert!(
        page.text
            .contains("Wed 14 Oct 2026 05:06 to Wed 14 Oct 2026 12:00")
    );
    let page = app
        .reader()
        .get(&saved.page("?zone=Etc/UTC"))
        .await
        .expect(200);
    assert!(list(&page).contains("03:06 happened"), "{}", list(&page));
    assert!(list(&page).contains("The story’s own zone is Europe/Vienna."));
    app.reader()
        .get(&saved.page("?zone=nowhere&from=x&scale=9"))
        .await
        .expect(200);
}

#[actix_web::test]
async fn readers_change_nothing() {
    let app = spawn_app().await;
    let (saved, writer) = (draft(&app).await, app.writer());
    let event = add(&writer, &saved, "14:00", "happened", "It stops.").await;
    let fields = [
        ("when", "15:00"),
        ("lane", "saw"),
        ("text", "x"),
        ("version", "1"),
        ("place", "up"),
        ("take", "0"),
    ];
    for path in ["", "/paste", "/batch", "/order"] {
        let path = format!("{}{path}", events(&saved));
        app.reader().post(&path, &fields).await.expect(403);
    }
    for path in ["", "/removal", "/place", "/restoration"] {
        let path = format!("{}/{event}{path}", events(&saved));
        app.reader().post(&path, &fields).await.expect(403);
    }
}
