//! One week over the API.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::feed::{NEVER, answer, base, instant, printable};
use super::listing::CardJson;
use super::reading_list::ChosenJson;
use crate::app::digest;
use crate::domain::digest::{Digest, Week};
use crate::domain::listing::Card;
use crate::web::pages::cards::CardView;
use crate::web::pages::digest::{address, days};
use crate::web::problem::{ApiError, Problem, ProblemJson};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// What a week has to tell. Weeks are those of ISO 8601, in UTC.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct DigestJson {
    /// `2026-W48`.
    week: String,
    first_day: NaiveDate,
    last_day: NaiveDate,
    /// What was published in it, first one first.
    published: Vec<CardJson>,
    /// Recurring causes in which something was linked in it.
    recurring: Vec<SeenAgainJson>,
    /// What is filed under the same week a year ago.
    year_ago: Vec<CardJson>,
    /// The post-mortem of the reading list that has its turn.
    again: Option<ChosenJson>,
}

/// A recurring cause.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web) struct SeenAgainJson {
    id: String,
    statement: String,
}

impl From<&Digest> for DigestJson {
    fn from(digest: &Digest) -> Self {
        let cards = |cards: &[Card]| cards.iter().map(CardJson::from).collect();
        Self {
            week: digest.week.to_string(),
            first_day: digest.week.first_day(),
            last_day: digest.week.last_day(),
            published: cards(&digest.published),
            recurring: digest
                .recurring
                .iter()
                .map(|(id, words)| SeenAgainJson {
                    id: id.to_string(),
                    statement: words.as_str().to_owned(),
                })
                .collect(),
            year_ago: cards(&digest.year_ago),
            again: digest.again.as_ref().map(ChosenJson::from),
        }
    }
}

/// Says what a week has to tell: `2026-W48`, or `this`.
#[utoipa::path(get, path = "/api/v1/digest/{week}", params(("week" = String, Path)),
    responses((status = 200, body = DigestJson), (status = 404, body = ProblemJson)))]
pub(in crate::web) async fn get_digest(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let told = blocking::read(&state, visitor, move |store, signed| {
        let week = match path.as_str() {
            "this" => Some(Week::of(signed.ctx.now.date_naive())),
            named => Week::parse(named),
        };
        let week = week.ok_or_else(Problem::not_found)?;
        Ok(digest::read(store, &signed.ctx, week)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(DigestJson::from(&told)))
}

/// Weeks as an Atom feed (RFC 4287).
#[derive(Template)]
#[template(path = "digest/feed.xml")]
struct Feed {
    base: String,
    updated: String,
    weeks: Vec<WeekEntry>,
}

/// A week of the feed. Its lists are those of the page.
struct WeekEntry {
    address: String,
    days: String,
    updated: String,
    lists: Vec<(&'static str, Vec<Item>)>,
}

/// A line of a list.
struct Item {
    address: String,
    words: String,
    facts: String,
}

impl Item {
    fn of(card: &Card) -> Self {
        let view = CardView::from(card);
        Self {
            address: view.address,
            words: printable(&view.title),
            facts: printable(&view.lede),
        }
    }
}

impl From<&Digest> for WeekEntry {
    fn from(digest: &Digest) -> Self {
        let cards = |cards: &[Card]| cards.iter().map(Item::of).collect();
        let causes = digest.recurring.iter().map(|(id, words)| Item {
            address: format!("/causes/{id}"),
            words: printable(words.as_str()),
            facts: String::new(),
        });
        let again = digest.again.iter().map(|chosen| Item {
            facts: printable(chosen.question.as_str()),
            ..Item::of(&chosen.card)
        });
        let mut lists = vec![
            ("New lessons", cards(&digest.published)),
            ("Seen again", causes.collect()),
            ("A year ago this week", cards(&digest.year_ago)),
            ("Worth reading again", again.collect()),
        ];
        lists.retain(|(_, items): &(_, Vec<Item>)| !items.is_empty());
        Self {
            address: address(digest.week),
            days: days(digest.week),
            // It does not change after its end, but by what its reader may read.
            updated: instant(digest.week.moments().1),
            lists,
        }
    }
}

/// The last weeks that are over and in which something was new, as an Atom feed.
#[utoipa::path(get, path = "/api/v1/digest/feed",
    responses((status = 200, content_type = "application/atom+xml", body = String), (status = 401, body = ProblemJson)))]
pub(in crate::web) async fn get_digest_feed(
    state: Data<State>,
    request: HttpRequest,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let base = base(&request);
    let feed = blocking::read(&state, visitor, move |store, signed| {
        let told = digest::recent(store, &signed.ctx)?;
        let weeks: Vec<WeekEntry> = told.iter().map(Into::into).collect();
        let last = weeks.first().map(|week| week.updated.clone());
        Ok(Feed {
            base,
            updated: last.unwrap_or_else(|| NEVER.to_owned()),
            weeks,
        })
    })
    .await?;
    Ok(answer(&feed))
}
