//! What was said before in other words, and to whom it is shown.

use second_story::app::cause_links::{self, LinkInput};
use second_story::app::causes::{self, CauseInput};
use second_story::app::factors::{self, StatementInput};
use second_story::app::similar::{self, Draft, SimilarStatement};
use second_story::app::{Ctx, ReadError, taxonomy};
use second_story::domain::ids::{PostMortemId, StatementId};
use second_story::domain::similarity::Reason;
use second_story::store::{Store, StoreError};

use crate::harness::{App, Client, Saved, spawn_app};

fn id(saved: &Saved) -> PostMortemId {
    PostMortemId::parse(&saved.id).unwrap()
}

fn ctx(client: &Client) -> Ctx {
    client.ctx.unwrap()
}

fn input(text: &str, factor: &str, component: &str) -> StatementInput {
    StatementInput {
        statement: text.to_owned(),
        factor: Some(factor.to_owned()),
        component: Some(component.to_owned()),
        role: "contributing".to_owned(),
        ..StatementInput::default()
    }
}

fn state(app: &App, by: &Client, saved: &Saved, typed: &StatementInput) -> StatementId {
    factors::add(&app.store, &ctx(by), id(saved), typed)
        .unwrap()
        .id
}

fn asked(store: &Store, by: &Client, text: &str) -> Vec<SimilarStatement> {
    let draft = Draft {
        text,
        ..Draft::default()
    };
    similar::to_draft(store, &ctx(by), draft, similar::USUAL).unwrap()
}

fn texts(found: &[SimilarStatement]) -> Vec<&str> {
    found.iter().map(|s| s.statement.text.as_str()).collect()
}

#[actix_web::test]
async fn an_earlier_statement_is_shown_with_the_words_factor_and_component_it_shares() {
    let app = spawn_app().await;
    let writer = app.writer();
    let (one, other) = (app.draft().save().await, app.draft().save().await);
    let typed = input(
        "The restore was never tried.",
        "recovery-path-untested",
        "Backups",
    );
    state(&app, &writer, &one, &typed);
    let typed = input(
        "A screen showed the plan.",
        "misleading-signal",
        "Status page",
    );
    state(&app, &writer, &one, &typed);
    let typed = input(
        "Nobody had tried to restore it.",
        "recovery-path-untested",
        " backups",
    );
    let third = state(&app, &writer, &other, &typed);
    let around = similar::to_statement(&app.store, &ctx(&writer), third, 3).unwrap();
    let found = around.similar;
    assert_eq!(texts(&found), ["The restore was never tried."]);
    let Reason::Words(words) = &found[0].reasons[0] else {
        panic!("{:?}", found[0].reasons);
    };
    assert_eq!(words, &["tried", "restore"]);
    let rest: Vec<String> = found[0]
        .reasons
        .iter()
        .skip(1)
        .map(ToString::to_string)
        .collect();
    assert_eq!(rest.len(), 2);
    assert!(rest[0].starts_with("same factor: "), "{rest:?}");
    assert_eq!(rest[1], "same component: Backups");
}

#[actix_web::test]
async fn what_is_restricted_is_left_out_before_three_are_chosen() {
    let app = spawn_app().await;
    let (writer, keeper) = (app.writer(), app.keeper());
    let closed = app.draft().by(&keeper).restricted().save().await;
    let open = app.draft().save().await;
    // A hundred closer ones that the writer may not read: more than are tried at first.
    for _ in 0..100 {
        let typed = input("Nobody tried the restore", "", "");
        state(&app, &keeper, &closed, &typed);
    }
    let typed = input("Nobody tried the other door", "", "");
    state(&app, &writer, &open, &typed);
    let text = "Nobody tried the restore";
    assert_eq!(
        texts(&asked(&app.store, &writer, text)),
        ["Nobody tried the other door"]
    );
    assert_eq!(asked(&app.store, &keeper, text).len(), 3);
}

#[actix_web::test]
async fn a_statement_that_one_may_not_read_has_nothing_similar() {
    let app = spawn_app().await;
    let keeper = app.keeper();
    let closed = app.draft().by(&keeper).restricted().save().await;
    let secret = state(&app, &keeper, &closed, &input("The merger failed", "", ""));
    let refused = similar::to_statement(&app.store, &ctx(&app.writer()), secret, 3);
    assert!(
        matches!(refused, Err(ReadError::Store(StoreError::NotFound))),
        "{refused:?}"
    );
    let refused = similar::to_postmortem(&app.store, &ctx(&app.administrator()), id(&closed), 3);
    assert!(
        matches!(refused, Err(ReadError::Store(StoreError::NotFound))),
        "{refused:?}"
    );
}

