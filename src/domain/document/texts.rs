//! The texts of a document in which wording may be kept, each by a name of its own.

use super::Document;
use crate::domain::postmortem::PostMortem;
use crate::domain::text::{Line, PROSE_BYTES, Prose, Title};
use crate::domain::wording::{Place, texts};

/// What is done with each text: its name, the words, and whether other words would fit; what is returned is put in
/// its place.
type Change<'a> = dyn FnMut(&str, &str, &dyn Fn(&str) -> bool) -> Option<String> + 'a;

/// Goes through the texts of a document in the order of the editor.
pub(super) fn visit(document: &mut Document, change: &mut Change<'_>) {
    let line = |text: &str| Line::parse("", text).is_ok();
    let title = document.title.as_str().to_owned();
    let title = change("title", &title, &|text| Title::parse(text).is_ok());
    if let Some(title) = title.and_then(|title| Title::parse(&title).ok()) {
        document.title = title;
    }
    for section in &mut document.sections {
        let place = format!("section/{}", section.key);
        prose(&place, &mut section.text, change);
    }
    for (number, event) in (1_usize..).zip(&mut document.events) {
        prose(&format!("event/{number}"), &mut event.text, change);
    }
    for (number, account) in (1_usize..).zip(&mut document.accounts) {
        prose(&format!("account/{number}"), &mut account.text, change);
    }
    for (number, one) in (1_usize..).zip(&mut document.statements) {
        let place = format!("factor/{number}");
        prose(&place, &mut one.text, change);
        prose(
            &format!("{place}/without-this"),
            &mut one.without_this,
            change,
        );
    }
    for (number, action) in (1_usize..).zip(&mut document.actions) {
        let place = format!("action/{number}");
        let title = change(&place, action.title.as_str(), &line);
        if let Some(title) = title.and_then(|title| Line::parse("", &title).ok()) {
            action.title = title;
        }
        prose(&format!("{place}/known-by"), &mut action.known_by, change);
        prose(&format!("{place}/reach"), &mut action.reach, change);
        prose(&format!("{place}/reason"), &mut action.state_reason, change);
    }
    prose(
        "no-commitments",
        &mut document.no_commitments_because,
        change,
    );
    prose("over-limit", &mut document.over_limit_because, change);
}

fn prose(place: &str, text: &mut Prose, change: &mut Change<'_>) {
    let changed = change(place, text.as_str(), &|text| text.len() <= PROSE_BYTES);
    if let Some(changed) = changed.and_then(|changed| Prose::parse("", &changed).ok()) {
        *text = changed;
    }
}

/// The names of a post-mortem's texts within its document.
pub(super) fn names(postmortem: &PostMortem) -> Vec<(Place, String)> {
    texts(postmortem)
        .into_iter()
        .filter_map(|(place, _)| {
            let name = name(postmortem, &place)?;
            Some((place, name))
        })
        .collect()
}

fn name(postmortem: &PostMortem, place: &Place) -> Option<String> {
    let (kind, number, field) = match place {
        Place::Title | Place::NoCommitments | Place::OverLimit | Place::Section(_) => {
            return Some(place.to_string());
        }
        Place::Event(id) => {
            let mut rows = postmortem.events.iter();
            ("event", rows.position(|row| row.id == *id), "")
        }
        Place::Account(id) => {
            let mut rows = postmortem.accounts.iter();
            ("account", rows.position(|row| row.id == *id), "")
        }
        Place::Factor(id) | Place::WithoutThis(id) => {
            let field = match place {
                Place::Factor(_) => "",
                _ => "/without-this",
            };
            let mut rows = postmortem.statements.iter();
            ("factor", rows.position(|row| row.id == *id), field)
        }
        Place::Action(id) | Place::KnownBy(id) | Place::Reach(id) | Place::StateReason(id) => {
            let field = match place {
                Place::KnownBy(_) => "/known-by",
                Place::Reach(_) => "/reach",
                Place::StateReason(_) => "/reason",
                _ => "",
            };
            let mut rows = postmortem.actions.iter();
            ("action", rows.position(|row| row.id == *id), field)
        }
        Place::New(_) | Place::Aside => return None,
    };
    Some(format!("{kind}/{}{field}", number? + 1))
}
