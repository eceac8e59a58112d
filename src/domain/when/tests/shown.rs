//! How moments are shown.

use super::*;

/// Reads in UTC or in the zone that the text names, then shows in `zone`.
fn check(typed: &str, zone: &str, expected: (&str, Option<&str>, &str)) {
    let context = Context {
        zone: zone.parse().unwrap(),
        previous: None,
        day: "2026-10-14".parse().ok(),
        now: "2026-10-15T20:00:00Z".parse().unwrap(),
    };
    let when = parse(typed, &context).unwrap().when;
    let shown = (
        clock(&when, context.zone),
        day(&when, context.zone),
        full(&when, context.zone),
    );
    let (clock, day, full) = expected;
    assert_eq!(
        shown,
        (clock.to_owned(), day.map(str::to_owned), full.to_owned()),
        "{typed}"
    );
}

#[test]
fn a_moment_is_never_shown_more_precisely_than_it_is_known() {
    let wednesday = Some("Wed 14 Oct 2026");
    let zone = "Europe/Berlin";
    check(
        "14:32",
        zone,
        ("14:32", wednesday, "Wed 14 Oct 2026 14:32 CEST, UTC+2"),
    );
    check(
        "~14:30",
        zone,
        ("~14:30", wednesday, "Wed 14 Oct 2026 ~14:30 CEST, UTC+2"),
    );
    check(
        "14:32:00",
        zone,
        (
            "14:32:00",
            wednesday,
            "Wed 14 Oct 2026 14:32:00 CEST, UTC+2",
        ),
    );
    check(
        "14:32:05.0738",
        zone,
        (
            "14:32:05.073800",
            wednesday,
            "Wed 14 Oct 2026 14:32:05.073800 CEST, UTC+2",
        ),
    );
    check(
        "14:10-14:25",
        zone,
        (
            "14:10–14:25",
            wednesday,
            "Wed 14 Oct 2026 14:10–14:25 CEST, UTC+2",
        ),
    );
    check(
        "15:xx",
        zone,
        ("15:??", wednesday, "Wed 14 Oct 2026 15:?? CEST, UTC+2"),
    );
    check(
        "15:00-16:00",
        zone,
        (
            "15:00–16:00",
            wednesday,
            "Wed 14 Oct 2026 15:00–16:00 CEST, UTC+2",
        ),
    );
    check("?", zone, ("?", None, "Time unknown"));
}

#[test]
fn a_range_keeps_its_seconds_and_its_mark() {
    let wednesday = Some("Wed 14 Oct 2026");
    let seconds = "Wed 14 Oct 2026 14:10:05–14:11:00 UTC";
    check(
        "14:10:05-14:11",
        "UTC",
        ("14:10:05–14:11:00", wednesday, seconds),
    );
    let about = "Wed 14 Oct 2026 ~14:10–14:25 UTC";
    check("~14:10-14:25", "UTC", ("~14:10–14:25", wednesday, about));
}

#[test]
fn ranges_over_days_say_so() {
    let zone = "Europe/Berlin";
    let wednesday = Some("Wed 14 Oct 2026");
    check(
        "23:50-00:10",
        zone,
        (
            "23:50–00:10 (+1 day)",
            wednesday,
            "Wed 14 Oct 2026 23:50 – Thu 15 Oct 2026 00:10 CEST, UTC+2",
        ),
    );
    check(
        "2026-10-14 14:10 - 2026-10-16 09:00",
        zone,
        (
            "14 Oct 14:10 – 16 Oct 09:00",
            wednesday,
            "Wed 14 Oct 2026 14:10 – Fri 16 Oct 2026 09:00 CEST, UTC+2",
        ),
    );
    check(
        "2025-12-31 14:10 - 2026-01-02 09:00",
        zone,
        (
            "31 Dec 2025 14:10 – 2 Jan 2026 09:00",
            Some("Wed 31 Dec 2025"),
            "Wed 31 Dec 2025 14:10 – Fri 2 Jan 2026 09:00 CET, UTC+1",
        ),
    );
    check(
        "2025-10-26 01:30-03:30",
        zone,
        (
            "01:30–03:30",
            Some("Sun 26 Oct 2025"),
            "Sun 26 Oct 2025 01:30 CEST, UTC+2 – Sun 26 Oct 2025 03:30 CET, UTC+1",
        ),
    );
}

