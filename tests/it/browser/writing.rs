//! Steps in which a post-mortem is written, part by part.

use super::person::Person;

/// What the first post-mortem is called.
pub(super) const TITLE: &str = "Letters waited for an hour while the panel was green";
/// What people saw, as its timeline tells it.
pub(super) const SEEN: &str = "The panel of the letter queue stayed green";
/// Its first finding.
pub(super) const FINDING: &str = "The letter worker had no room for a second sender.";
/// The factor of its first finding.
pub(super) const FACTOR: &str = "Too little headroom for the demand";

/// Everything but what the gate will ask for: what surprised, and when it was over.
pub(super) async fn write_post_mortem(ada: &Person) {
    ada.page().follows("Start a post-mortem").await;
    begin(ada, TITLE, "Standard").await;
    add_facts(ada).await;
    save_section(
        ada,
        "summary",
        "Summary",
        "Letters waited for an hour, then all of them went out.",
    )
    .await;
    save_section(
        ada,
        "impact",
        "Impact",
        "Two hundred people got their letter twice.",
    )
    .await;
    save_section(
        ada,
        "first-story",
        "First story",
        "On day one it was said that the restart was slow.",
    )
    .await;
    tell_what_happened(ada).await;
    paste_lines(ada).await;
    mark_event(ada, "14:32", "first sign").await;
    add_findings(ada).await;
    add_account(ada).await;
    add_commitment(ada).await;
}

/// Fills in the form of a new post-mortem.
pub(super) async fn begin(ada: &Person, title: &str, depth: &str) {
    let form = ada.at("main");
    form.shows("New post-mortem").await;
    form.fills("Title", title).await;
    form.ticks("Incident").await;
    form.ticks(depth).await;
    form.chooses("Kind of system", "Computers and people").await;
    form.fills("Day it happened", "2026-10-14").await;
    form.fills("Zone", "Europe/Vienna").await;
    form.presses("Start writing").await;
    ada.at("h1").shows(title).await;
    ada.at("#gate").shows("Before publishing").await;
}

async fn add_facts(ada: &Person) {
    ada.page().follows("Title and facts").await;
    let form = ada.at("main");
    form.chooses("Severity", "Severity 2").await;
    form.chooses("What set it off", "A rise or shift in demand")
        .await;
    form.chooses("How it became known", "An affected person reported it")
        .await;
    form.ticks("Slower, partial or wrong service").await;
    form.presses("Save").await;
    ada.at("#gate").shows("Before publishing").await;
}

/// Writes a section. With scripts nobody presses anything: it saves itself.
pub(super) async fn save_section(person: &Person, key: &str, heading: &str, text: &str) {
    let section = format!("#section-{key}");
    let section = person.at(&section);
    section.fills(heading, text).await;
    if !person.has_scripts() {
        section.presses("Save").await;
    }
    let state = format!("#section-{key} [data-state]");
    person.at(&state).shows("Saved").await;
    assert_eq!(section.value(heading).await, text);
}

async fn tell_what_happened(ada: &Person) {
    add_event(ada, "~14:30", "happened", "A second sender was switched on").await;
    add_event(ada, "14:32", "happened", "The letter queue filled").await;
    add_event(ada, "+5m", "people saw", SEEN).await;
    ada.at("#events").shows("~14:30").await;
    ada.at("#events").shows("14:32").await;
    ada.at("#events").shows("14:37").await;
}

/// Adds a row to the timeline.
pub(super) async fn add_event(ada: &Person, when: &str, lane: &str, what: &str) {
    let row = ada.at("#add-event");
    row.fills("When", when).await;
    row.chooses("Lane", lane).await;
    row.fills("What", what).await;
    row.presses("Add").await;
    ada.at("#events").shows(what).await;
}

async fn paste_lines(ada: &Person) {
    let paste = ada.at("#paste");
    paste
        .unfolds("Paste a chat thread, log lines or notes")
        .await;
    let lines = "2026-10-14 14:50 saw two hundred complaints in the inbox\n15:20 did the worker was started again\n15:32 happened the queue ran empty";
    paste.fills("What you have on the clipboard", lines).await;
    paste.presses("Look at the lines").await;
    let page = ada.at("main");
    page.shows("Lines to look at").await;
    page.shows("Nothing is added until you say so").await;
    page.presses("Tick all").await;
    page.presses("Add the ticked lines").await;
    ada.at("#events")
        .shows("two hundred complaints in the inbox")
        .await;
    ada.at("#events").shows("the queue ran empty").await;
}

/// Says which moment an event was.
pub(super) async fn mark_event(ada: &Person, clock: &str, mark: &str) {
    let timeline = ada.at("#timeline");
    timeline
        .follows(&format!("Edit the event at {clock}"))
        .await;
    timeline.chooses("Marks", mark).await;
    timeline.presses("Save").await;
    timeline.lacks(&format!("Event at {clock}")).await;
    ada.at("#events").shows(mark).await;
}

async fn add_findings(ada: &Person) {
    add_finding(ada, FINDING, "Helped it happen", "capacity", FACTOR).await;
    let alone = "The letter queue had one worker and no stand-in.";
    add_finding(
        ada,
        alone,
        "Helped it happen",
        "no stand-in",
        "One part had no stand-in",
    )
    .await;
    let held = "The senders kept the letters until they could go.";
    add_finding(ada, held, "Held, or helped us out", "headroom", FACTOR).await;
}

/// Writes a finding down, finds its factor by other words, and ticks what shows it.
pub(super) async fn add_finding(ada: &Person, text: &str, role: &str, words: &str, factor: &str) {
    let part = ada.at("#factors");
    part.follows("Add a finding").await;
    // Wherever the form stands while a factor is looked for: it is the only one that is open.
    let form = ada.at("form.edit");
    form.fills("One finding, in plain words", text).await;
    form.ticks(role).await;
    form.fills("Factor", words).await;
    form.presses("Find factor").await;
    form.picks(factor).await;
    form.ticks(SEEN).await;
    form.presses("Save").await;
    part.shows("Add a finding").await;
    part.shows(text).await;
    part.shows(factor).await;
    part.shows(SEEN).await;
}

async fn add_account(ada: &Person) {
    let part = ada.at("#accounts");
    part.follows("Add an account").await;
    part.fills("Whose account it is", "On-call engineer").await;
    let told = "I looked at the panel three times, and it was green.";
    part.fills("What they saw, and thought was going on", told)
        .await;
    part.presses("Save").await;
    part.shows("Add an account").await;
    part.shows(told).await;
}

async fn add_commitment(ada: &Person) {
    let part = ada.at("#actions");
    part.follows("Add a commitment").await;
    part.fills("What is to be done", "Show the age of the oldest letter")
        .await;
    part.ticks("A commitment").await;
    part.chooses("The finding it addresses", "The letter worker had no room")
        .await;
    part.chooses("Kind of change", "Make it visible").await;
    part.fills("Owner", "Queues team").await;
    part.fills("By", "2027-05-01").await;
    part.fills(
        "How we will know that it worked",
        "The alarm rings in a rehearsal",
    )
    .await;
    part.presses("Save").await;
    part.shows("Add a commitment").await;
    part.shows("Show the age of the oldest letter").await;
    part.shows("Queues team").await;
}
