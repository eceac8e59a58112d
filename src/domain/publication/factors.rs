//! Checks of the factor statements: enough of them, companions, the blind side, what held.

use std::collections::BTreeSet;

use super::Verdict;
use crate::domain::factors::{Statement, without_companion};
use crate::domain::postmortem::{PostMortem, Tier};
use crate::domain::taxonomy::{FactorId, Taxonomy};

/// How many different contributing factors a post-mortem names at the least; one is enough advice for a note.
const fn wanted(tier: Tier) -> usize {
    match tier {
        Tier::Note => 1,
        Tier::Standard | Tier::Deep => 2,
    }
}

/// The fewest categories, and the fewest statements about the blind side, of a deep post-mortem.
const CATEGORIES: usize = 2;
const BLIND_SIDE: usize = 3;

pub(super) fn enough(postmortem: &PostMortem) -> Verdict {
    let wanted = wanted(postmortem.facts.tier);
    let contributing: Vec<&Statement> = postmortem
        .statements
        .iter()
        .filter(|statement| statement.role.is_contribution())
        .collect();
    let bare = contributing
        .iter()
        .filter(|statement| statement.evidence.is_empty())
        .count();
    let factors: BTreeSet<&FactorId> = contributing
        .iter()
        .filter(|statement| !statement.evidence.is_empty())
        .filter_map(|statement| statement.factor.as_ref())
        .collect();
    if factors.len() >= wanted {
        return Ok(format!(
            "{} contributing factors are named with their evidence.",
            factors.len()
        ));
    }
    if bare > 0 {
        return Err(format!(
            "{} no evidence yet. Point each at an event, a link or an account: a finding that rests on nothing cannot be discussed.",
            if bare == 1 {
                "One contributing finding has".to_owned()
            } else {
                format!("{bare} contributing findings have")
            }
        ));
    }
    let uncoded = contributing
        .iter()
        .filter(|statement| statement.factor.is_none())
        .count();
    let found = factors.len();
    let mut message = if wanted == 1 {
        "Name a contributing factor with evidence: it is what others can look for at home."
            .to_owned()
    } else {
        format!(
            "Name at least {wanted} different contributing factors with evidence ({found} so far): a single cause closes the question too early."
        )
    };
    if uncoded > 0 {
        message.push_str(" Uncoded findings are kept and counted, and do not count here.");
    }
    Err(message)
}

pub(super) fn companions(postmortem: &PostMortem, taxonomy: &Taxonomy) -> Verdict {
    match without_companion(&postmortem.statements, taxonomy).first() {
        None => Ok("Every finding about where people stood has one beside it that says what put them there.".into()),
        Some(statement) => {
            let name = statement.factor.as_ref().and_then(|id| taxonomy.factor(id)).map_or("", |factor| factor.name.as_str());
            Err(format!(
                "\"{name}\" describes where people stood. Add a contributing finding about what put them there: on its own it is still the first story."
            ))
        }
    }
}

pub(super) fn blind_side(postmortem: &PostMortem, taxonomy: &Taxonomy) -> Verdict {
    let coded = || {
        postmortem
            .statements
            .iter()
            .filter_map(|statement| statement.factor.as_ref())
            .filter_map(|id| taxonomy.category_of(id))
    };
    let categories: BTreeSet<&str> = coded().map(|category| category.id.as_str()).collect();
    let blind = Taxonomy::blind_side(postmortem.facts.system);
    let about = coded()
        .filter(|category| blind.contains(&category.id.as_str()))
        .count();
    let names: Vec<&str> = taxonomy
        .categories
        .iter()
        .filter(|category| blind.contains(&category.id.as_str()))
        .map(|category| category.name.as_str())
        .collect();
    if categories.len() < CATEGORIES {
        Err("All factors lie in one category. Ask the questions of the others too: events rarely have one kind of reason.".into())
    } else if about < BLIND_SIDE {
        Err(format!(
            "{about} of {BLIND_SIDE} findings look at the side that is usually missed here ({}). \"Looked into, not supported\" counts: a zero then means looked, and not found.",
            names.join(", ")
        ))
    } else {
        Ok(format!(
            "Factors from {} categories, {about} of them on the side that is usually missed.",
            categories.len()
        ))
    }
}

pub(super) fn went_well(postmortem: &PostMortem) -> Verdict {
    if postmortem
        .statements
        .iter()
        .any(|statement| statement.role.held())
    {
        Ok("It says what held, or what was luck.".into())
    } else {
        Err("Name at least one thing that went well or was luck: what held is worth keeping, and luck will not be there next time.".into())
    }
}
