//! The people of a post-mortem: in the editor's rail, and on a page of their own.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use crate::app::members::{self, Circle, MemberInput};
use crate::app::{EditError, FieldProblem};
use crate::domain::ids::{PersonId, PostMortemId, Version};
use crate::domain::postmortem::{Access, Visibility};
use crate::store::Store;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// The people in the editor's rail.
#[derive(Debug, Template)]
#[template(path = "members/editor.html")]
pub(in crate::web) struct Editor {
    circle: Circle,
}

impl Editor {
    /// The people of a post-mortem.
    pub(in crate::web) const fn new(circle: Circle) -> Self {
        Self { circle }
    }
}

/// A member as a form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct MemberForm {
    person: String,
    role: String,
    access: String,
}

#[derive(Template)]
#[template(path = "members/index.html")]
struct Index {
    frame: Frame,
    circle: Circle,
    me: PersonId,
    input: MemberForm,
    errors: Vec<FieldProblem>,
}

impl Index {
    fn load(
        store: &Store,
        signed: &Signed,
        id: PostMortemId,
        input: MemberForm,
        errors: Vec<FieldProblem>,
    ) -> Result<Self, Problem> {
        Ok(Self {
            frame: Frame::of(signed, Part::PostMortems),
            circle: members::circle(store, &signed.ctx, id)?,
            me: signed.ctx.actor.person,
            input,
            errors,
        })
    }
}

/// Who belongs to a post-mortem.
pub(in crate::web) async fn index(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Index::load(store, signed, id, MemberForm::default(), Vec::new())
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Names a person, or changes their role and access.
pub(in crate::web) async fn put(
    state: Data<State>,
    path: Path<String>,
    form: Form<MemberForm>,
) -> Result<HttpResponse, PageError> {
    let typed = form.input;
    let place = format!("/postmortems/{path}/people");
    let refused = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let input = MemberInput {
            person: typed.person.clone(),
            role: Some(typed.role.clone()),
            access: Some(typed.access.clone()),
        };
        match members::put(store, &signed.ctx, id, &input) {
            Ok(_) => Ok(None),
            Err(EditError::Invalid(errors)) => {
                Index::load(store, signed, id, typed, errors).map(Some)
            }
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    Ok(refused.map_or_else(|| frame::see(&place), |page| frame::again(&page)))
}

/// Takes a person off the list.
pub(in crate::web) async fn delete(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<()>,
) -> Result<HttpResponse, PageError> {
    let (id, person) = path.into_inner();
    let place = format!("/postmortems/{id}/people");
    let left = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let person = PersonId::parse(&person).ok_or_else(Problem::not_found)?;
        members::remove(store, &signed.ctx, id, person)?;
        Ok(person == signed.ctx.actor.person)
    })
    .await?;
    // Whoever left a restricted one would find nothing there.
    Ok(frame::see(if left { "/postmortems" } else { &place }))
}

/// Who is to be the shepherd.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct ShepherdForm {
    person: String,
    version: i32,
}

/// Hands the shepherd's role over.
pub(in crate::web) async fn hand_over(
    state: Data<State>,
    path: Path<String>,
    form: Form<ShepherdForm>,
) -> Result<HttpResponse, PageError> {
    let typed = form.input;
    let place = format!("/postmortems/{path}/people");
    let refused = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let expected = Some(Version(typed.version));
        match members::hand_over(store, &signed.ctx, id, &typed.person, expected) {
            Ok(_) => Ok(None),
            Err(EditError::Invalid(errors)) => {
                Index::load(store, signed, id, MemberForm::default(), errors).map(Some)
            }
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    Ok(refused.map_or_else(|| frame::see(&place), |page| frame::again(&page)))
}
