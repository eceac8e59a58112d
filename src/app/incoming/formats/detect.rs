//! Which format a file probably has. A person can say another one.

use super::Input;
use super::markdown::holds_texts;
use crate::domain::incoming::Format;

/// What stands in files of a format: the more telling ones come first.
const SIGNS: [(&str, Format); 15] = [
    ("\"groupKey\"", Format::Alertmanager),
    ("\"log_entries\"", Format::PagerDuty),
    ("\"incident_number\"", Format::PagerDuty),
    ("\"first_trigger_log_entry\"", Format::PagerDuty),
    ("\"incident_updates\"", Format::Statuspage),
    ("\"tinyId\"", Format::Opsgenie),
    ("\"impactStartDate\"", Format::Opsgenie),
    ("\"incident_priority_id\"", Format::Dispatch),
    ("\"incident_timestamp_values\"", Format::IncidentIo),
    ("\"incident_role_assignments\"", Format::IncidentIo),
    ("\"new_incident_status\"", Format::IncidentIo),
    ("\"issue_url\"", Format::GitHub),
    ("\"repository_url\"", Format::GitHub),
    ("\"timeline_url\"", Format::GitHub),
    ("\"fields\"", Format::Jira),
];

/// The format of a file by its name and its beginning; `None` if nothing tells.
#[must_use]
pub fn detect(name: &str, head: &[u8]) -> Option<Format> {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    if head.starts_with(b"PK") {
        return Some(Format::Slack);
    }
    if text.starts_with(['{', '[']) {
        return SIGNS
            .iter()
            .find(|(sign, _)| text.contains(sign))
            .map(|(_, format)| *format);
    }
    match ending.as_deref() {
        Some("md" | "markdown" | "qmd" | "txt") => return Some(Format::Markdown),
        Some("csv" | "tsv")
            if text
                .lines()
                .next()
                .is_some_and(|line| line.contains("Issue key")) =>
        {
            return Some(Format::Jira);
        }
        Some("csv" | "tsv") => return Some(Format::Csv),
        _ => {}
    }
    if text.contains("COPY ") && text.contains("FROM stdin") {
        return Some(Format::Dispatch);
    }
    (text.contains("INSERT INTO") || text.contains("CREATE TABLE")).then_some(Format::Morgue)
}

/// The format of a zip archive: an export of Slack, unless what lies in it are texts.
#[must_use]
pub fn detect_archive(name: &str, input: &mut dyn Input) -> Format {
    if holds_texts(name, input) {
        Format::Markdown
    } else {
        Format::Slack
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_what_only_they_say() {
        let check = |name: &str, head: &str, expected: Option<Format>| {
            assert_eq!(detect(name, head.as_bytes()), expected, "{name} {head}");
        };
        check("x.zip", "PK\u{3}\u{4}", Some(Format::Slack));
        check(
            "x.json",
            "\u{feff} {\"groupKey\":\"{}\"",
            Some(Format::Alertmanager),
        );
        check("x.json", "[]", None);
        check("x.md", "# Title", Some(Format::Markdown));
        check("x.csv", "Summary,Issue key", Some(Format::Jira));
        check("x.csv", "Time;What", Some(Format::Csv));
        check("x.sql", "COPY a.b (id) FROM stdin;", Some(Format::Dispatch));
        check("x.sql", "INSERT INTO `postmortems`", Some(Format::Morgue));
        check("x.bin", "nothing", None);
    }
}
