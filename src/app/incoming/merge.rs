//! A record that is here already: each of its parts follows the file, or is left as it is.

use std::collections::HashMap;

use super::parts::{Wanted, wanted};
use super::same;
use crate::app::editing::{settle, standing};
use crate::app::sections::{SaveSection, put_in};
use crate::app::{Ctx, EditError, actions, factors, postmortems, timeline};
use crate::domain::actions::Action;
use crate::domain::document::Founding;
use crate::domain::factors::Statement;
use crate::domain::incoming::{Incoming, Kept, Resource, Stands, Step, step};
use crate::domain::postmortem::{Facts, PostMortem};
use crate::domain::timeline::Event;
use crate::store::incoming::{Part, Record};
use crate::store::{self, Conn};

/// What the history says about what an import changed.
const NOTE: &str = "Imported again";

/// A part, and what is to be done with it.
pub(super) struct Planned {
    wanted: Wanted,
    pub(super) step: Step,
    /// What stands here for it, if an import brought it in before.
    part: Option<Part>,
}

/// What is to be done with each part of a record, and how many of its rows were known.
pub(super) struct Plan {
    pub(super) steps: Vec<Planned>,
    /// How many rows of the file are the same as rows of the file before, or follow them.
    pub(super) shared: usize,
    /// How many rows the file with fewer of them has.
    pub(super) of: usize,
}

/// Says what is to be done with each part of a record.
pub(super) fn plan(
    conn: &mut Conn,
    ctx: &Ctx,
    record: &Record,
    incoming: &Incoming,
) -> Result<Plan, EditError> {
    let reader = ctx.actor.person;
    let parts = store::incoming::parts(conn, record.id)?;
    let before = store::aggregate::load(conn, reader, record.postmortem)?;
    let versions = versions(&before);
    let mut known = Vec::new();
    for part in parts {
        let stands = stands(conn, ctx, &part, &versions, &before)?;
        known.push(same::Known { part, stands });
    }
    let wanted = wanted(incoming);
    let rows = |resource| matches!(resource, Resource::Event | Resource::Action);
    let old = known.iter().filter(|it| rows(it.part.place.resource));
    let new = wanted.iter().filter(|it| rows(it.place.resource));
    let of = old.count().min(new.count());
    let (mut steps, mut shared) = (Vec::new(), 0);
    for (wanted, known) in same::paired(wanted, known, &before, incoming.source) {
        let kept = known.as_ref().map(|known| Kept {
            digest: known.part.digest.clone(),
            stands: known.stands,
        });
        shared += usize::from(rows(wanted.place.resource) && kept.is_some());
        let text = before.section(&wanted.place.key);
        let written_here = wanted.place.resource == Resource::Section && !text.trim().is_empty();
        steps.push(Planned {
            step: step(&wanted.digest, kept.as_ref(), written_here),
            wanted,
            part: known.map(|known| known.part),
        });
    }
    Ok(Plan { steps, shared, of })
}

type Versions = HashMap<(Resource, String), i32>;

/// The version of everything that stands.
fn versions(postmortem: &PostMortem) -> Versions {
    let facts = ((Resource::Facts, String::new()), postmortem.facts.version.0);
    let mut versions = HashMap::from([facts]);
    let sections = postmortem.sections.iter();
    versions.extend(sections.map(|it| ((Resource::Section, it.key.clone()), it.version.0)));
    let events = postmortem.events.iter();
    versions.extend(events.map(|it| ((Resource::Event, it.id.to_string()), it.version.0)));
    let statements = postmortem.statements.iter();
    versions.extend(statements.map(|it| ((Resource::Statement, it.id.to_string()), it.version.0)));
    let actions = postmortem.actions.iter();
    versions.extend(actions.map(|it| ((Resource::Action, it.id.to_string()), it.version.0)));
    versions
}

fn stands(
    conn: &mut Conn,
    ctx: &Ctx,
    part: &Part,
    versions: &Versions,
    before: &PostMortem,
) -> Result<Stands, EditError> {
    let key = (part.place.resource, part.resource_id.clone());
    let Some(version) = versions.get(&key) else {
        return Ok(Stands::Gone);
    };
    let mut statements = before.statements.iter();
    let statement = statements.find(|statement| statement.id.to_string() == part.resource_id);
    // What belongs to a recurring cause was read by somebody, and is theirs as it stands.
    let read = match statement {
        Some(statement) => store::cause_links::in_a_cause(conn, ctx.actor.person, statement.id)?,
        None => false,
    };
    Ok(if *version == part.version && !read {
        Stands::AsImported
    } else {
        Stands::Changed
    })
}

/// What a person decides about, as sentences.
pub(super) fn sentences(steps: &[Planned]) -> Vec<String> {
    steps
        .iter()
        .filter_map(|planned| match planned.step {
            Step::Unsure(why) => {
                let place = &planned.wanted.place;
                let what = match place.resource {
                    Resource::Section => format!("The section “{}”", place.key),
                    Resource::Facts => Resource::Facts.label().to_owned(),
                    other => format!("{} “{}”", other.label(), planned.wanted.said),
                };
                Some(format!("{what} was left as it is: {why}."))
            }
            _ => None,
        })
        .collect()
}

