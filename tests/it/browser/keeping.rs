//! Words are never lost: a section saves itself, two windows meet, and the server goes away.

use fantoccini::wd::WindowHandle;
use serde_json::json;

use super::devtools::{run_first, slow_down};
use super::driver::{Driver, Scripts};
use super::main_job::set_up;
use super::person::Person;
use super::program::Program;
use super::wanted;

const SUMMARY: &str = "#section-summary";
const STATE: &str = "#section-summary [data-state]";

/// A post-mortem that somebody has begun.
struct Begun {
    // The order matters: the browser goes before the program.
    ada: Person,
    _driver: Driver,
    program: Program,
    /// Where it is written.
    editor: String,
}

impl Begun {
    async fn new() -> Self {
        let program = Program::first_start();
        let driver = Driver::start();
        let ada = Person::arrive(&driver, "ada", Scripts::On, &program.url).await;
        set_up(&ada, &program.setup).await;
        ada.page().follows("Start a post-mortem").await;
        let form = ada.at("main");
        form.fills("Title", "Letters waited").await;
        form.presses("Start writing").await;
        ada.at("h1").shows("Letters waited").await;
        let editor = ada.address().await;
        Self {
            ada,
            _driver: driver,
            program,
            editor,
        }
    }

    /// Types into the summary, and presses nothing.
    async fn types(&self, text: &str) {
        self.ada.at(SUMMARY).fills("Summary", text).await;
    }

    /// Waits until the line beside the summary says this.
    async fn hears(&self, state: &str) {
        self.ada.at(STATE).shows(state).await;
    }

    /// Opens the editor anew; the summary holds this.
    async fn comes_back_to(&self, text: &str) {
        self.ada.go(&self.editor).await;
        assert_eq!(self.ada.at(SUMMARY).value("Summary").await, text);
    }

    /// Turns to another window.
    async fn turns_to(&self, window: &WindowHandle) {
        self.ada
            .browser
            .switch_to_window(window.clone())
            .await
            .unwrap();
    }
}

#[actix_web::test]
async fn a_section_saves_itself_while_one_writes() {
    if !wanted("a section that saves itself, in a browser") {
        return;
    }
    let begun = Begun::new().await;
    begun.types("Letters waited for an hour.").await;
    begun.hears("Saved").await;
    begun.comes_back_to("Letters waited for an hour.").await;
    begun
        .types("Letters waited for an hour, then all of them went out.")
        .await;
    begun.hears("Not saved yet").await;
    begun.hears("Saved").await;
    begun
        .comes_back_to("Letters waited for an hour, then all of them went out.")
        .await;
}

#[actix_web::test]
async fn words_typed_before_the_scripts_ran_stay_and_are_saved() {
    if !wanted("somebody quicker than the scripts, in a browser") {
        return;
    }
    let begun = Begun::new().await;
    // The page is read, and its scripts have not run: the browser sends `input` to nobody.
    let quick = "document.addEventListener('readystatechange', () => {
        const box = document.getElementById('summary-t');
        if (document.readyState !== 'interactive' || !box || box.value) return;
        box.focus();
        box.value = 'Letters waited';
    })";
    run_first(&begun.ada.browser, quick).await;
    begun.ada.go(&begun.editor).await;
    begun.hears("Saved").await;
    begun.comes_back_to("Letters waited").await;
}

#[actix_web::test]
async fn what_is_still_to_do_follows_a_section_that_saves_itself() {
    if !wanted("a panel that follows what is saved, in a browser") {
        return;
    }
    let begun = Begun::new().await;
    let ada = &begun.ada;
    let panel = ada.at("#gate");
    panel
        .shows("Write a summary of at least one sentence")
        .await;
    let required = ada.at("#gate h3").words().await.unwrap();
    let unfold = "document.getElementById('met').open = true";
    ada.browser.execute(unfold, vec![]).await.unwrap();
    begun.types("Letters waited for an hour.").await;
    panel
        .lacks("Write a summary of at least one sentence")
        .await;
    panel.shows("There is a title and a summary.").await;
    let now = ada.at("#gate h3").words().await.unwrap();
    assert_ne!(required, now);
    let on = "return document.activeElement.id";
    let on = ada.browser.execute(on, vec![]).await.unwrap();
    assert_eq!(on, json!("summary-t"), "the person was taken elsewhere");
    ada.eventually("the count is said", async || {
        let said = "return document.getElementById('say').textContent";
        let said = ada.browser.execute(said, vec![]).await?;
        Ok(said
            .as_str()
            .unwrap_or_default()
            .contains(&now)
            .then_some(()))
    })
    .await;
}

