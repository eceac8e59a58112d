//! Follow-up items.

use super::{markdown, section};
use crate::domain::intake::IntakeAction;

fn actions(text: &str) -> Vec<IntakeAction> {
    markdown(&format!("# T\n\n## Action items\n\n{text}")).actions
}

#[test]
fn items_boxes_and_states_are_read() {
    let found = actions(
        "- [x] Raise the limit\n- [ ] Write\n  it down\n- ~~Move it~~\n- Add alarm (done)\n1. Not done: check\n",
    );
    let said: Vec<_> = found
        .iter()
        .map(|action| (action.title.as_str(), action.done))
        .collect();
    assert_eq!(
        said,
        [
            ("Raise the limit", Some(true)),
            ("Write it down", Some(false)),
            ("~~Move it~~", Some(true)),
            ("Add alarm (done)", Some(true)),
            ("Not done: check", Some(false))
        ]
    );
}

#[test]
fn headings_below_name_the_group_even_if_they_mean_something_elsewhere() {
    let found = actions(
        "### Monitoring\n\n1. Watch the API server [issue](https://git.example/a/b/issues/19).\n",
    );
    assert_eq!(found[0].note, "Monitoring");
    assert_eq!(
        found[0].tracker.as_deref(),
        Some("https://git.example/a/b/issues/19")
    );
    assert_eq!(
        markdown("# T\n## Remediation\n### Immediate actions (completed)\n- Limit raised\n")
            .actions[0]
            .done,
        Some(true)
    );
}

#[test]
fn bold_words_at_the_start_of_an_item_are_no_heading() {
    let found = actions("- **Monitoring**: add an alarm\n- **Detection**: add a dashboard\n");
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].title, "**Monitoring**: add an alarm");
}

#[test]
fn numbered_headings_are_items() {
    let found =
        actions("### 1) Clean up [repair]\n\nEvery five days.\n\n### 2) Alarms\n\nAt 90%.\n");
    let said: Vec<_> = found
        .iter()
        .map(|action| (action.title.as_str(), action.note.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            ("Clean up [repair]", "Every five days."),
            ("Alarms", "At 90%.")
        ]
    );
}

#[test]
fn a_table_gives_items_with_owner_and_state() {
    let found = actions(
        "| Action | Owner | Status |\n|---|---|---|\n| Raise the limit | Platform team | Done |\n| Ask | Ann | open |\n",
    );
    assert_eq!(
        (
            found[0].title.as_str(),
            found[0].owner.as_deref(),
            found[0].done
        ),
        ("Raise the limit", Some("Platform team"), Some(true))
    );
    assert_eq!(
        (found[1].owner.as_deref(), found[1].note.as_str()),
        (None, "Owner: Ann\nStatus: open")
    );
}

#[test]
fn an_owner_is_a_team_or_a_role() {
    assert_eq!(
        actions("- Do it. Owner: the on-call lead\n")[0]
            .owner
            .as_deref(),
        Some("the on-call lead")
    );
    assert_eq!(actions("- Do it. Owner: Ann Smith\n")[0].owner, None);
    assert_eq!(actions("- Do it. Owner: @platform-team\n")[0].owner, None);
}

#[test]
fn prose_stays_as_text() {
    let intake = markdown("# T\n## Corrective and preventative measures\n\nWe train everybody.\n");
    assert!(intake.actions.is_empty());
    assert_eq!(section(&intake, "follow-up"), "We train everybody.");
}

#[test]
fn a_long_item_is_cut_after_its_first_sentence() {
    let found = actions(&format!("- Take the tools apart. {}\n", "word ".repeat(80)));
    assert_eq!(found[0].title, "Take the tools apart.");
    assert!(found[0].note.starts_with("word word"));
}
