//! Which of what was found comes first.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::candidates::{Candidate, candidates, counted};
use super::planning::{by_index, plan_by_words};
use super::spread::{holding_some, rarities};
use super::wanted::{Wanted, Within};
use super::{Loaded, load};
use crate::domain::ids::PersonId;
use crate::domain::listing::Total;
use crate::domain::search::{Facets, Matcher, Ranker, SearchQuery, Slice, Sort, Term};
use crate::store::{Conn, StoreError};

/// Ranked are only the newest ones, and those that hold the words in their titles: ranking is what costs, and a word that
/// occurs in more of them finds nothing.
const RANKED: usize = 1_000;
/// The same where one word is looked for: those that hold it in their titles come first anyway, and there is no more to tell
/// the others apart by than how often they say it.
const RANKED_ALONE: usize = 400;
/// Where any of the words is enough, so many are ranked, those with the rarest words first.
const RANKED_ANY: usize = 4_000;
/// There it is counted so far in how many a word stands.
const RARITY: usize = 10_000;
/// How many are counted before "more than" is said.
const COUNTED: usize = 10_000;
/// How many of the best are looked at for words that stand near each other.
const NEAREST: usize = 40;
/// So few that hold the beginning of a word are read for how often they do.
const READ: usize = 200;
/// Of how many of the best it is told which factors and components they name.
const ABOUT: usize = 1_000;
/// What is counted of a post-mortem is a number: its day, as eight digits, and four digits of codes.
const CODES: i64 = 10_000;
/// The last four digits of a day.
const MONTHS_AND_DAYS: i64 = 10_000;

/// What was found, in its order.
pub(super) struct Ordered {
    pub(super) keys: Vec<i32>,
    /// What had to be loaded to find the order.
    pub(super) loaded: Loaded,
    pub(super) total: Total,
    pub(super) whole: usize,
    pub(super) facets: Facets,
}

/// A candidate with its place.
struct Ranked {
    key: i32,
    facts: i64,
    score: f32,
    whole: bool,
    about: String,
}

/// Finds and orders.
pub(super) fn ordered(
    conn: &mut Conn,
    reader: PersonId,
    query: &SearchQuery,
    matcher: &Matcher,
    slice: Slice,
) -> Result<Ordered, StoreError> {
    plan_by_words(conn)?;
    let wanted = wanted(query, slice);
    let found = if query.any {
        rarities(conn, reader, query, query.terms.iter(), RARITY)?
    } else {
        Vec::new()
    };
    let (mut rows, more) = if query.any {
        holding_some(conn, reader, query, &found, RANKED_ANY)?
    } else {
        let most = most_ranked(query);
        // The newest that hold one word are found soonest by walking back over all; with several that walk is long.
        let several = query.terms.len() > 1;
        let found = |conn: &mut Conn| -> Result<Vec<Candidate>, StoreError> {
            Ok(candidates(conn, reader, query, &wanted, most + 1).load(conn)?)
        };
        let mut rows = if several {
            by_index(conn, found)?
        } else {
            found(conn)?
        };
        let more = rows.len() > most;
        rows.truncate(most);
        (rows, more)
    };
    let titled = titled(conn, reader, query, wanted.clone(), more, &mut rows)?;
    let read = read(conn, query, slice.sort, &rows)?;
    let ranker = Ranker::new(query, &found);
    let mut ranked: Vec<Ranked> = rows
        .into_iter()
        .filter_map(|found| {
            let score = match read.get(&found.key) {
                Some((_, texts)) => Ranker::score_read(matcher, texts.all()),
                None => ranker.score(&found.counts, titled.contains(&found.key))?,
            };
            Some(Ranked {
                key: found.key,
                facts: found.facts,
                score: score.score,
                whole: score.whole,
                about: found.about,
            })
        })
        .collect();
    let (total, mut facets) = if more && !query.any {
        let all: String = by_index(conn, |conn| {
            Ok(counted(conn, reader, query, &wanted, COUNTED + 1).get_result(conn)?)
        })?;
        totals(all.split(' ').filter_map(|facts| facts.parse().ok()))
    } else {
        totals(ranked.iter().map(|one| one.facts))
    };
    let mut loaded = sort_by(conn, query, matcher, &ranker, slice.sort, &mut ranked)?;
    loaded.extend(read);
    if slice.about {
        facets.add_about(ranked.iter().take(ABOUT).map(|one| one.about.as_str()));
    }
    Ok(Ordered {
        whole: if query.any {
            ranked.iter().filter(|one| one.whole).count()
        } else {
            total.count
        },
        keys: ranked.into_iter().map(|one| one.key).collect(),
        loaded,
        total: Total {
            more: total.more || more && query.any,
            ..total
        },
        facets,
    })
}

