//! The rules' own examples, and what must hold for any text.

mod hostile; // texts that nobody writes and somebody sends
mod naming; // names of people

use proptest::prelude::*;

use super::engine::{self, Engine};
use super::{Words, findings, lint, ready, rules};

fn quotes(text: &str) -> Vec<(&'static str, String)> {
    findings(text, &Words::new())
        .into_iter()
        .map(|finding| (finding.rule, text[finding.start..finding.end].to_owned()))
        .collect()
}

#[test]
fn the_data_can_be_read() {
    assert_eq!(Engine::load().err(), None);
    assert!(ready().is_ok());
    assert!(engine::rules().len() == 15);
}

#[test]
fn every_rule_finds_its_failing_examples_and_passes_the_others() {
    let engine = Engine::load().unwrap();
    let mut wrong = Vec::new();
    for rule in &engine.rules.rules {
        assert!(
            !rule.finds.is_empty() && !rule.passes.is_empty(),
            "{}",
            rule.id
        );
        for text in &rule.finds {
            if !quotes(text).iter().any(|(id, _)| *id == rule.id) {
                wrong.push(format!(
                    "{} is blind to: {text} {:?}",
                    rule.id,
                    quotes(text)
                ));
            }
        }
        for text in &rule.passes {
            let found = quotes(text);
            if !found.is_empty() {
                wrong.push(format!("{} should be silent: {text} {found:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn code_quotations_addresses_headings_and_front_matter_are_never_judged() {
    let blame = "The engineer should have tested the restore.";
    assert_eq!(quotes(blame).len(), 1);
    for hidden in [
        format!("`{blame}`"),
        format!("```\n{blame}\n```"),
        format!("    {blame}"),
        format!("> {blame}"),
        format!("# {blame}"),
        format!("{blame}\n====="),
        format!("\"{blame}\""),
        format!("“{blame}”"),
        format!("<!-- {blame} -->"),
        format!("---\nnote: {blame}\n---\n"),
        format!("| {blame} |\n|---|\n| x |"),
        "https://example.org/the-engineer-should-have-tested".to_owned(),
        "[x](https://example.org/the-engineer-failed-to-act \"the engineer failed to act\")"
            .to_owned(),
    ] {
        assert_eq!(quotes(&hidden), [], "{hidden}");
    }
}

#[test]
fn what_somebody_said_in_a_chat_is_a_quotation_and_other_marks_at_a_lines_start_are_none() {
    let blame = "we should have tested the restore.";
    for said in [
        format!("<wren> {blame}"),
        format!("- 21:57 <wren-k> {blame}"),
        format!("[2021-03-04 21:57:10] <Wren2> **Note:** {blame}"),
        format!("• 21:57 <wren> {blame}\n• 21:58 <ada> {blame}"),
    ] {
        assert_eq!(quotes(&said), [], "{said}");
    }
    for told in [
        blame.to_owned(),
        format!("<br> {blame}"),
        format!("21:57 <wren> hello\n\n{blame}"),
        format!("As said by <wren> {blame}"),
        format!("- 21:57 {blame}"),
    ] {
        assert_eq!(quotes(&told).len(), 1, "{told}");
    }
}

#[test]
fn list_items_and_table_cells_are_judged() {
    let blame = "The engineer should have tested the restore.";
    for shown in [
        format!("- {blame}"),
        format!("1. first\n2. {blame}"),
        format!("| What |\n|---|\n| {blame} |"),
        format!("> [!NOTE]\n> {blame}"),
        format!("**{blame}**"),
        format!("- [ ] {blame}"),
    ] {
        assert_eq!(quotes(&shown).len(), 1, "{shown}");
    }
}

#[test]
fn an_organisation_can_add_its_own_words() {
    let text = "Heimdall failed to lock the door. Wombats failed to lock the door.";
    assert_eq!(quotes(text), []);
    let own = Words::new().people("wombat").system("heimdall");
    assert_eq!(findings(text, &own).len(), 1);
    let text = "The pilot failed to start.";
    assert_eq!(findings(text, &Words::new()).len(), 1);
    assert_eq!(findings(text, &Words::new().system("pilot")), []);
}

#[test]
fn the_document_says_who_is_a_program() {
    assert_eq!(
        quotes("At 9 Gloria failed to post the reminder.\n\nGloria is our chat bot."),
        []
    );
    assert_eq!(quotes("At 9 Gloria failed to post the reminder.").len(), 1);
}

#[test]
fn one_cause_is_said_once_a_document() {
    let text = "The root cause was a full disk. The root cause was a bad cable.";
    assert_eq!(quotes(text).len(), 1);
}

#[test]
fn those_who_write_of_themselves_are_asked_more_gently() {
    let question = |text| findings(text, &Words::new())[0].question;
    assert_ne!(
        question("We should have tested the restore."),
        question("They should have tested the restore.")
    );
}

#[test]
fn broken_contractions_are_read_without_dividing_a_letter() {
    for text in [
        "So this cané't ever happen again.",
        "They did n't test it.",
        "n't",
        "It caN'T ever happen again.",
    ] {
        for finding in findings(text, &Words::new()) {
            let found = text.get(finding.start..finding.end);
            assert!(found.is_some_and(|found| !found.is_empty()), "{text}");
        }
    }
    let found = findings("They did n't test it.", &Words::new());
    assert_eq!(found.first().map(|one| one.rule), Some("omission"));
}

#[test]
fn a_comment_within_words_that_are_found_is_told_of_as_well() {
    let text = "Human <!-- second-story keep: counterfactual, because it is quoted --> mistake.";
    let found = lint(text, &Words::new());
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.finding.rule, one.start.point))
        .collect();
    assert_eq!(told, [("human-error", 0), ("keep", 6)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_answered_twice_the_same_with_spans_on_characters(text in "(\\PC|[\\n*_`>|#\"'’“”-]){0,200}") {
        let once = findings(&text, &Words::new());
        for finding in &once {
            prop_assert!(text.get(finding.start..finding.end).is_some_and(|found| !found.is_empty()));
        }
        prop_assert_eq!(once, findings(&text, &Words::new()));
        prop_assert_eq!(lint(&text, &Words::new()), lint(&text, &Words::new()));
    }

    #[test]
    fn words_in_any_order_are_answered_without_a_panic(words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..60)) {
        let text = words.join(" ");
        let mut last = 0;
        for finding in findings(&text, &Words::new()) {
            prop_assert!(finding.start >= last && finding.end > finding.start);
            last = finding.end;
            prop_assert!(text.get(finding.start..finding.end).is_some());
        }
        let (mut last, mut before) = (0, 0);
        for one in lint(&text, &Words::new()) {
            prop_assert!(one.start.point >= before && one.end.point > one.start.point);
            before = one.start.point;
            // What is said of a comment can lie within words that are found around it.
            if rules().any(|rule| rule.slug == one.finding.rule) {
                prop_assert!(one.start.point >= last);
                last = one.end.point;
            }
            let quoted: String = text.chars().skip(one.start.point).take(one.quote.chars().count()).collect();
            prop_assert_eq!(quoted, one.quote);
        }
    }
}

const WORDS: &[&str] = &[
    "the",
    "engineer",
    "Müller",
    "Kofi's",
    "should",
    "shouldn’t",
    "have",
    "been",
    "failed",
    "to",
    "test",
    "tested",
    "by",
    "server",
    "who",
    "and",
    ",",
    ".",
    ";",
    "“",
    "”",
    "\"",
    "`x`",
    "(",
    ")",
    "| a |\n|---|\n|",
    "\n\n",
    "\n- ",
    "> ",
    "never",
    "always",
    "because",
    "if",
    "only",
    "had",
    "mistake",
    "of",
    "was",
    "were",
    "root",
    "cause",
    "human",
    "error",
    "@maria",
    "14:02",
    "—",
    "all",
    "they",
    "needed",
    "do",
    "would",
    "prevented",
    "this",
    "not",
    "carried",
    "out",
    "asleep",
    "at",
    "wheel",
    "😀",
    "ß",
    "İ",
    "<!-- second-story keep: counterfactual, because it is quoted -->",
    "\n<!-- second-story keep: omission -->\n",
    "*Should Have*",
    "a-",
    "\u{1}",
    "\r\n",
];
