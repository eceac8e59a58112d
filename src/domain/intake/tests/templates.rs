//! Texts after templates that many teams use; the words are our own.

use super::{markdown, rows, section};
use crate::domain::intake::read;

#[test]
fn labels_on_lines_of_one_paragraph_are_parts() {
    let intake = markdown(
        "# Search down (incident 465)\n\n**Date**: 2015-10-21  \n**Authors**: the search team  \n**Status**: complete  \n**Summary**: Search was down for an hour.  \n**Impact**: A billion queries, no money.\n**Root Causes**: A leak met a burst of queries.\n**Trigger**: A missing word.\n**Resolution**: More machines.\n**Detection**: Too many errors.\n\n## Action Items\n\n| Action item | Type | Owner | Bug |\n|---|---|---|---|\n| Rehearse | prevent | search team | n/a |\n\n## Timeline\n\n2015-10-21 (*all times UTC*)\n\n- 14:51 News of a find\n- 14:54 **OUTAGE BEGINS** - search fails\n- **15:28** over\n",
    );
    assert_eq!(section(&intake, "summary"), "Search was down for an hour.");
    assert_eq!(section(&intake, "impact"), "A billion queries, no money.");
    assert_eq!(section(&intake, "response"), "More machines.");
    assert_eq!(section(&intake, "detection"), "Too many errors.");
    assert_eq!(intake.factors.len(), 2);
    assert_eq!(intake.actions[0].owner.as_deref(), Some("search team"));
    assert_eq!(
        rows(&intake),
        [
            "2015-10-21 14:51:00 News of a find",
            "2015-10-21 14:54:00 **OUTAGE BEGINS** - search fails",
            "2015-10-21 15:28:00 over"
        ]
    );
    assert!(intake.zone_said);
    assert!(section(&intake, "notes").contains("**Status**: complete"));
}

#[test]
fn a_label_without_meaning_closes_the_one_above_it() {
    let intake = markdown("# T\n\n**Impact**: none\n**Severity**: 3\n\nMore.\n");
    assert_eq!(section(&intake, "impact"), "none");
    assert_eq!(section(&intake, "notes"), "**Severity**: 3\n\nMore.");
}

#[test]
fn bold_days_and_times_in_backticks_are_read() {
    let intake = markdown(
        "# T\n\n## Timeline\n\n**2021-01-01**\n\n- `00:00` - error rate up\n- `00:07` - page\n\n**2021-01-02**\n\n- `09:00` - fix\n",
    );
    assert_eq!(
        rows(&intake),
        [
            "2021-01-01 00:00:00 error rate up",
            "2021-01-01 00:07:00 page",
            "2021-01-02 09:00:00 fix"
        ]
    );
}

#[test]
fn wiki_headings_are_read() {
    let intake = read(
        "page.txt",
        "h1. Mail delayed\n\nh2. Timeline\n\n* 2020-03-01 10:00 queue grows\n\nh2. Lessons Learned\n\n* Watch the queue\n",
    );
    assert_eq!(intake.title, "Mail delayed");
    assert_eq!(rows(&intake), ["2020-03-01 10:00:00 queue grows"]);
    assert_eq!(section(&intake, "lessons"), "* Watch the queue");
    let underlined = read(
        "page.txt",
        "Mail delayed\n============\n\nImpact\n------\nAll mail.\n",
    );
    assert_eq!(
        (underlined.title.as_str(), section(&underlined, "impact")),
        ("Mail delayed", "All mail.")
    );
}

#[test]
fn minutes_since_the_beginning_keep_their_place() {
    let intake =
        markdown("# T\n\n## Timeline\n\n- T+0: alarm\n- T+5 min restart\n- T-10m deploy\n");
    let typed: Vec<&str> = intake
        .events
        .iter()
        .map(|event| event.typed.as_str())
        .collect();
    assert_eq!(typed, ["T+0", "T+5 min", "T-10m"]);
    assert_eq!(rows(&intake), ["? alarm", "? restart", "? deploy"]);
}

#[test]
fn a_zone_that_only_prose_names_is_taken_with_a_remark() {
    let intake = read(
        "2022-12-13-full.md",
        "# Full\n\nAt roughly 18:52 UTC it broke, and at 19:01 UTC it ran.\n\n## Timeline\n\n- 18:53 first report\n",
    );
    assert_eq!(intake.zone, Some(chrono_tz::Tz::UTC));
    assert!(
        intake
            .remarks
            .iter()
            .any(|remark| remark.line == 3 && remark.text.contains("UTC"))
    );
    let two = read(
        "2022-12-13-full.md",
        "# Full\n\nAt 18:52 UTC (10:52 PST) it broke.\n\n## Timeline\n\n- 18:53 first report\n",
    );
    assert_eq!(two.zone, None);
}

#[test]
fn messages_to_others_have_their_own_sections() {
    let intake = markdown(
        "# T\n## How'd we do?\n### What didn't go so well?\nSlow.\n## Messaging\n### Internal email\nWe are on it.\n### External message\nSorry.\n",
    );
    assert_eq!(
        (
            section(&intake, "went-badly"),
            section(&intake, "communication"),
            section(&intake, "external")
        ),
        ("Slow.", "We are on it.", "Sorry.")
    );
}
