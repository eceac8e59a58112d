//! Full text: what is searched, and what a search finds.
//!
//! **Invariant:** who may read is decided by a condition of `access`, inside the query that ranks and counts, and before
//! any limit. Nothing of a post-mortem that one may not read shows in a hit, a count, an order or a suggestion: what a word
//! weighs is counted among what the reader may read, and a text is compared with nothing else.

mod about; // which factors and components older documents name
mod candidates; // what holds the words: the two SQL texts
mod complete; // what ranking knows of the documents of an older program
mod filtered; // what filters alone leave
mod merging; // how the parts of SQLite's index are merged
mod order; // which of them come first
mod planning; // what PostgreSQL is told about planning a search
mod spread; // what is looked for where any of the words is enough
mod spelling; // the word that was probably meant
mod vocabulary; // the words of all texts
mod wanted; // what is looked for, as either engine reads it

use std::collections::HashMap;

use diesel::dsl::auto_type;
use diesel::prelude::*;

use candidates::{Candidate, candidates, how_many};
use order::{Ordered, ordered};
use planning::by_index;
use wanted::{Wanted, Within};

pub use complete::{complete, complete_once};
pub use spelling::nearest;

pub(in crate::store) use planning::plan_by_words;
pub(in crate::store) use spread::{holding_some, rarities};

use super::connection::Backend;
use super::listing::{CardRow, Listed, card};
use super::schema::{postmortems, search_documents, search_signals};
use super::{Conn, StoreError};
use crate::domain::ids::{PersonId, PostMortemId};
use crate::domain::listing::Card;
use crate::domain::postmortem::PostMortem;
use crate::domain::search::{Document, Found, Hit, Matcher, SearchQuery, Slice, rows};
use crate::domain::taxonomy::FactorId;

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = search_documents)]
struct Row<'a> {
    lede: &'a str,
    factors: &'a str,
    title: &'a str,
    statements: &'a str,
    body: &'a str,
    layout: &'a str,
}

/// What is loaded of a post-mortem that was found.
#[derive(Queryable, Selectable)]
#[diesel(table_name = search_documents)]
struct Texts {
    key: i32,
    lede: String,
    factors: String,
    title: String,
    statements: String,
    body: String,
    layout: String,
}

impl Texts {
    /// What is searched: the title, the statements, the rest.
    fn all(&self) -> [&str; 3] {
        [&self.title, &self.statements, &self.body]
    }
}

/// A post-mortem that was found, as it was loaded.
type Loaded = HashMap<i32, (CardRow, Texts)>;

/// Takes what is searched and listed from a post-mortem as it stands now.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn index(conn: &mut Conn, postmortem: &PostMortem) -> Result<(), StoreError> {
    let document = Document::of(postmortem);
    let factors: Vec<&str> = document.factors.iter().map(FactorId::as_str).collect();
    let row = Row {
        lede: &document.lede,
        factors: &factors.join(","),
        title: &document.title,
        statements: &document.statements,
        body: &document.body,
        layout: &document.layout,
    };
    let id = postmortem.facts.id;
    let changed = diesel::update(search_documents::table)
        .filter(search_documents::postmortem_id.eq(id))
        .set(&row)
        .execute(conn)?;
    let key: i32 = postmortems::table
        .filter(postmortems::id.eq(id))
        .select(postmortems::key)
        .first(conn)?;
    if changed == 0 {
        insert(conn, id, key, row)?;
    }
    merging::merge_some(conn)?;
    let kept = document.indexed();
    vocabulary::add(conn, &kept.vocabulary)?;
    let signals = (
        search_signals::counts.eq(&kept.signals),
        search_signals::about.eq(&document.about),
    );
    let known = diesel::update(search_signals::table.filter(search_signals::key.eq(key)))
        .set(signals)
        .execute(conn)?;
    if known == 0 {
        diesel::insert_into(search_signals::table)
            .values((search_signals::key.eq(key), signals))
            .execute(conn)?;
    }
    Ok(())
}

