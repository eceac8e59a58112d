//! Tables: known again by where they lie and what they tell, row by row.

use second_story::app::incoming::formats::Options;
use second_story::app::incoming::{self, Outcome, Report};
use second_story::app::timeline::{self, EventInput};
use second_story::app::{Ctx, postmortems};
use second_story::domain::incoming::Format;

use super::read;
use crate::harness::{App, now, spawn_app};

/// Imports a table; `whole` is the path of its file, if somebody knows it.
fn import(app: &App, name: &str, whole: Option<&str>, text: &str) -> Report {
    let ctx = Ctx::new(app.writer().ctx().actor, now());
    let whole = whole.map(|whole| (name.to_owned(), whole.to_owned()));
    let options = Options {
        whole: whole.into_iter().collect(),
        now: now(),
        ..Options::default()
    };
    let files = [(name, text.as_bytes().to_vec())];
    let incoming = read(Format::Csv, &files, &options)
        .unwrap()
        .remove(0)
        .unwrap();
    let shown = incoming::preview(&app.store, &ctx, std::slice::from_ref(&incoming)).unwrap();
    let report = incoming::apply(&app.store, &ctx, name, &incoming, false).unwrap();
    assert_eq!(shown[0].outcome, report.outcome);
    assert_eq!(shown[0].unsure, report.unsure);
    report
}

fn rows(app: &App, report: &Report) -> Vec<String> {
    let read = postmortems::read(&app.store, &app.writer().ctx(), report.id.unwrap()).unwrap();
    let rows = read.events.iter();
    rows.map(|event| event.text.as_str().to_owned()).collect()
}

const FIRST: &str =
    "Time,What\n2026-10-14 10:00,one\n2026-10-14 10:10,two\n2026-10-14 10:20,three\n";

#[actix_web::test]
async fn a_row_above_one_that_somebody_changed_arrives() {
    let app = spawn_app().await;
    let first = import(&app, "timeline.csv", None, FIRST);
    assert_eq!(first.outcome, Outcome::Created);
    let ctx = Ctx::new(app.writer().ctx().actor, now());
    let id = first.id.unwrap();
    let made = postmortems::read(&app.store, &ctx, id).unwrap();
    let mine = EventInput {
        text: "my own words".to_owned(),
        ..EventInput::from(&made.events[1])
    };
    timeline::change(&app.store, &ctx, id, made.events[1].id, &mine, None, "").unwrap();
    let changed = "Time,What\n2026-10-14 10:00,one\n2026-10-14 10:05,one and a half\n2026-10-14 10:10,two changed\n2026-10-14 10:21,three moved\n";
    let again = import(&app, "timeline.csv", None, changed);
    assert_eq!((again.outcome, again.id), (Outcome::Updated, first.id));
    assert_eq!(
        rows(&app, &again),
        ["one", "one and a half", "my own words", "three moved"]
    );
    assert_eq!(again.unsure.len(), 1, "{:?}", again.unsure);
    assert!(
        again.unsure[0].contains("“2026-10-14 10:10 two changed”"),
        "{:?}",
        again.unsure
    );
    let once_more = import(&app, "timeline.csv", None, changed);
    assert_eq!(once_more.outcome, Outcome::Unsure);
    assert_eq!(rows(&app, &once_more).len(), 4);
    // What is taken out of the file stays, and moves no other row.
    let fewer = changed.replace("2026-10-14 10:00,one\n", "");
    assert_eq!(
        import(&app, "timeline.csv", None, &fewer).outcome,
        Outcome::Unsure
    );
    assert_eq!(rows(&app, &again).len(), 4);
}

#[actix_web::test]
async fn two_stories_in_files_of_the_same_name_stay_two() {
    let app = spawn_app().await;
    let other = FIRST
        .replace("10-14", "11-02")
        .replace("one", "mail")
        .replace("two", "late")
        .replace("three", "done");
    let first = import(&app, "x/timeline.csv", Some("/srv/a/x/timeline.csv"), FIRST);
    let second = import(
        &app,
        "y/timeline.csv",
        Some("/srv/a/y/timeline.csv"),
        &other,
    );
    assert_eq!(
        (first.outcome, second.outcome),
        (Outcome::Created, Outcome::Created)
    );
    // The same names as their folders see them.
    let third = import(&app, "timeline.csv", Some("/srv/a/x/timeline.csv"), FIRST);
    let fourth = import(&app, "timeline.csv", Some("/srv/a/y/timeline.csv"), &other);
    assert_eq!((third.outcome, third.id), (Outcome::Unchanged, first.id));
    assert_eq!((fourth.outcome, fourth.id), (Outcome::Unchanged, second.id));
    // From a place that has only the name.
    let sent = import(&app, "timeline.csv", None, FIRST);
    assert_eq!(sent.outcome, Outcome::Created);
    let wrong = import(&app, "timeline.csv", None, &other);
    assert_eq!((wrong.outcome, wrong.id), (Outcome::Unsure, sent.id));
    assert!(
        wrong.unsure[0].contains("another story"),
        "{:?}",
        wrong.unsure
    );
    assert_eq!(rows(&app, &sent), ["one", "two", "three"]);
}

#[actix_web::test]
async fn two_files_of_the_same_name_in_their_own_folders_stay_two() {
    let app = spawn_app().await;
    let other = FIRST
        .replace("10-14", "11-02")
        .replace("one", "mail")
        .replace("two", "late")
        .replace("three", "done");
    let first = import(&app, "timeline.csv", Some("/srv/a/x/timeline.csv"), FIRST);
    let second = import(&app, "timeline.csv", Some("/srv/a/y/timeline.csv"), &other);
    assert_eq!(second.outcome, Outcome::Created);
    assert_ne!(first.id, second.id);
    let longer = format!("{other}2026-11-02 11:00,and after\n");
    let again = import(
        &app,
        "y/timeline.csv",
        Some("/srv/a/y/timeline.csv"),
        &longer,
    );
    assert_eq!((again.outcome, again.id), (Outcome::Updated, second.id));
    let copied = import(&app, "timeline.csv", Some("/data/x/timeline.csv"), FIRST);
    assert_eq!(
        (copied.outcome, copied.id),
        (Outcome::Unchanged, first.id),
        "a copy elsewhere"
    );
}
