//! Recurring causes: what people do with them, and who may know of them.

use chrono::NaiveDate;
use second_story::app::cause_links::{LinkInput, link, unlink};
use second_story::app::causes::{self, CauseInput};
use second_story::app::factors::{self, StatementInput};
use second_story::app::fixes::{self, DecisionInput, FixInput};
use second_story::app::members::{self, MemberInput};
use second_story::app::similar;
use second_story::app::{Ctx, EditError, ReadError};
use second_story::domain::causes::{Cause, Decision};
use second_story::domain::ids::{CauseId, PostMortemId, StatementId, Version};
use second_story::domain::people::Role;
use second_story::store::StoreError;

use crate::harness::{App, Client, Saved, spawn_app};

/// The id of a saved post-mortem.
fn id(saved: &Saved) -> PostMortemId {
    PostMortemId::parse(&saved.id).unwrap()
}

fn ctx(client: &Client) -> Ctx {
    client.ctx.unwrap()
}

fn state(app: &App, by: &Client, saved: &Saved, text: &str) -> StatementId {
    let input = StatementInput {
        statement: text.to_owned(),
        role: "contributing".to_owned(),
        ..StatementInput::default()
    };
    factors::add(&app.store, &ctx(by), id(saved), &input)
        .unwrap()
        .id
}

fn make(app: &App, by: &Client, statement: &str, first: StatementId) -> Cause {
    let input = CauseInput {
        statement,
        description: "",
    };
    causes::create(&app.store, &ctx(by), input, first).unwrap()
}

fn joined(app: &App, by: &Client, cause: CauseId, statement: StatementId) -> Cause {
    let input = LinkInput {
        statement,
        same: "Two calendars, one night.",
        different: "Here it was a room.",
    };
    link(&app.store, &ctx(by), cause, input).unwrap().0
}

fn seen(app: &App, by: &Client, cause: CauseId) -> Option<Cause> {
    match causes::read(&app.store, &ctx(by), cause) {
        Ok(cause) => Some(cause),
        Err(ReadError::Store(StoreError::NotFound)) => None,
        Err(error) => panic!("{error}"),
    }
}

fn texts(cause: &Cause) -> Vec<&str> {
    let texts = cause.links.iter().map(|link| link.statement.text.as_str());
    texts.collect()
}

#[actix_web::test]
async fn a_cause_is_made_from_a_statement_and_shows_over_the_years() {
    let app = spawn_app().await;
    let writer = app.writer();
    let old = app.draft().fact("happened_on", "2024-12-09").save().await;
    let new = app.draft().fact("happened_on", "2026-03-03").save().await;
    let first = state(
        &app,
        &writer,
        &old,
        "Drill and meeting were booked for one floor.",
    );
    let second = state(
        &app,
        &writer,
        &new,
        "Two price lists were valid on one day.",
    );
    let cause = make(&app, &writer, "Two plans for one night", first);
    let cause = joined(&app, &writer, cause.id, second);
    assert_eq!(
        texts(&cause),
        [
            "Drill and meeting were booked for one floor.",
            "Two price lists were valid on one day."
        ]
    );
    assert_eq!(cause.years(), [(2024, 1), (2025, 0), (2026, 1)]);
    assert_eq!(cause.gaps(), [449]);
    let list = causes::list(&app.store, &ctx(&app.reader())).unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].statements, list[0].postmortems), (2, 2));
    assert_eq!(
        list[0].seen.unwrap().1,
        NaiveDate::from_ymd_opt(2026, 3, 3).unwrap()
    );
}

#[actix_web::test]
async fn a_link_needs_both_sentences_and_is_made_once() {
    let app = spawn_app().await;
    let writer = app.writer();
    let (one, other) = (app.draft().save().await, app.draft().save().await);
    let first = state(&app, &writer, &one, "Nobody had tried the restore.");
    let second = state(
        &app,
        &writer,
        &other,
        "The restore had never been rehearsed.",
    );
    let cause = make(&app, &writer, "Going back is never tried", first);
    let input = LinkInput {
        statement: second,
        same: " ",
        different: "",
    };
    let refused = link(&app.store, &ctx(&writer), cause.id, input).unwrap_err();
    let EditError::Invalid(problems) = refused else {
        panic!("{refused:?}");
    };
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["same", "different"]);
    joined(&app, &writer, cause.id, second);
    let input = LinkInput {
        statement: second,
        same: "a",
        different: "b",
    };
    let again = link(&app.store, &ctx(&writer), cause.id, input);
    assert!(matches!(again, Err(EditError::State(_))), "{again:?}");
    let reading = link(&app.store, &ctx(&app.reader()), cause.id, input);
    assert!(
        matches!(reading, Err(EditError::Forbidden(_))),
        "{reading:?}"
    );
}

