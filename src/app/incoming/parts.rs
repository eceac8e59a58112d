//! The parts of a record: what each one is called, and a digest of what the file says.

use sha2::{Digest as _, Sha256};

use crate::app::{Ctx, EditError};
use crate::domain::document::Document;
use crate::domain::incoming::{Incoming, Place, Resource};
use crate::domain::postmortem::PostMortem;
use crate::domain::text::excerpt;
use crate::domain::when::iso;
use crate::store::incoming::{Part, Record};
use crate::store::{self, Conn};

/// A part that a file holds.
pub(super) struct Wanted {
    pub(super) place: Place,
    pub(super) digest: String,
    /// Its place among those of its kind.
    pub(super) index: usize,
    /// What a sentence calls it: its time and its first words.
    pub(super) said: String,
}

/// Every part of a record, in the order of the document.
pub(super) fn wanted(incoming: &Incoming) -> Vec<Wanted> {
    let document = &incoming.document;
    let mut wanted = vec![part(Resource::Facts, String::new(), 0, &facts(document))];
    for (index, section) in document.sections.iter().enumerate() {
        let fields = [section.text.as_str()];
        wanted.push(part(Resource::Section, section.key.clone(), index, &fields));
    }
    for (index, (key, event)) in incoming
        .keys
        .events
        .iter()
        .zip(&document.events)
        .enumerate()
    {
        let at = event.when.at().map(iso).unwrap_or_default();
        let until = event.when.until().map(iso).unwrap_or_default();
        let fields = [
            event.when.typed(),
            &at,
            &until,
            event.when.precision().as_code(),
            event.lane.as_code(),
            event.text.as_str(),
            event.source.as_deref().unwrap_or_default(),
        ];
        let said = format!("{} {}", event.when.typed(), event.text.as_str());
        let part = part(Resource::Event, key.clone(), index, &fields);
        wanted.push(part.called(&said));
    }
    let statements = incoming.keys.statements.iter().zip(&document.statements);
    for (index, (key, statement)) in statements.enumerate() {
        let fields = [statement.text.as_str()];
        let part = part(Resource::Statement, key.clone(), index, &fields);
        wanted.push(part.called(statement.text.as_str()));
    }
    for (index, (key, action)) in incoming
        .keys
        .actions
        .iter()
        .zip(&document.actions)
        .enumerate()
    {
        let due = action.due_on.map(|day| day.to_string()).unwrap_or_default();
        let fields = [
            action.title.as_str(),
            action.state.as_code(),
            action.owner.as_ref().map_or("", |owner| owner.as_str()),
            action.tracker.as_deref().unwrap_or_default(),
            &due,
        ];
        let part = part(Resource::Action, key.clone(), index, &fields);
        wanted.push(part.called(action.title.as_str()));
    }
    wanted
}

/// Whether the key of an event is that of an alert's end.
pub(super) fn is_end(key: &str) -> bool {
    key.ends_with(" over")
}

/// The facts that follow the file: the others are decided here.
fn facts(document: &Document) -> Vec<&str> {
    vec![
        document.title.as_str(),
        document.severity.map_or("", |severity| severity.as_code()),
        document.source.as_deref().unwrap_or_default(),
    ]
}

fn part(resource: Resource, key: String, index: usize, fields: &[impl AsRef<str>]) -> Wanted {
    let mut digest = Sha256::new();
    for field in fields {
        let field = field.as_ref();
        digest.update(field.len().to_be_bytes());
        digest.update(field);
    }
    let bytes = digest.finalize();
    let digest = bytes
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Wanted {
        place: Place { resource, key },
        digest,
        index,
        said: String::new(),
    }
}

impl Wanted {
    fn called(self, said: &str) -> Self {
        let said = excerpt(said);
        Self { said, ..self }
    }
}

/// What stands here for a part: what it is called, and its version.
pub(super) fn here(postmortem: &PostMortem, place: &Place, index: usize) -> Option<(String, i32)> {
    match place.resource {
        Resource::Facts => Some((String::new(), postmortem.facts.version.0)),
        Resource::Section => {
            let mut sections = postmortem.sections.iter();
            let section = sections.find(|section| section.key == place.key)?;
            Some((section.key.clone(), section.version.0))
        }
        Resource::Event => {
            let event = postmortem.events.get(index)?;
            Some((event.id.to_string(), event.version.0))
        }
        Resource::Statement => {
            let statement = postmortem.statements.get(index)?;
            Some((statement.id.to_string(), statement.version.0))
        }
        Resource::Action => {
            let action = postmortem.actions.get(index)?;
            Some((action.id.to_string(), action.version.0))
        }
    }
}

/// Notes every part of a record that was just made: each stands in the order of the document.
pub(super) fn keep_all(
    tx: &mut Conn,
    ctx: &Ctx,
    record: &Record,
    incoming: &Incoming,
) -> Result<(), EditError> {
    let made = store::aggregate::load(tx, ctx.actor.person, record.postmortem)?;
    for wanted in wanted(incoming) {
        let Some((resource_id, version)) = here(&made, &wanted.place, wanted.index) else {
            continue;
        };
        let part = Part {
            place: wanted.place,
            resource_id,
            version,
            digest: wanted.digest,
        };
        store::incoming::put_part(tx, record.id, &part)?;
    }
    Ok(())
}
