//! The JSON door under `/api/v1`: JSON in, JSON out, problem+json for errors. One file per noun.

mod idempotency; // requests that must not be carried out twice
pub(in crate::web) mod openapi; // the document that describes it
pub(in crate::web) mod publication; // the gate, approval, publishing

mod postmortems; // create, read, facts
mod sections; // sections

use actix_web::middleware::from_fn;
use actix_web::web::{PayloadConfig, ServiceConfig, delete, get, post, put, resource, scope};

use super::body::MOST;

/// Every operation, in one table.
pub(in crate::web) fn routes(config: &mut ServiceConfig) {
    config.route("/api/openapi.json", get().to(openapi::show));
    config.service(
        scope("/api/v1")
            .app_data(PayloadConfig::new(MOST))
            .wrap(from_fn(idempotency::once))
            .service(resource("/postmortems").route(post().to(postmortems::create_postmortem)))
            .service(
                resource("/postmortems/{id}")
                    .route(get().to(postmortems::get_postmortem))
                    .route(put().to(postmortems::update_postmortem)),
            )
            .service(
                resource("/postmortems/{id}/sections/{key}")
                    .route(get().to(sections::get_section))
                    .route(put().to(sections::put_section)),
            )
            .service(
                resource("/postmortems/{id}/publication")
                    .route(get().to(publication::get_publication))
                    .route(put().to(publication::publish_postmortem))
                    .route(delete().to(publication::withdraw_postmortem)),
            )
            .service(
                resource("/postmortems/{id}/approval")
                    .route(put().to(publication::approve_postmortem))
                    .route(delete().to(publication::unapprove_postmortem)),
            )
            .service(resource("/postmortems/{id}/review").route(put().to(publication::open_review)))
            .service(
                resource("/postmortems/{id}/readers").route(put().to(publication::confirm_readers)),
            ),
    );
}
