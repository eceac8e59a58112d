//! The HTML door: forms in, templates out. One file per noun.

mod account; // password and tokens
mod accounts; // accounts by role
mod actions; // ideas and commitments
mod again; // forms that come back
mod editor; // the page on which a post-mortem is written
mod factors; // factor statements
mod gate; // what stands between a text and its readers
mod health; // whether the program and its store answer
mod help; // how to write a first one
pub(in crate::web) mod cards; // post-mortems in lists
mod home; // what waits, and what is new
mod listing; // the list of post-mortems
mod search; // past lessons
mod history; // versions and differences
mod export; // one post-mortem as a file
mod incoming; // bringing in what other programs hold
mod links; // from one post-mortem to another
mod comments; // what readers say
mod members; // the people of a post-mortem
mod names; // names of people, and the roles in their place
mod own_words; // what the organisation adds to the checker
mod people; // people and roles
mod postmortems; // new, read, facts
mod publication; // the gate, review, approval
mod row; // what is done alike to accounts, findings and actions
mod sections; // saving a section
mod sessions; // set up, sign in, sign out
mod timeline; // events
mod wording; // notes on wording
mod taxonomy; // categories and factors
mod causes; // recurring causes
mod similar; // what was said before
mod components; // what was learned about a component
mod reading_list; // chosen for people who are new
pub(in crate::web) mod digest; // one week
mod themes; // what keeps coming back

use actix_web::web::{ServiceConfig, get, post, resource};

use super::assets;

