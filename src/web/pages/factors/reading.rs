//! Factor statements as they are read: in groups by what they did, with their evidence.

use askama::Template;

use crate::domain::factors::{Confidence, Evidence, FactorRole, Statement};
use crate::domain::ids::{CauseId, StatementId};
use crate::domain::postmortem::PostMortem;
use crate::domain::taxonomy::{Factor, core};
use crate::domain::text::Line;
use crate::domain::when;
use crate::web::pages::comments::Remarks;
use crate::web::pages::components;
use crate::web::pages::similar::Causes;

/// The statements of the reading page.
#[derive(Debug, Template)]
#[template(path = "factors/list.html")]
pub(in crate::web) struct Reading {
    /// Whether the reader may make and link recurring causes.
    writes: bool,
    groups: Vec<Group>,
    remarks: Remarks,
}

/// Statements that did the same.
#[derive(Debug)]
struct Group {
    heading: &'static str,
    /// What stands before the factor's name.
    label: &'static str,
    items: Vec<Item>,
}

/// One statement, ready to be shown.
#[derive(Debug)]
pub(in crate::web) struct Item {
    pub(in crate::web) id: StatementId,
    pub(in crate::web) text: String,
    /// The factor's address and name; for what held, the name of the strength.
    pub(in crate::web) factor: Option<(String, String)>,
    pub(in crate::web) component: Option<String>,
    /// Where it stands what was learned about the component; none as long as the post-mortem teaches nothing yet.
    pub(in crate::web) learned: Option<String>,
    pub(in crate::web) system: Option<&'static str>,
    pub(in crate::web) evidence: Vec<Piece>,
    pub(in crate::web) without_this: String,
    pub(in crate::web) scale: String,
    pub(in crate::web) inferred: bool,
    pub(in crate::web) causes: Causes,
}

/// Statements with the recurring causes that they are linked to.
pub(in crate::web) type Linked = [(StatementId, CauseId, Line)];

/// A piece of evidence, with where it can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Piece {
    pub(in crate::web) words: String,
    /// An anchor on this page, or an address elsewhere.
    pub(in crate::web) href: Option<String>,
    pub(in crate::web) elsewhere: bool,
}

/// The groups, in reading order.
const GROUPS: [(FactorRole, &str, &str); 5] = [
    (FactorRole::Contributing, "Helped it happen", "Factor"),
    (
        FactorRole::WeakenedResponse,
        "Made it longer or worse",
        "Factor",
    ),
    (FactorRole::Mitigating, "Held", "Strength"),
    (FactorRole::Luck, "Was luck", "Factor"),
    (
        FactorRole::Considered,
        "Looked into, not supported",
        "Factor",
    ),
];

/// The heading of the group that a role belongs to.
pub(in crate::web) fn heading(role: FactorRole) -> &'static str {
    GROUPS
        .iter()
        .find(|(other, ..)| *other == role)
        .map_or("", |(_, heading, _)| heading)
}

impl Reading {
    /// Whether there is nothing to read.
    pub(in crate::web) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The statements of a post-mortem.
    pub(in crate::web) fn new(
        postmortem: &PostMortem,
        linked: &Linked,
        writes: bool,
        remarks: &Remarks,
    ) -> Self {
        let groups = GROUPS
            .iter()
            .map(|(role, heading, label)| Group {
                heading,
                label,
                items: postmortem
                    .statements
                    .iter()
                    .filter(|statement| statement.role == *role)
                    .map(|statement| Item::new(statement, postmortem, linked))
                    .collect(),
            })
            .filter(|group| !group.items.is_empty())
            .collect();
        let remarks = remarks.clone();
        Self {
            writes,
            groups,
            remarks,
        }
    }
}

