//! Floor 1: the only place that knows Diesel, SQL and the two databases.
//!
//! Functions take the connection first and never open transactions: [`Store::read`] and [`Store::write`] do.
//! Whatever reads a post-mortem takes the reader and goes through `access`.

mod access; // the choke point: what a person may read
mod connection; // two databases, the pool, transactions, migrations
mod schema; // one schema for both databases
mod sql_types; // columns that differ, conversions
mod narrowing; // what lists and searches are narrowed to
mod framed; // queries whose frame is written by hand

pub mod people; // people with an account
pub mod sessions; // who is signed in
pub mod tokens; // personal API tokens
pub mod settings; // a few values of the organisation

pub mod postmortems; // facts
pub mod sections; // written sections
pub mod accounts; // accounts by role
pub mod timeline; // events
pub mod factors; // statements, evidence, components
pub mod actions; // ideas and commitments
pub mod members; // people of a post-mortem, approvals
pub mod links; // links between post-mortems
pub mod comments; // what readers say
pub mod wording; // wording that is kept, and why
pub mod own_words; // what the organisation adds to the lists of the checker
pub mod names; // names that stand for roles, and those that stay
pub mod incoming; // what was imported from other programs
pub mod aggregate; // one post-mortem with all that belongs to it
pub mod listing; // post-mortems in lists
pub mod components; // what findings point at
pub mod reading_list; // chosen for people who are new
pub mod search; // full text
pub mod revisions; // saved versions of every text
pub mod audit; // who did what, when
pub mod backup; // one file with everything
pub mod archive; // what was written, as a folder of readable files
pub mod check; // looking for damage
pub mod idempotency; // requests that must not be carried out twice

pub mod cause_links; // where a cause shows
pub mod cause_revisions; // saved words of causes
pub mod causes; // recurring causes
pub mod fixes; // what was tried and decided
pub mod placed; // statements and where they stand, over all post-mortems
pub mod similar; // what is like a text
pub mod themes; // what is counted for the themes

pub use connection::{Conn, OpenError, Store};

/// What can go wrong in the store, as far as callers can tell it apart.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No such row, or none that the reader may know of.
    #[error("There is nothing here, or nothing that you may read.")]
    NotFound,
    /// The row changed since the caller read it.
    #[error("Somebody else changed this in the meantime.")]
    Conflict,
    /// A value that must be unique exists already.
    #[error("This exists already.")]
    Exists,
    /// The disk is full.
    #[error(
        "The disk is full. What is stored can be read; nothing new can be saved until there is space."
    )]
    Full,
    /// The database cannot be reached, or is too busy.
    #[error("The database cannot be reached just now. Try again in a moment.")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A stored value that this program cannot have written.
    #[error("The stored value of {0} cannot be read.")]
    Corrupt(&'static str),
    /// Anything else that the database said.
    #[error("The database refused.")]
    Database(#[source] diesel::result::Error),
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind, Error};
        match error {
            Error::NotFound => Self::NotFound,
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Exists,
            Error::DatabaseError(DatabaseErrorKind::ClosedConnection, _) => {
                Self::Unavailable(Box::new(error))
            }
            Error::DatabaseError(_, ref information) => {
                let message = information.message();
                if message.contains("disk is full") || message.contains("No space left") {
                    Self::Full
                } else if BUSY.iter().any(|words| message.contains(words)) {
                    Self::Unavailable(Box::new(error))
                } else {
                    Self::Database(error)
                }
            }
            other => Self::Database(other),
        }
    }
}

/// How the two databases say "not now".
const BUSY: [&str; 8] = [
    "database is locked",
    "server closed the connection",
    "terminating connection",
    "could not serialize",
    "deadlock detected",
    "lock timeout",
    "statement timeout",
    "the database system is",
];

/// Turns "how many rows changed" of a versioned update into an answer: none means that somebody was faster.
pub(in crate::store) fn changed_one(rows: usize) -> Result<(), StoreError> {
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}
