//! What forms of the editor have in common when they come back: fields to mend, or somebody who was faster.

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use crate::app::{Conflict, EditError, FieldProblem};
use crate::domain::diff::{self, Change, Piece};
use crate::domain::ids::Version;
use crate::domain::order::Place;
use crate::domain::publication::{Check, Level};
use crate::web::problem::Problem;

/// What somebody else saved, and how it differs from what stands in the form.
#[derive(Debug, Clone, Template)]
#[template(path = "partials/theirs.html")]
pub(in crate::web) struct Theirs {
    theirs: String,
    differences: Vec<Piece>,
    version: Version,
}

impl Theirs {
    /// Both sides of a lost race.
    pub(in crate::web) fn of(conflict: &Conflict) -> Self {
        Self {
            differences: diff::words(&conflict.theirs, &conflict.yours),
            theirs: conflict.theirs.clone(),
            version: conflict.current,
        }
    }

    /// The version over which the form is saved now.
    pub(in crate::web) const fn version(&self) -> i32 {
        self.version.0
    }
}

/// Which promises of a published post-mortem a change would break, in sentences.
pub(in crate::web) fn broken(checks: &[Check]) -> Vec<String> {
    checks
        .iter()
        .filter(|check| !check.met && check.level == Level::Required)
        .map(|check| check.message.clone())
        .collect()
}

/// Why a form comes back.
#[derive(Debug, Clone, Default)]
pub(in crate::web) struct Refused {
    /// Fields to mend.
    pub(in crate::web) errors: Vec<FieldProblem>,
    /// Promises that would be broken.
    pub(in crate::web) broken: Vec<String>,
    /// Somebody was faster.
    pub(in crate::web) theirs: Option<Theirs>,
}

impl Refused {
    /// The refusals after which a form comes back with everything in it.
    pub(in crate::web) fn of(error: EditError) -> Result<Self, EditError> {
        let mut refused = Self::default();
        match error {
            EditError::Invalid(errors) => refused.errors = errors,
            EditError::Broken(checks) => refused.broken = broken(&checks),
            EditError::Conflict(conflict) => refused.theirs = Some(Theirs::of(&conflict)),
            other => return Err(other),
        }
        Ok(refused)
    }

    /// The status of the page with the form.
    pub(in crate::web) fn status(&self) -> StatusCode {
        if self.broken.is_empty() {
            again_status(&self.errors, self.theirs.as_ref())
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
}

/// The status of a form that comes back.
pub(in crate::web) fn again_status(errors: &[FieldProblem], theirs: Option<&Theirs>) -> StatusCode {
    if theirs.is_some() {
        StatusCode::PRECONDITION_FAILED
    } else if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

/// A button that moves something within its list.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct PlaceForm {
    #[serde(default)]
    to: String,
}

impl PlaceForm {
    /// Reads where to.
    pub(in crate::web) fn read(&self) -> Result<Place, Problem> {
        Place::parse(&self.to).ok_or_else(|| {
            Problem::unreadable("The button did not say where to. Go back, and try it again.")
        })
    }
}
