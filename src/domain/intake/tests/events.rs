//! Rows of timelines.

use super::{markdown, row, rows, section};
use crate::domain::intake::{Flag, read};
use crate::domain::when::Precision;
use chrono_tz::Tz;

#[test]
fn a_table_gives_rows_wherever_its_words_stand() {
    let text = "# T\n\n## Timeline (all times UTC)\n\n| Day | Date (2021) | Event | Time (UTC) |\n|---|---|---|---|\n| Wed | Dec 15 | Queue stops | 22:40 |\n| Thu | Dec 16 | Queue runs | 00:05\n";
    let intake = markdown(text);
    assert_eq!(
        rows(&intake),
        [
            "2021-12-15 22:40:00 Queue stops",
            "2021-12-16 00:05:00 Queue runs"
        ]
    );
    assert_eq!(intake.zone, Some(Tz::UTC));
    assert_eq!(intake.events[0].typed, "Wed Dec 15 22:40");
    assert_eq!(section(&intake, "timeline"), "");
}

#[test]
fn a_heading_sets_the_day_of_the_rows_below_it() {
    let intake = markdown(
        "# T\n\n## Timeline\n\n### 2022-05-01\n\n- 23:50 alarm\n- 00:10 calm\n\n### 2022-05-04\n- 09:00 review\n",
    );
    assert_eq!(
        rows(&intake),
        [
            "2022-05-01 23:50:00 alarm",
            "2022-05-02 00:10:00 calm",
            "2022-05-04 09:00:00 review"
        ]
    );
    assert!(intake.events[1].flags.contains(&Flag::MidnightAssumed));
}

#[test]
fn a_heading_with_a_time_takes_everything_below_it() {
    let intake = markdown(
        "# 2017-09-29, 504\n\n## Timeline\n\nAll times in CEST\n\n### Sep 29 2017 08:59\n\nopened\n\n- 10:00 a detail\n\n### 14:00 - tried\n\n```\n2017-09-29 00:46:54 WARNING\n```\n",
    );
    assert_eq!(
        rows(&intake),
        [
            "2017-09-29 08:59:00 opened\n\n- 10:00 a detail",
            "2017-09-29 14:00:00 tried\n\n```\n2017-09-29 00:46:54 WARNING\n```"
        ]
    );
    assert_eq!(intake.title, "504");
}

#[test]
fn a_row_out_of_order_stays_on_its_day() {
    let intake = read("2020-01-02-x.md", "## Timeline\n- 14:49 a\n- 14:43 b\n");
    assert_eq!(
        rows(&intake),
        ["2020-01-02 14:49:00 a", "2020-01-02 14:43:00 b"]
    );
    assert_eq!(
        intake.events[1].flags,
        [Flag::DayFromContext, Flag::OutOfOrder]
    );
}

#[test]
fn an_item_without_a_time_is_no_event() {
    let intake = markdown(
        "# T\n\n## Timeline\n\n- 2020-01-02 10:00 began\n- somebody noticed\n\n## Impact\n\n- 10 users\n- 12 orders\n",
    );
    assert_eq!(rows(&intake), ["2020-01-02 10:00:00 began"]);
    assert_eq!(section(&intake, "timeline"), "- somebody noticed");
    assert_eq!(section(&intake, "impact"), "- 10 users\n- 12 orders");
}

#[test]
fn a_placeholder_without_a_story_is_no_event() {
    let intake = markdown(
        "# T\n\n## Timeline\n\n| Time | Event |\n|---|---|\n| HH:mm | |\n| 2020-12-21 HH:mm | limits set |\n| 2022-05-?? HH:mm | seen |\n",
    );
    assert_eq!(rows(&intake), ["2020-12-21 limits set", "? seen"]);
    assert!(
        intake
            .events
            .iter()
            .all(|event| event.flags.contains(&Flag::Unreadable))
    );
    assert_eq!(
        intake.events[1].when(Tz::UTC).unwrap().precision(),
        Precision::Unknown
    );
}

#[test]
fn a_time_behind_its_words_is_found_in_a_timeline() {
    let intake = markdown(
        "# T\n\n- **Key events**\n  - Fault occurs 2020-02-12 11:45\n  - Incident declared: 2020-02-12 11.51\n- **Time to repair**: 0h 16m\n- **Impact**: none\n",
    );
    assert_eq!(
        rows(&intake),
        [
            "2020-02-12 11:45:00 Fault occurs",
            "2020-02-12 11:51:00 Incident declared"
        ]
    );
    assert_eq!(section(&intake, "impact"), "none");
    assert_eq!(section(&intake, "notes"), "- **Time to repair**: 0h 16m");
}

#[test]
fn a_wrapped_item_and_what_is_nested_in_it_belong_to_its_row() {
    let intake = read(
        "20200611-x.md",
        "# T\n## Timeline\n- [09:12] somebody merges,\nwhich is blocked\n    - a detail\n- [09:19] calm\n",
    );
    assert_eq!(
        row(&intake.events[0]),
        "2020-06-11 09:12:00 somebody merges,\nwhich is blocked\n- a detail"
    );
    assert_eq!(intake.events.len(), 2);
}

