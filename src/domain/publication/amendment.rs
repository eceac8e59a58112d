//! What a change of a published post-mortem may not do: break what was kept before it.

use std::collections::BTreeSet;

use super::{Check, CheckCode, Level};
use crate::domain::postmortem::PostMortem;
use crate::domain::wording::{Note, notes};

/// How a published post-mortem stood before a change of it.
///
/// The rules may have grown since it was published, and the world around it too. What was open before is no reason to
/// refuse a change that does not touch it; what the change itself breaks is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Required checks that were open already, with what they said.
    open: Vec<(CheckCode, String)>,
    /// Notes on wording that waited already.
    notes: BTreeSet<String>,
}

impl Standing {
    /// How it stands now; `checks` is what the gate says of it.
    #[must_use]
    pub fn of(postmortem: &PostMortem, checks: &[Check]) -> Self {
        Self {
            open: open(checks)
                .map(|check| (check.code, check.message.clone()))
                .collect(),
            notes: waiting(postmortem),
        }
    }

    /// Whether a change broke something; `checks` is what the gate says of the post-mortem after it.
    #[must_use]
    pub fn is_broken_by(&self, postmortem: &PostMortem, checks: &[Check]) -> bool {
        open(checks).any(|check| match check.code {
            CheckCode::Language => !waiting(postmortem).is_subset(&self.notes),
            code => !self
                .open
                .iter()
                .any(|(before, message)| *before == code && *message == check.message),
        })
    }
}

fn open(checks: &[Check]) -> impl Iterator<Item = &Check> {
    checks
        .iter()
        .filter(|check| !check.met && check.level == Level::Required)
}

fn waiting(postmortem: &PostMortem) -> BTreeSet<String> {
    notes(postmortem)
        .iter()
        .filter(|note| note.is_open())
        .map(Note::key)
        .collect()
}
