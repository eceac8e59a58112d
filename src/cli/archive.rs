//! `second-story import archive`: what `export --out` wrote, into a new database.

use std::path::PathBuf;

use serde::Serialize;

use super::{Failure, Place, archive_failure, json};
use crate::app::upkeep;

/// Bring an archive that `export --out` wrote into a new database.
///
/// All of it or nothing. Into the database it came from, or again, it changes nothing. An archive holds no passwords: give
/// each person one with `user password`.
#[derive(Debug, clap::Args)]
pub(super) struct Archive {
    /// The folder of the archive.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print one JSON object instead of words.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct ImportedJson {
    changed: bool,
    postmortems: usize,
}

impl Archive {
    pub(super) fn run(self) -> Result<(), Failure> {
        let imported =
            upkeep::import(&self.place.open()?, &self.folder).map_err(archive_failure)?;
        let postmortems = imported.postmortems;
        if self.json {
            json(&ImportedJson {
                changed: imported.changed,
                postmortems,
            })?;
        } else if imported.changed {
            super::print(&format!("imported {postmortems} post-mortems\n"));
        } else {
            super::print(&format!(
                "all {postmortems} post-mortems are here already, nothing was changed\n"
            ));
        }
        if imported.changed {
            eprintln!(
                "Nobody has a password yet. Give one with `second-story user password --email ADDRESS --password-stdin`."
            );
        }
        Ok(())
    }
}
