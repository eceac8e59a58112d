//! Timeline events over the API.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::place::PlaceBody;
use crate::app::FieldProblem;
use crate::app::timeline::{self, EventInput, SavedEvent};
use crate::domain::ids::EventId;
use crate::domain::timeline::{Effect, Event, Marker};
use crate::web::address::{find, part};
use crate::web::body::{IfMatch, Json, Query, etag};
use crate::web::problem::{ApiError, Problem, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A timeline event.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct EventJson {
    id: String,
    /// The instant, or the beginning of a range; `null` when nobody knows it.
    at: Option<DateTime<Utc>>,
    /// The end of a range, which is not part of it.
    until: Option<DateTime<Utc>>,
    /// `exact`, `minute`, `about`, `range` or `unknown`.
    precision: String,
    /// The time as it was typed.
    typed: String,
    /// `happened`, `saw` or `did`.
    lane: String,
    /// `impact-began`, `first-sign`, `someone-knew`, `mitigated` or `over`.
    marker: Option<String>,
    /// Markdown.
    text: String,
    role: Option<String>,
    source: Option<String>,
    /// `helped` or `worse`.
    effect: Option<String>,
    known_at_the_time: Option<bool>,
    /// What was taken for granted when the time was read, as sentences; only in answers to a change.
    notes: Vec<String>,
    version: i32,
}

impl From<&Event> for EventJson {
    fn from(event: &Event) -> Self {
        Self {
            id: event.id.to_string(),
            at: event.when.at(),
            until: event.when.until(),
            precision: event.when.precision().as_code().to_owned(),
            typed: event.when.typed().to_owned(),
            lane: event.lane.as_code().to_owned(),
            marker: event.marker.map(Marker::as_code).map(str::to_owned),
            text: event.text.as_str().to_owned(),
            role: event.role.as_ref().map(|role| role.as_str().to_owned()),
            source: event.source.clone(),
            effect: event.effect.map(Effect::as_code).map(str::to_owned),
            known_at_the_time: event.known_at_the_time,
            notes: Vec::new(),
            version: event.version.0,
        }
    }
}

impl From<SavedEvent> for EventJson {
    fn from(saved: SavedEvent) -> Self {
        Self {
            notes: saved.notes,
            ..Self::from(&saved.event)
        }
    }
}

/// Events, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct EventsJson {
    items: Vec<EventJson>,
    /// Always `null`: a timeline is answered as a whole.
    next: Option<String>,
}

impl From<Vec<SavedEvent>> for EventsJson {
    fn from(saved: Vec<SavedEvent>) -> Self {
        Self {
            items: saved.into_iter().map(EventJson::from).collect(),
            next: None,
        }
    }
}

/// An event to be added or changed. In a change, what is left out keeps its value; empty text clears it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct EventBody {
    /// The time as a person would type it: `14:32`, `~14:30`, `14:10-14:25`, `+5m`, RFC 3339, or `?`. A clock time
    /// alone is read in the zone of the post-mortem and against the row above. Required to add.
    when: Option<String>,
    /// `happened`, `saw` or `did`. Required to add.
    lane: Option<String>,
    /// `impact-began`, `first-sign`, `someone-knew`, `mitigated` or `over`; each on one event only.
    marker: Option<String>,
    /// What happened, Markdown. Required to add.
    text: Option<String>,
    /// The role concerned; never a name.
    role: Option<String>,
    /// The address where it can be seen.
    source: Option<String>,
    /// `helped` or `worse`.
    effect: Option<String>,
    #[serde(default, deserialize_with = "said")]
    known_at_the_time: Option<Option<bool>>,
    /// The id of the event behind which it is to stand; left out, it is put in order of time.
    after: Option<String>,
    /// What changed, for the history.
    note: Option<String>,
}

/// Tells "null" from "left out".
fn said<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<bool>>, D::Error> {
    Option::deserialize(value).map(Some)
}

impl EventBody {
    fn over(self, base: EventInput) -> Result<EventInput, Problem> {
        let after = self.after.map(|after| {
            EventId::parse(&after).ok_or_else(|| {
                Problem::invalid(vec![FieldProblem::new("after", "This is no event's id.")])
            })
        });
        Ok(EventInput {
            when: self.when.unwrap_or(base.when),
            lane: self.lane.unwrap_or(base.lane),
            marker: self.marker.or(base.marker),
            text: self.text.unwrap_or(base.text),
            role: self.role.or(base.role),
            source: self.source.or(base.source),
            effect: self.effect.or(base.effect),
            known_at_the_time: self.known_at_the_time.unwrap_or(base.known_at_the_time),
            after: after.transpose()?,
            keeps: Vec::new(),
        })
    }
}

fn answer(saved: SavedEvent) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(etag(saved.event.version))
        .json(EventJson::from(saved))
}

/// Lists the events, in their order.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/events", params(("id" = String, Path)),
    responses((status = 200, body = EventsJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn list_events(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let json = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let (_, events) = timeline::list(store, &signed.ctx, id)?;
        Ok(EventsJson {
            items: events.iter().map(EventJson::from).collect(),
            next: None,
        })
    })
    .await?;
    Ok(HttpResponse::Ok().json(json))
}

/// How a time would be read.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(in crate::web) struct ReadingJson {
    /// Day, time and zone as they would be understood; empty if there is no time in it.
    understood: String,
    /// What would be taken for granted, as sentences.
    notes: Vec<String>,
    /// Why it cannot be read, or which of its meanings is to be chosen.
    problem: Option<String>,
}

