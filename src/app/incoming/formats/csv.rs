//! A timeline, or a list of actions, as a table. The names of columns are read in many spellings, or said with a map.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::table::{Row, Table, folded, read as table};
use super::{Options, Record, Text, Unreadable};
use crate::domain::incoming::{Format, Incoming, NewAction, Story, severity};
use crate::domain::text::{address, day};
use crate::domain::timeline::{Lane, Marker};
use crate::domain::when::{self, Context};

/// What columns hold, and how people call them.
const COLUMNS: [(&str, &[&str]); 13] = [
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
            "zeit",
            "zeitpunkt",
            "uhrzeit",
            "heure",
            "hora",
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
            "événement",
            "descripción",
            "事件",
            "描述",
        ],
    ),
    ("lane", &["lane"]),
    ("marker", &["marker", "marks"]),
    ("source", &["source", "link", "url"]),
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
            "task",
            "to do",
            "todo",
            "follow-up",
            "summary",
            "maßnahme",
            "aufgabe",
            "acción",
            "行动",
        ],
    ),
    (
        "team",
        &["team", "owner team", "owning team", "department", "role"],
    ),
    (
        "owner",
        &["owner", "assignee", "responsible", "who", "verantwortlich"],
    ),
    (
        "due",
        &["due", "due date", "due on", "deadline", "fällig", "bis"],
    ),
    ("state", &["state", "status", "done", "完成"]),
    ("severity", &["severity", "priority"]),
];

/// Where a table has what.
struct Places<'a> {
    table: &'a Table,
    map: &'a [(String, String)],
}

impl Places<'_> {
    fn of(&self, what: &str) -> Option<usize> {
        let mapped = self.map.iter().find(|(key, _)| folded(key) == what);
        if let Some((_, name)) = mapped {
            return self.table.column(&[name]);
        }
        let known = COLUMNS.iter().find(|(key, _)| *key == what);
        known.and_then(|(_, names)| self.table.column(names))
    }
}

