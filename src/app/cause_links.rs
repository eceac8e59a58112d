//! Linking statements to recurring causes. People link; a link says what is the same and what differs, and can be taken
//! back.

use super::causes::{note, open};
use super::input::Fields;
use super::{Ctx, EditError, FieldProblem};
use crate::domain::causes::Cause;
use crate::domain::ids::{CauseId, CauseLinkId, RevisionId, StatementId};
use crate::domain::text::Prose;
use crate::store::cause_links::{NewLink, Standing};
use crate::store::cause_revisions::NewCauseRevision;
use crate::store::{self, Conn, Store, StoreError};

/// A link as typed.
#[derive(Debug, Clone, Copy)]
pub struct LinkInput<'a> {
    /// The statement.
    pub statement: StatementId,
    /// What is the same.
    pub same: &'a str,
    /// What is different.
    pub different: &'a str,
}

/// Links a statement to a cause. A link that was taken back holds again, in the new words.
///
/// # Errors
/// [`EditError::Invalid`] if one of the two sentences is missing; [`EditError::State`] if it is linked already; what one
/// may not read is not found.
pub fn link(
    store: &Store,
    ctx: &Ctx,
    id: CauseId,
    input: LinkInput<'_>,
) -> Result<(Cause, CauseLinkId), EditError> {
    store.write(|tx| {
        let link = link_in(tx, ctx, id, input)?;
        Ok((store::causes::find(tx, ctx.actor.person, id)?, link))
    })
}

/// The same within a transaction.
pub(super) fn link_in(
    tx: &mut Conn,
    ctx: &Ctx,
    id: CauseId,
    input: LinkInput<'_>,
) -> Result<CauseLinkId, EditError> {
    let reader = ctx.actor.person;
    open(tx, ctx, id)?;
    let placed = store::placed::find(tx, reader, input.statement)?;
    let (same, different) = parse(input)?;
    let link = NewLink {
        cause: id,
        statement: placed.id,
        same: &same,
        different: &different,
        by: reader,
    };
    let link_id = match store::cause_links::standing(tx, id, placed.id)? {
        Standing::Apart => store::cause_links::insert(tx, link, ctx.now)?,
        Standing::TakenBack(link_id) => {
            store::cause_links::restore(tx, link_id, link, ctx.now)?;
            link_id
        }
        Standing::Linked(_) => {
            return Err(EditError::State(
                "This statement is linked to this cause already.",
            ));
        }
    };
    remember(tx, ctx, link_id, link)?;
    note(tx, ctx, id, "cause-link")?;
    Ok(link_id)
}

/// Takes a link back. Its words are kept, and it can be made again.
///
/// `None` is answered if the actor may not know of the cause any more, because this was all they could see of it.
///
/// # Errors
/// [`EditError::Store`]; what one may not read is not found.
pub fn unlink(
    store: &Store,
    ctx: &Ctx,
    id: CauseId,
    link: CauseLinkId,
) -> Result<Option<Cause>, EditError> {
    store.write(|tx| {
        let before = open(tx, ctx, id)?;
        if !before.links.iter().any(|known| known.id == link) {
            return Err(StoreError::NotFound.into());
        }
        store::cause_links::take_back(tx, link, ctx.now)?;
        note(tx, ctx, id, "cause-link-taken-back")?;
        match store::causes::find(tx, ctx.actor.person, id) {
            Ok(cause) => Ok(Some(cause)),
            Err(StoreError::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        }
    })
}

/// Keeps the words of a link: a link that is made again gets new ones.
fn remember(
    tx: &mut Conn,
    ctx: &Ctx,
    id: CauseLinkId,
    link: NewLink<'_>,
) -> Result<(), StoreError> {
    let body = format!(
        "The same: {}\nDifferent: {}",
        link.same.as_str(),
        link.different.as_str()
    );
    store::cause_revisions::append(
        tx,
        &NewCauseRevision {
            cause: link.cause,
            resource: "link",
            resource_id: RevisionId(id.0),
            version: 1,
            body: &body,
            author: ctx.actor.person,
            at: ctx.now,
        },
    )
}

fn parse(input: LinkInput<'_>) -> Result<(Prose, Prose), Vec<FieldProblem>> {
    let mut fields = Fields::new();
    let same = fields.prose("same", "What is the same", Some(input.same));
    let different = fields.prose("different", "What is different", Some(input.different));
    if same.as_ref().is_some_and(Prose::is_blank) {
        fields.problem(FieldProblem::new(
            "same",
            "Write a sentence saying what is the same. Without it nobody can judge the link next year.",
        ));
    }
    if different.as_ref().is_some_and(Prose::is_blank) {
        fields.problem(FieldProblem::new(
            "different",
            "Write a sentence saying what is different. If nothing is, say that.",
        ));
    }
    fields.finish()?;
    same.zip(different).ok_or_else(Vec::new)
}
