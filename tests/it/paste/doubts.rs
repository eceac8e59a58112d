//! What may be wrong with a row is pointed out with its choices; nothing is repaired in silence.

use std::time::Instant;

use second_story::domain::timeline::paste::{self, Asked, Paste};
use second_story::domain::when;

fn read(text: &str, zone: &str) -> Paste {
    let asked = Asked {
        day: "2026-07-14".parse().ok(),
        zone: zone.parse().ok(),
        otherwise: chrono_tz::Tz::UTC,
        now: "2026-11-30T12:00:00Z".parse().unwrap(),
    };
    paste::lines(text, &asked)
}

/// The doubts of a text: number of the row, code, choices.
fn check(text: &str, zone: &str, expected: &[&str]) {
    let paste = read(text, zone);
    let doubts: Vec<String> = paste
        .rows()
        .zip(1..)
        .flat_map(|(row, number)| {
            row.doubts.iter().map(move |doubt| {
                let choices: Vec<&str> = doubt
                    .choices
                    .iter()
                    .map(|choice| choice.label.as_str())
                    .collect();
                format!("{number} {} {}", doubt.code, choices.join(" / "))
                    .trim()
                    .to_owned()
            })
        })
        .collect();
    assert_eq!(doubts, expected, "{text}");
}

#[test]
fn a_slip_in_the_year_is_kept_and_pointed_out_with_the_year_around_it() {
    let rows = "2026-01-04 22:10 a\n2026-01-04 23:05 b\n2025-01-05 00:20 c\n2026-01-05 01:00 d";
    check(rows, "UTC", &["3 far-away Mon 5 Jan 2026 00:20 UTC"]);
    let chat = "[04/01/2026 22:10] ann: a\n[04/01/2026 23:05] ann: b\n[05/01/2025 00:20] ann: c\n[13/01/2026 01:00] ann: d";
    check(chat, "UTC", &["3 far-away Mon 5 Jan 2026 00:20 UTC"]);
}

#[test]
fn rows_that_go_back_are_told_from_midnight() {
    check("10:32 a\n10:30 b\n10:40 c", "UTC", &["2 out-of-order"]);
    check(
        "23:50 a\n00:10 b",
        "UTC",
        &["2 next-day Tue 14 Jul 2026 00:10 UTC"],
    );
    check(
        "[23:50] ann: a\n[00:10] ann: b",
        "UTC",
        &["2 next-day Tue 14 Jul 2026 00:10 UTC"],
    );
    check(
        "2026-07-14 10:00 a\n2026-07-12 10:00 b\n2026-07-14 11:00 c",
        "UTC",
        &["2 jump-back"],
    );
}

#[test]
fn winter_time_by_name_in_summer_is_taken_as_written_and_asked_about() {
    let paste = read("10:30 CET deploy", "Europe/Berlin");
    let row = paste.rows().next().unwrap();
    assert_eq!(row.when.at(), "2026-07-14T09:30:00Z".parse().ok());
    check(
        "10:30 CET deploy",
        "Europe/Berlin",
        &["1 zone-mark Tue 14 Jul 2026 10:30 CEST, UTC+2"],
    );
}

#[test]
fn placeholders_and_two_times_that_contradict_each_other_are_pointed_out() {
    check("15:?? the facility is called", "UTC", &["1 placeholder"]);
    check("--:-- the door", "UTC", &["1 unknown-time"]);
    let paste = read("19:18 EDT (23:19 UTC) first report", "America/New_York");
    let row = paste.rows().next().unwrap();
    assert_eq!(row.doubts[0].code, "two-times");
    assert_eq!(row.doubts[0].choices.len(), 2);
}

