//! Persons, commitments, approval, and the promise of a published post-mortem.

use super::{a_ready_postmortem, check, evaluated, line, prose, write};
use crate::domain::actions::{Action, ActionKind, ActionState};
use crate::domain::factors::Component;
use crate::domain::ids::ComponentId;
use crate::domain::postmortem::{PostMortem, Status};
use crate::domain::publication::{CheckCode, ready};
use crate::domain::text::Prose;

#[test]
fn nobody_is_named_as_a_cause_a_component_or_an_owner() {
    const OPEN: &[CheckCode] = &[CheckCode::Persons];
    for text in ["Ana Lima", "ana.lima@example.org", "@ana"] {
        check(
            text,
            |pm| {
                let name = line(text);
                pm.statements[2].component = Some(Component {
                    id: ComponentId::new(),
                    name,
                });
            },
            OPEN,
        );
        check(text, |pm| pm.actions[0].owner = Some(line(text)), OPEN);
        check(
            text,
            |pm| pm.statements[3].text = prose(&format!("Asked {text} twice.")),
            OPEN,
        );
    }
    check(
        "a role",
        |pm| pm.actions[0].owner = Some(line("Night duty")),
        &[],
    );
    check(
        "actors stay in the story",
        |pm| pm.events[2].text = prose("Ana Lima ended the process."),
        &[],
    );
}

type Take = fn(&mut Action);

#[test]
fn a_commitment_says_what_who_when_and_how_we_will_know() {
    const OPEN: &[CheckCode] = &[CheckCode::Commitments];
    let lacks: [(&str, Take); 4] = [
        ("statement", |action| action.statement = None),
        ("owner", |action| action.owner = None),
        ("day", |action| action.due_on = None),
        ("known by", |action| action.known_by = Prose::default()),
    ];
    for (what, take) in lacks {
        check(what, |pm| take(&mut pm.actions[0]), OPEN);
        check(
            "done or not",
            |pm| {
                take(&mut pm.actions[0]);
                pm.actions[0].state = ActionState::Done;
            },
            OPEN,
        );
        check(
            "an idea owes nothing",
            |pm| {
                let mut idea = pm.actions[0].clone();
                idea.kind = ActionKind::Idea;
                take(&mut idea);
                pm.actions.push(idea);
            },
            &[],
        );
        check(
            "nor does what was declined",
            |pm| {
                take(&mut pm.actions[0]);
                pm.actions[0].state = ActionState::Declined;
            },
            &[],
        );
    }
    check("none", |pm| pm.actions.clear(), OPEN);
    check(
        "none, because",
        |pm| {
            pm.actions.clear();
            pm.facts.no_commitments_because = prose("Watching is enough.");
        },
        &[],
    );
}

#[test]
fn more_open_commitments_than_the_limit_want_a_reason() {
    let limit = |postmortem: &PostMortem, elsewhere| {
        evaluated(postmortem, elsewhere)
            .into_iter()
            .find(|check| check.code == CheckCode::CommitmentLimit)
            .unwrap()
            .met
    };
    let mut postmortem = a_ready_postmortem();
    assert!(limit(&postmortem, 7) && !limit(&postmortem, 8));
    postmortem.facts.over_limit_because = prose("These come from a law.");
    assert!(limit(&postmortem, 8));
    postmortem.facts.over_limit_because = Prose::default();
    postmortem.actions[0].state = ActionState::HandedOver;
    assert!(limit(&postmortem, 8));
}

#[test]
fn the_shepherds_own_approval_is_not_a_second_pair_of_eyes() {
    check(
        "own",
        |pm| pm.approvals[0].person = pm.facts.shepherd,
        &[CheckCode::Approval],
    );
}

#[test]
fn an_amendment_of_a_published_postmortem_is_judged_like_a_first_publication() {
    let mut postmortem = a_ready_postmortem();
    postmortem.facts.status = Status::Published;
    assert!(ready(&evaluated(&postmortem, 0)));
    write(&mut postmortem, "summary", "");
    assert!(!ready(&evaluated(&postmortem, 0)));
}

#[test]
fn every_row_says_a_sentence_and_where_to_mend_it() {
    let mut bare = a_ready_postmortem();
    (bare.sections, bare.accounts, bare.events) = (Vec::new(), Vec::new(), Vec::new());
    (bare.statements, bare.actions, bare.approvals) = (Vec::new(), Vec::new(), Vec::new());
    for postmortem in [a_ready_postmortem(), bare] {
        for check in evaluated(&postmortem, 99) {
            assert!(
                check.message.len() > 20 && check.message.ends_with('.'),
                "{check:?}"
            );
            assert!(
                !check.target.is_empty() && !check.target.contains(['#', ' ']),
                "{check:?}"
            );
        }
    }
}
