//! Post-mortems: create, read, change their facts.

mod facts; // as typed, as read, as lines of text

pub use facts::FactsInput;

use crate::app::editing::{Saved, edit, look, remember, settle};
use crate::app::wording;
use crate::app::{Conflict, Ctx, EditError, ReadError};
use crate::domain::comments::Comment;
use crate::domain::ids::{CauseId, Number, PostMortemId, StatementId, Version};
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::{Facts, PostMortem, Status, Visibility};
use crate::domain::publication::Standing;
use crate::domain::templates;
use crate::domain::text::Line;
use crate::domain::wording::of_facts;
use crate::store::{self, Store, StoreError};
use facts::{parse, text};

/// Starts a post-mortem; the actor is its shepherd.
///
/// # Errors
/// [`EditError`] with every field to mend.
pub fn create(store: &Store, ctx: &Ctx, input: &FactsInput) -> Result<Facts, EditError> {
    require(&ctx.actor, Permission::Write)?;
    let parsed = parse(input)?;
    store.write(|tx| {
        let mut facts = Facts {
            id: PostMortemId::new(),
            number: None,
            title: parsed.title,
            kind: parsed.kind,
            tier: parsed.tier,
            system: parsed.system,
            severity: parsed.severity,
            status: Status::Draft,
            visibility: parsed.visibility,
            zone: parsed.zone,
            shepherd: ctx.actor.person,
            facilitator: parsed.facilitator,
            template_version: templates::core().version,
            trigger: parsed.trigger,
            detection: parsed.detection,
            impacts: parsed.impacts,
            unknown_markers: parsed.unknown_markers,
            first_story_sealed_at: None,
            no_commitments_because: parsed.no_commitments_because,
            over_limit_because: parsed.over_limit_because,
            readers_confirmed_at: None,
            happened_on: parsed.happened_on,
            filed_on: ctx.now.date_naive(),
            source: None,
            created_at: ctx.now,
            updated_at: ctx.now,
            published_at: None,
            version: Version::FIRST,
        };
        facts.filed_on = facts.filing_day(&[]);
        if facts.visibility == Visibility::Organisation {
            facts.number = Some(store::postmortems::next_number(tx)?);
        }
        store::postmortems::insert(tx, &facts)?;
        remember_facts(tx, ctx, &facts, "")?;
        wording::keep_along(tx, ctx, facts.id, &input.keeps, &of_facts(&facts))?;
        settle(tx, ctx, facts.id, &Standing::default())?;
        Ok(facts)
    })
}

/// One post-mortem with all that belongs to it.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn read(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<PostMortem, ReadError> {
    Ok(store.read(|conn| store::aggregate::load(conn, ctx.actor.person, id))?)
}

/// The facts of one post-mortem.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn facts(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<Facts, ReadError> {
    Ok(store.read(|conn| store::postmortems::find(conn, ctx.actor.person, id))?)
}

/// A post-mortem as its page shows it, all as it stood at one moment.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The post-mortem.
    pub postmortem: PostMortem,
    /// The causes to which its statements are linked, as far as the reader may know of them.
    pub linked: Vec<(StatementId, CauseId, Line)>,
    /// What was said about it, in the order in which it was said.
    pub comments: Vec<Comment>,
}

/// One post-mortem with all that its page shows, read at once.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn show(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<Shown, ReadError> {
    let reader = ctx.actor.person;
    Ok(store.read(|conn| {
        Ok::<_, StoreError>(Shown {
            postmortem: store::aggregate::load(conn, reader, id)?,
            linked: store::cause_links::of_postmortem(conn, reader, id)?,
            comments: store::comments::list(conn, id)?,
        })
    })?)
}

/// The id behind a number that people say.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn id_of(store: &Store, ctx: &Ctx, number: Number) -> Result<PostMortemId, ReadError> {
    Ok(store.read(|conn| store::postmortems::id_of(conn, ctx.actor.person, number))?)
}

/// Changes the facts over the version that the writer saw.
///
/// # Errors
/// [`EditError::Conflict`] with both texts if somebody saved in between; otherwise what to mend.
pub fn change(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    input: &FactsInput,
    expected: Option<Version>,
    note: &str,
) -> Result<Facts, EditError> {
    edit(store, ctx, id, |tx, before| {
        change_in(tx, ctx, before, input, expected, note)
    })
}

/// The same within a transaction that somebody else settles.
pub(in crate::app) fn change_in(
    tx: &mut store::Conn,
    ctx: &Ctx,
    before: &Facts,
    input: &FactsInput,
    expected: Option<Version>,
    note: &str,
) -> Result<Facts, EditError> {
    let parsed = parse(input)?;
    let expected = expected.unwrap_or(before.version);
    let mut facts = Facts {
        title: parsed.title,
        kind: parsed.kind,
        tier: parsed.tier,
        system: parsed.system,
        severity: parsed.severity,
        visibility: parsed.visibility,
        zone: parsed.zone,
        facilitator: parsed.facilitator,
        trigger: parsed.trigger,
        detection: parsed.detection,
        impacts: parsed.impacts,
        unknown_markers: parsed.unknown_markers,
        no_commitments_because: parsed.no_commitments_because,
        over_limit_because: parsed.over_limit_because,
        happened_on: parsed.happened_on,
        updated_at: ctx.now,
        version: expected.next(),
        ..before.clone()
    };
    if facts.visibility != before.visibility {
        // Who may read was confirmed for the readers of that time.
        facts.readers_confirmed_at = None;
    }
    if facts.visibility == Visibility::Organisation && facts.number.is_none() {
        facts.number = Some(store::postmortems::next_number(tx)?);
    }
    if expected != before.version {
        return Err(conflict(tx, before, &facts, expected)?);
    }
    store::postmortems::update(tx, &facts, expected)?;
    wording::keep_along(tx, ctx, facts.id, &input.keeps, &of_facts(&facts))?;
    remember_facts(tx, ctx, &facts, note)?;
    Ok(facts)
}

/// Keeps the facts in the history.
pub(in crate::app) fn remember_facts(
    tx: &mut store::Conn,
    ctx: &Ctx,
    facts: &Facts,
    note: &str,
) -> Result<(), EditError> {
    let saved = Saved {
        resource: "facts",
        resource_id: "",
        version: facts.version,
        body: &text(facts),
    };
    remember(tx, ctx, facts.id, &saved, note)
}

/// Both sides of a lost race over the facts.
pub(in crate::app) fn conflict(
    tx: &mut store::Conn,
    current: &Facts,
    yours: &Facts,
    expected: Version,
) -> Result<EditError, StoreError> {
    Ok(EditError::Conflict(Box::new(Conflict {
        current: current.version,
        theirs: text(current),
        yours: text(yours),
        base: store::revisions::text_of(tx, current.id, "facts", "", expected.0)?,
    })))
}

/// One post-mortem, for somebody who may change it.
///
/// # Errors
/// [`EditError::Forbidden`] for one who may only read it; what one may not read is not found.
pub fn for_editing(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<PostMortem, EditError> {
    store.read(|conn| {
        look(conn, ctx, id)?;
        Ok(store::aggregate::load(conn, ctx.actor.person, id)?)
    })
}

/// Whether the actor may change a post-mortem that they have read.
#[must_use]
pub fn may_edit(ctx: &Ctx, postmortem: &PostMortem) -> bool {
    let access = postmortem.access_of(ctx.actor.person);
    postmortem.facts.require_editor(&ctx.actor, access).is_ok()
}
