//! The rows of a text, without a server.

use super::{Desk, run};

#[test]
fn the_rows_of_a_chat_are_printed_as_they_are_read() {
    let desk = Desk::new();
    let file = desk.write(
        "thread.txt",
        "[23:50] ines: queue is full\n[00:10] rob: restarted it\n",
    );
    let ran = run(&[
        "timeline",
        &file,
        "--day",
        "2026-10-14",
        "--zone",
        "Europe/Vienna",
    ])
    .expect(0);
    assert!(
        ran.out
            .contains("1\tWed 14 Oct 2026 23:50 CEST, UTC+2\tpeople saw\tines: queue is full"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("Read as the next day, Thu 15 Oct 2026."),
        "{}",
        ran.out
    );
    let ran = run(&["timeline", &file, "--json"]).expect(0);
    let rows: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1]["speaker"], "rob");
    assert_eq!(rows[1]["lane"], "did");
    assert_eq!(rows[0]["at"], serde_json::Value::Null);
    assert!(ran.err.contains("does not say the day"), "{}", ran.err);
}

#[test]
fn a_file_or_a_zone_that_is_not_there_is_wrong_use() {
    run(&["timeline", "not-there.txt"]).expect(2);
    let desk = Desk::new();
    let file = desk.write("thread.txt", "10:32 x");
    let ran = run(&["timeline", &file, "--zone", "Europe/Wien"]).expect(2);
    assert!(ran.err.contains("is not a time zone"), "{}", ran.err);
}

#[test]
fn roles_of_a_file_take_the_place_of_names_in_what_is_printed() {
    let desk = Desk::new();
    let file = desk.write(
        "thread.txt",
        "[2026-10-14 23:50] ines: Siobhán O'Brien asked @rob\n",
    );
    let roles = desk.write("roles.txt", "@ines = the network team\n@rob = the pilot\n");
    let ran = run(&["timeline", &file, "--roles", &roles]).expect(0);
    let line = "Network team: Siobhán O'Brien asked the pilot";
    assert!(ran.out.contains(line), "{}", ran.out);
    assert!(
        ran.err.contains("No role is given for Siobhán O'Brien."),
        "{}",
        ran.err
    );
    let wrong = desk.write("wrong.txt", "ines the network team\n");
    let ran = run(&["timeline", &file, "--roles", &wrong]).expect(2);
    assert!(ran.err.contains("has no “=”"), "{}", ran.err);
}
