//! Settings: flags win, then the environment, then a TOML file, then defaults.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Settings of the server, where they were given.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The address to listen on.
    pub listen: Option<String>,
    /// The database: `sqlite:PATH` or `postgres://...`.
    pub database: Option<String>,
    /// The data directory.
    pub data: Option<PathBuf>,
    /// The address that people type, `https://lessons.example.org`.
    pub url: Option<String>,
}

/// Why the settings file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// It cannot be read.
    #[error("The settings file {} cannot be read: {source}.", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is no TOML, or has a setting that does not exist.
    #[error("The settings file {} cannot be understood: {source}", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// What the parser said, with the line.
        source: Box<toml::de::Error>,
    },
}

impl Settings {
    /// Reads a settings file.
    ///
    /// # Errors
    /// [`SettingsError`], with the file and what is the matter with it.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = std::fs::read_to_string(path).map_err(|source| SettingsError::Read {
            path: path.to_owned(),
            source,
        })?;
        toml::from_str(&text).map_err(|source| SettingsError::Parse {
            path: path.to_owned(),
            source: Box::new(source),
        })
    }

    /// These settings, and where they are silent, the others.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            listen: self.listen.or(other.listen),
            database: self.database.or(other.database),
            data: self.data.or(other.data),
            url: self.url.or(other.url),
        }
    }

    /// Where to listen: the loopback address unless somebody said otherwise.
    #[must_use]
    pub fn listen(&self) -> &str {
        self.listen.as_deref().unwrap_or("127.0.0.1:8080")
    }

    /// The data directory.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.data
            .as_deref()
            .unwrap_or_else(|| Path::new("second-story-data"))
    }

    /// The database's address: given, or a file in the data directory.
    #[must_use]
    pub fn database(&self) -> String {
        self.database.clone().unwrap_or_else(|| {
            format!(
                "sqlite:{}",
                self.data().join("second-story.sqlite").display()
            )
        })
    }

    /// Whether people come over HTTPS.
    #[must_use]
    pub fn https(&self) -> bool {
        self.url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"))
    }
}
