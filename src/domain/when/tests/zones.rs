//! Gaps, folds, days that are missing.

use super::*;

fn check(zone: &str, typed: &str, expected: &str) {
    let context = context(zone, "", "");
    assert_eq!(outcome(typed, &context), expected, "{typed} in {zone}");
}

/// Label, text and outcome of every choice.
fn choices(zone: &str, previous: &str, typed: &str) -> Vec<String> {
    let context = context(zone, previous, "");
    let Err(problem) = parse(typed, &context) else {
        panic!("{typed} in {zone} was read without a question");
    };
    assert!(problem.to_string().ends_with('.'), "{problem}");
    let line = |choice: &Choice| {
        let outcome = outcome(&choice.typed, &context);
        format!("{} = {} = {outcome}", choice.label, choice.typed)
    };
    problem.choices().iter().map(line).collect()
}

#[test]
fn a_clock_time_that_came_twice_is_asked_about() {
    assert_eq!(
        choices("Europe/Berlin", "", "2025-10-26 02:30"),
        [
            "the first 02:30 (CEST, UTC+2) = 2025-10-26 02:30 +02:00 = minute 2025-10-26T00:30:00Z",
            "the second 02:30 (CET, UTC+1) = 2025-10-26 02:30 +01:00 = minute 2025-10-26T01:30:00Z",
        ]
    );
    assert_eq!(
        choices("Europe/London", "2025-10-26T00:10:00Z", "~01:30"),
        [
            "the first 01:30 (BST, UTC+1) = ~2025-10-26 01:30 +01:00 = about 2025-10-26T00:30:00Z",
            "the second 01:30 (GMT, UTC+0) = ~2025-10-26 01:30 +00:00 = about 2025-10-26T01:30:00Z",
        ]
    );
    assert_eq!(
        choices("America/New_York", "", "2025-11-02 01:30:05.25"),
        [
            "the first 01:30:05.250000 (EDT, UTC-4) = 2025-11-02 01:30:05.250000 -04:00 = exact 2025-11-02T05:30:05.250Z",
            "the second 01:30:05.250000 (EST, UTC-5) = 2025-11-02 01:30:05.250000 -05:00 = exact 2025-11-02T06:30:05.250Z",
        ]
    );
}

#[test]
fn a_row_above_does_not_settle_a_clock_time_that_came_twice() {
    // Behind the second 02:10 only the second 02:30 is in order; the first is offered still.
    let found = choices("Europe/Berlin", "2025-10-26T01:10:00Z", "02:30");
    assert_eq!(found.len(), 2);
    assert!(found[0].ends_with("[OutOfOrder]"), "{found:?}");
}

#[test]
fn a_clock_time_that_was_left_out_is_asked_about() {
    assert_eq!(
        choices("Europe/Berlin", "", "2026-03-29 02:30"),
        [
            "01:30 (CET, UTC+1) = 2026-03-29 01:30 +01:00 = minute 2026-03-29T00:30:00Z",
            "03:30 (CEST, UTC+2) = 2026-03-29 03:30 +02:00 = minute 2026-03-29T01:30:00Z",
        ]
    );
    assert_eq!(
        choices("Europe/Berlin", "", "2026-03-29 02:??"),
        [
            "01:?? (CET, UTC+1) = 2026-03-29 01:?? +01:00 = range 2026-03-29T00:00:00Z 2026-03-29T01:00:00Z",
            "03:?? (CEST, UTC+2) = 2026-03-29 03:?? +02:00 = range 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z",
        ]
    );
    // Midnight itself was left out in Cairo.
    assert_eq!(
        choices("Africa/Cairo", "", "2026-04-24 00:15"),
        [
            "Thu 23 Apr 2026 23:15 (EET, UTC+2) = 2026-04-23 23:15 +02:00 = minute 2026-04-23T21:15:00Z",
            "01:15 (EEST, UTC+3) = 2026-04-24 01:15 +03:00 = minute 2026-04-23T22:15:00Z",
        ]
    );
}

