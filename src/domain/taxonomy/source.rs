//! Reads `core.json`. Its shapes are private: nothing outside depends on how the data file is written.

use serde::Deserialize;

use super::typing::Index;
use super::{Category, Factor, FactorId, Retired, Taxonomy, UseInstead};

#[derive(Deserialize)]
struct File {
    version: String,
    status: String,
    categories: Vec<CategoryEntry>,
    factors: Vec<FactorEntry>,
    retired: Vec<RetiredEntry>,
}

#[derive(Deserialize)]
struct CategoryEntry {
    id: String,
    name: String,
    definition: String,
    question: String,
}

#[derive(Deserialize)]
struct FactorEntry {
    id: String,
    name: String,
    strength_name: String,
    category: String,
    definition: String,
    computer: String,
    people: String,
    prompts: Vec<String>,
    confusions: Vec<ConfusionEntry>,
    cues: Vec<String>,
    evidence_minimum: Option<String>,
    needs_companion: bool,
    since: String,
}

#[derive(Deserialize)]
struct ConfusionEntry {
    use_instead: String,
    when: String,
}

#[derive(Deserialize)]
struct RetiredEntry {
    id: String,
    reads_as: String,
}

/// The compiled-in taxonomy.
///
/// # Panics
/// If `core.json` is not a taxonomy, which a test of this module would have shown before a release.
#[expect(clippy::panic, reason = "the file is compiled in and read by a test")]
pub(super) fn core() -> Taxonomy {
    let file: File = match serde_json::from_str(include_str!("core.json")) {
        Ok(file) => file,
        Err(error) => panic!("core.json is not a taxonomy: {error}"),
    };
    let factors: Vec<Factor> = file
        .factors
        .into_iter()
        .map(FactorEntry::into_domain)
        .collect();
    Taxonomy {
        index: Index::of(&factors),
        version: file.version,
        status: file.status,
        categories: file
            .categories
            .into_iter()
            .map(CategoryEntry::into_domain)
            .collect(),
        factors,
        retired: file
            .retired
            .into_iter()
            .map(|entry| Retired {
                id: FactorId(entry.id),
                reads_as: FactorId(entry.reads_as),
            })
            .collect(),
    }
}

impl CategoryEntry {
    fn into_domain(self) -> Category {
        Category {
            id: self.id,
            name: self.name,
            definition: self.definition,
            question: self.question,
        }
    }
}

impl FactorEntry {
    fn into_domain(self) -> Factor {
        Factor {
            id: FactorId(self.id),
            name: self.name,
            strength_name: self.strength_name,
            category: self.category,
            definition: self.definition,
            computer: self.computer,
            people: self.people,
            prompts: self.prompts,
            use_instead: self
                .confusions
                .into_iter()
                .map(|entry| UseInstead {
                    factor: FactorId(entry.use_instead),
                    when: entry.when,
                })
                .collect(),
            cues: self.cues,
            evidence_minimum: self.evidence_minimum,
            needs_companion: self.needs_companion,
            since: self.since,
        }
    }
}
