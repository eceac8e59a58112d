//! Accounts as they are read, in the post-mortem and in its editor.

use askama::Template;
use serde::Deserialize;

use super::form::{AccountForm, FormView};
use crate::domain::ids::{AccountId, PostMortemId};
use crate::domain::postmortem::PostMortem;
use crate::domain::sections::Account;
use crate::domain::wording::Place;
use crate::web::pages::comments::Remarks;
use crate::web::pages::wording::{Board, Notes};

/// The accounts of the reading page.
#[derive(Debug, Template)]
#[template(path = "accounts/list.html")]
pub(in crate::web) struct Reading {
    accounts: Vec<Account>,
    remarks: Remarks,
}

impl Reading {
    /// The accounts of a post-mortem.
    pub(in crate::web) fn new(postmortem: &PostMortem, remarks: &Remarks) -> Self {
        Self {
            accounts: postmortem.accounts.clone(),
            remarks: remarks.clone(),
        }
    }

    /// Whether there is nothing to read.
    pub(in crate::web) const fn is_empty(&self) -> bool {
        self.accounts.is_empty()
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
            FormView::new(postmortem, id, true, csrf, input)
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
