//! What is looked for where any of the words is enough: the rarest first, so that what can be ranked at all is spent on
//! those that hold what tells most.

use std::collections::HashSet;

use diesel::prelude::*;

use super::candidates::{Candidate, candidates, how_many};
use super::planning::by_index;
use super::wanted::{Wanted, Within};
use crate::domain::ids::PersonId;
use crate::domain::search::{SearchQuery, Term};
use crate::store::{Conn, StoreError};

/// A word that stands in so many is looked for only together with another one.
const COMMON: usize = 400;
/// How many of the common words are looked for two by two.
const PAIRED: usize = 8;
/// Of these, the rarest, whose pairs are looked for first.
const FIRST: usize = 3;

/// In how many that the reader may read, and that the filters of a search leave, each term stands, counted to a limit.
pub(in crate::store) fn rarities<'a>(
    conn: &mut Conn,
    reader: PersonId,
    query: &SearchQuery,
    terms: impl Iterator<Item = &'a Term>,
    most: usize,
) -> Result<Vec<usize>, StoreError> {
    by_index(conn, |conn| {
        let counted = terms.map(|term| {
            let wanted = within(vec![vec![term]]);
            let many: i64 = how_many(conn, reader, query, &wanted, most).get_result(conn)?;
            Ok(usize::try_from(many).unwrap_or_default())
        });
        counted.collect()
    })
}

/// Those that hold some of the words, at most `most`, and whether there are more. `found` says in how many each word stands.
pub(in crate::store) fn holding_some(
    conn: &mut Conn,
    reader: PersonId,
    query: &SearchQuery,
    found: &[usize],
    most: usize,
) -> Result<(Vec<Candidate>, bool), StoreError> {
    let mut rows: Vec<Candidate> = Vec::new();
    let mut known = HashSet::new();
    by_index(conn, |conn| {
        for wanted in spread(query, found) {
            // Those that are known may be among them.
            let asked = candidates(conn, reader, query, &wanted, most + 1);
            for row in asked.load::<Candidate>(conn)? {
                if known.insert(row.key) {
                    rows.push(row);
                }
            }
            if rows.len() > most {
                break;
            }
        }
        Ok(())
    })?;
    let more = rows.len() > most;
    rows.truncate(most);
    Ok((rows, more))
}

/// What is looked for, one after the other: each of the rare words; then the common ones two together, the rarest first.
fn spread<'a>(query: &'a SearchQuery, found: &[usize]) -> Vec<Wanted<'a>> {
    let mut terms: Vec<(&Term, usize)> = query.terms.iter().zip(found.iter().copied()).collect();
    terms.retain(|(_, many)| *many > 0);
    terms.sort_by_key(|(_, many)| *many);
    let (rare, common): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(_, many)| *many < COMMON);
    let common: Vec<&Term> = common.iter().map(|(term, _)| *term).take(PAIRED).collect();
    let mut tiers = vec![rare.iter().map(|(term, _)| vec![*term]).collect()];
    let (first, rest) = common.split_at_checked(FIRST).unwrap_or((&common, &[]));
    tiers.push(pairs(first));
    tiers.push(
        first
            .iter()
            .flat_map(|one| rest.iter().map(|other| vec![*one, *other]))
            .collect(),
    );
    tiers.push(pairs(rest));
    if rare.is_empty() && common.len() < 2 {
        tiers.push(common.iter().map(|term| vec![*term]).collect());
    }
    let tiers = tiers.into_iter().filter(|sets| !sets.is_empty());
    tiers.map(within).collect()
}

/// Every two of some words.
fn pairs<'a>(terms: &[&'a Term]) -> Vec<Vec<&'a Term>> {
    let places = terms.iter().enumerate();
    let others = places.flat_map(|(place, one)| {
        let others = terms.iter().skip(place + 1);
        others.map(|other| vec![*one, *other])
    });
    others.collect()
}

fn within(sets: Vec<Vec<&Term>>) -> Wanted<'_> {
    Wanted {
        sets,
        within: Within::Everything,
        unread: false,
    }
}
