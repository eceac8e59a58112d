//! Markdown: files as they are, and those of a zip archive by their path within it.

use std::io::Read;

use super::zip::Archive;
use super::{BYTES, File, Input, Unreadable, decoded};
use crate::app::encodings::Decoded;

/// The endings of the texts in an archive.
const ENDINGS: [&str; 4] = [".md", ".markdown", ".qmd", ".txt"];

/// The texts of files, each with what it is called: its name, or its path within the archive that it lies in.
///
/// # Errors
/// [`Unreadable`] if a file or an archive cannot be read, or all together are too many bytes.
pub fn texts_of(files: &mut [File<'_>]) -> Result<Vec<(String, Decoded)>, Unreadable> {
    let mut left = BYTES;
    let mut texts = Vec::new();
    for file in files {
        if is_archive(file)? {
            let many = texts.len();
            unpack(file.name, file.input, &mut left, &mut texts)?;
            if texts.len() == many {
                return Err(Unreadable::new(format!(
                    "{} holds no Markdown: no name in it ends in {}.",
                    file.name,
                    ENDINGS.join(", ")
                )));
            }
        } else {
            let text = text(file.name, file.input, &mut left)?;
            texts.push((file.name.to_owned(), text));
        }
    }
    Ok(texts)
}

/// Whether an archive holds texts, and is no export of a workspace.
pub(super) fn holds_texts(name: &str, input: &mut dyn Input) -> bool {
    let Ok(archive) = Archive::open(name, input) else {
        return false;
    };
    let mut slack = archive
        .names()
        .filter(|entry| entry.ends_with("channels.json"));
    slack.next().is_none() && archive.names().any(is_text)
}

fn is_archive(file: &mut File<'_>) -> Result<bool, Unreadable> {
    let mut head = [0; 4];
    let read = file.input.read(&mut head);
    let read = read.and_then(|count| file.input.rewind().map(|()| count));
    let count = read.map_err(|error| unread(file.name, &error))?;
    Ok(head.get(..count) == Some(b"PK\x03\x04"))
}

fn unpack(
    name: &str,
    input: &mut dyn Input,
    left: &mut u64,
    texts: &mut Vec<(String, Decoded)>,
) -> Result<(), Unreadable> {
    let mut archive = Archive::open(name, input)?;
    let mut names: Vec<String> = archive
        .names()
        .filter(|entry| is_text(entry))
        .map(str::to_owned)
        .collect();
    names.sort();
    let top = top(&names);
    for entry in &names {
        let text = archive.read(entry, |input| text(entry, input, left))?;
        // A record is called what it is called where the folder itself is imported.
        let path = entry.strip_prefix(&top).unwrap_or(entry);
        texts.push((path.to_owned(), text));
    }
    Ok(())
}

/// The one folder in which everything lies, if it is one.
fn top(names: &[String]) -> String {
    let folder = |name: &String| name.split_once('/').map(|(first, _)| format!("{first}/"));
    let first = names.first().and_then(folder).unwrap_or_default();
    if names.iter().all(|name| name.starts_with(&first)) {
        first
    } else {
        String::new()
    }
}

/// Whether an entry is a text. What systems put beside the files of others is none.
fn is_text(entry: &str) -> bool {
    let last = entry.rsplit('/').next().unwrap_or_default();
    let small = entry.to_lowercase();
    ENDINGS.iter().any(|ending| small.ends_with(ending))
        && !last.starts_with('.')
        && !entry.starts_with("__MACOSX/")
}

fn text(
    name: &str,
    input: &mut (impl Read + ?Sized),
    left: &mut u64,
) -> Result<Decoded, Unreadable> {
    let mut bytes = Vec::new();
    let read = Read::take(input, *left + 1).read_to_end(&mut bytes);
    let read = read.map_err(|error| unread(name, &error))?;
    let read = u64::try_from(read).unwrap_or(u64::MAX);
    *left = left.checked_sub(read).ok_or_else(|| {
        Unreadable::new(format!(
            "The files have more than {BYTES} bytes together. Send fewer at a time."
        ))
    })?;
    decoded(name, bytes)
}

fn unread(name: &str, error: &std::io::Error) -> Unreadable {
    Unreadable::new(format!("{name} cannot be read: {error}."))
}
