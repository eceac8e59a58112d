//! Dates, months, years, days of the week.

use super::*;

/// Reads in UTC behind a row at 12:00 on 14 October 2026, a Wednesday.
fn check(typed: &str, expected: &str) {
    let context = context("UTC", "2026-10-14T12:00:00Z", "2026-10-14");
    assert_eq!(outcome(typed, &context), expected, "{typed}");
}

#[test]
fn a_date_and_a_clock_time() {
    for typed in [
        "2026-10-14 14:31",
        "2026/10/14 14:31",
        "2026.10.14 14:31",
        "14.10.2026 14:31",
        "14.10.2026, 14.31",
        "14/10/2026 14:31",
        "10/14/2026 14:31",
        "10/14/2026 2:31 PM",
        "14-10-2026 14:31",
        "Wed 14 Oct 2026 14:31",
        "Wednesday, 14 October 2026 at 14:31",
        "14 October 2026 14:31",
        "14th of October 2026, 14:31",
        "14. October 2026 14:31",
        "Oct 14, 2026 2:31 PM",
        "October 14th, 2026, 2:31 PM",
        "Oct. 14 2026 14:31",
        "October 14, 2026: 2:31pm",
        "14:31, 14 Oct 2026",
        "14:31 on 2026-10-14",
        "2026-10-14 1431",
        "2:31 p.m. 14 Oct 2026",
        "14-Oct-2026 14:31",
        "20261014 14:31",
        "Wed Oct 14 14:31 2026",
        "14:31 14 Oct 2026",
        "1431 14 Oct 2026",
        "14 Oct 2026 14h31",
    ] {
        check(typed, "minute 2026-10-14T14:31:00Z");
    }
    check(
        "14/10/26 14:31",
        "minute 2026-10-14T14:31:00Z [YearAssumed]",
    );
}

#[test]
fn a_date_without_a_year_is_the_nearest_to_the_row_above() {
    for typed in [
        "Oct 14 14:31",
        "14 Oct 14:31",
        "14th Oct, 14:31",
        "Oct 14th 2:31pm",
        "14:31 Oct 14",
    ] {
        check(typed, "minute 2026-10-14T14:31:00Z [YearAssumed]");
    }
    check(
        "Wed Oct 14 14:31",
        "minute 2026-10-14T14:31:00Z [YearAssumed]",
    );
    check(
        "Thu Oct 14 14:31",
        "minute 2026-10-14T14:31:00Z [YearAssumed] [WeekdayDiffers]",
    );
    check(
        "Oct 13",
        "range 2026-10-13T00:00:00Z 2026-10-14T00:00:00Z [YearAssumed] [OutOfOrder]",
    );
    check(
        "3 Jan 09:00",
        "minute 2027-01-03T09:00:00Z [YearAssumed] [InTheFuture]",
    );
    check(
        "29 Feb 09:00",
        "minute 2028-02-29T09:00:00Z [YearAssumed] [InTheFuture]",
    );
    check("30 Feb 09:00", "NoSuchDay");
    let nothing = context("UTC", "", "");
    let past = "minute 2026-01-03T09:00:00Z [YearAssumed]";
    assert_eq!(outcome("3 Jan 09:00", &nothing), past);
    let past = "minute 2025-12-03T09:00:00Z [YearAssumed]";
    assert_eq!(outcome("3 Dec 09:00", &nothing), past);
}

#[test]
fn a_date_alone_is_the_whole_day_month_or_year() {
    for typed in [
        "2016-06-01",
        "1 June 2016",
        "Wed 1 Jun 2016",
        "June 1, 2016",
        "2016-06-01 ??:??",
        "2016-06-01 HH:mm",
    ] {
        check(
            typed,
            "range 2016-06-01T00:00:00Z 2016-06-02T00:00:00Z [OutOfOrder]",
        );
    }
    for typed in ["2016-06", "2016/06", "June 2016", "Jun. 2016", "Jun, 2016"] {
        check(
            typed,
            "range 2016-06-01T00:00:00Z 2016-07-01T00:00:00Z [OutOfOrder]",
        );
    }
    for typed in ["year 2016", "in 2016"] {
        check(
            typed,
            "range 2016-01-01T00:00:00Z 2017-01-01T00:00:00Z [OutOfOrder]",
        );
    }
    check(
        "2026-10-14",
        "range 2026-10-14T00:00:00Z 2026-10-15T00:00:00Z",
    );
    check("2016-06 14:31", "NeedsOneDay");
}

