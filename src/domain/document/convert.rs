//! From the aggregate to a document, and back with new records.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Document, DocumentAccount, DocumentAction, DocumentEvent, DocumentEvidence, DocumentKept,
    DocumentSection, DocumentStatement, kept, texts,
};
use crate::domain::actions::Action;
use crate::domain::factors::{Component, Evidence, Statement};
use crate::domain::ids::{
    AccountId, ActionId, ComponentId, EventId, PersonId, PostMortemId, SectionId, StatementId,
    Version,
};
use crate::domain::language::Words;
use crate::domain::postmortem::{Facts, PostMortem, Status};
use crate::domain::sections::{Account, Section};
use crate::domain::text::{Line, Prose, folded};
use crate::domain::timeline::Event;
use crate::domain::wording::{Answer, Place};
use crate::domain::{markdown, taxonomy, templates};

/// What a document does not say about the post-mortem that is made of it.
#[derive(Debug, Clone, Copy)]
pub struct Founding {
    /// Who sees it through.
    pub shepherd: PersonId,
    /// Where it stands.
    pub status: Status,
    /// When it is made.
    pub now: DateTime<Utc>,
}

impl Document {
    /// The document of a post-mortem: all that people wrote, nothing that only this place knows.
    #[must_use]
    pub fn of(postmortem: &PostMortem) -> Self {
        let facts = &postmortem.facts;
        let others =
            |approval: &&crate::domain::postmortem::Approval| approval.person != facts.shepherd;
        let mut document = Self {
            number: facts.number,
            title: facts.title.clone(),
            kind: facts.kind,
            tier: facts.tier,
            system: facts.system,
            severity: facts.severity,
            status: Some(facts.status),
            visibility: facts.visibility,
            zone: facts.zone,
            happened_on: facts.happened_on,
            trigger: facts.trigger,
            detection: facts.detection,
            impacts: facts.impacts.clone(),
            roles: roles(postmortem),
            facilitator: facts.facilitator.clone(),
            source: facts.source.clone(),
            approved: postmortem
                .approvals
                .iter()
                .any(|approval| others(&approval)),
            readers_confirmed: facts.readers_confirmed_at.is_some(),
            others: Vec::new(),
            sections: sections(postmortem),
            events: postmortem.events.iter().map(event).collect(),
            unknown_markers: facts.unknown_markers.clone(),
            accounts: postmortem
                .accounts
                .iter()
                .map(|account| DocumentAccount {
                    role: account.role.clone(),
                    text: framed(&account.text),
                })
                .collect(),
            statements: postmortem
                .statements
                .iter()
                .map(|statement| self::statement(postmortem, statement))
                .collect(),
            actions: postmortem
                .actions
                .iter()
                .map(|action| self::action(postmortem, action))
                .collect(),
            no_commitments_because: trimmed(&facts.no_commitments_because),
            over_limit_because: trimmed(&facts.over_limit_because),
            kept: Vec::new(),
        };
        kept::settle(&mut document, &given(postmortem));
        document
    }

    /// A new post-mortem with what the document says. Components carry new ids; the store knows which ones exist.
    ///
    /// Approval, sealing and the confirmation of readers are what people do here; a document does not bring them along.
    #[must_use]
    pub fn found(&self, founding: &Founding) -> PostMortem {
        let events: Vec<Event> = (0_i32..).zip(&self.events).map(new_event).collect();
        let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
        let statements: Vec<Statement> = (0_i32..)
            .zip(&self.statements)
            .map(|entry| new_statement(entry, &ids))
            .collect();
        let addressed: Vec<StatementId> = statements.iter().map(|statement| statement.id).collect();
        let mut postmortem = PostMortem {
            facts: self.facts(founding),
            sections: self
                .sections
                .iter()
                .map(|section| new_section(section, founding.now))
                .collect(),
            accounts: self.accounts.iter().map(new_account).collect(),
            events,
            statements,
            actions: (0_i32..)
                .zip(&self.actions)
                .map(|entry| new_action(entry, &addressed))
                .collect(),
            members: Vec::new(),
            approvals: Vec::new(),
            links: Vec::new(),
            answers: Vec::new(),
            words: Words::new(),
        };
        postmortem.facts.filed_on = postmortem.facts.filing_day(&postmortem.events);
        postmortem.answers = self.answers(&postmortem, founding.now);
        postmortem
    }

