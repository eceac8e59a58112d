//! What the days of all rows say together: which lie far away, and how day and month are ordered.

use chrono::NaiveDate;

use super::days::{Piece, Row};
use super::{Flag, IntakeEvent};

/// The first day that lies near most of the others.
pub(super) fn first_of_most(said: &[NaiveDate]) -> Option<NaiveDate> {
    let mut sorted = said.to_vec();
    sorted.sort_unstable();
    let middle = sorted.get(sorted.len() / 2).copied()?;
    said.iter()
        .copied()
        .find(|day| (*day - middle).num_days().abs() <= FAR)
}

/// So many days from the others a row stands far away.
const FAR: i64 = 183;

/// Marks rows that stand far from the others: a slip in year or month.
pub(super) fn mark_far(events: &mut [IntakeEvent]) {
    let mut days: Vec<NaiveDate> = events.iter().filter_map(|event| event.day).collect();
    days.sort_unstable();
    let Some(middle) = days.get(days.len() / 2).copied() else {
        return;
    };
    let near = days
        .iter()
        .filter(|day| (**day - middle).num_days().abs() <= 31)
        .count();
    if days.len() < 3 || near * 3 < days.len() * 2 {
        return;
    }
    for event in events.iter_mut().filter(|event| {
        event
            .day
            .is_some_and(|day| (day - middle).num_days().abs() > FAR)
    }) {
        event.flags.push(Flag::FarAway);
    }
}

/// The days that rows say themselves, whole, in order.
pub(super) fn said(pieces: &[Piece]) -> impl Iterator<Item = NaiveDate> + '_ {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Row(Row {
            date: Some(date), ..
        })
        | Piece::Day(date) => date.year.and_then(|_| date.resolve(None)),
        _ => None,
    })
}

/// The order of day and month, if a date of the text shows it.
pub(super) fn month_first(pieces: &[Piece]) -> Option<bool> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Row(Row {
            date: Some(date), ..
        })
        | Piece::Day(date) => date
            .order
            .filter(|order| order.certain)
            .map(|order| order.month_first),
        _ => None,
    })
}

/// Takes one order of day and month for all rows.
pub(super) fn settle(pieces: &mut [Piece], month_first: Option<bool>, base: Option<NaiveDate>) {
    for piece in pieces {
        if let Piece::Row(Row {
            date: Some(date), ..
        })
        | Piece::Day(date) = piece
        {
            date.settle(month_first, base);
        }
    }
}
