//! Follow-up items: lists, check boxes, tables and numbered headings.

use super::action_words::{check_box, cut, is_numbered, is_team, owner, state, tracker};
use super::lines::{Kind, Line};
use super::parts::Part;
use super::{IntakeAction, Remark, tables};

/// What was found in a part.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) actions: Vec<IntakeAction>,
    /// Lines that belong to no item.
    pub(super) left: Vec<String>,
    pub(super) frame: Vec<Remark>,
}

/// Finds the items of a part.
pub(super) fn find(part: &Part<'_>) -> Found {
    let mut found = Found::default();
    let group = group(part);
    if part.inherited && is_numbered(part.heading) {
        let note = part
            .lines
            .iter()
            .map(|line| line.raw)
            .collect::<Vec<_>>()
            .join("\n");
        let mut action = begin(
            part.heading.trim_start_matches(|character: char| {
                character.is_ascii_digit() || matches!(character, '.' | ')' | ' ')
            }),
            part.line,
        );
        action.note = note.trim().to_owned();
        found.actions.push(finish(action, ""));
        return found;
    }
    let top = part
        .lines
        .iter()
        .filter_map(|line| {
            if let Kind::Item(depth) = line.kind {
                Some(depth)
            } else {
                None
            }
        })
        .min()
        .unwrap_or(1);
    let mut open: Option<Draft> = None;
    let mut at = 0;
    let mut blank = true;
    while let Some(line) = part.lines.get(at) {
        at += 1;
        match line.kind {
            Kind::Item(depth) if depth <= top => {
                close(&mut open, group, &mut found);
                open = Some(Draft {
                    action: begin(line.text, line.number),
                    in_title: true,
                });
            }
            Kind::Row => {
                close(&mut open, group, &mut found);
                at = table(part, at - 1, group, &mut found);
            }
            Kind::Blank if open.is_some() => go_on(&mut open, ""),
            Kind::Comment => found.frame.push(Remark {
                line: line.number,
                text: line.raw.trim().to_owned(),
            }),
            _ if open.is_some()
                && (line.inside_item || matches!(line.kind, Kind::Item(_)) || !blank) =>
            {
                go_on(&mut open, line.raw)
            }
            _ => {
                close(&mut open, group, &mut found);
                found.left.push(line.raw.to_owned());
            }
        }
        blank = line.kind == Kind::Blank;
    }
    close(&mut open, group, &mut found);
    found
}

/// The heading that says which items these are: one below "Action items", or one that tells when or of what kind.
fn group<'a>(part: &Part<'a>) -> &'a str {
    const TELLING: [&str; 9] = [
        "immediate",
        "short",
        "medium",
        "long",
        "planned",
        "process",
        "technical",
        "documentation",
        "completed",
    ];
    let lower = part.heading.to_lowercase();
    if part.inherited || TELLING.iter().any(|word| lower.contains(word)) {
        part.heading
    } else {
        ""
    }
}

struct Draft {
    action: IntakeAction,
    /// Whether the next line still belongs to the first paragraph.
    in_title: bool,
}

fn begin(text: &str, line: usize) -> IntakeAction {
    let (title, done) = check_box(text);
    IntakeAction {
        title: title.to_owned(),
        note: String::new(),
        owner: None,
        tracker: None,
        done,
        line,
    }
}

fn go_on(open: &mut Option<Draft>, raw: &str) {
    let Some(draft) = open.as_mut() else { return };
    let text = raw.trim();
    draft.in_title &= !text.is_empty() && !text.starts_with(['-', '*', '+', '`', '|', '\u{2022}']);
    if draft.in_title {
        draft.action.title.push(' ');
        draft.action.title.push_str(text);
    } else {
        draft.action.note.push_str(raw);
        draft.action.note.push('\n');
    }
}

fn close(open: &mut Option<Draft>, group: &str, found: &mut Found) {
    let Some(draft) = open.take() else { return };
    let action = finish(draft.action, group);
    if action.title.chars().any(char::is_alphanumeric) {
        found.actions.push(action);
    } else if !action.note.trim().is_empty() {
        found.left.push(action.note);
    }
}

/// Fills in what the words of an item say about it.
fn finish(mut action: IntakeAction, group: &str) -> IntakeAction {
    if let Some((title, rest)) = cut(&action.title) {
        action.note = format!("{rest}\n\n{}", action.note);
        action.title = title;
    }
    let words = format!("{}\n{}", action.title, action.note);
    let completed = ["(completed)", "(done)"]
        .iter()
        .any(|mark| group.to_lowercase().contains(mark));
    action.done = action
        .done
        .or_else(|| state(&action.title))
        .or(completed.then_some(true));
    action.tracker = tracker(&words);
    action.owner = action.owner.or_else(|| owner(&words));
    let note = action.note.trim();
    action.note = match (group.is_empty(), note.is_empty()) {
        (true, _) => note.to_owned(),
        (false, true) => group.to_owned(),
        (false, false) => format!("{group}\n\n{note}"),
    };
    action
}

/// Takes the rows of a table as items; gives the number of the line below it.
fn table(part: &Part<'_>, at: usize, group: &str, found: &mut Found) -> usize {
    let lines: Vec<Line<'_>> = part
        .lines
        .iter()
        .skip(at)
        .take_while(|line| matches!(line.kind, Kind::Row | Kind::Rule))
        .copied()
        .collect();
    let names = tables::head(&lines).unwrap_or_default();
    let named = |words: &[&str]| {
        names
            .iter()
            .position(|name| words.iter().any(|word| name.to_lowercase().contains(word)))
    };
    let column = named(&[
        "action",
        "item",
        "task",
        "title",
        "what",
        "description",
        "follow",
    ]);
    for line in lines
        .iter()
        .filter(|line| line.kind == Kind::Row)
        .skip(usize::from(!names.is_empty()))
    {
        let cells = tables::cells(line.raw);
        let Some(chosen) = column.or_else(|| {
            cells
                .iter()
                .zip(0..)
                .max_by_key(|(cell, _)| cell.len())
                .map(|(_, at)| at)
        }) else {
            continue;
        };
        let mut action = begin(cells.get(chosen).copied().unwrap_or_default(), line.number);
        for (at, cell) in cells
            .iter()
            .enumerate()
            .filter(|(at, cell)| *at != chosen && !cell.is_empty())
        {
            let name = names.get(at).copied().unwrap_or_default();
            let lower = name.to_lowercase();
            if lower.contains("owner") && is_team(cell) {
                action.owner = Some((*cell).to_owned());
            }
            if lower.contains("status") || lower.contains("done") || lower.contains("state") {
                action.done = action.done.or_else(|| state(cell));
            }
            action.note.push_str(&if name.is_empty() {
                format!("{cell}\n")
            } else {
                format!("{name}: {cell}\n")
            });
        }
        close(
            &mut Some(Draft {
                action,
                in_title: false,
            }),
            group,
            found,
        );
    }
    found.frame.extend(
        lines
            .first()
            .filter(|_| !names.is_empty())
            .map(|line| Remark {
                line: line.number,
                text: line.raw.trim().to_owned(),
            }),
    );
    at + lines.len().max(1)
}
