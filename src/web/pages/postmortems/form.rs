//! The fields of a post-mortem's facts, as they are typed.

use serde::Deserialize;

use crate::app::postmortems::FactsInput;
use crate::domain::postmortem::{
    Detection, Facts, Kind, PostMortem, Severity, SystemKind, Tier, Trigger, Visibility,
};
use crate::domain::wording::{Note, Place};
use crate::web::pages::wording::{FieldNotes, keeps};

/// The fields of the facts as a form sends them.
#[derive(Debug, Clone, Deserialize, Default)]
pub(in crate::web) struct FactsForm {
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) tier: String,
    #[serde(default)]
    pub(super) system: String,
    #[serde(default)]
    pub(super) severity: String,
    #[serde(default)]
    pub(super) zone: String,
    #[serde(default)]
    pub(super) visibility: String,
    #[serde(default)]
    pub(super) facilitator: String,
    #[serde(default)]
    pub(super) trigger: String,
    #[serde(default)]
    pub(super) detection: String,
    #[serde(default)]
    pub(super) impacts: Vec<String>,
    #[serde(default)]
    pub(super) unknown_markers: Vec<String>,
    #[serde(default)]
    pub(super) no_commitments_because: String,
    #[serde(default)]
    pub(super) over_limit_because: String,
    /// What goes into the timeline of a new one.
    #[serde(default)]
    pub(super) paste: String,
    #[serde(default)]
    pub(super) happened_on: String,
    /// Words that are kept, and why: a note's name and a code.
    #[serde(default)]
    keep: Vec<String>,
    #[serde(default)]
    keep_words: Vec<String>,
    #[serde(default)]
    pub(super) version: i32,
    #[serde(default)]
    pub(super) note: String,
}

impl FactsForm {
    /// What a new post-mortem is until somebody says otherwise.
    pub(super) fn blank(tier: Tier) -> Self {
        Self {
            kind: Kind::Incident.as_code().to_owned(),
            tier: tier.as_code().to_owned(),
            system: SystemKind::Both.as_code().to_owned(),
            zone: "Etc/UTC".to_owned(),
            visibility: Visibility::Organisation.as_code().to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn of(facts: &Facts) -> Self {
        Self {
            title: facts.title.as_str().to_owned(),
            kind: facts.kind.as_code().to_owned(),
            tier: facts.tier.as_code().to_owned(),
            system: facts.system.as_code().to_owned(),
            severity: facts.severity.map_or("", Severity::as_code).to_owned(),
            zone: facts.zone.name().to_owned(),
            visibility: facts.visibility.as_code().to_owned(),
            facilitator: facts
                .facilitator
                .as_ref()
                .map_or("", |line| line.as_str())
                .to_owned(),
            trigger: facts.trigger.map_or("", Trigger::as_code).to_owned(),
            detection: facts.detection.map_or("", Detection::as_code).to_owned(),
            impacts: facts
                .impacts
                .iter()
                .map(|impact| impact.as_code().to_owned())
                .collect(),
            unknown_markers: facts
                .unknown_markers
                .iter()
                .map(|marker| marker.as_code().to_owned())
                .collect(),
            no_commitments_because: facts.no_commitments_because.as_str().to_owned(),
            over_limit_because: facts.over_limit_because.as_str().to_owned(),
            paste: String::new(),
            happened_on: facts
                .happened_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
            version: facts.version.0,
            ..Self::default()
        }
    }

    pub(super) fn input(&self) -> FactsInput {
        FactsInput {
            title: self.title.clone(),
            kind: self.kind.clone(),
            tier: self.tier.clone(),
            system: self.system.clone(),
            severity: Some(self.severity.clone()),
            zone: self.zone.clone(),
            visibility: self.visibility.clone(),
            facilitator: Some(self.facilitator.clone()),
            trigger: Some(self.trigger.clone()),
            detection: Some(self.detection.clone()),
            impacts: self.impacts.clone(),
            unknown_markers: self.unknown_markers.clone(),
            no_commitments_because: Some(self.no_commitments_because.clone()),
            over_limit_because: Some(self.over_limit_because.clone()),
            happened_on: Some(self.happened_on.clone()),
            keeps: keeps(&self.keep, &self.keep_words),
        }
    }
}

/// The notes on the texts of the form.
#[derive(Debug)]
pub(super) struct FactsNotes {
    pub(super) title: FieldNotes,
    pub(super) none: FieldNotes,
    pub(super) more: FieldNotes,
}

impl FactsNotes {
    /// The notes on what stands in the form.
    pub(super) fn new(postmortem: &PostMortem, form: &FactsForm) -> Self {
        let on = |place, text: &str| FieldNotes::new(postmortem, place, text);
        Self {
            title: on(Place::Title, &form.title).named("facts-title"),
            none: on(Place::NoCommitments, &form.no_commitments_because),
            more: on(Place::OverLimit, &form.over_limit_because),
        }
    }

    /// The same in a form that came back.
    pub(super) fn again(self, form: &FactsForm) -> Self {
        let chosen = keeps(&form.keep, &form.keep_words);
        Self {
            title: self.title.again(chosen.clone()),
            none: self.none.again(chosen.clone()),
            more: self.more.again(chosen),
        }
    }
}

/// The notes on the title of a post-mortem that is not there yet.
#[derive(Debug)]
pub(super) struct TitleNotes {
    pub(super) title: FieldNotes,
}

impl TitleNotes {
    /// The list of the title, with these notes.
    pub(super) fn of(notes: Vec<Note>) -> Self {
        Self {
            title: FieldNotes::of(Place::Title, notes).named("facts-title"),
        }
    }

    /// The same in a form that came back.
    pub(super) fn again(self, form: &FactsForm) -> Self {
        Self {
            title: self.title.again(keeps(&form.keep, &form.keep_words)),
        }
    }
}

/// The kinds with a line that helps to choose.
pub(super) fn kinds() -> [(Kind, &'static str); 4] {
    [
        (
            Kind::Incident,
            "Something broke, slowed down or went wrong, for minutes to days.",
        ),
        (
            Kind::Crisis,
            "A launch, a reorganisation, a departure, a public matter: weeks rather than minutes.",
        ),
        (
            Kind::NearMiss,
            "Nothing happened, and it could have. What stood in between?",
        ),
        (
            Kind::Success,
            "It went well. What would we not want to lose?",
        ),
    ]
}

/// The tiers with a line that helps to choose.
pub(super) fn tiers() -> [(Tier, &'static str); 3] {
    [
        (
            Tier::Note,
            "Five minutes: what happened, what surprised us, what next. Good for a first one.",
        ),
        (
            Tier::Standard,
            "Timeline, factors, actions. An hour, and a second reader.",
        ),
        (
            Tier::Deep,
            "For what will be spoken about for years. Several accounts, several sittings.",
        ),
    ]
}
