//! Which names stand for which roles, for administrators: these are names of people.

use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;

use crate::app::{EditError, FieldProblem, names};
use crate::domain::ids::Version;
use crate::domain::names::mapping;
use crate::web::blocking::Signed;
use crate::web::body::{Form, Query};
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::again::{Theirs, again_status};
use crate::web::pages::own_words::Done;
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "names/roles.html")]
struct Page {
    frame: Frame,
    input: RolesForm,
    saved: bool,
    errors: Vec<FieldProblem>,
    theirs: Option<Theirs>,
}

/// The mapping as a form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct RolesForm {
    mapping: String,
    version: i32,
}

impl Page {
    fn new(signed: &Signed, input: RolesForm) -> Self {
        Self {
            frame: Frame::of(signed, Part::Other),
            input,
            saved: false,
            errors: Vec::new(),
            theirs: None,
        }
    }
}

/// The mapping.
pub(in crate::web) async fn show(
    state: Data<State>,
    query: Query<Done>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let Query(done) = query;
    let page = blocking::read(&state, visitor, move |store, signed| {
        let kept = names::roles(store, &signed.ctx)?;
        let input = RolesForm {
            mapping: mapping(&kept.mapped),
            version: kept.version.0,
        };
        Ok(Page {
            saved: done.is_saved(),
            ..Page::new(signed, input)
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Saves the mapping over the version that the form was made from.
pub(in crate::web) async fn update(
    state: Data<State>,
    form: Form<RolesForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let refused = blocking::write(&state, form.visitor, move |store, signed| {
        let expected = Some(Version(input.version));
        let mut page = match names::change_roles(store, &signed.ctx, &input.mapping, expected) {
            Ok(_) => return Ok(None),
            Err(EditError::Invalid(errors)) => Page {
                errors,
                ..Page::new(signed, input)
            },
            Err(EditError::Conflict(conflict)) => Page {
                theirs: Some(Theirs::of(&conflict)),
                ..Page::new(signed, input)
            },
            Err(error) => return Err(error.into()),
        };
        if let Some(theirs) = &page.theirs {
            page.input.version = theirs.version();
        }
        Ok(Some(page))
    })
    .await?;
    Ok(match refused {
        None => frame::see("/roles?saved=1"),
        Some(page) => frame::html(again_status(&page.errors, page.theirs.as_ref()), &page),
    })
}
