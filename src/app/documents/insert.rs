//! Puts a whole post-mortem into the store, or puts another one in its place.

use super::Start;
use crate::app::editing::{Saved, remember, settle};
use crate::app::{Ctx, EditError, accounts, actions, factors, postmortems, timeline, wording};
use crate::domain::document::{Document, Founding};
use crate::domain::ids::PostMortemId;
use crate::domain::postmortem::{Facts, PostMortem, Visibility};
use crate::domain::publication::Standing;
use crate::domain::sections::Section;
use crate::domain::text::Prose;
use crate::store::{self, Conn};

/// Inserts a post-mortem made of a document, with the history of everything in it.
pub(in crate::app) fn insert(
    tx: &mut Conn,
    ctx: &Ctx,
    document: &Document,
    start: Start,
    note: &str,
) -> Result<Facts, EditError> {
    let mut postmortem = document.found(&Founding {
        shepherd: ctx.actor.person,
        status: start.status(),
        now: ctx.now,
    });
    if postmortem.facts.visibility == Visibility::Organisation {
        postmortem.facts.number = Some(store::postmortems::next_number(tx)?);
    }
    store::postmortems::insert(tx, &postmortem.facts)?;
    postmortems::remember_facts(tx, ctx, &postmortem.facts, note)?;
    parts(tx, ctx, &mut postmortem, note)?;
    settle(tx, ctx, postmortem.facts.id, &Standing::default())?;
    Ok(postmortem.facts)
}

/// Puts what a document says in the place of what stands, under the same id and number.
///
/// What was there stays in the history. Members, links and approvals stay as they are.
pub(in crate::app) fn replace(
    tx: &mut Conn,
    ctx: &Ctx,
    before: &PostMortem,
    document: &Document,
    note: &str,
) -> Result<Facts, EditError> {
    clear(tx, before)?;
    let old = &before.facts;
    let mut postmortem = document.found(&Founding {
        shepherd: old.shepherd,
        status: old.status,
        now: ctx.now,
    });
    let new = postmortem.facts.clone();
    postmortem.facts = Facts {
        id: old.id,
        number: old.number,
        visibility: old.visibility,
        template_version: old.template_version,
        first_story_sealed_at: old.first_story_sealed_at,
        readers_confirmed_at: old.readers_confirmed_at,
        created_at: old.created_at,
        published_at: old.published_at,
        version: old.version.next(),
        ..new
    };
    store::postmortems::update(tx, &postmortem.facts, old.version)?;
    postmortems::remember_facts(tx, ctx, &postmortem.facts, note)?;
    for old in &before.sections {
        if !postmortem.sections.iter().any(|new| new.key == old.key) {
            postmortem.sections.push(Section {
                text: Prose::default(),
                html: String::new(),
                ..old.clone()
            });
        }
    }
    parts(tx, ctx, &mut postmortem, note)?;
    settle(tx, ctx, old.id, &Standing::default())?;
    Ok(postmortem.facts)
}

/// Takes away what is put in anew: everything but the sections, which keep their history.
fn clear(tx: &mut Conn, before: &PostMortem) -> Result<(), EditError> {
    for action in &before.actions {
        store::actions::delete(tx, action.id, action.version)?;
    }
    for statement in &before.statements {
        store::factors::delete(tx, statement.id, statement.version)?;
    }
    for event in &before.events {
        store::timeline::delete(tx, event.id, event.version)?;
    }
    for account in &before.accounts {
        store::accounts::delete(tx, account.id, account.version)?;
    }
    Ok(())
}

/// Inserts what belongs to a post-mortem, in the order in which one thing points at another.
fn parts(
    tx: &mut Conn,
    ctx: &Ctx,
    postmortem: &mut PostMortem,
    note: &str,
) -> Result<(), EditError> {
    let id = postmortem.facts.id;
    for section in &postmortem.sections {
        self::section(tx, ctx, id, section, note)?;
    }
    for account in &postmortem.accounts {
        store::accounts::insert(tx, id, account)?;
        accounts::keep(tx, ctx, id, account, note)?;
    }
    for event in &postmortem.events {
        store::timeline::insert(tx, id, event)?;
        timeline::keep(tx, ctx, id, event, note)?;
    }
    for statement in &mut postmortem.statements {
        if let Some(component) = &mut statement.component {
            *component = store::factors::component(tx, &component.name)?;
        }
        store::factors::insert(tx, id, statement, ctx.now)?;
        factors::keep(tx, ctx, id, statement, note)?;
    }
    for action in &postmortem.actions {
        store::actions::insert(tx, id, action)?;
        actions::keep(tx, ctx, id, action, note)?;
    }
    for answer in &postmortem.answers {
        wording::kept(tx, ctx, id, answer)?;
    }
    Ok(())
}

/// Saves a section over the one that stands, if there is one and it says something else.
fn section(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    new: &Section,
    note: &str,
) -> Result<(), EditError> {
    let mut section = new.clone();
    match store::sections::find(tx, id, &new.key)? {
        Some(old) if old.text == new.text => return Ok(()),
        Some(old) => {
            section.id = old.id;
            section.version = old.version.next();
            section.updated_at = ctx.now;
            store::sections::update(tx, id, &section, old.version)?;
        }
        None => store::sections::insert(tx, id, &section)?,
    }
    let saved = Saved {
        resource: "section",
        resource_id: &section.key,
        version: section.version,
        body: section.text.as_str(),
    };
    remember(tx, ctx, id, &saved, note)
}