/// Every page, in one table.
#[expect(
    clippy::too_many_lines,
    reason = "one table is easier to read than three"
)]
pub(in crate::web) fn routes(config: &mut ServiceConfig) {
    config
        // First, because every address is held against the patterns above its own, and this is what people read.
        .route("/postmortems/new", get().to(postmortems::new))
        .route(
            "/postmortems/new/findings",
            post().to(postmortems::consider),
        )
        .route("/postmortems/{id}", get().to(postmortems::show))
        .route("/healthz", get().to(health::alive))
        .route("/readyz", get().to(health::ready))
        .route("/a/{hash}/{name:.*}", get().to(assets::show))
        .route("/help", get().to(help::show))
        .service(
            resource("/setup")
                .route(get().to(sessions::setup))
                .route(post().to(sessions::set_up)),
        )
        .route("/session/new", get().to(sessions::new))
        .route("/session", post().to(sessions::create))
        .route("/session/end", post().to(sessions::delete))
        .route("/account", get().to(account::show))
        .route("/account/password", post().to(account::change_password))
        .route("/account/tokens", post().to(account::create_token))
        .route(
            "/account/tokens/{token}/removal",
            post().to(account::revoke_token),
        )
        .service(
            resource("/people")
                .route(get().to(people::index))
                .route(post().to(people::create)),
        )
        .route("/people/{person}", post().to(people::update))
        .service(
            resource("/words")
                .route(get().to(own_words::show))
                .route(post().to(own_words::update)),
        )
        .route("/words/trial", post().to(own_words::try_text))
        .service(
            resource("/roles")
                .route(get().to(names::show_roles))
                .route(post().to(names::update_roles)),
        )
        .service(
            resource("/causes")
                .route(get().to(causes::index))
                .route(post().to(causes::create)),
        )
        .route("/causes/new", get().to(causes::new))
        .service(
            resource("/causes/{id}")
                .route(get().to(causes::show))
                .route(post().to(causes::update)),
        )
        .route("/causes/{id}/edit", get().to(causes::edit))
        .route("/causes/{id}/history", get().to(causes::history))
        .route("/causes/{id}/readers", post().to(causes::move_home))
        .route("/causes/{id}/links", post().to(causes::link))
        .route(
            "/causes/{id}/links/{link}/removal",
            post().to(causes::unlink),
        )
        .route("/causes/{id}/fixes", post().to(causes::add_fix))
        .route("/causes/{id}/fixes/{fix}", post().to(causes::change_fix))
        .route(
            "/causes/{id}/fixes/{fix}/removal",
            post().to(causes::remove_fix),
        )
        .route("/causes/{id}/decisions", post().to(causes::decide))
        .route("/factors/{id}/similar", get().to(similar::show))
        .route("/themes", get().to(themes::show))
        .route("/themes.csv", get().to(themes::csv))
        .route("/", get().to(home::show))
        .route("/search", get().to(search::index))
        .service(
            resource("/postmortems")
                .route(get().to(listing::index))
                .route(post().to(postmortems::create)),
        )
        .route("/postmortems/{id}/edit", get().to(editor::edit))
        .service(
            resource("/postmortems/{id}/facts")
                .route(get().to(postmortems::edit_facts))
                .route(post().to(postmortems::update_facts)),
        )
        .route("/postmortems/{id}/accounts", post().to(accounts::create))
        .route(
            "/postmortems/{id}/accounts/{account}",
            post().to(accounts::update),
        )
        .route(
            "/postmortems/{id}/accounts/{account}/place",
            post().to(accounts::place),
        )
        .route(
            "/postmortems/{id}/accounts/{account}/removal",
            post().to(accounts::delete),
        )
        .route(
            "/postmortems/{id}/accounts/{account}/restoration",
            post().to(accounts::restore),
        )
        .route("/postmortems/{id}/actions", post().to(actions::create))
        .route(
            "/postmortems/{id}/actions/{action}",
            post().to(actions::update),
        )
        .route(
            "/postmortems/{id}/actions/{action}/place",
            post().to(actions::place),
        )
        .route(
            "/postmortems/{id}/actions/{action}/removal",
            post().to(actions::delete),
        )
        .route(
            "/postmortems/{id}/actions/{action}/restoration",
            post().to(actions::restore),
        )
        .route(
            "/postmortems/{id}/actions/{action}/state",
            post().to(actions::reconsider),
        )
        .route("/postmortems/{id}/factors", post().to(factors::create))
        .route(
            "/postmortems/{id}/factors/{factor}",
            post().to(factors::update),
        )
        .route(
            "/postmortems/{id}/factors/{factor}/place",
            post().to(factors::place),
        )
        .route(
            "/postmortems/{id}/factors/{factor}/removal",
            post().to(factors::delete),
        )
        .route(
            "/postmortems/{id}/factors/{factor}/restoration",
            post().to(factors::restore),
        )
        .route("/postmortems/{id}/findings", post().to(wording::consider))
        .route(
            "/postmortems/{id}/findings/{finding}",
            post().to(wording::keep),
        )
        .route(
            "/postmortems/{id}/findings/{finding}/removal",
            post().to(wording::take_back),
        )
        .route(
            "/postmortems/{id}/findings/{finding}/rewrite",
            post().to(wording::rewrite),
        )
        .route("/postmortems/{id}/comments", post().to(comments::create))
        .route(
            "/postmortems/{id}/comments/{comment}",
            post().to(comments::update),
        )
        .route(
            "/postmortems/{id}/comments/{comment}/removal",
            post().to(comments::delete),
        )
        .route(
            "/postmortems/{id}/comments/{comment}/resolution",
            post().to(comments::resolve),
        )
        .route(
            "/postmortems/{id}/comments/{comment}/resolution/removal",
            post().to(comments::reopen),
        )
        .route("/postmortems/{id}/links", post().to(links::create))
        .route(
            "/postmortems/{id}/links/{link}/removal",
            post().to(links::delete),
        )
        .route("/postmortems/{id}/names", get().to(names::show))
        .route(
            "/postmortems/{id}/names/replacement",
            post().to(names::replace),
        )
        .route("/postmortems/{id}/names/{named}", post().to(names::keep))
        .route(
            "/postmortems/{id}/names/{named}/removal",
            post().to(names::take_back),
        )
        .service(
            resource("/postmortems/{id}/people")
                .route(get().to(members::index))
                .route(post().to(members::put)),
        )
        .route(
            "/postmortems/{id}/people/{person}/removal",
            post().to(members::delete),
        )
        .route("/postmortems/{id}/shepherd", post().to(members::hand_over))
        .route("/postmortems/{id}/similar", get().to(similar::past))
        .service(
            resource("/reading-list")
                .route(get().to(reading_list::index))
                .route(post().to(reading_list::create)),
        )
        .route("/reading-list/{chosen}", post().to(reading_list::update))
        .route(
            "/reading-list/{chosen}/place",
            post().to(reading_list::place),
        )
        .route(
            "/reading-list/{chosen}/removal",
            post().to(reading_list::delete),
        )
        .route("/components", get().to(components::index))
        .route("/components/{component}", get().to(components::show))
        .route("/digest", get().to(digest::this_week))
        .route("/digest/{week}", get().to(digest::show))
        .route("/actions", get().to(actions::index))
        .route("/taxonomy", get().to(taxonomy::index))
        .route("/taxonomy/{factor}", get().to(taxonomy::show))
        .route(
            "/postmortems/{id}/sections/{key}",
            post().to(sections::update),
        )
        .route(
            "/postmortems/{id}/sections/{key}/unused",
            post().to(sections::set_unused),
        )
        .route("/postmortems/{id}/events", post().to(timeline::create))
        .route(
            "/postmortems/{id}/events/batch",
            post().to(timeline::create_many),
        )
        .route("/postmortems/{id}/events/order", post().to(timeline::order))
        .route(
            "/postmortems/{id}/events/paste",
            post().to(timeline::preview),
        )
        .route(
            "/postmortems/{id}/events/{event}",
            post().to(timeline::update),
        )
        .route(
            "/postmortems/{id}/events/{event}/place",
            post().to(timeline::place),
        )
        .route(
            "/postmortems/{id}/events/{event}/removal",
            post().to(timeline::delete),
        )
        .route(
            "/postmortems/{id}/events/{event}/restoration",
            post().to(timeline::restore),
        )
        .route("/postmortems/{id}/gate", get().to(gate::show))
        .route("/postmortems/{id}/original", get().to(incoming::original))
        .service(
            resource("/import")
                .route(get().to(incoming::new))
                .route(post().to(incoming::create)),
        )
        .service(
            resource("/import/{upload}")
                .route(get().to(incoming::show))
                .route(post().to(incoming::update)),
        )
        .route("/postmortems/{id}/history", get().to(history::index))
        .route("/postmortems/{id}/export.md", get().to(export::markdown))
        .route("/postmortems/{id}/export.json", get().to(export::json))
        .service(
            resource("/postmortems/{id}/publication")
                .route(get().to(publication::show))
                .route(post().to(publication::create)),
        )
        .route(
            "/postmortems/{id}/publication/withdrawal",
            post().to(publication::delete),
        )
        .route(
            "/postmortems/{id}/review",
            post().to(publication::open_review),
        )
        .route(
            "/postmortems/{id}/approval",
            post().to(publication::approve),
        )
        .route(
            "/postmortems/{id}/readers",
            post().to(publication::confirm_readers),
        );
}
