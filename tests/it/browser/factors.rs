//! With the keys alone: a factor is found by typing, and a finding that was said before becomes a recurring cause.

use fantoccini::Locator;
use fantoccini::key::Key;

use super::driver::{Driver, Scripts};
use super::main_job::sign_in;
use super::person::Person;
use super::wanted;
use crate::harness::{PASSWORD, Telling, spawn_app};

/// The field in which a factor is found, and what the keys are on.
const ON: &str = "const field = document.querySelector('form.edit [role=combobox]');
const option = document.getElementById(field.getAttribute('aria-activedescendant'));
return [field.getAttribute('aria-expanded'), option ? option.querySelector('b').textContent : ''].join(' ').trim();";

/// Presses a key wherever one is.
async fn press(ada: &Person, key: &str) {
    let here = ada.browser.active_element().await.unwrap();
    here.send_keys(key).await.unwrap();
}

/// Presses Enter on a link, by its words.
async fn enter(ada: &Person, words: &str) {
    let path = format!(".//main//a[normalize-space(text()) = \"{words}\"]");
    ada.eventually(&format!("{words} leads on"), async || {
        let link = ada.browser.find(Locator::XPath(&path)).await?;
        link.send_keys(&char::from(Key::Enter).to_string()).await?;
        Ok(Some(()))
    })
    .await;
}

/// Waits until the list is open or closed, and the keys are on an option or on none.
async fn is_on(ada: &Person, wanted: &str) {
    ada.eventually(&format!("the keys are on: {wanted}"), async || {
        let on = ada.browser.execute(ON, vec![]).await?;
        Ok((on.as_str() == Some(wanted)).then_some(()))
    })
    .await;
}

#[actix_web::test]
async fn a_factor_is_chosen_and_two_findings_become_one_cause_with_the_keys_alone() {
    if !wanted("a factor and a recurring cause with the keys alone, in a browser") {
        return;
    }
    let app = spawn_app().await;
    let writer = app.writer();
    app.story(&Telling {
        by: &writer,
        word: "letter",
        restricted: false,
    });
    let draft = app.draft().title("Invoices waited").save().await;
    let driver = Driver::start();
    let ada = Person::arrive(&driver, "keys", Scripts::On, app.url()).await;
    sign_in(&ada, &writer.email, PASSWORD).await;
    ada.go(&draft.page("/edit?factor=new")).await;
    let form = ada.at("form.edit");
    let finding = "The invoice worker had no room for a second sender.";
    form.fills("One finding, in plain words", finding).await;
    form.shows("The letter worker had no room for a second sender.")
        .await;
    choose_a_factor(&ada).await;
    let with_enter = char::from(Key::Enter).to_string();
    press(&ada, &(Key::Control + with_enter.as_str())).await;
    let row = ada.at("#factors .item");
    row.shows(finding).await;
    row.shows("Too little headroom for the demand").await;
    row.shows("same factor: Too little headroom for the demand")
        .await;
    enter(&ada, "Link as a recurring cause").await;
    ada.at("main")
        .shows(&format!("Next, you link “{finding}” to it"))
        .await;
    let page = ada.at("main");
    page.fills(
        "The condition, in one plain sentence",
        "Nothing is left for a second sender",
    )
    .await;
    press(&ada, &char::from(Key::Enter).to_string()).await;
    page.fills("What is the same", "One worker.").await;
    page.fills("What is different", "Invoices can wait.").await;
    press(&ada, &char::from(Key::Enter).to_string()).await;
    page.shows("2 findings in 2 of 2 post-mortems").await;
}

async fn choose_a_factor(ada: &Person) {
    let form = ada.at("form.edit");
    form.fills("Factor", "headroom").await;
    is_on(ada, "true").await;
    press(ada, &char::from(Key::Escape).to_string()).await;
    is_on(ada, "false").await;
    press(ada, &char::from(Key::Down).to_string()).await;
    is_on(ada, "true Too little headroom for the demand").await;
    form.shows("In people systems").await;
    form.shows("Use instead").await;
    press(ada, &char::from(Key::End).to_string()).await;
    press(ada, &char::from(Key::Home).to_string()).await;
    is_on(ada, "true Too little headroom for the demand").await;
    press(ada, &char::from(Key::Enter).to_string()).await;
    is_on(ada, "false").await;
    assert_eq!(
        form.value("Factor").await,
        "Too little headroom for the demand"
    );
}
