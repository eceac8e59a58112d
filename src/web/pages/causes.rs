//! Recurring causes, to be read: all of them, and one with everything over the years.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::Datelike as _;

use crate::app::causes;
use crate::domain::causes::{Cause, CauseSummary};
use crate::domain::ids::CauseId;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "causes/index.html")]
struct Causes {
    frame: Frame,
    causes: Vec<CauseSummary>,
}

/// All causes that the reader may know of.
pub(in crate::web) async fn index(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, |store, signed| {
        let causes = causes::list(store, &signed.ctx)?;
        Ok(Causes {
            frame: Frame::of(signed, Part::Themes),
            causes,
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

#[derive(Template)]
#[template(path = "causes/show.html")]
struct Show {
    frame: Frame,
    cause: Cause,
    of: i64,
}

/// One cause.
pub(in crate::web) async fn show(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let id = CauseId::parse(&path).ok_or_else(Problem::not_found)?;
        let (cause, of) = causes::read(store, &signed.ctx, id)?;
        Ok(Show {
            frame: Frame::of(signed, Part::Themes),
            cause,
            of,
        })
    })
    .await?;
    Ok(frame::ok(&page))
}
