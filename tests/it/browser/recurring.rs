//! Steps by which a cause is found to recur.

use super::person::Person;
use super::writing::{self, FACTOR, FINDING, TITLE};

const CAUSE: &str = "Work has grown to fill the room that was left for surprises";
const AGAIN: &str = "The invoice worker had no room for a second sender.";

/// A recurring cause is made from a finding that stands alone so far.
pub(super) async fn make_a_cause(ada: &Person) {
    said_before(ada, FINDING).await;
    let page = ada.at("main");
    page.shows(
        "No other post-mortem that you may read has a finding that shares enough of its words",
    )
    .await;
    page.follows("Make a recurring cause").await;
    page.fills("The condition, in one plain sentence", CAUSE)
        .await;
    page.presses("Write it down").await;
    ada.at("h1").shows(CAUSE).await;
    page.shows("1 finding in 1 of 1 post-mortems").await;
    page.shows(FINDING).await;
}

/// A finding of a second post-mortem reminds of it, and is linked with what is the same and what is different.
pub(super) async fn link_a_second_post_mortem(ada: &Person) {
    ada.at("header").follows("New").await;
    writing::begin(ada, "Invoices waited over night", "Note").await;
    let seen = "The panel of the letter queue stayed green";
    writing::add_event(ada, "09:00", "people saw", seen).await;
    writing::add_finding(ada, AGAIN, "Helped it happen", "capacity", FACTOR).await;
    ada.page().follows("Preview").await;
    said_before(ada, AGAIN).await;
    let page = ada.at("main");
    page.shows(FINDING).await;
    page.shows("same factor: Too little headroom for the demand")
        .await;
    page.follows("Link it to a recurring cause").await;
    ada.at("h1").shows("Recurring causes").await;
    page.follows(CAUSE).await;
    page.fills("What is the same", "One worker, sized for one sender.")
        .await;
    page.fills("What is different", "Invoices can wait; letters could not.")
        .await;
    page.presses("Link").await;
    page.shows("2 findings in 2 of 2 post-mortems").await;
    for words in [
        CAUSE,
        FINDING,
        AGAIN,
        "One worker, sized for one sender.",
        "Invoices can wait; letters could not.",
    ] {
        page.shows(words).await;
    }
    page.follows(FINDING).await;
    ada.at("h1").shows(TITLE).await;
}

/// What was said before that is like this finding of the page.
async fn said_before(ada: &Person, finding: &str) {
    let id = ada.id_around(".factor", finding).await;
    ada.at(&format!("#{id}")).follows("Said before?").await;
    ada.at("h1").shows("Said before, in other words").await;
    ada.at("main .lede").shows(finding).await;
}
