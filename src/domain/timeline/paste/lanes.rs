//! The lane that the words of a row suggest. A suggestion only: the person sees it and changes it.

use super::super::Lane;
use super::typed;

/// How actions begin: what somebody did.
const DID: [&str; 62] = [
    "acked",
    "acking",
    "added",
    "adding",
    "applied",
    "applying",
    "asked",
    "blocked",
    "bumped",
    "called",
    "calling",
    "changed",
    "cleared",
    "created",
    "declared",
    "deleted",
    "deployed",
    "deploying",
    "depooled",
    "depooling",
    "disabled",
    "disabling",
    "drained",
    "draining",
    "enabled",
    "enabling",
    "escalated",
    "failed over",
    "filed",
    "fixed",
    "freed",
    "increased",
    "joined",
    "joining",
    "killed",
    "killing",
    "looking",
    "merged",
    "moved",
    "moving",
    "on it",
    "opened",
    "paged",
    "paused",
    "pooled",
    "pushed",
    "pushing",
    "raised",
    "rebooted",
    "rebooting",
    "reloaded",
    "removed",
    "renewed",
    "renewing",
    "restarted",
    "restarting",
    "reverted",
    "reverting",
    "rolled back",
    "rolling back",
    "scaled",
    "switched",
];

/// What people see or are told.
const SAW: [&str; 26] = [
    "alert",
    "alerted",
    "anyone else",
    "can see",
    "complain",
    "confirmed",
    "dashboard",
    "detected",
    "getting",
    "graph is",
    "graphs",
    "i see",
    "looks like",
    "looks like it",
    "noticed",
    "notices",
    "observed",
    "observes",
    "page received",
    "reported",
    "reports",
    "saw",
    "seeing",
    "seems",
    "sees",
    "user report",
];

/// The lane of a row and its text without the word that names the lane.
pub(super) fn lane(text: &str, by_a_person: bool) -> (Lane, &str) {
    // "Did that twice" is what somebody says; in a list, "did restart it" names the lane.
    if let (Some(lane), rest) = typed::lane(text)
        && !by_a_person
    {
        return (lane, rest);
    }
    let start: String = text.chars().take(160).collect::<String>().to_lowercase();
    let start = start.trim_start_matches(|c: char| !c.is_alphanumeric());
    let plain = start
        .strip_prefix("i ")
        .or_else(|| start.strip_prefix("i'm "));
    let begins = plain.or_else(|| start.strip_prefix("we ")).unwrap_or(start);
    let says = |words: &&str| contains_words(start, words);
    let lane = if DID.iter().any(|words| begins_with(begins, words)) {
        Lane::Did
    } else if by_a_person || SAW.iter().any(says) {
        Lane::Saw
    } else {
        Lane::Happened
    };
    (lane, text)
}

fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words)
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn contains_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + words.len()..).unwrap_or_default();
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}