#[test]
fn from_one_date_to_another() {
    for typed in [
        "2016-06-01 - 2016-06-15",
        "2016-06-01 to 2016-06-15",
        "1 June 2016 – 15 June 2016",
        "1 June - 15 June 2016",
        "1-15 June 2016",
        "June 1-15, 2016",
        "June 1 to 15th 2016",
        "1 to 15 June 2016",
    ] {
        check(
            typed,
            "range 2016-06-01T00:00:00Z 2016-06-16T00:00:00Z [OutOfOrder]",
        );
    }
    check(
        "June 2016 - August 2016",
        "range 2016-06-01T00:00:00Z 2016-09-01T00:00:00Z [OutOfOrder]",
    );
    check(
        "June - August 2016",
        "range 2016-06-01T00:00:00Z 2016-09-01T00:00:00Z [OutOfOrder]",
    );
    check(
        "year 2016 to year 2018",
        "range 2016-01-01T00:00:00Z 2019-01-01T00:00:00Z [OutOfOrder]",
    );
    check(
        "2016-06-01/2016-06-15",
        "range 2016-06-01T00:00:00Z 2016-06-16T00:00:00Z [OutOfOrder]",
    );
    check("2016-06-15 - 2016-06-01", "EndsBeforeStart");
}

#[test]
fn a_day_of_the_week_is_the_next_one_from_the_row_above() {
    check("Wed 14:10", "minute 2026-10-14T14:10:00Z");
    check("Wed 02:10", "minute 2026-10-14T02:10:00Z [OutOfOrder]");
    check("Tue 02:10", "minute 2026-10-20T02:10:00Z [InTheFuture]");
    check("Thursday, 02:10", "minute 2026-10-15T02:10:00Z");
    check("02:10 Thu", "minute 2026-10-15T02:10:00Z");
    check("Thu", "range 2026-10-15T00:00:00Z 2026-10-16T00:00:00Z");
    let story = context("UTC", "", "2026-10-14");
    assert_eq!(
        outcome("Tue 02:10", &story),
        "minute 2026-10-13T02:10:00Z [DayAssumed]"
    );
    let sunday = "minute 2026-10-18T02:10:00Z [DayAssumed] [InTheFuture]";
    assert_eq!(outcome("Sun 02:10", &story), sunday);
    let nothing = context("UTC", "", "");
    assert_eq!(
        outcome("Tue 02:10", &nothing),
        "minute 2026-10-13T02:10:00Z [DayAssumed]"
    );
    assert_eq!(
        outcome("Thu 02:10", &nothing),
        "minute 2026-10-15T02:10:00Z [DayAssumed]"
    );
}

#[test]
fn today_and_yesterday_are_days_in_the_zone_of_the_story() {
    check("yesterday 14:30", "minute 2026-10-14T14:30:00Z");
    check("today 09:00", "minute 2026-10-15T09:00:00Z");
    check("yesterday at about 2pm", "about 2026-10-14T14:00:00Z");
    check("23:12 yesterday", "minute 2026-10-14T23:12:00Z");
    check(
        "yesterday",
        "range 2026-10-14T00:00:00Z 2026-10-15T00:00:00Z",
    );
    // It is the 16th there.
    let auckland = context("Pacific/Auckland", "", "");
    assert_eq!(
        outcome("today 00:30", &auckland),
        "minute 2026-10-15T11:30:00Z"
    );
}

#[test]
fn days_and_years_that_are_not() {
    check("2026-02-30", "NoSuchDay");
    check("2026-13-01", "NoSuchDay");
    check("31/31/2026", "NoSuchDay");
    check("31 June 2026 14:00", "NoSuchDay");
    check("0001-01-01", "OutOfRange");
    check("0000-01-01T00:00:00Z", "OutOfRange");
    check("9999-12-31", "OutOfRange");
    check("0999-12-31", "OutOfRange");
    check("3000-01-01", "OutOfRange");
    check(
        "1000-01-01",
        "range 1000-01-01T00:00:00Z 1000-01-02T00:00:00Z [OutOfOrder]",
    );
    check(
        "2999-12-31",
        "range 2999-12-31T00:00:00Z 3000-01-01T00:00:00Z [InTheFuture]",
    );
    check("44 BC", "Unreadable");
    check(
        "1912-04-14 23:40",
        "minute 1912-04-14T23:40:00Z [OutOfOrder]",
    );
}
