//! A name is replaced by a role, and another one stays, with forms that need no pointer.

use fantoccini::key::Key;

use super::driver::{Driver, Scripts};
use super::main_job::{scripts_are, sign_in};
use super::person::Person;
use super::wanted;
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

async fn press(ada: &Person, keys: &str) {
    let here = ada.browser.active_element().await.unwrap();
    here.send_keys(keys).await.unwrap();
}
