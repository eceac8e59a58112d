//! A post-mortem is begun: notes on its title and past post-mortems that are like it, while it is typed.

use fantoccini::Locator;
use serde_json::json;

use super::driver::{Driver, Kind, Scripts};
use super::main_job::sign_in;
use super::person::Person;
use super::{wanted, wanted_in_firefox};
use crate::harness::{PASSWORD, spawn_app};

const BEFORE: &str = "Letters waited for an hour while the panel was green";
const TITLE: &str = "The engineer should have seen that letters waited for an hour";

/// Where the second field begins, and which words of the title are underlined.
const SEEN: &str =
    "const top = document.querySelector('fieldset').getBoundingClientRect().top + scrollY;
const marks = [...document.querySelectorAll('main .grow.one mark')].map((mark) => mark.textContent);
return [top, marks];";

#[actix_web::test]
async fn a_title_is_looked_at_while_it_is_typed() {
    if wanted("notes on the title of a new post-mortem, in a browser") {
        begin(Kind::Chromium).await;
    }
}

#[actix_web::test]
async fn a_title_is_looked_at_while_it_is_typed_in_firefox() {
    if wanted_in_firefox("notes on the title of a new post-mortem, in Firefox") {
        begin(Kind::Firefox).await;
    }
}

async fn begin(kind: Kind) {
    let app = spawn_app().await;
    let writer = app.writer();
    app.draft().title(BEFORE).save().await;
    let hidden = app.draft().by(&app.keeper()).restricted();
    hidden
        .title("Letters waited for an hour in secret")
        .save()
        .await;
    let driver = Driver::of(kind);
    let ada = Person::arrive(&driver, "ada", Scripts::On, app.url()).await;
    sign_in(&ada, &writer.email, PASSWORD).await;
    ada.go("/postmortems/new").await;
    ada.at("#past").shows("As soon as there is a title").await;
    let before = ada.browser.execute(SEEN, vec![]).await.unwrap();
    let form = ada.at("main");
    form.fills("Title", TITLE).await;
    ada.at("#past").shows(BEFORE).await;
    form.shows("1 past post-mortem is like this").await;
    form.shows("1 note on wording").await;
    ada.at("#past").lacks("in secret").await;
    let seen = ada.browser.execute(SEEN, vec![]).await.unwrap();
    assert_eq!(
        seen,
        json!([before[0], ["should have seen"]]),
        "something moved"
    );
    form.unfolds("1 note on wording").await;
    let option = Locator::XPath("//select[@name='keep']/option[contains(., 'quotation')]");
    ada.browser
        .find(option)
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    form.presses("Start writing").await;
    ada.at("h1").shows(TITLE).await;
    // What was answered beside the title is kept with it.
    let kept = ada.at("#title");
    kept.unfolds("1 kept as it stands").await;
    kept.shows("Kept: It is a quotation.").await;
    ada.browser.clone().close().await.unwrap();
}
