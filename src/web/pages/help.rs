//! How to write a first post-mortem.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::web::frame::{self, Frame, Part};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "help/index.html")]
struct Help {
    frame: Frame,
}

/// The help page; it can be read by anybody.
pub(in crate::web) async fn show(state: web::Data<State>, visitor: Visitor) -> HttpResponse {
    let frame = blocking::read(&state, visitor, |_, signed| {
        Ok(Frame::of(signed, Part::Other))
    })
    .await;
    frame::ok(&Help {
        frame: frame.unwrap_or_else(|_| Frame::outside()),
    })
}
