//! Fields for people, in the spellings of all formats.

use serde::Deserialize;

use crate::domain::incoming::Names;

/// A person, as a field for people gives one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Actor {
    pub(super) name: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) email: Option<String>,
    pub(super) login: Option<String>,
    #[serde(rename = "displayName")]
    pub(super) display_name: Option<String>,
    #[serde(rename = "emailAddress")]
    pub(super) email_address: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
}

impl Actor {
    /// Whether it is a person; programs and services are agents too.
    pub(super) fn is_person(&self) -> bool {
        let kind = self.kind.as_deref().unwrap_or("user").to_lowercase();
        kind.starts_with("user") || kind == "mannequin"
    }

    /// Lets every spelling of a person be known.
    pub(super) fn teach(&self, names: &mut Names) {
        if self.is_person() {
            let fields = [
                &self.email,
                &self.email_address,
                &self.display_name,
                &self.name,
                &self.summary,
                &self.login,
            ];
            for field in fields {
                names.learn(field.as_deref());
            }
        }
    }
}
