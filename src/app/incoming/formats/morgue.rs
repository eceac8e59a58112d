//! Morgue: the dump of its database. What stands in it was finished there, so it lands as archived.

use chrono::{DateTime, Utc};

use super::html::markdown;
use super::sql::{Dialect, Dump, Row, Tables};
use super::{Record, Text, Unreadable, remark};
use crate::domain::incoming::{Format, Names, NewAction, NewEvent, Story, severity};
use crate::domain::text::excerpt;
use crate::domain::timeline::{Lane, Marker};

/// Columns of a post-mortem that are told in a place of their own, or say nothing of what happened.
const TOLD: [&str; 19] = [
    "id",
    "title",
    "summary",
    "why_surprised",
    "tldr",
    "meeting_notes_link",
    "subsystem",
    "starttime",
    "endtime",
    "statustime",
    "detecttime",
    "undetecttime",
    "severity",
    "contact",
    "facilitator",
    "facilitator_email",
    "deleted",
    "created",
    "modified",
];

pub(super) fn read(files: &[Text<'_>]) -> Result<Vec<Record>, Unreadable> {
    let mut dump = Dump::default();
    files.iter().for_each(|file| dump.created(&file.text));
    for file in files {
        dump.inserted(&file.text, Dialect::MySql)?;
    }
    let tables = &dump.tables;
    let rows = tables.get("postmortems").map_or(&[][..], Vec::as_slice);
    let (gone, standing): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|row| value(row, "deleted") == "1");
    let mut told: Vec<Record> = standing
        .into_iter()
        .map(|row| record(row, tables))
        .collect();
    if !gone.is_empty() {
        let titles = gone.iter().take(5).map(|row| excerpt(value(row, "title")));
        let titles: Vec<String> = titles.map(|title| format!("“{title}”")).collect();
        let sentence = format!(
            "What was deleted there was left out ({} in all): {}.",
            gone.len(),
            titles.join(", ")
        );
        remark(&mut told, sentence);
    }
    for sentence in dump.odd {
        remark(&mut told, sentence);
    }
    Ok(told)
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
    let said = |column: &str| names.replaced(&markdown(value(row, column)));
    story.section("summary", &said("tldr"));
    story.text(&said("summary"));
    story.section("surprise", &said("why_surprised"));
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
        ("undetecttime", None, Lane::Saw, "It was seen to be over."),
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
    for (column, said) in row
        .iter()
        .filter(|(column, _)| !TOLD.contains(&column.as_str()))
    {
        // Numbers alone are switches of the program.
        if said.chars().any(char::is_alphabetic) {
            story.field(&column.replace('_', " "), &names.replaced(&markdown(said)));
        }
    }
    belonging(&mut story, id, tables, &names, &mut original);
    tags(&mut story, id, tables, &mut original);
    Ok(story.finish(&original))
}

/// The rows of a table that belong to a post-mortem and were not deleted.
fn own<'a>(tables: &'a Tables, table: &str, id: &'a str) -> impl Iterator<Item = &'a Row> {
    let rows = tables.get(table).map_or(&[][..], Vec::as_slice);
    rows.iter()
        .filter(move |row| value(row, "postmortem_id") == id && value(row, "deleted") != "1")
}

/// Tickets, pictures, links, channels, and what it said before.
fn belonging(story: &mut Story, id: &str, tables: &Tables, names: &Names, original: &mut String) {
    for (table, columns, what) in [
        ("jira", &["ticket"][..], "Ticket"),
        ("images", &["image_link"], "Image"),
        ("forum_links", &["forum_link", "comment"], "Link"),
        ("irc", &["channel"], "IRC channel"),
        (
            "slack",
            &["channel_name", "channel", "message"],
            "Slack channel",
        ),
    ] {
        for row in own(tables, table, id) {
            let cells = columns.iter().map(|column| value(row, column));
            let cells: Vec<&str> = cells.filter(|it| !it.is_empty()).collect();
            if table == "jira" {
                story.action(NewAction {
                    key: format!("ticket-{}", value(row, "ticket")),
                    title: value(row, "ticket"),
                    ..NewAction::default()
                });
            } else if !cells.is_empty() {
                let said = names.replaced(&markdown(&cells.join(": ")));
                story.section("notes", &format!("{what}: {said}"));
            }
            original.push_str(&shown(table, row));
        }
    }
    let mut states = 0;
    for row in own(tables, "postmortem_history", id) {
        states += 1;
        original.push_str(&shown("postmortem_history", row));
    }
    if states > 0 {
        story.remark(format!(
            "What it said before is in the original alone (postmortem_history, {states} in all)."
        ));
    }
}

fn tags(story: &mut Story, id: &str, tables: &Tables, original: &mut String) {
    let known = tables.get("tags").map_or(&[][..], Vec::as_slice);
    let mut found: Vec<&str> = Vec::new();
    for row in own(tables, "postmortem_referenced_tags", id) {
        let tag = known
            .iter()
            .find(|tag| value(tag, "id") == value(row, "tag_id"));
        if let Some(tag) = tag {
            found.push(value(tag, "title"));
            original.push_str(&shown("tags", tag));
        }
    }
    found.retain(|tag| !tag.is_empty());
    if !found.is_empty() {
        story.section("notes", &format!("Tags: {}", found.join(", ")));
    }
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

    #[test]
    fn what_belongs_to_a_post_mortem_comes_in_and_what_was_deleted_is_said() {
        let dump = "CREATE TABLE `postmortems` (`id` bigint(20), `title` varchar(255), `summary` longtext, `deleted` tinyint(1), `incident_cause` text, `gcal` text);\nINSERT INTO `postmortems` VALUES (1,'Mail late','It was <b>slow</b> &amp; long.',0,'A disk was full','in a room'),(2,'Gone',NULL,1,NULL,NULL),(3,'Short',NULL);\nCREATE TABLE `tags` (`id` bigint(20), `title` varchar(255), `deleted` tinyint(1)); INSERT INTO `tags` VALUES (7,'disks',0);\nINSERT INTO `postmortem_referenced_tags` (`postmortem_id`,`tag_id`,`deleted`) VALUES (1,7,0);\nINSERT INTO `forum_links` (`postmortem_id`,`forum_link`,`comment`) VALUES (1,'https://example.org/f','people asked');\nINSERT INTO `slack` (`postmortem_id`,`channel_name`,`message`) VALUES (1,'ops',0x68656c6c6f);\nINSERT INTO `postmortem_history` (`postmortem_id`,`summary`) VALUES (1,'an older text');";
        let text = dump.to_owned();
        let all = read(&[Text { name: "x", text }]).unwrap();
        assert_eq!(all.len(), 2);
        let incoming = all[0].clone().unwrap();
        let sections: Vec<_> = incoming
            .document
            .sections
            .iter()
            .map(|section| (section.key.as_str(), section.text.as_str()))
            .collect();
        assert_eq!(
            sections,
            [
                ("summary", "It was **slow** & long."),
                ("causes", "A disk was full"),
                (
                    "notes",
                    "gcal: in a room\n\nLink: https://example.org/f: people asked\n\nSlack channel: ops: hello\n\nTags: disks"
                )
            ]
        );
        let said = incoming.document.statements[0].text.as_str();
        assert_eq!(said, "A disk was full");
        for kept in ["an older text", "disks", "people asked"] {
            assert!(incoming.original.contains(kept), "{kept}");
        }
        let remarks = incoming.remarks.join("\n");
        for said in [
            "postmortem_history, 1 in all",
            "(1 in all): “Gone”",
            "Row 3 of the table",
        ] {
            assert!(remarks.contains(said), "{remarks}");
        }
    }
}
