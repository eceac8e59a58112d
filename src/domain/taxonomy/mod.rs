//! The contributing-factor taxonomy: categories and factors, each in its computer and its people form.
//!
//! The taxonomy is data: `core.json`, compiled in. It names conditions of systems, never persons.

mod source;
mod typing;

use std::sync::LazyLock;

pub use typing::Suggestion;

use super::postmortem::SystemKind;

/// The permanent id of a factor, `guardrail-absent` for instance.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactorId(String);

impl FactorId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An id as it was stored. Ids that people type go through [`Taxonomy::resolve`].
    #[must_use]
    pub fn stored(id: &str) -> Self {
        Self(id.to_owned())
    }
}

/// A group of factors with the question that opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its permanent id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it means.
    pub definition: String,
    /// The question that opens it.
    pub question: String,
}

/// "Use that one instead, when ..."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseInstead {
    /// The neighbour.
    pub factor: FactorId,
    /// When it fits better.
    pub when: String,
}

/// A condition that can contribute to an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Its permanent id.
    pub id: FactorId,
    /// Its name.
    pub name: String,
    /// Its name where it went well.
    pub strength_name: String,
    /// The category it belongs to.
    pub category: String,
    /// What it means.
    pub definition: String,
    /// An example in a computer system.
    pub computer: String,
    /// An example in a people system.
    pub people: String,
    /// Questions to ask.
    pub prompts: Vec<String>,
    /// Neighbours that are taken for it.
    pub use_instead: Vec<UseInstead>,
    /// Phrases by which people speak of it.
    pub cues: Vec<String>,
    /// What evidence it wants at the least, if it is strict.
    pub evidence_minimum: Option<String>,
    /// Whether it describes where people stood, and so needs what put them there beside it.
    pub needs_companion: bool,
    /// The taxonomy version that brought it.
    pub since: String,
}

/// A factor id that is no longer used, and how it reads today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// The old id.
    pub id: FactorId,
    /// The factor it reads as today.
    pub reads_as: FactorId,
}

/// A version of the taxonomy.
#[derive(Debug, Clone, PartialEq)]
pub struct Taxonomy {
    /// Its version, `1.0.0`.
    pub version: String,
    /// How settled it is, in words that are shown beside the version.
    pub status: String,
    /// The categories, in the order in which they are asked.
    pub categories: Vec<Category>,
    /// The factors, in the order of their categories.
    pub factors: Vec<Factor>,
    /// Old ids.
    pub retired: Vec<Retired>,
    /// The words by which factors are found.
    index: typing::Index,
}

/// The taxonomy that the product ships with.
#[must_use]
pub fn core() -> &'static Taxonomy {
    static CORE: LazyLock<Taxonomy> = LazyLock::new(source::core);
    &CORE
}

impl Taxonomy {
    /// The factor with this id.
    #[must_use]
    pub fn factor(&self, id: &FactorId) -> Option<&Factor> {
        self.factors.iter().find(|factor| factor.id == *id)
    }

    /// The category with this id.
    #[must_use]
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// The category of a factor.
    #[must_use]
    pub fn category_of(&self, id: &FactorId) -> Option<&Category> {
        self.factor(id)
            .and_then(|factor| self.category(&factor.category))
    }

    /// The factors of a category.
    pub fn factors_of<'a>(&'a self, category: &'a str) -> impl Iterator<Item = &'a Factor> {
        self.factors
            .iter()
            .filter(move |factor| factor.category == category)
    }

    /// A stored id as it reads today: an old one as its successor.
    #[must_use]
    pub fn today(&self, id: FactorId) -> FactorId {
        self.retired
            .iter()
            .find(|retired| retired.id == id)
            .map_or(id, |retired| retired.reads_as.clone())
    }

    /// The factor that somebody typed: an id (an old one reads as its successor) or an exact name.
    #[must_use]
    pub fn resolve(&self, typed: &str) -> Option<&Factor> {
        // Cards ask by id, fifty of them on a page.
        if let Some(factor) = self.factors.iter().find(|factor| factor.id.0 == typed) {
            return Some(factor);
        }
        let typed = super::text::folded(typed);
        let id = self
            .retired
            .iter()
            .find(|retired| retired.id.0 == typed)
            .map_or(typed.as_str(), |retired| retired.reads_as.as_str());
        self.factors
            .iter()
            .find(|factor| factor.id.0 == id || super::text::folded(&factor.name) == typed)
    }

    /// The categories on the blind side of a kind of system: where such post-mortems rarely look.
    ///
    /// In a trial with public post-mortems, those of computer systems put 3 % of their factors into
    /// steering, learning and knowledge, those of people systems 55 % (`taxonomy.md`, section 6).
    #[must_use]
    pub const fn blind_side(system: SystemKind) -> &'static [&'static str] {
        match system {
            SystemKind::Computer => &["steering", "learning", "knowledge"],
            SystemKind::People => &["structure", "sensing", "change"],
            SystemKind::Both => &[
                "steering",
                "learning",
                "knowledge",
                "structure",
                "sensing",
                "change",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::core;

    #[test]
    fn the_core_has_ten_categories_and_fifty_eight_factors_and_no_loose_ends() {
        let core = core();
        assert_eq!(
            (
                core.categories.len(),
                core.factors.len(),
                core.retired.len()
            ),
            (10, 58, 21)
        );
        for factor in &core.factors {
            assert!(core.category(&factor.category).is_some(), "{:?}", factor.id);
            for neighbour in &factor.use_instead {
                assert!(
                    core.factor(&neighbour.factor).is_some(),
                    "{:?} points at {:?}",
                    factor.id,
                    neighbour.factor
                );
            }
        }
        for retired in &core.retired {
            assert!(
                core.factor(&retired.id).is_none() && core.factor(&retired.reads_as).is_some(),
                "{:?}",
                retired.id
            );
        }
    }

    #[test]
    fn an_old_id_reads_as_its_successor() {
        assert_eq!(
            core().resolve("uneven-load").unwrap().id.as_str(),
            "capacity-headroom"
        );
        assert_eq!(
            core()
                .resolve("Too little headroom for the demand")
                .unwrap()
                .id
                .as_str(),
            "capacity-headroom"
        );
        assert!(core().resolve("human-error").is_none());
    }
}