#[actix_web::test]
async fn two_instances_see_what_the_other_wrote_changed_and_removed() {
    let app = spawn_app().await;
    let writer = app.writer();
    let second = app.another_instance();
    let saved = app.draft().save().await;
    let ask = |store, text| -> Vec<String> {
        let found = asked(store, &writer, text);
        texts(&found).into_iter().map(str::to_owned).collect()
    };
    assert!(ask(&second, "certificate").is_empty());
    let statement = state(
        &app,
        &writer,
        &saved,
        &input("The certificate lapsed", "", ""),
    );
    assert_eq!(ask(&second, "certificate"), ["The certificate lapsed"]);
    let typed = input("The licence lapsed", "", "");
    factors::change(
        &second,
        &ctx(&writer),
        id(&saved),
        statement,
        &typed,
        None,
        "",
    )
    .unwrap();
    assert!(ask(&app.store, "certificate").is_empty());
    assert_eq!(ask(&app.store, "licence"), ["The licence lapsed"]);
    factors::remove(&app.store, &ctx(&writer), id(&saved), statement, None).unwrap();
    assert!(ask(&second, "licence").is_empty());
}

#[actix_web::test]
async fn a_post_mortem_is_shown_with_those_that_tell_a_like_story() {
    let app = spawn_app().await;
    let (writer, keeper) = (app.writer(), app.keeper());
    let told = |title: &str, summary: &str| app.draft().title(title).section("summary", summary);
    let first = told(
        "The certificate lapsed",
        "Nobody renewed the certificate of the gateway.",
    )
    .save()
    .await;
    let closed = told(
        "The certificate lapsed again",
        "Nobody renewed the gateway's certificate.",
    )
    .by(&keeper)
    .restricted()
    .save()
    .await;
    let other = told("The lift stopped", "A relay was worn.").save().await;
    let second = told(
        "A second certificate lapsed",
        "The gateway had a certificate nobody knew.",
    )
    .save()
    .await;
    let like = |by: &Client, saved: &Saved| -> Vec<String> {
        let found = similar::to_postmortem(&app.store, &ctx(by), id(saved), 3).unwrap();
        found.iter().map(|s| s.facts.id.to_string()).collect()
    };
    assert_eq!(like(&writer, &first), std::slice::from_ref(&second.id));
    assert_eq!(
        like(&keeper, &first),
        [closed.id.clone(), second.id.clone()]
    );
    assert!(like(&writer, &other).is_empty());
    let found = similar::to_postmortem(&app.store, &ctx(&writer), id(&first), 3).unwrap();
    let reason = found[0].reasons[0].to_string();
    assert!(reason.contains("certificate"), "{reason}");
}

#[actix_web::test]
async fn what_is_typed_never_brings_up_a_restricted_statement_nor_a_restricted_cause() {
    let app = spawn_app().await;
    let (writer, keeper) = (app.writer(), app.keeper());
    let closed = app.draft().by(&keeper).restricted().save().await;
    let open = app.draft().save().await;
    let secret = state(
        &app,
        &keeper,
        &closed,
        &input(
            "The merger restore was never tried.",
            "single-point",
            "Falcon",
        ),
    );
    let plain = state(
        &app,
        &writer,
        &open,
        &input("The restore was never tried.", "", ""),
    );
    let words = CauseInput {
        statement: "The merger is never rehearsed",
        description: "",
    };
    let cause = causes::create(&app.store, &ctx(&keeper), words, secret).unwrap();
    let link = LinkInput {
        statement: plain,
        same: "One.",
        different: "Two.",
    };
    cause_links::link(&app.store, &ctx(&keeper), cause.id, link).unwrap();
    let path = "/factors/similar?text=The+merger+restore+was+never+tried&factor=single-point&component=falcon&limit=50";
    for other in [app.reader(), app.writer(), app.administrator()] {
        let answer = other.api.get(path).await.expect(200);
        let json = answer.json();
        assert_eq!(
            json["items"].as_array().unwrap().len(),
            1,
            "{}",
            answer.text
        );
        assert_eq!(json["items"][0]["id"], plain.to_string());
        assert_eq!(json["items"][0]["causes"], serde_json::json!([]));
        for hidden in ["merger restore", "rehearsed", "Falcon", &secret.to_string()] {
            assert!(!answer.text.contains(hidden), "{hidden}: {}", answer.text);
        }
    }
    // Asked with the words in the body, it is the same.
    let body = serde_json::json!({
        "text": "The merger restore was never tried",
        "factor": "single-point",
        "component": "falcon",
        "limit": 50,
    });
    for by in [&writer, &keeper] {
        let asked = by.api.post("/factors/similar", &body).await.expect(200);
        assert_eq!(asked.text, by.api.get(path).await.text);
    }
    let own = keeper.api.get(path).await.expect(200).json();
    assert_eq!(own["items"][0]["id"], secret.to_string());
    assert_eq!(own["items"][0]["causes"][0]["id"], cause.id.to_string());
    // In the post-mortem in which it is written, its own statements are not offered; one that may not be read is like
    // one that never was.
    let there = |id: &str| format!("/factors/similar?text=restore+tried&postmortem={id}");
    let json = writer.api.get(&there(&open.id)).await.expect(200).json();
    assert_eq!(json["items"], serde_json::json!([]));
    let never = writer
        .api
        .get(&there(&uuid::Uuid::now_v7().to_string()))
        .await;
    assert_eq!(
        writer.api.get(&there(&closed.id)).await.text,
        never.expect(200).text
    );
}

