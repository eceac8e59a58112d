//! Ideas and commitments: the part of the editor, the part of the reading page, and what their forms do.

mod form; // one action's form
mod index; // all actions that one may read
mod reading; // the part of the reading page, and of the editor

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;

pub(in crate::web) use index::{index, reconsider};
pub(in crate::web) use reading::{Editor, Open, Reading};

use self::form::{ActionForm, FormView};
use crate::app::{EditError, actions, postmortems};
use crate::domain::ids::{ActionId, PostMortemId, Version};
use crate::store::Store;
use crate::web::address::{find, part};
use crate::web::blocking::Signed;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::again::{PlaceForm, Refused};
use crate::web::pages::row;
use crate::web::problem::{PageError, Problem};
use crate::web::{State, blocking};

/// The page with one action's form, when it comes back.
#[derive(Template)]
#[template(path = "actions/edit.html")]
struct Page {
    frame: Frame,
    postmortem: PostMortemId,
    title: String,
    refused: Refused,
    form: FormView,
}

impl Page {
    fn load(
        store: &Store,
        signed: &Signed,
        id: PostMortemId,
        action: Option<ActionId>,
        mut input: ActionForm,
        error: EditError,
    ) -> Result<Box<Self>, Problem> {
        let refused = Refused::of(error)?;
        if let Some(theirs) = &refused.theirs {
            input.version = theirs.version();
        }
        let postmortem = postmortems::for_editing(store, &signed.ctx, id)?;
        Ok(Box::new(Self {
            frame: Frame::of(signed, Part::PostMortems),
            postmortem: id,
            title: postmortem.facts.title.as_str().to_owned(),
            form: FormView::new(&postmortem, action, false, &signed.form_token, input)
                .again(&refused),
            refused,
        }))
    }
}

type Outcome = Result<(PostMortemId, ActionId), Box<Page>>;

fn answer(outcome: Outcome) -> HttpResponse {
    match outcome {
        Ok((id, action)) => frame::see(&format!("/postmortems/{id}/edit#action-{action}")),
        Err(page) => frame::html(page.refused.status(), &*page),
    }
}

/// Adds an idea or a commitment.
pub(in crate::web) async fn create(
    state: Data<State>,
    path: Path<String>,
    form: Form<ActionForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let outcome = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        match actions::add(store, &signed.ctx, id, &input.input()) {
            Ok(action) => Ok(Ok((id, action.id))),
            Err(error) => Page::load(store, signed, id, None, input, error).map(Err),
        }
    })
    .await?;
    Ok(answer(outcome))
}

/// Changes an action over the version that the form was made from.
pub(in crate::web) async fn update(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<ActionForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let outcome = blocking::write(&state, form.visitor, move |store, signed| {
        let (id, action) = part(store, &signed.ctx, &path, ActionId::parse)?;
        let (typed, expected) = (input.input(), Some(Version(input.version)));
        match actions::change(
            store,
            &signed.ctx,
            id,
            action,
            &typed,
            expected,
            &input.note,
        ) {
            Ok(action) => Ok(Ok((id, action.id))),
            Err(error) => Page::load(store, signed, id, Some(action), input, error).map(Err),
        }
    })
    .await?;
    Ok(answer(outcome))
}

/// Removes an action, and offers to bring it back.
pub(in crate::web) async fn delete(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<ActionForm>,
) -> Result<HttpResponse, PageError> {
    let then = format!("?removed_action={}#actions", path.1);
    row::change(
        state,
        path,
        ActionId::parse,
        form,
        then,
        |store, ctx, id, row, form| {
            let expected = Some(Version(form.version));
            Ok(actions::remove(store, ctx, id, row, expected)?)
        },
    )
    .await
}

/// Brings a removed action back.
pub(in crate::web) async fn restore(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<()>,
) -> Result<HttpResponse, PageError> {
    let then = format!("#action-{}", path.1);
    row::change(
        state,
        path,
        ActionId::parse,
        form,
        then,
        |store, ctx, id, row, ()| Ok(actions::restore(store, ctx, id, row)?),
    )
    .await
}

/// Moves an action within the list.
pub(in crate::web) async fn place(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<PlaceForm>,
) -> Result<HttpResponse, PageError> {
    let then = format!("#action-{}", path.1);
    row::change(
        state,
        path,
        ActionId::parse,
        form,
        then,
        |store, ctx, id, row, form| Ok(actions::place(store, ctx, id, row, form.read()?)?),
    )
    .await
}
