//! The home page: what waits, and what is new to learn.

use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;

use super::cards::{CardView, day};
use crate::app::listing;
use crate::domain::causes::CauseSummary;
use crate::domain::listing::{Card, Unfinished};
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "home/show.html")]
struct Show {
    frame: Frame,
    yours: Vec<Yours>,
    to_read: Vec<CardView>,
    to_tell: Vec<CardView>,
    lessons: Vec<CardView>,
    year_ago: Vec<CardView>,
    recurring: Vec<CauseSummary>,
    empty: bool,
}

/// Something that one writes.
struct Yours {
    card: CardView,
    /// The page on which one writes on.
    edit: String,
    progress: String,
}

impl From<Unfinished> for Yours {
    fn from(one: Unfinished) -> Self {
        let rows = match one.events {
            0 => "no timeline yet".to_owned(),
            1 => "timeline 1 event".to_owned(),
            many => format!("timeline {many} events"),
        };
        let parts = match one.empty_parts {
            0 => "every part has words".to_owned(),
            1 => "1 part empty".to_owned(),
            many => format!("{many} parts empty"),
        };
        let saved = day(one.updated_at.date_naive());
        let kind = one.card.kind.label();
        Self {
            edit: format!("/postmortems/{}/edit", one.card.id),
            progress: format!("{kind} · {rows} · {parts} · saved {saved}"),
            card: CardView::from(&one.card),
        }
    }
}

/// What waits for the person, and what is new to learn.
pub(in crate::web) async fn show(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let home = listing::home(store, &signed.ctx)?;
        let views = |cards: &[Card]| cards.iter().map(CardView::from).collect();
        Ok(Show {
            frame: Frame::of(signed, Part::Other),
            yours: home.unfinished.into_iter().map(Yours::from).collect(),
            to_read: views(&home.to_read),
            to_tell: views(&home.to_tell),
            lessons: views(&home.new_lessons),
            year_ago: views(&home.year_ago),
            recurring: home.recurring,
            empty: home.empty,
        })
    })
    .await?;
    Ok(frame::ok(&page))
}
