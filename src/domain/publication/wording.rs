//! The check of the wording: every note is answered.

use super::Verdict;
use crate::domain::postmortem::PostMortem;
use crate::domain::wording::{Note, notes};

/// The place of the first open note, and the verdict.
pub(super) fn answered(postmortem: &PostMortem) -> (String, Verdict) {
    let open: Vec<Note> = notes(postmortem)
        .into_iter()
        .filter(Note::is_open)
        .collect();
    let Some(first) = open.first() else {
        return (
            "section-summary".to_owned(),
            Ok("No wording waits for an answer.".into()),
        );
    };
    let count = match open.len() {
        1 => "1 note on wording has".to_owned(),
        count => format!("{count} notes on wording have"),
    };
    let words: String = first.quote().chars().take(60).collect();
    let message = format!(
        "{count} no answer yet. The first, in {}, is about \"{words}\". Rewrite the sentence, or keep it and say why: wording that judges ends the inquiry.",
        first.place.noun(),
    );
    (first.place.anchor(), Err(message))
}
