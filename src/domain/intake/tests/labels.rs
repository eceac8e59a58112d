//! Labels in front of words, times in a column, and headings in other languages: nothing of them is lost.

use super::{markdown, rows, section};
use crate::domain::intake::headings::{self, Role};
use crate::domain::intake::read;

const NO_HEADINGS: &str = "Mail was down.\n\nRoot cause: a full disk in rack four\n\nImpact: many users\nDetection: an alert\n\nLessons learned: watch the disks\n\nContributing factors: nobody was told\n\nAction items: enlarge the disk\n\nTimeline: 10:00 alert\n10:05 fixed\n\nThat is all.\n";

#[test]
fn short_labels_keep_their_words() {
    for path in ["mail.txt", "mail.md"] {
        let read = read(path, NO_HEADINGS);
        let causes: Vec<&str> = read.factors.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(
            causes,
            ["a full disk in rack four", "nobody was told"],
            "{path}"
        );
        assert_eq!(section(&read, "impact"), "many users");
        assert_eq!(section(&read, "detection"), "an alert");
        assert_eq!(section(&read, "lessons"), "watch the disks");
        assert_eq!(read.actions[0].title, "enlarge the disk");
        let events: Vec<&str> = read.events.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(events, ["alert", "fixed"], "{path}");
        let all: Vec<&str> = read.sections.iter().map(|it| it.text.as_str()).collect();
        assert!(all.concat().contains("That is all."), "{all:?}");
    }
}

#[test]
fn a_cause_that_a_written_part_names_becomes_a_statement() {
    let text = "# Mail\n\n## Description\n\nMail was down.\n\nRoot cause: a full disk\n\nIt was long.\n\n## Impact\n\nNone.\n";
    let read = markdown(text);
    assert_eq!(read.factors.len(), 1);
    assert_eq!(read.factors[0].text, "a full disk");
    assert_eq!(section(&read, "summary"), "Mail was down.\n\nIt was long.");
    assert_eq!(section(&read, "causes"), "a full disk");
}

#[test]
fn a_column_of_times_is_a_row_each() {
    for text in [
        "## Timeline\n\n2026-10-14 10:00 alert\n2026-10-14 10:05 fixed\n2026-10-14 10:10 told\n",
        "## Timeline\n\n2026-10-14\n\n10:00 alert\n10:05 fixed\n10:10 told\n",
    ] {
        assert_eq!(
            rows(&markdown(text)),
            [
                "2026-10-14 10:00:00 alert",
                "2026-10-14 10:05:00 fixed",
                "2026-10-14 10:10:00 told"
            ]
        );
    }
    let wrapped =
        "## Timeline\n\n- 2026-10-14 10:00 alert, which lasted until\n10:05 and then ended\n";
    assert_eq!(markdown(wrapped).events.len(), 1);
}

#[test]
fn the_front_matter_says_the_zone() {
    let text = "---\nzone: Europe/Berlin\nseverity: SEV-2\n---\n# Mail\n\n## Timeline\n\n- 2026-10-14 10:00 alert\n";
    let read = markdown(text);
    assert_eq!(read.zone.map(|zone| zone.name()), Some("Europe/Berlin"));
    let other = markdown(&text.replace("Europe/Berlin", "Middle/Earth"));
    assert!(
        other
            .remarks
            .iter()
            .any(|it| it.text.contains("Middle/Earth"))
    );
    let stated = markdown(&text.replace("## Timeline", "## Timeline (UTC)"));
    assert_eq!(stated.zone.map(|zone| zone.name()), Some("UTC"));
}

#[test]
fn headings_of_other_languages_are_known() {
    for (heading, key) in [
        ("Zusammenfassung", "summary"),
        ("Ursache", "causes"),
        ("Ursachen und Auslöser", "causes"),
        ("Maßnahmen", "follow-up"),
        ("MASSNAHMEN", "follow-up"),
        ("Nächste Schritte", "follow-up"),
        ("Auswirkungen", "impact"),
        ("Auswirkung auf Kunden", "impact"),
        ("Zeitleiste (MEZ)", "timeline"),
        ("Zeitlicher Ablauf", "timeline"),
        ("Erkennung", "detection"),
        ("Behebung", "response"),
        ("Was gut lief", "went-well"),
        ("Erkenntnisse", "lessons"),
        ("Résumé", "summary"),
        ("Causes racines", "causes"),
        ("Próximos pasos", "follow-up"),
    ] {
        let role = headings::role(heading).map(Role::key);
        assert_eq!(role, Some(key), "{heading}");
    }
}

#[test]
fn marks_of_markdown_are_no_words() {
    let text = "Mail\n====\n\nImpact\n------\n\nNobody wrote.\n\n## Timeline\n\n| When | What |\n|---|---|\n| 2026-10-14 10:00 | a \\| b |\n";
    let read = markdown(text);
    assert_eq!(read.title, "Mail");
    assert_eq!(section(&read, "impact"), "Nobody wrote.");
    assert_eq!(read.events[0].text, "a | b");
}
