//! What was said before in other words: the page beside a factor statement, and the lines under one in the editor.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;

use super::causes::PlacedView;
use crate::app::similar::{Around, SimilarStatement, USUAL, to_statement};
use crate::domain::ids::{CauseId, StatementId};
use crate::domain::similarity::Reason;
use crate::domain::text::Line;
use crate::store::Store;
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
    let page = blocking::read(&state, visitor, move |store, signed| {
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
