//! A record that is imported again follows its file, except where a person wrote.

use second_story::app::incoming::Outcome;
use second_story::app::sections::{self, SaveSection};
use second_story::app::timeline::{self, EventInput};
use second_story::app::{Ctx, incoming, postmortems};
use second_story::domain::incoming::Format;
use second_story::domain::postmortem::{PostMortem, Status, Visibility};

use super::import;
use crate::harness::{App, now, spawn_app};

const PRIVATE: &str = r#"[{"id":"I1","reference":"INC-1","name":"Mail late","visibility":"private","summary":"Nobody could write.","incident_status":{"name":"Closed"},
    "incident_timestamp_values":[{"incident_timestamp":{"name":"Reported at"},"value":{"value":"2026-10-14T12:00:00Z"}}]}]"#;

/// A status page's incident: two updates, and a post-mortem text.
fn statuspage(first: &str, second: &str, text: &str) -> String {
    serde_json::json!({"incident": {"id": "s1", "name": "Orders late", "impact": "major", "postmortem_body": text,
        "incident_updates": [
            {"id": "u1", "status": "investigating", "body": first, "created_at": "2026-10-14T12:00:00Z"},
            {"id": "u2", "status": "resolved", "body": second, "created_at": "2026-10-14T13:00:00Z"}]}})
    .to_string()
}

const TEXT: &str = "Nobody could order.\n\n## Root cause\n\n- The queue had no limit\n\n## Action items\n\n- Limit the queue\n";

fn standing(app: &App, ctx: &Ctx, report: &incoming::Report) -> PostMortem {
    postmortems::read(&app.store, ctx, report.id.unwrap()).unwrap()
}

fn rows(postmortem: &PostMortem) -> Vec<&str> {
    postmortem
        .events
        .iter()
        .map(|event| event.text.as_str())
        .collect()
}

#[actix_web::test]
async fn a_record_is_brought_in_once_and_untouched_parts_follow_the_file() {
    let app = spawn_app().await;
    let ctx = app.writer().ctx();
    let first = import(
        &app.store,
        &ctx,
        Format::Statuspage,
        &statuspage("Looking", "Done", TEXT),
    );
    assert_eq!(first.outcome, Outcome::Created);
    let made = standing(&app, &ctx, &first);
    assert_eq!(made.facts.status, Status::Draft);
    assert_eq!(made.statements[0].factor, None, "a cause stays uncoded");
    assert_eq!(made.actions[0].title.as_str(), "Limit the queue");
    let same = import(
        &app.store,
        &ctx,
        Format::Statuspage,
        &statuspage("Looking", "Done", TEXT),
    );
    assert_eq!((same.outcome, same.id), (Outcome::Unchanged, first.id));
    let changed = TEXT.replace("Limit the queue", "Limit the queue to a thousand");
    let text = statuspage("Looking", "Done at last", &changed);
    let again = import(&app.store, &ctx, Format::Statuspage, &text);
    assert_eq!((again.outcome, again.id), (Outcome::Updated, first.id));
    let follows = standing(&app, &ctx, &first);
    assert_eq!(
        rows(&follows),
        [
            "Status page, investigating: Looking",
            "Status page, resolved: Done at last"
        ]
    );
    assert_eq!(
        follows.events[1].id, made.events[1].id,
        "the same record, in its next version"
    );
    assert_eq!(
        follows.actions[0].title.as_str(),
        "Limit the queue to a thousand"
    );
    let (_, kept) = incoming::original(&app.store, &ctx, first.id.unwrap()).unwrap();
    let kept = String::from_utf8(kept).unwrap();
    assert!(
        kept.contains("Done at last") && kept.starts_with('{'),
        "{kept}"
    );
    assert_eq!(
        import(&app.store, &ctx, Format::Statuspage, &text).outcome,
        Outcome::Unchanged
    );
}

#[actix_web::test]
async fn what_a_person_changed_or_removed_is_left_and_the_report_says_so() {
    let app = spawn_app().await;
    let ctx = app.writer().ctx();
    let first = import(
        &app.store,
        &ctx,
        Format::Statuspage,
        &statuspage("Looking", "Done", TEXT),
    );
    let id = first.id.unwrap();
    let made = standing(&app, &ctx, &first);
    let mine = EventInput {
        text: "Mine".to_owned(),
        ..EventInput::from(&made.events[0])
    };
    let later = Ctx::new(ctx.actor, now());
    timeline::change(&app.store, &later, id, made.events[0].id, &mine, None, "").unwrap();
    timeline::remove(&app.store, &later, id, made.events[1].id, None).unwrap();
    let save = SaveSection {
        key: "summary",
        text: "My summary.",
        expected: None,
        note: "",
    };
    sections::save(&app.store, &later, id, &save).unwrap();
    let text = statuspage(
        "Looked",
        "Done at last",
        &TEXT
            .replace("order", "buy")
            .replace("- Limit", "- Do limit"),
    );
    let again = import(&app.store, &ctx, Format::Statuspage, &text);
    assert_eq!(again.outcome, Outcome::Updated, "the action was nobody's");
    assert_eq!(again.unsure.len(), 3, "{:?}", again.unsure);
    assert!(
        again
            .unsure
            .iter()
            .any(|it| it.contains("somebody removed it here"))
    );
    let kept = standing(&app, &ctx, &first);
    assert_eq!(rows(&kept), ["Mine"]);
    assert_eq!(kept.section("summary"), "My summary.");
    assert_eq!(kept.actions[0].title.as_str(), "Do limit the queue");
    let once_more = import(&app.store, &ctx, Format::Statuspage, &text);
    assert_eq!(once_more.outcome, Outcome::Unsure);
    assert_eq!(once_more.unsure.len(), 3);
}

