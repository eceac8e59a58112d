//! A name is replaced by a role, and another one stays, with forms that need no pointer.

use fantoccini::key::Key;

use serde_json::json;

use super::driver::{Driver, Kind, Scripts};
use super::main_job::{scripts_are, sign_in};
use super::person::Person;
use super::{wanted, wanted_in_firefox};
use crate::harness::{PASSWORD, spawn_app};

#[actix_web::test]
async fn a_role_takes_the_place_of_a_name_with_scripts() {
    if wanted("names and roles in a browser") {
        journey(Scripts::On).await;
    }
}

#[actix_web::test]
async fn a_role_takes_the_place_of_a_name_without_scripts() {
    if wanted("names and roles in a browser without scripts") {
        journey(Scripts::Off).await;
    }
}

async fn journey(scripts: Scripts) {
    let app = spawn_app().await;
    let writer = app.writer();
    let text = "Tomasz looked at the panel. \"Tomasz said it was green.\"";
    let draft = app
        .draft()
        .title("What Tomasz saw")
        .section("summary", text)
        .section("surprise", "Florence Nightingale wrote about it.")
        .save()
        .await;
    let driver = Driver::start();
    let ada = Person::arrive(&driver, "ada", scripts, app.url()).await;
    scripts_are(&ada).await;
    sign_in(&ada, &writer.email, PASSWORD).await;
    ada.go(&draft.page("/edit")).await;
    let names = ada.at("#names");
    names.shows("Florence Nightingale").await;
    // Enter in an empty field asks for a role; nothing is replaced.
    names.fills("Role in its place", "").await;
    press(&ada, &char::from(Key::Enter).to_string()).await;
    ada.at("#names .bad").shows("Write a few words.").await;
    names.fills("Role in its place", "the pilot").await;
    press(&ada, &char::from(Key::Enter).to_string()).await;
    ada.at("h1").shows("What the pilot saw").await;
    ada.at("#names").shows("in a quotation").await;
    let summary = ada.at("#section-summary").value("Summary").await;
    assert_eq!(
        summary,
        "The pilot looked at the panel. \"Tomasz said it was green.\""
    );
    names.presses("Not a person: Tomasz").await;
    ada.at("#names-kept").shows("Names that stay").await;
    ada.at("#names .items").lacks("Tomasz").await;
    names.unfolds("Keep this name, because …").await;
    names.presses("Keep it").await;
    names.lacks("Role in its place").await;
    names.unfolds("Names that stay").await;
    names
        .shows("Florence Nightingale They agreed to be named.")
        .await;
    ada.browser.clone().close().await.unwrap();
}

#[actix_web::test]
async fn ones_own_words_do_not_stand_in_the_way_of_a_role() {
    if wanted("a role for a name in words just typed, in a browser") {
        beside_ones_own_words(Kind::Chromium).await;
    }
}

#[actix_web::test]
async fn ones_own_words_do_not_stand_in_the_way_of_a_role_in_firefox() {
    if wanted_in_firefox("a role for a name in words just typed, in Firefox") {
        beside_ones_own_words(Kind::Firefox).await;
    }
}

/// What one types oneself is replaced as it stands, however quickly one asks. What somebody else wrote is refused.
async fn beside_ones_own_words(kind: Kind) {
    let app = spawn_app().await;
    let writer = app.writer();
    let draft = app.draft().title("What Tomasz saw");
    let draft = draft.section("summary", "Tomasz looked.").save().await;
    let driver = Driver::of(kind);
    let ada = Person::arrive(&driver, "ada", Scripts::On, app.url()).await;
    sign_in(&ada, &writer.email, PASSWORD).await;
    ada.go(&draft.page("/edit")).await;
    let summary = ada.at("#section-summary");
    let state = ada.at("#section-summary [data-state]");
    let tomasz = ada.at("form[aria-label='A role for Tomasz']");
    // A name that one has just typed is listed.
    summary
        .fills("Summary", "Tomasz looked, and Siobhán called.")
        .await;
    state.shows("Saved").await;
    ada.at("#names").shows("Siobhán").await;
    // The role is typed already when the words before it are saved.
    tomasz.fills("Role in its place", "the pilot").await;
    summary
        .fills("Summary", "Tomasz looked, and Siobhán called him.")
        .await;
    tomasz
        .presses("Replace everywhere in this post-mortem: Tomasz")
        .await;
    ada.at("h1").shows("What the pilot saw").await;
    let told = "The pilot looked, and Siobhán called him.";
    assert_eq!(summary.value("Summary").await, told);
    // Somebody else writes there; this page still shows the words from before, and saves other words of its own.
    let body = json!({"text": "Siobhán called him twice."});
    let path = draft.page("/sections/summary");
    writer.api.put_over(&path, "*", &body).await.expect(200);
    let surprise = ada.at("#section-surprise");
    surprise
        .fills("What surprised us", "The panel was green.")
        .await;
    ada.at("#section-surprise [data-state]")
        .shows("Saved")
        .await;
    let siobhan = ada.at("form[aria-label='A role for Siobhán']");
    siobhan.fills("Role in its place", "the nurse").await;
    siobhan
        .presses("Replace everywhere in this post-mortem: Siobhán")
        .await;
    siobhan
        .shows("The text has changed since this was chosen")
        .await;
    assert_eq!(summary.value("Summary").await, "Siobhán called him twice.");
    ada.browser.clone().close().await.unwrap();
}

async fn press(ada: &Person, keys: &str) {
    let here = ada.browser.active_element().await.unwrap();
    here.send_keys(keys).await.unwrap();
}
