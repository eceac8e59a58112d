//! `second-story export`: one post-mortem as a file.

use clap::{Args, ValueEnum};

use super::{Failure, Place, actor};
use crate::app::{Ctx, documents, postmortems};
use crate::domain::ids::{Number, PostMortemId};
use crate::store::StoreError;

/// Print one post-mortem.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// Which one: its number (PM-42) or its id.
    #[arg(value_name = "PM-42")]
    which: String,
    /// How it is written.
    #[arg(long, value_enum, default_value = "md")]
    format: Format,
    /// Who asks, by e-mail address [default: the first administrator]; what they may not read is not found.
    #[arg(long = "as", value_name = "EMAIL")]
    email: Option<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Markdown; import and gate read it again.
    Md,
    /// JSON, with every moment as instants.
    Json,
}

impl Export {
    pub(super) fn run(self) -> Result<(), Failure> {
        let store = self.place.open()?;
        let ctx = Ctx::new(actor(&store, self.email.as_deref())?, super::now());
        let missing = || {
            Failure::Refused(format!(
                "There is no post-mortem {}, or none that may be read by this person.",
                self.which
            ))
        };
        let id = match (Number::parse(&self.which), PostMortemId::parse(&self.which)) {
            (Some(number), _) => postmortems::id_of(&store, &ctx, number),
            (None, Some(id)) => Ok(id),
            (None, None) => {
                return Err(Failure::Input(format!(
                    "\"{}\" is neither a number like PM-42 nor an id.",
                    self.which
                )));
            }
        };
        let text = id.and_then(|id| match self.format {
            Format::Md => documents::markdown(&store, &ctx, id),
            Format::Json => documents::json(&store, &ctx, id),
        });
        match text {
            Ok(text) => {
                super::print(&text);
                Ok(())
            }
            Err(crate::app::ReadError::Store(StoreError::NotFound)) => Err(missing()),
            Err(error) => Err(Failure::Store(error.to_string())),
        }
    }
}
