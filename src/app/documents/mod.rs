//! Whole post-mortems as documents: made in one transaction, written out again, judged without a store.

mod insert;
mod wire;

pub(super) use insert::{insert, replace};

use super::{Ctx, EditError, ReadError};
use crate::domain::document::{self, Document, Founding};
use crate::domain::ids::{PersonId, PostMortemId};
use crate::domain::language::Words;
use crate::domain::naming::KnownPeople;
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::{Approval, Facts, Status};
use crate::domain::publication::{Check, Surroundings, checks};
use crate::domain::taxonomy;
use crate::store::{self, Store};

/// How a post-mortem made of a document starts. (Published is what the gate makes of a draft.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// To be worked on.
    Draft,
    /// Finished elsewhere: readable, searchable, counted apart.
    Archived,
}

impl Start {
    pub(super) const fn status(self) -> Status {
        match self {
            Self::Draft => Status::Draft,
            Self::Archived => Status::Archived,
        }
    }
}

/// Makes a post-mortem of a document; the actor is its shepherd.
///
/// # Errors
/// [`EditError`] if the actor may not write or the store refuses.
pub fn create(
    store: &Store,
    ctx: &Ctx,
    document: &Document,
    start: Start,
) -> Result<Facts, EditError> {
    require(&ctx.actor, Permission::Write)?;
    store.write(|tx| insert(tx, ctx, document, start, ""))
}

/// A post-mortem as Markdown, in the format of `docs/FORMAT.md`.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn markdown(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<String, ReadError> {
    Ok(document::write(&read(store, ctx, id)?))
}

/// A post-mortem as JSON: what the Markdown says, with every moment as instants too.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn json(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<String, ReadError> {
    Ok(wire::json(&read(store, ctx, id)?))
}

fn read(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<Document, ReadError> {
    let postmortem = store.read(|conn| store::aggregate::load(conn, ctx.actor.person, id))?;
    Ok(Document::of(&postmortem))
}

/// The list of checks over a document, as the gate would judge it in an organisation that knows nothing but it.
///
/// What people do in the program cannot be seen in a file. The file's word is taken for it: `approved: true` stands for
/// the second reader's approval, with which the first story is sealed, and `readers_confirmed: true` for its readers.
/// `words` are the organisation's own. Names of people with an account are not known here; handles and addresses are still found.
#[must_use]
pub fn gate(document: &Document, words: &Words) -> Vec<Check> {
    let now = chrono::DateTime::UNIX_EPOCH;
    let mut postmortem = document.found(&Founding {
        shepherd: PersonId::new(),
        status: Status::InReview,
        now,
    });
    if document.approved {
        postmortem.facts.first_story_sealed_at = Some(now);
        postmortem.approvals.push(Approval {
            person: PersonId::new(),
            at: now,
        });
    }
    postmortem.words = words.clone();
    postmortem.facts.readers_confirmed_at = document.readers_confirmed.then_some(now);
    let surroundings = Surroundings {
        taxonomy: taxonomy::core(),
        people: &KnownPeople::default(),
        open_commitments_elsewhere: 0,
        commitment_limit: super::publication::COMMITMENT_LIMIT,
    };
    checks(&postmortem, &surroundings)
}
