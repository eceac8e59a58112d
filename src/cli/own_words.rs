//! An organisation's own words as a file: read by the commands that look at wording without a server, written from one.

use std::path::Path;

use clap::Subcommand;
use serde::Deserialize;

use super::{Failure, Place, files};
use crate::app::own_words;
use crate::domain::language;
use crate::domain::own_words::OwnWords;

/// The organisation's own words, which are added to the checker's lists.
#[derive(Debug, Subcommand)]
pub(super) enum Words {
    /// Print them as the TOML file that `lint --words` and `gate --words` read.
    Export {
        #[command(flatten)]
        place: Place,
    },
}

impl Words {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self::Export { place } = self;
        let kept =
            own_words::read(&place.open()?).map_err(|error| Failure::Store(error.to_string()))?;
        super::print(&kept.words.toml());
        Ok(())
    }
}

/// What such a file says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Roles, teams, departments.
    #[serde(default)]
    people: Vec<String>,
    /// Services, products, bots.
    #[serde(default)]
    systems: Vec<String>,
    /// Names of persons.
    #[serde(default)]
    names: Vec<String>,
}

/// Reads the file, if one is named.
///
/// # Errors
/// [`Failure::Input`] if it is not there or is no such file.
pub(super) fn read(path: Option<&Path>) -> Result<language::Words, Failure> {
    let Some(path) = path else {
        return Ok(language::Words::new());
    };
    let failed = |why: String| Failure::Input(format!("{}: {why}", path.display()));
    let (text, _) = files::read(path).map_err(failed)?;
    let file: File = toml::from_str(&text).map_err(|error| {
        failed(format!(
            "{} Own words are lists `people`, `systems` and `names`.",
            error.message()
        ))
    })?;
    let own = OwnWords::of(file.people, file.systems, file.names).map_err(|problems| {
        let sentences: Vec<String> = problems.into_iter().map(|one| one.sentence).collect();
        failed(sentences.join(" "))
    })?;
    Ok(own.words())
}
