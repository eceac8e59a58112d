//! Checks about people: nobody is named as a cause, somebody else has read it, its readers are confirmed.

use super::Verdict;
use crate::domain::postmortem::{PostMortem, Visibility};
use crate::domain::text::folded;

pub(super) fn nobody_named(postmortem: &PostMortem, names: &[String]) -> Verdict {
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
        .map(|statement| ("factor statement", statement.text.as_str()));
    let names: Vec<String> = names
        .iter()
        .map(|name| folded(name))
        .filter(|name| !name.is_empty())
        .collect();
    for (place, text) in components.chain(owners).chain(causes) {
        if let Some(person) = person_in(text, &names) {
            return Err(format!(
                "The {place} \"{}\" names a person ({person}). Name the role, team, process or interface instead: a person's name ends the inquiry where it gets interesting.",
                excerpt(text)
            ));
        }
    }
    Ok("No person is named as a cause, component or owner.".into())
}

/// The known person, address or handle that a text names.
fn person_in(text: &str, names: &[String]) -> Option<String> {
    let padded = format!(
        " {} ",
        folded(text).replace(
            |c: char| !c.is_alphanumeric() && c != '@' && c != '.' && c != '-' && c != '_',
            " "
        )
    );
    // A name of one word ("Will", "Grace") is also a word; only a text that is nothing else names a person by it.
    let named = |name: &&String| {
        if name.contains(' ') {
            padded.contains(&format!(" {name} "))
        } else {
            padded.trim() == name.as_str()
        }
    };
    if let Some(name) = names.iter().find(named) {
        return Some(name.clone());
    }
    // "@ana" and "ana@example.org" are people wherever they stand; "10 msg@once" is not one word of that shape.
    padded
        .split_whitespace()
        .map(|word| word.trim_matches('.'))
        .find(|word| {
            is_handle(word)
                || crate::domain::people::EmailAddress::parse(word)
                    .is_ok_and(|_| word.contains('.'))
        })
        .map(str::to_owned)
}

fn is_handle(word: &str) -> bool {
    word.strip_prefix('@')
        .is_some_and(|rest| rest.starts_with(char::is_alphabetic) && !rest.contains('@'))
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