/// What somebody is typing.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct ReadingQuery {
    /// A time as a person types it, with or without the rest of a row.
    #[serde(default)]
    line: String,
}

/// Tells how a time would be understood behind the last event. Nothing is kept.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/events/reading", params(("id" = String, Path), ReadingQuery),
    responses((status = 200, body = ReadingJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_reading(
    state: Data<State>,
    path: Path<String>,
    query: Query<ReadingQuery>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let json = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let line = query.0.line.lines().next().unwrap_or_default();
        let read = timeline::understood(store, &signed.ctx, id, line)?;
        Ok(ReadingJson {
            understood: read.understood,
            notes: read.notes,
            problem: read.problem.map(|problem| problem.message),
        })
    })
    .await?;
    Ok(HttpResponse::Ok().json(json))
}

/// Adds an event, in order of time unless it says behind which one.
///
/// A time with two meanings is refused with 422; `errors` then carries them as `choices`, each with the text to send
/// instead.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/events", params(("id" = String, Path)), request_body = EventBody,
    responses((status = 201, body = EventJson), (status = 403, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn create_event(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<EventBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let (id, saved) = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let input = body.over(EventInput::default())?;
        Ok((id, timeline::add(store, &signed.ctx, id, &input)?))
    })
    .await?;
    let place = format!("/api/v1/postmortems/{id}/events/{}", saved.event.id);
    Ok(HttpResponse::Created()
        .insert_header(("location", place))
        .insert_header(etag(saved.event.version))
        .json(EventJson::from(saved)))
}

/// Reads one event.
#[utoipa::path(get, path = "/api/v1/postmortems/{id}/events/{event}", params(("id" = String, Path), ("event" = String, Path)),
    responses((status = 200, body = EventJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_event(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let event = blocking::read(&state, visitor, move |store, signed| {
        let (id, event) = part(store, &signed.ctx, &path, EventId::parse)?;
        Ok(timeline::read(store, &signed.ctx, id, event)?)
    })
    .await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(event.version))
        .json(EventJson::from(&event)))
}

/// Changes an event over the version named by `If-Match`; what is left out keeps its value.
///
/// The time is read again only if `when` differs from what was typed before.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/events/{event}", params(("id" = String, Path), ("event" = String, Path), ("If-Match" = String, Header)),
    request_body = EventBody,
    responses((status = 200, body = EventJson), (status = 412, body = ProblemJson), (status = 422, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn update_event(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
    body: Json<EventBody>,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    let Json(mut body) = body;
    let saved = blocking::write(&state, visitor, move |store, signed| {
        let ctx = &signed.ctx;
        let (id, event) = part(store, ctx, &path, EventId::parse)?;
        let base = match timeline::read(store, ctx, id, event) {
            Ok(current) => EventInput::from(&current),
            // Removed in the meantime: the use case tells, and gives back what was sent.
            Err(_) => timeline::remembered(store, ctx, id, event)?,
        };
        let note = body.note.take().unwrap_or_default();
        let input = body.over(base)?;
        Ok(timeline::change(
            store, ctx, id, event, &input, expected, &note,
        )?)
    })
    .await?;
    Ok(answer(saved))
}

/// Removes an event in the version named by `If-Match`. It can be brought back.
#[utoipa::path(delete, path = "/api/v1/postmortems/{id}/events/{event}", params(("id" = String, Path), ("event" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = 412, body = ProblemJson), (status = 428, body = ProblemJson)))]
pub(in crate::web) async fn delete_event(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    expected: IfMatch,
) -> Result<HttpResponse, ApiError> {
    let expected = expected.required()?;
    blocking::write(&state, visitor, move |store, signed| {
        let (id, event) = part(store, &signed.ctx, &path, EventId::parse)?;
        Ok(timeline::remove(store, &signed.ctx, id, event, expected)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Brings a removed event back to its place, with the findings that rested on it.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/events/{event}/restoration", params(("id" = String, Path), ("event" = String, Path)),
    responses((status = 200, body = EventJson), (status = 409, body = ProblemJson)))]
pub(in crate::web) async fn restore_event(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let saved = blocking::write(&state, visitor, move |store, signed| {
        let (id, event) = part(store, &signed.ctx, &path, EventId::parse)?;
        Ok(timeline::restore(store, &signed.ctx, id, event)?)
    })
    .await?;
    Ok(answer(saved))
}

/// Moves an event within the list.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/events/{event}/place", params(("id" = String, Path), ("event" = String, Path)),
    request_body = PlaceBody, responses((status = 204), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn place_event(
    state: Data<State>,
    path: Path<(String, String)>,
    visitor: Visitor,
    body: Json<PlaceBody>,
) -> Result<HttpResponse, ApiError> {
    let to = body.0.read()?;
    blocking::write(&state, visitor, move |store, signed| {
        let (id, event) = part(store, &signed.ctx, &path, EventId::parse)?;
        Ok(timeline::place(store, &signed.ctx, id, event, to)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Puts the events in order of time.
#[utoipa::path(put, path = "/api/v1/postmortems/{id}/events/order", params(("id" = String, Path)),
    responses((status = 204), (status = 403, body = ProblemJson)))]
pub(in crate::web) async fn order_events(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Ok(timeline::sort_by_time(store, &signed.ctx, id)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
