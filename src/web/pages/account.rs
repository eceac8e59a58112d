//! One's own account: password and API tokens.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use crate::app::people::PersonError;
use crate::app::tokens::TokenError;
use crate::app::{FieldProblem, people, tokens};
use crate::domain::ids::TokenId;
use crate::domain::people::Scope;
use crate::store::Store;
use crate::store::tokens::Token;
use crate::web::blocking::Signed;
use crate::web::body::{Button, Form};
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "account/show.html")]
struct Account {
    frame: Frame,
    tokens: Vec<Token>,
    secret: Option<String>,
    errors: Vec<FieldProblem>,
}

impl Account {
    fn load(
        store: &Store,
        signed: &Signed,
        secret: Option<String>,
        errors: Vec<FieldProblem>,
    ) -> Result<Self, Problem> {
        Ok(Self {
            frame: Frame::of(signed, Part::Other),
            tokens: tokens::list(store, &signed.ctx)?,
            secret,
            errors,
        })
    }
}

/// The account page.
pub(in crate::web) async fn show(
    state: Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, |store, signed| {
        Account::load(store, signed, None, Vec::new())
    })
    .await?;
    Ok(frame::ok(&page))
}

#[derive(Debug, Deserialize)]
pub(in crate::web) struct PasswordForm {
    #[serde(default)]
    old_password: String,
    #[serde(default)]
    new_password: String,
}

/// Changes one's password; one signs in anew.
pub(in crate::web) async fn change_password(
    state: Data<State>,
    form: Form<PasswordForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let turn = state
        .hashing
        .clone()
        .acquire_owned()
        .await
        .map_err(|_| Problem::busy())?;
    let refused = blocking::write(&state, form.visitor, move |store, signed| {
        let _turn = turn;
        match people::change_password(store, &signed.ctx, &input.old_password, &input.new_password)
        {
            Ok(()) => Ok(None),
            Err(PersonError::Invalid(errors)) => {
                Account::load(store, signed, None, errors).map(Some)
            }
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    Ok(refused.map_or_else(|| frame::see("/session/new"), |page| frame::again(&page)))
}

#[derive(Debug, Deserialize)]
pub(in crate::web) struct TokenForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    days: String,
}

/// Makes a token and shows its secret, once.
pub(in crate::web) async fn create_token(
    state: Data<State>,
    form: Form<TokenForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let (page, made) = blocking::write(&state, form.visitor, move |store, signed| {
        // What is no number is no number of days either, and is refused as such.
        let days = input.days.trim().parse().unwrap_or(0);
        match tokens::create(store, &signed.ctx, &input.name, &input.scope, Some(days)) {
            Ok(secret) => Ok((
                Account::load(store, signed, Some(secret), Vec::new())?,
                true,
            )),
            Err(TokenError::Invalid(errors)) => {
                Ok((Account::load(store, signed, None, errors)?, false))
            }
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    Ok(if made {
        frame::ok(&page)
    } else {
        frame::again(&page)
    })
}

/// Revokes a token.
pub(in crate::web) async fn revoke_token(
    state: Data<State>,
    path: Path<String>,
    form: Form<Button>,
) -> Result<HttpResponse, PageError> {
    blocking::write(&state, form.visitor, move |store, signed| {
        let id = TokenId::parse(&path).ok_or_else(Problem::not_found)?;
        Ok(tokens::revoke(store, &signed.ctx, id)?)
    })
    .await?;
    Ok(frame::see("/account"))
}
