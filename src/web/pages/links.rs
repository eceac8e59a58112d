//! Links to other post-mortems: in the editor's rail, and at the end of the reading page.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use crate::app::links::{self, LinkInput};
use crate::app::{EditError, FieldProblem, postmortems};
use crate::domain::ids::{LinkId, PostMortemId};
use crate::domain::postmortem::{Link, PostMortem, Relation};
use crate::web::address::find;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::{State, blocking};

/// The links of the reading page.
#[derive(Debug, Template)]
#[template(path = "links/list.html")]
pub(in crate::web) struct Reading {
    links: Vec<Link>,
}

impl Reading {
    /// The links of a post-mortem.
    pub(in crate::web) fn new(postmortem: &PostMortem) -> Self {
        Self {
            links: postmortem.links.clone(),
        }
    }
}

/// The links in the editor's rail.
#[derive(Debug, Template)]
#[template(path = "links/editor.html")]
pub(in crate::web) struct Editor {
    postmortem: PostMortemId,
    csrf: String,
    links: Vec<Link>,
    form: LinkFormView,
}

impl Editor {
    /// The links of a post-mortem.
    pub(in crate::web) fn new(postmortem: &PostMortem, csrf: &str) -> Self {
        Self {
            postmortem: postmortem.facts.id,
            csrf: csrf.to_owned(),
            links: postmortem.links.clone(),
            form: LinkFormView {
                postmortem: postmortem.facts.id,
                p: "link-",
                csrf: csrf.to_owned(),
                input: LinkForm::default(),
            },
        }
    }
}

/// A link as a form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct LinkForm {
    to: String,
    relation: String,
}

/// The form of a link, filled in.
#[derive(Debug, Template)]
#[template(path = "links/form.html")]
struct LinkFormView {
    postmortem: PostMortemId,
    p: &'static str,
    csrf: String,
    input: LinkForm,
}

/// The page with a link's form, when it was refused.
#[derive(Template)]
#[template(path = "links/edit.html")]
struct Page {
    frame: Frame,
    postmortem: PostMortemId,
    title: String,
    errors: Vec<FieldProblem>,
    form: LinkFormView,
}

/// Adds a link.
pub(in crate::web) async fn create(
    state: Data<State>,
    path: Path<String>,
    form: Form<LinkForm>,
) -> Result<HttpResponse, PageError> {
    let typed = form.input;
    let place = format!("/postmortems/{path}/edit#links");
    let refused = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let input = LinkInput {
            to: typed.to.clone(),
            relation: typed.relation.clone(),
        };
        let errors = match links::add(store, &signed.ctx, id, &input) {
            Ok(_) => return Ok(None),
            Err(EditError::Invalid(errors)) => errors,
            Err(error) => return Err(error.into()),
        };
        let facts = postmortems::read(store, &signed.ctx, id)?.facts;
        Ok(Some(Page {
            frame: Frame::of(signed, Part::PostMortems),
            postmortem: id,
            title: facts.title.as_str().to_owned(),
            errors,
            form: LinkFormView {
                postmortem: id,
                p: "",
                csrf: signed.form_token.clone(),
                input: typed,
            },
        }))
    })
    .await?;
    Ok(refused.map_or_else(|| frame::see(&place), |page| frame::again(&page)))
}

/// Removes a link.
pub(in crate::web) async fn delete(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<()>,
) -> Result<HttpResponse, PageError> {
    let (id, link) = path.into_inner();
    let place = format!("/postmortems/{id}/edit#links");
    blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let link = LinkId::parse(&link).ok_or_else(Problem::not_found)?;
        Ok(links::remove(store, &signed.ctx, id, link)?)
    })
    .await?;
    Ok(frame::see(&place))
}
