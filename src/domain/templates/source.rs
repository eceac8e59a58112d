//! Reads `sections.toml`. Its shapes are private: nothing outside depends on how the data file is written.

use serde::Deserialize;

use super::{TemplateSection, Templates};
use crate::domain::postmortem::{Kind, Tier};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: i32,
    section: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    heading: String,
    invitation: String,
    #[serde(default)]
    prompts: Vec<String>,
    kinds: Option<Vec<String>>,
    tiers: Option<Vec<String>>,
    #[serde(default)]
    imported: bool,
}

/// The compiled-in templates.
///
/// # Panics
/// If `sections.toml` is not a list of sections, which a test would have shown before a release.
#[expect(clippy::panic, reason = "the file is compiled in and read by a test")]
pub(super) fn core() -> Templates {
    let file: File = match toml::from_str(include_str!("sections.toml")) {
        Ok(file) => file,
        Err(error) => panic!("sections.toml is not a list of sections: {error}"),
    };
    Templates {
        version: file.version,
        sections: file.section.into_iter().map(Entry::into_domain).collect(),
    }
}

impl Entry {
    fn into_domain(self) -> TemplateSection {
        TemplateSection {
            key: self.key,
            heading: self.heading,
            invitation: self.invitation,
            prompts: self.prompts,
            kinds: codes(self.kinds, Kind::ALL, Kind::from_code),
            tiers: codes(self.tiers, Tier::ALL, Tier::from_code),
            imported: self.imported,
        }
    }
}

/// Reads a list of codes; a missing list means all of them.
fn codes<T: Copy>(codes: Option<Vec<String>>, all: &[T], read: fn(&str) -> Option<T>) -> Vec<T> {
    codes.map_or_else(
        || all.to_vec(),
        |codes| codes.iter().filter_map(|code| read(code)).collect(),
    )
}
