//! Floor 2: use cases. One function per thing a person can do, one transaction each.
//!
//! It decides nothing about post-mortems: its conditions are about presence, permission and version.

mod editing; // what every change inside a post-mortem has in common
mod lines; // a record as lines of text
mod secrets; // random secrets, their hashes, passwords

pub mod input; // reading what people typed, all fields at once
pub mod people; // accounts
pub mod sessions; // sign in, sign out, first administrator
pub mod tokens; // personal API tokens

pub mod accounts; // accounts by role
pub mod actions; // ideas and commitments: add, change, end, move, remove, bring back
pub mod factors; // statements: add, change, move, remove, bring back
pub mod taxonomy; // browse factors, with how often each is named
pub mod links; // from one post-mortem to another
pub mod comments; // say something about a post-mortem, resolve a thread
pub mod members; // the people of a post-mortem
pub mod postmortems; // create, read, change facts
pub mod sections; // write sections
pub mod timeline; // add, change, move, remove events, bring them back
pub mod wording; // notes on wording: keep with a reason, rewrite
pub mod own_words; // what the organisation adds to the lists of the checker
pub mod names; // names of people: replaced by roles, kept, remembered
pub mod publication; // the gate, review, approval, publish, withdraw
pub mod listing; // lists of post-mortems, and what waits for a person
pub mod search; // past lessons
pub mod components; // what was learned about a component
pub mod reading_list; // chosen for people who are new
pub mod digest; // one week
pub mod documents; // a whole post-mortem as Markdown or JSON, and made of one
pub mod encodings; // bytes of files as text, and back
pub mod import; // post-mortems from files
pub mod incoming; // records of other programs
pub mod history; // saved versions and their differences
pub mod idempotency; // requests that must not be carried out twice
pub mod demo; // the demonstration
pub mod upkeep; // backup, restore, check, archives

pub mod cause_links; // link statements to causes, take links back
pub mod causes; // recurring causes: make, read, change
pub mod fixes; // what was tried, and what was decided
pub mod similar; // what was said before in other words
pub mod themes; // what keeps coming back, counted

use chrono::{DateTime, SubsecRound as _, Utc};

use crate::domain::ids::Version;
use crate::domain::people::Actor;
use crate::domain::permissions::Forbidden;
use crate::domain::publication::Check;
use crate::store::StoreError;

pub use input::FieldProblem;

/// Who acts, and when: the first thing every use case is given.
#[derive(Debug, Clone, Copy)]
pub struct Ctx {
    /// Who.
    pub actor: Actor,
    /// When, to the microsecond.
    pub now: DateTime<Utc>,
}

impl Ctx {
    /// Takes the clock's time as the databases keep it.
    #[must_use]
    pub fn new(actor: Actor, now: DateTime<Utc>) -> Self {
        Self {
            actor,
            now: now.trunc_subsecs(6),
        }
    }
}

/// Why something could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The store refused; [`StoreError::NotFound`] among it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a change inside a post-mortem was refused. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Fields that cannot be kept as they are typed.
    #[error("Some fields need another look.")]
    Invalid(Vec<FieldProblem>),
    /// The actor may read but not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The post-mortem's state does not allow it.
    #[error("{0}")]
    State(&'static str),
    /// An amendment that would break a required check of a published post-mortem.
    #[error("This would break a promise that the published post-mortem keeps.")]
    Broken(Vec<Check>),
    /// Somebody saved in between.
    #[error("Somebody else changed this in the meantime.")]
    Conflict(Box<Conflict>),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Both sides of a lost race: nothing typed is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The version that stands now.
    pub current: Version,
    /// The text that stands now.
    pub theirs: String,
    /// The text that was sent.
    pub yours: String,
    /// The text that the writer started from, if it is known.
    pub base: Option<String>,
}

impl From<FieldProblem> for EditError {
    fn from(problem: FieldProblem) -> Self {
        Self::Invalid(vec![problem])
    }
}

impl From<Vec<FieldProblem>> for EditError {
    fn from(problems: Vec<FieldProblem>) -> Self {
        Self::Invalid(problems)
    }
}
