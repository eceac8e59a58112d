//! The form of one statement: its words, what they did, the factor found by typing, its evidence.

use askama::Template;
use serde::Deserialize;

use super::reading::beginning;
use crate::app::FieldProblem;
use crate::app::factors::{ScaleInput, StatementInput};
use crate::domain::factors::{Confidence, FactorRole, Statement};
use crate::domain::ids::{PostMortemId, StatementId};
use crate::domain::postmortem::{PostMortem, SystemKind};
use crate::domain::taxonomy::{Factor, core};
use crate::domain::when;
use crate::domain::wording::{Place, RowText};
use crate::web::pages::again::Refused;
use crate::web::pages::wording::{FieldNotes, keeps};

/// How many factors are offered for a few words.
const OFFERED: usize = 5;

/// A statement as a form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct StatementForm {
    statement: String,
    role: String,
    /// The chosen card; missing as long as no cards were shown.
    factor: Option<String>,
    /// The words by which a factor is looked for.
    factor_query: String,
    /// The words for which the cards were shown.
    factor_asked: String,
    look_up: Option<String>,
    confidence: String,
    component: String,
    system: String,
    without_this: String,
    scale_quantity: String,
    scale_unit: String,
    scale_made_for: String,
    scale_failed_at: String,
    scale_now: String,
    evidence: Vec<String>,
    /// Addresses and accounts, one to a line.
    evidence_more: String,
    /// Words that are kept, and why: a note's name and a code.
    keep: Vec<String>,
    keep_words: Vec<String>,
    pub(in crate::web) version: i32,
    pub(in crate::web) note: String,
}

impl StatementForm {
    /// A statement that is not there yet, about a factor that somebody wants to write about.
    pub(in crate::web) fn blank(factor: Option<&str>) -> Self {
        let factor = factor.and_then(|id| core().resolve(id));
        Self {
            role: factor
                .map_or(FactorRole::Contributing, |_| FactorRole::Considered)
                .as_code()
                .to_owned(),
            factor: factor.map(|factor| factor.id.as_str().to_owned()),
            confidence: Confidence::Shown.as_code().to_owned(),
            ..Self::default()
        }
    }

    /// What the use case is given.
    pub(in crate::web) fn input(&self) -> StatementInput {
        let more = self.evidence_more.lines().map(str::to_owned);
        let factor = self.factor.clone().or_else(|| {
            core()
                .resolve(&self.factor_query)
                .map(|factor| factor.id.as_str().to_owned())
        });
        StatementInput {
            statement: self.statement.clone(),
            factor,
            role: self.role.clone(),
            confidence: Some(self.confidence.clone()),
            component: Some(self.component.clone()),
            system: Some(self.system.clone()),
            without_this: Some(self.without_this.clone()),
            scale: Some(ScaleInput {
                quantity: self.scale_quantity.clone(),
                unit: self.scale_unit.clone(),
                made_for: self.scale_made_for.clone(),
                failed_at: self.scale_failed_at.clone(),
                now: self.scale_now.clone(),
            }),
            evidence: self.evidence.iter().cloned().chain(more).collect(),
            keeps: keeps(&self.keep, &self.keep_words),
        }
    }

    /// Whether somebody wants to see factors before anything is saved: they asked, or typed words whose cards they
    /// have not seen.
    pub(in crate::web) fn looks_up(&self) -> bool {
        let query = self.factor_query.trim();
        let unseen = !query.is_empty()
            && query != self.factor_asked
            && (self.factor.is_some() || core().resolve(query).is_none());
        self.look_up.is_some() || unseen
    }

    /// Remembers for which words the cards are shown.
    pub(in crate::web) fn ask(&mut self) {
        if self.factor_query.trim().is_empty() {
            self.factor_query
                .clone_from(&beginning(&self.statement, 200));
        }
        self.factor_asked = self.factor_query.trim().to_owned();
    }

