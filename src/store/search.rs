//! Full text: what is searched, and what a search finds.
//!
//! **Invariant:** who may read is decided on `postmortems` itself, inside the query that ranks and counts, and before
//! any limit. Nothing of a post-mortem that one may not read shows in a hit, a count or a suggestion. (The order of two
//! hits may depend on how often a word occurs in all documents of a SQLite store, because that is how it weighs words.)

mod candidates; // the two SQL texts

use diesel::dsl::auto_type;
use diesel::prelude::*;

use candidates::{CANDIDATES, Candidate, candidates};

use super::connection::Backend;
use super::listing::{CardRow, Listed, card};
use super::narrowing::narrowed;
use super::schema::{postmortems, search_documents};
use super::{Conn, StoreError};
use crate::domain::ids::{PersonId, PostMortemId};
use crate::domain::listing::{Filters, Total};
use crate::domain::postmortem::{Kind, PostMortem, Status};
use crate::domain::search::{Document, Facets, Found, Hit, Matcher, SearchQuery, Vocabulary, rows};
use crate::domain::taxonomy::FactorId;

/// From how many of the newest the words of suggestions are taken: from their titles, first sentences and statements.
const SUGGESTING: i64 = 2_000;
/// From how many of the newest all words are taken.
const SUGGESTING_ALL: usize = 300;

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
    statements: String,
    body: String,
    layout: String,
}

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
    if changed == 0 {
        insert(conn, id, row)?;
    }
    Ok(())
}

fn insert(conn: &mut Conn, id: PostMortemId, row: Row<'_>) -> Result<(), StoreError> {
    let key: i32 = postmortems::table
        .filter(postmortems::id.eq(id))
        .select(postmortems::key)
        .first(conn)?;
    let keys = (
        search_documents::key.eq(key),
        search_documents::postmortem_id.eq(id),
    );
    diesel::insert_into(search_documents::table)
        .values((keys, row))
        .execute(conn)?;
    Ok(())
}

/// What a search finds for a reader: best first, or newest first if there are no words to rank by. `most` of them,
/// after the first `skipped`.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn query(
    conn: &mut Conn,
    reader: PersonId,
    query: &SearchQuery,
    skipped: usize,
    most: usize,
) -> Result<Found, StoreError> {
    let mut candidates: Vec<Candidate> =
        candidates(conn, reader, query, CANDIDATES + 1).load(conn)?;
    let more = candidates.len() > CANDIDATES;
    candidates.truncate(CANDIDATES);
    if !query.terms.is_empty() {
        // The newer one first among equals; the candidates come newest first, and the sort is stable.
        candidates.sort_by(|one, other| one.1.total_cmp(&other.1));
    }
    let total = Total {
        count: candidates.len(),
        more,
    };
    let facets = facets(&candidates);
    let page: Vec<i32> = candidates
        .into_iter()
        .skip(skipped)
        .take(most)
        .map(|(key, ..)| key)
        .collect();
    Ok(Found {
        hits: hits(conn, query, &page)?,
        total,
        facets,
    })
}

/// Whether a search finds anything for a reader.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn occurs(conn: &mut Conn, reader: PersonId, query: &SearchQuery) -> Result<bool, StoreError> {
    let first: Vec<Candidate> = candidates(conn, reader, query, 1).load(conn)?;
    Ok(!first.is_empty())
}

/// Words that a reader may be offered, from what they may read.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn vocabulary(conn: &mut Conn, reader: PersonId) -> Result<Vocabulary, StoreError> {
    let mut vocabulary = Vocabulary::default();
    let newest: Vec<(i32, String, String, String)> = searched()
        .filter(narrowed(reader, &Filters::default(), &[]))
        .order(postmortems::key.desc())
        .limit(SUGGESTING)
        .select((
            search_documents::key,
            search_documents::title,
            search_documents::lede,
            search_documents::statements,
        ))
        .load(conn)?;
    let keys: Vec<i32> = newest
        .iter()
        .map(|(key, ..)| *key)
        .take(SUGGESTING_ALL)
        .collect();
    let bodies: Vec<String> = search_documents::table
        .filter(search_documents::key.eq_any(keys))
        .select(search_documents::body)
        .load(conn)?;
    for (_, title, lede, statements) in &newest {
        for text in [title, lede, statements] {
            vocabulary.add(text);
        }
    }
    for body in &bodies {
        vocabulary.add(body);
    }
    Ok(vocabulary)
}

#[auto_type]
fn searched() -> _ {
    search_documents::table
        .inner_join(postmortems::table.on(search_documents::key.eq(postmortems::key)))
}

fn facets(candidates: &[Candidate]) -> Facets {
    let count = |found: &dyn Fn(&Candidate) -> bool| {
        candidates
            .iter()
            .filter(|candidate| found(candidate))
            .count()
    };
    let kinds = Kind::ALL
        .iter()
        .map(|kind| (*kind, count(&|(_, _, code, _)| code == kind.as_code())));
    let statuses = Status::ALL
        .iter()
        .map(|status| (*status, count(&|(.., code)| code == status.as_code())));
    Facets {
        kinds: kinds.filter(|(_, count)| *count > 0).collect(),
        statuses: statuses.filter(|(_, count)| *count > 0).collect(),
    }
}

/// The hits of a page, in its order.
fn hits(conn: &mut Conn, query: &SearchQuery, page: &[i32]) -> Result<Vec<Hit>, StoreError> {
    if page.is_empty() {
        return Ok(Vec::new());
    }
    let mut loaded: Vec<(CardRow, Texts)> = searched()
        .filter(search_documents::key.eq_any(page))
        .select((
            <CardRow as SelectableHelper<Backend>>::as_select(),
            Texts::as_select(),
        ))
        .load(conn)?;
    loaded.sort_by_key(|(_, texts)| page.iter().position(|key| *key == texts.key));
    let matcher = Matcher::new(query);
    loaded
        .into_iter()
        .map(|(row, texts)| hit(&matcher, row, texts))
        .collect()
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
