//! What columns of a table hold, and how people call them.

use std::collections::HashSet;

use chrono_tz::Tz;

use super::table::{Row, Table, folded};
use crate::domain::intake::{Zone, zone_in};

/// What columns hold, and how people call them; the better names come first.
pub(super) const COLUMNS: [(&str, &[&str]); 13] = [
    (
        "when",
        &[
            "when",
            "time",
            "timestamp",
            "datetime",
            "date time",
            "date and time",
            "at",
            "started at",
            "occurred at",
            "start time",
            "event time",
            "time stamp",
            "start",
            "started",
            "occurred",
            "created at",
            "created",
            "zeit",
            "zeitpunkt",
            "uhrzeit",
            "zeitstempel",
            "datum uhrzeit",
            "datum und uhrzeit",
            "beginn",
            "heure",
            "date et heure",
            "date heure",
            "horodatage",
            "hora",
            "fecha y hora",
            "fecha hora",
            "ora",
            "时间",
        ],
    ),
    ("date", &["date", "day", "datum", "tag", "fecha", "日期"]),
    (
        "what",
        &[
            "what",
            "text",
            "event",
            "description",
            "entry",
            "message",
            "details",
            "what happened",
            "note",
            "ereignis",
            "beschreibung",
            "was",
            "was geschah",
            "événement",
            "descripción",
            "evento",
            "事件",
            "描述",
            "activity",
            "notes",
            "update",
            "updates",
            "comment",
            "comments",
            "observation",
            "kommentar",
            "notiz",
        ],
    ),
    ("lane", &["lane"]),
    ("marker", &["marker", "marks"]),
    ("source", &["source", "link", "url", "quelle"]),
    (
        "incident",
        &["incident", "post-mortem", "postmortem", "incident id"],
    ),
    (
        "action",
        &[
            "action",
            "title",
            "action item",
            "action items",
            "actions",
            "task",
            "tasks",
            "to do",
            "todo",
            "follow-up",
            "follow-ups",
            "corrective action",
            "corrective actions",
            "preventive action",
            "remediation",
            "next step",
            "summary",
            "maßnahme",
            "maßnahmen",
            "massnahme",
            "aufgabe",
            "aufgaben",
            "acción",
            "行动",
        ],
    ),
    (
        "team",
        &[
            "team",
            "owner team",
            "owning team",
            "department",
            "role",
            "rolle",
            "abteilung",
        ],
    ),
    (
        "owner",
        &["owner", "assignee", "responsible", "who", "verantwortlich"],
    ),
    (
        "due",
        &[
            "due",
            "due date",
            "due on",
            "due by",
            "target date",
            "deadline",
            "fällig",
            "fällig am",
            "frist",
            "bis",
        ],
    ),
    ("state", &["state", "status", "done", "完成"]),
    ("severity", &["severity", "priority"]),
];

/// Columns that name people.
const PEOPLE: [&str; 22] = [
    "owner",
    "assignee",
    "responsible",
    "who",
    "verantwortlich",
    "author",
    "user",
    "username",
    "person",
    "people",
    "name",
    "reporter",
    "responder",
    "engineer",
    "by",
    "created by",
    "updated by",
    "wer",
    "bearbeiter",
    "von",
    "autor",
    "email",
];

/// Columns that only count rows.
const NUMBERS: [&str; 8] = ["", "no", "nr", "row", "index", "zeile", "number", "nummer"];

/// The most columns that are kept beside those that are known.
const MOST: usize = 100;

/// Where a table has what.
pub(super) struct Places<'a> {
    pub(super) table: &'a Table,
    pub(super) map: &'a [(String, String)],
}

