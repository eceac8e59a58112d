//! One week: what was published in it, and what it brings back.

use super::{Ctx, ReadError};
use crate::domain::digest::{Digest, Week};
use crate::domain::ids::PersonId;
use crate::store::{self, Conn, Store, StoreError};

/// The most post-mortems of a week that are shown of each sort.
const MOST: usize = 50;
/// How many weeks a feed goes back: one that is read monthly misses nothing.
const WEEKS: usize = 8;

/// What a week has to tell.
///
/// # Errors
/// [`ReadError`] if the store refuses.
pub fn read(store: &Store, ctx: &Ctx, week: Week) -> Result<Digest, ReadError> {
    Ok(store.read(|conn| of(conn, ctx.actor.person, week))?)
}

/// The last weeks that are over and in which something was new, newest first.
///
/// # Errors
/// [`ReadError`] if the store refuses.
pub fn recent(store: &Store, ctx: &Ctx) -> Result<Vec<Digest>, ReadError> {
    let this = Week::of(ctx.now.date_naive());
    let weeks = std::iter::successors(Some(this.before()), |week| Some(week.before())).take(WEEKS);
    Ok(store.read(|conn| {
        let mut told = Vec::new();
        for week in weeks {
            told.push(of(conn, ctx.actor.person, week)?);
        }
        told.retain(|digest| !digest.is_quiet());
        Ok::<_, StoreError>(told)
    })?)
}

fn of(conn: &mut Conn, reader: PersonId, week: Week) -> Result<Digest, StoreError> {
    let then = week.year_ago();
    let days = (then.first_day(), then.last_day());
    let mut chosen = store::reading_list::list(conn, reader)?;
    let turn = week.turn(chosen.len());
    Ok(Digest {
        week,
        published: store::listing::published_between(conn, reader, week.moments(), MOST)?,
        recurring: store::cause_links::linked_between(conn, reader, week.moments())?,
        year_ago: store::listing::finished_between(conn, reader, days, MOST)?,
        again: (turn < chosen.len()).then(|| chosen.swap_remove(turn)),
    })
}
