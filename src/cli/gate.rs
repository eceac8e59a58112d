//! `second-story gate`: the publish gate over Markdown files, without a server.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{Failure, files, json, own_words, rules_are_there};
use crate::app::documents;
use crate::domain::document::{self, DocumentProblem};
use crate::domain::language::Words;
use crate::domain::publication::{Check, Level, ready};

/// Judge Markdown post-mortems as the publish gate would.
///
/// What people do in the program cannot be seen in a file: `approved: true` and `readers_confirmed: true` in its front
/// matter stand for it.
#[derive(Debug, Args)]
pub(super) struct Gate {
    /// Files and folders.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print one JSON object for each file, one on a line.
    #[arg(long)]
    json: bool,
    /// A TOML file with your own words: lists `people`, `systems` and `names`.
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
}

#[derive(Serialize)]
struct FileJson<'a> {
    file: &'a str,
    ready: bool,
    checks: Vec<CheckJson<'a>>,
    problems: Vec<ProblemJson<'a>>,
}

#[derive(Serialize)]
struct CheckJson<'a> {
    code: &'static str,
    level: &'static str,
    met: bool,
    message: &'a str,
    target: &'a str,
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    line: usize,
    message: &'a str,
}

/// What the gate says of one file.
enum Verdict {
    Judged(Vec<Check>),
    Unreadable(Vec<DocumentProblem>),
}

impl Gate {
    pub(super) fn run(self) -> Result<(), Failure> {
        rules_are_there()?;
        let own = own_words::read(self.words.as_deref())?;
        let (mut refused, mut unreadable) = (0_usize, 0_usize);
        for file in files::find(&self.paths)? {
            let verdict = judge(&file, &own);
            match &verdict {
                Verdict::Judged(checks) if ready(checks) => {}
                Verdict::Judged(_) => refused += 1,
                Verdict::Unreadable(_) => unreadable += 1,
            }
            let name = file.path.display().to_string();
            if self.json {
                json(&FileJson::of(&name, &verdict))?;
            } else {
                print(&name, &verdict);
            }
        }
        match (unreadable, refused) {
            (0, 0) => Ok(()),
            (0, count) => Err(Failure::Refused(format!(
                "Not ready to be published: {count}."
            ))),
            (count, _) => Err(Failure::Input(format!("Could not be read: {count}."))),
        }
    }
}

fn judge(file: &files::Found, own: &Words) -> Verdict {
    let unreadable = |sentence| Verdict::Unreadable(vec![DocumentProblem { line: 1, sentence }]);
    match files::read(&file.path) {
        Err(sentence) => unreadable(sentence),
        Ok((_, true)) => unreadable("It is not UTF-8 text. Save it as UTF-8.".to_owned()),
        Ok((text, false)) => match document::read(&file.name, &text) {
            Ok((document, _)) => Verdict::Judged(documents::gate(&document, own)),
            Err(problems) => Verdict::Unreadable(problems),
        },
    }
}

fn print(name: &str, verdict: &Verdict) {
    match verdict {
        Verdict::Judged(checks) => {
            let word = if ready(checks) { "ready" } else { "not ready" };
            super::print(&format!("{name}: {word}\n"));
            for check in checks.iter().filter(|check| !check.met) {
                let level = match check.level {
                    Level::Required => "required",
                    Level::Advice => "advice",
                };
                super::print(&format!("  {level}: {}\n", check.message));
            }
        }
        Verdict::Unreadable(problems) => {
            for problem in problems {
                eprintln!("{name}:{}: {}", problem.line, problem.sentence);
            }
        }
    }
}

impl<'a> FileJson<'a> {
    fn of(file: &'a str, verdict: &'a Verdict) -> Self {
        let (checks, problems): (&[Check], &[DocumentProblem]) = match verdict {
            Verdict::Judged(checks) => (checks, &[]),
            Verdict::Unreadable(problems) => (&[], problems),
        };
        Self {
            file,
            ready: problems.is_empty() && ready(checks),
            checks: checks
                .iter()
                .map(|check| CheckJson {
                    code: check.code.as_code(),
                    level: check.level.as_code(),
                    met: check.met,
                    message: &check.message,
                    target: &check.target,
                })
                .collect(),
            problems: problems
                .iter()
                .map(|problem| ProblemJson {
                    line: problem.line,
                    message: &problem.sentence,
                })
                .collect(),
        }
    }
}
