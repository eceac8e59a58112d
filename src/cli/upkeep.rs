//! `second-story backup`, `restore` and `check`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{Failure, Place, json, rules_are_there};
use crate::app::upkeep::{self, BackupError, Checked};

/// Write everything to one file.
///
/// The file is an SQLite database, from PostgreSQL too. It can be restored into either. It holds password hashes: keep it
/// as safe as the database.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file; it must not be there yet.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Put what a backup holds in the place of everything that is there.
///
/// What was there is kept in a backup of its own in the data directory.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The file that `backup` wrote.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Look for damage in the store.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Print one JSON object instead of words.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct CheckedJson<'a> {
    postmortems: usize,
    findings: &'a [String],
}

impl Backup {
    pub(super) fn run(self) -> Result<(), Failure> {
        upkeep::backup(&self.place.open()?, &self.file).map_err(failure)?;
        eprintln!("Everything is in {}.", self.file.display());
        Ok(())
    }
}

impl Restore {
    pub(super) fn run(self) -> Result<(), Failure> {
        let folder = self.place.settings()?.data().to_owned();
        let store = self.place.open()?;
        let kept = upkeep::restore(&store, &self.file, &folder, super::now()).map_err(failure)?;
        if let Some(kept) = kept {
            eprintln!("What was there before is in {}.", kept.display());
        }
        eprintln!("{} is restored.", self.file.display());
        Ok(())
    }
}

impl Check {
    pub(super) fn run(self) -> Result<(), Failure> {
        rules_are_there()?;
        let checked = upkeep::check(&self.place.open()?)
            .map_err(|error| Failure::Store(error.to_string()))?;
        let Checked {
            postmortems,
            findings,
        } = &checked;
        if self.json {
            json(&CheckedJson {
                postmortems: *postmortems,
                findings,
            })?;
        } else {
            for finding in findings {
                super::print(&format!("{finding}\n"));
            }
            super::print(&format!(
                "{postmortems} post-mortems read, {} findings\n",
                findings.len()
            ));
        }
        if findings.is_empty() {
            Ok(())
        } else {
            Err(Failure::Refused(
                "The store is damaged. Restore the last backup that is sound.".to_owned(),
            ))
        }
    }
}

fn failure(error: BackupError) -> Failure {
    match error {
        BackupError::Store(error) => Failure::Store(error.to_string()),
        other => Failure::Input(other.to_string()),
    }
}