#[test]
fn whole_days_months_and_years_are_called_so() {
    for zone in ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"] {
        check(
            "2017-02-28",
            zone,
            ("28 Feb 2017", Some("Tue 28 Feb 2017"), "28 Feb 2017"),
        );
        check("2017-02", zone, ("Feb 2017", Some("Feb 2017"), "Feb 2017"));
        check("year 2017", zone, ("2017", Some("2017"), "2017"));
        check(
            "year 2016 - year 2018",
            zone,
            ("2016 – 2018", Some("2016 – 2018"), "2016 – 2018"),
        );
        check(
            "June to August 2016",
            zone,
            (
                "Jun 2016 – Aug 2016",
                Some("Jun 2016 – Aug 2016"),
                "Jun 2016 – Aug 2016",
            ),
        );
        check(
            "ca. 2017-02-28",
            zone,
            ("~28 Feb 2017", Some("Tue 28 Feb 2017"), "~28 Feb 2017"),
        );
        check(
            "1-15 June 2016",
            zone,
            (
                "1 Jun 2016 – 15 Jun 2016",
                Some("Wed 1 Jun 2016"),
                "1 Jun 2016 – 15 Jun 2016",
            ),
        );
    }
    // 23 and 25 hours, and days that begin at one o'clock.
    check(
        "2026-03-29",
        "Europe/Berlin",
        ("29 Mar 2026", Some("Sun 29 Mar 2026"), "29 Mar 2026"),
    );
    check(
        "2025-10-26",
        "Europe/Berlin",
        ("26 Oct 2025", Some("Sun 26 Oct 2025"), "26 Oct 2025"),
    );
    check(
        "2026-04-24",
        "Africa/Cairo",
        ("24 Apr 2026", Some("Fri 24 Apr 2026"), "24 Apr 2026"),
    );
    check(
        "2026-04-23",
        "Africa/Cairo",
        ("23 Apr 2026", Some("Thu 23 Apr 2026"), "23 Apr 2026"),
    );
    check(
        "2011-12-29",
        "Pacific/Apia",
        ("29 Dec 2011", Some("Thu 29 Dec 2011"), "29 Dec 2011"),
    );
}

#[test]
fn a_day_of_one_zone_is_no_whole_day_in_another() {
    let from = "2026-10-13T22:00:00Z".parse().ok();
    let until = "2026-10-14T22:00:00Z".parse().ok();
    let when = When::from_parts("2026-10-14", from, until, Precision::Range).unwrap();
    assert_eq!(clock(&when, Tz::Europe__Berlin), "14 Oct 2026");
    assert_eq!(clock(&when, Tz::UTC), "22:00–22:00 (+1 day)");
}

#[test]
fn a_time_that_came_twice_carries_its_abbreviation() {
    let sunday = Some("Sun 26 Oct 2025");
    check(
        "2025-10-26 02:30 CEST",
        "Europe/Berlin",
        ("02:30 CEST", sunday, "Sun 26 Oct 2025 02:30 CEST, UTC+2"),
    );
    check(
        "2025-10-26 02:30 CET",
        "Europe/Berlin",
        ("02:30 CET", sunday, "Sun 26 Oct 2025 02:30 CET, UTC+1"),
    );
    check(
        "2025-10-26 02:10 CEST - 02:10 CET",
        "Europe/Berlin",
        (
            "02:10 CEST – 02:10 CET",
            sunday,
            "Sun 26 Oct 2025 02:10 CEST, UTC+2 – Sun 26 Oct 2025 02:10 CET, UTC+1",
        ),
    );
    check(
        "2025-10-26 02:10-02:40 CET",
        "Europe/Berlin",
        (
            "02:10–02:40 CET",
            sunday,
            "Sun 26 Oct 2025 02:10–02:40 CET, UTC+1",
        ),
    );
}

#[test]
fn the_zone_is_named_as_its_clocks_stand() {
    let check = |zone: &str, at: &str, expected: &str| {
        let shown = zone_text(zone.parse().unwrap(), at.parse().unwrap());
        assert_eq!(shown, expected, "{zone} {at}");
    };
    check("UTC", "2026-10-14T12:00:00Z", "UTC");
    check("Etc/UTC", "1912-04-14T23:40:00Z", "UTC");
    check("Europe/London", "2026-10-14T12:00:00Z", "BST, UTC+1");
    check("Europe/London", "2026-12-14T12:00:00Z", "GMT, UTC+0");
    check("Asia/Kathmandu", "2026-10-14T12:00:00Z", "UTC+5:45");
    check("America/St_Johns", "2026-10-14T12:00:00Z", "NDT, UTC-2:30");
    check("Europe/Berlin", "1850-01-01T12:00:00Z", "LMT, UTC+0:53:28");
}
