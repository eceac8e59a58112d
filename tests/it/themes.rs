//! What keeps coming back, counted over what one may read.

use second_story::app::Ctx;
use second_story::app::factors::{self, StatementInput};
use second_story::app::listing::ListError;
use second_story::app::themes::{self, Counted, ThemesInput};
use second_story::domain::ids::PostMortemId;
use second_story::domain::postmortem::{Facts, Status};
use second_story::domain::themes::Rung;
use second_story::store::{self, StoreError};

use crate::harness::{App, Client, spawn_app};

fn ctx(client: &Client) -> Ctx {
    client.ctx.unwrap()
}

/// A post-mortem of a day and a status, with statements as (role, factor).
async fn tell(app: &App, by: &Client, day: &str, status: Status, findings: &[(&str, &str)]) {
    let visibility = if by.email == app.keeper().email {
        "restricted"
    } else {
        "organisation"
    };
    let draft = app.draft().by(by).fact("happened_on", day);
    let saved = draft.fact("visibility", visibility).save().await;
    let id = PostMortemId::parse(&saved.id).unwrap();
    for (role, factor) in findings {
        let input = StatementInput {
            statement: format!("Something about {factor}"),
            role: (*role).to_owned(),
            factor: Some((*factor).to_owned()),
            component: Some("Night schedule".to_owned()),
            ..StatementInput::default()
        };
        factors::add(&app.store, &ctx(by), id, &input).unwrap();
    }
    // The gate has tests of its own; here only what counts matters.
    app.store
        .write(|tx| {
            let before = store::postmortems::find(tx, ctx(by).actor.person, id)?;
            let facts = Facts {
                status,
                version: before.version.next(),
                ..before.clone()
            };
            store::postmortems::update(tx, &facts, before.version)
        })
        .map_err(|error: StoreError| error)
        .unwrap();
}

fn counted(app: &App, by: &Client, by_what: &str) -> Counted {
    let input = ThemesInput {
        from: Some("2026-Q1".to_owned()),
        to: Some("2026-06-30".to_owned()),
        by: Some(by_what.to_owned()),
        ..ThemesInput::default()
    };
    themes::table(&app.store, &ctx(by), &input).unwrap()
}

fn rows(counted: &Counted) -> Vec<(&str, usize)> {
    let rows = counted.themes.rows.iter();
    rows.map(|row| (row.theme.as_str(), row.total)).collect()
}

/// Nine published post-mortems in two quarters, and others that do not count.
async fn world() -> App {
    let app = spawn_app().await;
    let writer = app.writer();
    let (published, warned) = (Status::Published, "warning-not-acted-on");
    for day in [
        "2026-01-01",
        "2026-02-10",
        "2026-03-31",
        "2026-04-01",
        "2026-06-30",
    ] {
        let findings = [("contributing", warned), ("weakened-response", warned)];
        tell(&app, &writer, day, published, &findings).await;
    }
    tell(
        &app,
        &writer,
        "2026-02-01",
        published,
        &[("contributing", "silent-expiry"), ("luck", warned)],
    )
    .await;
    tell(
        &app,
        &writer,
        "2026-02-02",
        published,
        &[("considered", warned), ("contributing", "")],
    )
    .await;
    tell(
        &app,
        &writer,
        "2026-05-02",
        published,
        &[("mitigating", "silent-expiry")],
    )
    .await;
    tell(&app, &writer, "2026-05-03", published, &[]).await;
    // These do not count: another quarter, other states.
    tell(
        &app,
        &writer,
        "2025-12-31",
        published,
        &[("contributing", warned)],
    )
    .await;
    tell(
        &app,
        &writer,
        "2026-07-01",
        published,
        &[("contributing", warned)],
    )
    .await;
    tell(
        &app,
        &writer,
        "2026-02-03",
        Status::Draft,
        &[("contributing", warned)],
    )
    .await;
    tell(
        &app,
        &writer,
        "2026-02-04",
        Status::Withdrawn,
        &[("contributing", warned)],
    )
    .await;
    tell(
        &app,
        &writer,
        "2026-02-05",
        Status::Archived,
        &[("contributing", "slow-recovery")],
    )
    .await;
    app
}

