//! A search as an Atom feed (RFC 4287), and what all feeds have in common.
//!
//! A program asks with its token in the header, a browser with its cookie. No address lets anybody in.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::{DateTime, SecondsFormat, Utc};

use super::search::SearchParams;
use crate::app::search::{SearchInput, feed};
use crate::domain::listing::Card;
use crate::web::body::Query;
use crate::web::pages::cards::CardView;
use crate::web::problem::{ApiError, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// The `updated` of a feed in which there is nothing.
pub(super) const NEVER: &str = "1970-01-01T00:00:00Z";

#[derive(Template)]
#[template(path = "search/feed.xml")]
struct Feed {
    title: String,
    /// The feed's own address, by which it is known.
    own: String,
    /// The page of the same search.
    page: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    address: String,
    title: String,
    summary: String,
    facts: String,
    updated: String,
}

impl Entry {
    fn of(card: &Card, changed: DateTime<Utc>, base: &str) -> Self {
        let view = CardView::from(card);
        Self {
            id: card.id.to_string(),
            address: format!("{base}{}", view.address),
            title: printable(&view.title),
            summary: printable(&view.lede),
            facts: view.facts,
            updated: instant(changed),
        }
    }
}

/// A moment as feeds write it.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Where this server is reached, as the request says: a feed holds whole addresses.
pub(super) fn base(request: &HttpRequest) -> String {
    let connection = request.connection_info();
    format!("{}://{}", connection.scheme(), connection.host())
}

/// A feed as it is sent.
pub(super) fn answer(feed: &impl Template) -> HttpResponse {
    // A template fails only when memory does.
    let body = feed.render().unwrap_or_default();
    HttpResponse::Ok()
        .content_type("application/atom+xml; charset=utf-8")
        .body(body)
}

/// XML holds no control characters, not even written otherwise.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// What a search finds, the newest first, as an Atom feed. It takes what the search takes; order, limit and cursor change
/// nothing.
#[utoipa::path(get, path = "/api/v1/search/feed", params(SearchParams),
    responses((status = 200, content_type = "application/atom+xml", body = String), (status = 422, body = ProblemJson)))]
pub(in crate::web) async fn get_search_feed(
    state: Data<State>,
    request: HttpRequest,
    query: Query<SearchParams>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let Query(query) = query;
    let base = base(&request);
    let asked = request.query_string().to_owned();
    let feed = blocking::long_read(&state, visitor, move |store, signed| {
        let input = SearchInput::from(query);
        let found = feed(store, &signed.ctx, &input)?;
        let entries: Vec<Entry> = found
            .iter()
            .map(|(card, changed)| Entry::of(card, *changed, &base))
            .collect();
        let last = entries.iter().map(|entry| entry.updated.as_str()).max();
        let about = printable(&input.q);
        Ok(Feed {
            title: if about.trim().is_empty() {
                "Lessons".to_owned()
            } else {
                format!("Lessons about \u{201c}{}\u{201d}", about.trim())
            },
            own: format!("{base}/api/v1/search/feed?{asked}"),
            page: format!("{base}/search?{asked}"),
            updated: last.unwrap_or(NEVER).to_owned(),
            entries,
        })
    })
    .await?;
    Ok(answer(&feed))
}
