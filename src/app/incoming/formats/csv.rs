//! A timeline, or a list of actions, as a table. The names of columns are read in many spellings, or said with a map.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use super::columns::{COLUMNS, Places, is_head, without_zone, zone_of};
use super::days::{due_day, serial};
use super::table::{Row, Table, folded, read_from as table};
use super::{Options, Record, Text, Unreadable};
use crate::domain::incoming::{Format, NewAction, Story, key, severity};
use crate::domain::text::{address, excerpt};
use crate::domain::timeline::{Lane, Marker};
use crate::domain::when::{self, Context};

/// The most actions of which more is noted than their titles.
const MOST_NOTES: usize = 500;

/// A record that is being read: its story, its original, and what its actions say beyond their titles.
struct Reading {
    story: Story,
    original: String,
    more: Vec<String>,
}

pub(super) fn read(files: &[Text<'_>], options: &Options) -> Result<Vec<Record>, Unreadable> {
    let mut stories: BTreeMap<String, Reading> = BTreeMap::new();
    for file in files {
        let mut table = table(file, |cells| is_head(cells, &options.map))?;
        table.rename(without_zone);
        let places = Places {
            table: &table,
            map: &options.map,
        };
        check_map(&places, file)?;
        let columns = Columns::of(&places, file)?;
        let zone = columns.zone(&table).or(options.zone);
        let incident = places.of("incident");
        let mut told = BTreeSet::new();
        for row in &table.rows {
            let id = name(file, row.cell(incident), options);
            let reading = match stories.entry(id) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => {
                    let mut story = story(file, entry.key(), row.cell(incident), options)?;
                    story.zone(zone.map(Tz::name));
                    entry.insert(Reading {
                        story,
                        original: String::new(),
                        more: Vec::new(),
                    })
                }
            };
            if told.insert(name(file, row.cell(incident), options)) {
                columns.say(&mut reading.story, &table, file);
                if incident.is_none() {
                    reading.original.push_str(&file.text);
                }
            }
            if incident.is_some() {
                reading.original.push_str(&lines(&table, row));
            }
            if columns.is_timeline {
                event(&mut reading.story, &columns, row, file.name, options);
            } else {
                action(reading, &columns, row, file.name, options);
            }
        }
    }
    let finished = stories.into_values().map(|mut reading| {
        reading.story.section("follow-up", &reading.more.join("\n"));
        Ok(reading.story.finish(&reading.original))
    });
    Ok(finished.collect())
}

/// The columns of a table, by what they hold.
struct Columns<'a> {
    is_timeline: bool,
    places: BTreeMap<&'static str, usize>,
    /// Columns that hold something else: their names and places.
    others: Vec<(&'a str, usize)>,
    /// Names of columns that name people.
    people: Vec<&'a str>,
}

impl<'a> Columns<'a> {
    fn of(places: &'a Places<'_>, file: &Text<'_>) -> Result<Self, Unreadable> {
        const TIMELINE: [&str; 7] = [
            "when", "date", "what", "lane", "marker", "source", "severity",
        ];
        const ACTIONS: [&str; 5] = ["action", "team", "due", "state", "source"];
        let clock = places.of("when").or_else(|| places.of("date"));
        let has_action = places.of("action").is_some();
        // A list of actions often says when each was written down, and has a comment.
        let is_list = has_action && places.of("due").is_some();
        let is_timeline = clock.is_some() && places.of("what").is_some() && !is_list;
        if !is_timeline && !has_action {
            return Err(Unreadable::new(format!(
                "{} has the columns {}. A timeline needs one for the time and one for what happened, a list of actions one for the action. Say which is which: when=Time, what=Text, or action=Title.",
                file.name,
                places.table.said()
            )));
        }
        let mut used = if is_timeline {
            TIMELINE.to_vec()
        } else {
            ACTIONS.to_vec()
        };
        let held = used
            .iter()
            .filter_map(|what| Some((*what, places.of(what)?)));
        let held = held.collect();
        used.push("incident");
        let (others, people) = places.others(&used);
        let named = |places_of: Vec<usize>| -> Vec<(&'a str, usize)> {
            let head = &places.table.head;
            let name = |place: usize| Some((head.get(place)?.as_str(), place));
            places_of.into_iter().filter_map(name).collect()
        };
        Ok(Self {
            is_timeline,
            places: held,
            others: named(others),
            people: named(people).into_iter().map(|(name, _)| name).collect(),
        })
    }

