//! What programs send by themselves: one waiting draft for each group of alerts.

use std::io::Cursor;

use super::formats::{File, Options, Record, Unreadable, read};
use super::{Report, apply, failed, parts};
use crate::app::{Ctx, EditError};
use crate::domain::incoming::{Format, Incoming, Resource};
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::Status;
use crate::store::{self, Store};

/// How often a group may have had a story before, until a sender that repeats itself is taken for broken.
const STORIES: usize = 1_000;

/// Why nothing was kept of what a program sent.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// It is not what the program sends.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The actor may not write, or the store refuses.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// Takes what Alertmanager sends. A group that fires again after its story left the draft begins another one.
///
/// # Errors
/// [`ReceiveError`]; nothing was kept then.
pub fn alertmanager(store: &Store, ctx: &Ctx, body: &str) -> Result<Report, ReceiveError> {
    require(&ctx.actor, Permission::Write).map_err(EditError::from)?;
    let mut input = Cursor::new(body);
    let mut file = [File {
        name: "What was sent",
        input: &mut input,
    }];
    let options = Options {
        now: ctx.now,
        ..Options::default()
    };
    let mut records = read(Format::Alertmanager, &mut file, &options, &mut |_, _| {})?;
    let only: Record = match (records.pop(), records.is_empty()) {
        (Some(record), true) => record,
        _ => Err(Unreadable("Send one group of alerts at a time.".to_owned())),
    };
    let mut incoming = only?;
    let Some(name) = name(store, ctx, &incoming)? else {
        let sentence = "This group had too many stories already. Look at its grouping.";
        return Ok(failed(&incoming, sentence.to_owned()));
    };
    incoming.foreign_id = name;
    Ok(apply(store, ctx, "Alertmanager", &incoming, true)?)
}

/// What the story of a group is called: the group, and how many stories it had before.
fn name(store: &Store, ctx: &Ctx, incoming: &Incoming) -> Result<Option<String>, EditError> {
    let (reader, source) = (ctx.actor.person, incoming.source.as_code());
    store.read(|conn| {
        for before in 0..STORIES {
            let name = match before {
                0 => incoming.foreign_id.clone(),
                many => format!("{} ({})", incoming.foreign_id, many + 1),
            };
            let Some(record) = store::incoming::find(conn, reader, source, &name)? else {
                return Ok(Some(name));
            };
            let facts = store::postmortems::find(conn, reader, record.postmortem)?;
            let known = store::incoming::parts(conn, record.id)?;
            let known_event = |key: &String| {
                known
                    .iter()
                    .any(|part| part.place.resource == Resource::Event && part.place.key == *key)
            };
            // Nothing new: an alert that goes on is sent again and again, and its end once more.
            let starts = incoming
                .keys
                .events
                .iter()
                .filter(|key| !parts::is_end(key));
            let tells_nothing_new = starts.clone().count() > 0 && starts.clone().all(known_event);
            if facts.status == Status::Draft || tells_nothing_new {
                return Ok(Some(name));
            }
        }
        Ok(None)
    })
}