#[actix_web::test]
async fn a_link_is_taken_back_and_made_again() {
    let app = spawn_app().await;
    let writer = app.writer();
    let (one, other) = (app.draft().save().await, app.draft().save().await);
    let first = state(&app, &writer, &one, "Nobody had tried the restore.");
    let second = state(
        &app,
        &writer,
        &other,
        "The restore had never been rehearsed.",
    );
    let cause = make(&app, &writer, "Going back is never tried", first);
    let linked = joined(&app, &writer, cause.id, second);
    let link_id = linked
        .links
        .iter()
        .find(|link| link.statement.id == second)
        .unwrap()
        .id;
    let after = unlink(&app.store, &ctx(&writer), cause.id, link_id)
        .unwrap()
        .unwrap();
    assert_eq!(texts(&after), ["Nobody had tried the restore."]);
    assert_eq!(after.taken_back.len(), 1);
    assert_eq!(
        after.taken_back[0].same.as_str(),
        "Two calendars, one night."
    );
    let list = causes::list(&app.store, &ctx(&writer)).unwrap();
    assert_eq!(list[0].statements, 1);
    let again = joined(&app, &writer, cause.id, second);
    assert_eq!((again.links.len(), again.taken_back.len()), (2, 0));
    let twice = unlink(&app.store, &ctx(&writer), cause.id, link_id).unwrap();
    assert!(twice.is_some());
    let gone = unlink(&app.store, &ctx(&writer), cause.id, link_id);
    assert!(
        matches!(gone, Err(EditError::Store(StoreError::NotFound))),
        "{gone:?}"
    );
}

#[actix_web::test]
async fn words_are_changed_over_the_version_that_was_seen_and_none_is_lost() {
    let app = spawn_app().await;
    let writer = app.writer();
    let saved = app.draft().save().await;
    let first = state(&app, &writer, &saved, "Nobody had tried the restore.");
    let cause = make(&app, &writer, "Going back is never tried", first);
    let words = |statement| CauseInput {
        statement,
        description: "Plans exist. **Drills** do not.",
    };
    let changed = causes::change(
        &app.store,
        &ctx(&writer),
        cause.id,
        words("Nobody rehearses going back"),
        Some(Version(1)),
    )
    .unwrap();
    assert_eq!(changed.version, Version(2));
    assert!(changed.description_html.contains("<strong>Drills</strong>"));
    let late = causes::change(
        &app.store,
        &ctx(&app.second_writer()),
        cause.id,
        words("Restores are never tried"),
        Some(Version(1)),
    );
    let Err(EditError::Conflict(conflict)) = late else {
        panic!("{late:?}");
    };
    assert_eq!(conflict.current, Version(2));
    assert!(conflict.theirs.starts_with("Nobody rehearses going back"));
    assert!(conflict.yours.starts_with("Restores are never tried"));
    let (_, saved) = causes::history(&app.store, &ctx(&writer), cause.id).unwrap();
    let versions: Vec<i32> = saved.iter().map(|saved| saved.version).collect();
    assert_eq!(versions, [2, 1]);
    assert_eq!(saved[1].body, "Going back is never tried");
}

#[actix_web::test]
async fn fixes_and_decisions_are_written_down_and_kept() {
    let app = spawn_app().await;
    let writer = app.writer();
    let saved = app.draft().save().await;
    let first = state(&app, &writer, &saved, "Nobody had tried the restore.");
    let cause = make(&app, &writer, "Going back is never tried", first).id;
    let (store, who) = (&app.store, &ctx(&writer));
    let tried = FixInput {
        tried: "A drill every quarter",
        tried_on: Some("2026-01-15"),
        strength: Some("training"),
        outcome: None,
    };
    let fix = fixes::add(store, who, cause, tried).unwrap();
    let outcome = FixInput {
        outcome: Some("Two were held, then none."),
        ..tried
    };
    let fix = fixes::change(store, who, cause, fix.id, outcome, Some(fix.version)).unwrap();
    let stale = fixes::remove(store, who, cause, fix.id, Some(Version(1)));
    assert!(matches!(stale, Err(EditError::Conflict(_))), "{stale:?}");
    fixes::add(
        store,
        who,
        cause,
        FixInput {
            tried: "A checklist",
            ..FixInput::default()
        },
    )
    .unwrap();
    fixes::remove(store, who, cause, fix.id, Some(fix.version)).unwrap();
    let decide = |decision, relook_on| {
        let input = DecisionInput {
            decision,
            reason: "Twice is not a pattern.",
            relook_on,
        };
        fixes::decide(store, who, cause, input)
    };
    let refused = decide("watch", None).unwrap_err();
    assert!(matches!(&refused, EditError::Invalid(problems) if problems[0].field == "relook_on"));
    decide("watch", Some("2026-09-01")).unwrap();
    decide("invest", None).unwrap();
    let cause = seen(&app, &writer, cause).unwrap();
    let tried: Vec<&str> = cause.fixes.iter().map(|fix| fix.tried.as_str()).collect();
    assert_eq!(tried, ["A checklist"]);
    assert_eq!(cause.decision().unwrap().decision, Decision::Invest);
    assert_eq!(cause.decisions.len(), 2);
    let (_, saved) = causes::history(store, who, cause.id).unwrap();
    assert!(
        saved
            .iter()
            .any(|saved| saved.version == 0 && saved.body.contains("Two were held"))
    );
    let list = causes::list(store, who).unwrap();
    assert_eq!(
        (list[0].fixes, list[0].decision),
        (1, Some((Decision::Invest, None)))
    );
}

