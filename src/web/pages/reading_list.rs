//! The reading list for people who are new: chosen post-mortems, each with a question.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use super::cards::CardView;
use crate::app::reading_list::{self, ChosenInput};
use crate::app::{Conflict, EditError, FieldProblem};
use crate::domain::ids::{ChosenId, Version};
use crate::domain::order::Place;
use crate::domain::reading_list::Chosen;
use crate::store::Store;
use crate::web::blocking::Signed;
use crate::web::body::{Button, Form, Query};
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// Where the list stands.
const LIST: &str = "/reading-list";

/// An entry in words.
struct ChosenView {
    id: ChosenId,
    card: CardView,
    /// As it is saved, or as it was typed if that was refused.
    question: String,
    version: Version,
    open: bool,
}

#[derive(Template)]
#[template(path = "reading_list/index.html")]
struct Index {
    frame: Frame,
    chosen: Vec<ChosenView>,
    input: ChosenForm,
    adds: bool,
    errors: Vec<FieldProblem>,
    conflict: Option<Conflict>,
}

/// An entry as a form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct ChosenForm {
    postmortem: String,
    question: String,
    version: i32,
}

impl From<&ChosenForm> for ChosenInput {
    fn from(form: &ChosenForm) -> Self {
        Self {
            postmortem: form.postmortem.clone(),
            question: form.question.clone(),
        }
    }
}

/// What the address says is to be added.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct AddQuery {
    add: String,
}

impl Index {
    fn new(store: &Store, signed: &Signed) -> Result<Self, Problem> {
        let chosen = reading_list::list(store, &signed.ctx)?;
        Ok(Self {
            frame: Frame::of(signed, Part::PostMortems),
            chosen: chosen.iter().map(ChosenView::from).collect(),
            input: ChosenForm::default(),
            adds: false,
            errors: Vec::new(),
            conflict: None,
        })
    }
}

impl From<&Chosen> for ChosenView {
    fn from(chosen: &Chosen) -> Self {
        Self {
            id: chosen.id,
            card: CardView::from(&chosen.card),
            question: chosen.question.as_str().to_owned(),
            version: chosen.version,
            open: false,
        }
    }
}

/// The list.
pub(in crate::web) async fn index(
    state: Data<State>,
    visitor: Visitor,
    query: Query<AddQuery>,
) -> Result<HttpResponse, PageError> {
    let Query(AddQuery { add }) = query;
    let page = blocking::read(&state, visitor, move |store, signed| {
        Ok(Index {
            adds: !add.is_empty(),
            input: ChosenForm {
                postmortem: add,
                ..ChosenForm::default()
            },
            ..Index::new(store, signed)?
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Puts a post-mortem on the list.
pub(in crate::web) async fn create(
    state: Data<State>,
    form: Form<ChosenForm>,
) -> Result<HttpResponse, PageError> {
    let typed = form.input;
    let sent = blocking::write(
        &state,
        form.visitor,
        move |store, signed| match reading_list::add(store, &signed.ctx, &ChosenInput::from(&typed))
        {
            Ok(chosen) => Ok(Sent::Kept(chosen.id)),
            Err(EditError::Invalid(errors)) => Ok(Sent::again(Index {
                input: typed,
                adds: true,
                errors,
                ..Index::new(store, signed)?
            })),
            Err(error) => Err(error.into()),
        },
    )
    .await?;
    Ok(sent.answer())
}

/// Changes a question.
pub(in crate::web) async fn update(
    state: Data<State>,
    path: Path<String>,
    form: Form<ChosenForm>,
) -> Result<HttpResponse, PageError> {
    let typed = form.input;
    let sent = blocking::write(&state, form.visitor, move |store, signed| {
        let id = chosen_id(&path)?;
        let expected = Some(Version(typed.version));
        let input = ChosenInput::from(&typed);
        let (errors, conflict) =
            match reading_list::change(store, &signed.ctx, id, &input, expected) {
                Ok(_) => return Ok(Sent::Kept(id)),
                Err(EditError::Invalid(errors)) => (errors, None),
                Err(EditError::Conflict(conflict)) => (Vec::new(), Some(*conflict)),
                Err(error) => return Err(error.into()),
            };
        let mut page = Index {
            errors,
            conflict,
            ..Index::new(store, signed)?
        };
        for one in page.chosen.iter_mut().filter(|one| one.id == id) {
            one.question.clone_from(&typed.question);
            one.open = true;
        }
        Ok(Sent::again(page))
    })
    .await?;
    Ok(sent.answer())
}

/// Where an entry is moved to.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct PlaceForm {
    to: String,
}

/// Moves an entry.
pub(in crate::web) async fn place(
    state: Data<State>,
    path: Path<String>,
    form: Form<PlaceForm>,
) -> Result<HttpResponse, PageError> {
    let to = form.input.to;
    let id = blocking::write(&state, form.visitor, move |store, signed| {
        let id = chosen_id(&path)?;
        let to = Place::parse(&to).ok_or_else(Problem::not_found)?;
        reading_list::place(store, &signed.ctx, id, to)?;
        Ok(id)
    })
    .await?;
    Ok(Sent::Kept(id).answer())
}

/// Takes a post-mortem off the list.
pub(in crate::web) async fn delete(
    state: Data<State>,
    path: Path<String>,
    form: Form<Button>,
) -> Result<HttpResponse, PageError> {
    blocking::write(&state, form.visitor, move |store, signed| {
        Ok(reading_list::remove(
            store,
            &signed.ctx,
            chosen_id(&path)?,
            None,
        )?)
    })
    .await?;
    Ok(frame::see(LIST))
}

/// What became of a form.
enum Sent {
    Kept(ChosenId),
    Again(StatusCode, Box<Index>),
}

impl Sent {
    fn again(page: Index) -> Self {
        let status = match page.conflict {
            Some(_) => StatusCode::CONFLICT,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::Again(status, Box::new(page))
    }

    fn answer(&self) -> HttpResponse {
        match self {
            Self::Kept(id) => frame::see(&format!("{LIST}#chosen-{id}")),
            Self::Again(status, page) => frame::html(*status, &**page),
        }
    }
}

fn chosen_id(named: &str) -> Result<ChosenId, Problem> {
    ChosenId::parse(named).ok_or_else(Problem::not_found)
}
