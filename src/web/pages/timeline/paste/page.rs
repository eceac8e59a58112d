//! The page of pasted lines: the answers that are asked for, the names, and the rows between their headings.

use askama::Template;

use super::form::{PasteForm, stands};
use crate::app::FieldProblem;
use crate::app::timeline::Preview;
use crate::domain::ids::PostMortemId;
use crate::domain::names::Role;
use crate::domain::timeline::Lane;
use crate::domain::timeline::paste::{Entry, MOST_ROWS, Row, roles::NEUTRAL};
use crate::domain::when;
use crate::web::blocking::Signed;
use crate::web::frame::{Frame, Part};

/// A part of the list.
enum Shown {
    Row(Box<ShownRow>),
    Heading(String),
    /// Lines that are no rows: their numbers, and the first one's words.
    Left(String, String),
}

/// A line as it is shown.
struct ShownRow {
    /// Its place among all rows, counted from 0; names its fields.
    index: usize,
    taken: bool,
    when: String,
    read: String,
    lane: String,
    text: String,
    speaker: String,
    source: String,
    understood: String,
    notes: Vec<String>,
    choices: Vec<(String, String)>,
    errors: Vec<FieldProblem>,
}

impl ShownRow {
    fn of(index: usize, row: &Row, zone: chrono_tz::Tz) -> Self {
        let line = match row.last_line {
            last if last > row.line => format!("lines {} to {last}", row.line),
            _ => format!("line {}", row.line),
        };
        let doubts = row.doubts.iter();
        let meant = when::full(&row.when, zone);
        let choices: Vec<(String, String)> = doubts
            .clone()
            .flat_map(|doubt| &doubt.choices)
            .map(|choice| (choice.label.clone(), choice.typed.clone()))
            .filter(|(label, _)| *label != meant)
            .collect();
        Self {
            index,
            taken: false,
            when: row.when.typed().to_owned(),
            read: stands(&row.when),
            lane: row.lane.as_code().to_owned(),
            text: row.text.clone(),
            source: match &row.speaker {
                Some(speaker) => format!("{line}, {speaker}"),
                None => line,
            },
            speaker: row.speaker.clone().unwrap_or_default(),
            understood: row.when.at().map(|_| meant).unwrap_or_default(),
            notes: doubts
                .map(|doubt| doubt.sentence.clone())
                .chain(row.notes.clone())
                .collect(),
            choices,
            errors: Vec::new(),
        }
    }

    /// The number that a person reads.
    fn number(&self) -> usize {
        self.index + 1
    }

    fn problem_with(&self, field: &str) -> Option<&str> {
        let mut found = self.errors.iter().filter(|error| error.field == field);
        found.next().map(|error| error.message.as_str())
    }
}

/// A name of the text, and the role that is written instead.
struct ShownName {
    name: String,
    role: String,
    keep: bool,
    /// Whether the role is the one that the organisation remembers.
    remembered: bool,
    /// Whether the name stays where no role is given.
    within: bool,
}

#[derive(Template)]
#[template(path = "timeline/paste.html")]
pub(in crate::web) struct Lines {
    frame: Frame,
    postmortem: PostMortemId,
    title: String,
    story_zone: &'static str,
    /// The zone that the text names for itself.
    said_zone: Option<&'static str>,
    neutral: &'static str,
    paste: String,
    day: String,
    zone: String,
    asks_day: bool,
    asks_zone: bool,
    asked: Vec<FieldProblem>,
    none_ticked: Option<String>,
    shown: Vec<Shown>,
    names: Vec<ShownName>,
    count: usize,
    left_out: usize,
}

impl Lines {
    /// What was read, with the answers and roles that stand in the form. `asked`: what is wrong with the answers.
    pub(super) fn of(
        signed: &Signed,
        id: PostMortemId,
        preview: &Preview,
        form: &PasteForm,
        asked: Vec<FieldProblem>,
    ) -> Self {
        let (facts, read) = (&preview.facts, &preview.paste);
        let all = read.rows().count();
        let (shown, last) = shown(&read.entries, facts.zone);
        let roles = form.names();
        let names = preview.names.iter().map(|offered| {
            let typed = roles.iter().find(|renamed| renamed.name == offered.name);
            let remembered = offered.role.as_ref().map_or("", Role::as_str);
            // What somebody typed stands, also where they took the role out.
            let role = typed.map_or(remembered, |renamed| renamed.role.as_str());
            ShownName {
                name: offered.name.clone(),
                keep: typed.is_some_and(|renamed| renamed.keep),
                remembered: !role.is_empty() && role == remembered,
                role: role.to_owned(),
                within: offered.within,
            }
        });
        let left_out = all.saturating_sub(MOST_ROWS);
        Self {
            frame: Frame::of(signed, Part::PostMortems),
            postmortem: id,
            title: facts.title.as_str().to_owned(),
            story_zone: facts.zone.name(),
            said_zone: read.zone.map(chrono_tz::Tz::name),
            neutral: NEUTRAL,
            // What does not fit is not sent back and forth either.
            paste: match left_out {
                0 => form.paste.clone(),
                _ => form.paste.lines().take(last).collect::<Vec<_>>().join("\n"),
            },
            day: form.day.clone(),
            zone: form.zone.clone(),
            asks_day: read.asks_day,
            asks_zone: read.asks_zone,
            asked,
            none_ticked: None,
            names: names.collect(),
            shown,
            count: all.min(MOST_ROWS),
            left_out,
        }
    }

