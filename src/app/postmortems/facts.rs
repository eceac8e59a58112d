//! The facts of a post-mortem: as typed, as read, and as lines of text for the history.

use chrono_tz::Tz;

use crate::app::EditError;
use crate::app::input::{Fields, all_codes};
use crate::app::wording::Keep;
use crate::domain::postmortem::{
    Detection, Facts, Impact, Kind, Severity, SystemKind, Tier, Trigger, Visibility,
};
use crate::domain::text::{Line, Prose, Title};
use crate::domain::timeline::Marker;
use crate::domain::when;

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
    /// Wording that the form says to keep.
    pub keeps: Vec<Keep>,
}

/// The facts of a form, read.
pub(super) struct ParsedFacts {
    pub(super) title: Title,
    pub(super) kind: Kind,
    pub(super) tier: Tier,
    pub(super) system: SystemKind,
    pub(super) severity: Option<Severity>,
    pub(super) zone: Tz,
    pub(super) visibility: Visibility,
    pub(super) facilitator: Option<Line>,
    pub(super) trigger: Option<Trigger>,
    pub(super) detection: Option<Detection>,
    pub(super) impacts: Vec<Impact>,
    pub(super) unknown_markers: Vec<Marker>,
    pub(super) no_commitments_because: Prose,
    pub(super) over_limit_because: Prose,
    pub(super) happened_on: Option<chrono::NaiveDate>,
}

/// Reads what was typed.
#[expect(clippy::too_many_lines, reason = "a line for each field, three times")]
pub(super) fn parse(input: &FactsInput) -> Result<ParsedFacts, EditError> {
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

/// The facts as lines of text, so that the history can show what changed.
pub(super) fn text(facts: &Facts) -> String {
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
            keeps: Vec::new(),
        }
    }
}
