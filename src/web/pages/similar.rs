//! What was said before in other words: the page beside a factor statement.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;

use super::causes::PlacedView;
use crate::app::similar::{Around, USUAL, to_statement};
use crate::domain::ids::{CauseId, StatementId};
use crate::domain::similarity::Reason;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// Causes by their words.
type Causes = Vec<(CauseId, String)>;

#[derive(Template)]
#[template(path = "similar/show.html")]
struct Show {
    frame: Frame,
    statement: PlacedView,
    causes: Causes,
    similar: Vec<(PlacedView, Causes)>,
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
        Ok(Show {
            frame: Frame::of(signed, Part::Themes),
            causes: causes(&around, id),
            similar: around
                .similar
                .iter()
                .map(|other| (PlacedView::from(other), causes(&around, other.statement.id)))
                .collect(),
            statement: PlacedView::from(&around.statement),
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

fn causes(around: &Around, id: StatementId) -> Causes {
    around
        .causes_of(id)
        .map(|(cause, words)| (cause, words.as_str().to_owned()))
        .collect()
}
