//! The form of one account.

use askama::Template;
use serde::Deserialize;

use crate::app::FieldProblem;
use crate::app::accounts::AccountInput;
use crate::domain::ids::AccountId;
use crate::domain::postmortem::{PostMortem, Status};
use crate::domain::sections::Account;
use crate::domain::wording::{Place, RowText};
use crate::web::pages::again::Refused;
use crate::web::pages::wording::{FieldNotes, keeps};

/// An account as a form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct AccountForm {
    pub(super) role: String,
    pub(super) text: String,
    /// Words that are kept, and why: a note's name and a code.
    keep: Vec<String>,
    keep_words: Vec<String>,
    pub(super) version: i32,
    pub(super) note: String,
}

impl AccountForm {
    pub(super) fn of(account: &Account) -> Self {
        Self {
            role: account.role.as_str().to_owned(),
            text: account.text.as_str().to_owned(),
            version: account.version.0,
            ..Self::default()
        }
    }

    pub(super) fn input(&self) -> AccountInput {
        AccountInput {
            role: self.role.clone(),
            text: self.text.clone(),
            keeps: keeps(&self.keep, &self.keep_words),
        }
    }
}

/// The form of one account, filled in.
#[derive(Debug, Template)]
#[template(path = "accounts/form.html")]
pub(super) struct FormView {
    action: String,
    close: String,
    p: &'static str,
    csrf: String,
    saved: bool,
    amends: bool,
    input: AccountForm,
    errors: Vec<FieldProblem>,
    /// The notes on the text.
    text: FieldNotes,
}

impl FormView {
    pub(super) fn new(
        postmortem: &PostMortem,
        account: Option<AccountId>,
        within: bool,
        csrf: &str,
        input: AccountForm,
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
            text: Self::notes(postmortem, account, &input),
            input,
            errors: Vec::new(),
        }
    }

    fn notes(
        postmortem: &PostMortem,
        account: Option<AccountId>,
        input: &AccountForm,
    ) -> FieldNotes {
        let place = account.map_or(Place::New(RowText::Account), Place::Account);
        FieldNotes::new(postmortem, place, &input.text)
    }

    /// The same when it comes back.
    pub(super) fn again(self, refused: &Refused) -> Self {
        let input = &self.input;
        let chosen = keeps(&input.keep, &input.keep_words);
        Self {
            errors: refused.errors.clone(),
            text: self.text.again(chosen),
            ..self
        }
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }
}