impl Item {
    /// A statement of this post-mortem.
    pub(in crate::web) fn new(
        statement: &Statement,
        postmortem: &PostMortem,
        linked: &Linked,
    ) -> Self {
        let factor = statement.factor.as_ref().map(|id| {
            let name = core()
                .factor(id)
                .map_or(id.as_str(), |factor| shown_name(factor, statement.role));
            (format!("/taxonomy/{}", id.as_str()), name.to_owned())
        });
        Self {
            id: statement.id,
            text: statement.text.as_str().to_owned(),
            factor,
            learned: statement
                .component
                .as_ref()
                .filter(|_| postmortem.facts.status.is_finished())
                .filter(|_| statement.role != FactorRole::Considered)
                .map(|component| components::address(component.name.as_str())),
            component: statement
                .component
                .as_ref()
                .map(|component| component.name.as_str().to_owned()),
            system: statement.system.map(|system| system.label()),
            evidence: pieces(statement, postmortem),
            without_this: statement.without_this.as_str().to_owned(),
            scale: scale(statement),
            inferred: statement.confidence == Confidence::Inferred,
            causes: linked
                .iter()
                .filter(|(id, ..)| *id == statement.id)
                .map(|(_, cause, words)| (*cause, words.as_str().to_owned()))
                .collect(),
        }
    }
}

/// What held is called by its strength.
fn shown_name(factor: &Factor, role: FactorRole) -> &str {
    if role == FactorRole::Mitigating {
        &factor.strength_name
    } else {
        &factor.name
    }
}

/// What a statement rests on; an event that is gone is left out.
pub(in crate::web) fn pieces(statement: &Statement, postmortem: &PostMortem) -> Vec<Piece> {
    statement
        .evidence
        .iter()
        .filter_map(|item| piece(item, postmortem))
        .collect()
}

fn piece(item: &Evidence, postmortem: &PostMortem) -> Option<Piece> {
    Some(match item {
        Evidence::Event(id) => {
            let event = postmortem.events.iter().find(|event| event.id == *id)?;
            Piece {
                words: format!(
                    "{} {}",
                    when::clock(&event.when, postmortem.facts.zone),
                    beginning(event.text.as_str(), 60).trim_end_matches('.')
                ),
                href: Some(format!("#event-{id}")),
                elsewhere: false,
            }
        }
        Evidence::Link(link) => Piece {
            words: beginning(without_scheme(link), 60),
            href: Some(link.clone()),
            elsewhere: true,
        },
        Evidence::Account(role) => Piece {
            words: format!("account of {}", role.as_str()),
            href: postmortem
                .accounts
                .iter()
                .find(|account| account.role == *role)
                .map(|account| format!("#account-{}", account.id)),
            elsewhere: false,
        },
    })
}

fn without_scheme(link: &str) -> &str {
    link.trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_end_matches('/')
}

/// The beginning of a text, on one line, of whole words as far as there are any.
pub(in crate::web) fn beginning(text: &str, most: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    // A character has at least one byte: what is short is not counted.
    let end = (line.len() > most).then(|| line.char_indices().nth(most));
    let Some(cut) = end.flatten().and_then(|(end, _)| line.get(..end)) else {
        return line.to_owned();
    };
    // A long word, or a script without spaces, is cut where it is.
    let whole = cut
        .rsplit_once(' ')
        .map(|(whole, _)| whole)
        .filter(|whole| whole.chars().count() > most / 2)
        .unwrap_or(cut);
    format!("{}…", whole.trim_end_matches([' ', ',', ';', '.']))
}

/// The scale assumption as a sentence; empty if there is none.
fn scale(statement: &Statement) -> String {
    let Some(scale) = &statement.scale else {
        return String::new();
    };
    let mut sentence = scale.quantity.clone();
    if !scale.unit.is_empty() {
        sentence.push_str(", in ");
        sentence.push_str(&scale.unit);
    }
    for (words, value) in [
        ("made for", &scale.made_for),
        ("failed at", &scale.failed_at),
        ("now", &scale.now),
    ] {
        if !value.is_empty() {
            sentence.push_str(&format!("; {words} {value}"));
        }
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn a_beginning_ends_with_a_word_where_there_is_one() {
        assert_eq!(
            beginning("The batch waits for it.\nMore.", 60),
            "The batch waits for it."
        );
        assert_eq!(
            beginning("The batch waits, for a table", 17),
            "The batch waits…"
        );
        assert_eq!(beginning("ohneleerzeichen weiter", 6), "ohnele…");
        assert_eq!(beginning("二重に請求しました", 4), "二重に請…");
    }
}
