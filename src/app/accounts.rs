//! Accounts by role: what somebody saw, and thought was happening.

use super::editing::{Saved, edit, gone, remember};
use super::input::Fields;
use super::lines::{Lines, Record};
use super::wording::{Keep, keep_along};
use super::{Conflict, Ctx, EditError, ReadError};
use crate::domain::ids::{AccountId, PostMortemId, Version};
use crate::domain::markdown;
use crate::domain::order::{Place, moved};
use crate::domain::sections::Account;
use crate::domain::text::{Line, Prose};
use crate::domain::wording::of_account;
use crate::store::{self, Conn, Store, StoreError};

/// What the history calls an account.
const RESOURCE: &str = "account";

/// An account as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountInput {
    /// The role that tells it. (A name where that person asks for it.)
    pub role: String,
    /// The text, Markdown.
    pub text: String,
    /// Wording that the form says to keep.
    pub keeps: Vec<Keep>,
}

/// One account of a post-mortem.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none that one may read.
pub fn read(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    account: AccountId,
) -> Result<Account, ReadError> {
    store.read(|conn| {
        store::postmortems::find(conn, ctx.actor.person, id)?;
        Ok(find(conn, id, account)?)
    })
}

/// Adds an account at the end of the list.
///
/// # Errors
/// [`EditError`] with every field to mend.
pub fn add(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    input: &AccountInput,
) -> Result<Account, EditError> {
    let account = parse(input, AccountId::new(), Version::FIRST)?;
    edit(store, ctx, id, |tx, _| {
        store::accounts::insert(tx, id, &account)?;
        keep(tx, ctx, id, &account, "")?;
        keep_along(tx, ctx, id, &input.keeps, &of_account(&account))?;
        Ok(account)
    })
}

/// Changes an account over the version that the writer saw; `None` is "whatever stands".
///
/// # Errors
/// [`EditError::Conflict`] with both texts if somebody saved in between; otherwise what to mend.
pub fn change(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    account: AccountId,
    input: &AccountInput,
    expected: Option<Version>,
    note: &str,
) -> Result<Account, EditError> {
    edit(store, ctx, id, |tx, _| {
        change_in(tx, ctx, id, account, input, (expected, note))
    })
}

/// The same within a transaction that somebody else settles.
pub(super) fn change_in(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    account: AccountId,
    input: &AccountInput,
    (expected, note): (Option<Version>, &str),
) -> Result<Account, EditError> {
    let current = find(tx, id, account)?;
    let changed = parse(input, account, current.version.next())?;
    if expected.is_some_and(|expected| expected != current.version) {
        return Err(conflict(tx, id, expected, &current, &changed)?);
    }
    keep_along(tx, ctx, id, &input.keeps, &of_account(&changed))?;
    if (&current.role, &current.text) == (&changed.role, &changed.text) {
        return Ok(current);
    }
    store::accounts::update(tx, &changed, current.version)?;
    keep(tx, ctx, id, &changed, note)?;
    Ok(changed)
}

/// Removes an account. It is kept in the history, and [`restore`] brings it back.
///
/// # Errors
/// [`EditError::Conflict`] if somebody saved in between.
pub fn remove(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    account: AccountId,
    expected: Option<Version>,
) -> Result<(), EditError> {
    edit(store, ctx, id, |tx, _| {
        let current = find(tx, id, account)?;
        if expected.is_some_and(|expected| expected != current.version) {
            return Err(conflict(tx, id, expected, &current, &current)?);
        }
        let removed = Account {
            version: Version(0),
            ..current.clone()
        };
        keep(tx, ctx, id, &removed, "Removed")?;
        store::accounts::delete(tx, account, current.version)?;
        Ok(())
    })
}

/// Takes a removal back; the account stands at the end of the list.
///
/// # Errors
/// [`EditError::State`] if it is still there, [`StoreError::NotFound`] if there never was one.
pub fn restore(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    account: AccountId,
) -> Result<Account, EditError> {
    edit(store, ctx, id, |tx, _| {
        gone(find(tx, id, account), "This account is still there.")?;
        let latest = store::revisions::latest(tx, id, RESOURCE, &account.to_string())?
            .ok_or(StoreError::NotFound)?;
        let record = Record::read(&latest.body);
        let input = AccountInput {
            role: record.first("Role").unwrap_or_default(),
            text: record.first("Account").unwrap_or_default(),
            keeps: Vec::new(),
        };
        let restored = parse(&input, account, Version(latest.highest_version).next())?;
        store::accounts::insert(tx, id, &restored)?;
        keep(tx, ctx, id, &restored, "Brought back")?;
        Ok(restored)
    })
}

/// Moves an account within the list. Not a new version.
///
/// # Errors
/// [`StoreError::NotFound`] if there is no such account.
pub fn place(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    account: AccountId,
    to: Place,
) -> Result<(), EditError> {
    edit(store, ctx, id, |tx, _| {
        let ids: Vec<AccountId> = store::accounts::list(tx, id)?
            .iter()
            .map(|other| other.id)
            .collect();
        let order = moved(&ids, account, to).ok_or(StoreError::NotFound)?;
        store::accounts::arrange(tx, id, &order)?;
        Ok(())
    })
}

fn parse(input: &AccountInput, id: AccountId, version: Version) -> Result<Account, EditError> {
    let mut fields = Fields::new();
    let role = fields.take("role", Line::parse("The role", &input.role));
    let text = fields.take("text", told(&input.text));
    fields.finish()?;
    let (Some(role), Some(text)) = (role, text) else {
        return Err(EditError::Invalid(Vec::new()));
    };
    Ok(Account {
        id,
        role,
        html: markdown::to_html(text.as_str()),
        text,
        version,
    })
}

fn told(typed: &str) -> Result<Prose, String> {
    let text = Prose::parse("The account", typed).map_err(|problem| problem.to_string())?;
    if text.is_blank() {
        Err("Write what this role saw, and what they thought was going on.".into())
    } else {
        Ok(text)
    }
}

fn find(tx: &mut Conn, id: PostMortemId, account: AccountId) -> Result<Account, StoreError> {
    store::accounts::list(tx, id)?
        .into_iter()
        .find(|other| other.id == account)
        .ok_or(StoreError::NotFound)
}

/// The account as lines.
fn text(account: &Account) -> String {
    let mut lines = Lines::new();
    lines.put("Role", account.role.as_str());
    lines.put("Account", account.text.as_str());
    lines.into_text()
}

/// Keeps a version in the history.
pub(super) fn keep(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    account: &Account,
    note: &str,
) -> Result<(), EditError> {
    let saved = Saved {
        resource: RESOURCE,
        resource_id: &account.id.to_string(),
        version: account.version,
        body: &text(account),
    };
    remember(tx, ctx, id, &saved, note)
}

fn conflict(
    tx: &mut Conn,
    id: PostMortemId,
    expected: Option<Version>,
    current: &Account,
    yours: &Account,
) -> Result<EditError, StoreError> {
    let key = current.id.to_string();
    let base = match expected {
        Some(expected) => store::revisions::text_of(tx, id, RESOURCE, &key, expected.0)?,
        None => None,
    };
    Ok(EditError::Conflict(Box::new(Conflict {
        current: current.version,
        theirs: text(current),
        yours: text(yours),
        base,
    })))
}