#[test]
fn plain_text_with_bullets_is_read_without_headings() {
    let text = "The queue stopped at once.\n• 18:47:04 <watch> CRITICAL\n• 19:30 restarted\n\nNobody knows why.\n";
    let intake = read("20200611-queue.txt", text);
    assert_eq!(
        rows(&intake),
        [
            "2020-06-11 18:47:04 \\<watch> CRITICAL",
            "2020-06-11 19:30:00 restarted"
        ]
    );
    assert_eq!(section(&intake, "summary"), "The queue stopped at once.");
    assert_eq!(section(&intake, "notes"), "Nobody knows why.");
}

#[test]
fn a_pasted_log_in_a_timeline_gives_rows() {
    let intake = read(
        "2020-06-11.md",
        "# T\n## Timeline\n```\n[18:04:04] <ann> memory is full\n[18:05:00] <bob> restarting\n```\n",
    );
    assert_eq!(
        rows(&intake),
        [
            "2020-06-11 18:04:04 <ann> memory is full",
            "2020-06-11 18:05:00 <bob> restarting"
        ]
    );
}

#[test]
fn action_items_with_a_day_are_no_events() {
    let intake = markdown("# T\n## Action items\n- 2020-01-05 write the runbook\n");
    assert!(intake.events.is_empty());
    assert_eq!(intake.actions.len(), 1);
}

#[test]
fn a_slip_in_the_year_is_kept_and_said() {
    let intake = markdown(
        "# Incident on 2023-01-05\n## Key events\n- 2023-01-05 08:00 a\n- 2022-01-05 08:56 b\n- 2023-01-05 09:00 c\n",
    );
    assert_eq!(row(&intake.events[1]), "2022-01-05 08:56:00 b");
    assert!(intake.events[1].flags.contains(&Flag::FarAway));
    assert!(
        intake
            .remarks
            .iter()
            .any(|remark| remark.line == 4 && remark.text.contains("kept as typed"))
    );
}

#[test]
fn winter_time_by_name_is_taken_as_written() {
    let intake = markdown("# T\n## Timeline (all times PST)\n- 2022-06-14 10:00 a\n");
    assert_eq!(
        intake.events[0]
            .when(Tz::UTC)
            .unwrap()
            .at()
            .unwrap()
            .to_rfc3339(),
        "2022-06-14T18:00:00+00:00"
    );
    assert!(intake.events[0].flags.contains(&Flag::WinterNameInSummer));
}

#[test]
fn a_text_without_a_zone_takes_the_one_it_is_given() {
    let intake = markdown("# T\n## Timeline\n- 2020-08-04 13:30 a\n");
    assert_eq!((intake.zone, intake.zone_said), (None, false));
    assert_eq!(
        intake.events[0]
            .when(Tz::Europe__London)
            .unwrap()
            .at()
            .unwrap()
            .to_rfc3339(),
        "2020-08-04T12:30:00+00:00"
    );
}

#[test]
fn precision_is_as_honest_as_the_text() {
    let intake = markdown(
        "# T\n## Timeline\nAll times in UTC.\n\n- 2020-08-04 13:30:05 a\n- 13:31 b\n- ~13:40 c\n- 13:50 to 14:10 d\n- 2020-08-05 e\n",
    );
    let found: Vec<_> = intake
        .events
        .iter()
        .map(|event| event.when(Tz::UTC).unwrap().precision())
        .collect();
    assert_eq!(
        found,
        [
            Precision::Exact,
            Precision::Minute,
            Precision::About,
            Precision::Range,
            Precision::Range
        ]
    );
    let day = intake.events[4].when(Tz::UTC).unwrap();
    assert_eq!(
        day.until().unwrap().to_rfc3339(),
        "2020-08-06T00:00:00+00:00"
    );
}

#[test]
fn other_dates_of_a_text_show_the_order_of_day_and_month() {
    let intake =
        markdown("# T\n## Timeline\n01-10-2024\n\n7:32 PM - stalled\n\n01-31-2024 - fixed\n");
    assert_eq!(
        rows(&intake),
        ["2024-01-10 19:32:00 stalled", "2024-01-31 fixed"]
    );
}

#[test]
fn labels_above_rows_keep_the_day_of_the_heading() {
    let intake = markdown(
        "# T\n## Incident timeline\n### October 21, 2025 - Redis\n\n**Impact:**\n\n- slow\n\n**Timeline:**\n\n- **21:45 UTC** - deploy\n### October 24, 2025 - Limits\n\n**Timeline:**\n\n- **18:00 UTC** - deploy\n",
    );
    assert_eq!(
        rows(&intake),
        ["2025-10-21 21:45:00 deploy", "2025-10-24 18:00:00 deploy"]
    );
    assert_eq!(section(&intake, "impact"), "- slow");
}

#[test]
fn days_before_1970_are_read() {
    let intake = markdown("# T\n## Timeline\nAll times in UTC\n\n- 1969-07-20 20:17 landed\n");
    assert_eq!(
        intake.events[0]
            .when(Tz::UTC)
            .unwrap()
            .at()
            .unwrap()
            .to_rfc3339(),
        "1969-07-20T20:17:00+00:00"
    );
}

#[test]
fn a_time_among_what_was_learned_is_an_example() {
    let intake = markdown(
        "# T\n## What went well\n- 14:05 the alarm came within a minute\n## Background\n- 14:00 a deploy began\n",
    );
    assert_eq!(intake.events.len(), 1);
    assert_eq!(
        section(&intake, "went-well"),
        "- 14:05 the alarm came within a minute"
    );
}