    /// A statement as its form holds it.
    pub(in crate::web) fn of(statement: &Statement) -> Self {
        let input = StatementInput::from(statement);
        let text = |value: Option<String>| value.unwrap_or_default();
        let scale = input.scale.unwrap_or_default();
        Self {
            statement: input.statement,
            role: input.role,
            factor: input.factor,
            confidence: text(input.confidence),
            component: text(input.component),
            system: text(input.system),
            without_this: text(input.without_this),
            scale_quantity: scale.quantity,
            scale_unit: scale.unit,
            scale_made_for: scale.made_for,
            scale_failed_at: scale.failed_at,
            scale_now: scale.now,
            evidence: input.evidence,
            version: statement.version.0,
            ..Self::default()
        }
    }
}

/// A factor to choose.
#[derive(Debug)]
struct Card {
    factor: &'static Factor,
    instead: Vec<(&'static str, &'static str)>,
    chosen: bool,
}

/// A box to tick.
#[derive(Debug)]
struct Tick {
    value: String,
    time: String,
    words: String,
    on: bool,
}

/// The form, filled in.
#[derive(Debug, Template)]
#[template(path = "factors/form.html")]
pub(in crate::web) struct FormView {
    action: String,
    close: String,
    heading: String,
    postmortem: PostMortemId,
    /// `None` as long as it is not saved.
    statement: Option<StatementId>,
    /// Stands before the ids of the fields while the form stands among others; then its heading is one lower.
    within: bool,
    p: &'static str,
    csrf: String,
    amends: bool,
    input: StatementForm,
    cards: Vec<Card>,
    events: Vec<Tick>,
    accounts: Vec<Tick>,
    components: Vec<String>,
    errors: Vec<FieldProblem>,
    /// The notes on the finding.
    text: FieldNotes,
    /// The notes on what would be different without it.
    without: FieldNotes,
}

/// Where a form stands, and what is offered in it.
#[derive(Debug, Clone)]
pub(in crate::web) struct Setting {
    pub(in crate::web) action: String,
    pub(in crate::web) close: String,
    pub(in crate::web) heading: String,
    pub(in crate::web) within: bool,
    pub(in crate::web) csrf: String,
    /// `None` as long as it is not saved.
    pub(in crate::web) statement: Option<StatementId>,
    pub(in crate::web) components: Vec<String>,
}

impl FormView {
    /// The form for a statement of this post-mortem.
    pub(in crate::web) fn new(
        postmortem: &PostMortem,
        setting: Setting,
        input: StatementForm,
        refused: &Refused,
    ) -> Self {
        use crate::domain::postmortem::Status;
        let errors = refused.errors.clone();
        let zone = postmortem.facts.zone;
        let ticked = |value: &String| input.evidence.contains(value);
        let events = postmortem
            .events
            .iter()
            .map(|event| {
                let value = event.id.to_string();
                Tick {
                    on: ticked(&value),
                    value,
                    time: when::clock(&event.when, zone),
                    words: beginning(event.text.as_str(), 90),
                }
            })
            .collect();
        let accounts: Vec<Tick> = postmortem
            .accounts
            .iter()
            .map(|account| {
                let value = format!("account of {}", account.role.as_str());
                Tick {
                    on: ticked(&value),
                    time: String::new(),
                    words: value.clone(),
                    value,
                }
            })
            .collect();
        let cards = cards(&input, &errors);
        let noted = |saved: fn(StatementId) -> Place, new, text: &str| {
            let place = setting.statement.map_or(Place::New(new), saved);
            let notes = FieldNotes::new(postmortem, place, text);
            if setting.within {
                notes
            } else {
                notes.again(keeps(&input.keep, &input.keep_words))
            }
        };
        let text = noted(Place::Factor, RowText::Factor, &input.statement);
        let without = noted(
            Place::WithoutThis,
            RowText::WithoutThis,
            &input.without_this,
        );
        let mut input = input;
        input.evidence_more = more(&input, postmortem, &accounts);
        Self {
            action: setting.action,
            close: setting.close,
            heading: setting.heading,
            within: setting.within,
            p: if setting.within { "f-" } else { "" },
            csrf: setting.csrf,
            postmortem: postmortem.facts.id,
            statement: setting.statement,
            amends: postmortem.facts.status == Status::Published,
            input,
            cards,
            events,
            accounts,
            components: setting.components,
            errors,
            text,
            without,
        }
    }

