//! What every page has around it, and how pages are sent.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpResponse, HttpResponseBuilder};
use askama::Template;

use super::assets;
use super::blocking::Signed;
use crate::domain::ids::PersonId;
use crate::domain::people::Role;

/// The parts of the main navigation, to mark the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Part {
    /// Home, account, and other pages that are no part.
    Other,
    /// Post-mortems.
    PostMortems,
    /// Themes and recurring causes.
    Themes,
    /// Actions.
    Actions,
    /// The taxonomy.
    Taxonomy,
}

/// What the layout needs to know.
#[derive(Debug, Clone)]
pub(in crate::web) struct Frame {
    /// Where the style sheet lies.
    pub(in crate::web) style: &'static str,
    /// Where the scripts lie.
    pub(in crate::web) scripts: &'static str,
    /// How the person is called; nobody is signed in if `None`.
    pub(in crate::web) person: Option<String>,
    /// Their id, under which the browser keeps words that are not saved yet.
    pub(in crate::web) person_id: Option<PersonId>,
    /// What our forms send back.
    pub(in crate::web) csrf: String,
    /// Whether the person may write.
    pub(in crate::web) writes: bool,
    /// Whether the person manages people.
    pub(in crate::web) administers: bool,
    /// The current part.
    pub(in crate::web) part: Part,
    /// What stands in the search box.
    pub(in crate::web) query: String,
}

impl Frame {
    /// The frame for a signed-in person.
    pub(in crate::web) fn of(signed: &Signed, part: Part) -> Self {
        Self {
            style: assets::style(),
            scripts: assets::scripts(),
            person: Some(signed.name.clone()),
            person_id: Some(signed.ctx.actor.person),
            csrf: signed.form_token.clone(),
            writes: signed.ctx.actor.role >= Role::Writer,
            administers: signed.ctx.actor.role >= Role::Administrator,
            part,
            query: String::new(),
        }
    }

    /// The frame for somebody who is not signed in.
    pub(in crate::web) fn outside() -> Self {
        Self {
            style: assets::style(),
            scripts: assets::scripts(),
            person: None,
            person_id: None,
            csrf: String::new(),
            writes: false,
            administers: false,
            part: Part::Other,
            query: String::new(),
        }
    }

    /// Whether a part is the current one.
    pub(in crate::web) fn is(&self, part: &str) -> bool {
        let current = match self.part {
            Part::Other => "",
            Part::PostMortems => "postmortems",
            Part::Themes => "themes",
            Part::Actions => "actions",
            Part::Taxonomy => "taxonomy",
        };
        current == part
    }

    /// The program's version, for the foot of the page.
    pub(in crate::web) const fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

/// Sends a page.
pub(in crate::web) fn html(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(text) => HttpResponseBuilder::new(status)
            .content_type("text/html; charset=utf-8")
            .body(text),
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            HttpResponse::InternalServerError()
                .content_type("text/plain")
                .body("That went wrong on our side. Nothing was changed.")
        }
    }
}

/// Sends a page that is well.
pub(in crate::web) fn ok(page: &impl Template) -> HttpResponse {
    html(StatusCode::OK, page)
}

/// Sends a form back with what is to be mended; everything typed is still in it.
pub(in crate::web) fn again(page: &impl Template) -> HttpResponse {
    html(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// Sends the browser elsewhere after a change.
pub(in crate::web) fn see(place: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, place))
        .finish()
}
