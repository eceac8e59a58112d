//! The table of themes as it is shown: every number with the list behind it.

use super::ThemesForm;
use crate::app::themes::{Asked, Counted};
use crate::domain::postmortem::{Kind, Status, SystemKind};
use crate::domain::themes::{By, Quarter, Row, Rung, Shade, Tendency};
use crate::web::pages::cards::{CardView, address};

/// How many rows the table shows before the others are put together, unless all are asked for.
const ROWS: usize = 12;

/// A cell: its class, its count, of how many, and the list behind it.
pub(super) struct CellView {
    pub(super) class: String,
    pub(super) count: usize,
    pub(super) of: usize,
    pub(super) list: String,
}

/// A row of the table and of the bars.
pub(super) struct RowView {
    pub(super) name: String,
    /// The page of the factor, if it is one.
    pub(super) address: Option<String>,
    pub(super) cells: Vec<CellView>,
    pub(super) tendency: &'static str,
    /// The width of the bar, from 0 to 100.
    pub(super) width: usize,
    pub(super) share: String,
    pub(super) list: String,
}

/// The table, and what stands beside it.
pub(super) struct Table {
    pub(super) asked: Asked,
    pub(super) by: &'static str,
    pub(super) n: usize,
    pub(super) rung: Rung,
    pub(super) columns: Vec<(String, usize)>,
    pub(super) rows: Vec<RowView>,
    pub(super) hidden: usize,
    pub(super) all: String,
    pub(super) csv: String,
    pub(super) cover: Option<(usize, usize)>,
    pub(super) chance: Option<(u32, usize)>,
    pub(super) tested: usize,
    pub(super) moving: bool,
    pub(super) few: Vec<CardView>,
    pub(super) apart: Option<(String, String)>,
    pub(super) ever: Option<(String, String)>,
    pub(super) statements: usize,
    pub(super) per_postmortem: String,
    pub(super) without: String,
    pub(super) inferred: String,
    pub(super) taxonomy: String,
}

impl Table {
    pub(super) fn new(counted: &Counted, form: &ThemesForm) -> Self {
        let (asked, themes) = (counted.asked, &counted.themes);
        let shown = match form.all.as_str() {
            "yes" => themes.rows.len(),
            _ if themes.rows.len() <= ROWS + 1 => themes.rows.len(),
            _ => ROWS,
        };
        let most = themes.rows.first().map_or(1, |row| row.total);
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
            ever: (counted.ever.count > themes.n)
                .then(|| (counted.ever.to_string(), everything(asked))),
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

    /// What is counted, in a word.
    pub(super) fn word(&self) -> String {
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
fn list(asked: Asked, theme: &str, from: Quarter, to: Quarter) -> String {
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

/// The list of what is counted in all quarters. (A table of them all may not fit.)
fn everything(asked: Asked) -> String {
    address(
        "/postmortems",
        &[
            ("status", asked.status.as_code()),
            ("kind", asked.kind.map_or("", Kind::as_code)),
            ("system", asked.system.map_or("", SystemKind::as_code)),
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
