//! What was learned about a component, from every finished post-mortem that the actor may read.

use super::{Ctx, ReadError};
use crate::domain::actions::ListedAction;
use crate::domain::components::{ComponentCount, Lesson, lessons};
use crate::domain::ids::{CauseId, PostMortemId, StatementId};
use crate::domain::markdown;
use crate::domain::search::first_sentence;
use crate::domain::text::{Line, folded};
use crate::store::{self, Store, StoreError};

/// The most findings that one page shows.
const MOST: i64 = 200;

/// A component and what was learned about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ComponentPage {
    /// Its name, in the spelling of the newest finding.
    pub name: String,
    /// Newest first.
    pub lessons: Vec<Lesson>,
    /// The recurring causes in which its findings show.
    pub causes: Vec<(CauseId, Line)>,
    /// Open commitments that address its findings, those with the nearest date first.
    pub commitments: Vec<ListedAction>,
}

/// Every component, and in how many post-mortems it is named.
///
/// # Errors
/// [`ReadError`] if the store refuses.
pub fn list(store: &Store, ctx: &Ctx) -> Result<Vec<ComponentCount>, ReadError> {
    Ok(store.read(|conn| store::components::counts(conn, ctx.actor.person))?)
}

/// One component, by its name in any spelling.
///
/// # Errors
/// [`StoreError::NotFound`] if no finished post-mortem that the actor may read names it.
pub fn read(store: &Store, ctx: &Ctx, name: &str) -> Result<ComponentPage, ReadError> {
    let reader = ctx.actor.person;
    let page = store.read(|conn| {
        // No stored name holds a zero byte, and PostgreSQL refuses to look for one.
        let folded = folded(&name.replace(char::is_control, " "));
        let findings = store::components::findings(conn, reader, &folded, MOST)?;
        let name = findings.first().and_then(|first| first.component.clone());
        let name = name.ok_or(StoreError::NotFound)?;
        let ids: Vec<PostMortemId> = findings.iter().map(|finding| finding.postmortem).collect();
        let cards = store::listing::finished_among(conn, reader, &ids)?;
        let written = store::components::surprises(conn, &ids)?;
        let surprises: Vec<String> = cards
            .iter()
            .map(|card| written.get(&card.id).map_or("", String::as_str))
            .map(|text| first_sentence(&markdown::to_plain(text)))
            .collect();
        let statements: Vec<StatementId> = findings.iter().map(|finding| finding.id).collect();
        let mut causes: Vec<(CauseId, Line)> = Vec::new();
        for (_, id, words) in store::cause_links::of_statements(conn, reader, &statements)? {
            if causes.iter().all(|(known, _)| *known != id) {
                causes.push((id, words));
            }
        }
        let commitments = store::components::commitments(conn, &statements)?
            .into_iter()
            .map(|id| store::actions::listed(conn, reader, id))
            .collect::<Result<_, _>>()?;
        Ok::<_, StoreError>(ComponentPage {
            name: name.as_str().to_owned(),
            lessons: lessons(cards, &surprises, &findings),
            causes,
            commitments,
        })
    })?;
    Ok(page)
}
