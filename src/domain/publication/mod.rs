//! The publish gate: one pure function that returns every check, met or not.
//!
//! The editor, the API, the command line and the publishing transaction all call [`checks`]; nothing else
//! decides whether a post-mortem may be published.

mod amendment; // what a change of a published one may not do
mod content;
mod factors;
mod levels;
mod people;
mod promises;
mod wording;
#[cfg(test)]
mod tests;

pub use amendment::Standing;
pub use levels::level;

use super::codes::coded;
use super::naming::KnownPeople;
use super::postmortem::PostMortem;
use super::taxonomy::Taxonomy;

coded! {
    /// The rows of the gate.
    CheckCode {
        /// Title and summary.
        Summary = "summary", "Title and summary";
        /// Surprise.
        Surprise = "surprise", "What surprised us";
        /// Impact.
        Impact = "impact", "Impact";
        /// Timeline.
        Timeline = "timeline", "Timeline";
        /// Two factors.
        Factors = "factors", "Contributing factors";
        /// Companion rule.
        Companions = "companions", "What put people there";
        /// Blind side.
        BlindSide = "blind-side", "The blind side";
        /// What held.
        WentWell = "went-well", "What went well, or was luck";
        /// First story.
        FirstStory = "first-story", "First story";
        /// Accounts.
        Accounts = "accounts", "Accounts";
        /// Language.
        Language = "language", "Wording";
        /// Persons.
        Persons = "persons", "No person named as a cause";
        /// Commitments.
        Commitments = "commitments", "Commitments";
        /// Limit of commitments.
        CommitmentLimit = "commitment-limit", "Open commitments";
        /// Approval.
        Approval = "approval", "Read by somebody else";
        /// Readers.
        Readers = "readers", "Who may read this";
    }
}

coded! {
    /// Whether an unmet check stops publication.
    Level {
        /// It does.
        Required = "required", "Required";
        /// It does not.
        Advice = "advice", "Advice";
    }
}

/// One row of the gate, for one post-mortem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which row.
    pub code: CheckCode,
    /// Whether it stops publication.
    pub level: Level,
    /// Whether it is met.
    pub met: bool,
    /// One sentence: what is there, or what is missing and why it matters.
    pub message: String,
    /// The place in the editor where it is mended, as a fragment: `section-summary`, `timeline`.
    pub target: String,
}

/// What the gate needs to know beside the post-mortem itself.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The taxonomy in force.
    pub taxonomy: &'a Taxonomy,
    /// The people with an account, to recognise one who is named as a cause.
    pub people: &'a KnownPeople,
    /// Open commitments of the organisation, this post-mortem's own left out.
    pub open_commitments_elsewhere: usize,
    /// How many commitments may be open before a reason is wanted.
    pub commitment_limit: usize,
}

/// Evaluates every row of the gate that applies to the post-mortem's tier and kind, in the order of the template.
#[must_use]
pub fn checks(postmortem: &PostMortem, surroundings: &Surroundings<'_>) -> Vec<Check> {
    let facts = &postmortem.facts;
    CheckCode::ALL
        .iter()
        .filter_map(|code| level(*code, facts.tier, facts.kind).map(|level| (*code, level)))
        .map(|(code, level)| {
            let (target, verdict) = evaluate(code, postmortem, surroundings);
            let (met, message) = match verdict {
                Ok(message) => (true, message),
                Err(message) => (false, message),
            };
            Check {
                code,
                level,
                met,
                message,
                target,
            }
        })
        .collect()
}

/// Whether nothing required is missing.
#[must_use]
pub fn ready(checks: &[Check]) -> bool {
    checks
        .iter()
        .all(|check| check.met || check.level == Level::Advice)
}

/// The sentence of a check: what is there (`Ok`) or what is missing and why it matters (`Err`).
type Verdict = Result<String, String>;

fn evaluate(
    code: CheckCode,
    postmortem: &PostMortem,
    surroundings: &Surroundings<'_>,
) -> (String, Verdict) {
    let (target, verdict) = match code {
        CheckCode::Summary => ("section-summary", content::summary(postmortem)),
        CheckCode::Surprise => ("section-surprise", content::surprise(postmortem)),
        CheckCode::Impact => ("section-impact", content::impact(postmortem)),
        CheckCode::Timeline => ("timeline", content::timeline(postmortem)),
        CheckCode::Factors => ("factors", factors::enough(postmortem)),
        CheckCode::Companions => (
            "factors",
            factors::companions(postmortem, surroundings.taxonomy),
        ),
        CheckCode::BlindSide => (
            "factors",
            factors::blind_side(postmortem, surroundings.taxonomy),
        ),
        CheckCode::WentWell => ("factors", factors::went_well(postmortem)),
        CheckCode::FirstStory => ("section-first-story", content::first_story(postmortem)),
        CheckCode::Accounts => ("accounts", content::accounts(postmortem)),
        CheckCode::Language => return wording::answered(postmortem),
        CheckCode::Persons => (
            "factors",
            people::nobody_named(postmortem, surroundings.people),
        ),
        CheckCode::Commitments => ("actions", promises::commitments(postmortem)),
        CheckCode::CommitmentLimit => ("actions", promises::limit(postmortem, surroundings)),
        CheckCode::Approval => ("review", people::approval(postmortem)),
        CheckCode::Readers => ("readers", people::readers(postmortem)),
    };
    (target.to_owned(), verdict)
}
