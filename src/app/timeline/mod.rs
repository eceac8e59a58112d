//! The timeline: add, change, move and remove events.
//!
//! What was typed for the time is read once, when it is typed: against the row above, the day of the story and its
//! zone. From then on the instants stand. Changing the zone of a post-mortem later shows the same instants on other
//! clocks; `typed` stays the testimony that it is ("14:32", said by somebody in the old zone) and is never read
//! again, unless somebody types another time. So an event whose time is sent back as it was keeps its instants.

mod batch; // many events at once
mod preview; // what was pasted, as it would be read
mod incoming; // rows that an import brings
mod reading; // events as typed
mod record; // an event as lines of text
mod removal; // removing and bringing back

pub use batch::{Batch, BatchError, BatchRow, Renamed, add_many};
pub(in crate::app) use incoming::put_many;
pub use preview::{Preview, Understood, preview, understood};
pub use removal::{remembered, remove, restore};

use super::editing::{Saved, edit, remember};
use super::wording::{Keep, keep_along};
use super::{Conflict, Ctx, EditError, FieldProblem, ReadError};
use crate::domain::ids::{EventId, PostMortemId, Version};
use crate::domain::order::{Place, moved};
use crate::domain::postmortem::Facts;
use crate::domain::timeline::{Event, fits_at, marked, place_in_time, sorted};
use crate::domain::wording::of_event;
use crate::store::{self, Conn, Store, StoreError};
use reading::{NewEvent, parse};

/// What the history calls an event.
const RESOURCE: &str = "event";
/// The most events that a timeline holds. Nobody reads as many; a loop that writes events stops here.
const MOST_EVENTS: usize = 2_000;

/// An event as typed. What is empty is taken as "not said".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventInput {
    /// The time.
    pub when: String,
    /// Code of a [`Lane`](crate::domain::timeline::Lane).
    pub lane: String,
    /// Code of a [`Marker`](crate::domain::timeline::Marker).
    pub marker: Option<String>,
    /// What happened.
    pub text: String,
    /// The role concerned.
    pub role: Option<String>,
    /// The address where it can be seen.
    pub source: Option<String>,
    /// Code of an [`Effect`](crate::domain::timeline::Effect).
    pub effect: Option<String>,
    /// Whether it was known at the time.
    pub known_at_the_time: Option<bool>,
    /// The row behind which it is to stand; by default it is put in order of time.
    pub after: Option<EventId>,
    /// Wording that the form says to keep.
    pub keeps: Vec<Keep>,
}

/// An event as it would be typed again: the time keeps its instants, because it is the text that was read.
impl From<&Event> for EventInput {
    fn from(event: &Event) -> Self {
        Self {
            when: event.when.typed().to_owned(),
            lane: event.lane.as_code().to_owned(),
            marker: event.marker.map(|marker| marker.as_code().to_owned()),
            text: event.text.as_str().to_owned(),
            role: event.role.as_ref().map(|role| role.as_str().to_owned()),
            source: event.source.clone(),
            effect: event.effect.map(|effect| effect.as_code().to_owned()),
            known_at_the_time: event.known_at_the_time,
            after: None,
            keeps: Vec::new(),
        }
    }
}

/// An event that was kept, and what was taken for granted about its time, as sentences to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedEvent {
    /// The event.
    pub event: Event,
    /// Sentences.
    pub notes: Vec<String>,
}

/// The facts and the events of a post-mortem, in their order.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn list(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<(Facts, Vec<Event>), ReadError> {
    store.read(|conn| {
        let facts = store::postmortems::find(conn, ctx.actor.person, id)?;
        let events = store::timeline::list(conn, id)?;
        Ok((facts, events))
    })
}

/// One event.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn read(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    event: EventId,
) -> Result<Event, ReadError> {
    let (_, events) = list(store, ctx, id)?;
    let mut found = events.into_iter().filter(|other| other.id == event);
    Ok(found.next().ok_or(StoreError::NotFound)?)
}

/// Adds an event: behind the row that it names, otherwise in order of time.
///
/// # Errors
/// [`EditError::Invalid`] with every field to mend; a time with two meanings carries them as choices.
pub fn add(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    input: &EventInput,
) -> Result<SavedEvent, EditError> {
    edit(store, ctx, id, |tx, facts| {
        let mut rows = Rows::open(tx, id)?;
        let place = rows.behind(input.after)?;
        let above = rows.last_instant(place);
        let read = parse(input, &reading::context(ctx, facts, above), None)?;
        let saved = rows.add(read, place)?;
        rows.keep_new(tx, ctx, &saved.event)?;
        rows.keep_order(tx)?;
        keep_along(tx, ctx, id, &input.keeps, &of_event(&saved.event))?;
        Ok(saved)
    })
}

