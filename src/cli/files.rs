//! Files that were named on the command line: folders are walked, bytes become text.

use std::path::{Path, PathBuf};

use super::Failure;

/// The endings of texts that are looked for in folders.
const ENDINGS: [&str; 4] = ["md", "markdown", "qmd", "txt"];

/// The most bytes a file may have; far more than any post-mortem, and little enough to be read at once.
pub(super) const BYTES: u64 = 16_000_000;

/// One in so many bytes that cannot be read makes a file something else than a text (one in Latin-1 has fewer), unless
/// they are few.
const NO_TEXT: usize = 10;
const FEW: usize = 20;

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// What it is called: the path as given for a file, relative to the folder for one within it.
    pub(super) name: String,
}

/// Finds the files: those that are named, and all texts in the folders that are named, in the order of their names.
///
/// # Errors
/// [`Failure::Input`] if a path is not there or a folder cannot be listed.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut files = Vec::new();
            walk(path, &mut files)?;
            files.sort();
            found.extend(files.into_iter().map(|file| {
                let name = slashed(file.strip_prefix(path).unwrap_or(&file));
                Found { path: file, name }
            }));
        } else if path.exists() {
            found.push(Found {
                path: path.clone(),
                name: slashed(path),
            });
        } else {
            return Err(Failure::Input(format!(
                "{} is not there. Check the path.",
                path.display()
            )));
        }
    }
    if found.is_empty() {
        let endings = ENDINGS.map(|ending| format!(".{ending}")).join(", ");
        eprintln!("There are no texts there ({endings}).");
    }
    Ok(found)
}

/// Collects the texts below a folder. Hidden entries are left out, and links to folders are not followed.
fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::Input(format!("{} cannot be listed: {error}.", folder.display()))
    };
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() {
            walk(&path, found)?;
        } else if is_text(&path) && path.is_file() {
            found.push(path);
        }
    }
    Ok(())
}

fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        ENDINGS
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// A path as people write it, the same on every system.
pub(super) fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The text of a file, and whether bytes of it were no UTF-8 and were replaced; or a sentence that says why there is none.
pub(super) type Text = Result<(String, bool), String>;

/// Reads a file.
///
/// # Errors
/// A sentence, if it cannot be read or is far too long.
pub(super) fn read(path: &Path) -> Text {
    let failed = |error: std::io::Error| format!("It cannot be read: {error}.");
    if std::fs::metadata(path).map_err(failed)?.len() > BYTES {
        return Err(format!("It is longer than {BYTES} bytes."));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, false)),
        Err(error) => {
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let signs = text.matches(char::REPLACEMENT_CHARACTER).count();
            if signs > FEW && signs > text.len() / NO_TEXT {
                Err("It is no text: too many of its bytes are not UTF-8.".to_owned())
            } else {
                Ok((text, true))
            }
        }
    }
}