/// Does what was planned, within a transaction that somebody else opened.
pub(super) fn apply(
    tx: &mut Conn,
    ctx: &Ctx,
    record: &Record,
    incoming: &Incoming,
    steps: &[Planned],
) -> Result<(), EditError> {
    let id = record.postmortem;
    let before = store::aggregate::load(tx, ctx.actor.person, id)?;
    let stood = standing(tx, ctx, &before.facts)?;
    let fresh = incoming.document.found(&Founding {
        shepherd: before.facts.shepherd,
        status: before.facts.status,
        now: ctx.now,
    });
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for planned in steps {
        let (index, place) = (planned.wanted.index, &planned.wanted.place);
        let replaces = match planned.step {
            Step::Add => None,
            Step::Replace => planned.part.as_ref().map(|part| part.resource_id.as_str()),
            Step::Leave | Step::Unsure(_) => continue,
        };
        let (resource_id, version) = match place.resource {
            Resource::Facts => facts(tx, ctx, &before.facts, &fresh.facts)?,
            Resource::Section => section(tx, ctx, &before.facts, &fresh, index)?,
            Resource::Event => {
                let Some(event) = fresh.events.get(index) else {
                    continue;
                };
                let event = over(event, replaces, &before.events);
                let made = (event.id.to_string(), event.version.0);
                if replaces.is_some() {
                    changed.push(event);
                } else {
                    new.push(event);
                }
                made
            }
            Resource::Statement => {
                let Some(statement) = fresh.statements.get(index) else {
                    continue;
                };
                self::statement(tx, ctx, &before, statement, replaces)?
            }
            Resource::Action => {
                let Some(action) = fresh.actions.get(index) else {
                    continue;
                };
                self::action(tx, ctx, &before, action, replaces)?
            }
        };
        let part = Part {
            place: place.clone(),
            resource_id,
            version,
            digest: planned.wanted.digest.clone(),
        };
        let old = planned.part.as_ref().map(|part| &part.place);
        if let Some(old) = old.filter(|old| replaces.is_some() && *old != place) {
            store::incoming::drop_part(tx, record.id, old)?;
        }
        store::incoming::put_part(tx, record.id, &part)?;
    }
    timeline::put_many(tx, ctx, id, new, changed, NOTE)?;
    settle(tx, ctx, id, &stood)
}

/// What is written: what an import of a part is called here, and its version.
type Made = (String, i32);

fn facts(tx: &mut Conn, ctx: &Ctx, before: &Facts, fresh: &Facts) -> Result<Made, EditError> {
    let after = Facts {
        title: fresh.title.clone(),
        severity: fresh.severity.or(before.severity),
        source: fresh.source.clone().or_else(|| before.source.clone()),
        version: before.version.next(),
        ..before.clone()
    };
    store::postmortems::update(tx, &after, before.version)?;
    postmortems::remember_facts(tx, ctx, &after, NOTE)?;
    Ok((String::new(), after.version.0))
}

fn section(
    tx: &mut Conn,
    ctx: &Ctx,
    facts: &Facts,
    fresh: &PostMortem,
    index: usize,
) -> Result<Made, EditError> {
    let (key, text) = fresh.sections.get(index).map_or(("", ""), |section| {
        (section.key.as_str(), section.text.as_str())
    });
    let input = SaveSection {
        key,
        text,
        expected: None,
        note: NOTE,
    };
    let section = put_in(tx, ctx, facts, &input)?;
    Ok((section.key.clone(), section.version.0))
}

/// A row as the file has it, under the name of the one that stands.
fn over(fresh: &Event, replaces: Option<&str>, before: &[Event]) -> Event {
    let old = replaces.and_then(|id| before.iter().find(|event| event.id.to_string() == id));
    match old {
        None => fresh.clone(),
        Some(old) => Event {
            id: old.id,
            position: old.position,
            version: old.version.next(),
            ..fresh.clone()
        },
    }
}

fn statement(
    tx: &mut Conn,
    ctx: &Ctx,
    before: &PostMortem,
    fresh: &Statement,
    replaces: Option<&str>,
) -> Result<Made, EditError> {
    let id = before.facts.id;
    let mut standing = before.statements.iter();
    let old = replaces.and_then(|id| standing.find(|it| it.id.to_string() == id));
    let statement = match old {
        Some(old) => Statement {
            text: fresh.text.clone(),
            version: old.version.next(),
            ..old.clone()
        },
        None => Statement {
            position: next(before.statements.len(), fresh.position),
            ..fresh.clone()
        },
    };
    match old {
        Some(old) => store::factors::update(tx, id, &statement, old.version, ctx.now)?,
        None => store::factors::insert(tx, id, &statement, ctx.now)?,
    }
    factors::keep(tx, ctx, id, &statement, NOTE)?;
    Ok((statement.id.to_string(), statement.version.0))
}

fn action(
    tx: &mut Conn,
    ctx: &Ctx,
    before: &PostMortem,
    fresh: &Action,
    replaces: Option<&str>,
) -> Result<Made, EditError> {
    let id = before.facts.id;
    let mut standing = before.actions.iter();
    let old = replaces.and_then(|id| standing.find(|it| it.id.to_string() == id));
    let action = match old {
        Some(old) => Action {
            id: old.id,
            position: old.position,
            version: old.version.next(),
            statement: old.statement,
            ..fresh.clone()
        },
        None => Action {
            position: next(before.actions.len(), fresh.position),
            ..fresh.clone()
        },
    };
    match old {
        Some(old) => store::actions::update(tx, id, &action, old.version)?,
        None => store::actions::insert(tx, id, &action)?,
    }
    actions::keep(tx, ctx, id, &action, NOTE)?;
    Ok((action.id.to_string(), action.version.0))
}

/// The place behind what stands.
fn next(standing: usize, index: i32) -> i32 {
    i32::try_from(standing)
        .unwrap_or(i32::MAX)
        .saturating_add(index)
}
