//! Files that were named on the command line: folders are walked, bytes become text.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::app::encodings::{self, Decoded};

/// The endings of texts that are looked for in folders.
const ENDINGS: [&str; 4] = ["md", "markdown", "qmd", "txt"];

/// The most bytes a file may have; far more than any post-mortem, and little enough to be read at once.
pub(super) const BYTES: u64 = 16_000_000;

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// What it is called: the path as given for a file, relative to the folder for one within it.
    pub(super) name: String,
}

impl Found {
    /// Its whole path, links followed: the same however somebody typed it.
    pub(super) fn whole(&self) -> String {
        whole(&self.path)
    }
}

/// The whole path of a file, links followed; as typed, if it has none.
pub(super) fn whole(path: &Path) -> String {
    slashed(&path.canonicalize().unwrap_or_else(|_| path.to_owned()))
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

/// Collects the texts below a folder. Hidden entries are left out, and no link is followed: it may lead anywhere.
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
        } else if is_text(&path) && kind.is_symlink() {
            eprintln!(
                "{}: It is a link and was left out. Name the file itself.",
                slashed(&path)
            );
        } else if is_text(&path) && kind.is_file() {
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

/// The text of a file, and whether it was something else than UTF-8; or a sentence that says why there is none.
pub(super) type Text = Result<(String, bool), String>;

/// Reads a file.
///
/// # Errors
/// A sentence, if it cannot be read, is no text or is far too long.
pub(super) fn read(path: &Path) -> Text {
    let decoded = decoded(path)?;
    let other = decoded.remark().is_some();
    Ok((decoded.text, other))
}

/// Reads a file, and says how it was written.
///
/// # Errors
/// A sentence, if it cannot be read, is no text or is far too long.
pub(super) fn decoded(path: &Path) -> Result<Decoded, String> {
    let failed = |error: std::io::Error| format!("It cannot be read: {error}.");
    let mut bytes = Vec::new();
    let file = open(path).map_err(failed)?;
    file.take(BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > BYTES {
        return Err(format!("It is longer than {BYTES} bytes."));
    }
    let decoded = encodings::decode(bytes);
    if decoded.is_no_text() {
        return Err("It is no text: too many of its bytes are no letters.".to_owned());
    }
    Ok(decoded)
}

/// Opens a regular file. What has no end, or waits for somebody, is none.
///
/// # Errors
/// The error, if it cannot be opened or is no regular file.
pub(super) fn open(path: &Path) -> std::io::Result<File> {
    // A pipe without a writer would wait when it is opened, so it is looked at first, and what was opened once more.
    let none = || std::io::Error::other("it is no regular file");
    if !std::fs::metadata(path)?.is_file() {
        return Err(none());
    }
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(none());
    }
    Ok(file)
}
