//! `archive.json`: what an archive consists of.

use serde::{Deserialize, Serialize};

/// The list of files.
pub(super) const NAME: &str = "archive.json";
/// How an archive says what it is.
pub(super) const FORMAT: &str = "second-story archive";
/// The format that this program writes and reads. A migration that changes a table that is held raises it.
pub(super) const VERSION: u32 = 1;

/// What `archive.json` says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) format: String,
    pub(super) version: u32,
    pub(super) files: Vec<Entry>,
}

/// What is asked first: an archive of another version may look different otherwise.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    pub(super) format: String,
    pub(super) version: u32,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) path: String,
    /// How many lines a table's file has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rows: Option<u64>,
    pub(super) bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub(super) sha256: String,
}

impl Manifest {
    /// Reads the list, and refuses files that no export writes: nothing outside the folder is ever opened.
    ///
    /// # Errors
    /// A sentence that says what is the matter.
    pub(super) fn read(text: &[u8]) -> Result<Self, String> {
        let unreadable = |error: serde_json::Error| format!("It is no archive list ({error}).");
        let Head { format, version } = serde_json::from_slice(text).map_err(unreadable)?;
        if format != FORMAT {
            return Err("It is not the list of an archive of Second Story.".to_owned());
        }
        if version != VERSION {
            return Err(format!(
                "The archive has the format {version}, and this program reads {VERSION}. Use the Second Story that made it."
            ));
        }
        let manifest: Self = serde_json::from_slice(text).map_err(unreadable)?;
        match manifest.files.iter().find(|entry| !is_ours(&entry.path)) {
            Some(entry) => Err(format!(
                "It names the file \"{}\", which no export writes.",
                entry.path.escape_default()
            )),
            None => Ok(manifest),
        }
    }
}

/// The file of a table.
pub(super) fn of_table(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

/// The readable file of a post-mortem: called by its number, or by its id while it has none.
pub(super) fn of_postmortem(name: &str) -> String {
    format!("postmortems/{name}.md")
}

/// Whether a path is one of the two kinds above.
fn is_ours(path: &str) -> bool {
    let plain = |name: &str, more: char| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == more)
    };
    let table = path
        .strip_prefix("tables/")
        .and_then(|rest| rest.strip_suffix(".jsonl"));
    let postmortem = path
        .strip_prefix("postmortems/")
        .and_then(|rest| rest.strip_suffix(".md"));
    table.is_some_and(|name| plain(name, '_')) || postmortem.is_some_and(|name| plain(name, '-'))
}

#[cfg(test)]
mod tests {
    use super::{Manifest, is_ours};

    #[test]
    fn a_path_leads_nowhere_else() {
        for ours in [
            "tables/people.jsonl",
            "tables/cause_links.jsonl",
            "postmortems/PM-42.md",
        ] {
            assert!(is_ours(ours), "{ours}");
        }
        for other in [
            "",
            "archive.json",
            "/etc/passwd",
            "tables/../../etc/passwd.jsonl",
            "tables/.jsonl",
            "../tables/people.jsonl",
            "postmortems/a/b.md",
            "postmortems/..md",
            "tables\\people.jsonl",
            "tables/people.jsonl\0.jsonl",
            "postmortems/PM-1.txt",
        ] {
            assert!(!is_ours(other), "{other:?}");
        }
    }

    #[test]
    fn a_list_of_another_version_is_refused_whatever_it_looks_like() {
        let newer = br#"{"format": "second-story archive", "version": 2, "parts": []}"#;
        assert!(Manifest::read(newer).unwrap_err().contains("format 2"));
        assert!(Manifest::read(b"[]").is_err());
        assert!(Manifest::read(br#"{"format": "zip", "version": 1, "files": []}"#).is_err());
    }
}
