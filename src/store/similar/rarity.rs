//! In how many post-mortems that a reader may read something stands, counted to a limit: what stands in more tells little,
//! however many more they are.

use std::marker::PhantomData;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::marked::{about, coded};
use crate::domain::ids::PersonId;
use crate::domain::search::SearchQuery;
use crate::domain::similarity::{Asked, Rarity};
use crate::store::framed::Framed;
use crate::store::narrowing::readable_found;
use crate::store::{Conn, StoreError, search};

/// How far post-mortems are counted.
const ALL: i64 = 2_000;
/// How far those with a word are counted.
const HOLDING: usize = 1_000;
/// How far statements with a factor or about a component are counted.
pub(super) const MARKED: usize = 400;

/// Counts all words, factors and components. Of the latter two the statements are counted: few say one thing twice.
pub(super) fn of(
    conn: &mut Conn,
    reader: PersonId,
    asked: &Asked<'_>,
) -> Result<Rarity, StoreError> {
    let everything = SearchQuery::default();
    let mut rarity = Rarity {
        all: all(conn, reader)?,
        words: search::rarities(conn, reader, &everything, asked.terms(), HOLDING)?,
        ..Rarity::default()
    };
    let one = || 1.into_sql::<Integer>();
    let most = i64::try_from(MARKED).unwrap_or(i64::MAX);
    for factor in asked.factors() {
        let known: Vec<i32> = coded(reader, factor).select(one()).limit(most).load(conn)?;
        rarity.factors.push(known.len());
    }
    for component in asked.components() {
        let known = about(reader, component).select(one()).limit(most);
        rarity.components.push(known.load::<i32>(conn)?.len());
    }
    Ok(rarity)
}

fn all(conn: &mut Conn, reader: PersonId) -> Result<usize, StoreError> {
    let counted: i64 = Framed::<BigInt> {
        before: "SELECT count(*) FROM (SELECT 1 FROM search_facts WHERE ",
        text: None,
        between: "",
        condition: readable_found(reader),
        after: " LIMIT ",
        limit: ALL,
        end: ") AS counted",
        columns: PhantomData,
    }
    .get_result(conn)?;
    Ok(usize::try_from(counted).unwrap_or_default())
}
