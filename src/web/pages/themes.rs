//! What keeps coming back, quarter by quarter. Every number leads to the post-mortems behind it.

use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;

use crate::app::themes::{self, Counted, ThemesInput};
use crate::domain::listing::Card;
use crate::domain::themes::{By, Rung, Shade};
use crate::web::blocking::Signed;
use crate::web::body::Query;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// How many quarters "ten years" are.
const DECADE: u32 = 39;

#[derive(Template)]
#[template(path = "themes/index.html")]
struct Themes {
    frame: Frame,
    from: String,
    to: String,
    decade: String,
    by: By,
    rung: Rung,
    n: usize,
    columns: Vec<Column>,
    rows: Vec<Row>,
    few: Vec<Card>,
    cover: Option<(usize, usize)>,
    statements: usize,
    without: usize,
    inferred: usize,
    taxonomy: &'static str,
    taxonomy_status: &'static str,
}

struct Column {
    name: String,
    n: usize,
}

struct Row {
    theme: String,
    name: String,
    cells: Vec<Cell>,
    total: usize,
    tendency: &'static str,
}

struct Cell {
    count: usize,
    n: usize,
    class: &'static str,
    few: bool,
    place: Option<String>,
}

/// The period and what is counted, as the address says.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Asked {
    from: Option<String>,
    to: Option<String>,
    by: Option<String>,
}

/// The themes of a period.
pub(in crate::web) async fn index(
    state: Data<State>,
    query: Query<Asked>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let Query(Asked { from, to, by }) = query;
    let page = blocking::read(&state, visitor, move |store, signed| {
        let input = ThemesInput {
            from,
            to,
            by,
            ..ThemesInput::default()
        };
        Ok(Themes::new(
            signed,
            themes::table(store, &signed.ctx, &input)?,
        ))
    })
    .await?;
    Ok(frame::ok(&page))
}

impl Themes {
    fn new(signed: &Signed, counted: Counted) -> Self {
        let asked = counted.asked;
        let columns = &counted.themes.columns;
        let rows = counted.themes.rows.iter().map(|row| Row {
            theme: row.theme.clone(),
            name: counted.name(&row.theme).to_owned(),
            cells: row
                .cells
                .iter()
                .zip(columns)
                .map(|(cell, column)| Cell {
                    count: cell.count,
                    n: column.n,
                    class: class(cell.shade),
                    few: cell.shade == Shade::Few,
                    place: place(
                        asked.by,
                        &row.theme,
                        column.quarter.first_day(),
                        column.quarter.next().first_day(),
                    ),
                })
                .collect(),
            total: row.total,
            tendency: row.tendency.label(),
        });
        let cover = &counted.themes.cover;
        Self {
            frame: Frame::of(signed, Part::Themes),
            from: asked.from.code(),
            to: asked.to.code(),
            decade: asked.to.back(DECADE).code(),
            by: asked.by,
            rung: counted.themes.rung(),
            n: counted.themes.n,
            rows: rows.collect(),
            columns: columns
                .iter()
                .map(|column| Column {
                    name: column.quarter.code(),
                    n: column.n,
                })
                .collect(),
            cover: cover
                .enough()
                .then_some((cover.themes.len(), cover.touched)),
            statements: counted.themes.statements,
            without: counted.themes.without,
            inferred: counted.themes.inferred,
            taxonomy: &counted.taxonomy.version,
            taxonomy_status: &counted.taxonomy.status,
            few: counted.few,
        }
    }
}

const fn class(shade: Shade) -> &'static str {
    match shade {
        Shade::Few => "few",
        Shade::Step(0) => "l0",
        Shade::Step(1) => "l1",
        Shade::Step(2) => "l2",
        Shade::Step(3) => "l3",
        Shade::Step(4) => "l4",
        Shade::Step(_) => "l5",
    }
}

/// Where the post-mortems behind a number are listed. A category has no filter of its own.
fn place(
    by: By,
    theme: &str,
    after: chrono::NaiveDate,
    before: chrono::NaiveDate,
) -> Option<String> {
    let field = match by {
        By::Factor => "factor",
        By::Component => "component",
        By::Category => return None,
    };
    let last = before.pred_opt()?;
    let period = [
        (field, theme),
        ("status", "published"),
        ("after", &after.to_string()),
        ("before", &last.to_string()),
    ];
    serde_html_form::to_string(period)
        .ok()
        .map(|query| format!("/postmortems?{query}"))
}
