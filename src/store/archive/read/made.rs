//! What an archive does not hold because it is made from what it holds. HTML is never taken from a file.

use diesel::prelude::*;

use super::super::ArchiveError;
use crate::domain::ids::{
    AccountId, CauseId, CommentId, Number, PersonId, PostMortemId, SectionId,
};
use crate::domain::markdown::to_html;
use crate::store::schema::{accounts, causes, comments, postmortems, sections};
use crate::store::{Conn, StoreError, aggregate, search};

/// Makes HTML and the search index again; `refused` says what cannot be read.
pub(super) fn again(
    tx: &mut Conn,
    refused: impl Fn(String) -> ArchiveError,
) -> Result<(), ArchiveError> {
    html(tx)?;
    let all: Vec<(PostMortemId, Option<i32>, PersonId)> = postmortems::table
        .order(postmortems::key)
        .select((
            postmortems::id,
            postmortems::number,
            postmortems::shepherd_id,
        ))
        .load(tx)
        .map_err(StoreError::from)?;
    for (id, number, shepherd) in all {
        match aggregate::load(tx, shepherd, id) {
            Ok(postmortem) => search::index(tx, &postmortem)?,
            Err(StoreError::Corrupt(place)) => {
                let which =
                    number.map_or_else(|| id.to_string(), |number| Number(number).to_string());
                return Err(refused(format!(
                    "{which} cannot be read: the value of {place} is none that this program writes."
                )));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn html(tx: &mut Conn) -> Result<(), StoreError> {
    let texts: Vec<(SectionId, String)> = sections::table
        .select((sections::id, sections::body))
        .load(tx)?;
    for (id, text) in texts {
        diesel::update(sections::table.filter(sections::id.eq(id)))
            .set(sections::html.eq(to_html(&text)))
            .execute(tx)?;
    }
    let texts: Vec<(AccountId, String)> = accounts::table
        .select((accounts::id, accounts::body))
        .load(tx)?;
    for (id, text) in texts {
        diesel::update(accounts::table.filter(accounts::id.eq(id)))
            .set(accounts::html.eq(to_html(&text)))
            .execute(tx)?;
    }
    let texts: Vec<(CauseId, String)> = causes::table
        .select((causes::id, causes::description))
        .load(tx)?;
    for (id, text) in texts {
        diesel::update(causes::table.filter(causes::id.eq(id)))
            .set(causes::html.eq(to_html(&text)))
            .execute(tx)?;
    }
    let texts: Vec<(CommentId, String)> = comments::table
        .select((comments::id, comments::text))
        .load(tx)?;
    for (id, text) in texts {
        diesel::update(comments::table.filter(comments::id.eq(id)))
            .set(comments::html.eq(to_html(&text)))
            .execute(tx)?;
    }
    Ok(())
}
