//! What nobody links to: pages that send a form back, pages with two texts, and what scripts add to a page.

use second_story::domain::people::Role;

use super::driver::{Driver, Scripts};
use super::inspector::Inspector;
use super::main_job::sign_in;
use super::person::Person;
use super::wanted;
use crate::harness::{App, PASSWORD, Story, Telling, spawn_app};

/// A post-mortem with every part, and somebody who looks at what happens to it.
struct Visit {
    // The order matters: browsers go before the server.
    inspector: Inspector,
    other: Person,
    _driver: Driver,
    app: App,
    story: Story,
}

impl Visit {
    async fn new(scripts: Scripts) -> Self {
        let app = spawn_app().await;
        let writer = app.writer();
        let story = app.story(&Telling {
            by: &writer,
            word: "letter",
            restricted: false,
        });
        let driver = Driver::start();
        let inspector = Inspector::new(&driver, "wanda", scripts, app.url()).await;
        let other = Person::arrive(&driver, "other", scripts, app.url()).await;
        sign_in(&inspector.person, &writer.email, PASSWORD).await;
        sign_in(&other, &writer.email, PASSWORD).await;
        Self {
            inspector,
            other,
            _driver: driver,
            app,
            story,
        }
    }

    fn editor(&self, below: &str) -> String {
        format!("/postmortems/{}/edit{below}", self.story.id)
    }

    /// Opens the editor, with a row that it names.
    async fn opens(&self, below: &str) {
        self.inspector.person.go(&self.editor(below)).await;
    }

    /// Waits for what the page says now, and looks around.
    async fn looks(&mut self, words: &str) {
        self.inspector.person.page().shows(words).await;
        self.inspector.look_around(words).await;
    }
}

#[actix_web::test]
async fn forms_that_come_back_are_without_barriers() {
    if !wanted("axe-core on forms that come back, in a browser") {
        return;
    }
    let mut visit = Visit::new(Scripts::Off).await;
    refuse_parts(&mut visit).await;
    refuse_pages(&mut visit).await;
    visit.inspector.report(9);
}

/// Each part of the editor sends its form back.
async fn refuse_parts(visit: &mut Visit) {
    visit.opens("").await;
    let row = visit.inspector.person.at("#add-event");
    row.fills("When", "yesterday or so").await;
    row.fills("What", "The panel went grey").await;
    row.presses("Add").await;
    visit.looks("One field needs another look").await;
    for (row, heading) in [
        ("?factor=new#factors", "A finding"),
        ("?action=new#actions", "An action"),
        ("?account=new#accounts", "An account"),
    ] {
        visit.opens(row).await;
        visit.inspector.person.at("form.edit").presses("Save").await;
        visit
            .inspector
            .person
            .at("main [role=alert]")
            .shows("another look")
            .await;
        visit.looks(heading).await;
    }
    visit.opens("#paste").await;
    let paste = visit.inspector.person.at("#paste");
    paste
        .unfolds("Paste a chat thread, log lines or notes")
        .await;
    paste
        .fills(
            "What you have on the clipboard",
            "2026-10-14 14:50 saw complaints\n--:-- something else",
        )
        .await;
    paste.presses("Look at the lines").await;
    visit.looks("Lines to look at").await;
    visit
        .inspector
        .person
        .at("main")
        .presses("Add the ticked lines")
        .await;
    visit.looks("Some lines need another look").await;
}

/// Whole pages come back.
async fn refuse_pages(visit: &mut Visit) {
    let address = format!("/postmortems/{}/publication", visit.story.id);
    visit.inspector.person.go(&address).await;
    visit.inspector.person.at("main").presses("Publish").await;
    visit.looks("Not published").await;
    visit.inspector.person.go("/postmortems/new").await;
    let form = visit.inspector.person.at("main");
    form.fills("Title", "Letters waited").await;
    form.fills("Day it happened", "a Tuesday").await;
    form.presses("Start writing").await;
    visit.looks("One field needs another look").await;
    visit.opens("").await;
    visit.other.go(&visit.editor("")).await;
    for (person, text) in [
        (&visit.other, "Theirs, at length."),
        (&visit.inspector.person, "Mine, in short."),
    ] {
        let section = person.at("#section-summary");
        section.fills("Summary", text).await;
        section.presses("Save").await;
        person.page().shows(text).await;
    }
    visit
        .looks("Someone else changed this while you were writing")
        .await;
    let outside = visit.app.person("Rea Lindqvist", Role::Reader);
    sign_in(&visit.inspector.person, &outside.email, PASSWORD).await;
    visit.inspector.look_at(&visit.editor("")).await;
}

#[actix_web::test]
async fn what_scripts_add_to_a_page_is_without_barriers() {
    if !wanted("axe-core on what scripts add, in a browser") {
        return;
    }
    let mut visit = Visit::new(Scripts::On).await;
    visit.opens("").await;
    visit.other.go(&visit.editor("")).await;
    for (person, text, state) in [
        (&visit.other, "Theirs, at length.", "Saved"),
        (&visit.inspector.person, "Mine, in short.", "Someone else"),
    ] {
        person.at("#section-summary").fills("Summary", text).await;
        person
            .at("#section-summary [data-state]")
            .shows(state)
            .await;
    }
    visit
        .looks("Someone else changed this while you were writing")
        .await;
    visit
        .inspector
        .person
        .at("#section-summary .notice")
        .presses("Save mine")
        .await;
    visit
        .inspector
        .person
        .at("#section-summary [data-state]")
        .shows("Saved")
        .await;
    visit.inspector.person.at("footer").follows("Keys").await;
    visit.looks("Keys of one letter work").await;
    visit.opens("?factor=new#factors").await;
    let form = visit.inspector.person.at("form.edit");
    form.fills("Factor", "capacity").await;
    visit.looks("A new finding").await;
    visit.inspector.report(3);
}

#[actix_web::test]
async fn the_inspector_finds_what_is_planted() {
    if !wanted("proof that axe-core finds something, in a browser") {
        return;
    }
    let driver = Driver::start();
    let app = spawn_app().await;
    let mut inspector = Inspector::new(&driver, "rea", Scripts::On, app.url()).await;
    inspector.person.go("/help").await;
    let plant = "const image = document.createElement('img'); image.src = 'data:,';
        const faint = document.createElement('p'); faint.textContent = 'faint'; faint.style.color = '#888';
        faint.style.background = '#999'; faint.style.width = '600px'; document.querySelector('main').append(image, faint);";
    inspector
        .person
        .browser
        .execute(plant, vec![])
        .await
        .unwrap();
    inspector.look_around("planted").await;
    let found = inspector.found().join("\n");
    for words in [
        "Light: image-alt",
        "Light: color-contrast",
        "Dark: color-contrast",
        "Narrow: 6",
    ] {
        assert!(found.contains(words), "{words} is not in {found}");
    }
}
