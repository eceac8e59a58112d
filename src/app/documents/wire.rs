//! A post-mortem as JSON. The names are those of the API.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::domain::actions::{Reversibility, Strength};
use crate::domain::document::{
    Document, DocumentAction, DocumentEvent, DocumentEvidence, DocumentKept, DocumentStatement,
};
use crate::domain::postmortem::{Detection, Severity, Status, SystemKind, Trigger};
use crate::domain::taxonomy::FactorId;
use crate::domain::text::Line;
use crate::domain::timeline::{Effect, Marker};

/// What the file is, for whoever finds it later.
const FORMAT: &str = "second-story/post-mortem";
/// Counts changes of the shape that a reader would stumble over.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct PostMortemJson<'a> {
    format: &'static str,
    version: u32,
    number: Option<String>,
    title: &'a str,
    kind: &'static str,
    tier: &'static str,
    system: &'static str,
    severity: Option<&'static str>,
    status: Option<&'static str>,
    visibility: &'static str,
    zone: &'static str,
    happened_on: Option<NaiveDate>,
    trigger: Option<&'static str>,
    detection: Option<&'static str>,
    impacts: Vec<&'static str>,
    roles: Vec<&'a str>,
    facilitator: Option<&'a str>,
    source: Option<&'a str>,
    approved: bool,
    readers_confirmed: bool,
    sections: Vec<SectionJson<'a>>,
    events: Vec<EventJson<'a>>,
    unknown_markers: Vec<&'static str>,
    accounts: Vec<AccountJson<'a>>,
    factors: Vec<StatementJson<'a>>,
    actions: Vec<ActionJson<'a>>,
    no_commitments_because: &'a str,
    over_limit_because: &'a str,
    kept_wording: Vec<KeptJson<'a>>,
}

#[derive(Serialize)]
struct KeptJson<'a> {
    /// Rows are counted from 1.
    place: &'a str,
    rule: &'a str,
    sentence: &'a str,
    because: &'static str,
    words: Option<&'a str>,
}

#[derive(Serialize)]
struct SectionJson<'a> {
    key: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct AccountJson<'a> {
    role: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct EventJson<'a> {
    /// Counted from 1; evidence points at it.
    row: usize,
    typed: &'a str,
    at: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    precision: &'static str,
    lane: &'static str,
    marker: Option<&'static str>,
    text: &'a str,
    role: Option<&'a str>,
    source: Option<&'a str>,
    effect: Option<&'static str>,
    known_at_the_time: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum EvidenceJson<'a> {
    Row(usize),
    Link(&'a str),
    Account(&'a str),
}

#[derive(Serialize)]
struct ScaleJson<'a> {
    quantity: &'a str,
    unit: &'a str,
    made_for: &'a str,
    failed_at: &'a str,
    now: &'a str,
}

#[derive(Serialize)]
struct StatementJson<'a> {
    /// Counted from 1; actions point at it.
    place: usize,
    statement: &'a str,
    factor: Option<&'a str>,
    role: &'static str,
    confidence: &'static str,
    system: Option<&'static str>,
    component: Option<&'a str>,
    without_this: &'a str,
    scale: Option<ScaleJson<'a>>,
    evidence: Vec<EvidenceJson<'a>>,
}

#[derive(Serialize)]
struct ActionJson<'a> {
    title: &'a str,
    kind: &'static str,
    addresses: Option<usize>,
    strength: Option<&'static str>,
    owner: Option<&'a str>,
    due_on: Option<NaiveDate>,
    known_by: &'a str,
    reach: &'a str,
    reversibility: Option<&'static str>,
    expires_on: Option<NaiveDate>,
    state: &'static str,
    state_reason: &'a str,
    tracker: Option<&'a str>,
}

/// Writes a document as JSON, indented, with a line end behind it.
pub(super) fn json(document: &Document) -> String {
    let wire = postmortem(document);
    // Strings, numbers and lists always become JSON.
    let mut text = serde_json::to_string_pretty(&wire).unwrap_or_default();
    text.push('\n');
    text
}

