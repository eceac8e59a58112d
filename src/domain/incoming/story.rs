//! Puts a record together from the pieces that a format gives, and keeps every piece within what can be kept here.

use std::collections::HashSet;

use chrono_tz::Tz;

use super::given::{NewAction, NewEvent};
use super::written::within;
use super::{Encoding, Format, Incoming, Keys, Lies, align};
use crate::domain::actions::{ActionKind, ActionState};
use crate::domain::document::wild::{cut, plain};
use crate::domain::document::{
    Document, DocumentAction, DocumentEvent, DocumentSection, DocumentStatement,
};
use crate::domain::factors::{Confidence, FactorRole};
use crate::domain::postmortem::{Kind, Severity, SystemKind, Tier, Visibility};
use crate::domain::templates;
use crate::domain::text::{
    LINE_CHARACTERS, Line, PROSE_BYTES, Prose, TITLE_CHARACTERS, TextProblem, Title, address,
};
use crate::domain::timeline::{Lane, Marker};
use crate::domain::when::{Precision, When};

/// What is said of a record that becomes a new post-mortem and was not open to everyone.
pub const RESTRICTED: &str = "It was not open to everyone where it comes from. Here only you can read it, until you name others.";
/// The most that is said about one record.
const MOST_REMARKS: usize = 200;
/// The most rows that one timeline takes.
const MOST_EVENTS: usize = 2_000;
/// The most ideas that one record takes.
const MOST_ACTIONS: usize = 500;

/// A record that is being put together.
#[derive(Debug, Clone)]
pub struct Story {
    pub(super) incoming: Incoming,
    zone: Tz,
}

impl Story {
    /// Begins a record. Without a title it is called by what it is called there.
    ///
    /// # Errors
    /// [`TextProblem`] if neither makes a title.
    pub fn new(source: Format, foreign_id: &str, title: &str) -> Result<Self, TextProblem> {
        let title = plain(title);
        let short = cut(&title, TITLE_CHARACTERS);
        let fallback = format!("{} {foreign_id}", source.as_code());
        let parsed = Title::parse(&short)
            .or_else(|_| Title::parse(&cut(&plain(&fallback), TITLE_CHARACTERS)))?;
        let incoming = Incoming {
            source,
            foreign_id: cut(&plain(foreign_id), LINE_CHARACTERS),
            lies: None,
            finished: false,
            document: empty(parsed),
            keys: Keys::default(),
            remarks: Vec::new(),
            original: String::new(),
            encoding: Encoding::Utf8,
        };
        let mut story = Self {
            incoming,
            zone: Tz::Etc__UTC,
        };
        if short.ends_with('…') {
            story.section("notes", &title);
        }
        Ok(story)
    }

    /// What is being put together.
    pub const fn document(&mut self) -> &mut Document {
        &mut self.incoming.document
    }

    /// It is a finished document.
    pub const fn finished(&mut self) {
        self.incoming.finished = true;
    }

    /// It has no name of its own but where its file lies.
    pub fn lies(&mut self, lies: Lies) {
        self.incoming.lies = Some(lies);
    }

    /// Says something to the person who imports, once.
    pub fn remark(&mut self, sentence: impl Into<String>) {
        const MORE: &str = "There is more to be said of this kind; look at the original.";
        let remarks = &mut self.incoming.remarks;
        if remarks.len() > MOST_REMARKS {
            return;
        }
        let sentence = sentence.into();
        if remarks.len() == MOST_REMARKS {
            remarks.push(MORE.to_owned());
        } else if !remarks.contains(&sentence) {
            remarks.push(sentence);
        }
    }

    /// How grave it was.
    pub fn severity(&mut self, severity: Option<Severity>) {
        self.incoming.document.severity = self.incoming.document.severity.or(severity);
    }

    /// Only few could read it where it comes from: here nobody can, but the person who imports.
    pub fn restricted(&mut self) {
        self.incoming.document.visibility = Visibility::Restricted;
        self.remark(RESTRICTED);
    }

    /// The zone of its times.
    pub fn zone(&mut self, name: Option<&str>) {
        if let Some(zone) = name.and_then(|name| name.parse().ok()) {
            self.zone = zone;
            self.incoming.document.zone = zone;
        }
    }

