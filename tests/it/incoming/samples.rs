//! The shared samples of every format, read where they lie.

use std::path::{Path, PathBuf};

use second_story::app::incoming::formats::{Options, detect};
use second_story::domain::incoming::{Format, Incoming};

use super::read;
use crate::harness::left_out;

/// The samples beside the project, if they are there.
pub(crate) fn samples(test: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/formats");
    if !found.is_dir() {
        left_out(test, "put the shared data in ../shared/data");
        return None;
    }
    Some(found)
}

/// Reads samples; every record of them can be read.
#[track_caller]
fn records(folder: &Path, format: Format, names: &[&str], options: &Options) -> Vec<Incoming> {
    let files: Vec<(&str, Vec<u8>)> = names
        .iter()
        .map(|name| (*name, std::fs::read(folder.join(name)).unwrap()))
        .collect();
    assert!(
        files
            .iter()
            .any(|(name, bytes)| detect(name, bytes) == Some(format)),
        "{names:?} are not told by what is in them"
    );
    let read = read(format, &files, options).unwrap();
    read.into_iter().map(Result::unwrap).collect()
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one table is easier to read than three"
)]
fn every_sample_is_read() {
    let Some(folder) = samples("the samples of the importers") else {
        return;
    };
    let plain = Options::default();
    let slack = Options {
        channel: "enrique".to_owned(),
        ..Options::default()
    };
    let tables: [(Format, &[&str], &Options, usize); 13] = [
        (
            Format::PagerDuty,
            &["pagerduty/api_incidents_with_log_entries.json"],
            &plain,
            3,
        ),
        (
            Format::Alertmanager,
            &["alertmanager/webhook_v4.json"],
            &plain,
            1,
        ),
        (
            Format::Statuspage,
            &["statuspage/webhook_incident_created.json"],
            &plain,
            1,
        ),
        (
            Format::Statuspage,
            &[
                "statuspage/webhook_incident_created.json",
                "statuspage/webhook_incident_update.json",
            ],
            &plain,
            1,
        ),
        (
            Format::Opsgenie,
            &["opsgenie/api_incidents.json"],
            &plain,
            2,
        ),
        (Format::Jira, &["jira/api_issues.json"], &plain, 25),
        (
            Format::Jira,
            &["jira/jira_export_constructed.csv"],
            &plain,
            12,
        ),
        (
            Format::GitHub,
            &["github/api_issues.json", "github/api_issue_comments.json"],
            &plain,
            24,
        ),
        (
            Format::IncidentIo,
            &[
                "incidentio/incidents.json",
                "incidentio/incident_updates.json",
                "incidentio/follow_ups.json",
                "incidentio/actions.json",
                "incidentio/severities.json",
            ],
            &plain,
            1,
        ),
        (
            Format::Dispatch,
            &[
                "dispatch/incident.json",
                "dispatch/event.json",
                "dispatch/task.json",
                "dispatch/incident_priority.json",
            ],
            &plain,
            4,
        ),
        (
            Format::Dispatch,
            &["dispatch/dispatch_tables.copy.sql"],
            &plain,
            4,
        ),
        (
            Format::Morgue,
            &[
                "morgue/sample_rows_constructed.sql",
                "morgue/schemas/postmortems.sql",
            ],
            &plain,
            6,
        ),
        (Format::Slack, &["slack_export/archive.zip"], &slack, 1),
    ];
    let mut seen = Vec::new();
    for (format, names, options, _) in tables {
        let records = records(&folder, format, names, options);
        for incoming in &records {
            assert!(!incoming.foreign_id.is_empty() && !incoming.original.is_empty());
            let at: Vec<_> = incoming
                .document
                .events
                .iter()
                .filter_map(|event| event.when.at())
                .collect();
            assert!(at.is_sorted(), "{}", incoming.foreign_id);
        }
        seen.push((names[0], records.len()));
    }
    let wanted: Vec<_> = tables
        .iter()
        .map(|(_, names, _, count)| (names[0], *count))
        .collect();
    assert_eq!(seen, wanted);
}

#[test]
fn people_of_the_samples_are_not_named_in_rows() {
    let Some(folder) = samples("names in the samples of the importers") else {
        return;
    };
    let plain = Options::default();
    let said = |format, names: &[&str]| {
        let records = records(&folder, format, names, &plain);
        let documents = records.iter().flat_map(|it| &it.document.events);
        documents
            .map(|event| event.text.as_str().to_owned())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let pagerduty = said(
        Format::PagerDuty,
        &["pagerduty/api_incidents_with_log_entries.json"],
    );
    assert!(
        !pagerduty.contains("Amini") && pagerduty.contains("A responder acknowledged"),
        "{pagerduty}"
    );
    let dispatch = said(Format::Dispatch, &["dispatch/dispatch_tables.copy.sql"]);
    assert!(
        !dispatch.contains("Glisson") && dispatch.contains("from Active to Stable"),
        "{dispatch}"
    );
}
