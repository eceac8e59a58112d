//! Post-mortems: create, read, change their facts.

use chrono_tz::Tz;

use super::editing::{Saved, look, open, remember, settle};
use super::input::{Fields, all_codes};
use super::{Conflict, Ctx, EditError, ReadError};
use crate::domain::ids::{CauseId, Number, PostMortemId, StatementId, Version};
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::{
    Detection, Facts, Impact, Kind, PostMortem, Severity, Status, SystemKind, Tier, Trigger,
    Visibility,
};
use crate::domain::templates;
use crate::domain::text::{Line, Prose, Title};
use crate::domain::timeline::Marker;
use crate::domain::when;
use crate::store::{self, Store, StoreError};

/// The facts of a post-mortem as typed. A form sends all of them; what is empty is taken as "not said".
#[derive(Debug, Clone, Default)]
pub struct FactsInput {
    /// A plain sentence about what happened.
    pub title: String,
    /// Code of a [`Kind`].
    pub kind: String,
    /// Code of a [`Tier`].
    pub tier: String,
    /// Code of a [`SystemKind`].
    pub system: String,
    /// Code of a [`Severity`].
    pub severity: Option<String>,
    /// Name of an IANA zone.
    pub zone: String,
    /// Code of a [`Visibility`].
    pub visibility: String,
    /// The role that facilitates.
    pub facilitator: Option<String>,
    /// Code of a [`Trigger`].
    pub trigger: Option<String>,
    /// Code of a [`Detection`].
    pub detection: Option<String>,
    /// Codes of [`Impact`]s.
    pub impacts: Vec<String>,
    /// Codes of [`Marker`]s whose moment nobody knows.
    pub unknown_markers: Vec<String>,
    /// Why there are no commitments.
    pub no_commitments_because: Option<String>,
    /// Why more commitments are open than the limit.
    pub over_limit_because: Option<String>,
    /// The day it happened.
    pub happened_on: Option<String>,
}

/// The facts of a form, read.
struct ParsedFacts {
    title: Title,
    kind: Kind,
    tier: Tier,
    system: SystemKind,
    severity: Option<Severity>,
    zone: Tz,
    visibility: Visibility,
    facilitator: Option<crate::domain::text::Line>,
    trigger: Option<Trigger>,
    detection: Option<Detection>,
    impacts: Vec<Impact>,
    unknown_markers: Vec<Marker>,
    no_commitments_because: Prose,
    over_limit_because: Prose,
    happened_on: Option<chrono::NaiveDate>,
}

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
        settle(tx, ctx, facts.id)?;
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

/// A post-mortem and the causes to which its statements are linked, as they stood at one moment.
pub type Linked = (PostMortem, Vec<(StatementId, CauseId, Line)>);

