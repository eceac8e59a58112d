//! Texts that nobody writes and somebody sends: twice the text is twice the work, whatever it says.

use super::super::lexicon::Lexicon;
use super::super::rules::Rules;
use super::super::work;
use super::{Words, lint};

/// How much longer the longer text is.
const TIMES: usize = 2;

/// Fails if the work for a text grows faster than the text. (Work is counted and not timed, so a busy machine does not
/// matter. What is counted: steps of matching, bytes looked at again, comparisons of findings.)
#[track_caller]
fn grows_with_its_length(name: &str, length: usize, make: impl Fn(usize) -> String) {
    let done = |length: usize| {
        let text = make(length);
        work::of(|| drop(lint(&text, &Words::new())))
    };
    let (short, long) = (done(length), done(length * TIMES));
    assert!(short < length * 4_000, "{name}: {short} for {length} bytes");
    assert!(
        long <= short * TIMES + short / 5 + 20_000,
        "{name}: {short} for {length} bytes, {long} for twice as many"
    );
}

fn repeated(piece: &str, length: usize) -> String {
    piece.repeat(length / piece.len() + 1)
}

#[test]
fn repeated_words_and_names_take_linear_work() {
    for piece in [
        "Kofi Anan failed to ",
        "the engineer should have had the key and ",
        "The engineer should have had the key. ",
        "We should have asked and they failed to act, ",
        "who should have ",
        "Marvin (our bot) failed to ",
        "a",
        "a-",
        "1.",
        "é",
        "A.m. ",
        "😀",
    ] {
        grows_with_its_length(piece, 60_000, |length| repeated(piece, length));
    }
}

#[test]
fn every_word_that_a_rule_looks_for_takes_linear_work() {
    let mut lexicon = Lexicon::load().unwrap();
    let rules = Rules::load(&mut lexicon).unwrap();
    let wanted = |id: &u32| lexicon.spelling(*id);
    for row in &rules.rows {
        let words: Vec<&str> = row.pattern.anchors.iter().filter_map(wanted).collect();
        let piece = format!(
            "Ada {} ",
            words.iter().take(3).copied().collect::<Vec<_>>().join(" ")
        );
        grows_with_its_length(&piece, 4_000, |length| repeated(&piece, length));
    }
}

#[test]
fn marks_that_open_and_never_close_take_linear_work() {
    for piece in [
        "\"a ",
        "“a ",
        "'a ",
        "‘a ",
        "\"a 'b ",
        "[",
        "](",
        "![",
        "`",
        "``a",
        "*",
        "*A ",
        "_a ",
        "**a ",
        "~~",
        "<",
        "<!--",
        "<a ",
        "(",
        ":",
        "://",
        "| a ",
        "> ",
        "- ",
        "1. ",
        "  - a\n",
        "> a\n",
        "# a\n",
        "&",
        "\\",
        "@a",
        "[^a]: ",
        "---\n",
        "\r\n",
        "\0",
        "</",
        "| a | b |\n|---|---|\n",
    ] {
        grows_with_its_length(piece, 20_000, |length| {
            format!("The engineer failed to act. {}", repeated(piece, length))
        });
    }
}

#[test]
fn marks_that_close_what_was_opened_take_linear_work() {
    for (open, close) in [
        ("*A ", " A*"),
        ("_A *B ", " B* A_"),
        ("[", "](x)"),
        ("\"a ", " a\""),
        ("“a ", " a”"),
        ("`a ", " a`"),
        ("(", ")"),
        ("<b>", "</b>"),
    ] {
        grows_with_its_length(open, 10_000, |length| {
            let times = length / (open.len() + close.len());
            format!(
                "The engineer {}failed to{} act.",
                open.repeat(times),
                close.repeat(times)
            )
        });
    }
}

#[test]
fn comments_that_keep_wording_take_linear_work() {
    for piece in [
        "<!-- second-story keep -->",
        "<!-- second-story keep: omission, because -->\n",
        "They failed to act. <!-- second-story keep: omission, because it is quoted --> ",
        "<!-- second-story keep: omission, because it is quoted -->\nThey failed to act.\n",
    ] {
        grows_with_its_length(piece, 40_000, |length| repeated(piece, length));
    }
}

#[test]
fn five_megabytes_in_one_line_are_read_to_the_end() {
    let text = format!("{}The engineer failed to act.", "a b, ".repeat(1_000_000));
    let found = lint(&text, &Words::new());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].start.column, 5_000_014);
}
