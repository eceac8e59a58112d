//! Steps from the gate, over a second reader, to somebody who finds what was learned.

use super::person::Person;
use super::writing::{self, SEEN, TITLE};

/// Why the gate says no.
const SURPRISE: &str = "Say what surprised you: a surprise shows where the picture and the system differ, and that is what others can learn from.";

/// Asks to publish, is refused with reasons, and mends them.
pub(super) async fn meet_the_gate(ada: &Person) {
    ada.at("#gate").follows("Publish …").await;
    ada.at("main").presses("Publish").await;
    let refusal = ada.at("main [role=alert]");
    refusal
        .shows("Not published: 3 required checks are open")
        .await;
    refusal.shows("Mark the event that was").await;
    refusal
        .shows("Ask somebody other than the shepherd to read and approve it")
        .await;
    refusal.follows(SURPRISE).await;
    ada.arrives_at("/edit#section-surprise").await;
    let surprise = "The alarm was quiet because its source was quiet.";
    writing::save_section(ada, "surprise", "What surprised us", surprise).await;
    writing::mark_event(ada, "15:32", "over").await;
    ada.at("#gate").follows("Publish …").await;
    let page = ada.at("main");
    page.presses("That is right").await;
    page.lacks("Who will be able to read it").await;
    page.presses("Open the review").await;
    page.lacks("Opening the review seals the first story").await;
    page.shows("Nobody has approved it yet").await;
}

/// Somebody else finds it waiting, reads it, and approves.
pub(super) async fn read_and_approve(sefa: &Person) {
    let home = sefa.at("main");
    home.shows("Waiting for a reader").await;
    home.follows(TITLE).await;
    let text = sefa.at("article");
    text.shows("Letters waited for an hour, then all of them went out.")
        .await;
    text.shows("The alarm was quiet because its source was quiet.")
        .await;
    text.shows(SEEN).await;
    text.shows(writing::FINDING).await;
    text.shows("I looked at the panel three times").await;
    text.shows("Show the age of the oldest letter").await;
    sefa.page().follows("Review and publication").await;
    sefa.at("main").presses("I have read it, and approve").await;
    sefa.at("#review").shows("Approved by Sefa Tanaka").await;
}

/// What was approved is published.
pub(super) async fn publish(ada: &Person) {
    ada.go("/").await;
    ada.at("main").follows(TITLE).await;
    ada.at("#gate").follows("Publish …").await;
    let page = ada.at("main");
    page.shows("Approved by Sefa Tanaka").await;
    page.presses("Publish").await;
    ada.at("article .meta").shows("PM-1").await;
    ada.at("article .meta").shows("Published").await;
}

/// Anybody finds the row by its words, and comes to it.
pub(super) async fn find_by_search(sefa: &Person) {
    let search = sefa.at("header");
    search.fills("Search past lessons", "panel green").await;
    search.presses("Search").await;
    sefa.at("h1").shows("Lessons about “panel green”").await;
    let results = sefa.at(".results");
    results.shows(TITLE).await;
    results.follows(SEEN).await;
    sefa.arrives_at("#event-").await;
    sefa.at("li:target").shows(SEEN).await;
}
