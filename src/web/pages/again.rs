//! What forms of the editor have in common when they come back: fields to mend, or somebody who was faster.

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use crate::app::{Conflict, FieldProblem};
use crate::domain::diff::{self, Change, Piece};
use crate::domain::ids::Version;
use crate::domain::order::Place;
use crate::web::problem::Problem;

/// What somebody else saved, and how it differs from what stands in the form.
#[derive(Debug, Template)]
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
