//! Clock times alone, ranges, distances from the row above.

use super::*;

/// Reads in Berlin behind a row at 14:00 on 14 October 2026, two hours ahead of UTC.
fn check(typed: &str, expected: &str) {
    assert_eq!(outcome(typed, &berlin()), expected, "{typed}");
}

#[test]
fn a_clock_time_lies_on_the_day_of_the_row_above() {
    for typed in [
        "14:32",
        "14.32",
        "1432",
        "2:32pm",
        "2:32 PM",
        "2.32pm",
        "02:32 p.m.",
        "14h32",
        "1432h",
        " 14:32 ",
        "at 14:32",
        "14:32.",
        "14:32 hrs",
        "14:32 Uhr",
        "@14:32",
        "14:32\u{202f}",
    ] {
        check(typed, "minute 2026-10-14T12:32:00Z");
    }
    check("2 pm", "minute 2026-10-14T12:00:00Z");
    check("3pm", "minute 2026-10-14T13:00:00Z");
    check("noon", "minute 2026-10-14T10:00:00Z [OutOfOrder]");
    check("17:14pm", "minute 2026-10-14T15:14:00Z");
    check("14:32:05", "exact 2026-10-14T12:32:05Z");
    check("2:32:05 pm", "exact 2026-10-14T12:32:05Z");
    check("14:32:05.123456789", "exact 2026-10-14T12:32:05.123456Z");
    check("14:32:05,5", "exact 2026-10-14T12:32:05.500Z");
}

#[test]
fn a_clock_time_well_before_the_row_above_is_the_next_day_and_one_shortly_before_is_not() {
    check("00:10", "minute 2026-10-14T22:10:00Z [RolledPastMidnight]");
    check("0:10", "minute 2026-10-14T22:10:00Z [RolledPastMidnight]");
    check("12am", "minute 2026-10-14T22:00:00Z [RolledPastMidnight]");
    check("07:59", "minute 2026-10-15T05:59:00Z [RolledPastMidnight]");
    check("08:00", "minute 2026-10-14T06:00:00Z [OutOfOrder]");
    check("13:50", "minute 2026-10-14T11:50:00Z [OutOfOrder]");
    check("14:00", "minute 2026-10-14T12:00:00Z");
    check("24:00", "minute 2026-10-14T22:00:00Z");
    check("2400", "minute 2026-10-14T22:00:00Z");
}

#[test]
fn a_minute_is_not_out_of_order_within_itself() {
    let row = context("UTC", "2026-10-14T12:00:40Z", "");
    assert_eq!(outcome("12:00", &row), "minute 2026-10-14T12:00:00Z");
    let exact = "exact 2026-10-14T12:00:39Z [OutOfOrder]";
    assert_eq!(outcome("12:00:39", &row), exact);
}

#[test]
fn a_time_shortly_before_midnight_behind_a_row_shortly_after_it_is_the_evening_before() {
    let row = context("Europe/Berlin", "2026-10-13T22:10:00Z", "");
    let evening = "minute 2026-10-13T21:50:00Z [OutOfOrder]";
    assert_eq!(outcome("23:50", &row), evening);
    assert_eq!(outcome("23:00", &row), "minute 2026-10-14T21:00:00Z");
    assert_eq!(
        outcome("24:00", &row),
        "minute 2026-10-13T22:00:00Z [OutOfOrder]"
    );
}

#[test]
fn midnight_is_passed_into_the_new_year() {
    let row = context("Europe/Berlin", "2025-12-31T22:55:00Z", "");
    assert_eq!(outcome("23:58", &row), "minute 2025-12-31T22:58:00Z");
    let next = "minute 2025-12-31T23:03:00Z [RolledPastMidnight]";
    assert_eq!(outcome("00:03", &row), next);
    let night = "range 2025-12-31T22:58:00Z 2025-12-31T23:03:00Z [EndsNextDay]";
    assert_eq!(outcome("23:58-00:03", &row), night);
}

#[test]
fn without_a_row_above_the_day_of_the_story_is_taken_and_without_either_asked_for() {
    let story = context("Europe/Berlin", "", "2026-10-14");
    assert_eq!(
        outcome("14:32", &story),
        "minute 2026-10-14T12:32:00Z [DayAssumed]"
    );
    assert_eq!(
        outcome("00:10", &story),
        "minute 2026-10-13T22:10:00Z [DayAssumed]"
    );
    let nothing = context("Europe/Berlin", "", "");
    for typed in ["14:32", "~14:32", "14:10-14:25", "15:??", "1432", "2pm"] {
        assert_eq!(outcome(typed, &nothing), "NeedsDay", "{typed}");
    }
    let Err(problem) = parse("14:32", &nothing) else {
        panic!("a clock time without any day was read");
    };
    let sentence = "Which day was that? Type the day too, for example 2026-10-15 14:32.";
    assert_eq!(problem.to_string(), sentence);
}

#[test]
fn about_a_time() {
    for typed in [
        "~14:30",
        "~ 14:30",
        "≈14:30",
        "about 14:30",
        "ca. 14:30",
        "ca 14:30",
        "c. 14:30",
        "around 14:30",
        "approx. 14:30",
        "approximately 2:30pm",
        "circa 14:30",
        "14:30ish",
        "at about 14:30",
        "2026-10-14 ~14:30",
        "2026-10-14 ca. 14:30",
        "Oct 14 2026, around 14:30",
    ] {
        check(typed, "about 2026-10-14T12:30:00Z");
    }
    // About a quarter to two is no earlier than two for certain, about one o'clock is.
    check("~13:45", "about 2026-10-14T11:45:00Z");
    check("~13:00", "about 2026-10-14T11:00:00Z [OutOfOrder]");
    check("~14:30:10", "about 2026-10-14T12:30:10Z");
}