#[actix_web::test]
async fn nothing_is_changed_under_readers_eyes_and_only_by_those_who_may() {
    let app = spawn_app().await;
    let ctx = app.writer().ctx();
    let first = import(
        &app.store,
        &ctx,
        Format::Statuspage,
        &statuspage("Looking", "Done", TEXT),
    );
    let id = first.id.unwrap();
    second_story::app::publication::open_review(&app.store, &ctx, id).unwrap();
    let text = statuspage("Looked", "Done", TEXT);
    let again = import(&app.store, &ctx, Format::Statuspage, &text);
    assert_eq!(again.outcome, Outcome::Unsure);
    assert!(again.unsure[0].contains("in review"), "{:?}", again.unsure);
    let reader = app.reader().ctx();
    let refused = incoming::preview(&app.store, &reader, &[]);
    assert!(refused.is_err(), "a reader imports nothing");
}

#[actix_web::test]
async fn a_restricted_record_is_read_by_nobody_else_and_shows_to_no_other_import() {
    let app = spawn_app().await;
    let (writer, other) = (app.writer().ctx(), app.second_writer().ctx());
    let first = import(&app.store, &writer, Format::IncidentIo, PRIVATE);
    assert_eq!((first.outcome, first.number), (Outcome::Created, None));
    let made = standing(&app, &writer, &first);
    assert_eq!(made.facts.visibility, Visibility::Restricted);
    assert!(postmortems::read(&app.store, &other, first.id.unwrap()).is_err());
    assert!(incoming::original(&app.store, &other, first.id.unwrap()).is_err());
    let second = import(&app.store, &other, Format::IncidentIo, PRIVATE);
    assert_eq!(
        second.outcome,
        Outcome::Created,
        "as if the first had never been"
    );
    assert_ne!(second.id, first.id);
}

#[actix_web::test]
async fn what_became_private_elsewhere_is_said_to_be_open_here_until_somebody_restricts_it() {
    let app = spawn_app().await;
    let ctx = app.writer().ctx();
    let open = PRIVATE.replace("private", "public");
    let first = import(&app.store, &ctx, Format::IncidentIo, &open);
    let again = import(&app.store, &ctx, Format::IncidentIo, PRIVATE);
    assert_eq!((again.outcome, again.id), (Outcome::Unsure, first.id));
    let said = again.unsure.join(" ");
    assert!(said.contains("organisation can still read it"), "{said}");
    assert!(!again.remarks.join(" ").contains("only you"), "{again:?}");
    let made = standing(&app, &ctx, &first);
    assert_eq!(made.facts.visibility, Visibility::Organisation);
    let input = postmortems::FactsInput {
        visibility: "restricted".to_owned(),
        ..postmortems::FactsInput::from(&made.facts)
    };
    let later = Ctx::new(ctx.actor, now());
    postmortems::change(&app.store, &later, made.facts.id, &input, None, "").unwrap();
    let last = import(&app.store, &ctx, Format::IncidentIo, PRIVATE);
    assert_eq!(last.outcome, Outcome::Unchanged, "{:?}", last.unsure);
    let public = import(&app.store, &ctx, Format::IncidentIo, &open);
    assert_eq!(public.outcome, Outcome::Unchanged);
    assert_eq!(
        standing(&app, &ctx, &first).facts.visibility,
        Visibility::Restricted
    );
}

#[actix_web::test]
async fn finished_documents_land_as_archived() {
    let app = spawn_app().await;
    let ctx = app.writer().ctx();
    let dump = "INSERT INTO `postmortems` (`id`,`title`,`summary`,`why_surprised`,`tldr`,`starttime`,`endtime`,`statustime`,`detecttime`,`severity`) VALUES (7,'Late','It was late.','','',1575415800,1575419400,0,0,1);";
    let report = import(&app.store, &ctx, Format::Morgue, dump);
    let made = standing(&app, &ctx, &report);
    assert_eq!(made.facts.status, Status::Archived);
    assert_eq!(made.facts.source.as_deref(), Some("morgue:7"));
    assert_eq!(
        import(&app.store, &ctx, Format::Morgue, dump).outcome,
        Outcome::Unchanged
    );
}
