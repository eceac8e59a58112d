//! What keeps coming back: the table of a period, and the same as CSV.

mod table; // its numbers, and the lists behind them
mod csv; // for a spreadsheet

pub(in crate::web) use csv::csv;

use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;

use super::cards::address;
use crate::app::FieldProblem;
use crate::app::listing::ListError;
use crate::app::themes::{self, ThemesInput};
use crate::domain::postmortem::{Kind, Status, SystemKind};
use crate::domain::themes::{By, Rung};
use crate::web::body::Query;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};
use table::Table;

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

/// What is shown in place of the table where a period cannot be read.
#[derive(Template)]
#[template(path = "themes/show.html")]
struct Show {
    frame: Frame,
    form: ThemesForm,
    errors: Vec<FieldProblem>,
    table: Option<Table>,
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
    let page = blocking::long_read(&state, visitor, move |store, signed| {
        let frame = Frame::of(signed, Part::Themes);
        let (table, errors) = match themes::table(store, &signed.ctx, &form.input()) {
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