    /// Where it can be seen.
    pub fn address(&mut self, typed: Option<&str>) {
        if let Some(found) = typed.and_then(|typed| address(typed).ok()) {
            self.incoming.document.source = Some(found);
        }
    }

    /// Adds text to a section; below what is there, if there is something.
    pub fn section(&mut self, key: &str, text: &str) {
        let text = plain(text);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let sections = &mut self.incoming.document.sections;
        let old = sections.iter().position(|section| section.key == key);
        let before = old
            .and_then(|place| sections.get(place))
            .map(|section| section.text.as_str().to_owned());
        let whole = before.map_or_else(|| text.to_owned(), |before| format!("{before}\n\n{text}"));
        let (kept, was_cut) = within(&whole, PROSE_BYTES);
        let Ok(text) = Prose::parse("A section", kept) else {
            return;
        };
        if was_cut {
            self.remark(
                "A text was too long for one section. It was cut; the original is kept whole.",
            );
        }
        let sections = &mut self.incoming.document.sections;
        match old.and_then(|place| sections.get_mut(place)) {
            Some(section) => section.text = text,
            None => sections.push(DocumentSection {
                key: key.to_owned(),
                text,
            }),
        }
        sections.sort_by_key(|section| templates::core().place(&section.key));
    }

    /// Adds a row of the timeline that a machine noted.
    pub fn event(&mut self, new: NewEvent<'_>) {
        let Ok(when) = When::of_instant(new.at) else {
            self.remark(
                "A row has a time that cannot be kept; it was left out. The original has it.",
            );
            return;
        };
        let source = new.source.and_then(|typed| address(typed).ok());
        self.row(new.key, when, new.lane, new.marker, new.text, source);
    }

    /// Adds a row whose time somebody typed and nobody could read.
    pub fn unreadable(&mut self, key: String, typed: &str, lane: Lane, text: &str) {
        let typed = cut(&plain(typed), 200);
        if let Ok(when) = When::from_parts(&typed, None, None, Precision::Unknown) {
            self.row(key, when, lane, None, text, None);
        }
    }

    /// Adds a row whose time was read.
    pub fn row(
        &mut self,
        key: String,
        when: When,
        lane: Lane,
        marker: Option<Marker>,
        text: &str,
        source: Option<String>,
    ) {
        let text = plain(text);
        let (kept, was_cut) = within(text.trim(), PROSE_BYTES);
        let Ok(text) = Prose::parse("The event", kept) else {
            return;
        };
        if text.is_blank() {
            return;
        }
        if was_cut {
            self.remark("A row was too long. It was cut; the original is kept whole.");
        }
        let taken = |marker: &Marker| {
            let events = &self.incoming.document.events;
            !events.iter().any(|event| event.marker == Some(*marker))
        };
        let event = DocumentEvent {
            when,
            lane,
            marker: marker.filter(taken),
            text,
            role: None,
            source,
            effect: None,
            known_at_the_time: None,
        };
        self.put_event(key, event);
    }

    /// Whether it takes no more rows; says so.
    pub fn is_full(&mut self) -> bool {
        let full = self.incoming.document.events.len() >= MOST_EVENTS;
        if full {
            self.remark(
                "It has more than 2,000 rows; the rest was left out. The original has them.",
            );
        }
        full
    }

    pub(super) fn put_event(&mut self, key: String, event: DocumentEvent) {
        if self.is_full() {
            return;
        }
        let key = unused(&self.incoming.keys.events, key);
        self.incoming.keys.events.push(key);
        self.incoming.document.events.push(event);
    }

    /// Adds something that was given as a cause: a statement that nobody coded yet.
    pub fn statement(&mut self, key: &str, text: &str) {
        let text = plain(text);
        let Ok(text) = Prose::parse("The statement", within(text.trim(), PROSE_BYTES).0) else {
            return;
        };
        let statements = &mut self.incoming.document.statements;
        if text.is_blank() || statements.iter().any(|known| known.text == text) {
            return;
        }
        let key = unused(&self.incoming.keys.statements, key.to_owned());
        self.incoming.keys.statements.push(key);
        statements.push(DocumentStatement {
            text,
            factor: None,
            role: FactorRole::Contributing,
            confidence: Confidence::Inferred,
            system: None,
            component: None,
            without_this: Prose::default(),
            scale: None,
            evidence: Vec::new(),
        });
    }

