//! The reading list of the demonstration. The shape of its file is private to it.

use serde::Deserialize;

use super::{DemoError, Loaded, broken};
use crate::app::Ctx;
use crate::app::reading_list::{ChosenInput, add_in};
use crate::store::Conn;

const FILE: &str = "reading-list.yaml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    question: String,
}

/// Puts post-mortems on the reading list.
pub(super) fn load(tx: &mut Conn, ctx: &Ctx, loaded: &[Loaded]) -> Result<(), DemoError> {
    let entries: Vec<Entry> =
        serde_saphyr::from_str(&super::text(FILE)?).map_err(|error| broken(FILE, error))?;
    for entry in entries {
        let one = loaded.iter().find(|one| one.file == entry.file);
        let one = one.ok_or_else(|| broken(FILE, format!("{} is not loaded", entry.file)))?;
        let input = ChosenInput {
            postmortem: one.postmortem.to_string(),
            question: entry.question,
        };
        add_in(tx, ctx, &input).map_err(|error| broken(FILE, error))?;
    }
    Ok(())
}
