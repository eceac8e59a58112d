//! Writing sections.

use super::editing::{Saved, edit, remember};
use super::{Conflict, Ctx, EditError, FieldProblem};
use crate::domain::ids::{PostMortemId, SectionId, Version};
use crate::domain::markdown;
use crate::domain::sections::Section;
use crate::domain::templates;
use crate::domain::text::Prose;
use crate::store::{self, Conn, Store, StoreError};

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
    let text = Prose::parse("The section", input.text)
        .map_err(|problem| FieldProblem::new("text", problem))?;
    edit(store, ctx, id, |tx, facts| {
        if templates::core().section(input.key).is_none() {
            return Err(StoreError::NotFound.into());
        }
        if input.key == "first-story" && facts.first_story_sealed_at.is_some() {
            return Err(EditError::State(
                "The first story was sealed when review opened. It stays what it was on day one.",
            ));
        }
        let current = store::sections::find(tx, id, input.key)?;
        let version = current
            .as_ref()
            .map_or(Version(0), |section| section.version);
        if input.expected.is_some_and(|expected| expected != version) {
            return Err(conflict(tx, id, input, current.as_ref(), &text)?);
        }
        if let Some(current) = current.as_ref().filter(|current| current.text == text) {
            return Ok(current.clone());
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
            store::sections::update(tx, id, &section, version)?;
        } else {
            store::sections::insert(tx, id, &section)?;
        }
        let saved = Saved {
            resource: "section",
            resource_id: input.key,
            version: section.version,
            body: section.text.as_str(),
        };
        remember(tx, ctx, id, &saved, input.note)?;
        Ok(section)
    })
}

fn conflict(
    tx: &mut Conn,
    id: PostMortemId,
    input: &SaveSection<'_>,
    current: Option<&Section>,
    yours: &Prose,
) -> Result<EditError, StoreError> {
    let base = match input.expected {
        Some(expected) => store::revisions::text_of(tx, id, "section", input.key, expected.0)?,
        None => None,
    };
    Ok(EditError::Conflict(Box::new(Conflict {
        current: current.map_or(Version(0), |section| section.version),
        theirs: current.map_or_else(String::new, |section| section.text.as_str().to_owned()),
        yours: yours.as_str().to_owned(),
        base,
    })))
}

/// One section of a post-mortem, if it was ever saved.
///
/// # Errors
/// [`EditError::Store`]: not found if the templates have no such key, or one may not read the post-mortem.
pub fn find(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    key: &str,
) -> Result<Option<Section>, EditError> {
    store.read(|conn| {
        store::postmortems::find(conn, ctx.actor.person, id)?;
        if templates::core().section(key).is_none() {
            return Err(StoreError::NotFound.into());
        }
        Ok(store::sections::find(conn, id, key)?)
    })
}