#[test]
fn a_choice_says_what_it_means_when_it_is_typed() {
    let paste = read("23:50 a\n~00:10 b\n00:20-00:40 c", "Europe/Berlin");
    for row in paste.rows() {
        for choice in row.doubts.iter().flat_map(|doubt| &doubt.choices) {
            let context = when::Context {
                zone: chrono_tz::Europe::Berlin,
                previous: None,
                day: None,
                now: "2026-11-30T12:00:00Z".parse().unwrap(),
            };
            let read = when::parse(&choice.typed, &context).unwrap();
            assert_eq!(
                when::full(&read.when, chrono_tz::Europe::Berlin),
                choice.label
            );
            assert_eq!(read.when.precision(), row.when.precision());
        }
    }
}

#[test]
fn day_and_zone_are_asked_for_only_where_the_text_does_not_say_them() {
    let ask = |text: &str| {
        let paste = read(text, "UTC");
        (paste.asks_day, paste.asks_zone)
    };
    assert_eq!(ask("[10:32] ann: a\n[10:33] ann: b"), (true, true));
    assert_eq!(ask("[14/10/2026 10:32] ann: a"), (false, true));
    assert_eq!(ask("2026-10-14T10:32:05Z ERROR a"), (false, false));
    assert_eq!(ask("2026-10-14 10:32 a\n10:40 b"), (false, true));
    assert_eq!(ask("All times in UTC\n10:32 a\n10:40 b"), (true, false));
}

#[test]
fn names_are_told_apart_from_the_text() {
    let paste = read(
        "[10:32] ines: ask @rob.k or mail rob@example.org\n[10:33] Tom Okafor: ok, @here",
        "UTC",
    );
    assert_eq!(paste.names(), ["ines", "Tom Okafor", "rob.k"]);
}

#[test]
fn what_nobody_should_paste_is_read_quickly_and_invents_nothing() {
    let chat: String = (0..5_000)
        .map(|at| format!("[10:{:02}] ines: line {at}\n", at / 100))
        .collect();
    let log: String = (0..5_000)
        .map(|at| format!("2026-10-14T10:32:05Z WARN line {at}\n"))
        .collect();
    let list: String = (0..5_000)
        .map(|at| format!("- 10:32 line {at}\n"))
        .collect();
    let names: String = (0..5_000)
        .map(|at| format!("ann{at}\n10:32\nhello there {at}\n"))
        .collect();
    let garbage: String = (0..200_000_u32)
        .filter_map(|at| char::from_u32(at.wrapping_mul(7919) % 0x3000))
        .collect();
    let deep = "> - * [".repeat(50_000);
    let one = "10:32 ".repeat(300_000);
    let mails: String = (0..2_000)
        .map(|at| {
            format!("> On Wed, 14 Oct 2026 at 10:32, Ann <a@example.org> wrote:\n> line {at}\n")
        })
        .collect();
    let below: String = (0..2_000)
        .map(|at| format!("the lift is stuck {at}\n10:32\n"))
        .collect();
    let fields: String = (0..2_000).map(|at| format!("line {at};10:32\n")).collect();
    let beginnings = "On Am Le vor nach gegen 1:2 (3) [4] :x: ".repeat(20_000);
    let quotes = "{\"time\":\"".repeat(100_000);
    for (name, text, rows) in [
        ("chat", &chat, 5_000),
        ("log", &log, 5_000),
        ("list", &list, 5_000),
        ("names", &names, 5_000),
        ("garbage", &garbage, 0),
        ("deep", &deep, 0),
        ("one line", &one, 1),
        ("quotes", &quotes, 0),
        ("mails", &mails, 2_000),
        ("below", &below, 2_000),
        ("fields", &fields, 2_000),
        ("beginnings", &beginnings, 0),
        ("arabic", &"10:32 السيرفر لا يرد\n".repeat(500), 500),
        ("emoji", &"[10:32] ann: 🔥🔥 down 👩‍🚒\n".repeat(500), 500),
    ] {
        let start = Instant::now();
        let found = read(text, "UTC").rows().count();
        println!(
            "{name}: {} bytes, {found} rows, {} ms",
            text.len(),
            start.elapsed().as_millis()
        );
        assert!(start.elapsed().as_secs() < 60, "{name} takes too long");
        assert!(
            found == rows || (rows == 0 && found < 50),
            "{name}: {found} rows"
        );
    }
}
