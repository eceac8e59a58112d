//! Which sections a post-mortem has, by kind and tier. The templates are data: `sections.toml`, compiled in.

mod source;

use std::sync::LazyLock;

use super::postmortem::{Kind, Tier};

/// One section of the templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateSection {
    /// Names it in addresses and files.
    pub key: String,
    /// What stands above it.
    pub heading: String,
    /// One line shown while it is empty.
    pub invitation: String,
    /// Questions offered beside it.
    pub prompts: Vec<String>,
    kinds: Vec<Kind>,
    tiers: Vec<Tier>,
    imported: bool,
}

/// All sections that exist, in reading order, and the version of this list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templates {
    /// Counts changes of the list; stored with each post-mortem.
    pub version: i32,
    /// In reading order.
    pub sections: Vec<TemplateSection>,
}

/// The templates that the product ships with.
#[must_use]
pub fn core() -> &'static Templates {
    static CORE: LazyLock<Templates> = LazyLock::new(source::core);
    &CORE
}

impl Templates {
    /// The sections that a post-mortem of this kind and tier offers to its writers.
    pub fn offered(&self, kind: Kind, tier: Tier) -> impl Iterator<Item = &TemplateSection> {
        self.sections.iter().filter(move |section| {
            !section.imported && section.kinds.contains(&kind) && section.tiers.contains(&tier)
        })
    }

    /// The section with this key, offered or not.
    #[must_use]
    pub fn section(&self, key: &str) -> Option<&TemplateSection> {
        self.sections.iter().find(|section| section.key == key)
    }

    /// The section with this heading, however it is capitalised.
    #[must_use]
    pub fn by_heading(&self, heading: &str) -> Option<&TemplateSection> {
        let heading = super::text::folded(heading);
        self.sections
            .iter()
            .find(|section| super::text::folded(&section.heading) == heading)
    }

    /// Where a section stands in reading order; unknown keys come last.
    #[must_use]
    pub fn place(&self, key: &str) -> usize {
        self.sections
            .iter()
            .position(|section| section.key == key)
            .unwrap_or(self.sections.len())
    }
}

#[cfg(test)]
mod tests {
    use super::core;
    use crate::domain::postmortem::{Kind, Tier};

    #[test]
    fn every_kind_and_tier_asks_for_a_summary_and_a_surprise() {
        for kind in Kind::ALL {
            for tier in Tier::ALL {
                let keys: Vec<&str> = core()
                    .offered(*kind, *tier)
                    .map(|section| section.key.as_str())
                    .collect();
                assert!(
                    keys.contains(&"summary") && keys.contains(&"surprise"),
                    "{kind:?} {tier:?}: {keys:?}"
                );
            }
        }
    }

    #[test]
    fn a_note_is_short_and_a_crisis_asks_about_decisions() {
        assert_eq!(core().offered(Kind::Incident, Tier::Note).count(), 3);
        assert!(
            core()
                .offered(Kind::Crisis, Tier::Standard)
                .any(|section| section.key == "decisions")
        );
        assert!(
            core()
                .offered(Kind::Incident, Tier::Standard)
                .all(|section| section.key != "decisions")
        );
    }
}
