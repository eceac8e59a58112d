//! The table of themes for a spreadsheet.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;

use super::ThemesForm;
use crate::app::themes::{self, Counted};
use crate::web::body::Query;
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// The whole table as CSV: one line per theme and quarter, each with its n.
pub(in crate::web) async fn csv(
    state: Data<State>,
    visitor: Visitor,
    query: Query<ThemesForm>,
) -> Result<HttpResponse, PageError> {
    let Query(form) = query;
    let text = blocking::long_read(&state, visitor, move |store, signed| {
        Ok(lines(&themes::table(store, &signed.ctx, &form.input())?))
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
