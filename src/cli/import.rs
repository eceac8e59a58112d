//! `second-story import`: post-mortems from files, or an archive.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::PathBuf;

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::archive::Archive;
use super::incoming::{Csv, Incoming, Slack};
use super::{Failure, Place, actor, files, json};
use crate::app::encodings::Decoded;
use crate::app::import::{self, File, Imported, Outcome};
use crate::app::{Ctx, EditError};
use crate::domain::incoming::{Encoding, Format};
use crate::domain::intake::Remark;
use crate::domain::people::Actor;
use crate::store::Store;

/// How many files share a transaction: enough that waiting for the disk does not rule, few enough that others who write
/// do not wait long.
const TOGETHER: usize = 20;

/// Bring in what was written elsewhere.
#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// Import Markdown, Quarto, wiki and plain text files; they land as archived.
    Markdown(Markdown),
    /// Bring an archive that `export --out` wrote into a new database.
    Archive(Archive),
    /// Import one channel of a Slack export (zip), within a window of time.
    Slack(Slack),
    /// Import PagerDuty incidents with their log entries (JSON).
    #[command(name = "pagerduty")]
    PagerDuty(Incoming),
    /// Import what Alertmanager's webhook sent (JSON).
    Alertmanager(Incoming),
    /// Import Statuspage incidents (JSON).
    Statuspage(Incoming),
    /// Import Opsgenie incidents (JSON).
    Opsgenie(Incoming),
    /// Import Jira issues (JSON of the API, or CSV).
    Jira(Incoming),
    /// Import GitHub issues and comments (JSON).
    #[command(name = "github")]
    GitHub(Incoming),
    /// Import incident.io incidents, updates and follow-ups (JSON).
    IncidentIo(Incoming),
    /// Import tables of Netflix Dispatch (JSON, or a dump of PostgreSQL).
    Dispatch(Incoming),
    /// Import the dump of an Etsy Morgue database (SQL).
    Morgue(Incoming),
    /// Import a timeline or a list of actions (CSV).
    Csv(Csv),
}

/// Import Markdown, Quarto, wiki and plain text files; they land as archived.
#[derive(Debug, clap::Args)]
pub(super) struct Markdown {
    /// Files and folders; folders are read with everything below them (.md, .markdown, .qmd, .txt).
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Say what would be done, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print one JSON object instead of words.
    #[arg(long)]
    json: bool,
    /// Whose import it is, by e-mail address [default: the first administrator].
    #[arg(long = "as", value_name = "EMAIL")]
    email: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// What became of all files.
#[derive(Debug, Default, Serialize)]
struct Summary {
    created: usize,
    updated: usize,
    unchanged: usize,
    failed: usize,
    /// Those among the unchanged whose file changed, while what stands here was kept.
    left_alone: usize,
    files: Vec<Line>,
}

/// What became of one file.
#[derive(Debug, Default, Serialize)]
struct Line {
    source: String,
    outcome: &'static str,
    number: Option<String>,
    title: Option<String>,
    events: usize,
    statements: usize,
    actions: usize,
    remarks: Vec<RemarkLine>,
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct RemarkLine {
    line: usize,
    text: String,
}

impl Import {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self {
            Self::Markdown(command) => command.run(),
            Self::Archive(command) => command.run(),
            Self::Slack(command) => command.run(),
            Self::PagerDuty(command) => command.run(Format::PagerDuty),
            Self::Alertmanager(command) => command.run(Format::Alertmanager),
            Self::Statuspage(command) => command.run(Format::Statuspage),
            Self::Opsgenie(command) => command.run(Format::Opsgenie),
            Self::Jira(command) => command.run(Format::Jira),
            Self::GitHub(command) => command.run(Format::GitHub),
            Self::IncidentIo(command) => command.run(Format::IncidentIo),
            Self::Dispatch(command) => command.run(Format::Dispatch),
            Self::Morgue(command) => command.run(Format::Morgue),
            Self::Csv(command) => command.run(),
        }
    }
}

impl Markdown {
    fn run(self) -> Result<(), Failure> {
        let found = files::find(&self.paths)?;
        let store = self.place.open()?;
        let ctx = Ctx::new(actor(&store, self.email.as_deref())?, super::now());
        let bar = bar(found.len());
        let mut summary = Summary::default();
        let mut seen = HashSet::new();
        for files in found.chunks(TOGETHER) {
            summary
                .files
                .extend(self.files(&store, ctx.actor, files, &mut seen)?);
            bar.inc(files.len().try_into().unwrap_or(0));
        }
        bar.finish_and_clear();
        summary.count();
        if self.json {
            json(&summary)?;
        } else {
            summary.print(self.dry_run);
        }
        match summary.failed {
            0 => Ok(()),
            1 => Err(Failure::Input("1 file could not be imported.".to_owned())),
            failed => Err(Failure::Input(format!(
                "{failed} files could not be imported."
            ))),
        }
    }

