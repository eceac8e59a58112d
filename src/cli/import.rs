//! `second-story import`: post-mortems from files.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::{Failure, Place, actor, files, json};
use crate::app::import::{self, File, ImportError, Imported, Outcome};
use crate::app::{Ctx, EditError};
use crate::domain::intake::Remark;
use crate::store::Store;

/// Bring in what was written elsewhere.
#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// Import Markdown, Quarto, wiki and plain text files; they land as archived.
    Markdown(Markdown),
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
        let Self::Markdown(command) = self;
        command.run()
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
        for file in &found {
            let line = if seen.insert(file.name.as_str()) {
                self.file(&store, &ctx, file)?
            } else {
                Line::failed(&file.name, "Another file of this import has the same path within its folder. Import the folder above both.".to_owned())
            };
            summary.add(line);
            bar.inc(1);
        }
        bar.finish_and_clear();
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

    /// One file. What is the matter with it is told at the end; only a store that cannot be used ends the import.
    fn file(&self, store: &Store, ctx: &Ctx, found: &files::Found) -> Result<Line, Failure> {
        let (text, broken) = match files::read(&found.path) {
            Ok(read) => read,
            Err(sentence) => return Ok(Line::failed(&found.name, sentence)),
        };
        let file = File {
            source: &found.name,
            text: &text,
        };
        // Each file has its own moment: what a person changes during a long import is later than the import of the file.
        let ctx = Ctx::new(ctx.actor, super::now());
        let result = if self.dry_run {
            import::preview(store, &ctx, &file)
        } else {
            import::import(store, &ctx, &file)
        };
        match result {
            Ok(imported) => Ok(Line::of(&found.name, imported, broken)),
            Err(ImportError::Refused(EditError::Store(error))) => {
                Err(Failure::Store(error.to_string()))
            }
            Err(ImportError::Refused(EditError::Forbidden(error))) => {
                Err(Failure::Refused(error.to_string()))
            }
            Err(error) => Ok(Line::failed(&found.name, error.to_string())),
        }
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

    fn of(source: &str, imported: Imported, broken: bool) -> Self {
        let mut remarks: Vec<Remark> = Vec::new();
        if broken {
            remarks.push(Remark {
                line: 0,
                text: "Some bytes are not UTF-8; a sign stands for each.".to_owned(),
            });
        }
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
    fn add(&mut self, line: Line) {
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
        self.files.push(line);
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