    /// The sentence for a field that was refused.
    fn error(&self, field: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }

    /// Whether a factor of the taxonomy is chosen.
    fn is_coded(&self) -> bool {
        self.cards.iter().any(|card| card.chosen)
    }

    /// The fields of the scale assumption: name, label, value.
    fn scale_fields(&self) -> [(&'static str, &'static str, &str); 5] {
        let input = &self.input;
        [
            ("scale_quantity", "What is counted", &input.scale_quantity),
            ("scale_unit", "In what", &input.scale_unit),
            ("scale_made_for", "Made for", &input.scale_made_for),
            ("scale_failed_at", "Failed at", &input.scale_failed_at),
            ("scale_now", "Now", &input.scale_now),
        ]
    }

    /// Whether the part that is folded away holds something.
    fn has_more(&self) -> bool {
        let fields = [
            &self.input.system,
            &self.input.without_this,
            &self.input.scale_quantity,
        ];
        fields.iter().any(|field| !field.is_empty())
            || self
                .errors
                .iter()
                .any(|error| error.field.starts_with("scale"))
    }
}

/// The chosen factor first, then those that fit the words that were asked for, or that were offered instead.
fn cards(input: &StatementForm, errors: &[FieldProblem]) -> Vec<Card> {
    let chosen = input.factor.as_deref().and_then(|id| core().resolve(id));
    let found = if input.factor_asked.is_empty() {
        Vec::new()
    } else {
        core().suggest(&input.factor_asked, OFFERED)
    };
    let offered = errors
        .iter()
        .filter(|error| error.field == "factor")
        .flat_map(|error| &error.choices)
        .filter_map(|(_, id)| core().resolve(id));
    let mut shown: Vec<&'static Factor> = Vec::new();
    for factor in chosen
        .into_iter()
        .chain(found.iter().map(|suggestion| suggestion.factor))
        .chain(offered)
    {
        if !shown.iter().any(|other| other.id == factor.id) {
            shown.push(factor);
        }
    }
    shown
        .into_iter()
        .map(|factor| Card {
            factor,
            instead: factor
                .use_instead
                .iter()
                .filter_map(|neighbour| {
                    let name = &core().factor(&neighbour.factor)?.name;
                    Some((name.as_str(), neighbour.when.as_str()))
                })
                .collect(),
            chosen: chosen.is_some_and(|chosen| chosen.id == factor.id),
        })
        .collect()
}

/// Evidence that is no box to tick: one to a line, and what was typed there.
fn more(input: &StatementForm, postmortem: &PostMortem, accounts: &[Tick]) -> String {
    let is_box = |value: &str| {
        postmortem
            .events
            .iter()
            .any(|event| event.id.to_string() == value)
            || accounts.iter().any(|account| account.value == value)
    };
    let mut lines: Vec<&str> = input
        .evidence
        .iter()
        .map(String::as_str)
        .filter(|value| !is_box(value))
        .collect();
    lines.extend(
        input
            .evidence_more
            .lines()
            .filter(|line| !line.trim().is_empty()),
    );
    lines.join("\n")
}

/// The roles with the words of the form.
fn roles() -> [(FactorRole, &'static str); 5] {
    [
        (FactorRole::Contributing, "Helped it happen"),
        (
            FactorRole::WeakenedResponse,
            "Made it longer or worse once under way",
        ),
        (FactorRole::Mitigating, "Held, or helped us out"),
        (FactorRole::Luck, "Was luck"),
        (FactorRole::Considered, "Looked into, not supported"),
    ]
}