    fn cell<'r>(&self, row: &'r Row, what: &str) -> &'r str {
        row.cell(self.places.get(what).copied())
    }

    /// The zone that the head names.
    fn zone(&self, table: &Table) -> Option<Tz> {
        let mut clocks = ["when", "date"]
            .iter()
            .filter_map(|what| self.places.get(what));
        clocks.find_map(|place| zone_of(table.head.get(*place)?))
    }

    /// What columns say that have no place of their own: "Ticket: X-1".
    fn more(&self, row: &Row) -> Vec<String> {
        let others = self.others.iter().filter_map(|(name, place)| {
            let cell = row.cell(Some(*place));
            match (name.is_empty(), cell.is_empty()) {
                (_, true) => None,
                (true, false) => Some(cell.to_owned()),
                (false, false) => Some(format!("{}: {cell}", excerpt(name))),
            }
        });
        others.collect()
    }

    /// What there is to say about a table, once for each of its stories.
    fn say(&self, story: &mut Story, table: &Table, file: &Text<'_>) {
        for remark in &table.remarks {
            story.remark(remark.clone());
        }
        if !self.people.is_empty() {
            let names: Vec<String> = self.people.iter().map(|name| excerpt(name)).collect();
            story.remark(format!(
                "What names people in {} was left out ({}): here a team or a role owns an action and tells a row, never a person. The original has it.",
                file.name,
                names.join(", ")
            ));
        }
    }
}

/// A new story. One that has no name but its file's is known again by where the file lies.
fn story(
    file: &Text<'_>,
    id: &str,
    incident: &str,
    options: &Options,
) -> Result<Story, Unreadable> {
    if !incident.is_empty() || !options.title.trim().is_empty() {
        return Ok(Story::new(Format::Csv, id, id)?);
    }
    let lies = options.lies(file.name);
    let mut story = Story::new(Format::Csv, lies.name(), stem(file.name))?;
    story.lies(lies);
    Ok(story)
}

/// Refuses a map that names what is not there.
fn check_map(places: &Places<'_>, file: &Text<'_>) -> Result<(), Unreadable> {
    for (what, column) in places.map {
        if COLUMNS.iter().all(|(key, _)| *key != folded(what)) {
            let known: Vec<&str> = COLUMNS.iter().map(|(key, _)| *key).collect();
            return Err(Unreadable::new(format!(
                "\"{what}\" is nothing that a column can hold. Choose one of {}.",
                known.join(", ")
            )));
        }
        if places.table.place(column).is_none() {
            return Err(Unreadable::new(format!(
                "{} has no column \"{column}\". It has {}.",
                file.name,
                places.table.said()
            )));
        }
    }
    Ok(())
}

/// What a row belongs to: what its column says, the title that was given, or the file.
fn name(file: &Text<'_>, incident: &str, options: &Options) -> String {
    if !incident.is_empty() {
        return incident.to_owned();
    }
    if !options.title.trim().is_empty() {
        return options.title.trim().to_owned();
    }
    file.name.to_owned()
}

/// The name of a file without its folder and its ending.
fn stem(name: &str) -> &str {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.rsplit_once('.').map_or(last, |(stem, _)| stem)
}

/// A row with the names of its columns: what is kept of a table that holds several records.
fn lines(table: &Table, row: &Row) -> String {
    let cells = table.head.iter().enumerate();
    let cells = cells.map(|(place, name)| format!("{name}: {}\n", row.cell(Some(place))));
    let surplus = row
        .surplus()
        .into_iter()
        .map(|cell| format!("(surplus): {cell}\n"));
    cells.chain(surplus).chain(["\n".to_owned()]).collect()
}