/// One post-mortem with all that belongs to it, and the causes to which its statements are linked.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn read_linked(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<Linked, ReadError> {
    let reader = ctx.actor.person;
    Ok(store.read(|conn| {
        let postmortem = store::aggregate::load(conn, reader, id)?;
        let linked = store::cause_links::of_postmortem(conn, reader, id)?;
        Ok::<_, StoreError>((postmortem, linked))
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
    let parsed = parse(input)?;
    store.write(|tx| {
        let before = open(tx, ctx, id)?;
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
            return Err(conflict(tx, &before, &facts, expected)?);
        }
        store::postmortems::update(tx, &facts, expected)?;
        remember_facts(tx, ctx, &facts, note)?;
        settle(tx, ctx, id)?;
        Ok(facts)
    })
}

#[expect(clippy::too_many_lines, reason = "a line for each field, three times")]
fn parse(input: &FactsInput) -> Result<ParsedFacts, EditError> {
    let mut fields = Fields::new();
    let title = fields.take("title", Title::parse(&input.title));
    let kind = fields.code("kind", &input.kind, Kind::from_code, all_codes!(Kind));
    let tier = fields.code("tier", &input.tier, Tier::from_code, all_codes!(Tier));
    let system = fields.code(
        "system",
        &input.system,
        SystemKind::from_code,
        all_codes!(SystemKind),
    );
    let severity = fields.optional_code(
        "severity",
        input.severity.as_deref(),
        Severity::from_code,
        all_codes!(Severity),
    );
    let zone = fields.take("zone", when::zone(&input.zone));
    let visibility = fields.code(
        "visibility",
        &input.visibility,
        Visibility::from_code,
        all_codes!(Visibility),
    );
    let facilitator = fields.optional_line(
        "facilitator",
        "The facilitator's role",
        input.facilitator.as_deref(),
    );
    let trigger = fields.optional_code(
        "trigger",
        input.trigger.as_deref(),
        Trigger::from_code,
        all_codes!(Trigger),
    );
    let detection = fields.optional_code(
        "detection",
        input.detection.as_deref(),
        Detection::from_code,
        all_codes!(Detection),
    );
    let impacts: Vec<Impact> = input
        .impacts
        .iter()
        .filter_map(|typed| fields.code("impacts", typed, Impact::from_code, all_codes!(Impact)))
        .collect();
    let unknown_markers: Vec<Marker> = input
        .unknown_markers
        .iter()
        .filter_map(|typed| {
            fields.code(
                "unknown_markers",
                typed,
                Marker::from_code,
                all_codes!(Marker),
            )
        })
        .collect();
    let no_commitments = fields.prose(
        "no_commitments_because",
        "The reason",
        input.no_commitments_because.as_deref(),
    );
    let over_limit = fields.prose(
        "over_limit_because",
        "The reason",
        input.over_limit_because.as_deref(),
    );
    let happened_on = fields.optional_day("happened_on", input.happened_on.as_deref());
    fields.finish()?;
    match (
        title,
        kind,
        tier,
        system,
        severity,
        zone,
        visibility,
        facilitator,
        trigger,
        detection,
        no_commitments,
        over_limit,
        happened_on,
    ) {
        (
            Some(title),
            Some(kind),
            Some(tier),
            Some(system),
            Some(severity),
            Some(zone),
            Some(visibility),
            Some(facilitator),
            Some(trigger),
            Some(detection),
            Some(no_commitments_because),
            Some(over_limit_because),
            Some(happened_on),
        ) => Ok(ParsedFacts {
            title,
            kind,
            tier,
            system,
            severity,
            zone,
            visibility,
            facilitator,
            trigger,
            detection,
            impacts,
            unknown_markers,
            no_commitments_because,
            over_limit_because,
            happened_on,
        }),
        _ => Err(EditError::Invalid(Vec::new())),
    }
}

/// Keeps the facts in the history.
pub(super) fn remember_facts(
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
pub(super) fn conflict(
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

/// The facts as lines of text, so that the history can show what changed.
fn text(facts: &Facts) -> String {
    let codes = |list: Vec<&str>| list.join(", ");
    let lines = [
        ("Title", facts.title.as_str().to_owned()),
        ("Kind", facts.kind.label().to_owned()),
        ("Tier", facts.tier.label().to_owned()),
        ("System", facts.system.label().to_owned()),
        (
            "Severity",
            facts.severity.map_or("", Severity::label).to_owned(),
        ),
        ("Zone", facts.zone.name().to_owned()),
        ("Readers", facts.visibility.label().to_owned()),
        (
            "Day",
            facts
                .happened_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
        ),
        (
            "Facilitator",
            facts
                .facilitator
                .as_ref()
                .map(|line| line.as_str().to_owned())
                .unwrap_or_default(),
        ),
        (
            "Trigger",
            facts.trigger.map_or("", Trigger::label).to_owned(),
        ),
        (
            "Detection",
            facts.detection.map_or("", Detection::label).to_owned(),
        ),
        (
            "Impact",
            codes(facts.impacts.iter().map(|impact| impact.label()).collect()),
        ),
        (
            "Moments nobody knows",
            codes(
                facts
                    .unknown_markers
                    .iter()
                    .map(|marker| marker.label())
                    .collect(),
            ),
        ),
        (
            "No commitments, because",
            facts.no_commitments_because.as_str().to_owned(),
        ),
        (
            "More commitments than the limit, because",
            facts.over_limit_because.as_str().to_owned(),
        ),
    ];
    let body: Vec<String> = lines
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    body.join("\n")
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
    let member = postmortem
        .members
        .iter()
        .find(|member| member.person == ctx.actor.person);
    postmortem
        .facts
        .require_editor(&ctx.actor, member.map(|member| member.access))
        .is_ok()
}

impl From<&Facts> for FactsInput {
    fn from(facts: &Facts) -> Self {
        let code = |code: &'static str| code.to_owned();
        Self {
            title: facts.title.as_str().to_owned(),
            kind: code(facts.kind.as_code()),
            tier: code(facts.tier.as_code()),
            system: code(facts.system.as_code()),
            severity: facts.severity.map(|severity| code(severity.as_code())),
            zone: facts.zone.name().to_owned(),
            visibility: code(facts.visibility.as_code()),
            facilitator: facts
                .facilitator
                .as_ref()
                .map(|line| line.as_str().to_owned()),
            trigger: facts.trigger.map(|trigger| code(trigger.as_code())),
            detection: facts.detection.map(|detection| code(detection.as_code())),
            impacts: facts
                .impacts
                .iter()
                .map(|impact| code(impact.as_code()))
                .collect(),
            unknown_markers: facts
                .unknown_markers
                .iter()
                .map(|marker| code(marker.as_code()))
                .collect(),
            no_commitments_because: Some(facts.no_commitments_because.as_str().to_owned()),
            over_limit_because: Some(facts.over_limit_because.as_str().to_owned()),
            happened_on: facts.happened_on.map(|day| day.to_string()),
        }
    }
}
