//! The main job, end to end: from the first start of the program to a cause that recurs in two post-mortems.
//!
//! One script of steps. Without scripts in the page, parts are saved by their buttons; nothing else differs.

use super::driver::{Driver, Scripts};
use super::person::Person;
use super::program::Program;
use super::{publishing, recurring, wanted, writing};
use crate::harness::PASSWORD;

/// A page that says whether its script ran.
const PROOF: &str = "data:text/html,<p id=p>Scripts are off</p><script>document.getElementById('p').textContent = 'Scripts are on'</script>";

#[actix_web::test]
async fn a_person_does_the_main_job_with_scripts() {
    if wanted("the main job in a browser") {
        main_job(Scripts::On).await;
    }
}

#[actix_web::test]
async fn a_person_does_the_main_job_without_scripts() {
    if wanted("the main job in a browser without scripts") {
        main_job(Scripts::Off).await;
    }
}

async fn main_job(scripts: Scripts) {
    let program = Program::first_start();
    let driver = Driver::start();
    let ada = Person::arrive(&driver, "ada", scripts, &program.url).await;
    scripts_are(&ada).await;
    set_up(&ada, &program.setup).await;
    add_colleague(&ada).await;
    sign_in_again(&ada).await;
    writing::write_post_mortem(&ada).await;
    publishing::meet_the_gate(&ada).await;
    let sefa = Person::arrive(&driver, "sefa", scripts, &program.url).await;
    sign_in(&sefa, "sefa@example.org", PASSWORD).await;
    publishing::read_and_approve(&sefa).await;
    publishing::publish(&ada).await;
    publishing::find_by_search(&sefa).await;
    recurring::make_a_cause(&ada).await;
    recurring::link_a_second_post_mortem(&ada).await;
}

/// Proves that scripts run, or do not, as this journey says.
pub(super) async fn scripts_are(ada: &Person) {
    ada.go(PROOF).await;
    let said = if ada.has_scripts() {
        "Scripts are on"
    } else {
        "Scripts are off"
    };
    ada.page().shows(said).await;
}

/// Makes the first administrator, by the link that the terminal shows.
pub(super) async fn set_up(ada: &Person, link: &str) {
    ada.go(link).await;
    ada.page().shows("Set up Second Story").await;
    let form = ada.at("main");
    form.fills("Name of the organisation", "Harbour Letters")
        .await;
    form.fills("Your name", "Ada Brandt").await;
    form.fills("Your e-mail address", "ada@example.org").await;
    form.fills("A password", PASSWORD).await;
    form.presses("Finish").await;
    ada.page().shows("Welcome to Second Story").await;
    ada.go(link).await;
    ada.page()
        .shows("This setup link does not work any more")
        .await;
    ada.page().follows("To the first page").await;
    ada.page().shows("Welcome to Second Story").await;
}

async fn add_colleague(ada: &Person) {
    ada.page().unfolds("Account").await;
    ada.page().follows("People and roles").await;
    let form = ada.at("main");
    form.shows("People and roles").await;
    form.fills("Name", "Sefa Tanaka").await;
    form.fills("E-mail address", "sefa@example.org").await;
    form.chooses("Role", "Writer").await;
    form.fills("First password", PASSWORD).await;
    form.presses("Add").await;
    ada.at("main table").shows("Sefa Tanaka").await;
}

async fn sign_in_again(ada: &Person) {
    ada.page().unfolds("Account").await;
    ada.page().presses("Sign out").await;
    ada.page().shows("E-mail address").await;
    ada.page().lacks("Account").await;
    sign_in(ada, "ada@example.org", PASSWORD).await;
}

/// Signs in, as everybody does.
pub(super) async fn sign_in(person: &Person, email: &str, password: &str) {
    person.go("/session/new").await;
    let form = person.at("main");
    form.fills("E-mail address", email).await;
    form.fills("Password", password).await;
    form.presses("Sign in").await;
    person.at("header").shows("Account").await;
}
