//! The reading list. An entry shows only to those who may read its post-mortem.

use std::collections::HashMap;

use diesel::prelude::*;

use super::listing::finished_among;
use super::schema::reading_list;
use super::sql_types::trusted;
use super::{Conn, StoreError, changed_one};
use crate::domain::ids::{ChosenId, PersonId, PostMortemId, Version};
use crate::domain::listing::Card;
use crate::domain::reading_list::Chosen;
use crate::domain::text::Line;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = reading_list)]
struct Row {
    id: ChosenId,
    postmortem_id: PostMortemId,
    position: i32,
    question: String,
    version: i32,
}

/// The list as the reader may see it, in its order: what is finished and they may read.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn, reader: PersonId) -> Result<Vec<Chosen>, StoreError> {
    let rows: Vec<Row> = reading_list::table
        .order((reading_list::position, reading_list::id))
        .select(Row::as_select())
        .load(conn)?;
    let ids: Vec<PostMortemId> = rows.iter().map(|row| row.postmortem_id).collect();
    let cards = finished_among(conn, reader, &ids)?;
    let mut cards: HashMap<PostMortemId, Card> =
        cards.into_iter().map(|card| (card.id, card)).collect();
    rows.into_iter()
        .filter_map(|row| Some((cards.remove(&row.postmortem_id)?, row)))
        .map(|(card, row)| {
            Ok(Chosen {
                id: row.id,
                card,
                question: trusted("reading_list.question", Line::parse("", &row.question))?,
                version: Version(row.version),
            })
        })
        .collect()
}

/// Puts a post-mortem at the end of the list. It was read through the choke point.
///
/// # Errors
/// [`StoreError::Exists`] if it is on the list.
pub fn insert(
    conn: &mut Conn,
    id: ChosenId,
    postmortem: PostMortemId,
    question: &Line,
) -> Result<(), StoreError> {
    let last: Option<i32> = reading_list::table
        .select(diesel::dsl::max(reading_list::position))
        .first(conn)?;
    let row = Row {
        id,
        postmortem_id: postmortem,
        position: last.map_or(0, |last| last.saturating_add(1)),
        question: question.as_str().to_owned(),
        version: Version::FIRST.0,
    };
    diesel::insert_into(reading_list::table)
        .values(row)
        .execute(conn)?;
    Ok(())
}

/// Saves a question over the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn update(
    conn: &mut Conn,
    id: ChosenId,
    question: &Line,
    expected: Version,
) -> Result<(), StoreError> {
    let target = reading_list::table
        .filter(reading_list::id.eq(id))
        .filter(reading_list::version.eq(expected.0));
    let values = (
        reading_list::question.eq(question.as_str()),
        reading_list::version.eq(expected.next().0),
    );
    changed_one(diesel::update(target).set(values).execute(conn)?)
}

/// Puts entries into this order. Those that are not named keep their places.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn arrange(conn: &mut Conn, order: &[ChosenId]) -> Result<(), StoreError> {
    let mut places: Vec<i32> = reading_list::table
        .filter(reading_list::id.eq_any(order.to_vec()))
        .select(reading_list::position)
        .load(conn)?;
    places.sort_unstable();
    for (place, id) in places.into_iter().zip(order) {
        diesel::update(reading_list::table.filter(reading_list::id.eq(id)))
            .set(reading_list::position.eq(place))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes a post-mortem off the list, in the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn delete(conn: &mut Conn, id: ChosenId, expected: Version) -> Result<(), StoreError> {
    let target = reading_list::table
        .filter(reading_list::id.eq(id))
        .filter(reading_list::version.eq(expected.0));
    changed_one(diesel::delete(target).execute(conn)?)
}
