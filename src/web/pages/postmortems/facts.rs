//! Title and facts of a post-mortem: shown, and changed.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;

use super::form::{FactsForm, FactsNotes, kinds, tiers};
use crate::app::postmortems;
use crate::app::{EditError, FieldProblem};
use crate::domain::ids::{PostMortemId, Version};
use crate::domain::postmortem::{Detection, Impact, Severity, SystemKind, Trigger, Visibility};
use crate::domain::timeline::Marker;
use crate::web::address::find;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::again::broken;
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "postmortems/facts.html")]
struct EditFacts {
    frame: Frame,
    id: PostMortemId,
    version: Version,
    stale: bool,
    input: FactsForm,
    errors: Vec<FieldProblem>,
    broken: Vec<String>,
    noted: Option<FactsNotes>,
}

/// The form with title and facts.
pub(in crate::web) async fn edit_facts(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let postmortem = postmortems::for_editing(store, &signed.ctx, id)?;
        let facts = &postmortem.facts;
        let input = FactsForm::of(facts);
        Ok(EditFacts {
            frame: Frame::of(signed, Part::PostMortems),
            id: facts.id,
            version: facts.version,
            stale: false,
            noted: Some(FactsNotes::new(&postmortem, &input)),
            input,
            errors: Vec::new(),
            broken: Vec::new(),
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Changes the facts over the version that the form was made from.
pub(in crate::web) async fn update_facts(
    state: Data<State>,
    path: Path<String>,
    form: Form<FactsForm>,
) -> Result<HttpResponse, PageError> {
    let typed = form.input;
    let place = format!("/postmortems/{path}/edit");
    let refused = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let expected = Version(typed.version);
        let again = |version, stale, input: FactsForm, errors, broken| {
            let postmortem = postmortems::for_editing(store, &signed.ctx, id)?;
            Ok::<_, Problem>(Some(EditFacts {
                frame: Frame::of(signed, Part::PostMortems),
                id,
                version,
                stale,
                noted: Some(FactsNotes::new(&postmortem, &input).again(&input)),
                input,
                errors,
                broken,
            }))
        };
        match postmortems::change(
            store,
            &signed.ctx,
            id,
            &typed.input(),
            Some(expected),
            &typed.note,
        ) {
            Ok(_) => Ok(None),
            Err(EditError::Invalid(errors)) => again(expected, false, typed, errors, Vec::new()),
            Err(EditError::Broken(checks)) => {
                again(expected, false, typed, Vec::new(), broken(&checks))
            }
            Err(EditError::Conflict(conflict)) => {
                again(conflict.current, true, typed, Vec::new(), Vec::new())
            }
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    Ok(refused.map_or_else(|| frame::see(&place), |page| frame::again(&page)))
}
