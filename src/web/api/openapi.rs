//! The OpenAPI 3.1 document.

use actix_web::HttpResponse;
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

use super::{
    accounts, action_list, actions, cause_links, causes, comments, components, differences, digest,
    factors, feed, fixes, incoming, links, lint, listing, members, names, own_words, paste,
    postmortems, publication, reading_list, search, sections, session, similar, taxonomy, themes,
    timeline, wording,
};
use crate::web::problem::ProblemJson;

#[derive(OpenApi)]
#[openapi(
    info(title = "Second Story", description = "Blameless post-mortems, and what keeps coming back.", license(name = "MIT")),
    paths(
        search::search_postmortems,
        search::list_search_suggestions,
        feed::get_search_feed,
        listing::list_postmortems,
        postmortems::create_postmortem,
        postmortems::get_postmortem,
        postmortems::update_postmortem,
        accounts::create_account,
        accounts::get_account,
        accounts::update_account,
        accounts::delete_account,
        accounts::place_account,
        accounts::restore_account,
        action_list::list_actions,
        actions::create_action,
        actions::get_action,
        actions::update_action,
        actions::delete_action,
        actions::place_action,
        actions::restore_action,
        actions::put_action_state,
        timeline::list_events,
        timeline::create_event,
        timeline::get_reading,
        paste::preview_events,
        paste::create_events,
        timeline::order_events,
        timeline::get_event,
        timeline::update_event,
        timeline::delete_event,
        timeline::place_event,
        timeline::restore_event,
        factors::create_factor,
        factors::get_factor,
        factors::update_factor,
        factors::delete_factor,
        factors::place_factor,
        factors::restore_factor,
        causes::list_causes,
        causes::create_cause,
        causes::get_cause,
        causes::update_cause,
        causes::put_cause_readers,
        cause_links::create_cause_link,
        cause_links::delete_cause_link,
        fixes::create_fix,
        fixes::update_fix,
        fixes::delete_fix,
        fixes::create_decision,
        similar::similar_to_draft,
        similar::similar_to_text,
        similar::similar_to_factor,
        similar::similar_to_postmortem,
        similar::similar_to_title,
        components::list_components,
        components::get_component,
        reading_list::list_reading,
        reading_list::create_chosen,
        reading_list::update_chosen,
        reading_list::delete_chosen,
        reading_list::place_chosen,
        digest::get_digest,
        digest::get_digest_feed,
        themes::get_themes,
        wording::list_findings,
        wording::answer_finding,
        wording::take_answer_back,
        own_words::get_words,
        own_words::put_words,
        own_words::get_words_file,
        names::list_names,
        names::replace_name,
        names::keep_name,
        names::take_name_back,
        names::get_roles,
        names::put_roles,
        comments::list_comments,
        comments::create_comment,
        comments::get_comment,
        comments::put_comment,
        comments::delete_comment,
        comments::resolve_thread,
        comments::reopen_thread,
        links::list_links,
        links::create_link,
        links::delete_link,
        members::list_members,
        members::put_member,
        members::delete_member,
        members::put_shepherd,
        taxonomy::get_taxonomy,
        taxonomy::list_suggestions,
        taxonomy::get_taxonomy_factor,
        sections::get_section,
        sections::put_section,
        sections::keep_unused_section,
        differences::compare_texts,
        lint::lint_text,
        incoming::receive_alerts,
        incoming::import_files,
        session::get_session,
        publication::get_publication,
        publication::publish_postmortem,
        publication::withdraw_postmortem,
        publication::approve_postmortem,
        publication::unapprove_postmortem,
        publication::open_review,
        publication::confirm_readers,
    ),
    components(schemas(ProblemJson)),
    modifiers(&Tokens),
    security(("token" = []))
)]
struct Document;

struct Tokens;

impl utoipa::Modify for Tokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        components.add_security_scheme(
            "token",
            SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
        );
    }
}

/// The document as text.
pub(in crate::web) fn document() -> String {
    Document::openapi().to_pretty_json().unwrap_or_default()
}

/// Sends the document.
pub(in crate::web) async fn show() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .body(document())
}