    /// Adds a follow-up item, as an idea.
    pub fn action(&mut self, new: NewAction<'_>) {
        let whole = plain(new.title);
        let Ok(title) = Line::parse("The action", &cut(&whole, LINE_CHARACTERS)) else {
            return;
        };
        if self.incoming.document.actions.len() >= MOST_ACTIONS {
            self.remark("It has more than 500 follow-up items; the rest was left out. The original has them.");
            return;
        }
        if title.as_str().ends_with('…') {
            self.section("follow-up", &format!("- {}", whole.trim()));
        }
        let key = unused(&self.incoming.keys.actions, new.key);
        self.incoming.keys.actions.push(key);
        self.incoming.document.actions.push(DocumentAction {
            title,
            kind: ActionKind::Idea,
            addresses: None,
            strength: None,
            owner: new.team.and_then(|team| {
                Line::parse("The owner", &cut(&plain(team), LINE_CHARACTERS)).ok()
            }),
            due_on: new.due_on,
            known_by: Prose::default(),
            reach: Prose::default(),
            reversibility: None,
            expires_on: None,
            state: if new.done {
                ActionState::Done
            } else {
                ActionState::Open
            },
            state_reason: Prose::default(),
            tracker: new.tracker.and_then(|typed| address(typed).ok()),
        });
    }

    /// The whole record. `original` is the part of the file from which it was read.
    #[must_use]
    pub fn finish(mut self, original: &str) -> Incoming {
        self.sort();
        let keys = &mut self.incoming.keys;
        for keys in [&mut keys.events, &mut keys.statements, &mut keys.actions] {
            for key in keys.iter_mut().filter(|key| key.contains('\0')) {
                *key = plain(key);
            }
            align::distinct(keys);
        }
        let first = self
            .incoming
            .document
            .events
            .iter()
            .find_map(|event| event.when.at());
        let day = &mut self.incoming.document.happened_on;
        *day = day.or_else(|| first.map(|at| at.with_timezone(&self.zone).date_naive()));
        // Both databases keep every character but one.
        self.incoming.original = original.replace('\0', "\u{fffd}");
        self.incoming
    }

    /// Rows in order of time, each with its key; a row without an instant stays behind the row above it.
    fn sort(&mut self) {
        let keys = std::mem::take(&mut self.incoming.keys.events);
        let events = std::mem::take(&mut self.incoming.document.events);
        let mut last = None;
        let mut rows: Vec<_> = keys
            .into_iter()
            .zip(events)
            .map(|(key, event)| {
                last = event.when.at().or(last);
                (last, key, event)
            })
            .collect();
        rows.sort_by_key(|(at, ..)| *at);
        for (_, key, event) in rows {
            self.incoming.keys.events.push(key);
            self.incoming.document.events.push(event);
        }
    }
}

/// A name that no other part has: what it is called there, with a number behind it where a file says it twice.
pub(super) fn unused(known: &[String], key: String) -> String {
    if !key.is_empty() && !known.contains(&key) {
        return key;
    }
    // Two thousand rows may say the same.
    let known: HashSet<&str> = known.iter().map(String::as_str).collect();
    let numbered = (2_usize..).map(|many| format!("{key} {many}").trim_start().to_owned());
    let mut free = numbered.filter(|name| !known.contains(name.as_str()));
    free.next().unwrap_or(key)
}

fn empty(title: Title) -> Document {
    Document {
        number: None,
        title,
        kind: Kind::Incident,
        tier: Tier::Standard,
        system: SystemKind::Both,
        severity: None,
        status: None,
        visibility: Visibility::Organisation,
        zone: Tz::Etc__UTC,
        happened_on: None,
        trigger: None,
        detection: None,
        impacts: Vec::new(),
        roles: Vec::new(),
        facilitator: None,
        source: None,
        approved: false,
        readers_confirmed: false,
        others: Vec::new(),
        sections: Vec::new(),
        events: Vec::new(),
        unknown_markers: Vec::new(),
        accounts: Vec::new(),
        statements: Vec::new(),
        actions: Vec::new(),
        no_commitments_because: Prose::default(),
        over_limit_because: Prose::default(),
        kept: Vec::new(),
    }
}
