//! Comments: who may read a post-mortem may say something about it. Nothing in it changes by that, and nobody is counted.

use super::editing::{Saved, remember};
use super::{Conflict, Ctx, EditError, FieldProblem, ReadError};
use crate::domain::comments::{About, Comment};
use crate::domain::ids::{CommentId, PostMortemId, Version};
use crate::domain::markdown;
use crate::domain::permissions::{Forbidden, Permission, require};
use crate::domain::postmortem::PostMortem;
use crate::domain::text::Prose;
use crate::store::{self, Conn, Store};

/// What the history calls a comment.
const RESOURCE: &str = "comment";

/// A comment as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommentInput {
    /// What it is about: a part, as `section/summary` or `event/<id>`; nothing for the whole.
    pub about: String,
    /// The words, Markdown.
    pub text: String,
}

/// The comments of a post-mortem, in the order in which they were said.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn list(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<Vec<Comment>, ReadError> {
    store.read(|conn| {
        store::postmortems::find(conn, ctx.actor.person, id)?;
        Ok(store::comments::list(conn, id)?)
    })
}

/// One comment.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn read(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    comment: CommentId,
) -> Result<Comment, ReadError> {
    store.read(|conn| {
        store::postmortems::find(conn, ctx.actor.person, id)?;
        Ok(store::comments::find(conn, id, comment)?)
    })
}

/// Says something about a post-mortem, or about a part that it has. The thread is open again if it was resolved.
///
/// # Errors
/// [`EditError::Invalid`] if nothing is said, or the part is not there.
pub fn add(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    input: &CommentInput,
) -> Result<Comment, EditError> {
    store.write(|tx| add_in(tx, ctx, id, input))
}

/// The same within a transaction.
pub(super) fn add_in(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    input: &CommentInput,
) -> Result<Comment, EditError> {
    store::postmortems::find(tx, ctx.actor.person, id)?;
    require(&ctx.actor, Permission::Comment)?;
    let text = parse(&input.text)?;
    let postmortem = store::aggregate::load(tx, ctx.actor.person, id)?;
    let about = About::parse(input.about.trim())
        .filter(|about| about.is_there(&postmortem))
        .ok_or_else(|| {
            FieldProblem::new(
                "about",
                "What this is about is not in the post-mortem any more. Choose another part, or the whole.",
            )
        })?;
    let name = store::people::find(tx, ctx.actor.person)?.name;
    let comment = Comment {
        id: CommentId::new(),
        about,
        author: ctx.actor.person,
        name,
        html: markdown::to_html(text.as_str()),
        text,
        written_at: ctx.now,
        edited_at: None,
        resolved_at: None,
        version: Version::FIRST,
    };
    store::comments::insert(tx, id, &comment)?;
    keep(tx, ctx, id, &comment)?;
    Ok(comment)
}

/// Changes one's own words over the version that one saw; `None` is "whatever stands".
///
/// # Errors
/// [`EditError::Forbidden`] for somebody else's; [`EditError::Conflict`] if they changed in between.
pub fn change(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    comment: CommentId,
    text: &str,
    expected: Option<Version>,
) -> Result<Comment, EditError> {
    store.write(|tx| {
        let current = own(tx, ctx, id, comment)?;
        let text = parse(text)?;
        unchanged(&current, expected, text.as_str())?;
        if current.text == text {
            return Ok(current);
        }
        let changed = Comment {
            html: markdown::to_html(text.as_str()),
            text,
            edited_at: Some(ctx.now),
            version: current.version.next(),
            ..current.clone()
        };
        store::comments::update(tx, &changed, current.version)?;
        keep(tx, ctx, id, &changed)?;
        Ok(changed)
    })
}

/// Takes one's own words away. Nothing of them stays, in the history neither.
///
/// # Errors
/// As [`change`].
pub fn remove(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    comment: CommentId,
    expected: Option<Version>,
) -> Result<(), EditError> {
    store.write(|tx| {
        let current = own(tx, ctx, id, comment)?;
        unchanged(&current, expected, current.text.as_str())?;
        store::comments::delete(tx, id, comment, current.version, RESOURCE)?;
        let removed = Saved {
            resource: RESOURCE,
            resource_id: &comment.to_string(),
            version: Version(0),
            body: "",
        };
        remember(tx, ctx, id, &removed, "Removed")
    })
}

/// Resolves the thread in which a comment stands, or opens it again. For the shepherd, and members who may write.
///
/// # Errors
/// [`EditError::Forbidden`] for anybody else.
pub fn resolve(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    comment: CommentId,
    resolved: bool,
) -> Result<Comment, EditError> {
    store.write(|tx| {
        let facts = store::postmortems::find(tx, ctx.actor.person, id)?;
        let current = store::comments::find(tx, id, comment)?;
        require(&ctx.actor, Permission::Comment)?;
        let access = store::members::access(tx, id, ctx.actor.person)?;
        if !facts.keeps_members(&ctx.actor, access) {
            return Err(Forbidden::NotYourThread.into());
        }
        let at = resolved.then_some(ctx.now);
        store::comments::resolve(tx, id, &current.about, at)?;
        Ok(store::comments::find(tx, id, comment)?)
    })
}

/// Whether the actor may resolve the threads of a post-mortem that they have read.
#[must_use]
pub fn may_resolve(ctx: &Ctx, postmortem: &PostMortem) -> bool {
    let access = postmortem.access_of(ctx.actor.person);
    postmortem.facts.keeps_members(&ctx.actor, access)
}

fn parse(text: &str) -> Result<Prose, FieldProblem> {
    let text = Prose::parse("The comment", text.trim_start())
        .map_err(|problem| FieldProblem::new("text", problem))?;
    if text.is_blank() {
        return Err(FieldProblem::new("text", "Write what you want to say."));
    }
    Ok(text)
}

/// One's own comment in a post-mortem that one may read.
fn own(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    comment: CommentId,
) -> Result<Comment, EditError> {
    store::postmortems::find(tx, ctx.actor.person, id)?;
    let current = store::comments::find(tx, id, comment)?;
    require(&ctx.actor, Permission::Comment)?;
    if current.author != ctx.actor.person {
        return Err(Forbidden::NotYourComment.into());
    }
    Ok(current)
}

fn unchanged(current: &Comment, expected: Option<Version>, yours: &str) -> Result<(), EditError> {
    if expected.is_none_or(|expected| expected == current.version) {
        return Ok(());
    }
    Err(EditError::Conflict(Box::new(Conflict {
        current: current.version,
        theirs: current.text.as_str().to_owned(),
        yours: yours.to_owned(),
        base: None,
    })))
}

fn keep(tx: &mut Conn, ctx: &Ctx, id: PostMortemId, comment: &Comment) -> Result<(), EditError> {
    let saved = Saved {
        resource: RESOURCE,
        resource_id: &comment.id.to_string(),
        version: comment.version,
        body: comment.text.as_str(),
    };
    remember(tx, ctx, id, &saved, "")
}
