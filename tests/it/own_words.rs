//! What an organisation adds to the lists of the checker: kept once, and heeded wherever wording is looked at.

use second_story::app::own_words::{self, WordsInput};
use second_story::domain::ids::Version;
use serde_json::{Value, json};

use crate::harness::{App, spawn_app};

/// Blame if the wombats are people, and nothing if they are not known.
const TEXT: &str = "The wombat failed to check the restore.";

/// How many findings each path makes of the text of a draft.
async fn seen(app: &App, page: &str) -> Vec<(&'static str, usize)> {
    let writer = app.writer();
    let count = |json: &Value, list: &str| json[list].as_array().unwrap().len();
    let body = json!({"text": TEXT});
    let lint = writer.api.post("/lint", &body).await.expect(200).json();
    let findings = writer
        .api
        .get(&format!("{page}/findings"))
        .await
        .expect(200);
    let gate = writer
        .api
        .get(&format!("{page}/publication"))
        .await
        .expect(200)
        .json();
    let mut checks = gate["checks"].as_array().unwrap().iter();
    let open = checks.any(|check| check["code"] == "language" && check["met"] == false);
    let edit = writer.get(&format!("{page}/edit")).await.expect(200);
    let typed = [("place", "section/summary"), ("text", TEXT)];
    let typing = writer
        .post(&format!("{page}/findings"), &typed)
        .await
        .expect(200);
    let notes = |text: &str| text.matches("class=\"n-").count();
    vec![
        ("the API that checks texts", count(&lint, "findings")),
        ("the list of findings", count(&findings.json(), "items")),
        ("the gate", usize::from(open)),
        ("the notes of the editor", notes(&edit.text)),
        ("the notes while typing", notes(&typing.text)),
    ]
}

fn keep(app: &App, people: &str) {
    let ctx = app.administrator().ctx();
    let input = WordsInput {
        people: people.to_owned(),
        ..WordsInput::default()
    };
    own_words::change(&app.store, &ctx, &input, None).unwrap();
}

#[actix_web::test]
async fn every_path_heeds_the_words_from_the_moment_they_are_saved() {
    let app = spawn_app().await;
    let saved = app.draft().section("summary", TEXT).save().await;
    let page = saved.page("");
    let all = |found: Vec<(&'static str, usize)>, count: usize| {
        for (path, seen) in found {
            assert_eq!(seen, count, "{path}");
        }
    };
    all(seen(&app, &page).await, 0);
    keep(&app, "wombat");
    all(seen(&app, &page).await, 1);
    keep(&app, "");
    all(seen(&app, &page).await, 0);
}

#[actix_web::test]
async fn publishing_and_changing_what_is_published_heed_the_words() {
    let app = spawn_app().await;
    let saved = app.ready_postmortem().await;
    keep(&app, "wombat");
    let writer = app.writer();
    let publication = saved.page("/publication");
    writer.api.put(&publication, &json!({})).await.expect(200);
    let body = json!({"text": TEXT});
    let summary = saved.page("/sections/summary");
    let refused = writer.api.put_over(&summary, "*", &body).await.expect(422);
    assert_eq!(refused.json()["code"], "checks_open");
    keep(&app, "");
    writer.api.put_over(&summary, "*", &body).await.expect(200);
}

