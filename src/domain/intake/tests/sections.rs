//! Parts of a text and where they go.

use super::{markdown, section};
use crate::domain::intake::headings::{self, Role};
use crate::domain::intake::read;

#[test]
fn headings_are_known_by_their_synonyms() {
    for (heading, key) in [
        ("Summary ##", "summary"),
        ("TL;DR", "summary"),
        ("What went well?", "went-well"),
        ("What Didn’t Go Well", "went-badly"),
        ("Where did we get lucky?", "luck"),
        ("Customer Impact", "impact"),
        ("How we noticed", "detection"),
        ("Resolution and recovery", "response"),
        ("Lessons Learnt", "lessons"),
        ("Root Causes and Trigger", "causes"),
        ("Contributing Factors (findings)", "causes"),
        ("5 Whys", "causes"),
        (
            "Timeline (all times PST). All times approximate",
            "timeline",
        ),
        ("Incident Timeline", "timeline"),
        ("3. Action Items", "follow-up"),
        ("Next steps", "follow-up"),
        ("**Follow-ups**", "follow-up"),
        ("Status page", "external"),
        ("What surprised us", "surprise"),
        ("Open questions", "open-questions"),
        ("Defences that held", "defences"),
    ] {
        assert_eq!(
            headings::role(heading).map(Role::key),
            Some(key),
            "{heading}"
        );
    }
    for heading in [
        "Attendees",
        "Stats",
        "Impactful people",
        "Causeway",
        "Kubernetes",
        "",
    ] {
        assert_eq!(headings::role(heading), None, "{heading}");
    }
}

#[test]
fn every_section_key_is_one_of_the_templates() {
    for key in headings::keys() {
        assert!(
            crate::domain::templates::core().section(key).is_some(),
            "{key} is in no template"
        );
    }
}

#[test]
fn parts_with_the_same_meaning_become_one_section() {
    let intake = markdown("# T\n\n## Summary\n\none\n\n## Impact\n\ntwo\n\n## Overview\n\nthree\n");
    assert_eq!(section(&intake, "summary"), "one\n\n### Overview\n\nthree");
    assert_eq!(intake.sections[0].heading, "Summary");
}

#[test]
fn unknown_headings_are_kept_in_the_notes() {
    let intake = markdown("# T\n\n## Attendees\n\n- two people\n\n## Stats\n\nCategory: network\n");
    assert_eq!(
        section(&intake, "notes"),
        "### Attendees\n\n- two people\n\n### Stats\n\nCategory: network"
    );
}

#[test]
fn what_stands_above_the_first_heading_is_the_summary_unless_there_is_one() {
    assert_eq!(
        section(
            &markdown("# T\n\nIt broke.\n\n## Impact\n\nAll.\n"),
            "summary"
        ),
        "It broke."
    );
    let both = markdown("# T\n\nBy the team.\n\n## Summary\n\nIt broke.\n");
    assert_eq!(
        (section(&both, "summary"), section(&both, "notes")),
        ("It broke.", "By the team.")
    );
}

#[test]
fn known_headings_below_others_have_their_own_section() {
    let intake = markdown(
        "# T\n## Root Cause\nA full disk.\n### Things that went well\nCalm.\n## Lessons learned\n### What went wrong\nNo alarm.\n",
    );
    assert_eq!(
        (
            section(&intake, "causes"),
            section(&intake, "went-well"),
            section(&intake, "went-badly")
        ),
        ("A full disk.", "Calm.", "No alarm.")
    );
}

#[test]
fn causes_become_statements_and_stay_as_text() {
    let intake = markdown(
        "# T\n## Contributing factors\n\nThe biggest was this:\n\n- No limit\n  on memory\n- Alarm drowned in noise\n",
    );
    let found: Vec<&str> = intake
        .factors
        .iter()
        .map(|factor| factor.text.as_str())
        .collect();
    assert_eq!(found, ["No limit\non memory", "Alarm drowned in noise"]);
    assert!(section(&intake, "causes").contains("- Alarm drowned in noise"));
    assert_eq!(
        markdown("# T\n## Trigger\n\nA deploy on Friday.\n").factors[0].text,
        "A deploy on Friday."
    );
}

#[test]
fn questions_of_a_template_say_what_follows_them() {
    let intake = read(
        "20200127-x.txt",
        "It was slow.\n\nWhat went well?\n• alarm in a minute\n\nWhere did we get lucky?\n• for example: user's error report was exceptionally detailed\n\nExplicit next steps to prevent this from happening again as much as possible.\n• Done Add an alarm\n",
    );
    assert_eq!(section(&intake, "went-well"), "- alarm in a minute");
    assert_eq!(section(&intake, "luck"), "");
    assert_eq!(
        (intake.actions[0].title.as_str(), intake.actions[0].done),
        ("Done Add an alarm", Some(true))
    );
}

#[test]
fn a_label_in_plain_text_holds_for_one_paragraph() {
    let intake = read(
        "x.txt",
        "It broke.\n\nImpact: nobody could pay.\n\nThen it worked.\n",
    );
    assert_eq!(
        (section(&intake, "impact"), section(&intake, "notes")),
        ("nobody could pay.", "Then it worked.")
    );
}

#[test]
fn reference_links_carry_their_address_into_every_part() {
    let intake = markdown(
        "# T\n## Summary\nSee [the fix][1] and [#2] \\[1].\n## Impact\nSee [1].\n\n[1]: https://x.example/1\n[#2]: <https://x.example/2>\n",
    );
    assert_eq!(
        section(&intake, "summary"),
        "See [the fix](https://x.example/1) and [#2](https://x.example/2) \\[1]."
    );
    assert_eq!(section(&intake, "impact"), "See [1](https://x.example/1).");
}

#[test]
fn hidden_comments_are_kept_aside() {
    let intake = markdown("# T\n## Summary\n<!-- say what\nhappened -->\nIt broke.\n");
    assert_eq!(section(&intake, "summary"), "It broke.");
    assert!(
        intake
            .frame
            .iter()
            .any(|line| line.text.contains("say what"))
    );
}
