//! What is like a text. The search index says which post-mortems hold its rarest words; what ranking knows of them says how
//! much of it they hold. Nothing is kept in memory.
//!
//! **Invariant:** who may read is decided inside every query, and before any limit; what a word weighs is counted among what
//! the reader may read. So what one may not read changes nothing that is offered.

mod marked; // what shares a factor or a component
mod rarity; // in how many post-mortems something stands
mod statements; // statements like a text

use std::collections::{HashMap, HashSet};

use diesel::define_sql_function;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};

pub use statements::statements;

use super::access::readable;
use super::schema::{components, postmortems, search_documents, statements as rows};
use super::search::{holding_some, plan_by_words};
use super::{Conn, StoreError, postmortems as facts};
use crate::domain::ids::{PersonId, PostMortemId, StatementId};
use crate::domain::postmortem::Facts;
use crate::domain::similarity::{Asked, Compared, Found, Held, Similar};
use crate::domain::taxonomy::{self, FactorId};

define_sql_function! {
    /// A part of a text, counted in characters from 1.
    fn substr(text: Text, from: Integer, most: Integer) -> Text;
}

/// How much of a post-mortem's text others are looked for by. More of it made no difference to what was found among 437
/// public ones.
const MOST_CHARACTERS: i32 = 4_000;

/// How often the title and the statements count, beside the text: it is they that say what comes again. With statements that
/// counted as much as the text, half as many of the generated post-mortems of one cause were found.
const WEIGHT: usize = 3;

/// How many post-mortems that hold some of the words are compared, those with the rarest first.
const COMPARED: usize = 500;

/// Of how many of the best by their words it is asked which factors and components they share.
const BEST: usize = 60;

/// Of how many more than are wanted the facts are asked: some may have been withdrawn.
const SPARE: usize = 20;

/// What others are compared with, as it was read.
#[derive(Debug, Default)]
struct Read {
    text: String,
    marks: Marks,
}

/// Factors by the ids of today, and components in one spelling.
#[derive(Debug, Default)]
struct Marks {
    factors: Vec<String>,
    components: Vec<String>,
}

/// The post-mortems most like another that the reader may read, best first, without that one.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn postmortems(
    conn: &mut Conn,
    reader: PersonId,
    like: PostMortemId,
    most: usize,
) -> Result<Vec<(Facts, Similar<PostMortemId>)>, StoreError> {
    let Some(Read { text, marks }) = text(conn, reader, like)? else {
        return Ok(Vec::new());
    };
    let compared = Compared {
        text: &text,
        factors: &marks.factors,
        components: &marks.components,
    };
    postmortems_like(conn, reader, compared, Some(like), most)
}

/// The post-mortems most like a text that the reader may read, best first, without the one that it is taken from.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn postmortems_like(
    conn: &mut Conn,
    reader: PersonId,
    compared: Compared<'_>,
    own: Option<PostMortemId>,
    most: usize,
) -> Result<Vec<(Facts, Similar<PostMortemId>)>, StoreError> {
    let Near {
        asked,
        held,
        marked,
    } = near(conn, reader, compared, Asked::in_postmortem)?;
    let mut keys = best(&asked, &held, BEST);
    keys.extend(marked.into_iter().map(|(_, key)| key));
    let known = marks(conn, reader, &keys)?;
    let nothing = asked.in_postmortem(&[]);
    let mut similar: Vec<Similar<PostMortemId>> = known
        .iter()
        .filter(|(_, (id, _))| Some(*id) != own)
        .filter_map(|(key, (id, marks))| {
            asked.similar(Found {
                key: *id,
                held: held.get(key).unwrap_or(&nothing).clone(),
                factors: &marks.factors,
                components: &marks.components,
            })
        })
        .collect();
    similar.sort_by(best_first);
    similar.truncate(most.saturating_add(SPARE));
    let ids: Vec<PostMortemId> = similar.iter().map(|similar| similar.key).collect();
    let known = facts::among(conn, reader, &ids)?;
    let mut known: HashMap<PostMortemId, Facts> =
        known.into_iter().map(|facts| (facts.id, facts)).collect();
    let found = similar
        .into_iter()
        .filter_map(|similar| Some((known.remove(&similar.key)?, similar)));
    Ok(found.take(most).collect())
}

/// What others are compared with, weighed, and what may be like it.
struct Near<'a> {
    asked: Asked<'a>,
    /// What each post-mortem holds that has some of the words, by its key.
    held: HashMap<i32, Held>,
    /// The newest statements that share a factor or a component, with the keys of their post-mortems.
    marked: Vec<(StatementId, i32)>,
}