    /// Some files together. What is the matter with one of them is told at the end; only a store that cannot be used
    /// ends the import.
    fn files<'a>(
        &self,
        store: &Store,
        actor: Actor,
        found: &'a [files::Found],
        seen: &mut HashSet<&'a str>,
    ) -> Result<Vec<Line>, Failure> {
        let texts: Vec<(&files::Found, Result<Decoded, String>)> = found
            .iter()
            .map(|file| {
                let again = "Another file of this import has the same path within its folder. Import the folder above both.";
                let text = if seen.insert(&file.name) {
                    files::decoded(&file.path)
                } else {
                    Err(again.to_owned())
                };
                (file, text)
            })
            .collect();
        let wholes: Vec<String> = found.iter().map(files::Found::whole).collect();
        let kept: Vec<Option<(Cow<'_, str>, Encoding)>> = texts
            .iter()
            .map(|(_, text)| text.as_ref().ok().map(Decoded::kept))
            .collect();
        let readable: Vec<File<'_>> = texts
            .iter()
            .zip(&wholes)
            .zip(&kept)
            .filter_map(|(((file, text), whole), kept)| {
                let kept = kept.as_ref().map(|(kept, encoding)| (&**kept, *encoding));
                Some(File {
                    source: &file.name,
                    whole: Some(whole),
                    text: &text.as_ref().ok()?.text,
                    kept,
                })
            })
            .collect();
        // Each transaction has its own moment: what a person changes during a long import is later than it.
        let ctx = Ctx::new(actor, super::now());
        let results = if self.dry_run {
            import::preview(store, &ctx, &readable)
        } else {
            import::import(store, &ctx, &readable)
        };
        let mut results = results.map_err(failure)?.into_iter();
        let lines = texts.iter().filter_map(|(file, text)| match text {
            Err(sentence) => Some(Line::failed(&file.name, sentence.clone())),
            Ok(text) => Some(match results.next()? {
                Ok(imported) => Line::of(&file.name, imported, text.remark()),
                Err(unreadable) => Line::failed(&file.name, unreadable.to_string()),
            }),
        });
        Ok(lines.collect())
    }
}

fn failure(error: EditError) -> Failure {
    match error {
        EditError::Store(error) => Failure::Store(error.to_string()),
        other => Failure::Refused(other.to_string()),
    }
}

/// A bar with counts and rate, on standard error, and only if that is a terminal.
fn bar(files: usize) -> ProgressBar {
    let bar = ProgressBar::new(files.try_into().unwrap_or(u64::MAX));
    let style =
        ProgressStyle::with_template("{bar:30} {pos} of {len} files, {per_sec}, {eta} left");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

impl Line {
    fn failed(source: &str, error: String) -> Self {
        Self {
            source: source.to_owned(),
            outcome: "failed",
            error: Some(error),
            ..Self::default()
        }
    }

    fn of(source: &str, imported: Imported, written: Option<&str>) -> Self {
        let mut remarks: Vec<Remark> = Vec::new();
        remarks.extend(written.map(|text| Remark {
            line: 0,
            text: text.to_owned(),
        }));
        remarks.extend(imported.remarks);
        let outcome = match imported.outcome {
            Outcome::Created => "created",
            Outcome::Updated => "updated",
            Outcome::Unchanged => "unchanged",
            Outcome::LeftAlone(why) => {
                let text = why.to_owned();
                remarks.push(Remark { line: 0, text });
                "left-alone"
            }
        };
        Self {
            source: source.to_owned(),
            outcome,
            number: imported.number.map(|number| number.to_string()),
            title: Some(imported.title),
            events: imported.events,
            statements: imported.statements,
            actions: imported.actions,
            remarks: remarks
                .into_iter()
                .map(|Remark { line, text }| RemarkLine { line, text })
                .collect(),
            error: None,
        }
    }
}

impl Summary {
    fn count(&mut self) {
        for line in &self.files {
            match line.outcome {
                "created" => self.created += 1,
                "updated" => self.updated += 1,
                "unchanged" => self.unchanged += 1,
                "left-alone" => {
                    self.unchanged += 1;
                    self.left_alone += 1;
                }
                _ => self.failed += 1,
            }
        }
    }

    /// The plan of a dry run and the counts to standard output, everything else to standard error.
    fn print(&self, dry_run: bool) {
        for line in &self.files {
            if dry_run {
                let title = line.title.as_deref().unwrap_or_default();
                super::print(&format!("{}\t{}\t{title}\n", line.outcome, line.source));
            }
            for remark in &line.remarks {
                match remark.line {
                    0 => eprintln!("{}: {}", line.source, remark.text),
                    number => eprintln!("{}:{number}: {}", line.source, remark.text),
                }
            }
            if let Some(error) = &line.error {
                eprintln!("{}: {error}", line.source);
            }
        }
        super::print(&format!(
            "created {}, updated {}, unchanged {}, failed {}\n",
            self.created, self.updated, self.unchanged, self.failed
        ));
    }
}
