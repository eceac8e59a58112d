//! Post-mortems: start one, read one, change its facts.

mod form; // what is typed
mod facts; // title and facts
mod reading; // the page one reads

pub(in crate::web) use facts::{edit_facts, update_facts};
pub(in crate::web) use reading::show;

use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;

use super::timeline::first_look;
use crate::app::{EditError, FieldProblem, listing, postmortems, wording};
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::{Severity, SystemKind, Tier, Visibility};
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};
use form::{FactsForm, TitleNotes, kinds, tiers};

/// A line of the contents.
pub(in crate::web) struct PagePart {
    pub(in crate::web) anchor: String,
    pub(in crate::web) heading: String,
    pub(in crate::web) filled: bool,
}

impl PagePart {
    fn filled(anchor: &str, heading: &str) -> Self {
        Self {
            anchor: anchor.to_owned(),
            heading: heading.to_owned(),
            filled: true,
        }
    }
}

#[derive(Template)]
#[template(path = "postmortems/new.html")]
struct New {
    frame: Frame,
    input: FactsForm,
    errors: Vec<FieldProblem>,
    noted: Option<TitleNotes>,
}

/// The form for a new post-mortem.
pub(in crate::web) async fn new(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, |store, signed| {
        require(&signed.ctx.actor, Permission::Write)?;
        // The first one is the hardest: where nothing is published yet, the lightest form is offered.
        let tier = if listing::is_first(store, &signed.ctx)? {
            Tier::Note
        } else {
            Tier::Standard
        };
        Ok(New {
            frame: Frame::of(signed, Part::PostMortems),
            input: FactsForm::blank(tier),
            errors: Vec::new(),
            noted: Some(TitleNotes::of(Vec::new())),
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Starts a post-mortem and goes on to writing it, or to the lines that were pasted for its timeline.
pub(in crate::web) async fn create(
    state: Data<State>,
    form: Form<FactsForm>,
) -> Result<HttpResponse, PageError> {
    let typed = form.input;
    let made = blocking::write(
        &state,
        form.visitor,
        move |store, signed| match postmortems::create(store, &signed.ctx, &typed.input()) {
            Ok(facts) if typed.paste.trim().is_empty() => Ok(Ok((facts.id, None))),
            Ok(facts) => {
                let (paste, day) = (typed.paste.clone(), typed.happened_on.trim());
                let lines = first_look(store, signed, facts.id, paste, day)?;
                Ok(Ok((facts.id, Some(lines))))
            }
            Err(EditError::Invalid(errors)) => {
                // A title that is no text has no notes.
                let notes = match wording::on_new_title(store, &signed.ctx, &typed.title) {
                    Ok(notes) => notes,
                    Err(EditError::Invalid(_)) => Vec::new(),
                    Err(error) => return Err(error.into()),
                };
                Ok(Err(New {
                    frame: Frame::of(signed, Part::PostMortems),
                    noted: Some(TitleNotes::of(notes).again(&typed)),
                    input: typed,
                    errors,
                }))
            }
            Err(error) => Err(error.into()),
        },
    )
    .await?;
    Ok(match made {
        Ok((id, None)) => frame::see(&format!("/postmortems/{id}/edit")),
        Ok((_, Some(lines))) => frame::ok(&lines),
        Err(page) => frame::again(&page),
    })
}

/// A title as it is being typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct TitleForm {
    text: String,
}

/// The notes on the title of a post-mortem that is not there yet. Nothing is kept.
pub(in crate::web) async fn consider(
    state: Data<State>,
    form: Form<TitleForm>,
) -> Result<HttpResponse, PageError> {
    let title = form.input.text;
    let notes = blocking::write(&state, form.visitor, move |store, signed| {
        let notes = wording::on_new_title(store, &signed.ctx, &title)?;
        Ok::<_, Problem>(TitleNotes::of(notes))
    })
    .await?;
    Ok(frame::ok(&notes.title))
}