fn insert(conn: &mut Conn, id: PostMortemId, key: i32, row: Row<'_>) -> Result<(), StoreError> {
    let keys = (
        search_documents::key.eq(key),
        search_documents::postmortem_id.eq(id),
    );
    diesel::insert_into(search_documents::table)
        .values((keys, row))
        .execute(conn)?;
    Ok(())
}

/// What a search finds for a reader, ordered; without words to rank by, the newest first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn query(
    conn: &mut Conn,
    reader: PersonId,
    query: &SearchQuery,
    slice: Slice,
) -> Result<Found, StoreError> {
    let matcher = Matcher::new(query);
    let Ordered {
        keys,
        mut loaded,
        total,
        whole,
        facets,
    } = ordered(conn, reader, query, &matcher, slice)?;
    let ranked = keys.len();
    let page: Vec<i32> = keys
        .into_iter()
        .skip(slice.skipped)
        .take(slice.most)
        .collect();
    let rest: Vec<i32> = page
        .iter()
        .copied()
        .filter(|key| !loaded.contains_key(key))
        .collect();
    loaded.extend(load(conn, &rest)?);
    let found = page.iter().filter_map(|key| loaded.remove(key));
    let hits: Result<Vec<Hit>, StoreError> = found
        .map(|(row, texts)| hit(&matcher, row, texts))
        .collect();
    Ok(Found {
        hits: hits?,
        total,
        ranked,
        whole,
        facets,
    })
}

/// How many a search finds for a reader, counted to a limit.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn count(
    conn: &mut Conn,
    reader: PersonId,
    query: &SearchQuery,
    most: usize,
) -> Result<usize, StoreError> {
    let counted: i64 = by_index(conn, |conn| {
        Ok(how_many(conn, reader, query, &Wanted::all(query), most).get_result(conn)?)
    })?;
    Ok(usize::try_from(counted).unwrap_or_default())
}

/// Post-mortems with the words in their titles, for somebody who is still typing; the newest first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn titled(
    conn: &mut Conn,
    reader: PersonId,
    query: &SearchQuery,
    most: usize,
) -> Result<Vec<Card>, StoreError> {
    if query.terms.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = Wanted::all(query).within(Within::Titles);
    let found: Vec<Candidate> = candidates(conn, reader, query, &wanted, most).load(conn)?;
    let keys: Vec<i32> = found.iter().map(|found| found.key).collect();
    let mut loaded = load(conn, &keys)?;
    let found = keys.iter().filter_map(|key| loaded.remove(key));
    found
        .map(|(row, texts)| card((row, Some(texts.lede), Some(texts.factors))))
        .collect()
}

#[auto_type]
fn searched() -> _ {
    search_documents::table
        .inner_join(postmortems::table.on(search_documents::key.eq(postmortems::key)))
}

/// What is shown of post-mortems. **Invariant:** the keys come from a query that asked who may read.
fn load(conn: &mut Conn, keys: &[i32]) -> Result<Loaded, StoreError> {
    if keys.is_empty() {
        return Ok(Loaded::new());
    }
    let loaded: Vec<(CardRow, Texts)> = searched()
        .filter(search_documents::key.eq_any(keys))
        .select((
            <CardRow as SelectableHelper<Backend>>::as_select(),
            Texts::as_select(),
        ))
        .load(conn)?;
    Ok(loaded
        .into_iter()
        .map(|(row, texts)| (texts.key, (row, texts)))
        .collect())
}

fn hit(matcher: &Matcher, row: CardRow, texts: Texts) -> Result<Hit, StoreError> {
    let rows = rows(&texts.layout).ok_or(StoreError::Corrupt("search_documents.layout"))?;
    let listed: Listed = (row, Some(texts.lede), Some(texts.factors));
    let card = card(listed)?;
    Ok(Hit {
        title: matcher.marked(card.title.as_str()),
        quotes: matcher.quotes(&texts.statements, &texts.body, rows),
        card,
    })
}
