//! Many events at once over the API: what a text would be read as, and adding what was chosen.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::timeline::EventsJson;
use crate::app::FieldProblem;
use crate::app::timeline::{self, Batch, BatchError, BatchRow, EventInput, Preview, Renamed};
use crate::domain::timeline::paste::{MOST_ROWS, Paste, Row};
use crate::domain::when::{self, Precision, When};
use crate::web::address::find;
use crate::web::body::Json;
use crate::web::problem::{ApiError, Problem, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A text to be read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct PreviewBody {
    /// A chat thread, log lines, a table, a list, as it was copied.
    text: String,
    /// The day of the first row, `YYYY-MM-DD`, where the text does not say it.
    #[serde(default)]
    day: String,
    /// The zone of times that name none; left out, it is that of the post-mortem.
    #[serde(default)]
    zone: String,
}

/// What was read, and what the text does not say.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct PreviewJson {
    items: Vec<RowJson>,
    /// Always `null`: a text is answered as a whole.
    next: Option<String>,
    /// Whether a row has no day unless `day` says it.
    asks_day: bool,
    /// Whether times were read in a zone that the text does not name.
    asks_zone: bool,
    /// Who wrote in it and who is called by a handle.
    names: Vec<String>,
    /// The same and the names that are found within the texts, with the roles that the organisation remembers for them.
    offered: Vec<OfferedJson>,
    /// How many rows did not fit.
    left_out: usize,
}

/// A name of the text. Nothing takes its place by itself: send it in `names` of the batch.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct OfferedJson {
    name: String,
    /// The role that the organisation remembers for it.
    role: Option<String>,
    /// Whether it stands within texts only. Then it may be no name at all.
    within: bool,
}

/// A row as it was read.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct RowJson {
    /// Its first line in the text, counted from 1.
    line: usize,
    /// Its last line.
    last_line: usize,
    /// The time as it stands in the text.
    typed: String,
    /// The instant, or the beginning of a range; `null` when nobody knows it.
    at: Option<DateTime<Utc>>,
    /// The end of a range, which is not part of it.
    until: Option<DateTime<Utc>>,
    /// `exact`, `minute`, `about`, `range` or `unknown`.
    precision: &'static str,
    /// Day, time and zone, to be shown.
    understood: String,
    /// The lane that the words suggest: `happened`, `saw` or `did`.
    lane: &'static str,
    /// Who wrote it, as the text calls them.
    speaker: Option<String>,
    text: String,
    /// What was taken for granted, as sentences.
    notes: Vec<String>,
    /// What may be wrong.
    doubts: Vec<DoubtJson>,
}

/// Something that may be wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct DoubtJson {
    /// For programs, for example `far-away`.
    code: &'static str,
    /// A plain sentence.
    message: String,
    /// What could be meant: each `typed` can be sent as `when`.
    choices: Vec<ChoiceJson>,
}

/// One thing that could be meant.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ChoiceJson {
    label: String,
    typed: String,
}

impl PreviewJson {
    fn of(read: &Preview) -> Self {
        let (paste, zone): (&Paste, _) = (&read.paste, read.facts.zone);
        let all = paste.rows().count();
        let offered = read.names.iter().map(|one| OfferedJson {
            name: one.name.clone(),
            role: one.role.as_ref().map(|role| role.as_str().to_owned()),
            within: one.within,
        });
        Self {
            offered: offered.collect(),
            items: paste
                .rows()
                .take(MOST_ROWS)
                .map(|row| RowJson::of(row, zone))
                .collect(),
            next: None,
            asks_day: paste.asks_day,
            asks_zone: paste.asks_zone,
            names: paste.names(),
            left_out: all.saturating_sub(MOST_ROWS),
        }
    }
}

impl RowJson {
    fn of(row: &Row, zone: chrono_tz::Tz) -> Self {
        let doubts = row.doubts.iter().map(|doubt| DoubtJson {
            code: doubt.code,
            message: doubt.sentence.clone(),
            choices: doubt
                .choices
                .iter()
                .map(|choice| ChoiceJson {
                    label: choice.label.clone(),
                    typed: choice.typed.clone(),
                })
                .collect(),
        });
        Self {
            line: row.line,
            last_line: row.last_line,
            typed: row.when.typed().to_owned(),
            at: row.when.at(),
            until: row.when.until(),
            precision: row.when.precision().as_code(),
            understood: when::full(&row.when, zone),
            lane: row.lane.as_code(),
            speaker: row.speaker.clone(),
            text: row.text.clone(),
            notes: row.notes.clone(),
            doubts: doubts.collect(),
        }
    }
}