#[test]
fn a_question_says_what_happened_to_the_clocks() {
    let check = |typed: &str, expected: &str| {
        let problem = parse(typed, &context("Europe/Berlin", "", "")).unwrap_err();
        assert_eq!(problem.to_string(), expected);
    };
    check(
        "2026-03-29 02:30",
        "The clocks in Europe/Berlin never showed 02:30 on Sun 29 Mar 2026: they were put forward. \
         Choose the time that is meant.",
    );
    check(
        "2025-10-26 02:30",
        "The clocks in Europe/Berlin showed 02:30 on Sun 26 Oct 2025 twice: they were put back. \
         Choose the first or the second.",
    );
}

#[test]
fn the_bounds_of_gaps_and_folds_are_not_in_doubt() {
    check(
        "Europe/Berlin",
        "2026-03-29 01:59",
        "minute 2026-03-29T00:59:00Z",
    );
    check("Europe/Berlin", "2026-03-29 02:00", "Gap");
    check("Europe/Berlin", "2026-03-29 02:59:59", "Gap");
    check(
        "Europe/Berlin",
        "2026-03-29 03:00",
        "minute 2026-03-29T01:00:00Z",
    );
    check(
        "Europe/Berlin",
        "2025-10-26 01:59",
        "minute 2025-10-25T23:59:00Z",
    );
    check("Europe/Berlin", "2025-10-26 02:00", "Fold");
    check("Europe/Berlin", "2025-10-26 02:59:59", "Fold");
    check(
        "Europe/Berlin",
        "2025-10-26 03:00",
        "minute 2025-10-26T02:00:00Z",
    );
}

#[test]
fn ranges_over_a_change_ask_for_what_is_in_doubt() {
    check(
        "Europe/Berlin",
        "2025-10-26 01:30-03:30",
        "range 2025-10-25T23:30:00Z 2025-10-26T02:30:00Z",
    );
    assert_eq!(
        choices("Europe/Berlin", "", "2025-10-26 02:10-02:40"),
        [
            "the first 02:10 (CEST, UTC+2) to the first 02:40 (CEST, UTC+2) = 2025-10-26 02:10 +02:00 - 2025-10-26 02:40 +02:00 = range 2025-10-26T00:10:00Z 2025-10-26T00:40:00Z",
            "the first 02:10 (CEST, UTC+2) to the second 02:40 (CET, UTC+1) = 2025-10-26 02:10 +02:00 - 2025-10-26 02:40 +01:00 = range 2025-10-26T00:10:00Z 2025-10-26T01:40:00Z",
            "the second 02:10 (CET, UTC+1) to the second 02:40 (CET, UTC+1) = 2025-10-26 02:10 +01:00 - 2025-10-26 02:40 +01:00 = range 2025-10-26T01:10:00Z 2025-10-26T01:40:00Z",
        ]
    );
    assert_eq!(
        choices("Europe/Berlin", "", "2025-10-26 01:50 to 02:10").len(),
        2
    );
    // 02:50 to 02:10 can only be the first and the second.
    check(
        "Europe/Berlin",
        "2025-10-26 02:50-02:10",
        "range 2025-10-26T00:50:00Z 2025-10-26T01:10:00Z",
    );
}

#[test]
fn an_hour_that_came_twice_is_two_hours_long() {
    check(
        "Europe/Berlin",
        "2025-10-26 02:??",
        "range 2025-10-26T00:00:00Z 2025-10-26T02:00:00Z",
    );
    check(
        "Europe/Berlin",
        "2025-10-26 01:??",
        "range 2025-10-25T23:00:00Z 2025-10-26T00:00:00Z",
    );
    check(
        "Europe/Berlin",
        "2025-10-26 03:??",
        "range 2025-10-26T02:00:00Z 2025-10-26T03:00:00Z",
    );
    // Half an hour only, on Lord Howe Island: 01:30 comes again, 02:00 jumps to 02:30.
    check(
        "Australia/Lord_Howe",
        "2026-04-05 01:??",
        "range 2026-04-04T14:00:00Z 2026-04-04T15:30:00Z",
    );
    check(
        "Australia/Lord_Howe",
        "2025-10-05 02:??",
        "range 2025-10-04T15:30:00Z 2025-10-04T16:00:00Z",
    );
}

