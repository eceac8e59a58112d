//! Which rows each tier and kind has, and what an unmet one stops.

use super::{a_ready_postmortem, check, evaluated, prose, statement, write};
use crate::domain::factors::FactorRole;
use crate::domain::postmortem::{Kind, PostMortem, Tier};
use crate::domain::publication::{CheckCode, Level, ready};

/// The table as the product states it, by note, standard and deep: `R` required, `A` advice, `-` absent.
const TABLE: [(CheckCode, &str); 16] = [
    (CheckCode::Summary, "RRR"),
    (CheckCode::Surprise, "RRR"),
    (CheckCode::Impact, "ARR"),
    (CheckCode::Timeline, "-RR"),
    (CheckCode::Factors, "ARR"),
    (CheckCode::Companions, "ARR"),
    (CheckCode::BlindSide, "-AR"),
    (CheckCode::WentWell, "ARR"),
    (CheckCode::FirstStory, "-AR"),
    (CheckCode::Accounts, "-AR"),
    (CheckCode::Language, "RRR"),
    (CheckCode::Persons, "RRR"),
    (CheckCode::Commitments, "ARR"),
    (CheckCode::CommitmentLimit, "-AR"),
    (CheckCode::Approval, "-RR"),
    (CheckCode::Readers, "AAR"),
];

#[test]
fn each_tier_and_kind_has_the_rows_of_the_table_and_a_complete_postmortem_meets_them() {
    for (place, tier) in Tier::ALL.iter().enumerate() {
        for kind in Kind::ALL {
            let mut postmortem = a_ready_postmortem();
            (postmortem.facts.tier, postmortem.facts.kind) = (*tier, *kind);
            let found: Vec<(CheckCode, Level, bool)> = evaluated(&postmortem, 0)
                .iter()
                .map(|check| (check.code, check.level, check.met))
                .collect();
            let expected: Vec<(CheckCode, Level, bool)> = TABLE
                .iter()
                .filter_map(|(code, levels)| {
                    let crisis = *kind == Kind::Crisis && *tier == Tier::Standard;
                    match (code, levels.as_bytes()[place]) {
                        (CheckCode::Readers, _) if crisis => Some((*code, Level::Required, true)),
                        (_, b'R') => Some((*code, Level::Required, true)),
                        (_, b'A') => Some((*code, Level::Advice, true)),
                        _ => None,
                    }
                })
                .collect();
            assert_eq!(found, expected, "{tier:?} {kind:?}");
        }
    }
}

#[test]
fn an_unmet_row_stops_publication_only_where_it_is_required() {
    for (place, tier) in Tier::ALL.iter().enumerate() {
        for (code, spoil) in SPOILS {
            let mut postmortem = a_ready_postmortem();
            postmortem.facts.tier = *tier;
            spoil(&mut postmortem);
            let required = TABLE
                .iter()
                .any(|(row, levels)| *row == code && levels.as_bytes()[place] == b'R');
            assert_eq!(
                ready(&evaluated(&postmortem, 0)),
                !required,
                "{tier:?} {code:?}"
            );
        }
    }
}

type Spoil = fn(&mut PostMortem);

/// One small change for each row that makes this row, and no other one, unmet.
const SPOILS: [(CheckCode, Spoil); 15] = [
    (CheckCode::Summary, |pm| {
        write(pm, "summary", "Charged twice")
    }),
    (CheckCode::Surprise, |pm| write(pm, "surprise", "...")),
    (CheckCode::Impact, |pm| write(pm, "impact", "")),
    (CheckCode::Timeline, |pm| {
        pm.events.remove(0);
    }),
    (CheckCode::Factors, |pm| pm.statements[0].evidence.clear()),
    (CheckCode::Companions, |pm| {
        pm.statements.push(statement(
            "mental-model-gap",
            FactorRole::Contributing,
            "All read it otherwise.",
        ));
        pm.statements.push(statement(
            "know-how-unavailable",
            FactorRole::Contributing,
            "The night had no practice.",
        ));
        pm.statements.push(statement(
            "routine-workaround",
            FactorRole::Contributing,
            "The form had become a habit.",
        ));
    }),
    (CheckCode::BlindSide, |pm| {
        pm.statements
            .retain(|statement| statement.role != FactorRole::Considered)
    }),
    (CheckCode::WentWell, |pm| {
        pm.statements.retain(|statement| !statement.role.held())
    }),
    (CheckCode::FirstStory, |pm| {
        pm.facts.first_story_sealed_at = None
    }),
    (CheckCode::Accounts, |pm| {
        pm.accounts.pop();
    }),
    (CheckCode::Language, |pm| {
        pm.events[0].text = prose("The engineer should have tested the restore.")
    }),
    (CheckCode::Persons, |pm| {
        pm.statements[0].text = prose("Ana Lima had turned retries on.")
    }),
    (CheckCode::Commitments, |pm| pm.actions[0].owner = None),
    (CheckCode::Approval, |pm| pm.approvals.clear()),
    (CheckCode::Readers, |pm| {
        pm.facts.readers_confirmed_at = None
    }),
];

#[test]
fn one_small_change_leaves_one_row_open() {
    for (code, spoil) in SPOILS {
        check(code.as_code(), spoil, &[code]);
    }
}
