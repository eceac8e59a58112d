//! Checks about people: nobody is named as a cause, somebody else has read it, its readers are confirmed.

use super::Verdict;
use crate::domain::naming::KnownPeople;
use crate::domain::postmortem::{PostMortem, Visibility};

pub(super) fn nobody_named(postmortem: &PostMortem, people: &KnownPeople) -> Verdict {
    let components = postmortem
        .statements
        .iter()
        .filter_map(|statement| statement.component.as_ref())
        .map(|component| ("component", component.name.as_str()));
    let owners = postmortem
        .actions
        .iter()
        .filter_map(|action| action.owner.as_ref())
        .map(|owner| ("owner", owner.as_str()));
    let causes = postmortem
        .statements
        .iter()
        .map(|statement| ("finding", statement.text.as_str()));
    for (place, text) in components.chain(owners).chain(causes) {
        if let Some(person) = people.named_in(text) {
            return Err(format!(
                "The {place} \"{}\" names a person ({person}). Name the role, team, process or interface instead: a person's name ends the inquiry where it gets interesting.",
                excerpt(text)
            ));
        }
    }
    Ok("No person is named as a cause, component or owner.".into())
}

fn excerpt(text: &str) -> String {
    text.chars().take(80).collect()
}

pub(super) fn approval(postmortem: &PostMortem) -> Verdict {
    if postmortem
        .approvals
        .iter()
        .any(|approval| approval.person != postmortem.facts.shepherd)
    {
        Ok("Somebody other than the shepherd has read and approved it.".into())
    } else {
        Err("Ask somebody other than the shepherd to read and approve it: what is plain to the writer is often not on the page.".into())
    }
}

pub(super) fn readers(postmortem: &PostMortem) -> Verdict {
    if postmortem.facts.readers_confirmed_at.is_some() {
        return Ok("Its readers, and what it will not be used for, are confirmed.".into());
    }
    let who = match postmortem.facts.visibility {
        Visibility::Organisation => "everyone in the organisation",
        Visibility::Restricted => "only the people named",
    };
    Err(format!(
        "Confirm that {who} may read this, and that it will not be used to judge anyone: people write openly only when they know both."
    ))
}
