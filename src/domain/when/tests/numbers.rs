//! Numbers with more than one meaning: years or clock times, days or months.

use super::*;

fn check(typed: &str, expected: &str) {
    let context = context("UTC", "2026-10-14T12:00:00Z", "2026-10-14");
    assert_eq!(outcome(typed, &context), expected, "{typed}");
}

#[test]
fn four_digits_are_a_clock_time_or_a_year() {
    let row = context("UTC", "2026-10-14T12:00:00Z", "");
    let month = context("UTC", "2016-01-01T00:00:00Z", "");
    let midnight = context("UTC", "2016-01-02T00:00:00Z", "");
    let story = context("UTC", "", "2026-10-14");
    let nothing = context("UTC", "", "");
    let check = |typed: &str, context: &Context, expected: &str| {
        assert_eq!(outcome(typed, context), expected, "{typed} {context:?}");
    };
    let year = "range 2017-01-01T00:00:00Z 2018-01-01T00:00:00Z";
    check("2017", &row, "minute 2026-10-14T20:17:00Z [ReadAsClock]");
    check(
        "2017",
        &midnight,
        "minute 2016-01-02T20:17:00Z [ReadAsClock]",
    );
    check("2017", &month, &format!("{year} [ReadAsYear]"));
    check(
        "2017",
        &story,
        "minute 2026-10-14T20:17:00Z [ReadAsClock] [DayAssumed]",
    );
    check("2017", &nothing, &format!("{year} [ReadAsYear]"));
    check("ca. 2017", &nothing, &format!("{year} [ReadAsYear]"));
    check("year 2017", &row, &format!("{year} [OutOfOrder]"));
    check(
        "2017-2018",
        &nothing,
        "range 2017-01-01T00:00:00Z 2019-01-01T00:00:00Z [ReadAsYear]",
    );
    check(
        "2017-2018",
        &row,
        "range 2026-10-14T20:17:00Z 2026-10-14T20:18:00Z [ReadAsClock]",
    );
    check(
        "1868",
        &row,
        "range 1868-01-01T00:00:00Z 1869-01-01T00:00:00Z [OutOfOrder]",
    );
    check(
        "1999",
        &row,
        "range 1999-01-01T00:00:00Z 2000-01-01T00:00:00Z [OutOfOrder]",
    );
    check("1432", &month, "minute 2016-01-01T14:32:00Z");
    check("9999", &row, "OutOfRange");
    check("0999", &row, "OutOfRange");
}

#[test]
fn numbers_that_could_each_be_the_day_are_asked_about() {
    check("05/06/2026 14:31", "AmbiguousDate");
    check(
        "05/05/2026 14:31",
        "minute 2026-05-05T14:31:00Z [OutOfOrder]",
    );
    check(
        "05.06.2026 14:31",
        "minute 2026-06-05T14:31:00Z [OutOfOrder]",
    );
    let story = context("UTC", "", "2026-05-05");
    let Err(problem) = parse("~05/06/2026 14:31 CEST", &story) else {
        panic!("a date with two meanings was read");
    };
    let choices: Vec<_> = problem
        .choices()
        .iter()
        .map(|c| (c.label.as_str(), c.typed.as_str()))
        .collect();
    assert_eq!(
        choices,
        [
            ("Wed 6 May 2026", "~2026-05-06 14:31 CEST"),
            ("Fri 5 Jun 2026", "~2026-06-05 14:31 CEST"),
        ]
    );
    let Err(problem) = parse("05/06/2026 - 06/07/2026", &story) else {
        panic!("two dates with two meanings were read");
    };
    let choices: Vec<_> = problem.choices().iter().map(|c| c.typed.as_str()).collect();
    assert_eq!(
        choices,
        ["2026-05-06 - 2026-06-07", "2026-06-05 - 2026-07-06"]
    );
}

#[test]
fn a_day_and_a_month_without_a_year_need_a_clock_time() {
    check("14/10 14:31", "minute 2026-10-14T14:31:00Z [YearAssumed]");
    check("10-14 14:31", "minute 2026-10-14T14:31:00Z [YearAssumed]");
    check(
        "10/10 14:31",
        "minute 2026-10-10T14:31:00Z [YearAssumed] [OutOfOrder]",
    );
    check("14/10", "Unreadable");
    check("10-14", "Unreadable");
    let context = context("UTC", "2026-10-14T12:00:00Z", "");
    let problem = parse("12-05 16:21", &context).unwrap_err();
    let typed: Vec<_> = problem.choices().iter().map(|c| c.typed.as_str()).collect();
    assert_eq!(typed, ["2026-12-05 16:21", "2026-05-12 16:21"]);
}

#[test]
fn a_range_asks_once_about_the_date_of_both_ends() {
    let context = context("UTC", "", "2026-05-06");
    let problem = parse("14:10 to 14:25 on 05/06/2026", &context).unwrap_err();
    let typed: Vec<_> = problem.choices().iter().map(|c| c.typed.as_str()).collect();
    assert_eq!(
        typed,
        [
            "14:10 to 14:25 on 2026-05-06",
            "14:10 to 14:25 on 2026-06-05"
        ]
    );
}
