//! Every page, in light, in dark and on a narrow screen: axe-core finds nothing against it, and nothing sticks out.

use second_story::app::{demo, sessions};
use second_story::domain::people::Role;

use super::driver::{Driver, Scripts};
use super::inspector::Inspector;
use super::main_job::sign_in;
use super::wanted;
use crate::access::world::World;
use crate::harness::{PASSWORD, now, spawn_app};

#[actix_web::test]
async fn every_page_is_without_barriers_when_it_is_full() {
    if !wanted("axe-core on every page, in a browser") {
        return;
    }
    let world = World::open().await;
    let driver = Driver::start();
    let mut inspector = Inspector::new(&driver, "wanda", Scripts::On, world.app.url()).await;
    let writer = world.app.writer();
    sign_in(&inspector.person, &writer.email, PASSWORD).await;
    inspector.look_at_every_route(&writer, &world.open).await;
    let open = |place: &str| {
        let mut path = place.to_owned();
        for (kind, id) in &world.open {
            path = path.replace(&format!("<{kind}>"), id);
        }
        path
    };
    for place in [
        "/postmortems/<postmortem>/edit?event=<event>",
        "/postmortems/<postmortem>/edit?factor=new",
        "/postmortems/<postmortem>/edit?factor=<statement>",
        "/postmortems/<postmortem>/edit?action=new",
        "/postmortems/<postmortem>/edit?action=<action>",
        "/postmortems/<postmortem>/edit?account=new",
        "/postmortems/<postmortem>/edit?account=<account>",
        "/causes/new?statement=<statement>",
        "/causes/<cause>?q=letter",
        "/causes/<cause>?fix=<fix>",
        "/actions?action=<action>",
        "/search?q=letter",
        "/search?q=nosuchword",
        "/taxonomy?q=alarm",
    ] {
        inspector.look_at(&open(place)).await;
    }
    inspector.look_at(&noted(&world).await).await;
    let administrator = world.app.administrator();
    sign_in(&inspector.person, &administrator.email, PASSWORD).await;
    inspector
        .look_at_all(&["/", "/people", "/words", "/roles"])
        .await;
    inspector.report(40);
}

/// The editor of a draft with notes on its wording, one of them answered.
async fn noted(world: &World) -> String {
    let text = "They should have asked. The nurse failed to check the chart. Then Tomasz left, and Siobhán stayed.";
    let draft = world
        .app
        .draft()
        .title("The registrar should have renewed it");
    let draft = draft.section("summary", text).save().await;
    let (api, path) = (world.app.writer().api, draft.page("/findings"));
    let found = api.get(&path).await.expect(200).json();
    let path = format!("{path}/{}", found["items"][1]["id"].as_str().unwrap());
    let kept = serde_json::json!({"reason": "quotation"});
    api.put(&path, &kept).await.expect(200);
    let names = draft.page("/names");
    let found = api.get(&names).await.expect(200).json();
    let path = format!("{names}/{}", found["items"][1]["id"].as_str().unwrap());
    let agreed = serde_json::json!({"reason": "agreed"});
    api.put(&path, &agreed).await.expect(200);
    draft.page("/edit")
}

#[actix_web::test]
async fn every_list_is_without_barriers_when_it_is_long_and_when_it_is_empty() {
    if !wanted("axe-core on long and on empty lists, in a browser") {
        return;
    }
    let driver = Driver::start();
    let full = spawn_app().await;
    let people = demo::load(&full.store, now()).unwrap();
    let mut inspector = Inspector::new(&driver, "demo", Scripts::On, full.url()).await;
    sign_in(&inspector.person, people[0].email, &people[0].password).await;
    let lists = [
        "/",
        "/postmortems",
        "/search?q=backup",
        "/causes",
        "/actions",
        "/taxonomy",
    ];
    inspector.look_at_all(&lists).await;
    for by in ["factor", "category", "component"] {
        inspector
            .look_at(&format!("/themes?from=1996-Q1&to=2026-Q4&by={by}"))
            .await;
    }
    inspector.look_behind("/postmortems").await;
    inspector.look_behind("/causes").await;
    inspector.report(11);

    let fresh = spawn_app().await;
    let secret = sessions::setup_secret(&fresh.store).unwrap().unwrap();
    let mut inspector = Inspector::new(&driver, "fresh", Scripts::On, fresh.url()).await;
    inspector
        .look_at_all(&[&format!("/setup?token={secret}"), "/session/new", "/help"])
        .await;
    let writer = fresh.person("Wanda Okafor", Role::Writer);
    sign_in(&inspector.person, &writer.email, PASSWORD).await;
    let lists = [
        "/",
        "/postmortems",
        "/search",
        "/search?q=nothing",
        "/themes",
        "/causes",
        "/actions",
        "/account",
    ];
    inspector.look_at_all(&lists).await;
    inspector.report(11);
}
