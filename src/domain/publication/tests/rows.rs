//! What is written: summary, impact, timeline, factors, accounts.

use super::{check, event, line, statement, write};
use crate::domain::factors::{Evidence, FactorRole};
use crate::domain::ids::EventId;
use crate::domain::postmortem::{Impact, PostMortem, SystemKind, Tier};
use crate::domain::publication::CheckCode;
use crate::domain::taxonomy;
use crate::domain::text::Prose;
use crate::domain::timeline::{Lane, Marker};
use crate::domain::when::{Precision, When};

#[test]
fn a_summary_is_a_sentence_in_any_script() {
    for (text, met) in [
        ("Customers were charged.", true),
        ("お客様に二重に請求しました", true),
        ("### \n\n---", false),
        ("Done.", false),
    ] {
        let open: &[CheckCode] = if met { &[] } else { &[CheckCode::Summary] };
        check(text, |pm| write(pm, "summary", text), open);
    }
}

#[test]
fn an_impact_is_a_text_or_a_facet_and_none_is_an_answer() {
    check("the word", |pm| write(pm, "impact", "None"), &[]);
    check(
        "the facet",
        |pm| {
            write(pm, "impact", "");
            pm.facts.impacts = vec![Impact::NoneNearMiss];
        },
        &[],
    );
}

#[test]
fn a_timeline_has_three_events_over_two_lanes_in_order_with_its_first_sign_and_its_end() {
    const OPEN: &[CheckCode] = &[CheckCode::Timeline];
    check("no events", |pm| pm.events.clear(), OPEN);
    check(
        "one lane",
        |pm| {
            pm.events
                .iter_mut()
                .for_each(|event| event.lane = Lane::Saw)
        },
        OPEN,
    );
    check("out of order", |pm| pm.events.swap(0, 2), OPEN);
    check(
        "a moment nobody knows keeps its place",
        |pm| {
            let mut event = event(0, Lane::Did, None, "Asks finance.");
            event.when = When::from_parts("?", None, None, Precision::Unknown).unwrap();
            pm.events.insert(1, event);
        },
        &[],
    );
    for marker in [Marker::FirstSign, Marker::Over] {
        let unmark = |pm: &mut PostMortem| {
            pm.events
                .iter_mut()
                .filter(|event| event.marker == Some(marker))
                .for_each(|event| event.marker = None);
        };
        check("not marked", unmark, OPEN);
        check(
            "said to be unknown",
            |pm| {
                unmark(pm);
                pm.facts.unknown_markers = vec![marker];
            },
            &[],
        );
    }
}

#[test]
fn two_different_factors_contribute_each_with_its_evidence() {
    const OPEN: &[CheckCode] = &[CheckCode::Factors];
    check(
        "one factor twice",
        |pm| pm.statements[1].factor = pm.statements[0].factor.clone(),
        &[CheckCode::Factors, CheckCode::BlindSide],
    );
    check("uncoded", |pm| pm.statements[0].factor = None, OPEN);
    check(
        "not supported",
        |pm| pm.statements[0].role = FactorRole::Considered,
        OPEN,
    );
    check(
        "a strength",
        |pm| pm.statements[0].role = FactorRole::Mitigating,
        OPEN,
    );
    check(
        "one is enough for a note",
        |pm| {
            pm.facts.tier = Tier::Note;
            pm.statements.remove(1);
        },
        &[],
    );
    for evidence in [
        Evidence::Event(EventId::new()),
        Evidence::Account(line("On-call engineer")),
    ] {
        check(
            "any evidence",
            |pm| pm.statements[0].evidence = vec![evidence],
            &[],
        );
    }
}

#[test]
fn where_people_stood_needs_what_put_them_there() {
    check(
        "with a companion each",
        |pm| {
            pm.statements.push(statement(
                "mental-model-gap",
                FactorRole::Contributing,
                "All read it otherwise.",
            ))
        },
        &[],
    );
    check(
        "alone",
        |pm| {
            pm.facts.tier = Tier::Note;
            pm.statements[1].role = FactorRole::Mitigating;
            pm.statements[0] = statement(
                "mental-model-gap",
                FactorRole::Contributing,
                "All read it otherwise.",
            );
        },
        &[CheckCode::Companions],
    );
    check(
        "beside an uncoded one",
        |pm| {
            pm.facts.tier = Tier::Note;
            pm.statements[1].factor = None;
            pm.statements[0] = statement(
                "routine-workaround",
                FactorRole::Contributing,
                "The form had become a habit.",
            );
        },
        &[CheckCode::Companions],
    );
    check(
        "as something considered it needs nothing",
        |pm| {
            pm.statements.push(statement(
                "mental-model-gap",
                FactorRole::Considered,
                "All read it as meant.",
            ))
        },
        &[],
    );
}

#[test]
fn the_blind_side_depends_on_the_kind_of_system() {
    const OPEN: &[CheckCode] = &[CheckCode::BlindSide];
    check("people", |pm| pm.facts.system = SystemKind::People, OPEN);
    check("both", |pm| pm.facts.system = SystemKind::Both, &[]);
    check(
        "one category",
        |pm| {
            for statement in &mut pm.statements {
                statement.factor = Some(
                    taxonomy::core()
                        .resolve("unclear-authority")
                        .unwrap()
                        .id
                        .clone(),
                );
            }
        },
        &[CheckCode::Factors, CheckCode::BlindSide],
    );
}

#[test]
fn luck_counts_as_something_that_held() {
    check("luck", |pm| pm.statements[4].role = FactorRole::Luck, &[]);
}

#[test]
fn the_first_story_is_written_and_sealed() {
    check(
        "nothing written",
        |pm| write(pm, "first-story", " "),
        &[CheckCode::FirstStory],
    );
}

#[test]
fn accounts_come_from_two_roles_however_they_are_spelled() {
    const OPEN: &[CheckCode] = &[CheckCode::Accounts];
    check(
        "the same role",
        |pm| pm.accounts[1].role = line("on-call  ENGINEER"),
        OPEN,
    );
    check(
        "an empty account",
        |pm| pm.accounts[1].text = Prose::default(),
        OPEN,
    );
}
