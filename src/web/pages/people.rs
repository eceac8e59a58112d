//! People and roles, for administrators.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use crate::app::FieldProblem;
use crate::app::people::{self, NewPerson, PersonError};
use crate::domain::ids::PersonId;
use crate::domain::people::{Person, Role};
use crate::domain::permissions::{Permission, require};
use crate::store::Store;
use crate::web::blocking::Signed;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "people/index.html")]
struct People {
    frame: Frame,
    people: Vec<Person>,
    input: PersonForm,
    errors: Vec<FieldProblem>,
}

#[derive(Debug, Deserialize, Default)]
pub(in crate::web) struct PersonForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    active: Option<String>,
}

impl People {
    fn load(
        store: &Store,
        signed: &Signed,
        input: PersonForm,
        errors: Vec<FieldProblem>,
    ) -> Result<Self, Problem> {
        Ok(Self {
            frame: Frame::of(signed, Part::Other),
            people: people::list(store)?,
            input,
            errors,
        })
    }
}

/// Everyone, with their role.
pub(in crate::web) async fn index(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, |store, signed| {
        require(&signed.ctx.actor, Permission::Administer)?;
        People::load(
            store,
            signed,
            PersonForm {
                role: Role::Writer.as_code().to_owned(),
                ..PersonForm::default()
            },
            Vec::new(),
        )
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Adds somebody.
pub(in crate::web) async fn create(
    state: Data<State>,
    form: Form<PersonForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let refused = blocking::write(&state, form.visitor, move |store, signed| {
        let person = NewPerson {
            email: &input.email,
            name: &input.name,
            role: &input.role,
            password: &input.password,
        };
        match people::create(store, &signed.ctx, &person) {
            Ok(_) => Ok(None),
            Err(PersonError::Invalid(errors)) => {
                People::load(store, signed, input, errors).map(Some)
            }
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    Ok(refused.map_or_else(|| frame::see("/people"), |page| frame::again(&page)))
}

/// Changes a role, or whether somebody may sign in.
pub(in crate::web) async fn update(
    state: Data<State>,
    path: Path<String>,
    form: Form<PersonForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    blocking::write(&state, form.visitor, move |store, signed| {
        let id = PersonId::parse(&path).ok_or_else(Problem::not_found)?;
        Ok(people::change(
            store,
            &signed.ctx,
            id,
            &input.name,
            &input.role,
            input.active.is_some(),
        )?)
    })
    .await?;
    Ok(frame::see("/people"))
}
