//! What was learned about a component.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::cards::{CardView, day};
use super::causes::PlacedView;
use super::similar::{Causes, causes};
use crate::app::components::{self, ComponentPage};
use crate::domain::actions::ListedAction;
use crate::domain::components::{ComponentCount, Lesson};
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "components/index.html")]
struct Index {
    frame: Frame,
    components: Vec<ComponentCount>,
}

/// A post-mortem that says something about the component.
struct LessonView {
    card: CardView,
    surprise: String,
    findings: Vec<FindingView>,
}

/// A finding with what it did in that event.
struct FindingView {
    placed: PlacedView,
    role: &'static str,
}

/// An open commitment.
struct CommitmentView {
    title: String,
    address: String,
    facts: String,
}

#[derive(Template)]
#[template(path = "components/show.html")]
struct Show {
    frame: Frame,
    name: String,
    lessons: Vec<LessonView>,
    causes: Causes,
    commitments: Vec<CommitmentView>,
    list: String,
}

/// The page of a component.
pub(in crate::web) fn address(name: &str) -> String {
    format!(
        "/components/{}",
        utf8_percent_encode(name, NON_ALPHANUMERIC)
    )
}

impl From<&Lesson> for LessonView {
    fn from(lesson: &Lesson) -> Self {
        Self {
            card: CardView::from(&lesson.card),
            surprise: lesson.surprise.clone(),
            findings: lesson
                .findings
                .iter()
                .map(|finding| FindingView {
                    role: finding.role.label(),
                    placed: PlacedView::from(finding),
                })
                .collect(),
        }
    }
}

impl From<&ListedAction> for CommitmentView {
    fn from(listed: &ListedAction) -> Self {
        let owner = listed.action.owner.as_ref().map(|owner| owner.as_str());
        let due = listed.action.due_on.map(|on| format!("by {}", day(on)));
        let facts = [owner.map(str::to_owned), due];
        Self {
            title: listed.action.title.as_str().to_owned(),
            address: format!(
                "/postmortems/{}#action-{}",
                listed.postmortem, listed.action.id
            ),
            facts: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        }
    }
}

impl Show {
    fn new(frame: Frame, page: &ComponentPage) -> Self {
        Self {
            frame,
            lessons: page.lessons.iter().map(LessonView::from).collect(),
            causes: causes(&page.causes),
            commitments: page.commitments.iter().map(CommitmentView::from).collect(),
            list: super::cards::address(
                "/postmortems",
                &[("component", &format!("={}", page.name))],
            ),
            name: page.name.clone(),
        }
    }
}

/// Every component that a finding points at.
pub(in crate::web) async fn index(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        Ok(Index {
            frame: Frame::of(signed, Part::PostMortems),
            components: components::list(store, &signed.ctx)?,
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

/// What was learned about one.
pub(in crate::web) async fn show(
    state: Data<State>,
    visitor: Visitor,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let found = components::read(store, &signed.ctx, &path)?;
        Ok(Show::new(Frame::of(signed, Part::PostMortems), &found))
    })
    .await?;
    Ok(frame::ok(&page))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn a_name_is_one_segment_of_an_address() {
        assert_eq!(address("Billing job"), "/components/Billing%20job");
        assert_eq!(address("a/b?c#d%é"), "/components/a%2Fb%3Fc%23d%25%C3%A9");
    }
}
