//! The timeline's pages: forms that add, change, move and remove events, and bring them back.

mod editor; // the timeline in the editor
mod form; // the form of one event
mod paste; // many lines at once
mod reading; // the timeline on the reading page
mod rows; // rows as templates show them

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

pub(in crate::web) use editor::{Editor, EventQuery, Open};
pub(in crate::web) use paste::{create_many, first_look, preview};
pub(in crate::web) use reading::{Reading, TimelineQuery};

use super::editor as page;
use crate::app::timeline::{self, SavedEvent};
use crate::app::{Conflict, EditError};
use crate::domain::diff::{self, Change, Piece};
use crate::domain::ids::{EventId, PostMortemId, Version};
use crate::domain::order::Place;
use crate::domain::postmortem::Facts;
use crate::domain::timeline::{Event, last_instant};
use crate::domain::when::Context;
use crate::store::Store;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::again::Refused;
use crate::web::problem::{PageError, Problem};
use crate::web::{State, blocking};
use form::EventForm;

/// What became of a form.
enum Outcome {
    /// It was saved.
    Saved(EventId),
    /// It comes back with what is to be mended.
    Refused(Box<page::Edit>),
    /// Somebody was faster.
    Conflict(Box<ConflictPage>),
}

#[derive(Template)]
#[template(path = "timeline/conflict.html")]
struct ConflictPage {
    frame: Frame,
    postmortem: PostMortemId,
    event: EventId,
    gone: bool,
    conflict: Conflict,
    input: EventForm,
    differences: Vec<Piece>,
}

/// Adds an event.
pub(in crate::web) async fn create(
    state: Data<State>,
    path: Path<String>,
    form: Form<EventForm>,
) -> Result<HttpResponse, PageError> {
    let (named, typed) = (path.into_inner(), form.input);
    let (id, outcome) = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &named)?;
        let typed = typed.settled(&context(store, signed, id)?);
        let saved = timeline::add(store, &signed.ctx, id, &typed.input());
        Ok((id, outcome(store, signed, id, None, typed, saved)?))
    })
    .await?;
    Ok(answer(id, outcome))
}

/// Changes an event over the version that the form was made from.
pub(in crate::web) async fn update(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<EventForm>,
) -> Result<HttpResponse, PageError> {
    let ((named, event), typed) = (path.into_inner(), form.input);
    let (id, outcome) = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &named)?;
        let event = EventId::parse(&event).ok_or_else(Problem::not_found)?;
        let typed = typed.settled(&context(store, signed, id)?);
        let expected = Some(Version(typed.version));
        let input = typed.input();
        let saved = timeline::change(store, &signed.ctx, id, event, &input, expected, &typed.note);
        Ok((id, outcome(store, signed, id, Some(event), typed, saved)?))
    })
    .await?;
    Ok(answer(id, outcome))
}

/// What a whole row in the field for the time is cut against.
fn context(store: &Store, signed: &Signed, id: PostMortemId) -> Result<Context, Problem> {
    let (facts, events): (Facts, Vec<Event>) = timeline::list(store, &signed.ctx, id)?;
    Ok(Context {
        zone: facts.zone,
        previous: last_instant(events.iter()),
        day: Some(facts.filed_on),
        now: signed.ctx.now,
    })
}

fn outcome(
    store: &Store,
    signed: &Signed,
    id: PostMortemId,
    event: Option<EventId>,
    typed: EventForm,
    saved: Result<SavedEvent, EditError>,
) -> Result<Outcome, Problem> {
    match (saved, event) {
        (Ok(saved), _) => Ok(Outcome::Saved(saved.event.id)),
        (Err(EditError::Conflict(conflict)), Some(event)) => {
            Ok(Outcome::Conflict(Box::new(ConflictPage {
                frame: Frame::of(signed, Part::PostMortems),
                postmortem: id,
                event,
                gone: conflict.current == Version(0),
                differences: diff::words(&conflict.theirs, &conflict.yours),
                input: typed,
                conflict: *conflict,
            })))
        }
        (Err(error), _) => {
            let open = page::Open {
                timeline: Open::refused(event, typed, Refused::of(error)?),
                ..page::Open::default()
            };
            let page = page::page(store, signed, id, open)?;
            Ok(Outcome::Refused(Box::new(page)))
        }
    }
}

fn answer(id: PostMortemId, outcome: Outcome) -> HttpResponse {
    match outcome {
        Outcome::Saved(event) => saved(id, event),
        Outcome::Refused(page) => frame::again(&*page),
        Outcome::Conflict(page) => frame::html(StatusCode::PRECONDITION_FAILED, &*page),
    }
}

fn saved(id: PostMortemId, event: EventId) -> HttpResponse {
    frame::see(&format!(
        "/postmortems/{id}/edit?saved={event}#event-{event}"
    ))
}

#[derive(Debug, Deserialize)]
pub(in crate::web) struct RemovalForm {
    version: i32,
}

/// Removes an event, and offers to bring it back.
pub(in crate::web) async fn delete(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<RemovalForm>,
) -> Result<HttpResponse, PageError> {
    let ((named, event), version) = (path.into_inner(), Version(form.input.version));
    let (id, event) = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &named)?;
        let event = EventId::parse(&event).ok_or_else(Problem::not_found)?;
        timeline::remove(store, &signed.ctx, id, event, Some(version))?;
        Ok((id, event))
    })
    .await?;
    let place = format!("/postmortems/{id}/edit?removed={event}#timeline");
    Ok(frame::see(&place))
}

/// Brings a removed event back.
pub(in crate::web) async fn restore(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<()>,
) -> Result<HttpResponse, PageError> {
    let (named, event) = path.into_inner();
    let (id, event) = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &named)?;
        let event = EventId::parse(&event).ok_or_else(Problem::not_found)?;
        Ok((
            id,
            timeline::restore(store, &signed.ctx, id, event)?.event.id,
        ))
    })
    .await?;
    Ok(saved(id, event))
}

#[derive(Debug, Deserialize)]
pub(in crate::web) struct PlaceForm {
    place: String,
}

/// Moves an event up or down.
pub(in crate::web) async fn place(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<PlaceForm>,
) -> Result<HttpResponse, PageError> {
    let ((named, event), to) = (path.into_inner(), form.input.place);
    let (id, event) = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &named)?;
        let event = EventId::parse(&event).ok_or_else(Problem::not_found)?;
        let to = Place::parse(&to).ok_or_else(|| Problem::unreadable(NO_PLACE))?;
        timeline::place(store, &signed.ctx, id, event, to)?;
        Ok((id, event))
    })
    .await?;
    Ok(frame::see(&format!("/postmortems/{id}/edit#event-{event}")))
}

const NO_PLACE: &str = "A row moves up, down, or to a place counted from 1.";

/// Puts the events in order of time.
pub(in crate::web) async fn order(
    state: Data<State>,
    path: Path<String>,
    form: Form<()>,
) -> Result<HttpResponse, PageError> {
    let named = path.into_inner();
    let id = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &named)?;
        timeline::sort_by_time(store, &signed.ctx, id)?;
        Ok(id)
    })
    .await?;
    Ok(frame::see(&format!("/postmortems/{id}/edit#timeline")))
}
