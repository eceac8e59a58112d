//! What keeps coming back: the table of a period, and the same as CSV.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;

use super::cards::{CardView, address};
use crate::app::FieldProblem;
use crate::app::listing::ListError;
use crate::app::themes::{Asked, Counted, ThemesInput, table};
use crate::domain::postmortem::{Kind, Status, SystemKind};
use crate::domain::themes::{By, Row, Rung, Shade, Tendency};
use crate::web::body::Query;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// How many rows the table shows before the others are put together, unless all are asked for.
const ROWS: usize = 12;

/// What is counted, as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct ThemesForm {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    system: String,
    #[serde(default)]
    status: String,
    /// `yes`, to show every row.
    #[serde(default)]
    all: String,
}

/// A cell: its class, its count, of how many, and the list behind it.
struct CellView {
    class: String,
    count: usize,
    of: usize,
    list: String,
}

/// A row of the table and of the bars.
struct RowView {
    name: String,
    /// The page of the factor, if it is one.
    address: Option<String>,
    cells: Vec<CellView>,
    tendency: &'static str,
    /// The width of the bar, from 0 to 100.
    width: usize,
    share: String,
    list: String,
}

/// What is shown in place of the table where a period cannot be read.
#[derive(Template)]
#[template(path = "themes/show.html")]
struct Show {
    frame: Frame,
    form: ThemesForm,
    errors: Vec<FieldProblem>,
    table: Option<Table>,
}

struct Table {
    asked: Asked,
    by: &'static str,
    n: usize,
    rung: Rung,
    columns: Vec<(String, usize)>,
    rows: Vec<RowView>,
    hidden: usize,
    all: String,
    csv: String,
    cover: Option<(usize, usize)>,
    chance: Option<(u32, usize)>,
    tested: usize,
    moving: bool,
    few: Vec<CardView>,
    apart: Option<(String, String)>,
    ever: Option<(String, String)>,
    statements: usize,
    per_postmortem: String,
    without: String,
    inferred: String,
    taxonomy: String,
}

impl ThemesForm {
    fn input(&self) -> ThemesInput {
        ThemesInput {
            from: Some(self.from.clone()),
            to: Some(self.to.clone()),
            by: Some(self.by.clone()),
            kind: Some(self.kind.clone()),
            system: Some(self.system.clone()),
            status: Some(self.status.clone()),
        }
    }

    /// This table with other values of some fields.
    fn address(&self, path: &str, changed: &[(&str, &str)]) -> String {
        let stands = [
            ("from", self.from.as_str()),
            ("to", &self.to),
            ("by", &self.by),
            ("kind", &self.kind),
            ("system", &self.system),
            ("status", &self.status),
            ("all", &self.all),
        ];
        let mut pairs: Vec<(&str, &str)> = stands
            .into_iter()
            .filter(|(name, _)| changed.iter().all(|(other, _)| other != name))
            .collect();
        pairs.extend_from_slice(changed);
        address(path, &pairs)
    }
}

/// Shows the table, or below eight post-mortems the post-mortems themselves.
pub(in crate::web) async fn show(
    state: Data<State>,
    visitor: Visitor,
    query: Query<ThemesForm>,
) -> Result<HttpResponse, PageError> {
    let Query(mut form) = query;
    let page = blocking::read(&state, visitor, move |store, signed| {
        let frame = Frame::of(signed, Part::Themes);
        let (table, errors) = match table(store, &signed.ctx, &form.input()) {
            Ok(counted) => {
                // The form shows what was counted, also where nobody said it.
                form.from = counted.asked.from.code();
                form.to = counted.asked.to.code();
                (Some(Table::new(&counted, &form)), Vec::new())
            }
            Err(ListError::Invalid(errors)) => (None, errors),
            Err(error) => return Err(error.into()),
        };
        Ok(Show {
            frame,
            form,
            errors,
            table,
        })
    })
    .await?;
    Ok(if page.errors.is_empty() {
        frame::ok(&page)
    } else {
        frame::again(&page)
    })
}

impl Table {
    fn new(counted: &Counted, form: &ThemesForm) -> Self {
        let (asked, themes) = (counted.asked, &counted.themes);
        let shown = match form.all.as_str() {
            "yes" => themes.rows.len(),
            _ if themes.rows.len() <= ROWS + 1 => themes.rows.len(),
            _ => ROWS,
        };
        let most = themes.rows.first().map_or(1, |row| row.total);
        let all_quarters = form.address("/themes", &[("from", "2000-Q1")]);
        let other = match asked.status {
            Status::Archived => Status::Published,
            _ => Status::Archived,
        };
        Self {
            asked,
            by: asked.by.as_code(),
            n: themes.n,
            rung: themes.rung(),
            columns: themes
                .columns
                .iter()
                .map(|column| (column.quarter.to_string(), column.n))
                .collect(),
            rows: themes
                .rows
                .iter()
                .take(shown)
                .map(|row| row_view(counted, row, most))
                .collect(),
            hidden: themes.rows.len() - shown,
            all: form.address("/themes", &[("all", "yes")]),
            csv: form.address("/themes.csv", &[("all", "")]),
            cover: (!themes.cover.themes.is_empty())
                .then_some((themes.cover.themes.len(), themes.cover.touched)),
            chance: factors(counted).and_then(|factors| themes.by_chance(factors)),
            tested: themes.tested,
            moving: themes
                .rows
                .iter()
                .any(|row| matches!(row.tendency, Tendency::Rising | Tendency::Fading)),
            few: counted.few.iter().map(CardView::from).collect(),
            apart: (counted.apart.count > 0).then(|| {
                let list = form.address("/themes", &[("status", other.as_code())]);
                (counted.apart.to_string(), list)
            }),
            ever: (counted.ever.count > themes.n).then(|| (counted.ever.to_string(), all_quarters)),
            statements: themes.statements,
            per_postmortem: mean(themes.statements, themes.n),
            without: share(themes.without, themes.statements),
            inferred: share(themes.inferred, themes.statements),
            taxonomy: format!(
                "core {}, {}",
                counted.taxonomy.version, counted.taxonomy.status
            ),
        }
    }
}