#[test]
fn days_have_23_or_25_hours_where_the_clocks_are_changed() {
    check(
        "Europe/Berlin",
        "2026-03-29",
        "range 2026-03-28T23:00:00Z 2026-03-29T22:00:00Z",
    );
    check(
        "Europe/Berlin",
        "2025-10-26",
        "range 2025-10-25T22:00:00Z 2025-10-26T23:00:00Z",
    );
    // At midnight: forward in Cairo and São Paulo, back in São Paulo and Havana.
    check(
        "Africa/Cairo",
        "2026-04-24",
        "range 2026-04-23T22:00:00Z 2026-04-24T21:00:00Z",
    );
    check(
        "America/Sao_Paulo",
        "2018-11-04",
        "range 2018-11-04T03:00:00Z 2018-11-05T02:00:00Z",
    );
    check(
        "America/Sao_Paulo",
        "2018-02-17",
        "range 2018-02-17T02:00:00Z 2018-02-18T03:00:00Z",
    );
    check(
        "America/Sao_Paulo",
        "2018-02-18",
        "range 2018-02-18T03:00:00Z 2018-02-19T03:00:00Z",
    );
    check(
        "America/Havana",
        "2025-11-02",
        "range 2025-11-02T04:00:00Z 2025-11-03T05:00:00Z",
    );
    check(
        "America/Havana",
        "2025-11-01",
        "range 2025-11-01T04:00:00Z 2025-11-02T04:00:00Z",
    );
}

#[test]
fn the_day_that_apia_left_out_is_asked_about() {
    assert_eq!(
        choices("Pacific/Apia", "", "2011-12-30"),
        [
            "Thu 29 Dec 2011 = 2011-12-29 = range 2011-12-29T10:00:00Z 2011-12-30T10:00:00Z",
            "Sat 31 Dec 2011 = 2011-12-31 = range 2011-12-30T10:00:00Z 2011-12-31T10:00:00Z",
        ]
    );
    assert_eq!(
        choices("Pacific/Apia", "", "2011-12-30 14:00"),
        [
            "Thu 29 Dec 2011 14:00 (UTC-10) = 2011-12-29 14:00 -10:00 = minute 2011-12-30T00:00:00Z",
            "Sat 31 Dec 2011 14:00 (UTC+14) = 2011-12-31 14:00 +14:00 = minute 2011-12-31T00:00:00Z",
        ]
    );
    check(
        "Pacific/Apia",
        "2011-12-29 - 2011-12-31",
        "range 2011-12-29T10:00:00Z 2011-12-31T10:00:00Z",
    );
    let row = context("Pacific/Apia", "2011-12-30T09:50:00Z", "");
    assert_eq!(outcome("23:55", &row), "minute 2011-12-30T09:55:00Z");
}

#[test]
fn zones_of_half_and_quarter_hours_and_of_long_ago() {
    check(
        "Asia/Kathmandu",
        "2026-10-14 14:32",
        "minute 2026-10-14T08:47:00Z",
    );
    check(
        "America/St_Johns",
        "2026-10-14 14:32",
        "minute 2026-10-14T17:02:00Z",
    );
    check("America/St_Johns", "2025-11-02 01:15", "Fold");
    check("Etc/UTC", "1912-04-14 23:40", "minute 1912-04-14T23:40:00Z");
    check(
        "Europe/Berlin",
        "1850-01-01 12:00",
        "minute 1850-01-01T11:06:32Z",
    );
    assert_eq!(
        choices("Europe/Berlin", "", "1893-04-01 00:05"),
        [
            "Fri 31 Mar 1893 23:58 (LMT, UTC+0:53:28) = 1893-03-31 23:58 +00:53:28 = minute 1893-03-31T23:04:32Z",
            "00:11 (CET, UTC+1) = 1893-04-01 00:11 +01:00 = minute 1893-03-31T23:11:00Z",
        ]
    );
}
