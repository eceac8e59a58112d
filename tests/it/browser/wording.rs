//! Notes on wording: underlined while one writes, answered under the box, and gone with their sentence.

use fantoccini::key::Key;
use serde_json::json;

use super::driver::{Driver, Kind, Scripts};
use super::main_job::{scripts_are, sign_in};
use super::person::Person;
use super::writing::save_section;
use super::{wanted, wanted_in_firefox};
use crate::harness::{PASSWORD, spawn_app};

const TEXT: &str =
    "It was late. The engineer should have tested the restore.\n\nThe plan lay in a drawer.";

/// What is underlined in the summary, and whether each mark lies in the box; then what is selected where one is.
const SEEN: &str = "const area = document.querySelector('#summary-t');
const back = area.parentElement.querySelector('.back');
const same = ['left', 'top', 'width', 'height'].every((side) => Math.abs(area.getBoundingClientRect()[side] - back.getBoundingClientRect()[side]) < 1);
const marks = [...back.querySelectorAll('mark')].map((mark) => mark.textContent);
const here = document.activeElement;
const chosen = 'selectionStart' in here ? here.value.slice(here.selectionStart, here.selectionEnd) : here.className;
return [marks, same && area.scrollHeight <= area.clientHeight + 1, chosen];";

#[actix_web::test]
async fn a_note_is_answered_in_chromium_with_scripts() {
    if wanted("notes on wording in a browser") {
        journey(Kind::Chromium, Scripts::On).await;
    }
}

#[actix_web::test]
async fn a_note_is_answered_in_chromium_without_scripts() {
    if wanted("notes on wording in a browser without scripts") {
        journey(Kind::Chromium, Scripts::Off).await;
    }
}

#[actix_web::test]
async fn a_note_is_answered_in_firefox_with_scripts() {
    if wanted_in_firefox("notes on wording in Firefox") {
        journey(Kind::Firefox, Scripts::On).await;
    }
}

#[actix_web::test]
async fn a_note_is_answered_in_firefox_without_scripts() {
    if wanted_in_firefox("notes on wording in Firefox without scripts") {
        journey(Kind::Firefox, Scripts::Off).await;
    }
}

async fn journey(kind: Kind, scripts: Scripts) {
    let app = spawn_app().await;
    let writer = app.writer();
    let draft = app
        .draft()
        .title("The engineer should have asked the night shift")
        .section("surprise", "The bell was quiet.")
        .save()
        .await;
    let driver = Driver::of(kind);
    let ada = Person::arrive(&driver, "ada", scripts, app.url()).await;
    scripts_are(&ada).await;
    sign_in(&ada, &writer.email, PASSWORD).await;
    ada.go(&draft.page("/edit")).await;
    save_section(&ada, "summary", "Summary", TEXT).await;
    let notes = ada.at("#section-summary .wording");
    notes.shows("should have").await;
    if scripts == Scripts::On {
        underlined(&ada).await;
    }
    keep(&ada).await;
    // The words go, and the note with them.
    let told = "It was late. The engineer saw a green page.";
    save_section(&ada, "summary", "Summary", told).await;
    notes.lacks("should have").await;
    ada.at("#gate")
        .shows("1 note on wording has no answer yet")
        .await;
    ada.go(&draft.page("/edit")).await;
    assert_eq!(ada.at("#section-summary").value("Summary").await, told);
    notes.lacks("should have").await;
    ada.browser.clone().close().await.unwrap();
}

/// Keeps the words of the summary, and takes it back.
async fn keep(ada: &Person) {
    let notes = ada.at("#section-summary .wording");
    ada.at("#gate")
        .shows("2 notes on wording have no answer yet")
        .await;
    notes.unfolds("Keep it, because …").await;
    notes.ticks("It is a quotation").await;
    notes.presses("Keep it").await;
    ada.at("#gate")
        .shows("1 note on wording has no answer yet")
        .await;
    notes.lacks("Keep it, because …").await;
    notes.unfolds("1 kept as it stands").await;
    notes.shows("Kept: It is a quotation.").await;
    notes.presses("Take back").await;
    ada.at("#gate")
        .shows("2 notes on wording have no answer yet")
        .await;
    notes.shows("Keep it, because …").await;
}

/// Underlines lie under their words, also while one types before them; F8 goes from note to note, and round.
async fn underlined(ada: &Person) {
    sees(ada, json!(["should have"]), None).await;
    let area = "const area = document.querySelector('#summary-t'); area.focus(); area.setSelectionRange(0, 0);";
    ada.browser.execute(area, vec![]).await.unwrap();
    press(ada, "Äh, ").await;
    sees(ada, json!(["should have"]), None).await;
    ada.at("#section-summary [data-state]").shows("Saved").await;
    press_key(ada, Key::F8).await;
    sees(ada, json!(["should have"]), Some("should have")).await;
    press_key(ada, Key::F8).await;
    sees(ada, json!(["should have"]), Some("n-hindsight")).await;
    press_key(ada, Key::F8).await;
    sees(ada, json!(["should have"]), Some("should have")).await;
}

async fn press(ada: &Person, keys: &str) {
    let here = ada.browser.active_element().await.unwrap();
    here.send_keys(keys).await.unwrap();
}

async fn press_key(ada: &Person, key: Key) {
    press(ada, &char::from(key).to_string()).await;
}

/// Waits until these words are underlined, in their place, and these are selected.
async fn sees(ada: &Person, marks: serde_json::Value, chosen: Option<&str>) {
    ada.eventually(
        &format!("{marks} are underlined, {chosen:?} is selected"),
        async || {
            let seen = ada.browser.execute(SEEN, vec![]).await?;
            let right = chosen.is_none_or(|words| seen[2] == json!(words));
            Ok((seen[0] == marks && seen[1] == json!(true) && right).then_some(()))
        },
    )
    .await;
}
