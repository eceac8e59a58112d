//! `second-story timeline`: the rows of a text as a timeline would read them, without a server.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use clap::Args;
use serde::Serialize;

use super::{Failure, files, json, now, rules_are_there};
use crate::domain::language::Words;
use crate::domain::names::{Roles, read_mapping};
use crate::domain::timeline::paste::roles::offered;
use crate::domain::timeline::paste::{self, Asked, Entry, Paste, Row};
use crate::domain::when;

/// Print the rows of a chat thread, log or list as a timeline would read them.
///
/// What may be wrong with a row stands below it with a question mark. Nothing is kept.
#[derive(Debug, Args)]
pub(super) struct Timeline {
    /// A file; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The day of the first row, as 2026-10-14, where the text does not say it.
    #[arg(long, value_name = "DAY", value_parser = day)]
    day: Option<NaiveDate>,
    /// The zone of times that name none, as Europe/Vienna [default: UTC].
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Put roles in the place of names: a file with a person on each line, as "Mara O'Neill, @mara = the on-call engineer".
    #[arg(long, value_name = "FILE")]
    roles: Option<PathBuf>,
    /// Print one JSON object for each row, one on a line.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct RowJson<'a> {
    line: usize,
    last_line: usize,
    typed: &'a str,
    at: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    precision: &'static str,
    lane: &'static str,
    speaker: Option<&'a str>,
    text: &'a str,
    day_said: bool,
    zone_said: bool,
    notes: &'a [String],
    doubts: Vec<DoubtJson<'a>>,
}

#[derive(Serialize)]
struct DoubtJson<'a> {
    code: &'static str,
    message: &'a str,
    choices: Vec<ChoiceJson<'a>>,
}

#[derive(Serialize)]
struct ChoiceJson<'a> {
    label: &'a str,
    typed: &'a str,
}

impl Timeline {
    pub(super) fn run(self) -> Result<(), Failure> {
        let zone = self.zone.as_deref().map(when::zone).transpose();
        let zone = zone.map_err(|error| Failure::Input(error.to_string()))?;
        let text = text(&self.file)?;
        let asked = Asked {
            day: self.day,
            zone,
            otherwise: Tz::UTC,
            now: now(),
        };
        let mut read = paste::lines(&text, &asked);
        if let Some(file) = &self.roles {
            put_roles(&mut read, &roles(file)?);
        }
        let shown = zone.or(read.zone).unwrap_or(Tz::UTC);
        for row in read.rows() {
            if self.json {
                json(&RowJson::of(row))?;
            } else {
                print(row, shown);
            }
        }
        if read.asks_day && self.day.is_none() {
            eprintln!(
                "The text does not say the day of every row. Give it with --day, as 2026-10-14."
            );
        }
        if read.asks_zone && zone.is_none() {
            eprintln!(
                "The text does not say its zone; UTC was taken. Give it with --zone, as Europe/Vienna."
            );
        }
        if read.rows().next().is_none() {
            eprintln!(
                "No row was found. A row has a time of its own, as in “14:32 dashboards green”."
            );
        }
        say_left(&read);
        Ok(())
    }
}

/// Says which lines became no row.
fn say_left(read: &Paste) {
    let left = read.entries.iter().filter_map(|entry| match entry {
        Entry::Left(said) => Some(said.line),
        _ => None,
    });
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for line in left {
        match spans.last_mut() {
            Some((_, last)) if *last == line || *last + 1 == line => *last = line,
            _ => spans.push((line, line)),
        }
    }
    let lines = spans.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        eprintln!("No row was read from these lines: {}.", lines.join(", "));
    }
}

/// A day as it is typed after `--day`.
fn day(typed: &str) -> Result<NaiveDate, String> {
    let context = when::Context {
        zone: Tz::UTC,
        previous: None,
        day: None,
        now: now(),
    };
    let example = "Type the day as 2026-10-14.";
    let read = when::parse(typed, &context).map_err(|problem| format!("{problem} {example}"))?;
    let one_day = |(from, until): (DateTime<Utc>, DateTime<Utc>)| (until - from).num_hours() == 24;
    let whole = read.when.at().zip(read.when.until());
    whole
        .filter(|span| one_day(*span))
        .map(|(from, _)| from.date_naive())
        .ok_or_else(|| format!("“{typed}” is no day. {example}"))
}

/// The roles of a file, as the page of names and roles has them.
fn roles(file: &Path) -> Result<Roles, Failure> {
    rules_are_there()?;
    let (text, _) = files::read(file).map_err(Failure::Input)?;
    let mapped = read_mapping(&text).map_err(|problems| Failure::Input(problems.join("\n")))?;
    Ok(Roles::new(&mapped))
}

/// Puts roles in the place of the names that have one, and says which names have none.
fn put_roles(read: &mut Paste, roles: &Roles) {
    let offered = offered(read, roles, [], &Words::new());
    let without = offered.iter().filter(|one| one.role.is_none());
    let without: Vec<&str> = without.map(|one| one.name.as_str()).collect();
    if !without.is_empty() {
        eprintln!("No role is given for {}.", without.join(", "));
    }
    for entry in &mut read.entries {
        let Entry::Row(row) = entry else { continue };
        row.text = roles.put_in(&row.text, &Words::new());
        let speaker = row.speaker.as_ref();
        let given = offered.iter().find(|one| Some(&one.name) == speaker);
        if let Some(role) = given.and_then(|one| one.role.as_ref()) {
            row.speaker = Some(role.label());
        }
    }
}

fn text(path: &Path) -> Result<String, Failure> {
    if path.as_os_str() != "-" {
        return files::read(path)
            .map(|(text, _)| text)
            .map_err(Failure::Input);
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .take(files::BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::Input(format!("Standard input could not be read: {error}.")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn print(row: &Row, zone: Tz) {
    let speaker = row
        .speaker
        .as_ref()
        .map(|name| format!("{name}: "))
        .unwrap_or_default();
    let mut lines = row.text.lines();
    super::print(&format!(
        "{}\t{}\t{}\t{speaker}{}\n",
        row.line,
        when::full(&row.when, zone),
        row.lane.label().to_lowercase(),
        lines.next().unwrap_or_default()
    ));
    for line in lines {
        super::print(&format!("\t\t\t{line}\n"));
    }
    for doubt in &row.doubts {
        super::print(&format!("\t?\t{}\n", doubt.sentence));
        for choice in &doubt.choices {
            super::print(&format!("\t\tor {}\n", choice.label));
        }
    }
}

impl<'a> RowJson<'a> {
    fn of(row: &'a Row) -> Self {
        let doubts = row.doubts.iter().map(|doubt| DoubtJson {
            code: doubt.code,
            message: &doubt.sentence,
            choices: doubt
                .choices
                .iter()
                .map(|choice| ChoiceJson {
                    label: &choice.label,
                    typed: &choice.typed,
                })
                .collect(),
        });
        Self {
            line: row.line,
            last_line: row.last_line,
            typed: row.when.typed(),
            at: row.when.at(),
            until: row.when.until(),
            precision: row.when.precision().as_code(),
            lane: row.lane.as_code(),
            speaker: row.speaker.as_deref(),
            text: &row.text,
            day_said: row.day_said,
            zone_said: row.zone_said,
            notes: &row.notes,
            doubts: doubts.collect(),
        }
    }
}