    /// The same with the rows as they were sent, and what is to be mended.
    pub(super) fn with_sent(
        mut self,
        form: &PasteForm,
        problems: &[(usize, Vec<FieldProblem>)],
    ) -> Self {
        if self.count != form.when.len() {
            // The text is not the one that the rows were read from: the rows count.
            self.shown = (0..form.when.len())
                .map(|index| Shown::Row(Box::new(sent(index))))
                .collect();
            self.count = form.when.len();
        }
        for shown in &mut self.shown {
            let Shown::Row(row) = shown else { continue };
            let field = |values: &[String]| values.get(row.index).cloned().unwrap_or_default();
            let when = field(&form.when);
            if when != row.when {
                row.understood.clear();
                row.notes.clear();
                row.choices.clear();
            }
            row.when = when;
            row.read = field(&form.read);
            row.lane = field(&form.lane);
            row.text = field(&form.text);
            row.taken = form.take.contains(&row.index);
            let found = problems.iter().find(|(place, _)| *place == row.index);
            row.errors = found.map(|(_, errors)| errors.clone()).unwrap_or_default();
            let (none, errors) = row
                .errors
                .drain(..)
                .partition(|error| error.field == "take");
            row.errors = errors;
            let none: Vec<FieldProblem> = none;
            let choices = row.errors.iter().filter(|error| error.field == "when");
            row.choices
                .extend(choices.flat_map(|error| error.choices.clone()));
            self.none_ticked = self
                .none_ticked
                .or(none.into_iter().next().map(|error| error.message));
        }
        self
    }

    /// Whether something is to be mended before anything is added.
    pub(super) fn is_refused(&self) -> bool {
        !self.asked.is_empty()
            || self.none_ticked.is_some()
            || self.rows().any(|row| !row.errors.is_empty())
    }

    fn rows(&self) -> impl Iterator<Item = &ShownRow> {
        self.shown.iter().filter_map(|shown| match shown {
            Shown::Row(row) => Some(row.as_ref()),
            _ => None,
        })
    }

    /// Whether a role stands there that nobody typed.
    fn remembers(&self) -> bool {
        self.names.iter().any(|name| name.remembered)
    }

    fn asked_problem(&self, field: &str) -> Option<&str> {
        let mut found = self.asked.iter().filter(|error| error.field == field);
        found.next().map(|error| error.message.as_str())
    }
}

/// The entries as far as they fit, and the last line of the last row.
fn shown(entries: &[Entry], zone: chrono_tz::Tz) -> (Vec<Shown>, usize) {
    let mut shown = Vec::new();
    let (mut index, mut last) = (0, 0);
    for entry in entries {
        match entry {
            Entry::Row(_) if index >= MOST_ROWS => break,
            Entry::Row(row) => {
                shown.push(Shown::Row(Box::new(ShownRow::of(index, row, zone))));
                last = row.last_line.max(last);
                index += 1;
            }
            Entry::Heading(said) => shown.push(Shown::Heading(said.text.clone())),
            Entry::Left(said) => match shown.last_mut() {
                Some(Shown::Left(lines, _)) => {
                    let first = lines.split(' ').next().unwrap_or_default().to_owned();
                    *lines = format!("{first} to {}", said.line);
                }
                _ => {
                    let words: String = said.text.chars().take(80).collect();
                    shown.push(Shown::Left(said.line.to_string(), words));
                }
            },
        }
    }
    (shown, last)
}

/// A row of which only the fields are known.
fn sent(index: usize) -> ShownRow {
    ShownRow {
        index,
        taken: false,
        when: String::new(),
        read: String::new(),
        lane: Lane::Happened.as_code().to_owned(),
        text: String::new(),
        speaker: String::new(),
        source: format!("row {}", index + 1),
        understood: String::new(),
        notes: Vec::new(),
        choices: Vec::new(),
        errors: Vec::new(),
    }
}
