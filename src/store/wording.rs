//! Wording that is kept as it stands, and why.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::directly;
use super::schema::wording_answers;
use super::sql_types::{code, instant, stored, trusted};
use super::{Conn, StoreError};
use crate::domain::ids::{PostMortemId, RevisionId};
use crate::domain::text::Line;
use crate::domain::wording::{Answer, Place, Reason};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = wording_answers)]
struct Row {
    id: RevisionId,
    postmortem_id: PostMortemId,
    place: String,
    rule: String,
    sentence: String,
    reason: String,
    words: String,
    answered_at: NaiveDateTime,
}

/// The answers of a post-mortem that was read through the choke point.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn, postmortem: PostMortemId) -> Result<Vec<Answer>, StoreError> {
    let rows: Vec<Row> = directly!(
        conn,
        wording_answers::table
            .filter(wording_answers::postmortem_id.eq(postmortem))
            .order(wording_answers::id)
            .select(Row::as_select())
            .load(conn)
    )?;
    rows.into_iter().map(Row::into_domain).collect()
}

/// Keeps an answer in the place of one to the same note.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put(conn: &mut Conn, postmortem: PostMortemId, answer: &Answer) -> Result<(), StoreError> {
    delete(conn, postmortem, answer)?;
    let row = Row {
        id: RevisionId::new(),
        postmortem_id: postmortem,
        place: answer.place.to_string(),
        rule: answer.rule.clone(),
        sentence: answer.sentence.clone(),
        reason: answer.reason.as_code().to_owned(),
        words: answer.words.as_ref().map_or("", Line::as_str).to_owned(),
        answered_at: stored(answer.at),
    };
    diesel::insert_into(wording_answers::table)
        .values(row)
        .execute(conn)?;
    Ok(())
}

/// Takes an answer back.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn delete(
    conn: &mut Conn,
    postmortem: PostMortemId,
    answer: &Answer,
) -> Result<(), StoreError> {
    let target = wording_answers::table
        .filter(wording_answers::postmortem_id.eq(postmortem))
        .filter(wording_answers::place.eq(answer.place.to_string()))
        .filter(wording_answers::rule.eq(&answer.rule))
        .filter(wording_answers::sentence.eq(&answer.sentence));
    diesel::delete(target).execute(conn)?;
    Ok(())
}

impl Row {
    fn into_domain(self) -> Result<Answer, StoreError> {
        Ok(Answer {
            place: Place::parse(&self.place).ok_or(StoreError::Corrupt("wording_answers.place"))?,
            rule: self.rule,
            sentence: self.sentence,
            reason: code("wording_answers.reason", &self.reason, Reason::from_code)?,
            words: trusted("wording_answers.words", Line::optional("", &self.words))?,
            at: instant(self.answered_at),
        })
    }
}