pub(super) fn read(files: &[Text<'_>], options: &Options) -> Result<Vec<Record>, Unreadable> {
    let mut stories: BTreeMap<String, (Story, String)> = BTreeMap::new();
    for file in files {
        let table = table(file)?;
        let places = Places {
            table: &table,
            map: &options.map,
        };
        check_map(&places, file)?;
        let clocks = places.of("when").or_else(|| places.of("date"));
        let is_timeline = clocks.is_some() && places.of("what").is_some();
        if !is_timeline && places.of("action").is_none() {
            return Err(Unreadable::new(format!(
                "{} has the columns {}. A timeline needs one for the time and one for what happened, a list of actions one for the action. Say which is which: when=Time, what=Text, or action=Title.",
                file.name,
                table.said()
            )));
        }
        let incident = places.of("incident");
        for (index, row) in table.rows.iter().enumerate() {
            let id = name(file, row.cell(incident), options);
            let known = stories.contains_key(&id);
            if !known {
                let mut story = Story::new(Format::Csv, &id, &id)?;
                story.zone(options.zone.map(Tz::name));
                stories.insert(id.clone(), (story, String::new()));
            }
            let Some((story, original)) = stories.get_mut(&id) else {
                continue;
            };
            if is_timeline {
                event(story, &places, row, (file.name, index), options);
            } else {
                action(story, &places, row, (file.name, index));
            }
            if !original.contains(file.text.as_str()) && incident.is_none() {
                original.push_str(&file.text);
            } else if incident.is_some() {
                original.push_str(&lines(&table, row));
            }
        }
    }
    let finished = stories.into_values();
    Ok(finished
        .map(|(story, original)| Ok(ordered(story, &original)))
        .collect())
}

/// Rows stay in the order of the table: whoever wrote it meant it.
fn ordered(story: Story, original: &str) -> Incoming {
    story.finish(original)
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
        if places.table.column(&[column]).is_none() {
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
    let last = file.name.rsplit(['/', '\\']).next().unwrap_or(file.name);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    stem.to_owned()
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

fn event(
    story: &mut Story,
    places: &Places<'_>,
    row: &Row,
    (file, index): (&str, usize),
    options: &Options,
) {
    let mut text = row.cell(places.of("what")).to_owned();
    let surplus = row.surplus();
    if !surplus.is_empty() {
        text = format!("{text}, {}", surplus.join(", "));
        story.remark(format!(
            "Row {} of {file} has more cells than the head; what was too much stands behind its text.",
            row.line
        ));
    }
    let (date, clock) = (row.cell(places.of("date")), row.cell(places.of("when")));
    let typed = match (date, clock) {
        ("", clock) => clock.to_owned(),
        (date, "") => date.to_owned(),
        (date, clock) if clock.contains(date) => clock.to_owned(),
        (date, clock) => format!("{date} {clock}"),
    };
    let lane = Lane::from_code(row.cell(places.of("lane"))).unwrap_or(Lane::Happened);
    let marker = Marker::from_code(row.cell(places.of("marker")));
    story.severity(severity(row.cell(places.of("severity"))));
    let key = format!("{file}-{index}");
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
    let source = address(row.cell(places.of("source"))).ok();
    match when::parse(&typed, &context) {
        Ok(read) => story.row(key, read.when, lane, marker, &text, source),
        Err(problem) => {
            story.remark(format!(
                "Row {} of {file}: {problem} The row keeps its place.",
                row.line
            ));
            let typed = if typed.is_empty() { "?" } else { &typed };
            story.unreadable(key, typed, lane, &text);
        }
    }
}

fn action(story: &mut Story, places: &Places<'_>, row: &Row, (file, index): (&str, usize)) {
    let state = row.cell(places.of("state")).to_lowercase();
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
            | "已完成"
            | "完成"
    );
    let due = row.cell(places.of("due"));
    let due_on = day(due).ok();
    if due_on.is_none() && !due.is_empty() {
        story.remark(format!(
            "Row {} of {file}: the day \"{due}\" could not be read. Write it as 2026-10-14.",
            row.line
        ));
    }
    if !row.cell(places.of("owner")).is_empty() {
        story.remark("Owners were left out: here a team or a role owns an action, never a person.");
    }
    let title = row.cell(places.of("action"));
    let title = if title.is_empty() {
        row.cell(places.of("what"))
    } else {
        title
    };
    let team = Some(row.cell(places.of("team"))).filter(|team| !team.is_empty());
    story.action(NewAction {
        key: format!("{file}-{index}"),
        title,
        done,
        team,
        due_on,
        tracker: Some(row.cell(places.of("source"))),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(name: &str, text: &str, map: &[(&str, &str)]) -> Result<Incoming, Unreadable> {
        let options = Options {
            zone: Some(Tz::Europe__Berlin),
            map: map
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
            ..Options::default()
        };
        let text = text.to_owned();
        read(&[Text { name, text }], &options)?.remove(0)
    }

    #[test]
    fn a_timeline_is_read_against_the_row_above_and_its_zone() {
        let text = "Datum;Uhrzeit;Ereignis\n2026-10-14;23:50;Alarm\n;00:10;Quiet, then noise\n;later;Nobody knows\n2026-10-15;00:20;Over;and done\n";
        let incoming = read_one("a/queue stops.csv", text, &[]).unwrap();
        let rows: Vec<String> = incoming
            .document
            .events
            .iter()
            .map(|event| {
                format!(
                    "{} {}",
                    event.when.at().map(when::iso).unwrap_or_default(),
                    event.text.as_str()
                )
            })
            .collect();
        assert_eq!(
            rows,
            [
                "2026-10-14T21:50:00Z Alarm",
                "2026-10-14T22:10:00Z Quiet, then noise",
                " Nobody knows",
                "2026-10-14T22:20:00Z Over, and done",
            ]
        );
        assert_eq!(incoming.foreign_id, "queue stops");
        assert_eq!(incoming.remarks.len(), 2, "{:?}", incoming.remarks);
        assert_eq!(incoming.original, text);
    }

    #[test]
    fn columns_can_be_named_and_a_wrong_name_is_refused() {
        let text = "Moment,Gist\n2026-10-14 10:00,Alarm\n";
        let refused = read_one("x.csv", text, &[]).unwrap_err();
        assert!(
            refused.0.contains("when=Time") && refused.0.contains("Moment, Gist"),
            "{refused}"
        );
        let map = [("when", "moment"), ("what", "Gist")];
        assert_eq!(
            read_one("x.csv", text, &map).unwrap().document.events.len(),
            1
        );
        assert!(
            read_one("x.csv", text, &[("when", "Nope")])
                .unwrap_err()
                .0
                .contains("no column")
        );
        assert!(
            read_one("x.csv", text, &[("whence", "Gist")])
                .unwrap_err()
                .0
                .contains("nothing that a column")
        );
    }

    #[test]
    fn actions_have_teams_and_no_people() {
        let text = "Action,Owner,Team,Due date,Status,Link\nEnlarge the queue,Mira Vance,Platform,2026-12-01,已完成,https://example.org/1\nTell support,,,soon,,\n";
        let incoming = read_one("actions.csv", text, &[]).unwrap();
        let actions = &incoming.document.actions;
        assert_eq!(actions[0].owner.as_ref().unwrap().as_str(), "Platform");
        assert_eq!(actions[0].state.as_code(), "done");
        assert_eq!(actions[0].due_on.unwrap().to_string(), "2026-12-01");
        assert_eq!(actions[1].owner, None);
        assert!(!format!("{:?}", incoming.document).contains("Mira"));
        assert_eq!(incoming.remarks.len(), 2, "{:?}", incoming.remarks);
    }
}
