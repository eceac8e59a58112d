//! Ideas and commitments.

use super::factors::code;
use super::items::{self, Entry};
use super::lines::{Part, Row, guarded, joined, opens_entry};
use super::{Document, DocumentAction, Problems, known};
use crate::domain::actions::{ActionKind, ActionState, Reversibility, Strength};
use crate::domain::text::{Line, Prose, address, day};

const KEYS: [&str; 12] = [
    "Kind",
    "Addresses",
    "Strength",
    "Owner",
    "Due",
    "Known by",
    "Reach",
    "Reversibility",
    "Expires",
    "State",
    "Reason",
    "Tracker",
];

/// How the reason begins for which there are no commitments, and the one for too many open ones.
const NONE_BECAUSE: &str = "No commitments, because";
const MORE_BECAUSE: &str = "More open commitments than the limit, because";

/// The reasons that stand among the actions.
#[derive(Debug, Default)]
pub(super) struct Reasons<'a> {
    none: Vec<Row<'a>>,
    more: Vec<Row<'a>>,
}

impl<'a> Reasons<'a> {
    /// Takes the reasons out of the rows of a section; the rest is left in its place.
    pub(super) fn take(rows: Vec<Row<'a>>) -> (Self, Vec<Row<'a>>) {
        let mut reasons = Self::default();
        let mut rest = Vec::new();
        let mut into = 0;
        for row in rows {
            if let Some(text) = after(row.text, NONE_BECAUSE) {
                into = 1;
                reasons.none.push(Row { text, ..row });
                continue;
            }
            if let Some(text) = after(row.text, MORE_BECAUSE) {
                into = 2;
                reasons.more.push(Row { text, ..row });
                continue;
            }
            if opens_entry(row.text) {
                into = 0;
            }
            match into {
                1 => reasons.none.push(row),
                2 => reasons.more.push(row),
                _ => rest.push(row),
            }
        }
        (reasons, rest)
    }

    /// Reads both: why there are none, why there are more than the limit.
    pub(super) fn read(&self, problems: &mut Problems) -> (Prose, Prose) {
        let mut reason = |rows: &[Row<'a>]| {
            let (first, rest) = rows.split_first()?;
            // The first line stands behind the phrase, where nothing is a mark.
            let text = format!("{}\n{}", first.text, joined(rest, is_mark));
            problems.take(first.number, Prose::parse("The reason", text.trim()))
        };
        let none = reason(&self.none).unwrap_or_default();
        (none, reason(&self.more).unwrap_or_default())
    }
}

fn is_mark(line: &str) -> bool {
    opens_entry(line) || after(line, NONE_BECAUSE).is_some() || after(line, MORE_BECAUSE).is_some()
}

/// What stands behind a phrase at the beginning of a line, however it is capitalised.
fn after<'a>(line: &'a str, phrase: &str) -> Option<&'a str> {
    let (head, rest) = line.split_at_checked(phrase.len())?;
    if !head.eq_ignore_ascii_case(phrase) {
        return None;
    }
    if rest.is_empty() {
        Some(rest)
    } else {
        rest.strip_prefix(' ')
    }
}

/// Reads an action; `statements` is how many statements there are.
pub(super) fn read(
    part: &Part<'_>,
    statements: usize,
    problems: &mut Problems,
) -> Option<DocumentAction> {
    let entry = Entry::read(part, &KEYS, problems);
    let title = problems.take(entry.line, Line::parse("The action", &entry.text))?;
    let mut prose = |key: &'static str| {
        let (line, typed) = entry.prose(key);
        problems
            .take(line, Prose::parse(key, typed))
            .unwrap_or_default()
    };
    let (known_by, reach, state_reason) = (prose("Known by"), prose("Reach"), prose("Reason"));
    let mut date = |key: &str| {
        let (line, typed) = entry.value(key)?;
        problems.take(line, day(typed))
    };
    let (due_on, expires_on) = (date("Due"), date("Expires"));
    let owner = entry
        .value("Owner")
        .and_then(|(line, typed)| problems.take(line, Line::parse("The owner", typed)));
    let tracker = entry
        .value("Tracker")
        .and_then(|(line, typed)| problems.take(line, address(typed)));
    let addresses = entry
        .value("Addresses")
        .and_then(|(line, typed)| problems.take(line, statement(typed, statements)));
    Some(DocumentAction {
        title,
        kind: code(
            &entry,
            "Kind",
            ActionKind::from_code,
            known!(ActionKind),
            problems,
        )
        .unwrap_or(ActionKind::Idea),
        addresses,
        strength: code(
            &entry,
            "Strength",
            Strength::from_code,
            known!(Strength),
            problems,
        ),
        owner,
        due_on,
        known_by,
        reach,
        reversibility: code(
            &entry,
            "Reversibility",
            Reversibility::from_code,
            known!(Reversibility),
            problems,
        ),
        expires_on,
        state: code(
            &entry,
            "State",
            ActionState::from_code,
            known!(ActionState),
            problems,
        )
        .unwrap_or(ActionState::Open),
        state_reason,
        tracker,
    })
}

/// `F3`: the place of a statement.
fn statement(typed: &str, statements: usize) -> Result<usize, String> {
    typed
        .trim()
        .strip_prefix(['F', 'f'])
        .and_then(|number| number.parse::<usize>().ok())
        .and_then(|number| number.checked_sub(1))
        .filter(|place| *place < statements)
        .ok_or_else(|| {
            let typed: String = typed.chars().take(60).collect();
            format!("Addresses: \"{typed}\" is not a statement. F1 is the first one under Factors; there are {statements}.")
        })
}

/// Writes the reasons and the actions.
pub(super) fn write(out: &mut String, document: &Document) {
    for (phrase, reason) in [
        (NONE_BECAUSE, &document.no_commitments_because),
        (MORE_BECAUSE, &document.over_limit_because),
    ] {
        if !reason.is_blank() {
            // The first line stands behind the phrase, where nothing is a mark.
            let (first, rest) = reason
                .as_str()
                .split_once('\n')
                .unwrap_or((reason.as_str(), ""));
            out.push_str(phrase);
            out.push(' ');
            out.push_str(first);
            if !rest.is_empty() {
                out.push('\n');
                out.push_str(&guarded(rest, is_mark));
            }
            out.push_str("\n\n");
        }
    }
    for action in &document.actions {
        entry(out, action);
    }
}

fn entry(out: &mut String, action: &DocumentAction) {
    let date =
        |date: Option<chrono::NaiveDate>| date.map_or_else(String::new, |date| date.to_string());
    let state = if action.state == ActionState::Open {
        ""
    } else {
        action.state.as_code()
    };
    let values = [
        ("Kind", action.kind.as_code().to_owned()),
        (
            "Addresses",
            action
                .addresses
                .map_or_else(String::new, |place| format!("F{}", place + 1)),
        ),
        (
            "Strength",
            action.strength.map_or("", Strength::as_code).to_owned(),
        ),
        (
            "Owner",
            action.owner.as_ref().map_or("", Line::as_str).to_owned(),
        ),
        ("Due", date(action.due_on)),
        ("Known by", action.known_by.as_str().to_owned()),
        ("Reach", action.reach.as_str().to_owned()),
        (
            "Reversibility",
            action
                .reversibility
                .map_or("", Reversibility::as_code)
                .to_owned(),
        ),
        ("Expires", date(action.expires_on)),
        ("State", state.to_owned()),
        ("Reason", action.state_reason.as_str().to_owned()),
        ("Tracker", action.tracker.clone().unwrap_or_default()),
    ];
    items::write(out, action.title.as_str(), &KEYS, &values);
}
