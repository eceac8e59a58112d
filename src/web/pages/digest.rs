//! One week: what was published in it, and what it brings back.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;

use super::cards::{CardView, day};
use super::similar::{Causes, causes};
use crate::app::digest;
use crate::domain::digest::{Digest, Week};
use crate::domain::listing::Card;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "digest/show.html")]
struct Show {
    frame: Frame,
    days: String,
    quiet: bool,
    running: bool,
    published: Vec<CardView>,
    recurring: Causes,
    year_ago: Vec<CardView>,
    /// The post-mortem that has its turn on the reading list, and its question.
    again: Option<(CardView, String)>,
    before: String,
    /// `None` in the week that is running.
    after: Option<String>,
}

impl Show {
    fn new(frame: Frame, digest: &Digest, this: Week) -> Self {
        let views = |cards: &[Card]| cards.iter().map(CardView::from).collect();
        let Digest { week, .. } = digest;
        Self {
            frame,
            days: days(*week),
            quiet: digest.is_quiet(),
            running: *week >= this,
            published: views(&digest.published),
            recurring: causes(&digest.recurring),
            year_ago: views(&digest.year_ago),
            again: digest.again.as_ref().map(|chosen| {
                let question = chosen.question.as_str().to_owned();
                (CardView::from(&chosen.card), question)
            }),
            before: address(week.before()),
            after: (*week < this).then(|| address(week.after())),
        }
    }
}

/// The page of a week.
pub(in crate::web) fn address(week: Week) -> String {
    format!("/digest/{week}")
}

/// The days of a week as people write them.
pub(in crate::web) fn days(week: Week) -> String {
    format!("{} to {}", day(week.first_day()), day(week.last_day()))
}

/// The week that is running.
pub(in crate::web) async fn this_week(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    page(state, visitor, None).await
}

/// Any week.
pub(in crate::web) async fn show(
    state: Data<State>,
    visitor: Visitor,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    page(state, visitor, Some(path.into_inner())).await
}

async fn page(
    state: Data<State>,
    visitor: Visitor,
    named: Option<String>,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let this = Week::of(signed.ctx.now.date_naive());
        let week = match named {
            None => this,
            Some(named) => Week::parse(&named).ok_or_else(Problem::not_found)?,
        };
        let digest = digest::read(store, &signed.ctx, week)?;
        Ok(Show::new(Frame::of(signed, Part::Other), &digest, this))
    })
    .await?;
    Ok(frame::ok(&page))
}
