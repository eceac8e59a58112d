//! Issues of Jira as a table.

use chrono::{DateTime, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Tz;

use super::jira_days::{Order, in_english, ordered};
use super::json::instant;
use super::table::{self, Row, Table, folded};
use super::wiki::markdown;
use super::{Options, Record, Text, Unreadable};
use crate::domain::incoming::{Format, Names, NewEvent, Story, severity};
use crate::domain::timeline::Lane;
use crate::domain::when::{self, Context};

/// Columns that are told in a place of their own, or say nothing of what happened.
const TOLD: [&[&str]; 9] = [
    KEY,
    SUMMARY,
    PRIORITY,
    DESCRIPTION,
    STATUS,
    CREATED,
    RESOLVED,
    COMMENT,
    &[
        "Labels",
        "Stichwörter",
        "Issue id",
        "Vorgangs-ID",
        "Project key",
        "Project type",
        "Project url",
        "Updated",
        "Aktualisiert",
        "Last Viewed",
        "Votes",
        "Work Ratio",
        "Status Category",
        "Status Category Changed",
        "Parent id",
    ],
];
const KEY: &[&str] = &["Issue key", "Key", "Vorgangsschlüssel", "问题关键字"];
const SUMMARY: &[&str] = &["Summary", "Zusammenfassung", "概要"];
const PRIORITY: &[&str] = &["Priority", "Priorität", "优先级"];
const DESCRIPTION: &[&str] = &["Description", "Beschreibung", "描述"];
const STATUS: &[&str] = &["Status", "状态"];
const CREATED: &[&str] = &["Created", "Erstellt", "创建时间"];
const RESOLVED: &[&str] = &["Resolved", "Erledigt", "解决时间"];
const COMMENT: &[&str] = &["Comment", "Kommentar", "Comments", "注释"];
/// Columns for people.
const PEOPLE: [&str; 14] = [
    "Assignee",
    "Reporter",
    "Creator",
    "Watchers",
    "Project lead",
    "Bearbeiter",
    "Zugewiesene Person",
    "Autor",
    "Ersteller",
    "Melder",
    "Beobachter",
    "Assignee Id",
    "Reporter Id",
    "Creator Id",
];

/// The issues of a table, each a row.
pub(super) fn read(file: &Text<'_>, options: &Options) -> Result<Vec<Record>, Unreadable> {
    let table = table::read(file)?;
    let order = order(&table);
    let clock = Clock { order, options };
    let rows = table.rows.iter();
    Ok(rows.map(|row| record(&table, row, &clock)).collect())
}

/// Reads times of a table.
struct Clock<'a> {
    order: Order,
    options: &'a Options,
}

/// Every column with one of these names.
fn columns(table: &Table, names: &[&str]) -> Vec<usize> {
    names.iter().flat_map(|name| table.columns(name)).collect()
}

fn cell<'a>(table: &Table, row: &'a Row, names: &[&str]) -> &'a str {
    row.cell(table.column(names))
}

/// Which number of a date is the day, by all dates of the table.
fn order(table: &Table) -> Order {
    let days = columns(
        table,
        &[CREATED, RESOLVED, &["Updated", "Aktualisiert"]].concat(),
    );
    let comments = columns(table, COMMENT);
    let mut seen = Order::default();
    for row in &table.rows {
        let days = days.iter().map(|column| row.cell(Some(*column)));
        let comments = comments.iter().map(|column| row.cell(Some(*column)));
        let comments = comments.map(|cell| cell.split(';').next().unwrap_or_default());
        days.chain(comments).for_each(|typed| seen.see(typed));
    }
    seen
}