    fn answers(&self, postmortem: &PostMortem, now: DateTime<Utc>) -> Vec<Answer> {
        let names = texts::names(postmortem);
        let place = |name: &str| names.iter().find(|(_, other)| other == name);
        self.kept
            .iter()
            .filter_map(|kept| {
                Some(Answer {
                    place: place(&kept.place)?.0.clone(),
                    rule: kept.rule.clone(),
                    sentence: kept.sentence.clone(),
                    reason: kept.reason,
                    words: kept.words.clone(),
                    at: now,
                })
            })
            .collect()
    }

    fn facts(&self, founding: &Founding) -> Facts {
        Facts {
            id: PostMortemId::new(),
            number: None,
            title: self.title.clone(),
            kind: self.kind,
            tier: self.tier,
            system: self.system,
            severity: self.severity,
            status: founding.status,
            visibility: self.visibility,
            zone: self.zone,
            shepherd: founding.shepherd,
            facilitator: self.facilitator.clone(),
            template_version: templates::core().version,
            trigger: self.trigger,
            detection: self.detection,
            impacts: self.impacts.clone(),
            unknown_markers: self.unknown_markers.clone(),
            first_story_sealed_at: None,
            no_commitments_because: self.no_commitments_because.clone(),
            over_limit_because: self.over_limit_because.clone(),
            readers_confirmed_at: None,
            happened_on: self.happened_on,
            filed_on: NaiveDate::default(),
            source: self.source.clone(),
            created_at: founding.now,
            updated_at: founding.now,
            published_at: None,
            version: Version::FIRST,
        }
    }
}

/// Wording that was answered here, by the names of the document.
fn given(postmortem: &PostMortem) -> Vec<DocumentKept> {
    if postmortem.answers.is_empty() {
        return Vec::new();
    }
    let names = texts::names(postmortem);
    let name = |place: &Place| names.iter().find(|(other, _)| other == place);
    postmortem
        .answers
        .iter()
        .filter_map(|answer| {
            Some(DocumentKept {
                place: name(&answer.place)?.1.clone(),
                rule: answer.rule.clone(),
                sentence: answer.sentence.clone(),
                reason: answer.reason,
                words: answer.words.clone(),
            })
        })
        .collect()
}

/// The roles that took part: of events, of accounts, of the people who belong to it; each once.
fn roles(postmortem: &PostMortem) -> Vec<Line> {
    let mut seen = BTreeSet::new();
    postmortem
        .events
        .iter()
        .filter_map(|event| event.role.as_ref())
        .chain(postmortem.accounts.iter().map(|account| &account.role))
        .chain(
            postmortem
                .members
                .iter()
                .filter_map(|member| member.role.as_ref()),
        )
        .filter(|role| seen.insert(folded(role.as_str())))
        .cloned()
        .collect()
}

fn sections(postmortem: &PostMortem) -> Vec<DocumentSection> {
    let mut sections: Vec<DocumentSection> = postmortem
        .sections
        .iter()
        .filter(|section| !section.text.is_blank())
        .map(|section| DocumentSection {
            key: section.key.clone(),
            text: framed(&section.text),
        })
        .collect();
    sections.sort_by_key(|section| templates::core().place(&section.key));
    sections
}

/// Without blank lines around it. What was parsed once stays parsed when it gets shorter.
fn framed(text: &Prose) -> Prose {
    super::prose("", text.as_str()).unwrap_or_default()
}

/// Without white space around it.
fn trimmed(text: &Prose) -> Prose {
    Prose::parse("", text.as_str().trim()).unwrap_or_default()
}

fn event(event: &Event) -> DocumentEvent {
    DocumentEvent {
        when: event.when.clone(),
        lane: event.lane,
        marker: event.marker,
        text: trimmed(&event.text),
        role: event.role.clone(),
        source: event.source.clone(),
        effect: event.effect,
        known_at_the_time: event.known_at_the_time,
    }
}

