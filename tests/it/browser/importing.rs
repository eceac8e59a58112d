//! A file of another program is chosen, sent, looked at and imported.

use std::io::Write as _;

use fantoccini::Locator;
use tempfile::NamedTempFile;

use super::devtools::slow_upload;
use super::driver::{Driver, Kind, Scripts};
use super::main_job::sign_in;
use super::person::Person;
use super::program::Program;
use super::{main_job, wanted, wanted_in_firefox};
use crate::harness::{PASSWORD, spawn_app};

/// A table whose rows stand for a big file: one of them is long.
fn table(long: usize) -> NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    let text = "x".repeat(long);
    write!(
        file,
        "Time;What\n2026-10-14 14:05;Alarm\n2026-10-14 14:20;Quiet {text}\n"
    )
    .unwrap();
    file.flush().unwrap();
    file
}

async fn choose(ada: &Person, file: &NamedTempFile) {
    let field = ada.browser.find(Locator::Id("file")).await.unwrap();
    field
        .send_keys(&file.path().display().to_string())
        .await
        .unwrap();
}

async fn import(kind: Kind, scripts: Scripts) {
    let app = spawn_app().await;
    let driver = Driver::of(kind);
    let ada = Person::arrive(&driver, "ada", scripts, app.url()).await;
    sign_in(&ada, &app.writer().email, PASSWORD).await;
    let slow = scripts == Scripts::On && matches!(kind, Kind::Chromium);
    let file = table(if slow { 300_000 } else { 10 });
    ada.go("/import").await;
    choose(&ada, &file).await;
    if slow {
        slow_upload(&ada.browser, 200_000).await;
    }
    let page = ada.at("main");
    page.presses("Look at it").await;
    if slow {
        page.shows("% sent").await;
    }
    page.shows("What would be imported").await;
    page.shows("1 to be made").await;
    page.presses("Import it").await;
    page.shows("1 made").await;
    ada.browser.clone().close().await.unwrap();
}

#[actix_web::test]
async fn a_file_is_imported_and_the_page_says_how_far_it_was_sent() {
    if wanted("a file to import in a browser") {
        import(Kind::Chromium, Scripts::On).await;
    }
}

#[actix_web::test]
async fn a_file_is_imported_without_scripts() {
    if wanted("a file to import in a browser without scripts") {
        import(Kind::Chromium, Scripts::Off).await;
    }
}

#[actix_web::test]
async fn a_file_is_imported_in_firefox() {
    if wanted_in_firefox("a file to import in Firefox") {
        import(Kind::Firefox, Scripts::On).await;
    }
}

#[actix_web::test]
async fn a_file_that_could_not_be_sent_is_still_chosen() {
    if !wanted("a file to import while the server is away, in a browser") {
        return;
    }
    let mut program = Program::first_start();
    let driver = Driver::start();
    let ada = Person::arrive(&driver, "ada", Scripts::On, &program.url).await;
    main_job::set_up(&ada, &program.setup).await;
    ada.go("/import").await;
    let file = table(10);
    choose(&ada, &file).await;
    program.stop();
    let page = ada.at("main");
    page.presses("Look at it").await;
    page.shows("The file could not be sent. It is still chosen: try again.")
        .await;
    program.start_again();
    page.presses("Look at it").await;
    page.shows("1 to be made").await;
}
