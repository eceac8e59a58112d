//! A role in the place of a name: each text that changes becomes a new version of its record.

use crate::app::postmortems::remember_facts;
use crate::app::sections::{SaveSection, put_in};
use crate::app::{Ctx, EditError, FieldProblem, accounts, actions, factors, timeline};
use crate::domain::actions::Action;
use crate::domain::factors::Statement;
use crate::domain::markdown;
use crate::domain::names::{Replacing, version_at};
use crate::domain::postmortem::{Facts, PostMortem};
use crate::domain::sections::Account;
use crate::domain::text::{Line, Prose, TextProblem, Title};
use crate::domain::timeline::Event;
use crate::domain::wording::Place;
use crate::store::{self, Conn};

/// What the history says about a replacement. It does not say the name.
const NOTE: &str = "A role in the place of a name";

/// Saves texts with the role in them, each as a new version of its record.
pub(super) struct Writer<'a> {
    pub(super) tx: &'a mut Conn,
    pub(super) ctx: &'a Ctx,
    pub(super) facts: &'a Facts,
    pub(super) postmortem: &'a PostMortem,
    pub(super) replacing: &'a Replacing<'a>,
}

impl Writer<'_> {
    /// Saves the text of one place: in the writer's own words, in somebody else's, or both.
    pub(super) fn write(&mut self, place: &Place, whose: (bool, bool)) -> Result<(), EditError> {
        match place {
            Place::Title => self.title(whose),
            Place::Section(key) => self.section(key, whose),
            Place::Event(id) => {
                let events = self.postmortem.events.iter();
                events
                    .filter(|one| one.id == *id)
                    .try_for_each(|one| self.event(one, whose))
            }
            Place::Account(id) => {
                let accounts = self.postmortem.accounts.iter();
                accounts
                    .filter(|one| one.id == *id)
                    .try_for_each(|one| self.account(one, whose))
            }
            Place::Factor(id) => {
                let statements = self.postmortem.statements.iter();
                statements
                    .filter(|one| one.id == *id)
                    .try_for_each(|one| self.factor(one, whose))
            }
            Place::Action(id) => {
                let actions = self.postmortem.actions.iter();
                actions
                    .filter(|one| one.id == *id)
                    .try_for_each(|one| self.action(one, whose))
            }
            // These are saved by the record of another place.
            _ => Ok(()),
        }
    }

    fn title(&mut self, whose: (bool, bool)) -> Result<(), EditError> {
        let title = self.replacing.text(self.facts.title.as_str(), whose);
        let facts = Facts {
            title: kept(Title::parse(&title))?,
            no_commitments_because: self.prose(&self.facts.no_commitments_because, whose)?,
            over_limit_because: self.prose(&self.facts.over_limit_because, whose)?,
            updated_at: self.ctx.now,
            version: self.facts.version.next(),
            ..self.facts.clone()
        };
        store::postmortems::update(self.tx, &facts, self.facts.version)?;
        remember_facts(self.tx, self.ctx, &facts, NOTE)
    }

    fn section(&mut self, key: &str, whose: (bool, bool)) -> Result<(), EditError> {
        let text = self.replacing.text(self.postmortem.section(key), whose);
        let place = Place::Section(key.to_owned());
        let save = SaveSection {
            key,
            text: &text,
            expected: Some(version_at(self.postmortem, &place)),
            note: NOTE,
        };
        put_in(self.tx, self.ctx, self.facts, &save)?;
        Ok(())
    }

    fn event(&mut self, before: &Event, whose: (bool, bool)) -> Result<(), EditError> {
        let changed = Event {
            text: self.prose(&before.text, whose)?,
            role: self.label(before.role.as_ref())?,
            version: before.version.next(),
            ..before.clone()
        };
        store::timeline::update(self.tx, self.facts.id, &changed, before.version)?;
        timeline::keep(self.tx, self.ctx, self.facts.id, &changed, NOTE)
    }

    fn account(&mut self, before: &Account, whose: (bool, bool)) -> Result<(), EditError> {
        let text = self.prose(&before.text, whose)?;
        let role = self.label(Some(&before.role))?;
        let changed = Account {
            role: role.unwrap_or_else(|| before.role.clone()),
            html: markdown::to_html(text.as_str()),
            text,
            version: before.version.next(),
            ..before.clone()
        };
        store::accounts::update(self.tx, &changed, before.version)?;
        accounts::keep(self.tx, self.ctx, self.facts.id, &changed, NOTE)
    }

    fn factor(&mut self, before: &Statement, whose: (bool, bool)) -> Result<(), EditError> {
        let changed = Statement {
            text: self.prose(&before.text, whose)?,
            without_this: self.prose(&before.without_this, whose)?,
            version: before.version.next(),
            ..before.clone()
        };
        let (id, now) = (self.facts.id, self.ctx.now);
        store::factors::update(self.tx, id, &changed, before.version, now)?;
        factors::keep(self.tx, self.ctx, id, &changed, NOTE)
    }

    fn action(&mut self, before: &Action, whose: (bool, bool)) -> Result<(), EditError> {
        let title = self.replacing.text(before.title.as_str(), whose);
        let changed = Action {
            title: kept(Line::parse("What is to be done", &title))?,
            owner: self.label(before.owner.as_ref())?,
            known_by: self.prose(&before.known_by, whose)?,
            reach: self.prose(&before.reach, whose)?,
            state_reason: self.prose(&before.state_reason, whose)?,
            version: before.version.next(),
            ..before.clone()
        };
        store::actions::update(self.tx, self.facts.id, &changed, before.version)?;
        actions::keep(self.tx, self.ctx, self.facts.id, &changed, NOTE)
    }

    fn prose(&self, text: &Prose, whose: (bool, bool)) -> Result<Prose, EditError> {
        kept(Prose::parse(
            "The text",
            &self.replacing.text(text.as_str(), whose),
        ))
    }

    fn label(&self, line: Option<&Line>) -> Result<Option<Line>, EditError> {
        line.map(|line| {
            kept(Line::parse(
                "The role",
                &self.replacing.label(line.as_str()),
            ))
        })
        .transpose()
    }
}

/// A text with the role in it may be too long for its place.
fn kept<T>(parsed: Result<T, TextProblem>) -> Result<T, EditError> {
    parsed.map_err(|problem| FieldProblem::new("role", problem).into())
}
