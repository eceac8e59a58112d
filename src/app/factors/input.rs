//! Reading a statement as typed: text, factor, role, confidence, evidence, component, scale.

use std::collections::BTreeSet;

use crate::app::input::{Fields, address, all_codes, excerpt};
use crate::app::wording::Keep;
use crate::app::{EditError, FieldProblem, publication};
use crate::domain::factors::{Confidence, Evidence, FactorRole, Scale, Statement};
use crate::domain::ids::{EventId, PostMortemId, StatementId, Version};
use crate::domain::naming::KnownPeople;
use crate::domain::postmortem::SystemKind;
use crate::domain::taxonomy::{self, FactorId};
use crate::domain::text::{Line, Prose};
use crate::store::{self, Conn, StoreError};

/// A statement as typed. What is left out is "not said".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementInput {
    /// The finding, in plain words.
    pub statement: String,
    /// A factor's id (an old one reads as its successor) or name; empty or `uncoded` for none.
    pub factor: Option<String>,
    /// Code of a [`FactorRole`].
    pub role: String,
    /// Code of a [`Confidence`]; *shown* if left out.
    pub confidence: Option<String>,
    /// What it points at; never a person.
    pub component: Option<String>,
    /// Code of a [`SystemKind`], where it differs from the post-mortem's.
    pub system: Option<String>,
    /// "Without this, ... would likely have been different."
    pub without_this: Option<String>,
    /// The scale assumption.
    pub scale: Option<ScaleInput>,
    /// Ids of events of this post-mortem, web addresses, or `account of ROLE`.
    pub evidence: Vec<String>,
    /// Wording that the form says to keep.
    pub keeps: Vec<Keep>,
}

/// A scale assumption as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScaleInput {
    /// What is counted.
    pub quantity: String,
    /// In what.
    pub unit: String,
    /// The value it was made for.
    pub made_for: String,
    /// The value at which it failed.
    pub failed_at: String,
    /// The value now.
    pub now: String,
}

impl From<&Statement> for StatementInput {
    fn from(statement: &Statement) -> Self {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self {
            statement: statement.text.as_str().to_owned(),
            factor: statement.factor.as_ref().map(|id| id.as_str().to_owned()),
            role: statement.role.as_code().to_owned(),
            confidence: Some(statement.confidence.as_code().to_owned()),
            component: statement
                .component
                .as_ref()
                .map(|component| component.name.as_str().to_owned()),
            system: statement.system.map(|system| system.as_code().to_owned()),
            without_this: text(statement.without_this.as_str()),
            scale: statement.scale.as_ref().map(ScaleInput::from),
            evidence: statement.evidence.iter().map(evidence_text).collect(),
            keeps: Vec::new(),
        }
    }
}

impl From<&Scale> for ScaleInput {
    fn from(scale: &Scale) -> Self {
        Self {
            quantity: scale.quantity.clone(),
            unit: scale.unit.clone(),
            made_for: scale.made_for.clone(),
            failed_at: scale.failed_at.clone(),
            now: scale.now.clone(),
        }
    }
}

/// A piece of evidence as it is typed.
#[must_use]
pub fn evidence_text(item: &Evidence) -> String {
    match item {
        Evidence::Event(event) => event.to_string(),
        Evidence::Link(link) => link.clone(),
        Evidence::Account(role) => format!("{ACCOUNT}{}", role.as_str()),
    }
}

/// A statement whose fields were read.
pub(super) struct Parsed {
    text: Prose,
    factor: Option<FactorId>,
    role: FactorRole,
    confidence: Confidence,
    component: Option<Line>,
    system: Option<SystemKind>,
    without_this: Prose,
    scale: Option<Scale>,
    evidence: Vec<Evidence>,
}

/// The most pieces of evidence of one statement.
const EVIDENCE: usize = 100;
/// How many factors are offered when a typed one is not known.
const OFFERED: usize = 5;

/// Reads every field of a statement of this post-mortem.
pub(super) fn parse(
    tx: &mut Conn,
    id: PostMortemId,
    input: &StatementInput,
) -> Result<Parsed, EditError> {
    let people = publication::known_people(tx)?;
    let events: BTreeSet<EventId> = store::timeline::list(tx, id)?
        .iter()
        .map(|event| event.id)
        .collect();
    let mut fields = Fields::new();
    let text = fields.take("statement", finding(&input.statement));
    let factor = factor(&mut fields, input.factor.as_deref());
    let role = fields.code(
        "role",
        &input.role,
        FactorRole::from_code,
        all_codes!(FactorRole),
    );
    let confidence = fields.optional_code(
        "confidence",
        input.confidence.as_deref(),
        Confidence::from_code,
        all_codes!(Confidence),
    );
    let component = fields.impersonal(
        &people,
        "component",
        "The component",
        input.component.as_deref(),
    );
    let system = fields.optional_code(
        "system",
        input.system.as_deref(),
        SystemKind::from_code,
        all_codes!(SystemKind),
    );
    let without_this = fields.prose(
        "without_this",
        "The sentence",
        input.without_this.as_deref(),
    );
    let scale = scale(&mut fields, input.scale.as_ref());
    let evidence = evidence(&mut fields, &people, &events, &input.evidence);
    fields.finish()?;
    match (
        text,
        factor,
        role,
        confidence,
        component,
        system,
        without_this,
        scale,
    ) {
        (
            Some(text),
            Some(factor),
            Some(role),
            Some(confidence),
            Some(component),
            Some(system),
            Some(without_this),
            Some(scale),
        ) => Ok(Parsed {
            text,
            factor,
            role,
            confidence: confidence.unwrap_or(Confidence::Shown),
            component,
            system,
            without_this,
            scale,
            evidence,
        }),
        _ => Err(EditError::Invalid(Vec::new())),
    }
}

