//! Writing sections.

use super::editing::{Saved, edit, open, remember};
use super::{Conflict, Ctx, EditError, FieldProblem};
use crate::domain::ids::{PostMortemId, SectionId, Version};
use crate::domain::markdown;
use crate::domain::postmortem::{Facts, Status};
use crate::domain::sections::{Section, continues};
use crate::domain::templates;
use crate::domain::text::Prose;
use crate::store::{self, Conn, Store, StoreError};

/// What sections are called in the history.
const RESOURCE: &str = "section";

/// A section as typed.
#[derive(Debug, Clone, Copy)]
pub struct SaveSection<'a> {
    /// The key within the templates.
    pub key: &'a str,
    /// The text.
    pub text: &'a str,
    /// The version that the writer saw; 0 for a section that was never saved. `None` is "whatever stands".
    pub expected: Option<Version>,
    /// What the writer says about the change; empty if nothing.
    pub note: &'a str,
}

/// Saves a section over the version that the writer saw.
///
/// # Errors
/// [`EditError::Conflict`] with both texts if somebody saved in between; otherwise what to mend.
pub fn save(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    input: &SaveSection<'_>,
) -> Result<Section, EditError> {
    edit(store, ctx, id, |tx, facts| put_in(tx, ctx, facts, input))
}

/// The same as [`save`], within a transaction that somebody else settles.
pub(super) fn put_in(
    tx: &mut Conn,
    ctx: &Ctx,
    facts: &Facts,
    input: &SaveSection<'_>,
) -> Result<Section, EditError> {
    let section = put(tx, ctx, facts, input, parse(input.text)?)?;
    if let Some(section) = section.if_new() {
        remember(tx, ctx, facts.id, &saved(section), input.note)?;
    }
    Ok(section.into_inner())
}

/// Saves a section while somebody is still typing it. The history keeps one version for a while of typing.
///
/// # Errors
/// As [`save`]; [`EditError::State`] once the post-mortem is published: readers never see half a sentence.
pub fn autosave(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    input: &SaveSection<'_>,
) -> Result<Section, EditError> {
    let text = parse(input.text)?;
    edit(store, ctx, id, |tx, facts| {
        if facts.status == Status::Published {
            return Err(EditError::State(
                "It was published while you were writing, so nothing is saved by itself any more. Saving now changes what readers see.",
            ));
        }
        let section = put(tx, ctx, facts, input, text)?;
        if let Some(section) = section.if_new() {
            remember_typing(tx, ctx, id, &saved(section))?;
        }
        Ok(section.into_inner())
    })
}

/// Keeps a text in the history that lost against another one, as a version that is not in use.
///
/// # Errors
/// [`EditError`] if it cannot be kept, or the actor may not write.
pub fn set_aside(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    key: &str,
    text: &str,
) -> Result<(), EditError> {
    let text = parse(text)?;
    store.write(|tx| {
        open(tx, ctx, id)?;
        offered(key)?;
        let unused = Saved {
            resource: RESOURCE,
            resource_id: key,
            version: Version(0),
            body: text.as_str(),
        };
        remember(tx, ctx, id, &unused, "")
    })
}

/// What a save found: a text that stands already, or one that is new.
enum Put {
    Same(Section),
    New(Section),
}

impl Put {
    const fn if_new(&self) -> Option<&Section> {
        match self {
            Self::New(section) => Some(section),
            Self::Same(_) => None,
        }
    }

    fn into_inner(self) -> Section {
        match self {
            Self::Same(section) | Self::New(section) => section,
        }
    }
}

fn parse(text: &str) -> Result<Prose, FieldProblem> {
    Prose::parse("The section", text).map_err(|problem| FieldProblem::new("text", problem))
}

fn offered(key: &str) -> Result<(), EditError> {
    match templates::core().section(key) {
        Some(_) => Ok(()),
        None => Err(StoreError::NotFound.into()),
    }
}

fn saved(section: &Section) -> Saved<'_> {
    Saved {
        resource: RESOURCE,
        resource_id: &section.key,
        version: section.version,
        body: section.text.as_str(),
    }
}

fn put(
    tx: &mut Conn,
    ctx: &Ctx,
    facts: &Facts,
    input: &SaveSection<'_>,
    text: Prose,
) -> Result<Put, EditError> {
    offered(input.key)?;
    if input.key == "first-story" && facts.first_story_sealed_at.is_some() {
        return Err(EditError::State(
            "The first story was sealed when review opened. It stays what it was on day one.",
        ));
    }
    let current = store::sections::find(tx, facts.id, input.key)?;
    let version = current
        .as_ref()
        .map_or(Version(0), |section| section.version);
    if input.expected.is_some_and(|expected| expected != version) {
        return Err(conflict(tx, facts.id, input, current.as_ref(), &text)?);
    }
    if let Some(current) = current.as_ref().filter(|current| current.text == text) {
        return Ok(Put::Same(current.clone()));
    }
    let section = Section {
        id: current
            .as_ref()
            .map_or_else(SectionId::new, |section| section.id),
        key: input.key.to_owned(),
        html: markdown::to_html(text.as_str()),
        text,
        version: version.next(),
        updated_at: ctx.now,
    };
    if current.is_some() {
        store::sections::update(tx, facts.id, &section, version)?;
    } else {
        store::sections::insert(tx, facts.id, &section)?;
    }
    Ok(Put::New(section))
}

/// Keeps a version in the history, in the place of the one before it if the same person merely typed on.
fn remember_typing(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    saved: &Saved<'_>,
) -> Result<(), EditError> {
    let before = Version(saved.version.0.saturating_sub(1));
    let last = if before == Version(0) {
        None
    } else {
        store::revisions::numbered(tx, id, saved.resource, saved.resource_id, before.0)?
    };
    match last {
        Some((last, author))
            if author == ctx.actor.person
                && last.note.is_empty()
                && continues((&last.body, last.saved_at), (saved.body, ctx.now)) =>
        {
            store::revisions::replace(tx, last.id, saved.version.0, saved.body, ctx.now)?;
            Ok(())
        }
        _ => remember(tx, ctx, id, saved, ""),
    }
}

fn conflict(
    tx: &mut Conn,
    id: PostMortemId,
    input: &SaveSection<'_>,
    current: Option<&Section>,
    yours: &Prose,
) -> Result<EditError, StoreError> {
    let base = match input.expected {
        Some(expected) => store::revisions::text_of(tx, id, RESOURCE, input.key, expected.0)?,
        None => None,
    };
    Ok(EditError::Conflict(Box::new(Conflict {
        current: current.map_or(Version(0), |section| section.version),
        theirs: current.map_or_else(String::new, |section| section.text.as_str().to_owned()),
        yours: yours.as_str().to_owned(),
        base,
    })))
}

/// One section of a post-mortem, if it was ever saved, and who saved it by name, as far as the history knows.
///
/// # Errors
/// [`EditError::Store`]: not found if the templates have no such key, or one may not read the post-mortem.
pub fn find(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    key: &str,
) -> Result<Option<(Section, Option<String>)>, EditError> {
    store.read(|conn| {
        store::postmortems::find(conn, ctx.actor.person, id)?;
        offered(key)?;
        let Some(section) = store::sections::find(conn, id, key)? else {
            return Ok(None);
        };
        let last = store::revisions::numbered(conn, id, RESOURCE, key, section.version.0)?;
        Ok(Some((section, last.map(|(last, _)| last.author))))
    })
}
