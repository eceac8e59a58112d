//! What was said about a post-mortem, grouped by what it is about, in the order of the page.

use std::collections::BTreeMap;

use crate::domain::comments::{About, Comment};
use crate::domain::ids::PersonId;
use crate::domain::postmortem::PostMortem;
use crate::domain::templates::core;
use crate::domain::when;
use crate::domain::wording::{Place, notes_on};
use crate::web::pages::factors::beginning;
use crate::web::pages::sections::saved_at;
use crate::web::pages::wording::FieldNotes;

/// How many characters of a part's words name it.
const NAMED_BY: usize = 70;

/// A part that may be commented on.
#[derive(Debug, Clone)]
pub(super) struct Commented {
    pub(super) about: About,
    pub(super) heading: String,
}

/// The parts of a post-mortem, the whole first, in the order of the page.
pub(super) fn parts(postmortem: &PostMortem) -> Vec<Commented> {
    let part = |place, heading: String| Commented {
        about: About::Part(place),
        heading,
    };
    let short = |text: &str| beginning(text, NAMED_BY);
    let whole = Commented {
        about: About::Whole,
        heading: "The post-mortem as a whole".to_owned(),
    };
    let sections = postmortem
        .sections
        .iter()
        .filter(|one| !one.text.is_blank());
    let sections = sections.map(|one| {
        let known = core().section(&one.key);
        let heading = known.map_or_else(|| one.key.clone(), |known| known.heading.clone());
        part(Place::Section(one.key.clone()), heading)
    });
    let zone = postmortem.facts.zone;
    let events = postmortem.events.iter().map(|event| {
        let clock = when::clock(&event.when, zone);
        let heading = format!("{clock} {}", short(event.text.as_str()));
        part(Place::Event(event.id), heading)
    });
    let accounts = postmortem.accounts.iter().map(|account| {
        let heading = format!("Account of {}", account.role.as_str());
        part(Place::Account(account.id), heading)
    });
    let findings = postmortem.statements.iter().map(|statement| {
        let heading = format!("Finding: {}", short(statement.text.as_str()));
        part(Place::Factor(statement.id), heading)
    });
    let actions = postmortem.actions.iter().map(|action| {
        let heading = format!("Action: {}", short(action.title.as_str()));
        part(Place::Action(action.id), heading)
    });
    std::iter::once(whole)
        .chain(sections)
        .chain(events)
        .chain(accounts)
        .chain(findings)
        .chain(actions)
        .collect()
}

/// What was said about one part.
#[derive(Debug)]
pub(super) struct Thread {
    pub(super) about: About,
    pub(super) anchor: String,
    pub(super) heading: String,
    /// Where the part stands on the page, if it is there.
    pub(super) href: Option<String>,
    pub(super) resolved: bool,
    pub(super) items: Vec<Item>,
}

/// One comment, ready to be shown.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) comment: Comment,
    pub(super) at: String,
    pub(super) when: String,
    /// Notes on its wording, for its author alone; there may be none.
    pub(super) own: Option<FieldNotes>,
}

impl Thread {
    /// How many comments there are, in words.
    pub(super) fn count(&self) -> String {
        counted(self.items.len())
    }
}

fn counted(count: usize) -> String {
    match count {
        1 => "1 comment".to_owned(),
        count => format!("{count} comments"),
    }
}

/// The threads of a post-mortem; what is about something that is gone comes last.
pub(super) fn threads(
    postmortem: &PostMortem,
    comments: Vec<Comment>,
    reader: PersonId,
) -> Vec<Thread> {
    let parts = parts(postmortem);
    let mut threads: Vec<(usize, Thread)> = Vec::new();
    for comment in comments {
        let known = parts.iter().position(|part| part.about == comment.about);
        let place = known.unwrap_or(parts.len());
        let found = threads
            .iter()
            .position(|(_, one)| one.about == comment.about);
        let part = known.and_then(|place| parts.get(place));
        let found = found.unwrap_or_else(|| {
            threads.push((place, thread(&comment.about, part)));
            threads.len() - 1
        });
        let Some((_, thread)) = threads.get_mut(found) else {
            continue;
        };
        thread.resolved &= comment.resolved_at.is_some();
        thread.items.push(item(postmortem, comment, reader));
    }
    threads.sort_by_key(|(place, _)| *place);
    threads.into_iter().map(|(_, thread)| thread).collect()
}

fn thread(about: &About, part: Option<&Commented>) -> Thread {
    let href = match (about, part) {
        (About::Part(place), Some(_)) => Some(format!("#{}", place.anchor())),
        _ => None,
    };
    let gone = "Something that is not in the post-mortem any more";
    Thread {
        about: about.clone(),
        anchor: about.anchor(),
        heading: part.map_or_else(|| gone.to_owned(), |part| part.heading.clone()),
        href,
        resolved: true,
        items: Vec::new(),
    }
}

fn item(postmortem: &PostMortem, comment: Comment, reader: PersonId) -> Item {
    let own = (comment.author == reader).then(|| {
        let notes = notes_on(postmortem, &Place::Aside, comment.text.as_str());
        FieldNotes::of(Place::Aside, notes).named(&format!("comment-{}", comment.id))
    });
    Item {
        at: comment.written_at.to_rfc3339(),
        when: saved_at(comment.written_at),
        own,
        comment,
    }
}

/// How much was said about each part, for a small link beside it.
#[derive(Debug, Clone, Default)]
pub(in crate::web) struct Remarks(BTreeMap<String, usize>);

impl Remarks {
    /// The comments of a post-mortem, counted by part.
    pub(in crate::web) fn of(comments: &[Comment]) -> Self {
        let mut counts = BTreeMap::new();
        for comment in comments {
            if let About::Part(place) = &comment.about {
                *counts.entry(place.anchor()).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// The link beside a part; nothing if nobody said anything about it.
    pub(in crate::web) fn on(
        &self,
        kind: &str,
        which: &(impl std::fmt::Display + ?Sized),
    ) -> String {
        let anchor = format!("{kind}-{which}");
        self.0.get(&anchor).map_or_else(String::new, |count| {
            let words = counted(*count);
            format!(" <a class=\"remark no-paper\" href=\"#comments-{anchor}\">{words}</a>")
        })
    }
}