fn new_event((position, event): (i32, &DocumentEvent)) -> Event {
    Event {
        id: EventId::new(),
        position,
        when: event.when.clone(),
        lane: event.lane,
        marker: event.marker,
        text: event.text.clone(),
        role: event.role.clone(),
        source: event.source.clone(),
        effect: event.effect,
        known_at_the_time: event.known_at_the_time,
        version: Version::FIRST,
    }
}

fn statement(postmortem: &PostMortem, statement: &Statement) -> DocumentStatement {
    let place = |id: &EventId| postmortem.events.iter().position(|event| event.id == *id);
    DocumentStatement {
        text: trimmed(&statement.text),
        factor: statement.factor.clone(),
        role: statement.role,
        confidence: statement.confidence,
        system: statement.system,
        component: statement
            .component
            .as_ref()
            .map(|component| component.name.clone()),
        without_this: trimmed(&statement.without_this),
        scale: statement.scale.clone(),
        evidence: statement
            .evidence
            .iter()
            .filter_map(|item| {
                Some(match item {
                    Evidence::Event(id) => DocumentEvidence::Event(place(id)?),
                    Evidence::Link(link) => DocumentEvidence::Link(link.clone()),
                    Evidence::Account(role) => DocumentEvidence::Account(role.clone()),
                })
            })
            .collect(),
    }
}

fn new_statement(
    (position, statement): (i32, &DocumentStatement),
    events: &[EventId],
) -> Statement {
    Statement {
        id: StatementId::new(),
        position,
        text: statement.text.clone(),
        factor: statement.factor.clone(),
        taxonomy_version: taxonomy::core().version.clone(),
        role: statement.role,
        confidence: statement.confidence,
        system: statement.system,
        component: statement.component.as_ref().map(|name| Component {
            id: ComponentId::new(),
            name: name.clone(),
        }),
        without_this: statement.without_this.clone(),
        scale: statement.scale.clone(),
        evidence: statement
            .evidence
            .iter()
            .filter_map(|item| {
                Some(match item {
                    DocumentEvidence::Event(place) => Evidence::Event(*events.get(*place)?),
                    DocumentEvidence::Link(link) => Evidence::Link(link.clone()),
                    DocumentEvidence::Account(role) => Evidence::Account(role.clone()),
                })
            })
            .collect(),
        version: Version::FIRST,
    }
}

fn action(postmortem: &PostMortem, action: &Action) -> DocumentAction {
    DocumentAction {
        title: action.title.clone(),
        kind: action.kind,
        addresses: action.statement.and_then(|id| {
            postmortem
                .statements
                .iter()
                .position(|statement| statement.id == id)
        }),
        strength: action.strength,
        owner: action.owner.clone(),
        due_on: action.due_on,
        known_by: trimmed(&action.known_by),
        reach: trimmed(&action.reach),
        reversibility: action.reversibility,
        expires_on: action.expires_on,
        state: action.state,
        state_reason: trimmed(&action.state_reason),
        tracker: action.tracker.clone(),
    }
}

fn new_action((position, action): (i32, &DocumentAction), statements: &[StatementId]) -> Action {
    Action {
        id: ActionId::new(),
        position,
        title: action.title.clone(),
        kind: action.kind,
        statement: action
            .addresses
            .and_then(|place| statements.get(place).copied()),
        strength: action.strength,
        owner: action.owner.clone(),
        due_on: action.due_on,
        known_by: action.known_by.clone(),
        reach: action.reach.clone(),
        reversibility: action.reversibility,
        expires_on: action.expires_on,
        state: action.state,
        state_reason: action.state_reason.clone(),
        tracker: action.tracker.clone(),
        version: Version::FIRST,
    }
}

fn new_section(section: &DocumentSection, now: DateTime<Utc>) -> Section {
    Section {
        id: SectionId::new(),
        key: section.key.clone(),
        text: section.text.clone(),
        html: markdown::to_html(section.text.as_str()),
        version: Version::FIRST,
        updated_at: now,
    }
}

fn new_account(account: &DocumentAccount) -> Account {
    Account {
        id: AccountId::new(),
        role: account.role.clone(),
        text: account.text.clone(),
        html: markdown::to_html(account.text.as_str()),
        version: Version::FIRST,
    }
}
