//! The timeline in the editor: the rows, one of them open, and the row in which one writes.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use serde::Deserialize;

use super::form::{EventForm, ShownForm};
use super::reading::FigurePart;
use super::rows::{Line, Row, Words, lines};
use crate::domain::ids::{EventId, PostMortemId};
use crate::domain::postmortem::{PostMortem, Status};
use crate::domain::timeline::figure::{View, caption};
use crate::domain::timeline::{Effect, Event, Lane, Marker, last_instant, out_of_order};
use crate::domain::when::{self, Context};
use crate::domain::wording::{Place, RowText};
use crate::web::blocking::Signed;
use crate::web::pages::again::Refused;
use crate::web::pages::wording::{Board, FieldNotes, Notes};

/// What the address of the editor says about the timeline.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct EventQuery {
    /// The row that is open.
    #[serde(default)]
    event: String,
    /// The row that was just saved.
    #[serde(default)]
    saved: String,
    /// The row that was just removed.
    #[serde(default)]
    removed: String,
}

/// What of the timeline is open, was just done, or was refused.
#[derive(Debug, Clone, Default)]
pub(in crate::web) struct Open {
    event: Option<EventId>,
    saved: Option<EventId>,
    removed: Option<EventId>,
    /// A form that was refused, of the open event or of a new one.
    refused: Option<(EventForm, Refused)>,
}

impl Open {
    /// What an address asks for.
    pub(in crate::web) fn of(query: &EventQuery) -> Self {
        Self {
            event: EventId::parse(&query.event),
            saved: EventId::parse(&query.saved),
            removed: EventId::parse(&query.removed),
            refused: None,
        }
    }

    /// A refused form comes back filled in.
    pub(super) fn refused(event: Option<EventId>, form: EventForm, why: Refused) -> Self {
        Self {
            event,
            refused: Some((form, why)),
            ..Self::default()
        }
    }
}

/// The timeline as one writes it.
#[derive(Template)]
#[template(path = "timeline/editor.html")]
pub(in crate::web) struct Editor {
    postmortem: PostMortemId,
    csrf: String,
    zone: &'static str,
    amends: bool,
    count: String,
    lines: Vec<Line>,
    out_of_order: bool,
    figure: Option<FigurePart>,
    caption: Option<String>,
    open: Option<EventId>,
    form: Option<ShownForm>,
    refused: Option<ShownForm>,
    saved: Option<EventId>,
    notes: Vec<String>,
    removed: Option<EventId>,
    next_lane: Lane,
    roles: BTreeSet<String>,
    wording: BTreeMap<EventId, Notes>,
}

impl Editor {
    /// The timeline of a post-mortem.
    pub(in crate::web) fn new(
        signed: &Signed,
        postmortem: &PostMortem,
        open: Open,
        board: &Board<'_>,
    ) -> Self {
        let (facts, events) = (&postmortem.facts, &postmortem.events);
        let find = |id: Option<EventId>| events.iter().find(|event| Some(event.id) == id);
        let opened = find(open.event);
        let (form, refused) = match (opened, open.refused) {
            (Some(event), Some(again)) => (Some(shown(postmortem, Some(event.id), again)), None),
            (Some(event), None) => (Some(standing(signed, postmortem, event)), None),
            (None, Some(again)) => (None, Some(shown(postmortem, None, again))),
            (None, None) => (None, None),
        };
        let saved = find(open.saved);
        let roles = events.iter().filter_map(|event| event.role.as_ref());
        Self {
            postmortem: facts.id,
            csrf: signed.form_token.clone(),
            zone: facts.zone.name(),
            amends: facts.status == Status::Published,
            count: match events.len() {
                1 => "1 event".to_owned(),
                count => format!("{count} events"),
            },
            lines: lines(events, facts.zone),
            out_of_order: out_of_order(events).is_some(),
            figure: FigurePart::new(events, facts.zone, &View::default()),
            caption: caption(events, &facts.unknown_markers),
            open: opened.map(|event| event.id),
            form,
            refused,
            saved: saved.map(|event| event.id),
            notes: saved
                .map(|event| notes(signed, postmortem, event))
                .unwrap_or_default(),
            removed: open.removed.filter(|id| find(Some(*id)).is_none()),
            next_lane: saved.map_or(Lane::Happened, |event| event.lane),
            roles: roles.map(|role| role.as_str().to_owned()).collect(),
            wording: events
                .iter()
                .map(|event| (event.id, board.at(&Place::Event(event.id))))
                .filter(|(_, notes)| !notes.is_empty())
                .collect(),
        }
    }
}

impl Editor {
    /// Whether a form came back to be mended.
    pub(in crate::web) fn is_refused(&self) -> bool {
        let open = self
            .form
            .as_ref()
            .is_some_and(|form| !form.errors.is_empty() || !form.broken.is_empty());
        open || self.refused.is_some()
    }

    fn is_open(&self, row: &Row) -> bool {
        self.open == Some(row.id)
    }

    /// The notes on a row.
    fn wording(&self, row: &Row) -> Option<&Notes> {
        self.wording.get(&row.id)
    }

    fn is_saved(&self, row: &Row) -> bool {
        self.saved == Some(row.id)
    }
}

fn shown(
    postmortem: &PostMortem,
    event: Option<EventId>,
    (input, why): (EventForm, Refused),
) -> ShownForm {
    let place = event.map_or(Place::New(RowText::Event), Place::Event);
    let notes = FieldNotes::new(postmortem, place, &input.text).again(input.kept());
    ShownForm {
        input,
        errors: why.errors,
        broken: why.broken,
        wording: Some(notes),
        ..ShownForm::default()
    }
}

/// The form of an event that stands.
fn standing(signed: &Signed, postmortem: &PostMortem, event: &Event) -> ShownForm {
    ShownForm {
        input: EventForm::of(event),
        understood: Some(when::full(&event.when, postmortem.facts.zone)),
        notes: notes(signed, postmortem, event),
        wording: Some(FieldNotes::new(
            postmortem,
            Place::Event(event.id),
            event.text.as_str(),
        )),
        ..ShownForm::default()
    }
}

/// What was taken for granted about a time, as far as it still holds: its text is read again in its place, and if it
/// means the same moment there, the same was taken for granted.
fn notes(signed: &Signed, postmortem: &PostMortem, event: &Event) -> Vec<String> {
    let events = &postmortem.events;
    let above = events.iter().take_while(|other| other.id != event.id);
    let above: Vec<&Event> = above.collect();
    let context = Context {
        zone: postmortem.facts.zone,
        previous: last_instant(above.into_iter()),
        day: Some(postmortem.facts.filed_on),
        now: signed.ctx.now,
    };
    match when::parse(event.when.typed(), &context) {
        Ok(read) if read.when == event.when => {
            read.notes.iter().map(when::Note::sentence).collect()
        }
        _ => Vec::new(),
    }
}
