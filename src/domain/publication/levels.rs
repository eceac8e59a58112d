//! Which check is required, advised or absent, by tier and kind: the table of the publish gate.

use super::{CheckCode, Level};
use crate::domain::postmortem::{Kind, Tier};

/// Whether a check stops publication for this tier and kind; `None` where it does not apply.
#[must_use]
pub const fn level(code: CheckCode, tier: Tier, kind: Kind) -> Option<Level> {
    let [note, standard, deep] = row(code, kind);
    match tier {
        Tier::Note => note,
        Tier::Standard => standard,
        Tier::Deep => deep,
    }
}

/// One row of the table: note, standard, deep.
const fn row(code: CheckCode, kind: Kind) -> [Option<Level>; 3] {
    const R: Option<Level> = Some(Level::Required);
    const A: Option<Level> = Some(Level::Advice);
    match code {
        CheckCode::Summary | CheckCode::Surprise | CheckCode::Language | CheckCode::Persons => {
            [R, R, R]
        }
        CheckCode::Impact
        | CheckCode::Factors
        | CheckCode::Companions
        | CheckCode::WentWell
        | CheckCode::Commitments => [A, R, R],
        CheckCode::Timeline | CheckCode::Approval => [None, R, R],
        CheckCode::BlindSide
        | CheckCode::FirstStory
        | CheckCode::Accounts
        | CheckCode::CommitmentLimit => [None, A, R],
        CheckCode::Readers => match kind {
            Kind::Crisis => [A, R, R],
            Kind::Incident | Kind::NearMiss | Kind::Success => [A, A, R],
        },
    }
}
