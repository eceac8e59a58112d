//! A chat thread becomes a timeline: two names get roles, lines are taken with the keys, and the figure shows them.

use fantoccini::Locator;

use super::driver::{Driver, Kind, Scripts};
use super::main_job::sign_in;
use super::person::Person;
use super::{wanted, wanted_in_firefox};
use crate::harness::{PASSWORD, spawn_app};

/// A thread as Slack gives it to the clipboard.
const THREAD: &str = "Mara Lindqvist\n  10:32 AM\nCheckout returns 502 for me\n:eyes: 2\nTom Okafor\n  10:34 AM\nrestarting the load balancer\n3 replies\n10:41\nMara says it is green again";

/// Presses a key wherever one is.
async fn press(ada: &Person, key: &str) {
    let here = ada.browser.active_element().await.unwrap();
    here.send_keys(key).await.unwrap();
}

async fn paste_a_thread(driver: &Driver, scripts: Scripts) {
    let app = spawn_app().await;
    let writer = app.writer();
    let ada = Person::arrive(driver, "paste", scripts, app.url()).await;
    sign_in(&ada, &writer.email, PASSWORD).await;
    ada.go("/postmortems/new").await;
    let form = ada.at("main");
    form.fills("Title", "Nobody could pay for an hour").await;
    form.fills("Zone", "Europe/Vienna").await;
    form.fills("Paste a chat thread, alert e-mail or notes", THREAD)
        .await;
    form.presses("Start writing").await;
    let page = ada.at("main");
    page.shows("The text does not say the day.").await;
    page.fills("Day of the first line", "2026-10-14").await;
    page.presses("Read the lines again").await;
    page.shows("Understood as Wed 14 Oct 2026 10:32 CEST, UTC+2.")
        .await;
    page.fills("Role of Mara Lindqvist", "the shop team").await;
    page.fills("Role of Tom Okafor", "the on-call engineer")
        .await;
    if ada.has_scripts() {
        page.ticks("Take line 1").await;
        press(&ada, "x").await;
        press(&ada, "x").await;
        press(&ada, "h").await;
        press(&ada, "u").await;
        for key in ["j", "x", "d", "j", "x", "h"] {
            press(&ada, key).await;
        }
    } else {
        page.presses("Tick all").await;
    }
    page.presses("Add the ticked lines").await;
    let rows = ada.at("#events");
    rows.shows("Checkout returns 502 for me").await;
    rows.shows("restarting the load balancer").await;
    rows.shows("The shop team says it is green again").await;
    rows.lacks("Mara").await;
    rows.lacks("Okafor").await;
    ada.at("#timeline").unfolds("Show as a figure").await;
    let figure = Locator::Css("#timeline figure svg");
    ada.eventually("the figure shows the lines", async || {
        let figure = ada.browser.find(figure).await?;
        Ok(figure.is_displayed().await?.then_some(()))
    })
    .await;
}

#[actix_web::test]
async fn a_pasted_thread_becomes_a_timeline_with_roles_for_names() {
    if wanted("a pasted chat thread in a browser") {
        paste_a_thread(&Driver::start(), Scripts::On).await;
    }
}

#[actix_web::test]
async fn a_pasted_thread_becomes_a_timeline_in_firefox() {
    if wanted_in_firefox("a pasted chat thread in Firefox") {
        paste_a_thread(&Driver::of(Kind::Firefox), Scripts::On).await;
    }
}

#[actix_web::test]
async fn a_pasted_thread_becomes_a_timeline_without_scripts() {
    if wanted("a pasted chat thread in a browser without scripts") {
        paste_a_thread(&Driver::start(), Scripts::Off).await;
    }
}
