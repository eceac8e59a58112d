//! What is like a text: indexes in memory, brought up to date with every question by what changed since the last one.
//!
//! `text_changes` numbers every change of a statement or a search document, whoever wrote it, in the order in which the
//! changes became visible. So each of several instances over one database asks for what has a greater number than the
//! last it saw, and misses nothing. What an index offers passes the choke point before anything is cut off, and what a word
//! weighs is counted among what the whole organisation may read: nothing else changes what anybody is offered.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use diesel::define_sql_function;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use parking_lot::Mutex;

use super::connection::Backend;
use super::schema::{components, postmortems, search_documents, statements, text_changes};
use super::sql_types::DbUuid;
use super::{Conn, StoreError, placed, postmortems as facts};
use crate::domain::ids::{PersonId, PostMortemId, StatementId};
use crate::domain::placed::PlacedStatement;
use crate::domain::postmortem::{Facts, Visibility};
use crate::domain::similarity::{Compared, Index, Similar};
use crate::domain::taxonomy::{self, FactorId};

define_sql_function! {
    /// A part of a text, counted in characters from 1.
    fn substr(text: Text, from: Integer, most: Integer) -> Text;
}

/// How much of a post-mortem's text is compared. More of it made no difference to what was found among 437 public ones.
const MOST_CHARACTERS: i32 = 4_000;

/// How often a title counts, beside the text.
const TITLE_WEIGHT: usize = 3;

/// How many changes, or offers, are read at once.
const STEP: usize = 500;

/// How many offers pass the choke point at first, if need be next, and in the end.
const WAVES: [usize; 3] = [64, 1_024, usize::MAX];

/// The indexes of one process, empty until the first question.
#[derive(Debug, Default)]
pub struct Memory {
    indexes: Mutex<Indexes>,
}

#[derive(Debug, Default)]
struct Indexes {
    seen: i32,
    statements: Index<StatementId>,
    postmortems: Index<PostMortemId>,
}

/// What is compared of a record, as it was read.
#[derive(Debug, Default)]
pub struct Read {
    text: String,
    factors: Vec<String>,
    components: Vec<String>,
    /// Whether the whole organisation may read it.
    open: bool,
}

impl Read {
    /// As the index takes it.
    #[must_use]
    pub fn compared(&self) -> Compared<'_> {
        Compared {
            text: &self.text,
            factors: &self.factors,
            components: &self.components,
        }
    }
}

/// The statements most like a text that the reader may read and `wanted` lets pass, best first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn statements(
    conn: &mut Conn,
    memory: &Memory,
    reader: PersonId,
    compared: Compared<'_>,
    wanted: impl Fn(&PlacedStatement) -> bool,
    most: usize,
) -> Result<Vec<(PlacedStatement, Similar<StatementId>)>, StoreError> {
    refresh(conn, memory)?;
    let offer = |wave| memory.indexes.lock().statements.similar(compared, wave);
    first(most, offer, |ids| {
        let known = placed::among(conn, reader, ids)?;
        Ok(known
            .into_iter()
            .filter(|placed| wanted(placed))
            .map(|placed| (placed.id, placed))
            .collect())
    })
}

/// The post-mortems most like another that the reader may read, best first, without that one.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn postmortems(
    conn: &mut Conn,
    memory: &Memory,
    reader: PersonId,
    like: PostMortemId,
    most: usize,
) -> Result<Vec<(Facts, Similar<PostMortemId>)>, StoreError> {
    match postmortem_texts(conn, &[like])?.remove(&like) {
        Some(read) => postmortems_like(conn, memory, reader, read.compared(), Some(like), most),
        None => Ok(Vec::new()),
    }
}

/// The post-mortems most like a text that the reader may read, best first, without the one that it is taken from.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn postmortems_like(
    conn: &mut Conn,
    memory: &Memory,
    reader: PersonId,
    compared: Compared<'_>,
    own: Option<PostMortemId>,
    most: usize,
) -> Result<Vec<(Facts, Similar<PostMortemId>)>, StoreError> {
    refresh(conn, memory)?;
    let offer = |wave| memory.indexes.lock().postmortems.similar(compared, wave);
    first(most, offer, |ids| {
        let known = facts::among(conn, reader, ids)?;
        Ok(known
            .into_iter()
            .filter(|known| Some(known.id) != own)
            .map(|known| (known.id, known))
            .collect())
    })
}

/// The first of those offered that `admit` lets pass. Few are tried at first; all, if those were not enough.
fn first<K: Copy + Eq + Hash, T>(
    most: usize,
    mut offer: impl FnMut(usize) -> Vec<Similar<K>>,
    mut admit: impl FnMut(&[K]) -> Result<HashMap<K, T>, StoreError>,
) -> Result<Vec<(T, Similar<K>)>, StoreError> {
    let mut found = Vec::new();
    let mut tried: HashSet<K> = HashSet::new();
    for wave in WAVES {
        let mut offered = offer(wave);
        let all = offered.len() < wave;
        offered.retain(|similar| tried.insert(similar.key));
        let mut offered = offered.into_iter().peekable();
        while offered.peek().is_some() {
            let step: Vec<Similar<K>> = offered.by_ref().take(STEP).collect();
            let keys: Vec<K> = step.iter().map(|similar| similar.key).collect();
            let mut admitted = admit(&keys)?;
            found.extend(step.into_iter().filter_map(|similar| {
                let record = admitted.remove(&similar.key)?;
                Some((record, similar))
            }));
            if found.len() >= most {
                found.truncate(most);
                return Ok(found);
            }
        }
        if all {
            break;
        }
    }
    Ok(found)
}