/// Changes an event over the version that the writer saw; `None` is "whatever stands".
///
/// A time that is sent back as it was typed is not read again. An event whose time changes moves to its place in
/// time, unless it still fits where it stands.
///
/// # Errors
/// [`EditError::Conflict`] with both texts if somebody saved or removed it in between; otherwise what to mend.
pub fn change(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    event: EventId,
    input: &EventInput,
    expected: Option<Version>,
    note: &str,
) -> Result<SavedEvent, EditError> {
    edit(store, ctx, id, |tx, facts| {
        change_in(tx, ctx, facts, event, input, (expected, note))
    })
}

/// The same within a transaction that somebody else settles.
pub(super) fn change_in(
    tx: &mut Conn,
    ctx: &Ctx,
    facts: &Facts,
    event: EventId,
    input: &EventInput,
    (expected, note): (Option<Version>, &str),
) -> Result<SavedEvent, EditError> {
    let id = facts.id;
    let mut rows = Rows::open(tx, id)?;
    let Some((place, before)) = rows.take(event) else {
        removal::kept(tx, id, event)?;
        let above = rows.last_instant(None);
        let read = parse(input, &reading::context(ctx, facts, above), None)?;
        let yours = record::typed(&read.event(event, Version(0)));
        return Err(conflict(tx, id, None, yours, expected)?);
    };
    let context = reading::context(ctx, facts, rows.last_instant(place));
    let read = parse(input, &context, Some(&before.when))?;
    let changed = read.event(event, before.version.next());
    if expected.is_some_and(|expected| expected != before.version) {
        let yours = record::typed(&changed);
        return Err(conflict(tx, id, Some(&before), yours, expected)?);
    }
    rows.check_marker(&changed)?;
    keep_along(tx, ctx, id, &input.keeps, &of_event(&changed))?;
    let target = match input.after {
        Some(_) => rows.behind(input.after)?,
        None if changed.when == before.when => Some(place),
        None => Some(place).filter(|place| rows.fits(*place, &changed)),
    };
    let (changed, notes) = rows.put(changed, target, &read.notes);
    let same = Event {
        version: before.version,
        position: before.position,
        ..changed.clone()
    };
    if same == before {
        rows.keep_order(tx)?;
        let event = Event {
            position: changed.position,
            ..before
        };
        return Ok(SavedEvent { event, notes });
    }
    store::timeline::update(tx, id, &changed, before.version)?;
    rows.keep_order(tx)?;
    keep(tx, ctx, id, &changed, note)?;
    Ok(SavedEvent {
        event: changed,
        notes,
    })
}

/// Moves an event within the list. Not a new version.
///
/// # Errors
/// [`StoreError::NotFound`] if there is no such event.
pub fn place(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    event: EventId,
    to: Place,
) -> Result<(), EditError> {
    edit(store, ctx, id, |tx, _| {
        let mut rows = Rows::open(tx, id)?;
        let ids: Vec<EventId> = rows.events.iter().map(|row| row.id).collect();
        let order = moved(&ids, event, to).ok_or(StoreError::NotFound)?;
        let place = |row: &Event| order.iter().position(|id| *id == row.id);
        rows.events.sort_by_key(place);
        rows.keep_order(tx)
    })
}