fn record(table: &Table, row: &Row, clock: &Clock<'_>) -> Record {
    let cell = |names: &[&str]| cell(table, row, names);
    let id = cell(KEY);
    if id.is_empty() {
        return Err(Unreadable::new(format!(
            "Row {} has no issue key. A table of Jira has a column \"Issue key\".",
            row.line
        )));
    }
    let comments: Vec<Vec<&str>> = columns(table, COMMENT)
        .into_iter()
        .map(|column| row.cell(Some(column)).splitn(3, ';').collect())
        .collect();
    let mut names = Names::default();
    for column in columns(table, &PEOPLE) {
        names.learn(Some(row.cell(Some(column))));
    }
    for comment in comments.iter().filter(|parts| parts.len() == 3) {
        names.learn(comment.get(1).copied());
    }
    let mut story = Story::new(Format::Jira, id, cell(SUMMARY))?;
    story.zone(clock.options.zone.map(Tz::name));
    story.severity(severity(cell(PRIORITY)));
    story.text(&names.replaced(&markdown(cell(DESCRIPTION))));
    let labels: Vec<&str> = columns(table, &["Labels", "Stichwörter"])
        .into_iter()
        .map(|column| row.cell(Some(column)))
        .filter(|it| !it.is_empty())
        .collect();
    if !labels.is_empty() {
        story.section("notes", &format!("Labels: {}", labels.join(", ")));
    }
    let status = cell(STATUS);
    if !status.is_empty() {
        story.section("notes", &format!("Status in Jira: {status}"));
    }
    others(&mut story, &names, table, row, clock);
    for (key, name, typed, text) in [
        ("created", "Created", cell(CREATED), "The issue was opened."),
        (
            "resolved",
            "Resolved",
            cell(RESOLVED),
            "The issue was resolved.",
        ),
    ] {
        if !typed.is_empty() {
            let said = (Lane::Did, text);
            timed(&mut story, clock, row, (key, name), typed, said);
        }
    }
    for (place, comment) in comments.iter().enumerate() {
        let (when, said) = match comment.as_slice() {
            [when, _, said] => (*when, (*said).to_owned()),
            other => ("", other.join(";")),
        };
        if said.trim().is_empty() {
            continue;
        }
        let text = names.replaced(&markdown(&said));
        let key = format!("comment-{place}");
        timed(
            &mut story,
            clock,
            row,
            (&key, "a comment"),
            when,
            (Lane::Saw, &text),
        );
    }
    let cells = table.head.iter().enumerate();
    let lines = cells.filter(|(place, _)| !row.cell(Some(*place)).is_empty());
    let lines = lines.map(|(place, name)| format!("{name}: {}\n", row.cell(Some(place))));
    let surplus = row.surplus().into_iter();
    let surplus = surplus.map(|cell| format!("(surplus): {cell}\n"));
    Ok(story.finish(&lines.chain(surplus).collect::<String>()))
}

/// Adds a row; one whose time cannot be read keeps its place, and the remark says which it is.
fn timed(
    story: &mut Story,
    clock: &Clock<'_>,
    row: &Row,
    (key, name): (&str, &str),
    typed: &str,
    (lane, text): (Lane, &str),
) {
    match moment(typed, clock) {
        Ok(time) => story.event(NewEvent::new(key, time, lane, text)),
        Err(why) => {
            story.remark(format!(
                "Row {}, the time of {name}: {why} The row keeps its place.",
                row.line
            ));
            let typed = if typed.trim().is_empty() { "?" } else { typed };
            story.unreadable(key.to_owned(), typed, lane, text);
        }
    }
}

/// The columns that have no place of their own.
fn others(story: &mut Story, names: &Names, table: &Table, row: &Row, clock: &Clock<'_>) {
    let told: Vec<String> = TOLD
        .iter()
        .flat_map(|it| it.iter())
        .map(|it| folded(it))
        .collect();
    let people: Vec<String> = PEOPLE.iter().map(|it| folded(it)).collect();
    for (place, head) in table.head.iter().enumerate() {
        let value = row.cell(Some(place));
        let name = folded(head);
        if value.is_empty() || told.contains(&name) {
            continue;
        }
        if people.contains(&name) {
            story.remark("Columns for people were left out; the original names them.");
            continue;
        }
        let custom = head
            .strip_prefix("Custom field (")
            .or_else(|| head.strip_prefix("Benutzerdefiniertes Feld ("))
            .and_then(|rest| rest.strip_suffix(')'));
        let text = names.replaced(&markdown(&unsigned(value, clock)));
        match custom {
            Some(_) if value.get(1..2) == Some("|") => {}
            Some(custom) => story.field(custom, &text),
            None if name.contains("cause") || name.contains("impact") => story.field(head, &text),
            None => {
                let between = if text.contains('\n') { "\n\n" } else { " " };
                story.section("notes", &format!("{head}:{between}{text}"));
            }
        }
    }
    let surplus = row.surplus();
    if !surplus.is_empty() {
        story.remark(format!(
            "Row {} has more cells than the head; what was too much stands in the notes.",
            row.line
        ));
        story.section("notes", &surplus.join("\n\n"));
    }
}

