//! The row of the wording: every note is answered.

use super::{a_ready_postmortem, check, evaluated, line, minute, prose, write};
use crate::domain::postmortem::{PostMortem, Status};
use crate::domain::publication::{CheckCode, Standing};
use crate::domain::text::Title;
use crate::domain::wording;

type Spoil = fn(&mut PostMortem);

#[test]
fn wording_is_answered_before_publishing() {
    const BLAME: &str = "The engineer should have tested the restore.";
    let language = &[CheckCode::Language][..];
    let spoil = |pm: &mut PostMortem| {
        pm.actions[0].title = line("Remind everyone to be more careful");
        pm.events[1].text = prose(BLAME);
    };
    check("asked in an event and an action", spoil, language);
    let mut postmortem = a_ready_postmortem();
    spoil(&mut postmortem);
    let row = |postmortem: &PostMortem| {
        let mut checks = evaluated(postmortem, 0).into_iter();
        checks
            .find(|check| check.code == CheckCode::Language)
            .unwrap()
    };
    let open = row(&postmortem);
    assert_eq!(open.target, format!("event-{}", postmortem.events[1].id));
    assert!(
        open.message
            .starts_with("2 notes on wording have no answer")
    );
    for note in wording::notes(&postmortem) {
        postmortem.answers.push(wording::Answer {
            rule: note.rule().to_owned(),
            place: note.place,
            sentence: note.sentence,
            reason: wording::Reason::Quotation,
            words: None,
            at: minute(0),
        });
    }
    assert!(row(&postmortem).met);
    check(
        "a hint",
        |pm| write(pm, "impact", "The root cause was a full disk."),
        &[],
    );
    check("day one", |pm| write(pm, "first-story", BLAME), &[]);
    check(
        "the title",
        |pm| pm.facts.title = Title::parse(BLAME).unwrap(),
        language,
    );
    check(
        "an account",
        |pm| pm.accounts[0].text = prose(BLAME),
        language,
    );
    check(
        "a finding",
        |pm| pm.statements[0].text = prose(BLAME),
        language,
    );
    let more: [(&str, Spoil); 6] = [
        ("without this", |pm| {
            pm.statements[0].without_this = prose(BLAME)
        }),
        ("known by", |pm| pm.actions[0].known_by = prose(BLAME)),
        ("reach", |pm| pm.actions[0].reach = prose(BLAME)),
        ("why it ended", |pm| {
            pm.actions[0].state_reason = prose(BLAME)
        }),
        ("no commitments", |pm| {
            pm.facts.no_commitments_because = prose(BLAME)
        }),
        ("over the limit", |pm| {
            pm.facts.over_limit_because = prose(BLAME)
        }),
    ];
    for (what, spoil) in more {
        check(what, spoil, language);
    }
    check(
        "finished elsewhere",
        |pm| {
            pm.facts.status = Status::Archived;
            write(pm, "summary", BLAME);
        },
        &[],
    );
}

#[test]
fn a_change_is_refused_for_what_it_breaks_and_not_for_what_was_open_before() {
    const OLD: &str = "The team should have seen it in the graph.";
    let mut before = a_ready_postmortem();
    before.facts.status = Status::Published;
    before.actions[0].known_by = prose(OLD);
    let standing = Standing::of(&before, &evaluated(&before, 0));
    let broken = |change: fn(&mut PostMortem)| {
        let mut after = before.clone();
        change(&mut after);
        standing.is_broken_by(&after, &evaluated(&after, 0))
    };
    assert!(!broken(|_| {}));
    assert!(!broken(|pm| write(
        pm,
        "impact",
        "Nobody could pay for an hour."
    )));
    assert!(!broken(
        |pm| pm.actions[0].known_by = prose("A graph shows it.")
    ));
    assert!(broken(|pm| write(pm, "impact", "The nurse failed to act.")));
    assert!(broken(|pm| pm.actions[0].reach = prose(OLD)));
    assert!(broken(|pm| write(pm, "summary", "")));
    assert!(broken(|pm| pm.actions[0].owner = None));
}