fn event(story: &mut Story, columns: &Columns<'_>, row: &Row, file: &str, options: &Options) {
    if story.is_full() {
        return;
    }
    let mut text = columns.cell(row, "what").to_owned();
    let surplus = row.surplus();
    if !surplus.is_empty() {
        text = format!("{text}, {}", surplus.join(", "));
        story.remark(format!(
            "Row {} of {file} has more cells than the head; what was too much stands behind its text.",
            row.line
        ));
    }
    let (lane, marker) = (columns.cell(row, "lane"), columns.cell(row, "marker"));
    let mut more = columns.more(row);
    let (read_lane, read_marker) = (
        coded(lane, Lane::from_code),
        coded(marker, Marker::from_code),
    );
    if read_lane.is_none() && !lane.is_empty() {
        more.push(format!("Lane: {lane}"));
    }
    if read_marker.is_none() && !marker.is_empty() {
        more.push(format!("Marker: {marker}"));
    }
    let source = columns.cell(row, "source");
    let address = address(source).ok().filter(|_| !source.is_empty());
    if address.is_none() && !source.is_empty() {
        more.push(format!("Source: {source}"));
    }
    if !more.is_empty() {
        text = format!("{text} ({})", more.join("; ")).trim().to_owned();
    }
    let lane = read_lane.unwrap_or(Lane::Happened);
    let (date, clock) = (columns.cell(row, "date"), columns.cell(row, "when"));
    let typed = match (date, clock) {
        ("", clock) => clock.to_owned(),
        (date, "") => date.to_owned(),
        (date, clock) if clock.contains(date) => clock.to_owned(),
        (date, clock) => format!("{date} {clock}"),
    };
    let typed = match serial(&typed) {
        Some(day) => {
            story.remark(format!(
                "Times of {file} are numbers, as spreadsheets count days; they were read as {day} and so on."
            ));
            day
        }
        None => typed,
    };
    story.severity(severity(columns.cell(row, "severity")));
    let document = story.document();
    let context = Context {
        zone: document.zone,
        previous: document
            .events
            .iter()
            .rev()
            .find_map(|event| event.when.at()),
        day: document.happened_on,
        now: options.now,
    };
    match when::parse(&typed, &context) {
        Ok(read) => {
            let key = key(Some(&read.when), &text);
            story.row(key, read.when, lane, read_marker, &text, address);
        }
        Err(problem) => {
            story.remark(format!(
                "Row {} of {file}: {problem} The row keeps its place.",
                row.line
            ));
            let typed = if typed.is_empty() { "?" } else { &typed };
            let text = address.map_or(text.clone(), |address| format!("{text} ({address})"));
            story.unreadable(key(None, &text), typed, lane, &text);
        }
    }
}

/// A code in a cell, as people type it.
fn coded<T>(typed: &str, read: fn(&str) -> Option<T>) -> Option<T> {
    read(&typed.to_lowercase().replace(' ', "-"))
}

fn action(reading: &mut Reading, columns: &Columns<'_>, row: &Row, file: &str, options: &Options) {
    let story = &mut reading.story;
    let state = columns.cell(row, "state").to_lowercase();
    let done = matches!(
        state.as_str(),
        "done"
            | "closed"
            | "resolved"
            | "complete"
            | "completed"
            | "yes"
            | "x"
            | "true"
            | "erledigt"
            | "ja"
            | "已完成"
            | "完成"
    );
    let due = columns.cell(row, "due");
    let due_on = due_day(due, story.document().zone, options);
    if due_on.is_none() && !due.is_empty() {
        story.remark(format!(
            "Row {} of {file}: the day \"{due}\" could not be read. Write it as 2026-10-14.",
            row.line
        ));
    }
    let title = columns.cell(row, "action");
    let team = Some(columns.cell(row, "team")).filter(|team| !team.is_empty());
    let mut more = columns.more(row);
    more.extend(row.surplus().into_iter().map(str::to_owned));
    let source = columns.cell(row, "source");
    if !source.is_empty() && address(source).is_err() {
        more.push(format!("Source: {source}"));
    }
    if title.is_empty() && !more.is_empty() {
        story.remark(format!(
            "Row {} of {file} names no action; what it says stands under “Follow-up, as written”.",
            row.line
        ));
    }
    if !more.is_empty() && reading.more.len() < MOST_NOTES {
        reading
            .more
            .push(format!("- {title} ({})", more.join("; ")));
    }
    story.action(NewAction {
        key: key(None, title),
        title,
        done,
        team,
        due_on,
        tracker: Some(source),
    });
}

#[cfg(test)]
mod tests;