fn postmortem(document: &Document) -> PostMortemJson<'_> {
    PostMortemJson {
        format: FORMAT,
        version: VERSION,
        number: document.number.map(|number| number.to_string()),
        title: document.title.as_str(),
        kind: document.kind.as_code(),
        tier: document.tier.as_code(),
        system: document.system.as_code(),
        severity: document.severity.map(Severity::as_code),
        status: document.status.map(Status::as_code),
        visibility: document.visibility.as_code(),
        zone: document.zone.name(),
        happened_on: document.happened_on,
        trigger: document.trigger.map(Trigger::as_code),
        detection: document.detection.map(Detection::as_code),
        impacts: document
            .impacts
            .iter()
            .map(|impact| impact.as_code())
            .collect(),
        roles: document.roles.iter().map(Line::as_str).collect(),
        facilitator: document.facilitator.as_ref().map(Line::as_str),
        source: document.source.as_deref(),
        approved: document.approved,
        readers_confirmed: document.readers_confirmed,
        sections: document
            .sections
            .iter()
            .map(|section| SectionJson {
                key: &section.key,
                text: section.text.as_str(),
            })
            .collect(),
        events: (1..).zip(&document.events).map(event).collect(),
        unknown_markers: document
            .unknown_markers
            .iter()
            .map(|marker| marker.as_code())
            .collect(),
        accounts: document
            .accounts
            .iter()
            .map(|account| AccountJson {
                role: account.role.as_str(),
                text: account.text.as_str(),
            })
            .collect(),
        factors: (1..).zip(&document.statements).map(statement).collect(),
        actions: document.actions.iter().map(action).collect(),
        no_commitments_because: document.no_commitments_because.as_str(),
        over_limit_because: document.over_limit_because.as_str(),
        kept_wording: document.kept.iter().map(kept).collect(),
    }
}

fn kept(kept: &DocumentKept) -> KeptJson<'_> {
    KeptJson {
        place: &kept.place,
        rule: &kept.rule,
        sentence: &kept.sentence,
        because: kept.reason.as_code(),
        words: kept.words.as_ref().map(Line::as_str),
    }
}

fn event((row, event): (usize, &DocumentEvent)) -> EventJson<'_> {
    EventJson {
        row,
        typed: event.when.typed(),
        at: event.when.at(),
        until: event.when.until(),
        precision: event.when.precision().as_code(),
        lane: event.lane.as_code(),
        marker: event.marker.map(Marker::as_code),
        text: event.text.as_str(),
        role: event.role.as_ref().map(Line::as_str),
        source: event.source.as_deref(),
        effect: event.effect.map(Effect::as_code),
        known_at_the_time: event.known_at_the_time,
    }
}

fn statement((place, statement): (usize, &DocumentStatement)) -> StatementJson<'_> {
    StatementJson {
        place,
        statement: statement.text.as_str(),
        factor: statement.factor.as_ref().map(FactorId::as_str),
        role: statement.role.as_code(),
        confidence: statement.confidence.as_code(),
        system: statement.system.map(SystemKind::as_code),
        component: statement.component.as_ref().map(Line::as_str),
        without_this: statement.without_this.as_str(),
        scale: statement.scale.as_ref().map(|scale| ScaleJson {
            quantity: &scale.quantity,
            unit: &scale.unit,
            made_for: &scale.made_for,
            failed_at: &scale.failed_at,
            now: &scale.now,
        }),
        evidence: statement
            .evidence
            .iter()
            .map(|item| match item {
                DocumentEvidence::Event(place) => EvidenceJson::Row(place + 1),
                DocumentEvidence::Link(link) => EvidenceJson::Link(link),
                DocumentEvidence::Account(role) => EvidenceJson::Account(role.as_str()),
            })
            .collect(),
    }
}

fn action(action: &DocumentAction) -> ActionJson<'_> {
    ActionJson {
        title: action.title.as_str(),
        kind: action.kind.as_code(),
        addresses: action.addresses.map(|place| place + 1),
        strength: action.strength.map(Strength::as_code),
        owner: action.owner.as_ref().map(Line::as_str),
        due_on: action.due_on,
        known_by: action.known_by.as_str(),
        reach: action.reach.as_str(),
        reversibility: action.reversibility.map(Reversibility::as_code),
        expires_on: action.expires_on,
        state: action.state.as_code(),
        state_reason: action.state_reason.as_str(),
        tracker: action.tracker.as_deref(),
    }
}
