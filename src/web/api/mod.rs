//! The JSON door under `/api/v1`: JSON in, JSON out, problem+json for errors. One file per noun.

mod idempotency; // requests that must not be carried out twice
pub(in crate::web) mod openapi; // the document that describes it
pub(in crate::web) mod publication; // the gate, approval, publishing

mod differences; // how two texts differ
mod wording; // notes on wording, and answers
mod incoming; // what other programs hold
mod lint; // wording that closes learning
mod postmortems; // create, read, facts
mod sections; // sections
mod accounts; // accounts by role
mod action_list; // all actions that one may read
mod actions; // ideas and commitments
mod factors; // factor statements
mod links; // from one post-mortem to another
mod comments; // what readers say
mod members; // the people of a post-mortem
mod names; // names of people, and the roles in their place
mod own_words; // what the organisation adds to the checker
mod listing; // lists of post-mortems
mod search; // past lessons
mod feed; // a search as a feed
mod place; // moving something within its list
mod taxonomy; // categories and factors
mod session; // who is signed in
mod paste; // many events at once
mod timeline; // events
mod causes; // recurring causes
mod cause_links; // where they show
mod fixes; // what was tried and decided
mod similar; // what was said before
mod components; // what was learned about a component
mod reading_list; // chosen for people who are new
mod digest; // one week
mod themes; // what keeps coming back

use actix_web::middleware::from_fn;
use actix_web::web::{PayloadConfig, ServiceConfig, delete, get, post, put, resource, scope};

use super::body::MOST;

