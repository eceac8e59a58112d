//! Texts after templates that many teams use; the words are our own.

use super::{markdown, rows, section};
use crate::domain::intake::headings::role;
use crate::domain::intake::read;

/// The headings of templates that many teams use, and the section that each means; "" for those that stay notes.
///
/// The first seven are the most common collection of them; the others are what their makers publish.
const TEMPLATES: [(&str, &str); 12] = [
    (
        "Azure, history",
        "Date= | Summary of impact=summary | Customer impact=impact | Root cause and mitigation=causes | Next steps=follow-up",
    ),
    (
        "Elastic",
        "Background=background | What Happened=summary | Chain of Events=timeline | Root Cause=causes | Resolution=response | Impact=impact | Action Items=follow-up",
    ),
    (
        "Google, API infrastructure",
        "Issue Summary=summary | Timeline (all times in Pacific Time)=timeline | Root Cause=causes | Resolution and recovery=response | Corrective and Preventative Measures=follow-up",
    ),
    (
        "Kehoe",
        "Summary=summary | Postmortem Attendees= | Incident Timeline=timeline | Impact=impact | End User Impact=impact | Infrastructure Impact=impact | Productivity Impact=impact | What caused the incident?=causes | Trigger(s)=causes | Process Breakdown(s)=causes | Root Cause(s)=causes | Mitigation & Resolution=response | Open Questions=open-questions | Lessons Learnt=lessons | What went well=went-well | What went badly=went-badly | Where did we get lucky=luck | Action Items & Followups=follow-up | Supporting Documents=",
    ),
    (
        "Real-World SRE",
        "Summary=summary | Impact=impact | Timeline=timeline | Root Cause(s)=causes | Action Items=follow-up | Appendix=",
    ),
    (
        "Site Reliability Engineering",
        "Authors= | Status= | Summary=summary | Impact=impact | Root Causes=causes | Trigger=causes | Resolution=response | Detection=detection | Action Items=follow-up | Lessons Learned=lessons | What went well=went-well | What went wrong=went-badly | Where we got lucky=luck | Timeline=timeline | Supporting information=",
    ),
    (
        "Cloud System Administration",
        "Report Status= | Executive Summary=summary | Outage Description=summary | Affected users=impact | Start Date/Time= | Duration=impact | Timeline=timeline | Contributing Conditions Analysis=causes | What went well?=went-well | What could have gone better?=went-badly | Recommendations=follow-up | Names of people involved=",
    ),
    (
        "PagerDuty",
        "Overview=summary | What Happened=summary | Contributing Factors=causes | Resolution=response | Impact=impact | Responders= | Timeline=timeline | What Went Well?=went-well | What Didn’t Go So Well?=went-badly | Action Items=follow-up | Messaging=external | Internal Email=communication | External Message=external",
    ),
    (
        "Atlassian",
        "Incident summary=summary | Leadup=background | Fault=causes | Impact=impact | Detection=detection | Response=response | Recovery=response | Timeline=timeline | Root cause identification: The Five Whys=causes | Root cause=causes | Lessons learned=lessons | Corrective actions=follow-up",
    ),
    (
        "Azure, review",
        "What happened?=summary | What went wrong and why?=causes | How did we respond?=response | How are we making incidents like this less likely or less impactful?=follow-up",
    ),
    (
        "GitLab",
        "Customer Impact=impact | What were the root causes?=causes | Incident Response Analysis=response | What went well?=went-well",
    ),
    (
        "Howie",
        "Contributors and enablers=causes | Mitigators=defences | Difficulties in handling=went-badly | Themes and takeaways=lessons | Learnings and risks=lessons | Follow-ups=follow-up",
    ),
];

#[test]
fn every_heading_of_the_templates_that_many_teams_use_leads_to_its_section() {
    let mut offences = Vec::new();
    let mut seen = 0;
    for (template, headings) in TEMPLATES {
        for pair in headings.split(" | ") {
            let (heading, key) = pair.rsplit_once('=').unwrap();
            let found = role(heading).map_or("", |role| role.key());
            seen += 1;
            if found != key {
                offences.push(format!("{template}: {heading} is {found:?}, not {key:?}"));
            }
        }
    }
    assert!(seen > 80, "only {seen} headings were tried");
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn a_text_after_each_of_them_loses_no_section() {
    for (template, headings) in TEMPLATES {
        let pairs: Vec<(&str, &str)> = headings
            .split(" | ")
            .map(|pair| pair.rsplit_once('=').unwrap())
            .collect();
        let mut text = "# Letters waited\n\n".to_owned();
        for (place, (heading, _)) in pairs.iter().enumerate() {
            text.push_str(&format!("## {heading}\n\nWord{place} about letters.\n\n"));
        }
        let intake = markdown(&text);
        for (place, (heading, key)) in pairs.iter().enumerate() {
            let word = format!("Word{place} ");
            let kept = match *key {
                // What reads as a cause or an idea becomes one, beside its section.
                "" => section(&intake, "notes").contains(&word),
                key => section(&intake, key).contains(&word),
            };
            assert!(kept, "{template}: {heading}: {intake:#?}");
        }
    }
}

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