/// Finds what may be like a text. `holds` says what a post-mortem holds, by what is stored of it for ranking.
fn near<'a>(
    conn: &mut Conn,
    reader: PersonId,
    compared: Compared<'a>,
    holds: impl Fn(&Asked<'a>, &[u8]) -> Held,
) -> Result<Near<'a>, StoreError> {
    plan_by_words(conn)?;
    let mut asked = Asked::new(compared);
    let rarity = rarity::of(conn, reader, &asked)?;
    asked.weigh(&rarity);
    let (query, found) = asked.rarest(&rarity, COMPARED);
    let (candidates, _) = holding_some(conn, reader, &query, &found, COMPARED)?;
    let held = candidates
        .iter()
        .map(|found| (found.key, holds(&asked, &found.counts)));
    Ok(Near {
        held: held.collect(),
        marked: marked::newest(conn, reader, &asked, &rarity)?,
        asked,
    })
}

/// The keys of those that hold most of the words.
fn best(asked: &Asked<'_>, held: &HashMap<i32, Held>, most: usize) -> Vec<i32> {
    let mut parts: Vec<(f32, i32)> = held
        .iter()
        .map(|(key, held)| (asked.part(held), *key))
        .filter(|(part, _)| *part > 0.0)
        .collect();
    parts.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.1.cmp(&one.1)));
    parts.into_iter().take(most).map(|(_, key)| key).collect()
}

/// Best first; of equal ones the newest.
fn best_first<K: Ord>(one: &Similar<K>, other: &Similar<K>) -> std::cmp::Ordering {
    let score = other.score.total_cmp(&one.score);
    score.then_with(|| other.key.cmp(&one.key))
}

/// The ids of those of the post-mortems that the reader may read, and what their statements are coded with, by their keys.
fn marks(
    conn: &mut Conn,
    reader: PersonId,
    keys: &[i32],
) -> Result<HashMap<i32, (PostMortemId, Marks)>, StoreError> {
    let each: HashSet<i32> = keys.iter().copied().collect();
    let found: Vec<(i32, PostMortemId)> = postmortems::table
        .filter(postmortems::key.eq_any(each))
        .filter(readable(reader))
        .select((postmortems::key, postmortems::id))
        .load(conn)?;
    let ids: Vec<PostMortemId> = found.iter().map(|(_, id)| *id).collect();
    let coded: Vec<(PostMortemId, Option<String>, Option<String>)> = rows::table
        .left_join(components::table)
        .filter(rows::postmortem_id.eq_any(ids))
        .select((
            rows::postmortem_id,
            rows::factor,
            components::folded.nullable(),
        ))
        .load(conn)?;
    let mut marks: HashMap<PostMortemId, Marks> = HashMap::new();
    for (id, factor, component) in coded {
        let marks = marks.entry(id).or_default();
        marks.factors.extend(factor.map(today));
        marks.components.extend(component);
    }
    let known = found
        .into_iter()
        .map(|(key, id)| (key, (id, marks.remove(&id).unwrap_or_default())))
        .collect();
    Ok(known)
}

/// A post-mortem's own text with its factors and components; `None` if the reader may not know of it.
fn text(conn: &mut Conn, reader: PersonId, id: PostMortemId) -> Result<Option<Read>, StoreError> {
    // Not the document's own title and statements: they hold numbers and names of factors, to be searched for.
    let document: Option<(String, String)> = search_documents::table
        .inner_join(postmortems::table)
        .filter(search_documents::postmortem_id.eq(id))
        .filter(readable(reader))
        .select((
            postmortems::title,
            substr(search_documents::body, 1, MOST_CHARACTERS),
        ))
        .first(conn)
        .optional()?;
    let Some((title, body)) = document else {
        return Ok(None);
    };
    let findings: Vec<(String, Option<String>, Option<String>)> = rows::table
        .left_join(components::table)
        .filter(rows::postmortem_id.eq(id))
        .order((rows::position, rows::id))
        .select((rows::body, rows::factor, components::folded.nullable()))
        .load(conn)?;
    let mut read = Read {
        text: format!("{title}\n").repeat(WEIGHT),
        marks: Marks::default(),
    };
    for (finding, factor, component) in findings {
        read.text.push_str(&format!("{finding}\n").repeat(WEIGHT));
        read.marks.factors.extend(factor.map(today));
        read.marks.components.extend(component);
    }
    // Last, because a long text is cut where its words are rare.
    read.text.push_str(&body);
    Ok(Some(read))
}

/// A factor by the id that it has today, so that old codings and new ones meet.
fn today(factor: String) -> String {
    let id = taxonomy::core().today(FactorId::stored(&factor));
    id.as_str().to_owned()
}
