//! The words of all texts: what may be meant by a misspelt one.
//!
//! They are kept for all readers together. **Invariant:** none is shown to anybody before it was found in a text that they
//! may read. A word that stands nowhere any more may stay here, and is found nowhere.

use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::Text;

use crate::domain::search::indexed;
use crate::store::connection::Backend;
use crate::store::schema::{search_documents, search_vocabulary};
use crate::store::{Conn, StoreError, settings};

/// How many documents of an older program are read at once for their words.
const STEP: i64 = 200;
/// The setting that says that the words of documents of an older program were taken in.
const NOTE: &str = "search-vocabulary";
/// What it says; another number has them taken in anew at the next start.
const FORMULA: &str = "1";

const SQLITE: [&str; 2] = [
    "INSERT OR IGNORE INTO search_vocabulary (word) SELECT value FROM json_each(",
    ")",
];
const POSTGRES: [&str; 2] = [
    "INSERT INTO search_vocabulary (word) SELECT value FROM json_array_elements_text((",
    ")::json) AS value WHERE NOT EXISTS (SELECT 1 FROM search_vocabulary WHERE word = value)",
];

/// Adds the words of one text: as one JSON text, so that the statement is the same for any number of them.
struct Add {
    sql: [&'static str; 2],
    words: String,
}

impl QueryFragment<Backend> for Add {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        let [before, after] = self.sql;
        out.push_sql(before);
        out.push_bind_param::<Text, _>(&self.words)?;
        out.push_sql(after);
        Ok(())
    }
}

impl QueryId for Add {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl RunQueryDsl<Conn> for Add {}

/// Takes in words; those that are known stay as they are.
pub(super) fn add(conn: &mut Conn, words: &[String]) -> Result<(), StoreError> {
    let sql = match conn {
        Conn::Sqlite(_) => SQLITE,
        Conn::Postgres(_) => POSTGRES,
    };
    let words = serde_json::Value::from(words).to_string();
    Add { sql, words }.execute(conn)?;
    Ok(())
}

/// All known words that begin with a letter.
pub(super) fn beginning_with(conn: &mut Conn, initial: char) -> Result<Vec<String>, StoreError> {
    // As bytes are ordered, in both databases.
    let (first, last) = (initial.to_string(), format!("{initial}{}", char::MAX));
    Ok(search_vocabulary::table
        .filter(search_vocabulary::word.ge(first))
        .filter(search_vocabulary::word.lt(last))
        .select(search_vocabulary::word)
        .distinct()
        .load(conn)?)
}

/// Does what [`complete`] does, unless a note says that it was done.
pub(super) fn complete_once(conn: &mut Conn) -> Result<(), StoreError> {
    match settings::get(conn, NOTE)?.as_deref() {
        Some(FORMULA) => Ok(()),
        _ => complete(conn),
    }
}

/// Takes in the words of all documents.
pub(super) fn complete(conn: &mut Conn) -> Result<(), StoreError> {
    let mut after = i32::MIN;
    loop {
        let documents: Vec<(i32, String, String, String)> = search_documents::table
            .filter(search_documents::key.gt(after))
            .order(search_documents::key)
            .limit(STEP)
            .select((
                search_documents::key,
                search_documents::title,
                search_documents::statements,
                search_documents::body,
            ))
            .load(conn)?;
        let Some((last, ..)) = documents.last() else {
            return settings::put(conn, NOTE, FORMULA);
        };
        after = *last;
        let texts = documents
            .iter()
            .map(|(_, title, statements, body)| indexed(title, statements, body).vocabulary);
        let mut words: Vec<String> = texts.flatten().collect();
        words.sort_unstable();
        words.dedup();
        add(conn, &words)?;
    }
}