/// A restricted post-mortem of the keeper, with a statement, and an open one of the writer.
async fn both(app: &App) -> (Saved, StatementId, Saved, StatementId) {
    let keeper = app.keeper();
    let closed = app
        .draft()
        .by(&keeper)
        .restricted()
        .title("The merger of two teams")
        .save()
        .await;
    let open = app.draft().save().await;
    let secret = state(
        app,
        &keeper,
        &closed,
        "The merger was planned by two departments.",
    );
    let plain = state(
        app,
        &app.writer(),
        &open,
        "Backup and billing were moved into one hour.",
    );
    (closed, secret, open, plain)
}

#[actix_web::test]
async fn a_link_to_a_restricted_statement_is_unknown_to_others() {
    let app = spawn_app().await;
    let (_, secret, _, plain) = both(&app).await;
    let cause = make(&app, &app.writer(), "Two plans for one night", plain).id;
    joined(&app, &app.keeper(), cause, secret);
    assert_eq!(seen(&app, &app.keeper(), cause).unwrap().links.len(), 2);
    // An administrator is nobody special.
    for other in [app.writer(), app.reader(), app.administrator()] {
        let cause = seen(&app, &other, cause).unwrap();
        assert_eq!(
            texts(&cause),
            ["Backup and billing were moved into one hour."]
        );
        assert_eq!(
            (cause.postmortems(), cause.years().len(), cause.gaps().len()),
            (1, 1, 0)
        );
        let list = causes::list(&app.store, &ctx(&other)).unwrap();
        assert_eq!((list[0].statements, list[0].postmortems), (1, 1));
        let unseen = unlink(&app.store, &ctx(&app.writer()), cause.id, {
            let all = seen(&app, &app.keeper(), cause.id).unwrap();
            all.links
                .iter()
                .find(|link| link.statement.id == secret)
                .unwrap()
                .id
        });
        assert!(
            matches!(unseen, Err(EditError::Store(StoreError::NotFound))),
            "{unseen:?}"
        );
    }
}

#[actix_web::test]
async fn words_made_from_a_restricted_statement_stay_with_its_readers_whatever_is_linked() {
    let app = spawn_app().await;
    let (closed, secret, _, plain) = both(&app).await;
    let cause = make(&app, &app.keeper(), "The merger has two plans", secret).id;
    assert!(seen(&app, &app.writer(), cause).is_none());
    // The keeper links a statement that everybody may read. The words stay where they are.
    joined(&app, &app.keeper(), cause, plain);
    for other in [app.writer(), app.reader(), app.administrator()] {
        assert!(seen(&app, &other, cause).is_none());
        assert!(causes::list(&app.store, &ctx(&other)).unwrap().is_empty());
        let around = similar::to_statement(&app.store, &ctx(&other), plain, 3).unwrap();
        assert!(around.causes.is_empty());
        let history = causes::history(&app.store, &ctx(&other), cause);
        assert!(matches!(
            history,
            Err(ReadError::Store(StoreError::NotFound))
        ));
    }
    // Named people of the restricted post-mortem may read them.
    let member = MemberInput {
        person: app.second_writer().email,
        ..MemberInput::default()
    };
    members::put(&app.store, &ctx(&app.keeper()), id(&closed), &member).unwrap();
    assert_eq!(
        seen(&app, &app.second_writer(), cause).unwrap().links.len(),
        2
    );
}

