//! The gate: preview, review, approval, publish, withdraw.

use super::editing::open;
use super::{Ctx, EditError, ReadError};
use crate::domain::ids::PostMortemId;
use crate::domain::naming::KnownPeople;
use crate::domain::permissions::{Forbidden, Permission, require};
use crate::domain::postmortem::{Facts, PostMortem, Status};
use crate::domain::publication::{Check, Surroundings, checks, ready};
use crate::domain::taxonomy;
use crate::store::{self, Conn, Store, StoreError};

/// How many commitments may be open in the organisation before a reason is wanted, unless it sets another number.
pub(super) const COMMITMENT_LIMIT: usize = 30;

/// Why a post-mortem was not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Required checks are not met; all checks, met ones too.
    #[error("It cannot be published yet: required checks are open.")]
    Refused(Vec<Check>),
    /// The actor may read but not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The post-mortem's state does not allow it.
    #[error("{0}")]
    State(&'static str),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<EditError> for PublishError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Forbidden(forbidden) => Self::Forbidden(forbidden),
            EditError::State(sentence) => Self::State(sentence),
            EditError::Broken(checks) => Self::Refused(checks),
            EditError::Store(error) => Self::Store(error),
            EditError::Invalid(_) | EditError::Conflict(_) => Self::Store(StoreError::Conflict),
        }
    }
}

/// Evaluates the gate within a transaction.
pub(super) fn evaluate(conn: &mut Conn, postmortem: &PostMortem) -> Result<Vec<Check>, StoreError> {
    let people = known_people(conn)?;
    let elsewhere = store::actions::open_commitments_elsewhere(conn, postmortem.facts.id)?;
    let surroundings = Surroundings {
        taxonomy: taxonomy::core(),
        people: &people,
        open_commitments_elsewhere: usize::try_from(elsewhere).unwrap_or(usize::MAX),
        commitment_limit: COMMITMENT_LIMIT,
    };
    Ok(checks(postmortem, &surroundings))
}

/// The people with an account, as texts are searched for them.
pub(super) fn known_people(conn: &mut Conn) -> Result<KnownPeople, StoreError> {
    let people = store::people::list(conn)?;
    Ok(KnownPeople::new(
        people.iter().map(|person| person.name.as_str()),
    ))
}

/// The list of checks, as the gate would judge now.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn preview(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
) -> Result<(PostMortem, Vec<Check>), ReadError> {
    store.read(|conn| {
        let postmortem = store::aggregate::load(conn, ctx.actor.person, id)?;
        let checks = evaluate(conn, &postmortem)?;
        Ok((postmortem, checks))
    })
}

