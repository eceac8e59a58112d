//! What was said before in other words: the page beside a factor statement, and the lines under one in the editor.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;

use super::cards::day;
use super::causes::PlacedView;
use crate::app::postmortems;
use crate::app::similar::{
    Around, SimilarPostMortem, SimilarStatement, USUAL, to_postmortem, to_statement,
};
use crate::domain::ids::{CauseId, PostMortemId, StatementId};
use crate::domain::similarity::Reason;
use crate::domain::text::Line;
use crate::store::Store;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// Recurring causes by their words.
pub(in crate::web) type Causes = Vec<(CauseId, String)>;

/// What an earlier statement is linked to, and the way on to linking it with the one that is looked at.
#[derive(Debug)]
struct Earlier {
    causes: Causes,
    /// Where the two are linked as one recurring cause; `None` if they are already.
    lead: Option<String>,
}

/// What is like a statement, as lines that lead on.
#[derive(Debug, Template)]
#[template(path = "similar/list.html")]
pub(in crate::web) struct Said {
    writes: bool,
    similar: Vec<(PlacedView, Earlier)>,
}

#[derive(Template)]
#[template(path = "similar/show.html")]
struct Show {
    frame: Frame,
    statement: PlacedView,
    causes: Causes,
    said: Said,
}

/// A past post-mortem that is like the one that is looked at.
#[derive(Debug)]
struct PastView {
    title: String,
    address: String,
    /// Number and day.
    facts: String,
    reasons: Vec<Reason>,
}

/// Past post-mortems that are like one, as a part of the editor's rail.
#[derive(Debug, Template)]
#[template(path = "similar/past.html")]
pub(in crate::web) struct Past {
    postmortem: PostMortemId,
    items: Vec<PastView>,
}

#[derive(Template)]
#[template(path = "similar/postmortem.html")]
struct PastPage {
    frame: Frame,
    title: String,
    past: Past,
}

impl Past {
    /// What is like a post-mortem that the reader may read.
    pub(in crate::web) fn of(
        store: &Store,
        signed: &Signed,
        id: PostMortemId,
    ) -> Result<Self, Problem> {
        let found = to_postmortem(store, &signed.ctx, id, USUAL)?;
        Ok(Self {
            postmortem: id,
            items: found.iter().map(PastView::from).collect(),
        })
    }
}

impl From<&SimilarPostMortem> for PastView {
    fn from(found: &SimilarPostMortem) -> Self {
        let facts = &found.facts;
        let number = facts.number.map(|number| number.to_string());
        Self {
            title: facts.title.as_str().to_owned(),
            address: format!(
                "/postmortems/{}",
                number.clone().unwrap_or_else(|| facts.id.to_string())
            ),
            facts: [number, Some(day(facts.filed_on))]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
            reasons: told(&found.reasons),
        }
    }
}

/// Enough of the reasons to judge by: the words, the first factor and the first component.
fn told(reasons: &[Reason]) -> Vec<Reason> {
    let kinds: [fn(&Reason) -> bool; 3] = [
        |reason| matches!(reason, Reason::Words(_)),
        |reason| matches!(reason, Reason::Factor(_)),
        |reason| matches!(reason, Reason::Component(_)),
    ];
    let first = |kind: fn(&Reason) -> bool| reasons.iter().find(|reason| kind(reason)).cloned();
    kinds.into_iter().filter_map(first).collect()
}

impl Said {
    fn new(around: &Around, writes: bool) -> Self {
        Self {
            writes,
            similar: around
                .similar
                .iter()
                .map(|other| (PlacedView::from(other), Earlier::new(other, around)))
                .collect(),
        }
    }

    /// What is like a statement that the reader may read.
    pub(in crate::web) fn of(
        store: &Store,
        signed: &Signed,
        id: StatementId,
    ) -> Result<Self, Problem> {
        let around = to_statement(store, &signed.ctx, id, USUAL)?;
        Ok(Self::new(&around, Frame::of(signed, Part::Other).writes))
    }
}

impl Earlier {
    fn new(other: &SimilarStatement, around: &Around) -> Self {
        let linked = other
            .causes
            .iter()
            .any(|cause| around.causes.contains(cause));
        Self {
            lead: (!linked).then(|| lead(other, around)),
            causes: causes(&other.causes),
        }
    }
}

/// Where two statements are linked: at the cause that one of them has, or at a new one, which the earlier one begins.
fn lead(other: &SimilarStatement, around: &Around) -> String {
    let (this, earlier) = (around.statement.id, other.statement.id);
    match (other.causes.first(), around.causes.first()) {
        (Some((cause, _)), _) => format!("/causes/{cause}?statement={this}#link"),
        (None, Some((cause, _))) => format!("/causes/{cause}?statement={earlier}#link"),
        (None, None) => format!("/causes/new?statement={earlier}&then={this}"),
    }
}

/// Causes with their words as text.
pub(in crate::web) fn causes(of: &[(CauseId, Line)]) -> Causes {
    of.iter()
        .map(|(cause, words)| (*cause, words.as_str().to_owned()))
        .collect()
}

/// Shows what is like a statement, and leads on to recurring causes.
pub(in crate::web) async fn show(
    state: Data<State>,
    visitor: Visitor,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let page = blocking::long_read(&state, visitor, move |store, signed| {
        let id = StatementId::parse(&path).ok_or_else(Problem::not_found)?;
        let around = to_statement(store, &signed.ctx, id, USUAL)?;
        let frame = Frame::of(signed, Part::Themes);
        Ok(Show {
            causes: causes(&around.causes),
            said: Said::new(&around, frame.writes),
            statement: PlacedView::from(&around.statement),
            frame,
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Shows past post-mortems that are like one.
pub(in crate::web) async fn past(
    state: Data<State>,
    visitor: Visitor,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let page = blocking::long_read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let facts = postmortems::facts(store, &signed.ctx, id)?;
        Ok(PastPage {
            frame: Frame::of(signed, Part::PostMortems),
            title: facts.title.as_str().to_owned(),
            past: Past::of(store, signed, id)?,
        })
    })
    .await?;
    Ok(frame::ok(&page))
}