/// Every operation, in one table.
#[expect(
    clippy::too_many_lines,
    reason = "one table is easier to read than three"
)]
pub(in crate::web) fn routes(config: &mut ServiceConfig) {
    config.route("/api/openapi.json", get().to(openapi::show));
    config.service(
        scope("/api/v1")
            .app_data(PayloadConfig::new(MOST))
            .wrap(from_fn(idempotency::once))
            // First, because every address is held against the patterns above its own, and these are asked for most.
            .route("/search", get().to(search::search_postmortems))
            .route("/postmortems/similar", post().to(similar::similar_to_title))
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
            .route("/actions", get().to(action_list::list_actions))
            .service(
                resource("/causes")
                    .route(get().to(causes::list_causes))
                    .route(post().to(causes::create_cause)),
            )
            .service(
                resource("/causes/{id}")
                    .route(get().to(causes::get_cause))
                    .route(put().to(causes::update_cause)),
            )
            .route("/causes/{id}/decisions", post().to(fixes::create_decision))
            .route("/causes/{id}/fixes", post().to(fixes::create_fix))
            .service(
                resource("/causes/{id}/fixes/{fix}")
                    .route(put().to(fixes::update_fix))
                    .route(delete().to(fixes::delete_fix)),
            )
            .route(
                "/causes/{id}/links",
                post().to(cause_links::create_cause_link),
            )
            .route(
                "/causes/{id}/links/{link}",
                delete().to(cause_links::delete_cause_link),
            )
            .route("/causes/{id}/readers", put().to(causes::put_cause_readers))
            .service(resource("/differences").route(post().to(differences::compare_texts)))
            .service(resource("/lint").route(post().to(lint::lint_text)))
            .service(
                resource("/words")
                    .route(get().to(own_words::get_words))
                    .route(put().to(own_words::put_words)),
            )
            .route("/words.toml", get().to(own_words::get_words_file))
            .service(
                resource("/roles")
                    .route(get().to(names::get_roles))
                    .route(put().to(names::put_roles)),
            )
            .service(resource("/session").route(get().to(session::get_session)))
            .service(
                resource("/factors/similar")
                    .route(get().to(similar::similar_to_draft))
                    .route(post().to(similar::similar_to_text)),
            )
            .route(
                "/factors/{id}/similar",
                get().to(similar::similar_to_factor),
            )
            .route(
                "/postmortems/{id}/similar",
                get().to(similar::similar_to_postmortem),
            )
            .route("/imports/{format}", post().to(incoming::import_files))
            .route("/components", get().to(components::list_components))
            .route(
                "/components/{component}",
                get().to(components::get_component),
            )
            .service(
                resource("/reading-list")
                    .route(get().to(reading_list::list_reading))
                    .route(post().to(reading_list::create_chosen)),
            )
            .service(
                resource("/reading-list/{chosen}")
                    .route(put().to(reading_list::update_chosen))
                    .route(delete().to(reading_list::delete_chosen)),
            )
            .route(
                "/reading-list/{chosen}/place",
                put().to(reading_list::place_chosen),
            )
            .route("/digest/feed", get().to(digest::get_digest_feed))
            .route("/digest/{week}", get().to(digest::get_digest))
            .route("/themes", get().to(themes::get_themes))
            .route("/search/feed", get().to(feed::get_search_feed))
            .route(
                "/search/suggestions",
                get().to(search::list_search_suggestions),
            )
            .service(
                resource("/postmortems")
                    .route(get().to(listing::list_postmortems))
                    .route(post().to(postmortems::create_postmortem)),
            )
            .route(
                "/postmortems/{id}/accounts",
                post().to(accounts::create_account),
            )
            .service(
                resource("/postmortems/{id}/accounts/{account}")
                    .route(get().to(accounts::get_account))
                    .route(put().to(accounts::update_account))
                    .route(delete().to(accounts::delete_account)),
            )
            .route(
                "/postmortems/{id}/accounts/{account}/place",
                put().to(accounts::place_account),
            )
            .route(
                "/postmortems/{id}/accounts/{account}/restoration",
                post().to(accounts::restore_account),
            )
            .route(
                "/postmortems/{id}/actions",
                post().to(actions::create_action),
            )
            .service(
                resource("/postmortems/{id}/actions/{action}")
                    .route(get().to(actions::get_action))
                    .route(put().to(actions::update_action))
                    .route(delete().to(actions::delete_action)),
            )
            .route(
                "/postmortems/{id}/actions/{action}/place",
                put().to(actions::place_action),
            )
            .route(
                "/postmortems/{id}/actions/{action}/restoration",
                post().to(actions::restore_action),
            )
            .route(
                "/postmortems/{id}/actions/{action}/state",
                put().to(actions::put_action_state),
            )
            .service(
                resource("/postmortems/{id}/events")
                    .route(get().to(timeline::list_events))
                    .route(post().to(timeline::create_event)),
            )
            .route(
                "/postmortems/{id}/events/reading",
                get().to(timeline::get_reading),
            )
            .route(
                "/postmortems/{id}/events/preview",
                post().to(paste::preview_events),
            )
            .route(
                "/postmortems/{id}/events/batch",
                post().to(paste::create_events),
            )
            .service(
                resource("/postmortems/{id}/events/order").route(put().to(timeline::order_events)),
            )
            .service(
                resource("/postmortems/{id}/events/{event}")
                    .route(get().to(timeline::get_event))
                    .route(put().to(timeline::update_event))
                    .route(delete().to(timeline::delete_event)),
            )
            .route(
                "/postmortems/{id}/events/{event}/place",
                put().to(timeline::place_event),
            )
            .route(
                "/postmortems/{id}/events/{event}/restoration",
                post().to(timeline::restore_event),
            )
            .route(
                "/postmortems/{id}/factors",
                post().to(factors::create_factor),
            )
            .service(
                resource("/postmortems/{id}/factors/{statement}")
                    .route(get().to(factors::get_factor))
                    .route(put().to(factors::update_factor))
                    .route(delete().to(factors::delete_factor)),
            )
            .route(
                "/postmortems/{id}/factors/{statement}/place",
                put().to(factors::place_factor),
            )
            .route(
                "/postmortems/{id}/factors/{statement}/restoration",
                post().to(factors::restore_factor),
            )
            .route(
                "/postmortems/{id}/findings",
                get().to(wording::list_findings),
            )
            .service(
                resource("/postmortems/{id}/findings/{finding}")
                    .route(put().to(wording::answer_finding))
                    .route(delete().to(wording::take_answer_back)),
            )
            .service(
                resource("/postmortems/{id}/comments")
                    .route(get().to(comments::list_comments))
                    .route(post().to(comments::create_comment)),
            )
            .service(
                resource("/postmortems/{id}/comments/{comment}")
                    .route(get().to(comments::get_comment))
                    .route(put().to(comments::put_comment))
                    .route(delete().to(comments::delete_comment)),
            )
            .service(
                resource("/postmortems/{id}/comments/{comment}/resolution")
                    .route(put().to(comments::resolve_thread))
                    .route(delete().to(comments::reopen_thread)),
            )
            .service(
                resource("/postmortems/{id}/links")
                    .route(get().to(links::list_links))
                    .route(post().to(links::create_link)),
            )
            .route(
                "/postmortems/{id}/links/{link}",
                delete().to(links::delete_link),
            )
            .route("/postmortems/{id}/names", get().to(names::list_names))
            .route(
                "/postmortems/{id}/names/replacement",
                post().to(names::replace_name),
            )
            .service(
                resource("/postmortems/{id}/names/{named}")
                    .route(put().to(names::keep_name))
                    .route(delete().to(names::take_name_back)),
            )
            .route("/postmortems/{id}/members", get().to(members::list_members))
            .service(
                resource("/postmortems/{id}/members/{person}")
                    .route(put().to(members::put_member))
                    .route(delete().to(members::delete_member)),
            )
            .route(
                "/postmortems/{id}/shepherd",
                put().to(members::put_shepherd),
            )
            .route(
                "/webhooks/alertmanager",
                post().to(incoming::receive_alerts),
            )
            .route("/taxonomy", get().to(taxonomy::get_taxonomy))
            .route(
                "/taxonomy/suggestions",
                get().to(taxonomy::list_suggestions),
            )
            .route(
                "/taxonomy/{factor}",
                get().to(taxonomy::get_taxonomy_factor),
            )
            .service(
                resource("/postmortems/{id}/sections/{key}/unused")
                    .route(post().to(sections::keep_unused_section)),
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
