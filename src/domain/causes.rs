//! Recurring causes: a condition as a record of its own, above the post-mortems in which it was found.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};

use super::actions::Strength;
use super::codes::coded;
use super::ids::{CauseId, CauseLinkId, DecisionId, FixId, Number, PostMortemId, Version};
use super::placed::PlacedStatement;
use super::postmortem::{Status, Visibility};
use super::similarity::words::words;
use super::text::{Line, Prose, Title, folded};

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

/// A recurring cause, as far as its reader may read.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// The record.
    pub id: CauseId,
    /// The condition in one plain sentence.
    pub statement: Line,
    /// What it looks like and how to tell it from its neighbours, Markdown.
    pub description: Prose,
    /// The description as safe HTML.
    pub description_html: String,
    /// The post-mortem whose readers may read these words.
    pub home: Home,
    /// The statements linked to it that the reader may read, in the order of their days.
    pub links: Vec<CauseLink>,
    /// Links that were taken back and can be made again, newest first; those that the reader may read.
    pub taken_back: Vec<CauseLink>,
    /// What was tried, in the order in which it was written down.
    pub fixes: Vec<Fix>,
    /// What was decided, newest first.
    pub decisions: Vec<CauseDecision>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When anything of it last changed.
    pub updated_at: DateTime<Utc>,
    /// Counts changes of statement and description.
    pub version: Version,
}

/// The post-mortem whose readers may read a cause's words.
///
/// Words about a condition are written by people who know where it was seen. So they belong to the readers of the
/// post-mortem in which it was first seen, until somebody who may read them says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The post-mortem.
    pub postmortem: PostMortemId,
    /// Its number.
    pub number: Option<Number>,
    /// Its title.
    pub title: Title,
    /// Who may read it.
    pub visibility: Visibility,
    /// Since when it is the home: older words stay with the readers of that time.
    pub since: DateTime<Utc>,
}

/// A factor statement that is one appearance of the cause.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseLink {
    /// The link.
    pub id: CauseLinkId,
    /// The statement, and where it stands.
    pub statement: PlacedStatement,
    /// What is the same; empty for the statement from which the cause was made.
    pub same: Prose,
    /// What is different; empty for the statement from which the cause was made.
    pub different: Prose,
}

/// A cause as a line of a list. Every count is over what the reader may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseSummary {
    /// The record.
    pub id: CauseId,
    /// The condition in one plain sentence.
    pub statement: Line,
    /// How many statements are linked.
    pub statements: usize,
    /// In how many post-mortems they stand.
    pub postmortems: usize,
    /// The days of the first and the last of them.
    pub seen: Option<(NaiveDate, NaiveDate)>,
    /// How many fixes were tried.
    pub fixes: usize,
    /// What was decided last.
    pub decision: Option<(Decision, Option<NaiveDate>)>,
}

impl CauseSummary {
    /// Whether its words hold all that somebody typed, or a form of it: "restored" is found by "restore".
    #[must_use]
    pub fn holds(&self, typed: &str) -> bool {
        let statement = folded(self.statement.as_str());
        let stems = words(typed);
        if stems.is_empty() {
            return folded(typed)
                .split(' ')
                .all(|word| statement.contains(word));
        }
        stems
            .iter()
            .all(|word| statement.contains(&word.stem) || statement.contains(&folded(word.written)))
    }
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

impl Cause {
    /// What was decided last.
    #[must_use]
    pub fn decision(&self) -> Option<&CauseDecision> {
        self.decisions.first()
    }

    /// The links that count: not those to what was withdrawn.
    pub fn counted(&self) -> impl Iterator<Item = &CauseLink> {
        let withdrawn = |link: &&CauseLink| link.statement.status == Status::Withdrawn;
        self.links.iter().filter(move |link| !withdrawn(link))
    }

    /// In how many post-mortems it shows.
    #[must_use]
    pub fn postmortems(&self) -> usize {
        let places = self.counted().map(|link| link.statement.postmortem);
        places.collect::<BTreeSet<_>>().len()
    }

    /// In how many post-mortems it shows in every year from the first to the last, quiet years too.
    #[must_use]
    pub fn years(&self) -> Vec<(i32, usize)> {
        let places: BTreeSet<(i32, PostMortemId)> = self
            .counted()
            .map(|link| (link.statement.filed_on.year(), link.statement.postmortem))
            .collect();
        let (Some((first, _)), Some((last, _))) = (places.first(), places.last()) else {
            return Vec::new();
        };
        (*first..=*last)
            .map(|year| (year, places.iter().filter(|(of, _)| *of == year).count()))
            .collect()
    }

    /// The days between one appearance and the next.
    #[must_use]
    pub fn gaps(&self) -> Vec<i64> {
        let places: BTreeMap<PostMortemId, NaiveDate> = self
            .counted()
            .map(|link| (link.statement.postmortem, link.statement.filed_on))
            .collect();
        let mut days: Vec<NaiveDate> = places.into_values().collect();
        days.sort_unstable();
        days.iter()
            .zip(days.iter().skip(1))
            .map(|(before, after)| (*after - *before).num_days())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, DecisionProblem, check_decision};
    use crate::domain::text::Prose;

    #[test]
    fn a_decision_says_why_and_when_to_look_again() {
        let why = Prose::parse("", "Twice is not a pattern.").unwrap();
        let day = chrono::NaiveDate::from_ymd_opt(2027, 3, 1);
        for (decision, reason, relook, answer) in [
            (Decision::Watch, &why, day, Ok(())),
            (Decision::Watch, &why, None, Err(DecisionProblem::NoRelook)),
            (Decision::Accept, &why, None, Err(DecisionProblem::NoRelook)),
            (Decision::Invest, &why, None, Ok(())),
            (
                Decision::Invest,
                &Prose::default(),
                day,
                Err(DecisionProblem::NoReason),
            ),
        ] {
            assert_eq!(check_decision(decision, reason, relook), answer);
        }
    }
}
