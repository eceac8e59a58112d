//! Many lines at once: what was pasted is shown as it was understood, then the ticked lines are added.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use crate::app::timeline::{self, Batch, BatchError, BatchRow, EventInput, Pasted};
use crate::app::{EditError, FieldProblem};
use crate::domain::ids::PostMortemId;
use crate::domain::timeline::Lane;
use crate::domain::timeline::paste::MOST_LINES;
use crate::store::Store;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::{State, blocking};

/// What was pasted.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct PasteForm {
    #[serde(default)]
    text: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    zone: String,
    #[serde(default)]
    lane: String,
}

/// The lines as they were looked at: as many of each field as there are lines, and the ticked ones by their place.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct BatchForm {
    #[serde(default)]
    day: String,
    #[serde(default)]
    zone: String,
    #[serde(default)]
    when: Vec<String>,
    #[serde(default)]
    lane: Vec<String>,
    #[serde(default)]
    text: Vec<String>,
    #[serde(default)]
    take: BTreeSet<usize>,
}

impl BatchForm {
    fn batch(&self) -> Batch {
        let fields = self.when.iter().zip(&self.lane).zip(&self.text);
        let rows = fields
            .enumerate()
            .map(|(index, ((when, lane), text))| BatchRow {
                input: EventInput {
                    when: when.clone(),
                    lane: lane.clone(),
                    text: text.clone(),
                    ..EventInput::default()
                },
                taken: self.take.contains(&index),
            });
        Batch {
            rows: rows.collect(),
            day: self.day.clone(),
            zone: self.zone.clone(),
        }
    }
}

/// A line as it is shown.
struct ShownRow {
    /// Its place among all lines, counted from 0; names its fields.
    index: usize,
    /// Its place among the lines that are no headings, counted from 1.
    number: usize,
    taken: bool,
    heading: bool,
    when: String,
    lane: String,
    text: String,
    understood: String,
    notes: Vec<String>,
    choices: Vec<(String, String)>,
    errors: Vec<FieldProblem>,
}

impl ShownRow {
    fn problem_with(&self, field: &str) -> Option<&str> {
        let mut found = self.errors.iter().filter(|error| error.field == field);
        found.next().map(|error| error.message.as_str())
    }

    fn has_hint(&self) -> bool {
        !self.understood.is_empty() || (self.when.is_empty() && self.errors.is_empty())
    }
}

#[derive(Template)]
#[template(path = "timeline/paste.html")]
struct Lines {
    frame: Frame,
    postmortem: PostMortemId,
    title: String,
    story_zone: String,
    zone: String,
    day: String,
    refused: bool,
    rows: Vec<ShownRow>,
    count: usize,
    left_out: usize,
}

impl Lines {
    fn new(
        store: &Store,
        signed: &Signed,
        id: PostMortemId,
        batch: &Batch,
        rows: Vec<ShownRow>,
    ) -> Result<Self, Problem> {
        let (facts, _) = timeline::list(store, &signed.ctx, id)?;
        let story_zone = facts.zone.name().to_owned();
        Ok(Self {
            frame: Frame::of(signed, Part::PostMortems),
            postmortem: id,
            title: facts.title.as_str().to_owned(),
            zone: match batch.zone.trim() {
                "" => story_zone.clone(),
                zone => zone.to_owned(),
            },
            story_zone,
            day: batch.day.clone(),
            refused: rows.iter().any(|row| !row.errors.is_empty() && row.taken),
            count: rows.iter().filter(|row| !row.heading).count(),
            rows,
            left_out: 0,
        })
    }
}

/// Shows how pasted lines were understood. Nothing is kept.
pub(in crate::web) async fn preview(
    state: Data<State>,
    path: Path<String>,
    form: Form<PasteForm>,
) -> Result<HttpResponse, PageError> {
    let (named, typed) = (path.into_inner(), form.input);
    let page = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &named)?;
        let batch = Batch {
            rows: Vec::new(),
            day: typed.day.clone(),
            zone: typed.zone.clone(),
        };
        let lane = Lane::from_code(&typed.lane).unwrap_or(Lane::Happened);
        let text = &typed.text;
        let read = timeline::preview(store, &signed.ctx, id, text, &batch, lane.as_code())?;
        let rows = shown(read.iter().map(|row| (row, row.is_ready())));
        let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
        Ok(Lines {
            left_out: lines.saturating_sub(MOST_LINES),
            ..Lines::new(store, signed, id, &batch, rows)?
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

fn shown<'a>(rows: impl Iterator<Item = (&'a Pasted, bool)>) -> Vec<ShownRow> {
    let mut number = 0;
    let rows = rows.enumerate().map(|(index, (row, taken))| {
        number += usize::from(!row.heading);
        ShownRow {
            index,
            number,
            taken,
            heading: row.heading,
            when: row.input.when.clone(),
            lane: row.input.lane.clone(),
            text: row.input.text.clone(),
            understood: row.understood.clone(),
            notes: row.notes.clone(),
            choices: row
                .problem
                .as_ref()
                .map(|it| it.choices.clone())
                .unwrap_or_default(),
            errors: row.problem.clone().into_iter().collect(),
        }
    });
    rows.collect()
}

/// Adds the ticked lines, all or none of them.
pub(in crate::web) async fn create_many(
    state: Data<State>,
    path: Path<String>,
    form: Form<BatchForm>,
) -> Result<HttpResponse, PageError> {
    let (named, typed) = (path.into_inner(), form.input);
    let (id, refused) = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &named)?;
        let batch = typed.batch();
        match timeline::add_many(store, &signed.ctx, id, &batch) {
            Ok(_) => Ok((id, None)),
            Err(BatchError::Rows(problems)) => {
                let rows = again(&batch, &problems);
                Ok((id, Some(Lines::new(store, signed, id, &batch, rows)?)))
            }
            Err(BatchError::Edit(error)) => Err(EditError::into(error)),
        }
    })
    .await?;
    Ok(refused.map_or_else(
        || frame::see(&format!("/postmortems/{id}/edit#timeline")),
        |page| frame::again(&page),
    ))
}

/// The lines as they were sent, with what is to be mended.
fn again(batch: &Batch, problems: &[(usize, Vec<FieldProblem>)]) -> Vec<ShownRow> {
    let mut number = 0;
    let rows = batch.rows.iter().enumerate().map(|(index, row)| {
        let found = problems.iter().find(|(place, _)| *place == index);
        let errors = found.map(|(_, errors)| errors.clone()).unwrap_or_default();
        let heading = !row.taken && row.input.text.is_empty() && !row.input.when.is_empty();
        number += usize::from(!heading);
        ShownRow {
            index,
            number,
            taken: row.taken,
            heading,
            when: row.input.when.clone(),
            lane: row.input.lane.clone(),
            text: row.input.text.clone(),
            understood: if heading {
                row.input.when.clone()
            } else {
                String::new()
            },
            notes: Vec::new(),
            choices: errors
                .iter()
                .filter(|error| error.field == "when")
                .flat_map(|error| error.choices.clone())
                .collect(),
            errors,
        }
    });
    rows.collect()
}
