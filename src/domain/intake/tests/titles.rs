//! Titles, days and front matter.

use super::section;
use crate::domain::intake::read;

fn title(path: &str, text: &str) -> String {
    read(path, text).title
}

fn day(path: &str, text: &str) -> Option<String> {
    read(path, text).happened_on.map(|day| day.to_string())
}

#[test]
fn a_title_comes_from_the_front_matter_a_heading_or_the_name_of_the_file() {
    assert_eq!(
        title("a.md", "---\ntitle: Queue stopped\n---\n# Other\n"),
        "Queue stopped"
    );
    assert_eq!(
        title("a.md", "+++\ntitle = \"Queue stopped\"\n+++\ntext\n"),
        "Queue stopped"
    );
    assert_eq!(title("a.md", "# `Queue` stopped\n"), "Queue stopped");
    assert_eq!(
        title("in/2021-05-09-queue-stopped.md", "## Issue summary\nx\n"),
        "Queue stopped"
    );
    assert_eq!(title("20150224-queueoutage.txt", "x"), "Queueoutage");
    assert_eq!(title("posts/queue-stopped/index.md", "x"), "Queue stopped");
    assert_eq!(title("", ""), "Untitled");
    assert_eq!(title("2020-01-01.md", ""), "2020 01 01");
}

#[test]
fn a_day_in_front_of_a_title_is_taken_off_it() {
    assert_eq!(
        title("a.md", "# 2018-02-20, Announcement swamps it\n"),
        "Announcement swamps it"
    );
    assert_eq!(
        title("a.md", "# February 5th, 2019 partial outage\n"),
        "Partial outage"
    );
    assert_eq!(
        title("a.md", "# Incident on 2020-02-12\n"),
        "Incident on 2020-02-12"
    );
}

#[test]
fn the_day_is_the_one_that_the_rows_confirm() {
    assert_eq!(
        day(
            "2022-06-02-limit.md",
            "# 2022-01-27, limit reached\n## Timeline\n### 2022-06-02 10:00\nbegan\n"
        )
        .as_deref(),
        Some("2022-06-02")
    );
    assert_eq!(
        day(
            "2024-06-25-stall.md",
            "# Stall\n## Timeline\n2024-01-10 19:32 - stalled\n"
        )
        .as_deref(),
        Some("2024-01-10")
    );
    assert_eq!(
        day(
            "PM2019-010.md",
            "# T\n## Timeline\n| Time | Event |\n|--|--|\n| 2019-12-04 00:30 | a |\n"
        )
        .as_deref(),
        Some("2019-12-04")
    );
    assert_eq!(
        day(
            "post.md",
            "+++\npath = \"2019/09/30/advisory\"\n+++\ntext\n"
        )
        .as_deref(),
        Some("2019-09-30")
    );
    assert_eq!(
        day("post.md", "It broke on March 3rd, 2021.\n").as_deref(),
        Some("2021-03-03")
    );
    assert_eq!(day("post.md", "It broke.\n"), None);
}

#[test]
fn other_front_matter_is_kept_and_authors_are_not() {
    let intake = read(
        "a.md",
        "---\ntitle: T\nauthors:\n  - ann\nweight: 3\ntags: [a, b]\nnested:\n  key: value\n---\ntext\n",
    );
    let kept: Vec<_> = intake
        .front_matter
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    assert_eq!(
        kept,
        ["nested={\"key\":\"value\"}", "tags=a, b", "weight=3"]
    );
    assert_eq!(section(&intake, "summary"), "text");
}

#[test]
fn broken_front_matter_stays_as_text_with_a_remark() {
    let intake = read(
        "a.md",
        "---\ntitle: [unclosed\nother: \"x\n---\n\n# Real title\n\ntext\n",
    );
    assert_eq!(intake.title, "Real title");
    assert!(
        intake
            .remarks
            .iter()
            .any(|remark| remark.text.contains("front matter"))
    );
    assert!(
        intake
            .sections
            .iter()
            .any(|section| section.text.contains("unclosed"))
    );
}

#[test]
fn a_rule_at_the_top_is_not_front_matter() {
    let intake = read("a.md", "---\n\n# T\n\nIt broke.\n");
    assert_eq!(
        (intake.title.as_str(), section(&intake, "summary")),
        ("T", "It broke.")
    );
    assert!(intake.remarks.is_empty());
}

#[test]
fn lines_are_counted_from_the_top_of_the_file() {
    let intake = read(
        "a.md",
        "\u{feff}---\r\ntitle: T\r\n---\r\n## Timeline\r\n- 2020-01-02 10:00 began\r\n",
    );
    assert_eq!(intake.events[0].line, 5);
}