#[actix_web::test]
async fn administrators_change_the_words_with_a_form_and_members_read_them() {
    let app = spawn_app().await;
    let administrator = app.administrator();
    let page = administrator.get("/words").await.expect(200);
    let form = page
        .form("/words")
        .fill("people", "wombat\ntwo words")
        .fill("systems", "Wombat\nmarta")
        .fill("names", "Zazu");
    let again = administrator.submit(&form).await.expect(422);
    for sentence in [
        "“two words” is not one word",
        "“Wombat” also stands in the list of people and teams",
    ] {
        assert!(again.alert().contains(sentence), "{}", again.alert());
    }
    let form = again.form("/words");
    assert_eq!(form.value("names"), Some("Zazu"));
    let form = form.fill("people", "wombat").fill("systems", "marta");
    administrator.submit(&form).await.expect(303);
    let reader = app.reader();
    let shown = reader.get("/words").await.expect(200);
    assert!(shown.text.contains("wombat") && shown.text.contains("readonly"));
    assert!(!shown.text.contains("action=\"/words\""));
    let fields = [("people", "x"), ("version", "1")];
    reader.post("/words", &fields).await.expect(403);
    app.anonymous().get("/words").await.expect(303);
    // Somebody who opened the form before is shown both.
    let late = page.form("/words").fill("people", "ostrich");
    let met = administrator.submit(&late).await.expect(412);
    assert!(met.words().contains("wombat") && met.words().contains("ostrich"));
    administrator.submit(&met.form("/words")).await.expect(303);
    let now = administrator.api.get("/words").await.expect(200);
    assert_eq!(now.json()["people"], json!(["ostrich"]));
    assert_eq!(now.etag(), "\"2\"");
}

#[actix_web::test]
async fn a_sentence_is_tried_with_the_words_as_typed_and_nothing_is_kept() {
    let app = spawn_app().await;
    let administrator = app.administrator();
    let fields = [
        ("people", "wombat"),
        ("systems", ""),
        ("names", ""),
        ("text", TEXT),
        ("version", "0"),
    ];
    let tried = administrator
        .post("/words/trial", &fields)
        .await
        .expect(200);
    assert!(
        tried.words_of("found").contains("failed to"),
        "{}",
        tried.words()
    );
    assert_eq!(tried.form("/words").value("people"), Some("wombat"));
    let fields = [("text", TEXT), ("version", "0")];
    let tried = app.reader().post("/words/trial", &fields).await.expect(200);
    assert_eq!(tried.words_of("found"), "Nothing to look at again.");
    let now = administrator.api.get("/words").await.expect(200);
    assert_eq!(now.json()["version"], 0);
}

#[actix_web::test]
async fn programs_read_and_change_the_words_over_their_version() {
    let app = spawn_app().await;
    let api = app.administrator().api;
    let first = api.get("/words").await.expect(200);
    assert_eq!(first.etag(), "\"0\"");
    let body = json!({"people": ["wombat"], "systems": ["ma\"rta"]});
    api.put("/words", &body).await.expect(428);
    let put = api.put_over("/words", "\"0\"", &body).await.expect(200);
    assert_eq!(put.etag(), "\"1\"");
    let stale = api
        .put_over("/words", "\"0\"", &json!({"people": ["x"]}))
        .await
        .expect(412);
    assert!(stale.text.contains("wombat"), "{}", stale.text);
    let wrong = api
        .put_over("/words", "*", &json!({"names": ["a b"]}))
        .await
        .expect(422);
    assert_eq!(wrong.json()["errors"][0]["field"], "names");
    let file = app
        .reader()
        .reading_api
        .get("/words.toml")
        .await
        .expect(200);
    assert_eq!(
        file.text,
        "people = [\"wombat\"]\nsystems = [\"ma\\\"rta\"]\nnames = []\n"
    );
    app.writer()
        .api
        .put_over("/words", "*", &body)
        .await
        .expect(403);
    app.anonymous().api.get("/words").await.expect(401);
}

#[actix_web::test]
async fn two_instances_on_one_database_never_differ() {
    let app = spawn_app().await;
    let other = app.another_instance();
    keep(&app, "wombat");
    assert_eq!(own_words::read(&other).unwrap().words.people, ["wombat"]);
    let ctx = app.administrator().ctx();
    let input = WordsInput::default();
    own_words::change(&other, &ctx, &input, Some(Version(1))).unwrap();
    let kept = own_words::read(&app.store).unwrap();
    assert_eq!((kept.words.people.len(), kept.version), (0, Version(2)));
}