#[actix_web::test]
async fn two_windows_that_changed_one_section_show_both_texts_and_lose_neither() {
    if !wanted("two windows over one section, in a browser") {
        return;
    }
    let begun = Begun::new().await;
    begun.types("Letters waited.").await;
    begun.hears("Saved").await;
    let first = begun.ada.browser.window().await.unwrap();
    let second = begun.ada.browser.new_window(false).await.unwrap().handle;
    begun.turns_to(&second).await;
    begun.comes_back_to("Letters waited.").await;
    begun.types("Letters waited for an hour.").await;
    begun.hears("Saved").await;

    begun.turns_to(&first).await;
    begun
        .types("Letters waited because the worker was full.")
        .await;
    begun.hears("Someone else changed this").await;
    let panel = begun.ada.at("#section-summary .notice");
    panel
        .shows("Someone else changed this while you were writing")
        .await;
    panel.shows("Letters waited for an hour.").await;
    let mine = begun.ada.at(SUMMARY).value("Summary").await;
    assert_eq!(mine, "Letters waited because the worker was full.");
    panel.presses("Save mine").await;
    begun.hears("Saved").await;
    begun
        .comes_back_to("Letters waited because the worker was full.")
        .await;

    begun.turns_to(&second).await;
    begun.types("Letters waited for a whole hour.").await;
    panel.presses("Take theirs").await;
    begun.hears("Saved").await;
    let theirs = begun.ada.at(SUMMARY).value("Summary").await;
    assert_eq!(theirs, "Letters waited because the worker was full.");
    nothing_is_lost(&begun).await;
}

/// Every text that was typed stands in the history, and the one that was not kept too.
async fn nothing_is_lost(begun: &Begun) {
    let page = begun.ada.at("main");
    begun.ada.page().follows("History").await;
    page.ticks("From Summary, version 2").await;
    page.ticks("To Summary, version 3").await;
    page.presses("Compare").await;
    let (theirs, mine) = (
        "Letters waited for an hour.",
        "Letters waited because the worker was full.",
    );
    compared(&begun.ada, theirs, mine).await;
    page.ticks("From Summary, not in use").await;
    page.presses("Compare").await;
    compared(&begun.ada, "Letters waited for a whole hour.", mine).await;
}

/// Waits until the difference between these two texts is shown.
async fn compared(person: &Person, older: &str, newer: &str) {
    const SIDES: &str = "const without = (kind) => {
        const copy = document.querySelector('.diff').cloneNode(true);
        copy.querySelectorAll(kind).forEach((piece) => piece.remove());
        return copy.textContent;
    };
    return [without('ins'), without('del')];";
    let expected = json!([older, newer]);
    person
        .eventually(
            &format!("{older:?} is compared with {newer:?}"),
            async || {
                let sides = person.browser.execute(SIDES, vec![]).await?;
                Ok((sides == expected).then_some(()))
            },
        )
        .await;
}

#[actix_web::test]
async fn a_click_on_a_slow_way_waits_its_turn_and_is_not_lost() {
    if !wanted("clicks on a slow way, in a browser") {
        return;
    }
    let begun = Begun::new().await;
    slow_down(&begun.ada.browser, 500).await;
    let row = begun.ada.at("#add-event");
    row.fills("When", "14:32").await;
    row.fills("What", "The letter queue filled").await;
    row.presses("Add").await;
    begun.ada.at("#factors").follows("Add a finding").await;
    begun
        .ada
        .at("#events")
        .shows("The letter queue filled")
        .await;
    begun
        .ada
        .at("#factors")
        .shows("One finding, in plain words")
        .await;
}

#[actix_web::test]
async fn words_typed_while_the_server_is_away_go_out_when_it_is_back() {
    if !wanted("writing through a lost connection, in a browser") {
        return;
    }
    let mut begun = Begun::new().await;
    begun.program.stop();
    begun.types("Letters waited for an hour.").await;
    begun.hears("Offline — kept on this computer").await;
    begun.program.start_again();
    begun.hears("Saved").await;
    begun.comes_back_to("Letters waited for an hour.").await;
}

#[actix_web::test]
async fn words_of_a_page_that_was_left_while_the_server_was_away_are_offered_again() {
    if !wanted("words given back after a lost connection, in a browser") {
        return;
    }
    let mut begun = Begun::new().await;
    begun.program.stop();
    begun.types("Letters waited for an hour.").await;
    begun.hears("Offline — kept on this computer").await;
    begun.ada.go("about:blank").await;
    begun.program.start_again();
    begun.ada.go(&begun.editor).await;
    let section = begun.ada.at(SUMMARY);
    // What the page sends as it is left may still reach a server that comes back at that moment: then nothing is offered.
    if section.value("Summary").await.is_empty() {
        section.shows("You have unsaved words from").await;
        section.presses("Use").await;
    }
    assert_eq!(
        section.value("Summary").await,
        "Letters waited for an hour."
    );
    begun.hears("Saved").await;
    section.lacks("You have unsaved words from").await;
    begun.comes_back_to("Letters waited for an hour.").await;
}
