//! Accounts by role: the part of the editor, the part of the reading page, and what their forms do.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use crate::app::accounts::{self, AccountInput};
use crate::app::{EditError, FieldProblem, postmortems};
use crate::domain::ids::{AccountId, PostMortemId, Version};
use crate::domain::postmortem::{PostMortem, Status};
use crate::domain::sections::Account;
use crate::domain::wording::Place;
use crate::store::Store;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::again::{PlaceForm, Theirs, again_status};
use crate::web::pages::wording::{Board, Notes};
use crate::web::problem::{PageError, Problem};
use crate::web::{State, blocking};

/// The accounts of the reading page.
#[derive(Debug, Template)]
#[template(path = "accounts/list.html")]
pub(in crate::web) struct Reading {
    accounts: Vec<Account>,
}

impl Reading {
    /// The accounts of a post-mortem.
    pub(in crate::web) fn new(postmortem: &PostMortem) -> Self {
        Self {
            accounts: postmortem.accounts.clone(),
        }
    }

    /// Whether there is nothing to read.
    pub(in crate::web) const fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }
}

/// An account as a form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct AccountForm {
    role: String,
    text: String,
    version: i32,
    note: String,
}

impl AccountForm {
    fn of(account: &Account) -> Self {
        Self {
            role: account.role.as_str().to_owned(),
            text: account.text.as_str().to_owned(),
            version: account.version.0,
            note: String::new(),
        }
    }

    fn input(&self) -> AccountInput {
        AccountInput {
            role: self.role.clone(),
            text: self.text.clone(),
        }
    }
}

/// The form of one account, filled in.
#[derive(Debug, Template)]
#[template(path = "accounts/form.html")]
struct FormView {
    action: String,
    close: String,
    p: &'static str,
    csrf: String,
    saved: bool,
    amends: bool,
    input: AccountForm,
    errors: Vec<FieldProblem>,
}

impl FormView {
    fn new(
        postmortem: &PostMortem,
        account: Option<AccountId>,
        within: bool,
        csrf: &str,
        (input, errors): (AccountForm, Vec<FieldProblem>),
    ) -> Self {
        let place = format!("/postmortems/{}", postmortem.facts.id);
        Self {
            action: account.map_or_else(
                || format!("{place}/accounts"),
                |account| format!("{place}/accounts/{account}"),
            ),
            close: account.map_or_else(
                || format!("{place}/edit#accounts"),
                |account| format!("{place}/edit#account-{account}"),
            ),

            p: if within { "account-" } else { "" },
            csrf: csrf.to_owned(),
            saved: account.is_some(),
            amends: postmortem.facts.status == Status::Published,
            input,
            errors,
        }
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }
}

/// Which account is open for writing, and which was just removed, as the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Open {
    /// `new`, or an account's id.
    pub(in crate::web) account: Option<String>,
    /// The account that was just removed.
    #[serde(rename = "removed_account")]
    pub(in crate::web) removed: Option<String>,
}

/// The accounts of the editor.
#[derive(Debug, Template)]
#[template(path = "accounts/editor.html")]
pub(in crate::web) struct Editor {
    postmortem: PostMortemId,
    csrf: String,
    rows: Vec<(Account, Option<FormView>, Notes)>,
    new: Option<FormView>,
    removed: Option<AccountId>,
}

impl Editor {
    /// The accounts of a post-mortem.
    pub(in crate::web) fn new(
        postmortem: &PostMortem,
        csrf: &str,
        open: &Open,
        board: &Board<'_>,
    ) -> Self {
        let form = |account: Option<&Account>| {
            let input = account.map_or_else(AccountForm::default, AccountForm::of);
            let id = account.map(|account| account.id);
            FormView::new(postmortem, id, true, csrf, (input, Vec::new()))
        };
        let rows = postmortem
            .accounts
            .iter()
            .map(|account| {
                let chosen = open.account.as_deref() == Some(account.id.to_string().as_str());
                let notes = board.at(&Place::Account(account.id));
                (account.clone(), chosen.then(|| form(Some(account))), notes)
            })
            .collect();
        Self {
            postmortem: postmortem.facts.id,
            csrf: csrf.to_owned(),
            rows,
            new: (open.account.as_deref() == Some("new")).then(|| form(None)),
            removed: open.removed.as_deref().and_then(AccountId::parse),
        }
    }
}

/// The page with one account's form, when it comes back.
#[derive(Template)]
#[template(path = "accounts/edit.html")]
struct Page {
    frame: Frame,
    postmortem: PostMortemId,
    title: String,
    errors: Vec<FieldProblem>,
    theirs: Option<Theirs>,
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
        let (errors, theirs) = match error {
            EditError::Invalid(errors) => (errors, None),
            EditError::Conflict(conflict) => (Vec::new(), Some(Theirs::of(&conflict))),
            other => return Err(other.into()),
        };
        if let Some(theirs) = &theirs {
            input.version = theirs.version();
        }
        let postmortem = postmortems::for_editing(store, &signed.ctx, id)?;
        let filled = (input, errors.clone());
        Ok(Box::new(Self {
            frame: Frame::of(signed, Part::PostMortems),
            postmortem: id,
            title: postmortem.facts.title.as_str().to_owned(),
            form: FormView::new(&postmortem, account, false, &signed.form_token, filled),
            errors,
            theirs,
        }))
    }
}

type Outcome = Result<(PostMortemId, AccountId), Box<Page>>;

fn answer(outcome: Outcome) -> HttpResponse {
    match outcome {
        Ok((id, account)) => frame::see(&format!("/postmortems/{id}/edit#account-{account}")),
        Err(page) => frame::html(again_status(&page.errors, page.theirs.as_ref()), &*page),
    }
}

fn account_id(text: &str) -> Result<AccountId, Problem> {
    AccountId::parse(text).ok_or_else(Problem::not_found)
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
    let ((id, account), input) = (path.into_inner(), form.input);
    let outcome = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let account = account_id(&account)?;
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
    let ((id, account), expected) = (path.into_inner(), Version(form.input.version));
    let place = format!("/postmortems/{id}/edit?removed_account={account}#accounts");
    blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let account = account_id(&account)?;
        Ok(accounts::remove(
            store,
            &signed.ctx,
            id,
            account,
            Some(expected),
        )?)
    })
    .await?;
    Ok(frame::see(&place))
}

/// Brings a removed account back.
pub(in crate::web) async fn restore(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<()>,
) -> Result<HttpResponse, PageError> {
    let (id, account) = path.into_inner();
    let place = format!("/postmortems/{id}/edit#account-{account}");
    blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let account = account_id(&account)?;
        Ok(accounts::restore(store, &signed.ctx, id, account)?)
    })
    .await?;
    Ok(frame::see(&place))
}

/// Moves an account within the list.
pub(in crate::web) async fn place(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<PlaceForm>,
) -> Result<HttpResponse, PageError> {
    let (id, account) = path.into_inner();
    let place = format!("/postmortems/{id}/edit#account-{account}");
    blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let account = account_id(&account)?;
        let to = form.input.read()?;
        Ok(accounts::place(store, &signed.ctx, id, account, to)?)
    })
    .await?;
    Ok(frame::see(&place))
}
