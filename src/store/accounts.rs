//! Accounts: what roles saw and thought.

use diesel::prelude::*;

use super::connection::directly;
use super::schema::accounts;
use super::sql_types::trusted;
use super::{Conn, StoreError, changed_one};
use crate::domain::ids::{AccountId, PostMortemId, Version};
use crate::domain::sections::Account;
use crate::domain::text::{Line, Prose};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = accounts)]
struct Row {
    id: AccountId,
    postmortem_id: PostMortemId,
    position: i32,
    role: String,
    body: String,
    html: String,
    version: i32,
}

/// The accounts of a post-mortem that was read through the choke point, in their order.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn, postmortem: PostMortemId) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<Row> = directly!(
        conn,
        accounts::table
            .filter(accounts::postmortem_id.eq(postmortem))
            .order((accounts::position, accounts::id))
            .select(Row::as_select())
            .load(conn)
    )?;
    rows.into_iter().map(Row::into_domain).collect()
}

/// Keeps a new account at the end of the list.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn insert(
    conn: &mut Conn,
    postmortem: PostMortemId,
    account: &Account,
) -> Result<(), StoreError> {
    let last: Option<i32> = accounts::table
        .filter(accounts::postmortem_id.eq(postmortem))
        .select(diesel::dsl::max(accounts::position))
        .first(conn)?;
    let row = Row {
        id: account.id,
        postmortem_id: postmortem,
        position: last.map_or(0, |last| last.saturating_add(1)),
        role: account.role.as_str().to_owned(),
        body: account.text.as_str().to_owned(),
        html: account.html.clone(),
        version: account.version.0,
    };
    diesel::insert_into(accounts::table)
        .values(row)
        .execute(conn)?;
    Ok(())
}

/// Saves an account over the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn update(conn: &mut Conn, account: &Account, expected: Version) -> Result<(), StoreError> {
    let target = accounts::table
        .filter(accounts::id.eq(account.id))
        .filter(accounts::version.eq(expected.0));
    let values = (
        accounts::role.eq(account.role.as_str()),
        accounts::body.eq(account.text.as_str()),
        accounts::html.eq(&account.html),
        accounts::version.eq(account.version.0),
    );
    changed_one(diesel::update(target).set(values).execute(conn)?)
}

/// Puts the accounts of a post-mortem into this order. Not a new version of any.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn arrange(
    conn: &mut Conn,
    postmortem: PostMortemId,
    order: &[AccountId],
) -> Result<(), StoreError> {
    for (position, id) in (0_i32..).zip(order) {
        let target = accounts::table
            .filter(accounts::postmortem_id.eq(postmortem))
            .filter(accounts::id.eq(id));
        diesel::update(target)
            .set(accounts::position.eq(position))
            .execute(conn)?;
    }
    Ok(())
}

/// Removes an account in the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn delete(conn: &mut Conn, id: AccountId, expected: Version) -> Result<(), StoreError> {
    changed_one(
        diesel::delete(
            accounts::table
                .filter(accounts::id.eq(id))
                .filter(accounts::version.eq(expected.0)),
        )
        .execute(conn)?,
    )
}

impl Row {
    fn into_domain(self) -> Result<Account, StoreError> {
        Ok(Account {
            id: self.id,
            role: trusted("accounts.role", Line::parse("", &self.role))?,
            text: trusted("accounts.body", Prose::parse("", &self.body))?,
            html: self.html,
            version: Version(self.version),
        })
    }
}
