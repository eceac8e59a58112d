//! What keeps coming back, counted, over the API.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::listing::CardJson;
use crate::app::themes::{Counted, ThemesInput, table};
use crate::domain::themes::{Cell, Row, Shade};
use crate::web::body::Query;
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// What is counted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct ThemesParams {
    /// The first quarter, as `2026-Q3` or a day in it; five before the last one if left out.
    from: Option<String>,
    /// The last quarter, likewise; the present one if left out.
    to: Option<String>,
    /// `factor` (the default), `category` or `component`.
    by: Option<String>,
    /// `incident`, `crisis`, `near-miss` or `success`.
    kind: Option<String>,
    /// `computer`, `people` or `both`.
    system: Option<String>,
    /// `published` (the default) or `archived`; the two are never mixed.
    status: Option<String>,
}

/// The table. A theme counts once per post-mortem, and only what contributed or weakened the response counts.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct ThemesJson {
    by: String,
    status: String,
    /// The first day.
    from: NaiveDate,
    /// The day after the last one.
    before: NaiveDate,
    /// How many post-mortems count.
    n: usize,
    /// What may be said: `list` (fewer than 8 post-mortems), `provisional` (fewer than 20) or `settled`.
    says: String,
    /// How many of the period have the other status, and so are not in the table.
    counted_apart: usize,
    /// How many statements contributed.
    statements: usize,
    /// How many of them name no theme: uncoded, or without a component.
    without: usize,
    /// How many of them are inferred; they count, and are left out of the test for a tendency.
    inferred: usize,
    taxonomy_version: String,
    quarters: Vec<QuarterJson>,
    /// The most frequent first.
    rows: Vec<ThemeRowJson>,
    /// A few themes that together touch four in five post-mortems, or as many as any can.
    cover: ThemeCoverJson,
    /// The post-mortems themselves, where there are too few to count.
    few: Vec<CardJson>,
}

/// A quarter of the period.
#[derive(Debug, Serialize, ToSchema)]
struct QuarterJson {
    /// `2026-Q3`.
    quarter: String,
    /// How many post-mortems count in it.
    n: usize,
}

/// A theme over the period.
#[derive(Debug, Serialize, ToSchema)]
struct ThemeRowJson {
    /// A factor's or category's id, or a component's name in small letters.
    theme: String,
    name: String,
    /// In how many post-mortems of the period.
    total: usize,
    /// Of how many.
    n: usize,
    /// The 95 % interval of its share, after Wilson.
    interval: [f64; 2],
    /// `rising`, `fading`, `steady` or `too-few`: the last two quarters against the four before.
    tendency: String,
    quarters: Vec<ThemeCellJson>,
}

/// A theme in a quarter.
#[derive(Debug, Serialize, ToSchema)]
struct ThemeCellJson {
    quarter: String,
    /// In how many post-mortems of the quarter.
    count: usize,
    /// Of how many.
    n: usize,
    /// From 0 to 5 against the greatest share in the table; `null` where the quarter has fewer than five.
    step: Option<u8>,
}

/// Themes that together touch many post-mortems.
#[derive(Debug, Serialize, ToSchema)]
struct ThemeCoverJson {
    themes: Vec<String>,
    /// How many post-mortems they touch.
    touched: usize,
    /// Of how many.
    n: usize,
}

impl From<ThemesParams> for ThemesInput {
    fn from(params: ThemesParams) -> Self {
        let ThemesParams {
            from,
            to,
            by,
            kind,
            system,
            status,
        } = params;
        Self {
            from,
            to,
            by,
            kind,
            system,
            status,
        }
    }
}

impl From<&Counted> for ThemesJson {
    fn from(counted: &Counted) -> Self {
        let (asked, themes) = (counted.asked, &counted.themes);
        Self {
            by: asked.by.as_code().to_owned(),
            status: asked.status.as_code().to_owned(),
            from: asked.from.first_day(),
            before: asked.to.next().first_day(),
            n: themes.n,
            says: themes.rung().as_code().to_owned(),
            counted_apart: counted.apart.count,
            statements: themes.statements,
            without: themes.without,
            inferred: themes.inferred,
            taxonomy_version: counted.taxonomy.version.clone(),
            quarters: themes
                .columns
                .iter()
                .map(|column| QuarterJson {
                    quarter: column.quarter.code(),
                    n: column.n,
                })
                .collect(),
            rows: themes
                .rows
                .iter()
                .map(|row| row_json(counted, row))
                .collect(),
            cover: ThemeCoverJson {
                themes: themes.cover.themes.clone(),
                touched: themes.cover.touched,
                n: themes.cover.of,
            },
            few: counted.few.iter().map(CardJson::from).collect(),
        }
    }
}

fn row_json(counted: &Counted, row: &Row) -> ThemeRowJson {
    let columns = &counted.themes.columns;
    let cell = |cell: &Cell, quarter: String, n: usize| ThemeCellJson {
        quarter,
        count: cell.count,
        n,
        step: match cell.shade {
            Shade::Few => None,
            Shade::Step(step) => Some(step),
        },
    };
    ThemeRowJson {
        theme: row.theme.clone(),
        name: counted.name(&row.theme).to_owned(),
        total: row.total,
        n: counted.themes.n,
        interval: [row.interval.0, row.interval.1],
        tendency: row.tendency.as_code().to_owned(),
        quarters: row
            .cells
            .iter()
            .zip(columns)
            .map(|(found, column)| cell(found, column.quarter.code(), column.n))
            .collect(),
    }
}

/// Counts in how many post-mortems a factor, category or component contributed, quarter by quarter.
#[utoipa::path(get, path = "/api/v1/themes", params(ThemesParams),
    responses((status = 200, body = ThemesJson), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn get_themes(
    state: Data<State>,
    query: Query<ThemesParams>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let input = ThemesInput::from(query.0);
    let counted = blocking::long_read(&state, visitor, move |store, signed| {
        Ok(table(store, &signed.ctx, &input)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(ThemesJson::from(&counted)))
}
