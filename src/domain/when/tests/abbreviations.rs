//! Abbreviations, and moments told in two zones.

use super::*;

fn check(zone: &str, typed: &str, expected: &str) {
    let context = context(zone, "", "");
    assert_eq!(outcome(typed, &context), expected, "{typed} in {zone}");
}

#[test]
fn an_abbreviation_of_the_clocks_of_the_story_settles_which_time_it_was() {
    check(
        "Europe/Berlin",
        "2025-10-26 02:30 CEST",
        "minute 2025-10-26T00:30:00Z",
    );
    check(
        "Europe/Berlin",
        "2025-10-26 02:30 CET",
        "minute 2025-10-26T01:30:00Z",
    );
    check(
        "Europe/Berlin",
        "2025-10-26 02:30 +01:00",
        "minute 2025-10-26T01:30:00Z",
    );
    check(
        "Europe/Berlin",
        "2025-10-26 02:10-02:40 CET",
        "range 2025-10-26T01:10:00Z 2025-10-26T01:40:00Z",
    );
    check(
        "Europe/Berlin",
        "2025-10-26 02:50 CEST - 02:10 CET",
        "range 2025-10-26T00:50:00Z 2025-10-26T01:10:00Z",
    );
    check(
        "Asia/Kolkata",
        "2025-10-26 14:30 IST",
        "minute 2025-10-26T09:00:00Z",
    );
    check(
        "Europe/Dublin",
        "2025-07-01 14:30 IST",
        "minute 2025-07-01T13:30:00Z",
    );
    check(
        "Asia/Shanghai",
        "2025-07-01 14:30 CST",
        "minute 2025-07-01T06:30:00Z",
    );
}

#[test]
fn an_abbreviation_of_the_other_season_is_taken_by_its_word_and_noted() {
    check(
        "Europe/Berlin",
        "2025-07-01 14:30 CET",
        "minute 2025-07-01T13:30:00Z [OffsetTaken]",
    );
    check(
        "America/Los_Angeles",
        "2025-07-01 14:30 PST",
        "minute 2025-07-01T22:30:00Z [OffsetTaken]",
    );
    check(
        "Europe/London",
        "2025-01-01 14:30 BST",
        "minute 2025-01-01T13:30:00Z [OffsetTaken]",
    );
    check(
        "Europe/London",
        "2025-07-01 14:30 GMT",
        "minute 2025-07-01T14:30:00Z",
    );
    check(
        "Europe/Berlin",
        "2026-03-29 02:30 CET",
        "minute 2026-03-29T01:30:00Z [OffsetTaken]",
    );
    let read = parse("2025-07-01 14:30 CET", &context("Europe/Berlin", "", "")).unwrap();
    assert_eq!(
        read.notes[0].sentence(),
        "CET was read as UTC+1, which the clocks of the story did not show then. Leave it out to \
         mean the zone of the story."
    );
}

#[test]
fn a_well_known_abbreviation_of_elsewhere_is_noted_and_an_unknown_one_refused() {
    check(
        "Europe/Berlin",
        "2025-07-01 14:30 EST",
        "minute 2025-07-01T19:30:00Z [OffsetTaken]",
    );
    check(
        "UTC",
        "2025-07-01 14:30 PDT",
        "minute 2025-07-01T21:30:00Z [OffsetTaken]",
    );
    check(
        "UTC",
        "2025-07-01 2:30pm ET",
        "minute 2025-07-01T18:30:00Z [OffsetTaken]",
    );
    check(
        "America/New_York",
        "2025-07-01 2:30pm ET",
        "minute 2025-07-01T18:30:00Z",
    );
    check("America/New_York", "2025-11-02 1:30am ET", "Fold");
    check(
        "UTC",
        "2025-07-01 14:30 Europe/Berlin",
        "minute 2025-07-01T12:30:00Z",
    );
    check("UTC", "2025-10-26 02:30 Europe/Berlin", "Fold");
    check("UTC", "2025-07-01 14:30 XYZ", "UnknownZone");
    check("UTC", "2025-07-01 14:30 IST", "UnknownZone");
}

#[test]
fn a_clock_time_of_another_zone_lies_on_the_day_of_the_story_here() {
    let row = context("America/New_York", "2026-10-14T23:00:00Z", "");
    assert_eq!(outcome("23:18 UTC", &row), "minute 2026-10-14T23:18:00Z");
    assert_eq!(outcome("19:18", &row), "minute 2026-10-14T23:18:00Z");
    assert_eq!(
        outcome("00:18 UTC", &row),
        "minute 2026-10-15T00:18:00Z [RolledPastMidnight]"
    );
    let sydney = context("Australia/Sydney", "", "2026-10-14");
    assert_eq!(
        outcome("23:18 UTC", &sydney),
        "minute 2026-10-13T23:18:00Z [DayAssumed]"
    );
    assert_eq!(
        outcome("01:18 UTC", &sydney),
        "minute 2026-10-14T01:18:00Z [DayAssumed]"
    );
}

#[test]
fn a_moment_told_in_two_zones_is_one_moment() {
    let row = context("America/New_York", "2026-10-14T23:00:00Z", "");
    for typed in [
        "19:18 EDT (23:18 UTC)",
        "19:18 (23:18 UTC)",
        "23:18 UTC (19:18 EDT)",
        "19:18 EDT / 23:18 UTC",
        "19:18 EDT = 23:18Z",
        "2026-10-14 19:18 EDT (23:18 UTC)",
        "2026-10-14 19:18 EDT (2026-10-14 23:18 UTC)",
        "1918 (2318 UTC)",
    ] {
        assert_eq!(
            outcome(typed, &row),
            "minute 2026-10-14T23:18:00Z",
            "{typed}"
        );
    }
    let next_day = "20:18 EDT (00:18 UTC)";
    assert_eq!(outcome(next_day, &row), "minute 2026-10-15T00:18:00Z");
    // The second telling says which 01:30 it was.
    let fold = "2025-11-02 01:30 (06:30 UTC)";
    check("America/New_York", fold, "minute 2025-11-02T06:30:00Z");
}

#[test]
fn two_times_that_should_be_one_are_asked_about() {
    let row = context("America/New_York", "2026-10-14T23:00:00Z", "");
    let problem = parse("19:18 EDT (23:19 UTC)", &row).unwrap_err();
    let sentence = "The two times here are not the same moment. Choose the one that is meant.";
    assert_eq!(problem.to_string(), sentence);
    let typed: Vec<_> = problem.choices().iter().map(|c| c.typed.as_str()).collect();
    assert_eq!(
        typed,
        ["2026-10-14 19:18 -04:00", "2026-10-14 19:19 -04:00"]
    );
}
