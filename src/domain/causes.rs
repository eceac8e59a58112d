//! Recurring causes: a condition as a record of its own, above the post-mortems in which it was found.

use chrono::{DateTime, NaiveDate, Utc};

use super::actions::Strength;
use super::codes::coded;
use super::ids::{
    CauseId, CauseLinkId, DecisionId, FixId, Number, PostMortemId, StatementId, Version,
};
use super::postmortem::SystemKind;
use super::taxonomy::FactorId;
use super::text::{Line, Prose, Title};

coded! {
    /// What was decided about a recurring cause.
    Decision {
        /// Wait and look again on a day.
        Watch = "watch", "Watch";
        /// Work on it.
        Invest = "invest", "Invest";
        /// Live with it until a day, for a reason.
        Accept = "accept", "Accept";
    }
}

/// A recurring cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// The record.
    pub id: CauseId,
    /// The condition in one plain sentence.
    pub statement: Title,
    /// What it looks like and how to tell it from its neighbours, Markdown.
    pub description: Prose,
    /// The description as safe HTML.
    pub description_html: String,
    /// The statements linked to it that the reader may read, oldest first.
    pub links: Vec<CauseLink>,
    /// What was tried.
    pub fixes: Vec<Fix>,
    /// What was decided, newest first.
    pub decisions: Vec<CauseDecision>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Counts changes of statement and description.
    pub version: Version,
}

/// A factor statement that is one appearance of the cause.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseLink {
    /// The link.
    pub id: CauseLinkId,
    /// The statement.
    pub statement: StatementId,
    /// Its words.
    pub text: Prose,
    /// Its factor.
    pub factor: Option<FactorId>,
    /// What is the same.
    pub same: Prose,
    /// What is different.
    pub different: Prose,
    /// The post-mortem it stands in.
    pub postmortem: PostMortemId,
    /// Its number.
    pub number: Option<Number>,
    /// Its title.
    pub title: Title,
    /// Its kind of system.
    pub system: SystemKind,
    /// The day by which it is filed.
    pub filed_on: NaiveDate,
}

/// One line of the fix ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The record.
    pub id: FixId,
    /// What was tried.
    pub tried: Line,
    /// Since when.
    pub tried_on: Option<NaiveDate>,
    /// What kind of change it was.
    pub strength: Option<Strength>,
    /// What happened after.
    pub outcome: Prose,
    /// Counts its saved versions.
    pub version: Version,
}

/// A decision, kept for ever; the newest holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseDecision {
    /// The record.
    pub id: DecisionId,
    /// What was decided.
    pub decision: Decision,
    /// Why.
    pub reason: Prose,
    /// The day to look again; needed for watch and accept.
    pub relook_on: Option<NaiveDate>,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
}

/// Why a decision was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionProblem {
    /// Watching and accepting need a day to look again.
    #[error(
        "Choose a day to look again. \"Watch\" and \"accept\" without one are forgotten, not decided."
    )]
    NoRelook,
    /// Why?
    #[error("Write a sentence saying why. Whoever reads this next year will want to know.")]
    NoReason,
}

/// Checks a decision before it is kept.
///
/// # Errors
/// [`DecisionProblem`] if the reason or the day to look again is missing.
pub fn check_decision(
    decision: Decision,
    reason: &Prose,
    relook_on: Option<NaiveDate>,
) -> Result<(), DecisionProblem> {
    if reason.is_blank() {
        return Err(DecisionProblem::NoReason);
    }
    if decision != Decision::Invest && relook_on.is_none() {
        return Err(DecisionProblem::NoRelook);
    }
    Ok(())
}