#[actix_web::test]
async fn words_are_given_to_everybody_on_purpose_and_older_ones_stay_behind() {
    let app = spawn_app().await;
    let (_, secret, open, plain) = both(&app).await;
    let keeper = ctx(&app.keeper());
    let cause = make(&app, &app.keeper(), "The merger has two plans", secret).id;
    let early = causes::move_home(&app.store, &keeper, cause, id(&open));
    assert!(matches!(early, Err(EditError::State(_))), "{early:?}");
    joined(&app, &app.keeper(), cause, plain);
    let words = CauseInput {
        statement: "Two plans for one night",
        description: "",
    };
    causes::change(&app.store, &keeper, cause, words, None).unwrap();
    causes::move_home(
        &app.store,
        &Ctx::new(keeper.actor, crate::harness::now()),
        cause,
        id(&open),
    )
    .unwrap();
    let known = seen(&app, &app.reader(), cause).unwrap();
    assert_eq!(
        texts(&known),
        ["Backup and billing were moved into one hour."]
    );
    let (_, saved) = causes::history(&app.store, &ctx(&app.reader()), cause).unwrap();
    assert_eq!(saved.len(), 1);
    assert_eq!(saved[0].body, "Two plans for one night");
}

#[actix_web::test]
async fn a_cause_without_links_is_known_to_its_maker_alone() {
    let app = spawn_app().await;
    let writer = app.writer();
    let saved = app.draft().save().await;
    let first = state(&app, &writer, &saved, "Nobody had tried the restore.");
    let cause = make(&app, &writer, "Going back is never tried", first);
    let other = app.second_writer();
    let after = unlink(&app.store, &ctx(&other), cause.id, cause.links[0].id).unwrap();
    assert!(after.is_none());
    assert!(seen(&app, &other, cause.id).is_none());
    assert!(seen(&app, &writer, cause.id).unwrap().links.is_empty());
    joined(&app, &writer, cause.id, first);
    assert!(seen(&app, &other, cause.id).is_some());
}

#[actix_web::test]
async fn nothing_can_be_made_from_or_linked_to_what_one_may_not_read() {
    let app = spawn_app().await;
    let (_, secret, _, plain) = both(&app).await;
    let writer = ctx(&app.writer());
    let words = CauseInput {
        statement: "x",
        description: "",
    };
    let made = causes::create(&app.store, &writer, words, secret);
    assert!(
        matches!(made, Err(EditError::Store(StoreError::NotFound))),
        "{made:?}"
    );
    let never = causes::create(&app.store, &writer, words, StatementId::new());
    assert_eq!(
        made.unwrap_err().to_string(),
        never.unwrap_err().to_string()
    );
    let cause = make(&app, &app.writer(), "Two plans", plain).id;
    let input = LinkInput {
        statement: secret,
        same: "a",
        different: "b",
    };
    let linked = link(&app.store, &writer, cause, input);
    assert!(
        matches!(linked, Err(EditError::Store(StoreError::NotFound))),
        "{linked:?}"
    );
}

#[actix_web::test]
async fn a_member_who_leaves_a_restricted_post_mortem_loses_its_causes() {
    let app = spawn_app().await;
    let (closed, secret, _, _) = both(&app).await;
    let guest = app.person("Gus Ferreira", Role::Writer);
    let keeper = ctx(&app.keeper());
    let member = MemberInput {
        person: guest.email.clone(),
        ..MemberInput::default()
    };
    members::put(&app.store, &keeper, id(&closed), &member).unwrap();
    let cause = make(&app, &guest, "The merger has two plans", secret).id;
    assert!(seen(&app, &guest, cause).is_some());
    members::remove(&app.store, &keeper, id(&closed), ctx(&guest).actor.person).unwrap();
    assert!(seen(&app, &guest, cause).is_none());
    assert!(causes::list(&app.store, &ctx(&guest)).unwrap().is_empty());
}

#[actix_web::test]
async fn a_statement_in_a_cause_is_removed_after_its_link_and_a_hidden_cause_does_not_hinder() {
    let app = spawn_app().await;
    let (_, secret, open, plain) = both(&app).await;
    let (store, writer) = (&app.store, &ctx(&app.writer()));
    let hidden = make(&app, &app.keeper(), "The merger has two plans", secret).id;
    joined(&app, &app.keeper(), hidden, plain);
    let known = make(&app, &app.writer(), "Two plans for one night", plain);
    let refused = factors::remove(store, writer, id(&open), plain, None);
    assert!(matches!(refused, Err(EditError::State(_))), "{refused:?}");
    unlink(store, writer, known.id, known.links[0].id).unwrap();
    factors::remove(store, writer, id(&open), plain, None).unwrap();
    assert_eq!(seen(&app, &app.keeper(), hidden).unwrap().links.len(), 1);
}
