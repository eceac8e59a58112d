//! What the page and the API do alike with files that were sent to be imported.

mod run; // reading, looking and importing
mod said; // what a person says about the files

use tempfile::NamedTempFile;

pub(in crate::web) use run::detected;
pub(in crate::web) use said::Said;

use crate::app::incoming::formats::Unreadable;
use crate::app::incoming::{Outcome, Report};
use crate::domain::incoming::Format;
use crate::domain::permissions::{Permission, require};
use crate::store::Store;
use crate::web::blocking::Signed;
use crate::web::problem::Problem;

/// Files with the names that they had.
pub(in crate::web) type Files = [(String, NamedTempFile)];

/// What became of each record, or why the files are none of the format.
pub(in crate::web) type Reports = Result<Vec<Report>, Unreadable>;

/// Refuses those who may not import.
pub(in crate::web) fn allowed(_: &Store, signed: &Signed) -> Result<(), Problem> {
    Ok(require(&signed.ctx.actor, Permission::Write)?)
}

/// Imports files of a format, or says what would become of them.
pub(in crate::web) fn import(
    store: &Store,
    signed: &Signed,
    files: &Files,
    format: Format,
    said: &Said,
    done: bool,
) -> Result<Reports, Problem> {
    match format {
        Format::Markdown => run::markdown(store, &signed.ctx, files, done),
        _ => run::records(store, &signed.ctx, files, format, said, done),
    }
}

/// How many records of each sort there are.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::web) struct Counts {
    pub(in crate::web) created: usize,
    pub(in crate::web) updated: usize,
    pub(in crate::web) unchanged: usize,
    pub(in crate::web) failed: usize,
    /// Those of which something was left for a person to decide.
    pub(in crate::web) unsure: usize,
}

impl Counts {
    pub(in crate::web) fn of(reports: &[Report]) -> Self {
        let mut counts = Self::default();
        for report in reports {
            match report.outcome {
                Outcome::Created => counts.created += 1,
                Outcome::Updated => counts.updated += 1,
                Outcome::Unchanged => counts.unchanged += 1,
                Outcome::Failed => counts.failed += 1,
                Outcome::Unsure => {}
            }
            counts.unsure += usize::from(!report.unsure.is_empty());
        }
        counts
    }
}