/// Brings the indexes up to date. Whoever asks at the same time waits, so that nothing is read twice.
fn refresh(conn: &mut Conn, memory: &Memory) -> Result<(), StoreError> {
    let mut indexes = memory.indexes.lock();
    loop {
        let changes: Vec<i32> = text_changes::table
            .filter(text_changes::change.gt(indexes.seen))
            .order((text_changes::change, text_changes::subject_id))
            .limit(i64::try_from(STEP).unwrap_or(i64::MAX))
            .select(text_changes::change)
            .load(conn)?;
        let Some(last) = changes.last() else {
            return Ok(());
        };
        let span = (indexes.seen, *last);
        let ids: Vec<StatementId> = changed(conn, "statement", span)?;
        let mut texts = statement_texts(conn, &ids)?;
        for id in ids {
            match texts.remove(&id) {
                Some(read) => indexes.statements.put(id, read.compared(), read.open),
                None => indexes.statements.remove(&id),
            }
        }
        let ids: Vec<PostMortemId> = changed(conn, "postmortem", span)?;
        let mut texts = postmortem_texts(conn, &ids)?;
        for id in ids {
            match texts.remove(&id) {
                Some(read) => indexes.postmortems.put(id, read.compared(), read.open),
                None => indexes.postmortems.remove(&id),
            }
        }
        indexes.seen = span.1;
    }
}

/// What of a kind changed after the first number, up to the second.
fn changed<K>(
    conn: &mut Conn,
    subject: &str,
    (after, last): (i32, i32),
) -> Result<Vec<K>, StoreError>
where
    K: diesel::deserialize::FromSqlRow<DbUuid, Backend> + 'static,
{
    Ok(text_changes::table
        .filter(text_changes::subject.eq(subject))
        .filter(text_changes::change.gt(after))
        .filter(text_changes::change.le(last))
        .order(text_changes::change)
        .select(text_changes::subject_id)
        .load::<K>(conn)?)
}

/// A statement: its id, words, factor, component, and who may read its post-mortem.
type StatementRow = (StatementId, String, Option<String>, Option<String>, String);

/// The texts of statements. For the indexes only: nobody's right to read them is asked here.
fn statement_texts(
    conn: &mut Conn,
    ids: &[StatementId],
) -> Result<HashMap<StatementId, Read>, StoreError> {
    let rows: Vec<StatementRow> = statements::table
        .inner_join(postmortems::table)
        .left_join(components::table)
        .filter(statements::id.eq_any(ids.to_vec()))
        .select((
            statements::id,
            statements::body,
            statements::factor,
            components::folded.nullable(),
            postmortems::visibility,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, text, factor, component, visibility)| {
            let read = Read {
                open: is_open(&visibility),
                text,
                factors: factor.map(today).into_iter().collect(),
                components: component.into_iter().collect(),
            };
            (id, read)
        })
        .collect())
}

/// The texts of post-mortems, with the factors and components of their statements. For the indexes only, too.
fn postmortem_texts(
    conn: &mut Conn,
    ids: &[PostMortemId],
) -> Result<HashMap<PostMortemId, Read>, StoreError> {
    // Not the document's own title and statements: they hold numbers and names of factors, to be searched for.
    let documents: Vec<(PostMortemId, String, String, String)> = search_documents::table
        .inner_join(postmortems::table)
        .filter(search_documents::postmortem_id.eq_any(ids.to_vec()))
        .select((
            postmortems::id,
            postmortems::title,
            substr(search_documents::body, 1, MOST_CHARACTERS),
            postmortems::visibility,
        ))
        .load(conn)?;
    let mut texts: HashMap<PostMortemId, Read> = HashMap::new();
    for (id, title, _, visibility) in &documents {
        let read = texts.entry(*id).or_default();
        read.open = is_open(visibility);
        read.text = format!("{title}\n").repeat(TITLE_WEIGHT);
    }
    let findings: Vec<(PostMortemId, String, Option<String>, Option<String>)> = statements::table
        .left_join(components::table)
        .filter(statements::postmortem_id.eq_any(ids.to_vec()))
        .order((statements::position, statements::id))
        .select((
            statements::postmortem_id,
            statements::body,
            statements::factor,
            components::folded.nullable(),
        ))
        .load(conn)?;
    for (id, body, factor, component) in findings {
        if let Some(read) = texts.get_mut(&id) {
            read.text.push('\n');
            read.text.push_str(&body);
            read.factors.extend(factor.map(today));
            read.components.extend(component);
        }
    }
    // Last, because a long text is cut where its words are rare.
    for (id, _, body, _) in documents {
        if let Some(read) = texts.get_mut(&id) {
            read.text.push('\n');
            read.text.push_str(&body);
        }
    }
    Ok(texts)
}

fn is_open(visibility: &str) -> bool {
    visibility == Visibility::Organisation.as_code()
}

/// A factor by the id that it has today, so that old codings and new ones meet.
fn today(factor: String) -> String {
    let id = taxonomy::core().today(FactorId::stored(&factor));
    id.as_str().to_owned()
}