fn wanted<'a>(query: &'a SearchQuery, slice: Slice) -> Wanted<'a> {
    let all = Wanted::all(query);
    if slice.about {
        all
    } else {
        all.unread_by(query)
    }
}

fn most_ranked(query: &SearchQuery) -> usize {
    match query.terms.len() {
        1 => RANKED_ALONE,
        _ => RANKED,
    }
}

/// Brings what was found into its order; what had to be read for that is returned.
fn sort_by(
    conn: &mut Conn,
    query: &SearchQuery,
    matcher: &Matcher,
    ranker: &Ranker,
    sort: Sort,
    ranked: &mut [Ranked],
) -> Result<Loaded, StoreError> {
    let day = |one: &Ranked| (one.facts / CODES, one.key);
    match sort {
        Sort::Newest => ranked.sort_by_key(|one| std::cmp::Reverse(day(one))),
        Sort::Oldest => ranked.sort_by_key(day),
        Sort::Best if query.terms.is_empty() => {}
        Sort::Best => {
            // The newer one first among equals.
            ranked.sort_by(best_first);
            if query.terms.len() > 1 {
                return nearest_first(conn, matcher, ranker, ranked);
            }
        }
    }
    Ok(Loaded::new())
}

fn best_first(one: &Ranked, other: &Ranked) -> std::cmp::Ordering {
    let score = other.score.total_cmp(&one.score);
    score.then(other.key.cmp(&one.key))
}

/// Orders the best ones once more, by how near to each other the words stand in them.
fn nearest_first(
    conn: &mut Conn,
    matcher: &Matcher,
    ranker: &Ranker,
    ranked: &mut [Ranked],
) -> Result<Loaded, StoreError> {
    let most = ranked.len().min(NEAREST);
    let Some(best) = ranked.get_mut(..most) else {
        return Ok(Loaded::new());
    };
    let keys: Vec<i32> = best.iter().map(|one| one.key).collect();
    let loaded = load(conn, &keys)?;
    for one in best.iter_mut() {
        if let Some((_, texts)) = loaded.get(&one.key) {
            one.score *= ranker.nearness(matcher, &texts.all());
        }
    }
    best.sort_by(best_first);
    Ok(loaded)
}

/// Reads those that hold the beginning of a word, if it is all that is looked for and they are few.
fn read(
    conn: &mut Conn,
    query: &SearchQuery,
    sort: Sort,
    rows: &[Candidate],
) -> Result<Loaded, StoreError> {
    let alone = matches!(query.terms.as_slice(), [term] if term.is_beginning());
    if !alone || sort != Sort::Best || rows.len() > READ {
        return Ok(Loaded::new());
    }
    let keys: Vec<i32> = rows.iter().map(|found| found.key).collect();
    load(conn, &keys)
}

/// Which of them hold the words in their titles, where that is asked: beginnings of words are not among what ranking knows,
/// and of too many candidates only the newest were read, so that those with the words in their titles are added.
fn titled(
    conn: &mut Conn,
    reader: PersonId,
    query: &SearchQuery,
    wanted: Wanted<'_>,
    more: bool,
    rows: &mut Vec<Candidate>,
) -> Result<HashSet<i32>, StoreError> {
    let beginnings = query.terms.iter().any(Term::is_beginning);
    if query.any || query.terms.is_empty() || !(more || beginnings) {
        return Ok(HashSet::new());
    }
    let wanted = wanted.within(Within::Titles);
    let titled: Vec<Candidate> = by_index(conn, |conn| {
        Ok(candidates(conn, reader, query, &wanted, most_ranked(query)).load(conn)?)
    })?;
    let keys: HashSet<i32> = titled.iter().map(|found| found.key).collect();
    let known: HashSet<i32> = rows.iter().map(|found| found.key).collect();
    rows.extend(
        titled
            .into_iter()
            .filter(|found| !known.contains(&found.key)),
    );
    Ok(keys)
}

/// How many there are, and of what.
fn totals(facts: impl Iterator<Item = i64>) -> (Total, Facets) {
    let mut alike: HashMap<i64, usize> = HashMap::new();
    for facts in facts {
        let year = facts / CODES / MONTHS_AND_DAYS;
        *alike.entry(year * CODES + facts % CODES).or_default() += 1;
    }
    let count: usize = alike.values().sum();
    let mut facets = Facets::default();
    for (sort, many) in alike {
        facets.count(sort, many);
    }
    facets.order();
    let total = Total {
        count: count.min(COUNTED),
        more: count > COUNTED,
    };
    (total, facets)
}