impl Table {
    /// What is counted, in a word.
    fn word(&self) -> String {
        self.asked.status.label().to_lowercase()
    }
}

/// How many factors there are to be named, where factors are counted.
fn factors(counted: &Counted) -> Option<u32> {
    (counted.asked.by == By::Factor)
        .then(|| u32::try_from(counted.taxonomy.factors.len()).ok())
        .flatten()
}

fn row_view(counted: &Counted, row: &Row, most: usize) -> RowView {
    let (asked, themes) = (counted.asked, &counted.themes);
    let cells = row.cells.iter().zip(&themes.columns);
    RowView {
        name: counted.name(&row.theme).to_owned(),
        address: (asked.by == By::Factor).then(|| format!("/taxonomy/{}", row.theme)),
        cells: cells
            .map(|(cell, column)| {
                let quarter = column.quarter;
                CellView {
                    class: match cell.shade {
                        Shade::Few => "few".to_owned(),
                        Shade::Step(step) => format!("l{step}"),
                    },
                    count: cell.count,
                    of: column.n,
                    list: list(asked, &row.theme, quarter, quarter),
                }
            })
            .collect(),
        tendency: row.tendency.label(),
        width: 100 * row.total / most.max(1),
        share: shares(counted, row),
        list: list(asked, &row.theme, asked.from, asked.to),
    }
}

/// "12 of 36 (33 %)"; with the interval instead, where counts are provisional.
fn shares(counted: &Counted, row: &Row) -> String {
    let n = counted.themes.n;
    let (low, high) = row.interval;
    if counted.themes.rung() == Rung::Provisional {
        format!(
            "{} of {n} ({:.0} to {:.0} %)",
            row.total,
            low * 100.0,
            high * 100.0
        )
    } else {
        format!("{} of {n} ({} %)", row.total, percent(row.total, n))
    }
}

/// The list of post-mortems behind a number.
fn list(
    asked: Asked,
    theme: &str,
    from: crate::domain::themes::Quarter,
    to: crate::domain::themes::Quarter,
) -> String {
    let (after, before) = (
        from.first_day().to_string(),
        to.next().first_day().to_string(),
    );
    let whole = format!("={theme}");
    let (name, value) = match asked.by {
        By::Factor | By::Category => ("factor", theme),
        By::Component => ("component", whole.as_str()),
    };
    address(
        "/postmortems",
        &[
            (name, value),
            ("contributed", "yes"),
            ("status", asked.status.as_code()),
            ("kind", asked.kind.map_or("", Kind::as_code)),
            ("system", asked.system.map_or("", SystemKind::as_code)),
            ("after", &after),
            ("before", &before),
        ],
    )
}

/// "7 (5 %)"
fn share(part: usize, of: usize) -> String {
    if of == 0 {
        part.to_string()
    } else {
        format!("{part} ({} %)", percent(part, of))
    }
}

/// A whole number of hundredths, rounded.
fn percent(part: usize, of: usize) -> usize {
    (100 * part + of / 2).checked_div(of).unwrap_or_default()
}

/// A mean with one digit after the point.
fn mean(sum: usize, of: usize) -> String {
    let tenths = (10 * sum + of / 2).checked_div(of).unwrap_or_default();
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The whole table as CSV: one line per theme and quarter, each with its n.
pub(in crate::web) async fn csv(
    state: Data<State>,
    visitor: Visitor,
    query: Query<ThemesForm>,
) -> Result<HttpResponse, PageError> {
    let Query(form) = query;
    let text = blocking::read(&state, visitor, move |store, signed| {
        Ok(lines(&table(store, &signed.ctx, &form.input())?))
    })
    .await?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8; header=present")
        .insert_header((
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"themes.csv\"",
        ))
        .body(text))
}

fn lines(counted: &Counted) -> String {
    let (asked, themes) = (counted.asked, &counted.themes);
    let mut text = format!(
        "{},name,quarter,postmortems,n,tendency,status,taxonomy\r\n",
        asked.by.as_code()
    );
    for row in &themes.rows {
        for (cell, column) in row.cells.iter().zip(&themes.columns) {
            let fields = [
                quoted(&row.theme),
                quoted(counted.name(&row.theme)),
                column.quarter.code(),
                cell.count.to_string(),
                column.n.to_string(),
                row.tendency.label().to_owned(),
                asked.status.as_code().to_owned(),
                counted.taxonomy.version.clone(),
            ];
            text.push_str(&fields.join(","));
            text.push_str("\r\n");
        }
    }
    text
}

/// A field in quotation marks. What a spreadsheet would take for a formula gets an apostrophe before it.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t']);
    let apostrophe = if formula { "'" } else { "" };
    format!("\"{apostrophe}{}\"", field.replace('"', "\"\""))
}
