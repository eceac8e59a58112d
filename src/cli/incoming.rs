//! `second-story import FORMAT`: records of other programs.

use std::io::{Cursor, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::{Failure, Place, actor, files, json};
use crate::app::incoming::formats::{self, File, Input, Options, Record, Unreadable};
use crate::app::incoming::{self, Outcome, Report};
use crate::app::{Ctx, EditError};
use crate::domain::incoming::Format;
use crate::domain::when::{self, Context};
use crate::store::Store;

/// How many records a dry run looks at in one transaction.
const TOGETHER: usize = 50;

/// Import records of another program; they land as drafts, finished documents as archived.
#[derive(Debug, clap::Args)]
pub(super) struct Incoming {
    /// Files that the program exported; what belongs together goes in one call.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Say what would be done, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print one JSON object instead of words.
    #[arg(long)]
    json: bool,
    /// The zone of times that name none [default: Etc/UTC].
    #[arg(long, value_name = "ZONE")]
    zone: Option<Tz>,
    /// Whose import it is, by e-mail address [default: the first administrator].
    #[arg(long = "as", value_name = "EMAIL")]
    email: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// Import one channel of a Slack export, within a window of time; it lands as one draft.
#[derive(Debug, clap::Args)]
pub(super) struct Slack {
    #[command(flatten)]
    common: Incoming,
    /// The channel, by name.
    #[arg(long, default_value = "", value_name = "NAME")]
    channel: String,
    /// Where the window begins: 2026-10-14 14:00, or a day.
    #[arg(long, value_name = "WHEN")]
    from: Option<String>,
    /// Where the window ends.
    #[arg(long, value_name = "WHEN")]
    to: Option<String>,
    /// The title of the draft [default: the channel and the day].
    #[arg(long, default_value = "", value_name = "TITLE")]
    title: String,
}

/// Import a timeline or a list of actions as a table; each file lands as one draft.
#[derive(Debug, clap::Args)]
pub(super) struct Csv {
    #[command(flatten)]
    common: Incoming,
    /// Which column holds what: when=Time, date, what, lane, marker, source, incident, action, team, due, state.
    #[arg(long, value_name = "WHAT=COLUMN", value_parser = pair)]
    map: Vec<(String, String)>,
    /// All files tell one story, with this title.
    #[arg(long, default_value = "", value_name = "TITLE")]
    title: String,
}

fn pair(typed: &str) -> Result<(String, String), String> {
    let halves = typed.split_once('=');
    let halves = halves.map(|(what, column)| (what.trim().to_owned(), column.trim().to_owned()));
    halves.ok_or_else(|| "write it as when=Time".to_owned())
}

/// What became of all records.
#[derive(Debug, Default, Serialize)]
struct Summary {
    created: usize,
    updated: usize,
    unchanged: usize,
    failed: usize,
    /// Records of which something was left for a person to decide.
    unsure: usize,
    records: Vec<Line>,
}

/// What became of one record.
#[derive(Debug, Default, Serialize)]
struct Line {
    source: String,
    outcome: &'static str,
    number: Option<String>,
    title: Option<String>,
    events: usize,
    statements: usize,
    actions: usize,
    unsure: Vec<String>,
    remarks: Vec<String>,
    error: Option<String>,
}

impl Slack {
    pub(super) fn run(self) -> Result<(), Failure> {
        let zone = self.common.zone.unwrap_or(Tz::Etc__UTC);
        let (from, _) = bound(self.from.as_deref(), zone)?;
        let (to, until) = bound(self.to.as_deref(), zone)?;
        let options = Options {
            channel: self.channel.clone(),
            from,
            // A day that is named as the end belongs to the window.
            to: until.or(to),
            title: self.title.clone(),
            ..self.common.options()
        };
        self.common.import(Format::Slack, &options)
    }
}

impl Csv {
    pub(super) fn run(self) -> Result<(), Failure> {
        let options = Options {
            map: self.map.clone(),
            title: self.title.clone(),
            ..self.common.options()
        };
        self.common.import(Format::Csv, &options)
    }
}

/// Where something begins and where it ends, as far as they are said.
type Bound = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// A moment as typed: where it begins, and where it ends if it is a day or another range.
fn bound(typed: Option<&str>, zone: Tz) -> Result<Bound, Failure> {
    let Some(typed) = typed else {
        return Ok((None, None));
    };
    let context = Context {
        zone,
        previous: None,
        day: None,
        now: super::now(),
    };
    let read = when::parse(typed, &context)
        .map_err(|problem| Failure::Input(format!("\"{typed}\": {problem}")))?;
    if read.when.at().is_none() {
        return Err(Failure::Input(format!(
            "\"{typed}\" names no moment. Write it as 2026-10-14 14:00, or a day as 2026-10-14."
        )));
    }
    Ok((read.when.at(), read.when.until()))
}

impl Incoming {
    fn options(&self) -> Options {
        Options {
            zone: self.zone,
            now: super::now(),
            whole: self
                .paths
                .iter()
                .map(|path| (files::slashed(path), files::whole(path)))
                .collect(),
            ..Options::default()
        }
    }

    /// Imports what needs nothing said about it.
    pub(super) fn run(self, format: Format) -> Result<(), Failure> {
        let options = self.options();
        self.import(format, &options)
    }

    fn import(&self, format: Format, options: &Options) -> Result<(), Failure> {
        let store = self.place.open()?;
        let ctx = Ctx::new(actor(&store, self.email.as_deref())?, super::now());
        let records = self.read(format, options)?;
        let bar = bar(records.len(), "records");
        let mut summary = Summary::default();
        let name = self.name();
        for records in records.chunks(TOGETHER) {
            let reports = self
                .together(&store, &ctx, &name, records, &bar)
                .map_err(failure)?;
            summary.records.extend(reports);
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
            1 => Err(Failure::Input("1 record could not be imported.".to_owned())),
            failed => Err(Failure::Input(format!(
                "{failed} records could not be imported."
            ))),
        }
    }

    fn read(&self, format: Format, options: &Options) -> Result<Vec<Record>, Failure> {
        let mut inputs: Vec<(String, Box<dyn Input>)> = Vec::new();
        for path in &self.paths {
            inputs.push((files::slashed(path), open(path)?));
        }
        let bar = bar(0, "read");
        let mut progress = |done: u64, all: u64| {
            bar.set_length(all);
            bar.set_position(done);
        };
        let mut files: Vec<File<'_>> = inputs
            .iter_mut()
            .map(|(name, input)| File { name, input })
            .collect();
        let read = formats::read(format, &mut files, options, &mut progress);
        bar.finish_and_clear();
        read.map_err(|Unreadable(sentence)| Failure::Input(sentence))
    }

    /// What the history calls the file.
    fn name(&self) -> String {
        let names = self.paths.iter().map(|path| files::slashed(path));
        names
            .collect::<Vec<_>>()
            .join(", ")
            .chars()
            .take(200)
            .collect()
    }

    fn together(
        &self,
        store: &Store,
        ctx: &Ctx,
        name: &str,
        records: &[Record],
        bar: &ProgressBar,
    ) -> Result<Vec<Line>, EditError> {
        let mut lines = Vec::new();
        for record in records {
            lines.push(match record {
                Err(Unreadable(sentence)) => Line::unreadable(sentence),
                Ok(incoming) if self.dry_run => {
                    let reports = incoming::preview(store, ctx, std::slice::from_ref(incoming))?;
                    reports.into_iter().map(Line::of).next().unwrap_or_default()
                }
                Ok(incoming) => {
                    // Each transaction has its own moment: what a person changes meanwhile is later than it.
                    let ctx = Ctx::new(ctx.actor, super::now());
                    Line::of(incoming::apply(store, &ctx, name, incoming, false)?)
                }
            });
            bar.inc(1);
        }
        Ok(lines)
    }
}

fn open(path: &Path) -> Result<Box<dyn Input>, Failure> {
    let failed = |error: std::io::Error| {
        Failure::Input(format!("{} cannot be read: {error}.", path.display()))
    };
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .take(formats::BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        return Ok(Box::new(Cursor::new(bytes)));
    }
    if path.is_dir() {
        return Err(Failure::Input(format!(
            "{} is a folder. Name the files in it.",
            path.display()
        )));
    }
    Ok(Box::new(files::open(path).map_err(failed)?))
}

fn failure(error: EditError) -> Failure {
    match error {
        EditError::Store(error) => Failure::Store(error.to_string()),
        other => Failure::Refused(other.to_string()),
    }
}

/// A bar on standard error, and only if that is a terminal.
fn bar(many: usize, what: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(many.try_into().unwrap_or(u64::MAX));
    let template = format!("{{bar:30}} {{percent}} % {what}, {{eta}} left");
    match ProgressStyle::with_template(&template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

impl Line {
    fn unreadable(sentence: &str) -> Self {
        Self {
            outcome: Outcome::Failed.as_code(),
            error: Some(sentence.to_owned()),
            ..Self::default()
        }
    }

    fn of(mut report: Report) -> Self {
        let error = (report.outcome == Outcome::Failed)
            .then(|| report.remarks.pop())
            .flatten();
        Self {
            source: report.source,
            outcome: report.outcome.as_code(),
            number: report.number.map(|number| number.to_string()),
            title: Some(report.title),
            events: report.events,
            statements: report.statements,
            actions: report.actions,
            unsure: report.unsure,
            remarks: report.remarks,
            error,
        }
    }
}

impl Summary {
    fn count(&mut self) {
        for line in &self.records {
            match line.outcome {
                "created" => self.created += 1,
                "updated" => self.updated += 1,
                "unchanged" => self.unchanged += 1,
                "failed" => self.failed += 1,
                _ => {}
            }
            self.unsure += usize::from(!line.unsure.is_empty());
        }
    }

    /// The plan of a dry run and the counts to standard output, everything else to standard error.
    fn print(&self, dry_run: bool) {
        for line in &self.records {
            if dry_run {
                let title = line.title.as_deref().unwrap_or_default();
                super::print(&format!("{}\t{}\t{title}\n", line.outcome, line.source));
            }
            for sentence in line.unsure.iter().chain(&line.remarks).chain(&line.error) {
                // A record that cannot be read has no name.
                let named = if line.source.is_empty() { "" } else { ": " };
                eprintln!("{}{named}{sentence}", line.source);
            }
        }
        super::print(&format!(
            "created {}, updated {}, unchanged {}, failed {}, unsure {}\n",
            self.created, self.updated, self.unchanged, self.failed, self.unsure
        ));
    }
}
