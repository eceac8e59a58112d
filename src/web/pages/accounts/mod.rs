//! Accounts by role: the part of the editor, the part of the reading page, and what their forms do.

mod form; // one account's form
mod reading; // the part of the reading page, and of the editor

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;

pub(in crate::web) use reading::{Editor, Open, Reading};

use self::form::{AccountForm, FormView};
use crate::app::{EditError, accounts, postmortems};
use crate::domain::ids::{AccountId, PostMortemId, Version};
use crate::store::Store;
use crate::web::address::{find, part};
use crate::web::blocking::Signed;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::again::{PlaceForm, Refused};
use crate::web::pages::row;
use crate::web::problem::{PageError, Problem};
use crate::web::{State, blocking};

/// The page with one account's form, when it comes back.
#[derive(Template)]
#[template(path = "accounts/edit.html")]
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
        account: Option<AccountId>,
        mut input: AccountForm,
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
            form: FormView::new(&postmortem, account, false, &signed.form_token, input)
                .again(&refused),
            refused,
        }))
    }
}

type Outcome = Result<(PostMortemId, AccountId), Box<Page>>;

fn answer(outcome: Outcome) -> HttpResponse {
    match outcome {
        Ok((id, account)) => frame::see(&format!("/postmortems/{id}/edit#account-{account}")),
        Err(page) => frame::html(page.refused.status(), &*page),
    }
}

/// Adds an account.
pub(in crate::web) async fn create(
    state: Data<State>,
    path: Path<String>,
    form: Form<AccountForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let outcome = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        match accounts::add(store, &signed.ctx, id, &input.input()) {
            Ok(account) => Ok(Ok((id, account.id))),
            Err(error) => Page::load(store, signed, id, None, input, error).map(Err),
        }
    })
    .await?;
    Ok(answer(outcome))
}

/// Changes an account over the version that the form was made from.
pub(in crate::web) async fn update(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<AccountForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let outcome = blocking::write(&state, form.visitor, move |store, signed| {
        let (id, account) = part(store, &signed.ctx, &path, AccountId::parse)?;
        let (typed, expected) = (input.input(), Some(Version(input.version)));
        match accounts::change(
            store,
            &signed.ctx,
            id,
            account,
            &typed,
            expected,
            &input.note,
        ) {
            Ok(account) => Ok(Ok((id, account.id))),
            Err(error) => Page::load(store, signed, id, Some(account), input, error).map(Err),
        }
    })
    .await?;
    Ok(answer(outcome))
}

/// Removes an account, and offers to bring it back.
pub(in crate::web) async fn delete(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<AccountForm>,
) -> Result<HttpResponse, PageError> {
    let then = format!("?removed_account={}#accounts", path.1);
    row::change(
        state,
        path,
        AccountId::parse,
        form,
        then,
        |store, ctx, id, row, form| {
            let expected = Some(Version(form.version));
            Ok(accounts::remove(store, ctx, id, row, expected)?)
        },
    )
    .await
}

/// Brings a removed account back.
pub(in crate::web) async fn restore(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<()>,
) -> Result<HttpResponse, PageError> {
    let then = format!("#account-{}", path.1);
    row::change(
        state,
        path,
        AccountId::parse,
        form,
        then,
        |store, ctx, id, row, ()| Ok(accounts::restore(store, ctx, id, row)?),
    )
    .await
}

/// Moves an account within the list.
pub(in crate::web) async fn place(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<PlaceForm>,
) -> Result<HttpResponse, PageError> {
    let then = format!("#account-{}", path.1);
    row::change(
        state,
        path,
        AccountId::parse,
        form,
        then,
        |store, ctx, id, row, form| Ok(accounts::place(store, ctx, id, row, form.read()?)?),
    )
    .await
}
