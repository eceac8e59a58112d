//! `second-story export`: one post-mortem as a file, or everything as a folder.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args, ValueEnum};

use super::{Failure, Place, actor};
use crate::app::{Ctx, documents, postmortems, upkeep};
use crate::domain::ids::{Number, PostMortemId};
use crate::store::{Store, StoreError};

/// Print one post-mortem, or write everything to a folder.
///
/// The folder holds what the organisation wrote, restricted post-mortems among it, and lets nobody in: no passwords, no
/// tokens. `import archive` brings it into a new database, of either kind.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").args(["which", "out"]).required(true)))]
pub(super) struct Export {
    /// Which one: its number (PM-42) or its id.
    #[arg(value_name = "PM-42")]
    which: Option<String>,
    /// Write everything to this folder, which must be new or empty.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["format", "email"])]
    out: Option<PathBuf>,
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
        match (&self.out, &self.which) {
            (Some(folder), _) => everything(&store, folder),
            (None, Some(which)) => self.one(&store, which),
            (None, None) => Err(Failure::Input(
                "Name a post-mortem, or a folder with --out.".to_owned(),
            )),
        }
    }

    fn one(&self, store: &Store, which: &str) -> Result<(), Failure> {
        let ctx = Ctx::new(actor(store, self.email.as_deref())?, super::now());
        let missing = || {
            Failure::Refused(format!(
                "There is no post-mortem {}, or none that may be read by this person.",
                which
            ))
        };
        let id = match (Number::parse(which), PostMortemId::parse(which)) {
            (Some(number), _) => postmortems::id_of(store, &ctx, number),
            (None, Some(id)) => Ok(id),
            (None, None) => {
                return Err(Failure::Input(format!(
                    "\"{}\" is neither a number like PM-42 nor an id.",
                    which
                )));
            }
        };
        let text = id.and_then(|id| match self.format {
            Format::Md => documents::markdown(store, &ctx, id),
            Format::Json => documents::json(store, &ctx, id),
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

fn everything(store: &Store, folder: &Path) -> Result<(), Failure> {
    let exported = upkeep::export(store, folder).map_err(super::archive_failure)?;
    eprintln!(
        "Everything is in {}: {} post-mortems and what belongs to them.",
        folder.display(),
        exported.postmortems
    );
    Ok(())
}
