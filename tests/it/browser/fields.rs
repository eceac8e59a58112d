//! Notes on wording in the forms of rows: in one-line fields, in rows that are not saved, with the keys, and without
//! anything moving.

use fantoccini::key::Key;
use serde_json::{Value, json};

use super::driver::{Driver, Kind, Scripts};
use super::main_job::sign_in;
use super::person::Person;
use super::{wanted, wanted_in_firefox};
use crate::harness::{PASSWORD, spawn_app};

const BLAME: &str = "The engineer should have tested the restore, and this line is so long that it runs out of its field";

/// What lies behind a field: its underlined words, whether it lies there, whether it runs along, and what is said of it.
const SEEN: &str = "const field = document.querySelector(arguments[0]);
const back = field.parentElement.querySelector('.back');
const marks = [...back.querySelectorAll('mark')].map((mark) => mark.textContent);
const [box, behind] = [field, back].map((one) => one.getBoundingClientRect());
const same = ['left', 'top', 'width', 'height'].every((side) => Math.abs(box[side] - behind[side]) < 1);
const list = field.closest('.noted').querySelector('.wording');
const described = field.getAttribute('aria-describedby').split(' ').includes(list.querySelector('summary')?.id);
return [marks, same && back.scrollLeft === field.scrollLeft, described];";

/// Where everything stands that is no part of a note, nor beside the page.
const PLACES: &str = "return [...document.querySelectorAll('main h2, main label, main button')]
.filter((one) => !one.closest('.wording, .rail') && one.offsetParent).map((one) => Math.round(one.getBoundingClientRect().top + scrollY));";

/// Adds up how much the page moves by itself from now on, where the browser says.
const WATCH: &str = "window.moved = 0;
if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.moved += entry.value; }))
    .observe({ type: 'layout-shift' });
}";

#[actix_web::test]
async fn a_row_is_noted_before_it_is_saved_in_chromium() {
    if wanted("notes on rows in a browser") {
        journey(Kind::Chromium).await;
    }
}

#[actix_web::test]
async fn a_row_is_noted_before_it_is_saved_in_firefox() {
    if wanted_in_firefox("notes on rows in Firefox") {
        journey(Kind::Firefox).await;
    }
}

async fn journey(kind: Kind) {
    let app = spawn_app().await;
    let writer = app.writer();
    let saved = app.ready_postmortem().await;
    let publication = saved.page("/publication");
    writer.api.put(&publication, &json!({})).await.expect(200);
    let driver = Driver::of(kind);
    let ada = Person::arrive(&driver, "ada", Scripts::On, app.url()).await;
    sign_in(&ada, &writer.email, PASSWORD).await;
    ada.go(&saved.page("/edit")).await;
    // In a row that is not there yet.
    typed(&ada, "#add-when", "2026-10-14 14:00").await;
    ada.at("#add-h").shows("Understood as").await;
    ada.browser.execute(WATCH, vec![]).await.unwrap();
    let before = places(&ada).await;
    typed(&ada, "#add-text", BLAME).await;
    underlined(&ada, "#add-text").await;
    stands(&before, &places(&ada).await);
    typed(&ada, "#add-action", BLAME).await;
    underlined(&ada, "#add-action").await;
    stands(&before, &places(&ada).await);
    let moved = ada
        .browser
        .execute("return window.moved", vec![])
        .await
        .unwrap();
    assert_eq!(moved.as_f64(), Some(0.0), "the page moved by itself");
    // From note to note, in the order of the page.
    let start = "document.querySelector('#summary-t').focus()";
    ada.browser.execute(start, vec![]).await.unwrap();
    for field in ["add-text", "add-action", "add-text"] {
        press(&ada, Key::F8).await;
        chosen(&ada, field).await;
    }
    // Its readers are promised an answer: it goes with the row.
    let event = ada.at("#add-event");
    event.chooses("Keep", "It is a quotation").await;
    event.presses("Add").await;
    ada.at("#events").shows("1 kept as it stands").await;
    // A row with several fields, refused and given back with its words.
    ada.at("#actions").follows("Add a commitment").await;
    typed(&ada, "#a-known_by", BLAME).await;
    underlined(&ada, "#a-known_by").await;
    typed(&ada, "#a-title", "Rehearse it").await;
    ada.at("#actions").presses("Save").await;
    ada.at("main").shows("These words are not saved yet").await;
    let form = ada.at("main form.edit");
    form.chooses("Keep", "It is an agreed expectation").await;
    form.presses("Save").await;
    ada.at("#actions").shows("Rehearse it").await;
    ada.at("#actions").shows("1 kept as it stands").await;
    ada.browser.clone().close().await.unwrap();
}

async fn typed(ada: &Person, field: &str, text: &str) {
    let found = fantoccini::Locator::Css(field);
    let field = ada.browser.wait().for_element(found).await.unwrap();
    ada.show(&field).await.unwrap();
    field.click().await.unwrap();
    field.send_keys(text).await.unwrap();
}

async fn places(ada: &Person) -> Value {
    ada.browser.execute(PLACES, vec![]).await.unwrap()
}

/// Nothing moved, but for what rounding makes of parts of a pixel.
#[track_caller]
fn stands(before: &Value, after: &Value) {
    let (before, after) = (before.as_array().unwrap(), after.as_array().unwrap());
    let near = |(one, other): (&Value, &Value)| {
        (one.as_f64().unwrap() - other.as_f64().unwrap()).abs() <= 1.0
    };
    let same = before.len() == after.len() && before.iter().zip(after).all(near);
    assert!(same, "something moved: {before:?} {after:?}");
}

async fn press(ada: &Person, key: Key) {
    let here = ada.browser.active_element().await.unwrap();
    here.send_keys(&char::from(key).to_string()).await.unwrap();
}

/// Waits until the words are underlined, in their place, and told to those who listen.
async fn underlined(ada: &Person, field: &str) {
    ada.eventually(&format!("{field} is underlined"), async || {
        let seen = ada.browser.execute(SEEN, vec![json!(field)]).await?;
        Ok((seen == json!([["should have"], true, true])).then_some(()))
    })
    .await;
}

/// Waits until the words of a note are selected in a field.
async fn chosen(ada: &Person, field: &str) {
    const HERE: &str = "const here = document.activeElement; return [here.id, here.value?.slice(here.selectionStart, here.selectionEnd)];";
    ada.eventually(&format!("a note of {field} is selected"), async || {
        let seen = ada.browser.execute(HERE, vec![]).await?;
        Ok((seen == json!([field, "should have"])).then_some(()))
    })
    .await;
}
