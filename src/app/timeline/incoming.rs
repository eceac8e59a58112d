//! Rows that an import brings: new ones go to their place in time, changed ones keep their record.

use super::{MOST_EVENTS, Rows, keep};
use crate::app::{Ctx, EditError};
use crate::domain::ids::PostMortemId;
use crate::domain::timeline::{Event, marked};
use crate::store::{self, Conn};

/// Puts rows into a timeline, within a transaction that somebody else settles.
///
/// A marker that another row carries is left off. `changed` are rows that stand already, in their next version.
pub(in crate::app) fn put_many(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    new: Vec<Event>,
    changed: Vec<Event>,
    note: &str,
) -> Result<(), EditError> {
    let mut rows = Rows::open(tx, id)?;
    for mut event in changed {
        let Some((place, before)) = rows.take(event.id) else {
            continue;
        };
        unmark(&rows, &mut event);
        let target = Some(place).filter(|place| rows.fits(*place, &event));
        let (event, _) = rows.put(event, target, &[]);
        store::timeline::update(tx, id, &event, before.version)?;
        keep(tx, ctx, id, &event, note)?;
    }
    for mut event in new {
        if rows.events.len() >= MOST_EVENTS {
            break;
        }
        unmark(&rows, &mut event);
        let (event, _) = rows.put(event, None, &[]);
        store::timeline::insert(tx, id, &event)?;
        keep(tx, ctx, id, &event, note)?;
    }
    rows.keep_order(tx)
}

fn unmark(rows: &Rows, event: &mut Event) {
    event.marker = event
        .marker
        .filter(|marker| marked(&rows.events, *marker).is_none());
}