/// Puts the events in order of time; those of unknown time stay behind the row above them.
///
/// # Errors
/// [`EditError`] if the actor may not, or a published post-mortem would break.
pub fn sort_by_time(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<(), EditError> {
    edit(store, ctx, id, |tx, _| {
        let mut rows = Rows::open(tx, id)?;
        rows.events = sorted(std::mem::take(&mut rows.events));
        rows.keep_order(tx)
    })
}

/// The rows of a timeline while they change.
struct Rows {
    id: PostMortemId,
    events: Vec<Event>,
}

impl Rows {
    fn open(tx: &mut Conn, id: PostMortemId) -> Result<Self, StoreError> {
        store::timeline::lock(tx, id)?;
        let events = store::timeline::list(tx, id)?;
        Ok(Self { id, events })
    }

    /// Takes an event out, to be put back.
    fn take(&mut self, id: EventId) -> Option<(usize, Event)> {
        let place = self.events.iter().position(|event| event.id == id)?;
        Some((place, self.events.remove(place)))
    }

    /// The place behind a row; `None` for none.
    fn behind(&self, after: Option<EventId>) -> Result<Option<usize>, FieldProblem> {
        let Some(after) = after else { return Ok(None) };
        let place = self.events.iter().position(|event| event.id == after);
        let place = place.ok_or_else(|| {
            FieldProblem::new(
                "after",
                "The row behind which this should stand is gone. Leave it out to put the event in order of time.",
            )
        })?;
        Ok(Some(place + 1))
    }

    /// The instant of "the row above" a place.
    fn last_instant(
        &self,
        place: impl Into<Option<usize>>,
    ) -> Option<chrono::DateTime<chrono::Utc>> {
        let place = place.into().unwrap_or(self.events.len());
        crate::domain::timeline::last_instant(self.events.iter().take(place))
    }

    fn fits(&self, place: usize, event: &Event) -> bool {
        fits_at(&self.events, place, event.when.at())
    }

    /// Puts an event at a place, otherwise in order of time.
    ///
    /// A note that it lies before the row above is left out if it does not any more.
    fn put(
        &mut self,
        mut event: Event,
        place: Option<usize>,
        notes: &[reading::Note],
    ) -> (Event, Vec<String>) {
        let place = place
            .unwrap_or_else(|| place_in_time(&self.events, event.when.at()))
            .min(self.events.len());
        let in_order = self.fits(place, &event);
        let notes = notes
            .iter()
            .filter(|note| !(in_order && matches!(note, reading::Note::OutOfOrder { .. })));
        event.position = position(place);
        self.events.insert(place, event.clone());
        (event, notes.map(reading::Note::sentence).collect())
    }

    /// Puts a new event among the rows.
    fn add(&mut self, read: NewEvent, place: Option<usize>) -> Result<SavedEvent, EditError> {
        if self.events.len() >= MOST_EVENTS {
            return Err(EditError::State(
                "This timeline is full: it holds 2,000 events. Remove some, or tell the story in more than one post-mortem.",
            ));
        }
        let event = read.event(EventId::new(), Version::FIRST);
        self.check_marker(&event)?;
        let (event, notes) = self.put(event, place, &read.notes);
        Ok(SavedEvent { event, notes })
    }

    /// Refuses a marker that another row carries.
    fn check_marker(&self, event: &Event) -> Result<(), FieldProblem> {
        let Some(marker) = event.marker else {
            return Ok(());
        };
        let Some(other) = marked(&self.events, marker) else {
            return Ok(());
        };
        let text: String = other.text.as_str().chars().take(60).collect();
        let label = marker.label();
        Err(FieldProblem::new(
            "marker",
            format!(
                "“{label}” stands on the event at {} already: “{text}”. Take it off there first; each moment is marked once.",
                other.when.typed()
            ),
        ))
    }

    /// Keeps an event that was put among the rows.
    fn keep_new(&self, tx: &mut Conn, ctx: &Ctx, event: &Event) -> Result<(), EditError> {
        store::timeline::insert(tx, self.id, event)?;
        keep(tx, ctx, self.id, event, "")
    }

    /// Writes the places of the rows that stand elsewhere now. A place is no part of an event's version.
    fn keep_order(&mut self, tx: &mut Conn) -> Result<(), EditError> {
        let mut moved = Vec::new();
        for (place, event) in self.events.iter_mut().enumerate() {
            let place = position(place);
            if event.position != place {
                event.position = place;
                moved.push((event.id, place));
            }
        }
        Ok(store::timeline::place(tx, &moved)?)
    }
}

/// A place in the list as it is stored.
fn position(place: usize) -> i32 {
    i32::try_from(place).unwrap_or(i32::MAX)
}

/// Keeps a version in the history.
pub(super) fn keep(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    event: &Event,
    note: &str,
) -> Result<(), EditError> {
    let saved = Saved {
        resource: RESOURCE,
        resource_id: &event.id.to_string(),
        version: event.version,
        body: &record::text(event),
    };
    remember(tx, ctx, id, &saved, note)
}

/// Both sides of a lost race, as lines that a person can compare.
fn conflict(
    tx: &mut Conn,
    id: PostMortemId,
    current: Option<&Event>,
    yours: String,
    expected: Option<Version>,
) -> Result<EditError, StoreError> {
    let base = match (current, expected) {
        (Some(event), Some(version)) => {
            let key = event.id.to_string();
            store::revisions::text_of(tx, id, RESOURCE, &key, version.0)?
                .and_then(|text| record::read(&text, event.id, version))
                .map(|kept| record::typed(&kept.event))
        }
        _ => None,
    };
    Ok(EditError::Conflict(Box::new(Conflict {
        current: current.map_or(Version(0), |event| event.version),
        theirs: current.map(record::typed).unwrap_or_default(),
        yours,
        base,
    })))
}
