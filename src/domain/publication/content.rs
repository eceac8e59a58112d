//! Checks of what is written: summary, surprise, impact, timeline, first story, accounts.

use std::collections::BTreeSet;

use super::Verdict;
use crate::domain::markdown;
use crate::domain::postmortem::PostMortem;
use crate::domain::text::folded;
use crate::domain::timeline::{Marker, marked, out_of_order};

/// The fewest events of a timeline, and the fewest lanes over which they lie.
const EVENTS: usize = 3;
const LANES: usize = 2;
/// The fewest roles whose accounts a deep post-mortem holds.
const ACCOUNTS: usize = 2;

pub(super) fn summary(postmortem: &PostMortem) -> Verdict {
    if has_sentence(postmortem.section("summary")) {
        Ok("There is a title and a summary.".into())
    } else {
        Err(
            "Write a summary of at least one sentence, three words or more: it is all that most readers will see."
                .into(),
        )
    }
}

pub(super) fn surprise(postmortem: &PostMortem) -> Verdict {
    if has_words(postmortem.section("surprise")) {
        Ok("It says what surprised us.".into())
    } else {
        Err("Say what surprised you: a surprise shows where the picture and the system differ, and that is what others can learn from."
            .into())
    }
}

pub(super) fn impact(postmortem: &PostMortem) -> Verdict {
    if has_words(postmortem.section("impact")) || !postmortem.facts.impacts.is_empty() {
        Ok("The impact is described.".into())
    } else {
        Err("Describe the impact from at least one side, or write \"None\": readers judge by it whether this concerns them.".into())
    }
}

pub(super) fn timeline(postmortem: &PostMortem) -> Verdict {
    let events = &postmortem.events;
    let lanes: BTreeSet<_> = events.iter().map(|event| event.lane).collect();
    if events.len() < EVENTS {
        return Err(format!(
            "The timeline has {}; it needs {EVENTS}: the story of what happened is what every finding rests on.",
            counted(events.len(), "event")
        ));
    }
    if lanes.len() < LANES {
        return Err(
            "All events lie in one lane. Add what people saw or did beside what happened: between the lanes lies the second story.".into(),
        );
    }
    if let Some((earlier, later)) = out_of_order(events) {
        return Err(format!(
            "\"{}\" stands after \"{}\" and lies before it. Put the rows in order, or mend a time.",
            short(later.text.as_str()),
            short(earlier.text.as_str())
        ));
    }
    let unsaid: Vec<&str> = [Marker::FirstSign, Marker::Over]
        .into_iter()
        .filter(|marker| {
            marked(events, *marker).is_none() && !postmortem.facts.unknown_markers.contains(marker)
        })
        .map(Marker::label)
        .collect();
    if unsaid.is_empty() {
        Ok(format!(
            "The timeline has {} over {} lanes.",
            counted(events.len(), "event"),
            lanes.len()
        ))
    } else {
        Err(format!(
            "Mark the event that was \"{}\", or say that it is not known: time that nobody could have used differs from time in which people acted.",
            unsaid.join("\" and \"")
        ))
    }
}

pub(super) fn first_story(postmortem: &PostMortem) -> Verdict {
    if !has_words(postmortem.section("first-story")) {
        return Err("Write down the first story, what was said on day one: set beside the result it shows what was learned.".into());
    }
    if postmortem.facts.first_story_sealed_at.is_none() {
        return Err(
            "Open the review to seal the first story, so that it stays what it was on day one."
                .into(),
        );
    }
    Ok("The first story is sealed.".into())
}

pub(super) fn accounts(postmortem: &PostMortem) -> Verdict {
    let roles: BTreeSet<String> = postmortem
        .accounts
        .iter()
        .filter(|account| !account.text.is_blank())
        .map(|account| folded(account.role.as_str()))
        .collect();
    if roles.len() >= ACCOUNTS {
        Ok(format!("There are accounts from {} roles.", roles.len()))
    } else {
        Err(format!(
            "Add accounts from at least {ACCOUNTS} roles: the same hour looks different from each chair, and no single view is the whole."
        ))
    }
}

fn has_words(markdown: &str) -> bool {
    markdown::to_plain(markdown)
        .chars()
        .any(char::is_alphanumeric)
}

/// A sentence: at least three words. (Full stops are not asked for: many scripts have none.)
fn has_sentence(text: &str) -> bool {
    let plain = markdown::to_plain(text);
    let words = plain
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    // Scripts without spaces write a sentence as one run of characters.
    words >= 3
        || plain
            .chars()
            .filter(|c| c.is_alphanumeric() && !c.is_ascii())
            .count()
            >= 8
}

fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if text.chars().count() > 60 {
        short.push('…');
    }
    short
}
