//! `second-story lint`: the blameless-language checker over Markdown files, without a server and without data.

mod plain; // for people: text, and JSON for one finding per line
mod github; // annotations of GitHub's workflows
mod sarif; // SARIF 2.1.0, for code scanning

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::slice;

use clap::{Args, ValueEnum};

use super::{Failure, files, own_words, rules_are_there};
use crate::domain::language::{self, FindingSeverity, Located};

/// What `--help` says after the options.
const MORE: &str = "\
A comment keeps wording that is right as it stands: `<!-- second-story keep: RULE, because REASON -->` at the end of \
the line, or on a line of its own above the paragraph.

Ends with 0 if there is nothing to look at, 1 if there is, 2 if a file could not be read (the others are checked).";

/// Point at wording that closes learning, in Markdown files.
#[derive(Debug, Args)]
#[command(after_long_help = MORE)]
pub(super) struct Lint {
    /// Files and folders; folders are read with everything below them (.md, .markdown, .qmd, .txt). `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print hints as well.
    #[arg(long)]
    hints: bool,
    /// A TOML file with your own words: lists `people`, `systems` and `names`.
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON object for each finding, one on a line.
    Json,
    /// One SARIF 2.1.0 document.
    Sarif,
    /// Annotations for a GitHub workflow.
    Github,
}

/// What was said of one file.
struct Checked {
    /// The file, as it was named.
    file: String,
    /// The findings that are shown, or a sentence that says why the file could not be read.
    outcome: Result<Vec<Located>, String>,
}

impl Lint {
    pub(super) fn run(self) -> Result<(), Failure> {
        rules_are_there()?;
        let own = own_words::read(self.words.as_deref())?;
        let (mut found, mut unreadable) = (0_usize, 0_usize);
        let mut whole = Vec::new();
        for path in &self.paths {
            each_text(path, &mut |file, text| {
                let checked = Checked {
                    file,
                    outcome: text.map(|text| self.shown(language::lint(&text, &own))),
                };
                match &checked.outcome {
                    Ok(findings) => found += findings.len(),
                    Err(sentence) => {
                        unreadable += 1;
                        eprintln!("{}: {sentence}", plain::harmless(&checked.file));
                    }
                }
                match self.format {
                    Format::Text => plain::text(&checked),
                    Format::Json => plain::json(&checked)?,
                    Format::Github => github::print(&checked),
                    // A document has one end, so it waits for the last file.
                    Format::Sarif => whole.push(checked),
                }
                Ok(())
            })?;
        }
        if self.format == Format::Sarif {
            sarif::print(&whole)?;
        }
        match (unreadable, found) {
            (0, 0) => Ok(()),
            (0, count) => Err(Failure::Refused(format!(
                "Wording to look at again: {count}."
            ))),
            (count, _) => Err(Failure::Input(format!("Could not be read: {count}."))),
        }
    }

    fn shown(&self, findings: Vec<Located>) -> Vec<Located> {
        let hidden = |one: &Located| one.finding.severity == FindingSeverity::Hint && !self.hints;
        findings.into_iter().filter(|one| !hidden(one)).collect()
    }
}

/// Hands over each text that a path names, or why it cannot be read.
fn each_text(
    path: &Path,
    take: &mut impl FnMut(String, Result<String, String>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if path == Path::new("-") {
        return take("-".to_owned(), standard_input());
    }
    if !path.exists() {
        let sentence = "It is not there. Check the path.".to_owned();
        return take(files::slashed(path), Err(sentence));
    }
    match files::find(slice::from_ref(&path.to_owned())) {
        // What is wrong with one path does not stop the others.
        Err(failure) => take(files::slashed(path), Err(failure.to_string())),
        Ok(found) => found.into_iter().try_for_each(|file| {
            let text = files::read(&file.path).and_then(|(text, replaced)| {
                if replaced {
                    Err("It is not UTF-8 text. Save it as UTF-8.".to_owned())
                } else {
                    Ok(text)
                }
            });
            take(files::slashed(&file.path), text)
        }),
    }
}

fn standard_input() -> Result<String, String> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .take(files::BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("Standard input cannot be read: {error}."))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > files::BYTES) {
        return Err(format!("It is longer than {} bytes.", files::BYTES));
    }
    String::from_utf8(bytes).map_err(|_| "It is not UTF-8 text. Save it as UTF-8.".to_owned())
}