/// Tells what a pasted text would be read as. Nothing is kept.
///
/// Nothing is repaired in silence: what may be wrong stands in `doubts`, with what could be meant instead.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/events/preview", params(("id" = String, Path)), request_body = PreviewBody,
    responses((status = 200, body = PreviewJson), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn preview_events(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<PreviewBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let json = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let read = timeline::preview(store, &signed.ctx, id, &body.text, &body.day, &body.zone)?;
        Ok(PreviewJson::of(&read))
    })
    .await?;
    Ok(HttpResponse::Ok().json(json))
}

/// Events to be added together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct BatchBody {
    /// In their order; each time is read against the one before it.
    events: Vec<BatchEvent>,
    /// The day of the first one, `YYYY-MM-DD`; left out, it is that of the last event that stands.
    #[serde(default)]
    day: String,
    /// The zone of times that name none; left out, it is that of the post-mortem.
    #[serde(default)]
    zone: String,
    /// Names in the texts, and the roles that take their place.
    #[serde(default)]
    names: Vec<NameBody>,
}

/// An event of a batch. With `precision`, the moment is taken from `at` and `until` as the preview answered them, and
/// `when` is kept as its text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct BatchEvent {
    /// The time as a person would type it, or the `typed` of a preview.
    when: String,
    /// `happened`, `saw` or `did`.
    lane: String,
    /// What happened, Markdown.
    text: String,
    /// The role concerned; never a name.
    role: Option<String>,
    /// The address where it can be seen.
    source: Option<String>,
    /// Who wrote it; a role takes the place of the name, here and in the texts.
    #[serde(default)]
    speaker: String,
    at: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    /// `exact`, `minute`, `about`, `range` or `unknown`.
    precision: Option<String>,
}

/// A name in the texts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct NameBody {
    name: String,
    /// What takes its place; left out, it is "a responder".
    #[serde(default)]
    role: String,
    /// Whether the name is to stay.
    #[serde(default)]
    keep: bool,
}

impl BatchBody {
    fn batch(self) -> Batch {
        Batch {
            rows: self.events.into_iter().map(BatchEvent::row).collect(),
            day: self.day,
            zone: self.zone,
            names: self
                .names
                .into_iter()
                .map(|name| Renamed {
                    name: name.name,
                    role: name.role,
                    keep: name.keep,
                })
                .collect(),
        }
    }
}

impl BatchEvent {
    fn row(self) -> BatchRow {
        let precision = self.precision.as_deref().and_then(Precision::from_code);
        let read = precision.and_then(|precision| {
            When::from_parts(&self.when, self.at, self.until, precision).ok()
        });
        BatchRow {
            input: EventInput {
                when: self.when,
                lane: self.lane,
                text: self.text,
                role: self.role,
                source: self.source,
                ..EventInput::default()
            },
            read,
            speaker: self.speaker,
            taken: true,
        }
    }
}

/// Adds many events, all or none of them, each in order of time.
///
/// A row that cannot be kept refuses all of them with 422; `errors` says which row, counted from 1, and what to mend.
#[utoipa::path(post, path = "/api/v1/postmortems/{id}/events/batch", params(("id" = String, Path)), request_body = BatchBody,
    responses((status = 201, body = EventsJson), (status = 403, body = ProblemJson), (status = 404, body = ProblemJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn create_events(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
    body: Json<BatchBody>,
) -> Result<HttpResponse, ApiError> {
    let Json(body) = body;
    let saved = blocking::write(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        timeline::add_many(store, &signed.ctx, id, &body.batch()).map_err(|error| match error {
            BatchError::Rows(rows) => Problem::invalid(numbered(rows)),
            BatchError::Edit(error) => error.into(),
        })
    })
    .await?;
    Ok(HttpResponse::Created().json(EventsJson::from(saved)))
}

/// The problems with the number of their row in front.
fn numbered(rows: Vec<(usize, Vec<FieldProblem>)>) -> Vec<FieldProblem> {
    let fields = rows.into_iter().flat_map(|(index, fields)| {
        fields.into_iter().map(move |field| FieldProblem {
            message: format!("Row {}: {}", index + 1, field.message),
            ..field
        })
    });
    fields.collect()
}