#[actix_web::test]
async fn a_factor_counts_once_per_published_post_mortem_in_which_it_contributed() {
    let app = world().await;
    let found = counted(&app, &app.reader(), "factor");
    assert_eq!(
        rows(&found),
        [("warning-not-acted-on", 5), ("silent-expiry", 1)]
    );
    let table = &found.themes;
    let columns: Vec<(String, usize)> = table
        .columns
        .iter()
        .map(|c| (c.quarter.code(), c.n))
        .collect();
    assert_eq!(
        columns,
        [("2026-Q1".to_owned(), 5), ("2026-Q2".to_owned(), 4)]
    );
    let cells: Vec<usize> = table.rows[0].cells.iter().map(|cell| cell.count).collect();
    assert_eq!(cells, [3, 2]);
    assert_eq!((table.n, table.statements, table.without), (9, 12, 1));
    assert_eq!(table.rung(), Rung::Provisional);
    assert_eq!(
        found.name("silent-expiry"),
        "Something time-limited lapsed unnoticed"
    );
    assert_eq!((found.apart.count, found.ever.count), (1, 11));
}

#[actix_web::test]
async fn categories_and_components_are_counted_likewise() {
    let app = world().await;
    let found = counted(&app, &app.reader(), "component");
    assert_eq!(rows(&found), [("night schedule", 7)]);
    assert_eq!(found.name("night schedule"), "Night schedule");
    let found = counted(&app, &app.reader(), "category");
    let sum: usize = found.themes.rows.iter().map(|row| row.total).sum();
    assert_eq!((found.themes.rows.len(), sum), (2, 6));
}

#[actix_web::test]
async fn archived_ones_are_counted_apart() {
    let app = world().await;
    let input = ThemesInput {
        from: Some("2026-Q1".to_owned()),
        to: Some("2026-Q2".to_owned()),
        status: Some("archived".to_owned()),
        ..ThemesInput::default()
    };
    let found = themes::table(&app.store, &ctx(&app.reader()), &input).unwrap();
    assert_eq!(rows(&found), [("slow-recovery", 1)]);
    assert_eq!((found.themes.rung(), found.few.len()), (Rung::List, 1));
    assert_eq!(found.apart.count, 9);
}

#[actix_web::test]
async fn restricted_ones_count_for_those_who_may_read_them_only() {
    let app = world().await;
    let keeper = app.keeper();
    for day in ["2026-01-02", "2026-04-02"] {
        tell(
            &app,
            &keeper,
            day,
            Status::Published,
            &[
                ("contributing", "hidden-limit"),
                ("contributing", "silent-expiry"),
            ],
        )
        .await;
    }
    let theirs = counted(&app, &keeper, "factor");
    assert_eq!(theirs.themes.n, 11);
    assert!(rows(&theirs).contains(&("silent-expiry", 3)));
    for other in [app.writer(), app.reader(), app.administrator()] {
        let found = counted(&app, &other, "factor");
        assert_eq!(
            (found.themes.n, found.themes.statements, found.ever.count),
            (9, 12, 11)
        );
        assert_eq!(
            rows(&found),
            [("warning-not-acted-on", 5), ("silent-expiry", 1)]
        );
    }
}

#[actix_web::test]
async fn a_period_that_cannot_be_counted_says_why() {
    let app = spawn_app().await;
    for (from, to, field) in [
        ("2026-Q3", "2026-Q1", "to"),
        ("1990-Q1", "2026-Q1", "from"),
        ("soon", "2026-Q1", "from"),
    ] {
        let input = ThemesInput {
            from: Some(from.to_owned()),
            to: Some(to.to_owned()),
            ..ThemesInput::default()
        };
        let refused = themes::table(&app.store, &ctx(&app.reader()), &input);
        let Err(ListError::Invalid(problems)) = refused else {
            panic!("{from} to {to}: {refused:?}");
        };
        assert_eq!(problems[0].field, field, "{}", problems[0].message);
    }
}

#[actix_web::test]
async fn the_usual_period_ends_with_the_newest_that_one_may_read() {
    let app = world().await;
    let (reader, keeper) = (app.reader(), app.keeper());
    let ends = |by: &Client, to: Option<&str>, status: Option<&str>| {
        let input = ThemesInput {
            to: to.map(str::to_owned),
            status: status.map(str::to_owned),
            ..ThemesInput::default()
        };
        let found = themes::table(&app.store, &ctx(by), &input).unwrap();
        (found.asked.to.code(), found.themes.n)
    };
    let newest = ("2026-Q3".to_owned(), 11);
    assert_eq!(ends(&reader, None, None), newest);
    assert_eq!(
        ends(&reader, Some("2026-Q2"), None),
        ("2026-Q2".to_owned(), 10)
    );
    assert_eq!(ends(&reader, None, Some("archived")).0, "2026-Q1");
    tell(&app, &keeper, "2026-10-01", Status::Published, &[]).await;
    assert_eq!(ends(&keeper, None, None), ("2026-Q4".to_owned(), 12));
    assert_eq!(ends(&reader, None, None), newest);
}
