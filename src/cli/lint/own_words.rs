//! A file with an organisation's own words.

use std::path::Path;

use serde::Deserialize;

use crate::cli::{Failure, files};
use crate::domain::language::Words;

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

/// Reads the file.
///
/// # Errors
/// [`Failure::Input`] if it is not there or is no such file.
pub(super) fn read(path: &Path) -> Result<Words, Failure> {
    let failed = |why: String| Failure::Input(format!("{}: {why}", path.display()));
    let (text, _) = files::read(path).map_err(failed)?;
    let file: File = toml::from_str(&text).map_err(|error| {
        failed(format!(
            "{} Own words are lists `people`, `systems` and `names`.",
            error.message()
        ))
    })?;
    let mut all = [&file.people, &file.systems, &file.names]
        .into_iter()
        .flatten();
    if let Some(phrase) = all.find(|word| word.split_whitespace().count() != 1) {
        return Err(failed(format!(
            "“{phrase}” is not one word. Name its last word only."
        )));
    }
    let words = Words::new();
    let words = file.people.iter().fold(words, |all, word| all.people(word));
    let words = file
        .systems
        .iter()
        .fold(words, |all, word| all.system(word));
    Ok(file.names.iter().fold(words, |all, word| all.name(word)))
}