/// Opens the review: somebody else is asked to read, and the first story is sealed.
///
/// # Errors
/// [`PublishError::State`] unless it is a draft.
pub fn open_review(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<Facts, PublishError> {
    store.write(|tx| {
        let facts = open(tx, ctx, id)?;
        if facts.status != Status::Draft {
            return Err(PublishError::State("Only a draft can be put into review."));
        }
        move_to_review(tx, ctx, &facts)
    })
}

fn move_to_review(tx: &mut Conn, ctx: &Ctx, before: &Facts) -> Result<Facts, PublishError> {
    let facts = Facts {
        status: Status::InReview,
        first_story_sealed_at: before.first_story_sealed_at.or(Some(ctx.now)),
        updated_at: ctx.now,
        version: before.version.next(),
        ..before.clone()
    };
    store::postmortems::update(tx, &facts, before.version)?;
    store::audit::append(
        tx,
        Some(ctx.actor.person),
        "review",
        "postmortems",
        &facts.id.to_string(),
        ctx.now,
    )?;
    Ok(facts)
}

/// Approves a post-mortem that somebody else shepherds. Approving a draft opens its review.
///
/// # Errors
/// [`PublishError::Forbidden`] for one's own; [`PublishError::State`] if it is neither draft nor in review.
pub fn approve(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<Facts, PublishError> {
    store.write(|tx| approve_in(tx, ctx, id))
}

/// The same within a transaction.
pub(super) fn approve_in(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
) -> Result<Facts, PublishError> {
    let mut facts = store::postmortems::find_to_change(tx, ctx.actor.person, id)?;
    require(&ctx.actor, Permission::Review)?;
    if facts.shepherd == ctx.actor.person {
        return Err(Forbidden::OwnWork.into());
    }
    match facts.status {
        Status::Draft => facts = move_to_review(tx, ctx, &facts)?,
        Status::InReview => {}
        Status::Published | Status::Archived | Status::Withdrawn => {
            return Err(PublishError::State(
                "Only a draft or a post-mortem in review can be approved.",
            ));
        }
    }
    store::members::approve(tx, id, ctx.actor.person, ctx.now)?;
    store::audit::append(
        tx,
        Some(ctx.actor.person),
        "approval",
        "postmortems",
        &id.to_string(),
        ctx.now,
    )?;
    Ok(facts)
}

/// Takes one's own approval back.
///
/// # Errors
/// [`PublishError::State`] once it is published.
pub fn take_back_approval(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<(), PublishError> {
    store.write(|tx| {
        let facts = store::postmortems::find_to_change(tx, ctx.actor.person, id)?;
        require(&ctx.actor, Permission::Review)?;
        if facts.status == Status::Published {
            return Err(PublishError::State(
                "It is published. Withdraw it first, if it has to go.",
            ));
        }
        store::members::unapprove(tx, id, ctx.actor.person)?;
        store::audit::append(
            tx,
            Some(ctx.actor.person),
            "approval-taken-back",
            "postmortems",
            &id.to_string(),
            ctx.now,
        )?;
        Ok(())
    })
}

/// Confirms who may read this and what it will not be used for.
///
/// # Errors
/// [`PublishError::Forbidden`] for one who may not change it.
pub fn confirm_readers(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<Facts, PublishError> {
    store.write(|tx| confirm_readers_in(tx, ctx, id))
}

/// The same within a transaction.
pub(super) fn confirm_readers_in(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
) -> Result<Facts, PublishError> {
    let before = open(tx, ctx, id)?;
    let facts = Facts {
        readers_confirmed_at: Some(ctx.now),
        updated_at: ctx.now,
        version: before.version.next(),
        ..before.clone()
    };
    store::postmortems::update(tx, &facts, before.version)?;
    store::audit::append(
        tx,
        Some(ctx.actor.person),
        "readers",
        "postmortems",
        &id.to_string(),
        ctx.now,
    )?;
    Ok(facts)
}

/// Publishes: all required checks hold, evaluated in the transaction that publishes.
///
/// # Errors
/// [`PublishError::Refused`] with every check if a required one is open.
pub fn publish(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
) -> Result<(Facts, Vec<Check>), PublishError> {
    store.write(|tx| publish_in(tx, ctx, id))
}

/// The same within a transaction.
pub(super) fn publish_in(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
) -> Result<(Facts, Vec<Check>), PublishError> {
    let before = open(tx, ctx, id)?;
    let postmortem = store::aggregate::load(tx, ctx.actor.person, id)?;
    let checks = evaluate(tx, &postmortem)?;
    match before.status {
        Status::Published => return Ok((before, checks)),
        Status::Archived => {
            return Err(PublishError::State(
                "An archived post-mortem was finished elsewhere. It is readable and stays archived.",
            ));
        }
        Status::Draft | Status::InReview | Status::Withdrawn => {}
    }
    if !ready(&checks) {
        return Err(PublishError::Refused(checks));
    }
    let facts = Facts {
        status: Status::Published,
        published_at: Some(ctx.now),
        updated_at: ctx.now,
        version: before.version.next(),
        ..before.clone()
    };
    store::postmortems::update(tx, &facts, before.version)?;
    store::audit::append(
        tx,
        Some(ctx.actor.person),
        "publication",
        "postmortems",
        &id.to_string(),
        ctx.now,
    )?;
    Ok((facts, checks))
}

/// Withdraws a published post-mortem; it stays readable, with the word *withdrawn* on it.
///
/// # Errors
/// [`PublishError::State`] unless it is published.
pub fn withdraw(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<Facts, PublishError> {
    store.write(|tx| {
        let before = open(tx, ctx, id)?;
        if before.status != Status::Published {
            return Err(PublishError::State(
                "Only a published post-mortem can be withdrawn.",
            ));
        }
        let facts = Facts {
            status: Status::Withdrawn,
            updated_at: ctx.now,
            version: before.version.next(),
            ..before.clone()
        };
        store::postmortems::update(tx, &facts, before.version)?;
        store::audit::append(
            tx,
            Some(ctx.actor.person),
            "withdrawal",
            "postmortems",
            &id.to_string(),
            ctx.now,
        )?;
        Ok(facts)
    })
}