/// A cell without who wrote it: work and files are written as a time, a person and more between semicolons.
fn unsigned(value: &str, clock: &Clock<'_>) -> String {
    let parts: Vec<&str> = value.split(';').collect();
    let time = parts.iter().position(|part| moment(part, clock).is_ok());
    let Some(time) = time.filter(|_| parts.len() > 2) else {
        return value.to_owned();
    };
    let kept = parts
        .iter()
        .enumerate()
        .filter(|(place, _)| *place != time + 1);
    let kept: Vec<&str> = kept.map(|(_, part)| *part).collect();
    kept.join("; ")
}

/// A moment as tables of Jira write them.
fn moment(typed: &str, clock: &Clock<'_>) -> Result<DateTime<Utc>, String> {
    const FORMATS: [&str; 12] = [
        "%d/%b/%y %I:%M %p",
        "%d/%b/%Y %I:%M %p",
        "%d/%b/%y %H:%M",
        "%d/%b/%Y %H:%M",
        "%d. %b. %Y %H:%M",
        "%d. %b %Y %H:%M",
        "%d.%b.%Y %H:%M",
        "%Y-%m-%d %H:%M",
        "%Y/%m/%d %H:%M",
        "%d.%m.%Y %H:%M",
        "%d.%m.%y %H:%M",
        "%b %d, %Y, %I:%M %p",
    ];
    let zone = clock.options.zone.unwrap_or(Tz::UTC);
    let english = in_english(typed.trim());
    // Two digits are a year of this century: a year of the first one is a shorter form misread.
    let plausible = |local: &NaiveDateTime| chrono::Datelike::year(local) > 99;
    let mut formats = FORMATS.iter();
    let local = formats.find_map(|format| {
        let local = NaiveDateTime::parse_from_str(&english, format).ok();
        local.filter(plausible)
    });
    if let Some(local) = local {
        let found = zone.from_local_datetime(&local).earliest();
        return found
            .map(|at| at.to_utc())
            .ok_or_else(|| format!("\"{typed}\" does not exist in {zone}."));
    }
    if let Some(found) = instant(&english) {
        return Ok(found);
    }
    let context = Context {
        zone,
        previous: None,
        day: None,
        now: clock.options.now,
    };
    let read = when::parse(&ordered(&english, clock.order), &context);
    let read = read.map_err(|problem| problem.to_string())?;
    read.when
        .at()
        .ok_or_else(|| "It is not known when that was.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incoming::Incoming;

    fn issues(text: &str) -> Vec<Record> {
        let options = Options {
            zone: Some(Tz::Europe__Berlin),
            ..Options::default()
        };
        let file = Text {
            name: "x.csv",
            text: text.to_owned(),
        };
        read(&file, &options).unwrap()
    }

    fn rows(incoming: &Incoming) -> Vec<&str> {
        let events = incoming.document.events.iter();
        events.map(|event| event.text.as_str()).collect()
    }

    fn section<'a>(incoming: &'a Incoming, key: &str) -> &'a str {
        let mut sections = incoming.document.sections.iter();
        let found = sections.find(|section| section.key == key);
        found
            .map(|section| section.text.as_str())
            .unwrap_or_default()
    }

    #[test]
    fn a_table_has_comments_in_columns_and_rows_that_are_too_wide() {
        let text = "Summary,Issue key,Status,Created,Resolved,Assignee,Comment,Comment\nQueue,OPS-1,已完成,12/Feb/20 11:45 AM,,mira.v,12/Feb/20 11:51 AM;mira.v;Told; and told again,soon;x;No time,one too many\n,,,,,,,\nNo key,,,,,,,\n";
        let all = issues(text);
        assert_eq!(all.len(), 2);
        let incoming = all[0].clone().unwrap();
        assert_eq!(
            rows(&incoming),
            ["The issue was opened.", "Told; and told again", "No time"]
        );
        assert_eq!(
            incoming.document.events[0].when.at().unwrap().to_rfc3339(),
            "2020-02-12T10:45:00+00:00"
        );
        assert!(incoming.remarks.iter().any(|it| it.contains("more cells")));
        assert!(!format!("{:?}", incoming.document).contains("mira"));
        assert!(all[1].clone().unwrap_err().0.contains("Row 4"));
    }

    #[test]
    fn dates_are_read_in_the_order_that_the_table_shows() {
        let opened = |text: &str| {
            let text = format!("Summary,Issue key,Created,Resolved\n{text}");
            let all = issues(&text).into_iter().map(Result::unwrap);
            let told = all.map(|incoming| {
                let opened = incoming.document.events.first().cloned().unwrap();
                let at = opened
                    .when
                    .at()
                    .map(|at| at.format("%m-%d %H:%M").to_string());
                at.unwrap_or_else(|| incoming.remarks[0].clone())
            });
            told.collect::<Vec<_>>()
        };
        let months =
            "a,A-1,10/14/26 10:32,\nb,A-2,4/5/26 10:32,\nc,A-3,\"Oct 14, 2026, 2:32 PM\",\n";
        assert_eq!(
            opened(months),
            ["10-14 08:32", "04-05 08:32", "10-14 12:32"]
        );
        let days = "a,A-1,4/5/2026 10:32,14/10/2026 10:32\nb,A-2,14. Okt. 2026 10:32,\nc,A-3,14/Okt/26 11:32 PM,\nd,A-4,14.10.26 10:32,\ne,A-5,14-10-2026 10:32,\n";
        assert_eq!(
            opened(days),
            [
                "05-04 08:32",
                "10-14 08:32",
                "10-14 21:32",
                "10-14 08:32",
                "10-14 08:32"
            ]
        );
        let unclear = opened("a,A-1,4/5/2026 10:32,\n");
        assert!(
            unclear[0].starts_with("Row 2, the time of Created:")
                && unclear[0].contains("4/5/2026"),
            "{unclear:?}"
        );
        assert!(opened("a,A-1,soon,\n")[0].contains("Row 2"));
    }

    #[test]
    fn every_column_is_told_and_a_root_cause_becomes_a_statement() {
        let text = "Summary,Issue key,Environment,Attachment,Log Work,Watchers,Custom field (Root Cause),Custom field (Root cause),Custom field (Impact),Custom field (Severity),Custom field (Rank)\nQueue,OPS-1,east,14/Oct/26 11:00 AM;mira;graph.png;https://example.org/g,Looked;14/Oct/26 11:00 AM;mira;60,jon.o,The queue had no limit,DNS,Letters waited,SEV-1,0|i0006n:\n";
        let incoming = issues(text).remove(0).unwrap();
        let said: Vec<_> = incoming
            .document
            .statements
            .iter()
            .map(|it| it.text.as_str())
            .collect();
        assert_eq!(said, ["The queue had no limit", "DNS"]);
        assert_eq!(section(&incoming, "impact"), "Letters waited");
        assert_eq!(
            section(&incoming, "notes"),
            "Environment: east\n\nAttachment: 14/Oct/26 11:00 AM; graph.png; https://example.org/g\n\nLog Work: Looked; 14/Oct/26 11:00 AM; 60\n\nSeverity: SEV-1"
        );
        assert_eq!(incoming.remarks.len(), 1, "{:?}", incoming.remarks);
    }
}
