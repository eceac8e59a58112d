//! What machines write.

use super::*;

/// Reads in Berlin without a row above.
fn check(typed: &str, expected: &str) {
    let context = context("Europe/Berlin", "", "");
    assert_eq!(outcome(typed, &context), expected, "{typed}");
}

#[test]
fn iso_8601() {
    for typed in [
        "2026-10-14T14:31Z",
        "2026-10-14t14:31z",
        "20261014T1431Z",
        "2026-10-14T16:31",
        "2026-10-14T16:31+02:00",
        "2026-10-14T16:31+0200",
        "2026-10-14T16:31+02",
        "2026-10-14T09:31-05:00",
        "2026-10-14 14:31Z",
        "2026-10-14 14:31 UTC",
        "2026-10-14 09:31 -0500",
        "2026-10-14 09:31 -05:00",
        "2026-10-14 16:31 +02:00",
        "2026-10-14T16:31[Europe/Berlin]",
        "2026-10-14 10:31 America/New_York",
        "2026-10-14 16:31 UTC+2",
        "2026-10-14 16:31 GMT+02:00",
        "2026-10-14 14:31 (UTC)",
    ] {
        check(typed, "minute 2026-10-14T14:31:00Z");
    }
    for typed in [
        "2026-10-14T14:31:05Z",
        "20261014T143105Z",
        "2026-10-14 16:31:05+02:00",
        "2026-10-14 09:31:05-05:00",
        "2026-10-14 09:31:05-05",
        "14/Oct/2026:14:31:05 +0000",
        "Wed Oct 14 16:31:05 CEST 2026",
        "Wed, 14 Oct 2026 14:31:05 GMT",
        "2026-10-14T14:31:05.000Z",
        "Wed Oct 14 16:31:05 2026 +0200",
    ] {
        check(typed, "exact 2026-10-14T14:31:05Z");
    }
    check(
        "2026-10-14T14:31:05.123456789Z",
        "exact 2026-10-14T14:31:05.123456Z",
    );
    check("2026-10-14T14:31:05,5Z", "exact 2026-10-14T14:31:05.500Z");
}

#[test]
fn a_minus_sign_between_two_clock_times_is_a_range() {
    check(
        "2026-10-14 09:10-10:00",
        "range 2026-10-14T07:10:00Z 2026-10-14T08:00:00Z",
    );
    check(
        "2026-10-14 09:10 - 10:00",
        "range 2026-10-14T07:10:00Z 2026-10-14T08:00:00Z",
    );
    check(
        "2026-10-14 09:10 -14:00",
        "range 2026-10-14T07:10:00Z 2026-10-14T12:00:00Z",
    );
    check(
        "2026-10-14 09:10:00 - 09:11:00",
        "range 2026-10-14T07:10:00Z 2026-10-14T07:11:00Z",
    );
    check(
        "2026-10-14T09:10Z/2026-10-14T10:00Z",
        "range 2026-10-14T09:10:00Z 2026-10-14T10:00:00Z",
    );
}

#[test]
fn seconds_since_1970_and_finer() {
    check("1718271498", "exact 2024-06-13T09:38:18Z");
    check("1718271498.073800", "exact 2024-06-13T09:38:18.073800Z");
    check("1718271498.5", "exact 2024-06-13T09:38:18.500Z");
    check("1718271498073", "exact 2024-06-13T09:38:18.073Z");
    check("1718271498073800", "exact 2024-06-13T09:38:18.073800Z");
    check("1718271498073800123", "exact 2024-06-13T09:38:18.073800Z");
    check("p1718271498073800", "exact 2024-06-13T09:38:18.073800Z");
    check("999999999", "exact 2001-09-09T01:46:39Z");
    check(
        "9999999999999",
        "exact 2286-11-20T17:46:39.999Z [InTheFuture]",
    );
    check("99999999999999999999", "Unreadable");
}

#[test]
fn slack_permalinks() {
    let reply = "https://team.slack.com/archives/C0123/p1718271498073800?thread_ts=1718271400.000100&cid=C0123";
    check(reply, "exact 2024-06-13T09:38:18.073800Z");
    check(
        "https://team.slack.com/archives/C0123/p1718271498073800",
        "exact 2024-06-13T09:38:18.073800Z",
    );
    check("https://team.slack.com/archives/C0123", "Unreadable");
    check(
        "https://team.slack.com/archives/C0123/p171827149807380",
        "Unreadable",
    );
}