#[actix_web::test]
async fn a_component_keeps_the_capitals_of_each_writer_and_stays_one() {
    let app = spawn_app().await;
    let (writer, keeper) = (app.writer(), app.keeper());
    let closed = app.draft().by(&keeper).restricted().save().await;
    let (one, other) = (app.draft().save().await, app.draft().save().await);
    state(
        &app,
        &keeper,
        &closed,
        &input("It ended.", "", "FALCON gateway"),
    );
    // The writer's own spelling stays, whatever was written where they may not read.
    state(
        &app,
        &writer,
        &one,
        &input("The gate was shut.", "", "Falcon gateway"),
    );
    let page = writer.get(&one.page("")).await.expect(200);
    assert!(page.text.contains("Falcon gateway") && !page.text.contains("FALCON"));
    state(
        &app,
        &writer,
        &other,
        &input("Nobody could enter.", "", "falcon  Gateway"),
    );
    let page = writer.get(&other.page("")).await.expect(200);
    assert!(page.text.contains("falcon  Gateway"), "{}", page.text);
    // Both are one to lists and counts: offered once, found together, like each other.
    let offered = taxonomy::components(&app.store, &ctx(&writer)).unwrap();
    assert_eq!(offered, ["Falcon gateway"]);
    let found = writer
        .api
        .get("/postmortems?component=FALCON+GATEWAY")
        .await
        .expect(200)
        .json();
    assert_eq!(found["items"].as_array().unwrap().len(), 2, "{found}");
    let draft = Draft {
        text: "Shut.",
        component: Some("FALCON gateway"),
        ..Draft::default()
    };
    let like = similar::to_draft(&app.store, &ctx(&writer), draft, 3).unwrap();
    assert_eq!(like.len(), 2);
}

#[actix_web::test]
async fn a_title_brings_up_what_is_like_it_and_nothing_that_is_restricted() {
    let app = spawn_app().await;
    let (writer, keeper, reader) = (app.writer(), app.keeper(), app.reader());
    let title = "Letters waited for an hour";
    let open = app.draft().title(title).save().await;
    let secret = app.draft().by(&keeper).restricted();
    let secret = secret
        .title("Letters waited for an hour in secret")
        .save()
        .await;
    app.draft().title("A door was shut").save().await;
    let body = serde_json::json!({"title": "Why letters waited for so long"});
    let path = "/postmortems/similar";
    for by in [&writer, &reader] {
        let found = by.api.post(path, &body).await.expect(200).json();
        let items = found["items"].as_array().unwrap();
        assert_eq!(items.len(), 1, "{found:#}");
        assert_eq!(items[0]["id"], open.id);
        assert_eq!(items[0]["reasons"][0], "shares “letters waited”");
    }
    let found = keeper.api.post(path, &body).await.expect(200).json();
    let ids: Vec<&str> = found["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|item| item["id"].as_str())
        .collect();
    assert!(ids.contains(&secret.id.as_str()), "{found:#}");
    let nothing = serde_json::json!({"title": ""});
    let found = writer.api.post(path, &nothing).await.expect(200).json();
    assert_eq!(found["items"], serde_json::json!([]));
}
