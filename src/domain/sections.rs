//! The written parts of a post-mortem: sections, and accounts by role.

use chrono::{DateTime, Utc};

use super::ids::{AccountId, SectionId, Version};
use super::text::{Line, Prose};

/// A written section. Its key names it within the templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The record.
    pub id: SectionId,
    /// The key within the templates, `summary` for instance.
    pub key: String,
    /// The text, Markdown.
    pub text: Prose,
    /// The text as safe HTML, made when it was saved.
    pub html: String,
    /// Counts its saved versions.
    pub version: Version,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
}

/// What somebody saw, and thought was happening, told by their role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The record.
    pub id: AccountId,
    /// The role that tells it.
    pub role: Line,
    /// The text, Markdown.
    pub text: Prose,
    /// The text as safe HTML, made when it was saved.
    pub html: String,
    /// Counts its saved versions.
    pub version: Version,
}
