//! A factor statement and where it stands: what everything shows that looks over many post-mortems.

use chrono::NaiveDate;

use super::factors::{Confidence, FactorRole};
use super::ids::{Number, PostMortemId, StatementId};
use super::postmortem::{Status, SystemKind};
use super::taxonomy::FactorId;
use super::text::{Line, Prose, Title};

/// A factor statement of a post-mortem that the reader may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedStatement {
    /// The statement.
    pub id: StatementId,
    /// Its words.
    pub text: Prose,
    /// Its factor.
    pub factor: Option<FactorId>,
    /// What it did in that event.
    pub role: FactorRole,
    /// How well it is supported.
    pub confidence: Confidence,
    /// The component it points at.
    pub component: Option<Line>,
    /// The post-mortem it stands in.
    pub postmortem: PostMortemId,
    /// Its number.
    pub number: Option<Number>,
    /// Its title.
    pub title: Title,
    /// Its kind of system.
    pub system: SystemKind,
    /// Where it stands in its life.
    pub status: Status,
    /// The day by which it is filed.
    pub filed_on: NaiveDate,
}
