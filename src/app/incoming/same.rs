//! Which part of a file is which part that an import brought in before: by its name, or by what it says.

use std::collections::HashMap;

use super::parts::Wanted;
use crate::domain::incoming::{Format, Place, Resource, Said, Stands, align, moment, words};
use crate::domain::postmortem::PostMortem;
use crate::store::incoming::Part;

/// A part that an import brought in before, and how it stands here now.
pub(super) struct Known {
    pub(super) part: Part,
    pub(super) stands: Stands,
}

/// Every part of a file, with the one that it was before.
pub(super) fn paired(
    wanted: Vec<Wanted>,
    known: Vec<Known>,
    before: &PostMortem,
    format: Format,
) -> Vec<(Wanted, Option<Known>)> {
    let (mut nameless, mut named) = (Vec::new(), HashMap::<Place, Known>::new());
    for known in known {
        if is_nameless(&known.part.place, format) {
            nameless.push(known);
        } else {
            named.insert(known.part.place.clone(), known);
        }
    }
    let mut found: Vec<Option<Known>> = wanted.iter().map(|it| named.remove(&it.place)).collect();
    for resource in [Resource::Event, Resource::Statement, Resource::Action] {
        let mut old: Vec<Option<Known>> = Vec::new();
        (nameless, old) =
            nameless
                .into_iter()
                .fold((Vec::new(), old), |(mut rest, mut old), it| {
                    if it.part.place.resource == resource {
                        old.push(Some(it));
                    } else {
                        rest.push(it);
                    }
                    (rest, old)
                });
        let places: Vec<usize> = wanted
            .iter()
            .enumerate()
            .filter(|(_, it)| {
                it.place.resource == resource && Said::of_key(&it.place.key).is_some()
            })
            .map(|(place, _)| place)
            .collect();
        let old_said: Vec<Said> = old
            .iter()
            .flatten()
            .map(|it| was_said(it, before))
            .collect();
        let new_said: Vec<Said> = places
            .iter()
            .filter_map(|place| wanted.get(*place))
            .map(is_said)
            .collect();
        for (place, of) in places.iter().zip(align(&old_said, &new_said)) {
            let known = of.and_then(|of| old.get_mut(of)).and_then(Option::take);
            if let (Some(found), Some(known)) = (found.get_mut(*place), known) {
                *found = Some(known);
            }
        }
    }
    wanted.into_iter().zip(found).collect()
}

/// Whether a part has no name of its own. The first imports called such parts by their place.
fn is_nameless(place: &Place, format: Format) -> bool {
    let rows = matches!(
        place.resource,
        Resource::Event | Resource::Statement | Resource::Action
    );
    let counted = |rest: &str| rest.chars().all(|c| c.is_ascii_digit());
    rows && (Said::of_key(&place.key).is_some()
        || format == Format::Csv
        || place.key.strip_prefix("text-").is_some_and(counted))
}

fn is_said(wanted: &Wanted) -> Said {
    let (moment, words) = Said::of_key(&wanted.place.key).unwrap_or_default();
    Said {
        digest: wanted.digest.clone(),
        moment: moment.to_owned(),
        words: words.to_owned(),
        free: true,
    }
}

/// What the file said about a part before; of one that was called by its place, what stands here.
fn was_said(known: &Known, before: &PostMortem) -> Said {
    let id = &known.part.resource_id;
    let (at, text) = match (
        Said::of_key(&known.part.place.key),
        known.part.place.resource,
    ) {
        (Some((moment, words)), _) => (moment.to_owned(), words.to_owned()),
        (None, Resource::Event) => {
            let mut events = before.events.iter();
            let event = events.find(|event| event.id.to_string() == *id);
            event.map_or_else(Default::default, |event| {
                (moment(&event.when), words(event.text.as_str()))
            })
        }
        (None, Resource::Statement) => {
            let mut statements = before.statements.iter();
            let statement = statements.find(|statement| statement.id.to_string() == *id);
            (
                String::new(),
                statement.map_or_else(String::new, |it| words(it.text.as_str())),
            )
        }
        (None, _) => {
            let mut actions = before.actions.iter();
            let action = actions.find(|action| action.id.to_string() == *id);
            (
                String::new(),
                action.map_or_else(String::new, |it| words(it.title.as_str())),
            )
        }
    };
    Said {
        digest: known.part.digest.clone(),
        moment: at,
        words: text,
        free: known.stands == Stands::AsImported,
    }
}