fn finding(typed: &str) -> Result<Prose, String> {
    let text = Prose::parse("The finding", typed).map_err(|problem| problem.to_string())?;
    if text.is_blank() {
        Err("Write the finding in a sentence of your own. The factor is its name in the list, not its words.".into())
    } else {
        Ok(text)
    }
}

fn factor(fields: &mut Fields, typed: Option<&str>) -> Option<Option<FactorId>> {
    let typed = typed.map(str::trim).filter(|typed| !typed.is_empty());
    let Some(typed) = typed.filter(|typed| !typed.eq_ignore_ascii_case("uncoded")) else {
        return Some(None);
    };
    if let Some(factor) = taxonomy::core().resolve(typed) {
        return Some(Some(factor.id.clone()));
    }
    fields.problem(FieldProblem {
        field: "factor",
        message: format!(
            "\"{}\" is not a factor of the taxonomy. Choose one of these, or leave it uncoded: the finding is kept and counted all the same.",
            excerpt(typed)
        ),
        choices: taxonomy::core()
            .suggest(typed, OFFERED)
            .iter()
            .map(|suggestion| (suggestion.factor.name.clone(), suggestion.factor.id.as_str().to_owned()))
            .collect(),
    });
    None
}

fn scale(fields: &mut Fields, typed: Option<&ScaleInput>) -> Option<Option<Scale>> {
    let Some(typed) = typed else {
        return Some(None);
    };
    let mut value = |field, label, typed: &str| {
        fields
            .optional_line(field, label, Some(typed))
            .map(|line| line.map_or_else(String::new, |line| line.as_str().to_owned()))
    };
    let scale = Scale {
        quantity: value("scale_quantity", "What is counted", &typed.quantity)?,
        unit: value("scale_unit", "The unit", &typed.unit)?,
        made_for: value(
            "scale_made_for",
            "The value it was made for",
            &typed.made_for,
        )?,
        failed_at: value(
            "scale_failed_at",
            "The value at which it failed",
            &typed.failed_at,
        )?,
        now: value("scale_now", "The value now", &typed.now)?,
    };
    if scale == Scale::default() {
        return Some(None);
    }
    if scale.quantity.is_empty() {
        fields.problem(FieldProblem::new(
            "scale_quantity",
            "Say what is counted: requests in a second, people in the team, contracts.",
        ));
        return None;
    }
    Some(Some(scale))
}

fn evidence(
    fields: &mut Fields,
    people: &KnownPeople,
    events: &BTreeSet<EventId>,
    typed: &[String],
) -> Vec<Evidence> {
    let mut kept: Vec<Evidence> = Vec::new();
    for typed in typed
        .iter()
        .map(|typed| typed.trim())
        .filter(|typed| !typed.is_empty())
    {
        if let Some(item) = fields.take("evidence", piece(people, events, typed))
            && !kept.contains(&item)
        {
            kept.push(item);
        }
    }
    if kept.len() > EVIDENCE {
        fields.problem(FieldProblem::new(
            "evidence",
            format!("At most {EVIDENCE} pieces of evidence fit one finding. Keep those that show it best."),
        ));
    }
    kept
}

fn piece(
    people: &KnownPeople,
    events: &BTreeSet<EventId>,
    typed: &str,
) -> Result<Evidence, String> {
    if let Some(event) = EventId::parse(typed) {
        return if events.contains(&event) {
            Ok(Evidence::Event(event))
        } else {
            Err("This event is not in the timeline of this post-mortem any more. Choose another one.".into())
        };
    }
    if typed.starts_with("http://") || typed.starts_with("https://") {
        return address(typed)
            .map(Evidence::Link)
            .map_err(|problem| problem.to_string());
    }
    let role = typed
        .get(..ACCOUNT.len())
        .filter(|head| head.eq_ignore_ascii_case(ACCOUNT))
        .and_then(|_| typed.get(ACCOUNT.len()..));
    let Some(role) = role else {
        return Err(format!(
            "\"{}\" is no evidence that can be kept. Choose an event of the timeline, give a web address, or write \"account of\" and a role.",
            excerpt(typed)
        ));
    };
    if let Some(person) = people.named_in(role) {
        return Err(format!(
            "An account belongs to a role, and \"{person}\" is a person. Write \"account of\" and the role."
        ));
    }
    Line::parse("The role", role)
        .map(Evidence::Account)
        .map_err(|problem| problem.to_string())
}

/// How an account is named among the evidence.
const ACCOUNT: &str = "account of ";

impl Parsed {
    /// A statement that was not there before, coded with the taxonomy in force.
    pub(super) fn into_new(
        self,
        tx: &mut Conn,
        id: StatementId,
        position: i32,
        version: Version,
    ) -> Result<Statement, StoreError> {
        let component = self
            .component
            .as_ref()
            .map(|name| store::factors::component(tx, name))
            .transpose()?;
        Ok(Statement {
            id,
            position,
            text: self.text,
            factor: self.factor,
            taxonomy_version: taxonomy::core().version.clone(),
            role: self.role,
            confidence: self.confidence,
            system: self.system,
            component,
            without_this: self.without_this,
            scale: self.scale,
            evidence: self.evidence,
            version,
        })
    }

    /// The next version of a statement. While its factor stays, so does the taxonomy it was coded with.
    pub(super) fn into_changed(
        self,
        tx: &mut Conn,
        current: &Statement,
    ) -> Result<Statement, StoreError> {
        let mut changed =
            self.into_new(tx, current.id, current.position, current.version.next())?;
        if changed.factor == current.factor {
            changed
                .taxonomy_version
                .clone_from(&current.taxonomy_version);
        }
        Ok(changed)
    }
}
