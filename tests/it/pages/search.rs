//! The search, the list and the home page.

use crate::harness::spawn_app;

#[actix_web::test]
async fn a_search_quotes_the_row_marks_the_words_and_links_to_the_row() {
    let app = spawn_app().await;
    let saved = app
        .draft()
        .title("Charged twice")
        .section("summary", "The run page said stopped & went on.")
        .save()
        .await;
    let number = saved.number.unwrap();
    let page = app.reader().get("/search?q=page+stopped").await.expect(200);
    assert!(page.text.contains(&format!("<a href=\"/postmortems/{number}#section-summary\">The run <mark>page</mark> said <mark>stopped</mark> &#38; went on.</a>")), "{}", page.text);
    let words = page.words();
    assert!(
        words.contains("Lessons about “page stopped”")
            && words.contains("1 post-mortem that you may read, best first."),
        "{words}"
    );
    assert!(
        words.contains("Incident (1)") && words.contains("Draft (1)"),
        "{words}"
    );
}

#[actix_web::test]
async fn nothing_typed_becomes_markup_and_nothing_typed_breaks_the_page() {
    let app = spawn_app().await;
    let _ = app
        .draft()
        .title("<script>alert(1)</script>")
        .section("summary", "alert <img src=x onerror=alert(1)> alert")
        .save()
        .await;
    for q in [
        "alert",
        "<script>alert(1)</script>",
        "\"><img src=x>",
        "kind:<b>",
        "NEAR(",
        "%00",
        "日本",
        "*",
        "'",
    ] {
        let query = [("q", q)];
        let address = reqwest::Url::parse_with_params("http://x/search", query).unwrap();
        let page = app
            .reader()
            .get(&format!("/search?{}", address.query().unwrap()))
            .await
            .expect(200);
        assert!(
            !page.text.contains("<script>alert")
                && !page.text.contains("<img")
                && !page.text.contains("<b>"),
            "{q}: {}",
            page.text
        );
    }
}

#[actix_web::test]
async fn what_is_not_found_is_said_with_a_way_on() {
    let app = spawn_app().await;
    let _ = app.draft().title("The scheduler stopped").save().await;
    let nothing = app.writer().get("/search?q=zebra").await.expect(200);
    assert!(
        nothing.words().contains("Nothing found for “zebra”")
            && nothing.text.contains("/postmortems/new?title=zebra")
    );
    assert!(
        !app.reader()
            .get("/search?q=zebra")
            .await
            .expect(200)
            .text
            .contains("/postmortems/new?title")
    );
    let meant = app.reader().get("/search?q=schedluer").await.expect(200);
    assert!(
        meant
            .words()
            .contains("Nothing holds “schedluer”. It was looked for in another spelling."),
        "{}",
        meant.words()
    );
    assert!(
        meant.text.contains("/search?q=scheduler")
            && meant.words().contains("The scheduler stopped")
    );
    let note = app
        .reader()
        .get("/search?q=severity:9+scheduler")
        .await
        .expect(200);
    assert!(
        note.words().contains("was looked for as words"),
        "{}",
        note.words()
    );
    let asks = app.reader().get("/search").await.expect(200);
    assert!(
        asks.words().contains("Type words into the box"),
        "{}",
        asks.words()
    );
}

#[actix_web::test]
async fn the_list_is_narrowed_by_its_form() {
    let app = spawn_app().await;
    let _ = app.draft().title("An incident").save().await;
    let _ = app
        .draft()
        .title("A crisis")
        .fact("kind", "crisis")
        .section("summary", "It came slowly. Then at once.")
        .save()
        .await;
    let reader = app.reader();
    let all = reader.get("/postmortems").await.expect(200).words();
    assert!(
        all.contains("An incident")
            && all.contains("A crisis")
            && all.contains("It came slowly.")
            && !all.contains("Then at once"),
        "{all}"
    );
    let crisis = reader
        .get("/postmortems?kind=crisis&status=&component=")
        .await
        .expect(200);
    let words = crisis.words();
    assert!(
        words.contains("A crisis")
            && !words.contains("An incident")
            && crisis.text.contains("value=\"crisis\" selected"),
        "{words}"
    );
    let none = reader
        .get("/postmortems?status=published")
        .await
        .expect(200)
        .words();
    assert!(none.contains("None of them is about that"), "{none}");
    reader.get("/postmortems?status=lost").await.expect(422);
}

#[actix_web::test]
async fn home_welcomes_and_then_shows_what_waits() {
    let app = spawn_app().await;
    let welcome = app.reader().get("/").await.expect(200);
    assert!(
        welcome.words().contains("Welcome to Second Story")
            && !welcome.text.contains("Start a post-mortem")
    );
    let saved = app.draft().title("A draft of mine").save().await;
    let mine = app.writer().get("/").await.expect(200);
    assert!(
        mine.words_of("main").contains("A draft of mine")
            && mine.text.contains(&saved.page("/edit")),
        "{}",
        mine.text
    );
    let theirs = app.reader().get("/").await.expect(200).words_of("main");
    assert!(
        !theirs.contains("A draft of mine") && theirs.contains("New lessons"),
        "{theirs}"
    );
    let to_sign_in = app.anonymous().get("/").await;
    assert_eq!(to_sign_in.status, 303, "{}", to_sign_in.text);
}
