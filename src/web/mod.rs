//! Floor 3: the HTTP door, for people (HTML) and for programs (JSON). No rules, no SQL.
//!
//! A handler has four moves: extract, build the input, call one use case through [`blocking`], answer.

mod address; // what addresses name
mod assets; // style sheets and scripts, with a content hash in their address
mod blocking; // the one bridge from async to the floors below
mod body; // reading forms and JSON, within limits
mod frame; // what every page has around it
mod headers; // security headers, request ids, what is logged
mod marks; // found words in quoted text
mod problem; // what went wrong, for both doors
mod served; // all of it, as the server runs it
mod state; // what handlers share
mod incoming; // what the page and the API do alike with files
mod uploads; // files that somebody sent to be imported
mod visitor; // who comes, and with what proof

mod api; // JSON
mod pages; // HTML

use actix_web::web::{self, ServiceConfig};

use headers::{request_id, security};
pub use served::{HEAD_WITHIN, KEEP_ALIVE, served};
pub use state::State;

/// Every route, in one table.
fn configure(config: &mut ServiceConfig) {
    config
        // The router tries one address after the other: the API first, which one comparison rules out for a page.
        .configure(api::routes)
        .configure(pages::routes)
        .default_service(web::to(problem::nothing_here));
}

/// The OpenAPI document, as it is served.
#[must_use]
pub fn openapi() -> String {
    api::openapi::document()
}
