//! Nothing is lost, and nothing makes the reader stop.

use std::collections::HashSet;
use std::time::Instant;

use proptest::prelude::*;

use crate::domain::intake::{Intake, read};

fn words(text: &str) -> HashSet<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(str::to_owned)
        .collect()
}

/// Everything that was read, as one text.
fn everything(intake: &Intake) -> String {
    let mut all = vec![intake.title.clone()];
    all.extend(
        intake
            .sections
            .iter()
            .flat_map(|section| [section.heading.clone(), section.text.clone()]),
    );
    all.extend(
        intake
            .events
            .iter()
            .flat_map(|event| [event.typed.clone(), event.text.clone()]),
    );
    all.extend(
        intake
            .actions
            .iter()
            .flat_map(|action| [action.title.clone(), action.note.clone()]),
    );
    all.extend(intake.frame.iter().map(|line| line.text.clone()));
    all.join("\n")
}

fn lost(text: &str, intake: &Intake) -> Vec<String> {
    let kept = words(&everything(intake));
    words(text)
        .into_iter()
        .filter(|word| !kept.contains(word) && word != "x" && word != "X")
        .collect()
}

/// Lines such as people write, and pieces of them.
fn line() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec![
        "", "", "- ", "* ", "  - ", "    ", "1. ", "# ", "## ", "### ", "> ", "| ", "```", "---",
        "•", "**", "- [ ] ", "<!-- ", "[a]: ", "\t",
    ]);
    let head = prop::sample::select(vec![
        "",
        "12:30 ",
        "2020-01-02 ",
        "2020-01-02 09:10 UTC ",
        "**18:00** ",
        "[09:10] ",
        "~9pm ",
        "May 5th ",
        "22:XX ",
        "HH:mm ",
        "Timeline",
        "Action items",
        "Root cause",
        "Impact: ",
        "All times in PST",
        "10:00 to 11:00 ",
        "At 05:30 on 2015-02-24 ",
        "| 10:00 | ",
        "**Impact**: ",
        "<ann> [12:00] ",
        "24/07/25",
        "2020-01-02",
        "What went well?",
        "é12:00",
        "\u{202e}",
    ]);
    let rest = prop_oneof![
        Just(String::new()),
        "[a-z]{1,8}( [a-zéß🙂]{1,6}){0,3}",
        "\\PC{0,20}",
        Just("| word |".to_owned()),
        Just(" (Oct 29) tail".to_owned()),
        Just(" -->".to_owned())
    ];
    (start, head, rest).prop_map(|(start, head, rest)| format!("{start}{head}{rest}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_word_of_any_text_is_lost(lines in prop::collection::vec(line(), 0..24), plain in any::<bool>()) {
        let text = lines.join("\n");
        // Front matter is values, not text; what stands below it is what must be kept.
        prop_assume!(!text.starts_with("---") && !text.starts_with("+++"));
        let intake = read(if plain { "story.txt" } else { "story.md" }, &text);
        prop_assert!(!intake.title.trim().is_empty());
        let lost = lost(&text, &intake);
        prop_assert!(lost.is_empty(), "{:?} of {:?}", lost, text);
        for event in &intake.events {
            prop_assert!(event.when(chrono_tz::Tz::UTC).is_ok());
        }
    }

    #[test]
    fn any_bytes_are_read(text in "(?s).{0,400}", path in "\\PC{0,20}") {
        let intake = read(&path, &text);
        prop_assert!(!intake.title.trim().is_empty());
    }
}

#[test]
fn deep_nesting_and_long_lines_are_read_in_time() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let quotes = "> ".repeat(100_000) + "words";
    let lists = "- ".repeat(100_000) + "words";
    let stairs: String = (0..400)
        .map(|depth| format!("{}- step\n", "  ".repeat(depth)))
        .collect();
    let headings = "# a\n".repeat(5_000);
    let rows = "| 12:00 | a |\n".repeat(5_000);
    let started = Instant::now();
    for text in [&deep, &quotes, &lists, &stairs, &headings, &rows] {
        for path in ["a.md", "a.txt"] {
            let intake = read(path, text);
            assert!(lost(text, &intake).is_empty());
        }
    }
    assert!(
        started.elapsed().as_secs() < 60,
        "took {:?}",
        started.elapsed()
    );
}

#[test]
fn the_time_grows_with_the_text_and_not_with_its_square() {
    let time = |count: usize| {
        let text = format!(
            "# T\n\n## Timeline\n\n{}",
            "- 2020-01-02 10:00 began [a [b **c\n".repeat(count)
        );
        // The quickest of three: other programs run on the same machine.
        (0..3)
            .map(|_| {
                let started = Instant::now();
                assert_eq!(read("a.md", &text).events.len(), count);
                started.elapsed().as_secs_f64()
            })
            .fold(f64::INFINITY, f64::min)
    };
    let (small, large) = (time(500), time(4_000));
    // Eight times the text; a square would take 64 times as long.
    assert!(large < small * 32.0 + 0.5, "{small} and {large} seconds");
}
