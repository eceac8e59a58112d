//! Morgue: the dump of its database. What stands in it was finished there, so it lands as archived.

use chrono::{DateTime, Utc};

use super::sql::{Row, Tables, inserted};
use super::{Record, Text, Unreadable};
use crate::domain::incoming::{Format, Names, NewAction, NewEvent, Story, severity};
use crate::domain::timeline::{Lane, Marker};

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let mut tables = Tables::new();
    for file in files {
        for (table, rows) in inserted(&file.text)? {
            tables.entry(table).or_default().extend(rows);
        }
    }
    let rows = tables.get("postmortems").map_or(&[][..], Vec::as_slice);
    let standing = rows.iter().filter(|row| value(row, "deleted") != "1");
    Ok(standing.map(|row| record(row, &tables)).collect())
}

fn value<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).map_or("", |value| value.trim())
}

fn record(row: &Row, tables: &Tables) -> Record {
    let id = value(row, "id");
    if id.is_empty() {
        return Err(Unreadable::new(
            "A post-mortem of the dump has no id. Make the dump with the names of the columns, or with CREATE TABLE.",
        ));
    }
    let mut names = Names::default();
    for column in ["contact", "facilitator", "facilitator_email"] {
        names.learn(Some(value(row, column)));
    }
    let mut story = Story::new(Format::Morgue, id, value(row, "title"))?;
    story.finished();
    story.severity(severity(value(row, "severity")));
    story.section("summary", &names.replaced(value(row, "tldr")));
    story.text(&names.replaced(value(row, "summary")));
    story.section("surprise", &names.replaced(value(row, "why_surprised")));
    if ["contact", "facilitator"]
        .iter()
        .any(|column| !value(row, column).is_empty())
    {
        story.remark("Contact and facilitator were left out; the original names them.");
    }
    for (column, marker, lane, text) in [
        (
            "starttime",
            Some(Marker::ImpactBegan),
            Lane::Happened,
            "It began.",
        ),
        (
            "detecttime",
            Some(Marker::FirstSign),
            Lane::Saw,
            "It was detected.",
        ),
        ("statustime", None, Lane::Did, "It was announced."),
        (
            "endtime",
            Some(Marker::Over),
            Lane::Happened,
            "It was over.",
        ),
    ] {
        if let Some(time) = epoch(value(row, column)) {
            story.event(NewEvent::new(column, time, lane, text).marks(marker));
        }
    }
    let mut original = shown("postmortems", row);
    let subsystem = value(row, "subsystem");
    if !subsystem.is_empty() {
        story.section("notes", &format!("Subsystem: {subsystem}"));
    }
    let meeting = value(row, "meeting_notes_link");
    if !meeting.is_empty() {
        story.section("notes", &format!("Meeting notes: {meeting}"));
    }
    for (table, column, what) in [
        ("jira", "ticket", "Ticket"),
        ("images", "image_link", "Image"),
        ("forum_links", "forum_link", "Link"),
        ("irc", "channel", "IRC channel"),
        ("slack", "channel", "Slack channel"),
    ] {
        let rows = tables.get(table).map_or(&[][..], Vec::as_slice);
        let own = rows
            .iter()
            .filter(|row| value(row, "postmortem_id") == id && value(row, "deleted") != "1");
        for belonging in own {
            let found = value(belonging, column);
            if table == "jira" {
                story.action(NewAction {
                    key: format!("ticket-{found}"),
                    title: found,
                    ..NewAction::default()
                });
            } else if !found.is_empty() {
                story.section("notes", &format!("{what}: {found}"));
            }
            original.push_str(&shown(table, belonging));
        }
    }
    Ok(story.finish(&original))
}

/// Seconds since 1970, as Morgue keeps them; 0 is "nobody said".
fn epoch(typed: &str) -> Option<DateTime<Utc>> {
    let seconds: i64 = typed.parse().ok()?;
    (seconds != 0).then(|| DateTime::from_timestamp(seconds, 0))?
}

/// A row as it is kept: the names of its columns, and their values.
pub(super) fn shown(table: &str, row: &Row) -> String {
    let cells = row
        .iter()
        .map(|(column, value)| format!("{column}: {value}\n"));
    [format!("{table}\n")]
        .into_iter()
        .chain(cells)
        .chain(["\n".to_owned()])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_finished_there_is_told_here_and_nobody_is_named() {
        let dump = "INSERT INTO `postmortems` (`id`,`title`,`summary`,`why_surprised`,`tldr`,`starttime`,`endtime`,`statustime`,`detecttime`,`severity`,`contact`,`deleted`) VALUES (1,'It\\'s late','Mira Vance saw it.\\n\\n## Root cause\\n\\n- No limit','Nobody knew','Mail was late',1575415800,1575419400,0,1575416100,2,'Mira Vance',0),(2,'Gone','','','',0,0,0,0,1,'',1);\nINSERT INTO `jira` (`id`,`postmortem_id`,`ticket`,`deleted`) VALUES (1,1,'OPS-7',0),(2,9,'OPS-9',0);";
        let mut read = read(&[Text {
            name: "x",
            text: dump.to_owned(),
        }])
        .unwrap();
        assert_eq!(read.len(), 1);
        let incoming = read.remove(0).unwrap();
        assert!(incoming.finished);
        assert_eq!(incoming.document.title.as_str(), "It's late");
        assert_eq!(incoming.document.events.len(), 3);
        assert_eq!(incoming.document.statements[0].text.as_str(), "No limit");
        assert_eq!(incoming.document.actions[0].title.as_str(), "OPS-7");
        assert!(!format!("{:?}", incoming.document).contains("Mira"));
        assert!(incoming.original.contains("contact: Mira Vance"));
    }
}
