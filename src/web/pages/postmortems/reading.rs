//! The page on which a post-mortem is read.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use super::PagePart;
use crate::app::comments as app_comments;
use crate::app::postmortems::{self, Shown};
use crate::domain::postmortem::{Facts, PostMortem, Status, Visibility};
use crate::domain::sections::Section;
use crate::domain::templates::core;
use crate::domain::when;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::body::Query;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::comments::{self, Remarks};
use crate::web::pages::publication::published;
use crate::web::pages::{accounts, actions, factors, links, timeline};
use crate::web::problem::PageError;
use crate::web::visitor::{Visitor, is_news, no_news_cookie};
use crate::web::{State, blocking};

/// A section as the reading page shows it.
struct ReadSection {
    key: String,
    heading: String,
    html: String,
}

/// What the address of the reading page says.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct ShowQuery {
    #[serde(flatten)]
    timeline: timeline::TimelineQuery,
}

/// The sections that hold words, by where they stand.
#[derive(Default)]
struct Texts {
    summary: Option<Section>,
    surprise: Option<Section>,
    middle: Vec<ReadSection>,
    closing: Vec<ReadSection>,
}

/// Sections that close the reading page, after factors and actions.
const CLOSING: [&str; 5] = [
    "first-story",
    "external",
    "open-questions",
    "lessons",
    "notes",
];

impl Texts {
    fn of(sections: Vec<Section>) -> Self {
        let mut texts = Self::default();
        for section in sections {
            if section.text.is_blank() {
                continue;
            }
            match section.key.as_str() {
                "summary" => texts.summary = Some(section),
                "surprise" => texts.surprise = Some(section),
                key if CLOSING.contains(&key) => texts.closing.push(section.into()),
                _ => texts.middle.push(section.into()),
            }
        }
        texts
    }
}

impl From<Section> for ReadSection {
    fn from(section: Section) -> Self {
        let key = section.key;
        let template = core().section(&key);
        Self {
            heading: template.map_or_else(|| key.clone(), |section| section.heading.clone()),
            html: section.html,
            key,
        }
    }
}

impl ReadSection {
    fn part(&self) -> PagePart {
        PagePart::filled(&format!("section-{}", self.key), &self.heading)
    }
}

#[derive(Template)]
#[template(path = "postmortems/show.html")]
struct Show {
    frame: Frame,
    just_published: bool,
    filed_on: String,
    updated_on: String,
    may_edit: bool,
    texts: Texts,
    timeline: Option<timeline::Reading>,
    accounts: accounts::Reading,
    factors: factors::Reading,
    actions: actions::Reading,
    links: links::Reading,
    comments: comments::Reading,
    remarks: Remarks,
    facts: Facts,
}

impl Show {
    fn new(
        signed: &Signed,
        postmortem: PostMortem,
        linked: &factors::Linked,
        may_edit: bool,
        query: &ShowQuery,
        (said, remarks): (comments::Reading, Remarks),
    ) -> Self {
        let frame = Frame::of(signed, Part::PostMortems);
        let facts = &postmortem.facts;
        Self {
            just_published: false,
            filed_on: when::day_text(facts.filed_on),
            updated_on: when::day_text(facts.updated_at.date_naive()),
            may_edit,
            timeline: timeline::Reading::new(&postmortem, &query.timeline, &remarks),
            accounts: accounts::Reading::new(&postmortem, &remarks),
            factors: factors::Reading::new(&postmortem, linked, frame.writes, &remarks),
            actions: actions::Reading::new(&postmortem, &remarks),
            links: links::Reading::new(&postmortem),
            comments: said,
            remarks,
            texts: Texts::of(postmortem.sections),
            facts: postmortem.facts,
            frame,
        }
    }

    /// The lines of the contents.
    fn parts(&self) -> Vec<PagePart> {
        let happened = [("timeline", "What happened", self.timeline.is_some())];
        let found = [
            (
                "accounts",
                "From where people stood",
                !self.accounts.is_empty(),
            ),
            ("factors", "What made it possible", !self.factors.is_empty()),
            ("actions", "What we decided", self.actions.has_decided()),
            ("ideas", "Ideas, nothing promised", self.actions.has_ideas()),
        ];
        let filled = |(anchor, heading, filled): (&str, &str, bool)| {
            filled.then(|| PagePart::filled(anchor, heading))
        };
        (happened.into_iter().filter_map(filled))
            .chain(self.texts.middle.iter().map(ReadSection::part))
            .chain(found.into_iter().filter_map(filled))
            .chain(self.texts.closing.iter().map(ReadSection::part))
            .collect()
    }
}

/// The reading page.
pub(in crate::web) async fn show(
    state: Data<State>,
    path: Path<String>,
    query: Query<ShowQuery>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, PageError> {
    let mut page = blocking::short_read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let Shown {
            postmortem,
            linked,
            comments: said,
        } = postmortems::show(store, &signed.ctx, id)?;
        let may_edit = postmortems::may_edit(&signed.ctx, &postmortem);
        let remarks = Remarks::of(&said);
        let may_resolve = app_comments::may_resolve(&signed.ctx, &postmortem);
        let said = comments::Reading::new(signed, &postmortem, said, may_resolve);
        let query = &query.0;
        let page = Show::new(
            signed,
            postmortem,
            &linked,
            may_edit,
            query,
            (said, remarks),
        );
        Ok(page)
    })
    .await?;
    // Told once, to the browser in which it was published.
    page.just_published =
        page.facts.status == Status::Published && is_news(&request, &published(page.facts.id));
    let mut answer = frame::ok(&page);
    if page.just_published
        && let Err(error) = answer.add_cookie(&no_news_cookie(state.https))
    {
        tracing::warn!(%error, "news could not be ended");
    }
    Ok(answer)
}
