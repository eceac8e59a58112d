//! Checks of the commitments: each can be kept and known, and there are not too many.

use super::{Surroundings, Verdict};
use crate::domain::actions::{ActionKind, ActionState};
use crate::domain::postmortem::PostMortem;

pub(super) fn commitments(postmortem: &PostMortem) -> Verdict {
    let mut commitments = postmortem
        .actions
        .iter()
        .filter(|action| action.kind == ActionKind::Commitment)
        .peekable();
    if commitments.peek().is_none() {
        return if postmortem.facts.no_commitments_because.is_blank() {
            Err("Make a commitment, or say why there is none: deciding to do nothing is honest when it is said.".into())
        } else {
            Ok("It says why there are no commitments.".into())
        };
    }
    let count = postmortem
        .actions
        .iter()
        .filter(|action| action.kind == ActionKind::Commitment)
        .count();
    match commitments.find(|action| !action.lacks().is_empty()) {
        None => Ok(format!(
            "{} complete.",
            if count == 1 {
                "The commitment is".to_owned()
            } else {
                format!("All {count} commitments are")
            }
        )),
        Some(action) => Err(format!(
            "The commitment \"{}\" lacks {}: a promise without them cannot be kept, or known to be kept.",
            action.title.as_str(),
            action.lacks().join(", ")
        )),
    }
}

pub(super) fn limit(postmortem: &PostMortem, surroundings: &Surroundings<'_>) -> Verdict {
    let own = postmortem
        .actions
        .iter()
        .filter(|action| action.kind == ActionKind::Commitment && action.state == ActionState::Open)
        .count();
    let open = own + surroundings.open_commitments_elsewhere;
    let limit = surroundings.commitment_limit;
    if open <= limit {
        Ok(format!("{open} of at most {limit} commitments are open."))
    } else if postmortem.facts.over_limit_because.is_blank() {
        Err(format!(
            "{open} commitments are open, and {limit} is the limit. Close or decline some, or say why these come on top: more promises than hands are kept by nobody."
        ))
    } else {
        Ok("It says why more commitments are open than the limit.".into())
    }
}