impl Places<'_> {
    pub(super) fn of(&self, what: &str) -> Option<usize> {
        let mapped = self.map.iter().find(|(key, _)| folded(key) == what);
        if let Some((_, name)) = mapped {
            return self.table.place(name);
        }
        let known = COLUMNS.iter().find(|(key, _)| *key == what);
        known.and_then(|(_, names)| self.table.column(names))
    }

    /// Columns that hold none of these: those that say something more, and those that name people.
    pub(super) fn others(&self, used: &[&str]) -> (Vec<usize>, Vec<usize>) {
        let used: HashSet<usize> = used.iter().filter_map(|what| self.of(what)).collect();
        let set =
            |names: &[&str]| -> HashSet<String> { names.iter().map(|name| folded(name)).collect() };
        let (people, numbers) = (set(&PEOPLE), set(&NUMBERS));
        let named = self.table.head.iter().map(|name| folded(name)).enumerate();
        let (mut more, mut persons) = (Vec::new(), Vec::new());
        for (place, name) in named.filter(|(place, _)| !used.contains(place)) {
            let counts = |row: &Row| row.cell(Some(place)).parse::<u32>().is_ok();
            if people.contains(&name) {
                persons.push(place);
            } else if more.len() < MOST
                && !(numbers.contains(&name) && self.table.rows.iter().all(counts))
            {
                more.push(place);
            }
        }
        (more, persons)
    }
}

/// Whether a line of a table is its head: a timeline's, or that of a list of actions.
pub(super) fn is_head(cells: &[String], map: &[(String, String)]) -> bool {
    let has = |what: &str| {
        let names = COLUMNS.iter().find(|(key, _)| *key == what);
        let names = names.map_or(&[][..], |(_, names)| names);
        let mapped = map.iter().filter(|(key, _)| folded(key) == what);
        let mapped = mapped.map(|(_, column)| folded(column));
        let wanted: Vec<String> = names
            .iter()
            .map(|name| folded(name))
            .chain(mapped)
            .collect();
        let mut cells = cells.iter();
        cells.any(|cell| {
            wanted.contains(&folded(&without_zone(cell))) || wanted.contains(&folded(cell))
        })
    };
    let timeline = (has("when") || has("date")) && has("what");
    timeline
        || (cells.len() > 1 && has("action"))
        || cells.iter().any(|cell| folded(cell) == "action")
}

/// The name of a column without a zone in it: "Time (UTC)", "time_utc".
pub(super) fn without_zone(name: &str) -> String {
    let Some(_) = zone_of(name) else {
        return name.to_owned();
    };
    let outside = name.split(['(', '[']).next().unwrap_or(name);
    let words = outside.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| zone_in(&word.to_uppercase()).is_none())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The zone in the name of a column.
pub(super) fn zone_of(name: &str) -> Option<Tz> {
    // A word for a time of day is no zone; a place in brackets is one.
    let inside = name
        .split_once(['(', '['])
        .map(|(_, rest)| rest.trim_end_matches([')', ']']).trim());
    if let Some(place) = inside.and_then(|inside| inside.parse().ok()) {
        return Some(place);
    }
    let short = name.chars().take(100).collect::<String>();
    let words = short.replace('_', " ");
    match zone_in(inside.unwrap_or(&words)).or_else(|| zone_in(&last_word(&words)))? {
        Zone::Place(place) => Some(place),
        // "UTC+2" is no place; the fixed zones are named the other way round.
        Zone::Fixed { east, place } if place == Tz::UTC && east != 0 => {
            let hours = (east % 3600 == 0).then_some(-east / 3600)?;
            format!("Etc/GMT{hours:+}").parse().ok()
        }
        Zone::Fixed { place, .. } => Some(place),
    }
}

fn last_word(words: &str) -> String {
    let last = words.split_whitespace().last().unwrap_or_default();
    if words.split_whitespace().count() > 1 && last.eq_ignore_ascii_case("utc") {
        last.to_uppercase()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_in_the_head_is_the_zone_and_no_part_of_the_name() {
        let check = |name: &str, rest: &str, zone: Option<&str>| {
            assert_eq!(zone_of(name).map(Tz::name), zone, "{name}");
            assert_eq!(folded(&without_zone(name)), rest, "{name}");
        };
        check("Time (UTC)", "time", Some("UTC"));
        check("Timestamp UTC", "timestamp", Some("UTC"));
        check("time_utc", "time", Some("UTC"));
        check("Time (Europe/Berlin)", "time", Some("Europe/Berlin"));
        check("Time (UTC+2)", "time", Some("Etc/GMT-2"));
        check("Start time", "starttime", None);
        check("What (short)", "whatshort", None);
        assert!(zone_of("Time (CEST)").is_some());
    }
}
