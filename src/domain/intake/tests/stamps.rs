//! Days and times at the start of a line.

use crate::domain::intake::stamp::{self, Stamp};
use crate::domain::intake::zones::Zone;

/// Date, time, end and zone of a stamp in one line, and what follows it.
fn said(text: &str) -> String {
    let Some(stamp) = stamp::read(text) else {
        return "nothing".to_owned();
    };
    let mut parts = Vec::new();
    parts.extend(stamp.date.map(|date| {
        format!(
            "{}-{}-{}",
            date.year.map_or("?".to_owned(), |year| year.to_string()),
            date.month,
            date.day
        )
    }));
    parts.extend(stamp.clock.map(|clock| clock_text(clock.seconds)));
    parts.extend(
        stamp
            .until
            .map(|clock| format!("to {}", clock_text(clock.seconds))),
    );
    parts.extend(stamp.zone.map(|zone| match zone {
        Zone::Fixed { east, .. } => format!("{east:+}"),
        Zone::Place(place) => place.name().to_owned(),
    }));
    parts.extend(stamp.about.then(|| "about".to_owned()));
    parts.extend(stamp.unreadable.then(|| "unreadable".to_owned()));
    format!("{} | {}", parts.join(" "), stamp.rest)
}

fn clock_text(seconds: u32) -> String {
    format!(
        "{}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

fn check(cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        assert_eq!(said(text), *wanted, "{text}");
    }
}

#[test]
fn days_are_read_in_every_order_that_people_write() {
    check(&[
        ("2020-02-12 x", "2020-2-12 | x"),
        ("Sep 29 2017 08:59", "2017-9-29 8:59:00 | "),
        ("June 14th, 2022, 10:00 AM: x", "2022-6-14 10:00:00 | x"),
        ("13th Sept 08:01 x", "?-9-13 8:01:00 | x"),
        ("19. April, 11:00", "?-4-19 11:00:00 | "),
        (
            "Wed, Sep 18, 2019 at 13:54 UTC: x",
            "2019-9-18 13:54:00 +0 | x",
        ),
        ("07/08/16 01:02 x", "2016-7-8 1:02:00 | x"),
        ("24/07/25", "2025-7-24 | "),
        ("11/03/202 - x", "?-11-3 | x"),
        ("20180110T16:11 - x", "2018-1-10 16:11:00 | x"),
        ("[12-05 16:21] x", "?-12-5 16:21:00 | x"),
        ("October 29-30, 2025 - x", "2025-10-29 | x"),
        ("22:30 UTC (Oct 29) - x", "?-10-29 22:30:00 +0 | x"),
        ("[00:08] (2018-04-03) x", "2018-4-3 0:08:00 | x"),
        (
            "At 05:30 on 2015-02-24 all of it",
            "2015-2-24 5:30:00 | all of it",
        ),
    ]);
}

#[test]
fn times_are_read_with_dots_without_a_colon_and_with_halves_of_the_day() {
    check(&[
        ("2022-03-10 11.50", "2022-3-10 11:50:00 | "),
        ("2025-01-14 1600", "2025-1-14 16:00:00 | "),
        ("0400 - x", "4:00:00 | x"),
        ("15.35: x", "15:35:00 | x"),
        ("12:28p x", "12:28:00 | x"),
        ("12:05 AM x", "0:05:00 | x"),
        ("2017-01-02 17:14pm", "2017-1-2 17:14:00 | "),
        ("9pm x", "21:00:00 | x"),
        ("24:00 x", "24:00:00 | x"),
        ("19:17:31.012 x", "19:17:31 | x"),
        ("17:18UTC x", "17:18:00 +0 | x"),
    ]);
}

#[test]
fn ranges_zones_and_doubt_are_read() {
    check(&[
        ("18:50 to 19:50 x", "18:50:00 to 19:50:00 | x"),
        ("~13:30-13:45 x", "13:30:00 to 13:45:00 about | x"),
        ("00:25 - 00:29 AM", "0:25:00 to 0:29:00 | "),
        ("12:44Z-12:45Z x", "12:44:00 to 12:45:00 +0 | x"),
        ("19:18 EDT (23:18 UTC): x", "19:18:00 -14400 | x"),
        ("2018-07-08 ca. 18:30 x", "2018-7-8 18:30:00 about | x"),
        (
            "2024-11-21 18:15:00 - (approximately) x",
            "2024-11-21 18:15:00 | (approximately) x",
        ),
        ("2024-01-02T03:04:05-07:00 x", "2024-1-2 3:04:05 -25200 | x"),
        ("7:09 AM Eastern: x", "7:09:00 America/New_York | x"),
        ("14:29 Amongst it", "14:29:00 | Amongst it"),
        ("09:22 Mark said", "9:22:00 | Mark said"),
    ]);
}

#[test]
fn times_that_nobody_knew_are_kept_as_such() {
    check(&[
        ("22:XX x", "unreadable | x"),
        ("Dec 17th **24:XX** x", "?-12-17 unreadable | x"),
        ("--:-- x", "unreadable | x"),
        ("2020-12-21 HH:mm", "2020-12-21 unreadable | "),
        ("2022-05-?? HH:mm", "unreadable | "),
        ("2021/22-??-?? HH:mm", "unreadable | "),
        ("2023-01-04 (Time TBC)", "2023-1-4 unreadable | "),
    ]);
}

#[test]
fn numbers_versions_and_words_are_no_times() {
    for text in [
        "1.24wmf2 was deployed",
        "1.17 creates 2 rules",
        "10.128.0.7 is down",
        "2019 was a long year",
        "404 errors",
        "mayor 5 said",
        "3:1 ratio",
        "at once",
        "on call",
        "10 a day",
        "99:99",
        "2020-13-45",
        "HHmm",
        "x",
    ] {
        assert_eq!(said(text), "nothing", "{text}");
    }
}

#[test]
fn bold_text_behind_a_time_stays_bold() {
    assert_eq!(
        said("2023-02-02 10:21 **Incident** declared"),
        "2023-2-2 10:21:00 | **Incident** declared"
    );
    assert_eq!(said("**18:53** `@nova` first"), "18:53:00 | `@nova` first");
    assert_eq!(
        said("**June 14th, 2022, 10:00 AM:** As part"),
        "2022-6-14 10:00:00 | As part"
    );
}

#[test]
fn a_nick_may_stand_in_front() {
    let stamp = stamp::read("<SAL> [2016-12-27T05:14:37Z] starting").unwrap();
    assert!(matches!(
        stamp,
        Stamp {
            before: "<SAL>",
            rest: "starting",
            ..
        }
    ));
}