#[test]
fn from_one_time_to_another() {
    for typed in [
        "14:10-14:25",
        "14:10 - 14:25",
        "14:10–14:25",
        "14:10 — 14:25",
        "14:10 to 14:25",
        "between 14:10 and 14:25",
        "from 14:10 until 14:25",
        "14.10-14.25",
        "1410-1425",
        "2:10-2:25pm",
        "2:10 pm to 2:25 pm",
        "2026-10-14 14:10-14:25",
        "14:10..14:25",
        "14:10 -> 14:25",
        "14:10-14:25 CEST",
        "12:10-12:25 UTC",
        "14:10 to 14:25 on 14 Oct 2026",
        "between ~14:10 and ~14:25",
        "2026-10-14 14:10 - 2026-10-14 14:25",
        "14:10 CEST - 12:25Z",
    ] {
        check(typed, "range 2026-10-14T12:10:00Z 2026-10-14T12:25:00Z");
    }
    check(
        "18:50 to 19:50",
        "range 2026-10-14T16:50:00Z 2026-10-14T17:50:00Z",
    );
    check("2-3pm", "range 2026-10-14T12:00:00Z 2026-10-14T13:00:00Z");
    check(
        "11:50-12:10pm",
        "range 2026-10-14T09:50:00Z 2026-10-14T10:10:00Z [OutOfOrder]",
    );
    check(
        "13:50-14:10",
        "range 2026-10-14T11:50:00Z 2026-10-14T12:10:00Z",
    );
    check(
        "23:50-00:10",
        "range 2026-10-14T21:50:00Z 2026-10-14T22:10:00Z [EndsNextDay]",
    );
    check("14:10-14:10", "minute 2026-10-14T12:10:00Z");
    check("2026-10-14 14:10 - 2026-10-14 14:05", "EndsBeforeStart");
    check("14:10-14:75", "NoSuchTime");
    check("14:10-", "Unreadable");
}

#[test]
fn an_hour_whose_minutes_nobody_knows() {
    for typed in [
        "15:??", "15:?", "15:xx", "15:XX", "15:xx:xx", "15:--", "15:mm",
    ] {
        check(typed, "range 2026-10-14T13:00:00Z 2026-10-14T14:00:00Z");
    }
    check("22:XX", "range 2026-10-14T20:00:00Z 2026-10-14T21:00:00Z");
    check("14:??", "range 2026-10-14T12:00:00Z 2026-10-14T13:00:00Z");
    check("24:XX", "range 2026-10-14T22:00:00Z 2026-10-14T23:00:00Z");
    check("25:XX", "NoSuchTime");
}

#[test]
fn a_distance_from_the_row_above() {
    check("+5m", "minute 2026-10-14T12:05:00Z");
    check("+ 5 min", "minute 2026-10-14T12:05:00Z");
    check("5 minutes later", "minute 2026-10-14T12:05:00Z");
    check("+1h30", "minute 2026-10-14T13:30:00Z");
    check("+1h 30m", "minute 2026-10-14T13:30:00Z");
    check("+90s", "exact 2026-10-14T12:01:30Z");
    check("+2d", "about 2026-10-16T12:00:00Z [InTheFuture]");
    // The clocks are put back in between.
    check("+2 weeks", "about 2026-10-28T13:00:00Z [InTheFuture]");
    check("+999999d", "OutOfRange");
    check("+5", "Unreadable");
    check("+5m 1h", "Unreadable");
    check("5m", "Unreadable");
    let nothing = context("UTC", "", "2026-10-14");
    assert_eq!(outcome("+5m", &nothing), "NeedsRowAbove");
}

#[test]
fn nobody_knows() {
    for typed in [
        "?", "??", "unknown", "Unknown", "--:--", "??:??", "xx:xx", "HH:mm", "n/a", "—",
    ] {
        check(typed, "unknown");
    }
}

#[test]
fn what_is_no_time_is_refused() {
    for typed in [
        "soon",
        "14",
        "930",
        "14:3",
        "14:32 or so",
        "14:32 14:33",
        "before 14:32",
        "14:32 saw it",
        "１４:３２",
        "١٤:٣٢",
        "14:32💥",
        ":",
        "+",
        "~",
        "to",
        "-5m",
        "14:32 Mon Tue",
        "143205",
        "14.32.05",
        "12345678901",
        "Gerrit 2.13",
        "14/10",
    ] {
        check(typed, "Unreadable");
    }
    check("14:75", "NoSuchTime");
    check("25:10", "NoSuchTime");
    check("24:01", "NoSuchTime");
    check("14:30am", "NoSuchTime");
    check("0:15pm", "NoSuchTime");
    check("", "Empty");
    check(" \t", "Empty");
    check(&"1".repeat(10_000), "TooLong");
    check("14:32\u{202e}", "HiddenCharacters");
    check("14:32\u{0}", "HiddenCharacters");
    check("14:32\n14:33", "HiddenCharacters");
}
